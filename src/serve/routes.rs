//! The addresses of the pages, and what a request to each of them does.
//!
//! A form that fits no current question has no effect: the browser is sent to the current one. So a stale page, a second
//! click or a reload shows no error.

use super::clinic::WRONG_CODE_DELAY;
use super::cookies::LARGE;
use super::form::{Entry, Fields};
use super::keeper::Keeper;
use super::kept::BeginError;
use super::pages::check::check;
use super::pages::end::{done, missing};
use super::pages::lock::{locked, still_there};
use super::pages::question::{Surroundings, question};
use super::pages::start::{Beginning, Unfinished, start};
use super::request::{Request, Site, Token, blocking, see_other, with_cookie};
use super::secret::Secret;
use super::session::{Go, Session, question_address};
use super::sessions::Access;
use super::shared::Shared;
use super::visit::Visit;
use super::{assets, headers};
use crate::ask::{review_rows, unanswered_message};
use crate::desk::{KnockWith, LINK_FIELD};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::sync::Arc;

/// Returns the service that answers every request.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(show_start).post(begin))
        .route("/question/{id}", get(show_question).post(take_question))
        .route("/question/{id}/{concern}", get(show_concern).post(take_concern))
        .route("/check", get(show_check).post(finish))
        .route("/done", get(show_done))
        .route("/locked", get(show_locked).post(unlock))
        .route("/text-size", post(set_text_size).get(|| async { see_other("/") }))
        .route("/healthz", get(|| async { "ok" }))
        // Browsers ask for an icon on their own.
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route("/style.css", get(assets::style))
        .route("/script.js", get(assets::script))
        .route("/logo", get(logo))
        .fallback(show_missing)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&shared), headers::guard))
        .with_state(shared)
}

async fn show_start(site: Site, visit: Visit) -> Response {
    blocking(site, visit, |request| {
        let unfinished = match request.access(|session| session.address()) {
            Some(Access::Granted(address)) => Unfinished::At(address),
            Some(Access::Locked) => Unfinished::At("/locked".to_owned()),
            _ => Unfinished::None,
        };
        let site = &request.shared.site;
        let link = request.visit.link.as_deref();
        let (mut language, mut error) = (request.first_language(), None);
        if let (Keeper::Clinic(clinic), Some(link)) = (&site.keeper, link) {
            match clinic.look_at_link(link) {
                Ok(tag) => language = tag.and_then(|tag| site.pack.language(&tag)).unwrap_or(language),
                // A link that does not open leaves the way with a code.
                Err(why) => error = Some(why),
            }
        }
        let link = link.filter(|_| error.is_none());
        request.page(language, |look| start(look, &unfinished, Beginning::of(site, link, ""), error))
    })
    .await
}

async fn begin(site: Site, visit: Visit) -> Response {
    let response = blocking(site, visit, |request| {
        let Request { shared: Shared { site, sessions, .. }, visit } = request;
        match request.token() {
            Token::Missing => return StatusCode::FORBIDDEN.into_response(),
            Token::Foreign if !request.is_from_first_page() => return see_other("/"),
            Token::Foreign | Token::Valid => {}
        }
        let chosen = visit.fields.get("lang").and_then(|tag| site.pack.language(tag));
        let language = chosen.filter(|language| site.languages().contains(language));
        let language = language.unwrap_or_else(|| request.first_language());
        let Ok(secret) = Secret::random() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        let id = secret.id();
        let (code, link) = (visit.fields.get("code"), visit.fields.get(LINK_FIELD));
        let key = link.map(KnockWith::Link).or(code.map(KnockWith::Code));
        if let Err(error) = sessions.begin(site, language, &secret, key) {
            let beginning = Beginning::of(site, link.filter(|_| error == BeginError::Full), code.unwrap_or_default());
            let page = request.page(language, |look| start(look, &Unfinished::None, beginning, Some(error)));
            return (error.status(), page).into_response();
        }
        let address = match sessions.access(site, &id, false, |session| session.address()) {
            Access::Granted(address) => address,
            _ => "/".to_owned(),
        };
        with_cookie(see_other(&address), &site.cookies().session(&secret))
    })
    .await;
    if response.status() == WRONG_CODE {
        tokio::time::sleep(WRONG_CODE_DELAY).await;
    }
    response
}

/// The status of the reply to a code that does not open.
const WRONG_CODE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

impl BeginError {
    fn status(self) -> StatusCode {
        match self {
            Self::Full | Self::NotStored => StatusCode::SERVICE_UNAVAILABLE,
            Self::Paused => StatusCode::TOO_MANY_REQUESTS,
            Self::NoCode | Self::Spent | Self::Expired | Self::OnlyAtDesk => StatusCode::CONFLICT,
            Self::Unknown => WRONG_CODE,
        }
    }
}

async fn show_question(site: Site, Path(id): Path<String>, visit: Visit) -> Response {
    blocking(site, visit, move |request| ask(request, &id, None)).await
}

async fn show_concern(site: Site, Path((id, concern)): Path<(String, String)>, visit: Visit) -> Response {
    blocking(site, visit, move |request| ask(request, &id, Some(&concern))).await
}

async fn take_question(site: Site, Path(id): Path<String>, visit: Visit) -> Response {
    blocking(site, visit, move |request| take(request, &id, None)).await
}

async fn take_concern(site: Site, Path((id, concern)): Path<(String, String)>, visit: Visit) -> Response {
    blocking(site, visit, move |request| take(request, &id, Some(&concern))).await
}

