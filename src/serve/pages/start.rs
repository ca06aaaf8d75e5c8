//! The first page: the language, and the start of an interview.

use super::{Frame, Look};
use crate::messages::Messages;
use maud::{Markup, html};

/// An unfinished interview in the same browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::serve) enum Unfinished {
    None,
    /// It continues at this address.
    At(String),
}

/// Renders the first page.
pub(in crate::serve) fn start(look: &Look<'_>, unfinished: &Unfinished, is_full: bool) -> Frame {
    let title = look.site.pack.title.in_language(look.language);
    let content = html! {
        @if is_full { p.error-summary role="alert" { (look.word("serve-full")) } }
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
        has_error: is_full,
        address: "/".to_owned(),
        content,
        is_private: false,
        form: None,
    }
}

fn new(look: &Look<'_>) -> Markup {
    let languages = look.site.languages();
    let pack = look.site.pack;
    html! {
        form method="post" action="/" autocomplete="off" novalidate {
            (look.token_field())
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
            div.buttons { button { (in_every_language(look, "serve-start")) } }
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
