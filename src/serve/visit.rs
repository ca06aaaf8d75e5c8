//! A request as the pages see it: the session, the language, the text size and the form.

use super::cookies::Cookies;
use super::form::Fields;
use super::secret::Secret;
use super::shared::Shared;
use crate::desk::LINK_FIELD;
use axum::Form;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// The largest body of a request, in bytes.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// The time in which the body of a request has to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// A request as the pages see it.
pub(super) struct Visit {
    pub(super) secret: Option<Secret>,
    /// The value of `Accept-Language`.
    pub(super) accepted_languages: String,
    pub(super) is_large: bool,
    /// The secret of the link that the browser has opened.
    pub(super) link: Option<String>,
    /// The fields of the form; empty if it is no form.
    pub(super) fields: Fields,
}

impl Visit {
    fn new(headers: &HeaderMap, uri: &Uri, cookies: Cookies, fields: Fields) -> Self {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            secret: cookies.secret(headers),
            accepted_languages: accepted.to_owned(),
            is_large: cookies.is_large(headers),
            link: link(uri),
            fields,
        }
    }
}

impl FromRequest<Arc<Shared>> for Visit {
    type Rejection = Response;

    async fn from_request(mut request: Request, shared: &Arc<Shared>) -> Result<Self, Self::Rejection> {
        let (headers, uri, cookies) = (request.headers().clone(), request.uri().clone(), shared.site.cookies());
        if request.method() != Method::POST {
            return Ok(Self::new(&headers, &uri, cookies, Fields::default()));
        }
        DefaultBodyLimit::max(MAX_BODY_BYTES).apply(&mut request);
        let form = Form::<Vec<(String, String)>>::from_request(request, &());
        match tokio::time::timeout(BODY_TIMEOUT, form).await {
            Ok(Ok(Form(fields))) => Ok(Self::new(&headers, &uri, cookies, Fields(fields))),
            Ok(Err(rejection)) => Err(rejection.status().into_response()),
            Err(_) => Err(StatusCode::REQUEST_TIMEOUT.into_response()),
        }
    }
}

/// Returns the secret in the address of a link. It has no letters that are escaped.
fn link(uri: &Uri) -> Option<String> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(name, _)| *name == LINK_FIELD).map(|(_, secret)| secret.to_owned())
}