/// Shows a question. One that is not asked leads to the current one.
fn ask(request: &Request<'_>, id: &str, concern: Option<&str>) -> Response {
    request.with_session(|session| {
        let Some(key) = session.find(id, concern) else { return see_other(&session.address()) };
        session.open(key);
        let address = question_address(request.shared.site.pack, key);
        let return_code = request.visit.secret.as_ref().filter(|_| session.is_new()).map(Secret::return_code);
        request.page(session.language, |look| {
            let (view, entry) = session.question(key, look.words);
            question(look, &view, &entry, Surroundings { address, return_code })
        })
    })
}

/// Takes the form of a question.
fn take(request: &Request<'_>, id: &str, concern: Option<&str>) -> Response {
    request.with_form(true, |session| take_form(request, session, id, concern, Go::of(&request.visit.fields)))
}

fn take_form(request: &Request<'_>, session: &mut Session, id: &str, concern: Option<&str>, go: Go) -> Response {
    let Some(key) = session.find(id, concern) else { return see_other(&session.address()) };
    let site = &request.shared.site;
    let entry = Entry::read(&request.visit.fields, &site.pack.questions[key.question].shape);
    session.submit(key, entry, go, &site.words(session.language));
    see_other(&session.address())
}

async fn show_check(site: Site, visit: Visit) -> Response {
    blocking(site, visit, |request| {
        request.with_session(|session| {
            session.review();
            request.page(session.language, |look| {
                let rows = review_rows(&session.interview, look.words, session.language);
                check(look, &rows, &unanswered_message(&session.interview, look.words), session.check_error)
            })
        })
    })
    .await
}

async fn finish(site: Site, visit: Visit) -> Response {
    blocking(site, visit, |request| {
        // A locked interview is not handed in, because the device may be in another person's hands.
        request.with_form(false, |session| {
            if Go::of(&request.visit.fields) == Go::Back {
                session.leave_review();
                return see_other(&session.address());
            }
            session.finish(&request.shared.site);
            see_other(if session.is_finished { "/done" } else { "/check" })
        })
    })
    .await
}

async fn show_done(site: Site, visit: Visit) -> Response {
    blocking(site, visit, |request| {
        let language = match request.state() {
            Some(Access::Granted(_)) => return request.with_session(|session| see_other(&session.address())),
            Some(Access::Locked) => return see_other("/locked"),
            Some(Access::Finished(language)) => language,
            Some(Access::Unknown) | None => request.first_language(),
        };
        let page = request.page(language, done);
        let mut page = with_cookie(page, &request.shared.site.cookies().no_session());
        let everything = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
        page.headers_mut().insert(HeaderName::from_static("clear-site-data"), everything);
        page
    })
    .await
}

async fn show_locked(site: Site, visit: Visit) -> Response {
    blocking(site, visit, |request| {
        let Shared { site, sessions, .. } = request.shared;
        let (Some(state), Some(id)) = (request.state(), request.id()) else { return see_other("/") };
        match state {
            Access::Unknown => see_other("/"),
            Access::Finished(_) => see_other("/done"),
            Access::Locked => {
                let (language, notice) = sessions.locked(&id).unwrap_or((request.first_language(), None));
                request.page(language, |look| locked(look, notice))
            }
            Access::Granted(language) => {
                let remaining = sessions.remaining(site, &id);
                let mut page = request.page(language, |look| still_there(look, remaining, "/check"));
                // A second later the interview is locked, and the page says so.
                let refresh = format!("{}; url=/locked", remaining.as_secs() + 1);
                page.headers_mut().extend(HeaderValue::from_str(&refresh).ok().map(|value| (header::REFRESH, value)));
                page
            }
        }
    })
    .await
}

async fn unlock(site: Site, visit: Visit) -> Response {
    blocking(site, visit, |request| {
        let Request { shared: Shared { site, sessions, .. }, visit } = request;
        let Some(secret) = &visit.secret else { return see_other("/") };
        match request.token() {
            Token::Missing => return StatusCode::FORBIDDEN.into_response(),
            Token::Foreign => return see_other("/locked"),
            Token::Valid => {}
        }
        if let Some(code) = visit.fields.get("code")
            && !sessions.unlock(site, secret, code)
        {
            return see_other("/locked");
        }
        request.with_session(|session| see_other(&session.address()))
    })
    .await
}

async fn set_text_size(site: Site, visit: Visit) -> Response {
    blocking(site, visit, |request| {
        if request.token() == Token::Missing {
            return StatusCode::FORBIDDEN.into_response();
        }
        let fields = &request.visit.fields;
        let page = page_of(fields);
        let mut parts = page.strip_prefix("/question/").unwrap_or_default().split('/');
        // What was typed on the page is kept.
        if let Some(id) = parts.next().filter(|id| !id.is_empty())
            && request.token() == Token::Valid
        {
            let concern = parts.next();
            let _: Option<Access<Response>> =
                request.access(|session| take_form(request, session, id, concern, Go::Stay));
        }
        let size = if fields.get("size") == Some(LARGE) { LARGE } else { "ordinary" };
        with_cookie(see_other(page), &request.shared.site.cookies().text(size))
    })
    .await
}

/// Returns the page of this server that a form came from.
fn page_of(fields: &Fields) -> &str {
    let is_ours = |page: &&str| {
        page.starts_with('/')
            && !page.starts_with("//")
            && page.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.'))
    };
    fields.get("page").filter(is_ours).unwrap_or("/")
}

async fn show_missing(site: Site, visit: Visit) -> Response {
    blocking(site, visit, |request| {
        (StatusCode::NOT_FOUND, request.page(request.first_language(), missing)).into_response()
    })
    .await
}

async fn logo(site: Site) -> Response {
    match &site.site.letterhead.logo {
        Some(logo) => ([(header::CONTENT_TYPE, logo.kind.media_type())], logo.bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
