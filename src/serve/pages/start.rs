//! The first page: the language, and the start of an interview.

use super::lock::code_field;
use super::question::error_summary;
use super::{Frame, Look};
use crate::desk::LINK_FIELD;
use crate::messages::Messages;
use crate::serve::clinic::WRONG_CODES_PAUSE;
use crate::serve::keeper::Keeper;
use crate::serve::kept::BeginError;
use crate::serve::site::Site;
use maud::{Markup, html};

/// An unfinished interview in the same browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::serve) enum Unfinished {
    None,
    /// It continues at this address.
    At(String),
}

/// What a patient needs to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::serve) enum Beginning<'l> {
    /// Nothing.
    Free,
    /// The code from the front desk, with what was typed before.
    Code(&'l str),
    /// The link with this secret, which is there.
    Link(&'l str),
}

impl<'l> Beginning<'l> {
    pub(in crate::serve) fn of(site: &Site, link: Option<&'l str>, typed: &'l str) -> Self {
        match (&site.keeper, link) {
            (Keeper::User(_), _) => Self::Free,
            (Keeper::Clinic(_), Some(link)) => Self::Link(link),
            (Keeper::Clinic(_), None) => Self::Code(typed),
        }
    }
}

/// Renders the first page.
pub(in crate::serve) fn start(
    look: &Look<'_>,
    unfinished: &Unfinished,
    beginning: Beginning<'_>,
    error: Option<BeginError>,
) -> Frame {
    let title = look.site.pack.title.in_language(look.language);
    let message = error.map(|error| error_message(look, error));
    let target = if matches!(beginning, Beginning::Code(_)) { "#code" } else { "#start" };
    let new = |look| new(look, beginning, message.as_deref());
    let content = html! {
        @if let Some(message) = &message { (error_summary(look, message, target)) }
        h1 { (title) }
        @match unfinished {
            Unfinished::None => (new(look)),
            Unfinished::At(address) => {
                p { (look.words.format("draft-question", [("count", 1.into()), ("more", "".into())])) }
                p { a.button href=(address) { (look.word("serve-resume")) } }
                h2 { (look.word("draft-new")) }
                (new(look))
            },
        }
    };
    Frame {
        title: title.to_string(),
        has_error: error.is_some(),
        address: "/".to_owned(),
        content,
        is_private: false,
        form: None,
    }
}

/// Returns the reason why an interview does not begin.
fn error_message(look: &Look<'_>, error: BeginError) -> String {
    let key = match error {
        BeginError::Full => "serve-full",
        BeginError::NoCode => "serve-invitation-missing",
        BeginError::Unknown => "serve-invitation-unknown",
        BeginError::Spent => "serve-invitation-spent",
        BeginError::Expired => "serve-invitation-expired",
        BeginError::Paused => "serve-invitation-paused",
        BeginError::OnlyAtDesk => "serve-invitation-at-desk",
        BeginError::NotStored => "serve-invitation-not-stored",
    };
    look.words.format(key, [("seconds", WRONG_CODES_PAUSE.as_secs().into())])
}

fn new(look: &Look<'_>, beginning: Beginning<'_>, error: Option<&str>) -> Markup {
    let languages = look.site.languages();
    let pack = look.site.pack;
    html! {
        form method="post" action="/" autocomplete="off" novalidate {
            (look.token_field())
            @match beginning {
                Beginning::Free => {},
                Beginning::Link(secret) => input type="hidden" name=(LINK_FIELD) value=(secret);,
                Beginning::Code(typed) => (code_field(
                    &in_every_language(look, "serve-invitation"),
                    &in_every_language(look, "serve-invitation-help"),
                    error,
                    typed,
                )),
            }
            @if languages.len() > 1 {
                fieldset {
                    legend { (in_every_language(look, "serve-language")) }
                    @for language in languages {
                        @let tag = pack.tag(language);
                        div.option {
                            input type="radio" name="lang" id=(format!("lang-{tag}")) value=(tag) checked[language == look.language];
                            label for=(format!("lang-{tag}")) lang=(tag) { (language_name(tag)) }
                        }
                    }
                }
            }
            div.buttons { button #start { (in_every_language(look, "serve-start")) } }
        }
    }
}

/// Returns a text in every language to choose from, the page's first.
fn in_every_language(look: &Look<'_>, key: &str) -> String {
    let mut texts: Vec<String> = vec![look.word(key)];
    for language in look.site.languages() {
        let text = look.site.words(language).get(key);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join(" · ")
}

/// Returns the name of a language in that language. Without a catalogue for it, returns its tag.
fn language_name(tag: &str) -> String {
    let words = Messages::new(tag);
    if crate::letterhead::is_same(words.tag(), tag) { words.get("language-name") } else { tag.to_owned() }
}
