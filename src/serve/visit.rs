//! A request as the pages see it: the session, the language, the text size and the form.

use super::form::Fields;
use super::secret::Secret;
use crate::desk::LINK_FIELD;
use axum::Form;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// The largest body of a request, in bytes.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// The time in which the body of a request has to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// The cookie with the secret of a session. Under TLS the browser binds its name to the host.
pub(super) const SESSION_COOKIE: &str = "session";

/// The cookie with the size of the text.
pub(super) const TEXT_COOKIE: &str = "text";

/// The value of [`TEXT_COOKIE`] for larger text.
pub(super) const LARGE: &str = "large";

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
    fn new(headers: &HeaderMap, uri: &Uri, fields: Fields) -> Self {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            secret: cookie(headers, SESSION_COOKIE).and_then(Secret::parse),
            accepted_languages: accepted.to_owned(),
            is_large: cookie(headers, TEXT_COOKIE) == Some(LARGE),
            link: link(uri),
            fields,
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Visit {
    type Rejection = Response;

    async fn from_request(mut request: Request, _: &S) -> Result<Self, Self::Rejection> {
        let (headers, uri) = (request.headers().clone(), request.uri().clone());
        if request.method() != Method::POST {
            return Ok(Self::new(&headers, &uri, Fields::default()));
        }
        DefaultBodyLimit::max(MAX_BODY_BYTES).apply(&mut request);
        let form = Form::<Vec<(String, String)>>::from_request(request, &());
        match tokio::time::timeout(BODY_TIMEOUT, form).await {
            Ok(Ok(Form(fields))) => Ok(Self::new(&headers, &uri, Fields(fields))),
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

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(other, _)| *other == name).map(|(_, value)| value)
}
