//! The pages of an interview that is locked, or will be soon.

use super::question::error_summary;
use super::{Frame, Look};
use crate::serve::place::{CODE_PAUSE, LockNotice};
use maud::{Markup, html};
use std::time::Duration;

/// Renders the page that asks for the return code.
pub(in crate::serve) fn locked(look: &Look<'_>, notice: Option<LockNotice>) -> Frame {
    let title = look.word("serve-locked-title");
    let error = notice.map(|notice| match notice {
        LockNotice::WrongCode => look.word("serve-code-wrong"),
        LockNotice::Paused => look.words.format("serve-code-paused", [("minutes", (CODE_PAUSE.as_secs() / 60).into())]),
        LockNotice::InUse => look.word("serve-in-use"),
    });
    let content = html! {
        @if let Some(error) = &error { (error_summary(look, error, "#code")) }
        h1 { (title) }
        p { (look.word("serve-locked")) }
        form method="post" action="/locked" autocomplete="off" novalidate {
            (look.token_field())
            (code_field(&look.word("serve-code"), &look.word("serve-code-help"), error.as_deref(), ""))
            div.buttons { button name="go" value="continue" { (look.word("serve-continue")) } }
        }
        p { a href="/" { (look.word("draft-new")) } }
    };
    frame(title, content, error.is_some())
}

/// Returns the field for a code that the patient types.
pub(super) fn code_field(label: &str, help: &str, error: Option<&str>, typed: &str) -> Markup {
    html! {
        label for="code" { (label) }
        p.hint #help { (help) }
        @if let Some(error) = error { p.error #error { (error) } }
        input.short #code type="text" name="code" autocapitalize="characters" autocomplete="off" spellcheck="false"
            value=[Some(typed).filter(|typed| !typed.is_empty())]
            aria-describedby=(if error.is_some() { "help error" } else { "help" })
            aria-invalid=[error.is_some().then_some("true")];
    }
}

/// Renders the page that asks whether the patient is still there, for a browser without scripts.
pub(in crate::serve) fn still_there(look: &Look<'_>, remaining: Duration, address: &str) -> Frame {
    let title = look.word("serve-still-title");
    let content = html! {
        h1 { (title) }
        p { (look.still_text(remaining)) }
        form method="post" action="/locked" {
            (look.token_field())
            input type="hidden" name="page" value=(address);
            div.buttons { button name="go" value="stay" { (look.word("serve-still-here")) } }
        }
    };
    frame(title, content, false)
}

fn frame(title: String, content: Markup, has_error: bool) -> Frame {
    Frame { title, has_error, address: "/locked".to_owned(), content, is_private: false, form: None }
}
