//! The frame of every page: the clinic's name, the content, and the button for the size of the text.

use super::TOKEN;
use crate::messages::Messages;
use crate::pack::Language;
use crate::serve::assets::{logo_address, script_address, style_address};
use crate::serve::site::Site;
use maud::{DOCTYPE, Markup, html};
use std::time::Duration;
use unic_langid::{CharacterDirection, LanguageIdentifier};

/// The time before the lock at which a page asks whether the patient is still there.
const WARNING: Duration = Duration::from_secs(60);

/// The look of all pages for one browser.
pub(in crate::serve) struct Look<'s> {
    pub(in crate::serve) site: &'s Site,
    pub(in crate::serve) language: Language,
    pub(in crate::serve) words: &'s Messages,
    pub(in crate::serve) is_large: bool,
    /// The token of the forms.
    pub(in crate::serve) token: &'s str,
}

/// One page.
pub(in crate::serve) struct Frame {
    pub(in crate::serve) title: String,
    pub(in crate::serve) has_error: bool,
    /// The address of the page, to which the button for the size of the text returns.
    pub(in crate::serve) address: String,
    pub(in crate::serve) content: Markup,
    /// Whether the page shows answers, so that an idle browser leaves it.
    pub(in crate::serve) is_private: bool,
    /// The form that the button for the size of the text sends along, so that what was typed is kept.
    pub(in crate::serve) form: Option<&'static str>,
}

impl Look<'_> {
    /// Returns a text of the interface.
    pub(in crate::serve) fn word(&self, key: &str) -> String {
        self.words.get(key)
    }

    /// Returns the hidden field with the token of a form.
    pub(in crate::serve) fn token_field(&self) -> Markup {
        html! { input type="hidden" name=(TOKEN) value=(self.token); }
    }

    /// Returns the time before the lock at which a page asks whether the patient is still there.
    pub(in crate::serve) fn warning(&self) -> Duration {
        WARNING.min(self.site.idle / 2)
    }

    /// Renders a whole page.
    pub(in crate::serve) fn render(&self, frame: &Frame) -> String {
        let Self { site, words, .. } = self;
        let tag = site.pack.tag(self.language);
        let form_title = site.pack.title.in_language(self.language);
        let title = if frame.title == form_title.as_str() {
            frame.title.clone()
        } else {
            format!("{} · {form_title}", frame.title)
        };
        let title = if frame.has_error { words.format("serve-error-title", [("title", title.into())]) } else { title };
        let warning = self.warning();
        let until_warning = site.idle.saturating_sub(warning);
        html! {
            (DOCTYPE)
            html lang=(tag) dir=(direction(tag)) class=[self.is_large.then_some("large")] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    // What a script does in time, a browser without one does by itself.
                    @if frame.is_private {
                        noscript { meta http-equiv="refresh" content=(format!("{}; url=/locked", until_warning.as_secs())); }
                    }
                    title { (title) }
                    link rel="stylesheet" href=(style_address());
                    script src=(script_address()) defer {}
                }
                body {
                    @if let Some(clinic) = self.clinic() { header { (clinic) } }
                    main { (frame.content) }
                    footer { (self.text_size(frame)) }
                    @if frame.is_private { (self.still_there(frame, until_warning, warning)) }
                }
            }
        }
        .into_string()
    }

    /// Returns the clinic's name and logo, if the settings have any.
    fn clinic(&self) -> Option<Markup> {
        let letterhead = &self.site.letterhead;
        let logo = logo_address(letterhead);
        (logo.is_some() || letterhead.name.is_some()).then(|| {
            html! {
                @if let Some(logo) = logo { img src=(logo) alt=""; }
                @if let Some(name) = &letterhead.name { p { (name) } }
            }
        })
    }

    fn text_size(&self, frame: &Frame) -> Markup {
        let (key, size) =
            if self.is_large { ("serve-text-ordinary", "ordinary") } else { ("serve-text-larger", "large") };
        let button = html! {
            button.quiet name="size" value=(size) form=[frame.form] formaction="/text-size" { (self.word(key)) }
        };
        html! {
            @if frame.form.is_some() {
                (button)
            } @else {
                form method="post" action="/text-size" {
                    (self.token_field())
                    input type="hidden" name="page" value=(frame.address);
                    (button)
                }
            }
        }
    }

    /// Returns the question that a script shows before the page is locked.
    fn still_there(&self, frame: &Frame, until_warning: Duration, warning: Duration) -> Markup {
        html! {
            div #still hidden role="alertdialog" aria-labelledby="still-title" aria-describedby="still-text"
                data-wait=(until_warning.as_secs()) data-warning=(warning.as_secs()) {
                form method="post" action="/locked" {
                    (self.token_field())
                    input type="hidden" name="page" value=(frame.address);
                    h2 #still-title { (self.word("serve-still-title")) }
                    p #still-text { (self.still_text(warning)) }
                    button name="go" value="stay" { (self.word("serve-still-here")) }
                }
            }
        }
    }

    /// Returns the warning that the page will be locked.
    pub(in crate::serve) fn still_text(&self, remaining: Duration) -> String {
        self.words.format("serve-still", [("seconds", remaining.as_secs().into())])
    }
}

fn direction(tag: &str) -> &'static str {
    let direction = tag.parse::<LanguageIdentifier>().map(|tag| tag.character_direction());
    if direction == Ok(CharacterDirection::RTL) { "rtl" } else { "ltr" }
}
