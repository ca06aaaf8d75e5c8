//! Rules for every request and response: who may ask, and what a browser may do with a page.

use super::shared::Shared;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Headers of every response.
const HEADERS: [(HeaderName, &str); 9] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// Checks a request before a page sees it, and adds the headers of every response.
pub(super) async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&shared, &request) {
        Some(status) => status.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        // Styles and scripts may be stored.
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn refusal(shared: &Shared, request: &Request) -> Option<StatusCode> {
    if !is_for_this_host(shared, request) {
        return Some(StatusCode::MISDIRECTED_REQUEST);
    }
    let is_foreign = request.method() == Method::POST && is_cross_site(request.headers());
    is_foreign.then_some(StatusCode::FORBIDDEN)
}

/// Returns whether a request addresses this server. Otherwise a page elsewhere could reach it under a name of its own.
fn is_for_this_host(shared: &Shared, request: &Request) -> bool {
    let is_known = |host: &str| {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        shared.site.hosts.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let authority = request.uri().authority().map(axum::http::uri::Authority::as_str);
    host.to_str().is_ok_and(is_known) && authority.is_none_or(is_known)
}

/// Returns whether a browser says that another site sends this form.
fn is_cross_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // Without a referrer, browsers send the origin `null` with a form, which has no information.
    let is_other = |origin: &str| {
        origin != "null" && origin.split_once("://").map(|(_, host)| host) != text(header::HOST.as_str())
    };
    text("sec-fetch-site").is_some_and(|site| !["same-origin", "none"].contains(&site))
        || text(header::ORIGIN.as_str()).is_some_and(is_other)
}
