//! All answers before they are handed in.

use super::question::error_summary;
use super::{Frame, Look};
use crate::ask::ReviewRow;
use crate::pack::Pack;
use crate::serve::session::{CheckError, question_address};
use maud::html;

/// Renders the answers and the message `open` about unanswered questions.
pub(in crate::serve) fn check(look: &Look<'_>, rows: &[ReviewRow], open: &str, error: Option<CheckError>) -> Frame {
    let title = look.word("review-title");
    let pack: &Pack = look.site.pack;
    let content = html! {
        @match error {
            Some(CheckError::Open(key)) => (error_summary(look, &look.word("required-open"), &question_address(pack, key))),
            Some(CheckError::NotHandedIn) => (error_summary(look, &look.word("serve-not-handed-in"), "#finish")),
            None => {},
        }
        h1 { (title) }
        @if !open.is_empty() { p.open { (open) } }
        dl {
            @for row in rows {
                div {
                    dt { (row.title) }
                    dd { (row.answer) }
                    dd.change {
                        a href=(question_address(pack, row.key)) { (look.word("serve-change")) span.hidden { ": " (row.title) } }
                    }
                }
            }
        }
        form method="post" action="/check" autocomplete="off" novalidate {
            (look.token_field())
            div.buttons {
                button #finish name="go" value="continue" { (look.word("serve-finish")) }
                button.second name="go" value="back" { (look.word("serve-back")) }
            }
        }
    };
    Frame { title, has_error: error.is_some(), address: "/check".to_owned(), content, is_private: true, form: None }
}
