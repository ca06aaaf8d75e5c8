//! A request, its session and its token, and the replies that lead a browser to another page.

use super::pages::{Frame, Look, TOKEN};
use super::secret::SessionId;
use super::session::Session;
use super::sessions::Access;
use super::shared::Shared;
use super::visit::Visit;
use crate::pack::Language;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

/// The state of the server, as a handler receives it.
pub(super) type Site = State<Arc<Shared>>;

/// A request and what it is answered with.
pub(super) struct Request<'r> {
    pub(super) shared: &'r Shared,
    pub(super) visit: &'r Visit,
}

/// The token of a form: proof that a page of this session sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Valid,
    /// It has the form of a token: a page of an earlier session sent it.
    Foreign,
    Missing,
}

impl Request<'_> {
    pub(super) fn id(&self) -> Option<SessionId> {
        let secret = self.visit.secret.as_ref()?;
        self.shared.sessions.find(&self.shared.site, secret);
        Some(secret.id())
    }

    pub(super) fn first_language(&self) -> Language {
        self.shared.site.language_for(&self.visit.accepted_languages)
    }

    /// Returns the state of the session, without a sign of the patient.
    pub(super) fn state(&self) -> Option<Access<Language>> {
        Some(self.shared.sessions.state(&self.shared.site, &self.id()?))
    }

    pub(super) fn access<R>(&self, act: impl FnOnce(&mut Session) -> R) -> Option<Access<R>> {
        Some(self.shared.sessions.access(&self.shared.site, &self.id()?, false, act))
    }

    /// Calls `act` with the open session. Without one, sends the browser where it has to go.
    pub(super) fn with_session(&self, act: impl FnOnce(&mut Session) -> Response) -> Response {
        respond(self.access(act))
    }

    /// Calls `act` with the session, if the form belongs to it. A session that is locked takes answers alone.
    pub(super) fn with_form(&self, is_answer: bool, act: impl FnOnce(&mut Session) -> Response) -> Response {
        let Some(id) = self.id() else { return see_other("/") };
        match self.token() {
            Token::Missing => StatusCode::FORBIDDEN.into_response(),
            Token::Foreign => self.with_session(|session| see_other(&session.address())),
            Token::Valid => respond(Some(self.shared.sessions.access(&self.shared.site, &id, is_answer, act))),
        }
    }

    pub(super) fn token(&self) -> Token {
        let own = self.form_token();
        match self.visit.fields.get(TOKEN) {
            Some(token) if token == own => Token::Valid,
            Some(token) if token.len() == own.len() && token.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                Token::Foreign
            }
            Some(_) | None => Token::Missing,
        }
    }

    /// Returns the token of this browser's forms.
    pub(super) fn form_token(&self) -> String {
        self.visit.secret.as_ref().unwrap_or(&self.shared.secret).form_token()
    }

    /// Returns whether the form comes from a first page that was shown before the browser had a session. A second click
    /// on its button comes with the session that the first one began.
    pub(super) fn is_from_first_page(&self) -> bool {
        self.visit.fields.get(TOKEN) == Some(self.shared.secret.form_token().as_str())
    }

    pub(super) fn page(&self, language: Language, content: impl FnOnce(&Look<'_>) -> Frame) -> Response {
        let site = &self.shared.site;
        let (words, token) = (site.words(language), self.form_token());
        let look = Look { site, language, words: &words, is_large: self.visit.is_large, token: &token };
        let frame = content(&look);
        Html(look.render(&frame)).into_response()
    }
}

pub(super) fn respond(access: Option<Access<Response>>) -> Response {
    match access {
        Some(Access::Granted(response)) => response,
        Some(Access::Locked) => see_other("/locked"),
        Some(Access::Finished(_)) => see_other("/done"),
        Some(Access::Unknown) | None => see_other("/"),
    }
}

/// Answers a request on a thread that may wait for the disk.
pub(super) async fn blocking(
    State(shared): Site,
    visit: Visit,
    answer: impl FnOnce(&Request<'_>) -> Response + Send + 'static,
) -> Response {
    let task = tokio::task::spawn_blocking(move || answer(&Request { shared: &shared, visit: &visit }));
    task.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

pub(super) fn see_other(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

pub(super) fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
