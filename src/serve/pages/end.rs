//! The page after the answers were handed in, and the page for an address without a page. They hold no answer.

use super::{Frame, Look};
use maud::html;

/// Renders the page after the answers were handed in.
pub(in crate::serve) fn done(look: &Look<'_>) -> Frame {
    let title = look.word("serve-done-title");
    let content = html! {
        h1 { (title) }
        p { (look.word("serve-done-next")) }
        p { (look.word("serve-done-device")) }
        div.buttons { a.button.second href="/" { (look.word("serve-next-patient")) } }
    };
    Frame { title, has_error: false, address: "/done".to_owned(), content, is_private: false, form: None }
}

/// Renders the page for an address without a page.
pub(in crate::serve) fn missing(look: &Look<'_>) -> Frame {
    let title = look.word("serve-missing");
    let content = html! {
        h1 { (title) }
        div.buttons { a.button href="/" { (look.word("serve-to-start")) } }
    };
    Frame { title, has_error: false, address: "/".to_owned(), content, is_private: false, form: None }
}
