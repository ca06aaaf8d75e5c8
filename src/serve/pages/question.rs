//! One question: its text, its options or field, and the buttons that lead on and back.

use super::{Frame, Look};
use crate::ask::{BackTarget, QuestionView};
use crate::letterhead::Letterhead;
use crate::pack::QuestionType;
use crate::printable::Printable;
use crate::serve::form::{DECLINE, Entry, SKIP};
use maud::{Markup, Render, html};

/// The longest text that is typed on one line, in characters.
const MAX_LINE_CHARACTERS: usize = 100;

/// The name of the form.
const FORM: &str = "question";

/// The parts of a question's page besides the question.
pub(in crate::serve) struct Surroundings {
    pub(in crate::serve) address: String,
    /// The code that opens the interview after it was locked; only at the start.
    pub(in crate::serve) return_code: Option<String>,
}

/// One option of a list.
struct ListOption<'o> {
    code: &'o str,
    text: String,
    /// Whether it excludes all other options.
    is_alone: bool,
}

/// Renders a question.
pub(in crate::serve) fn question(
    look: &Look<'_>,
    view: &QuestionView<'_>,
    entry: &Entry,
    around: Surroundings,
) -> Frame {
    let Surroundings { address, return_code } = around;
    let content = html! {
        @if let Some(error) = &entry.error { (error_summary(look, error, &first_field(view))) }
        @if let Some(code) = &return_code { (first_notice(look, code)) }
        p.position { (view.position) " · " (view.section) }
        form #(FORM) method="post" action=(address) autocomplete="off" novalidate {
            (look.token_field())
            input type="hidden" name="page" value=(address);
            (fields(look, view, entry))
            // The first button is the one that the Enter key presses.
            div.buttons {
                button name="go" value="continue" { (look.word("serve-continue")) }
                @if view.back != BackTarget::Nowhere {
                    button.second name="go" value="back" { (look.word("serve-back")) }
                }
            }
        }
    };
    let has_error = entry.error.is_some();
    Frame { title: view.text.to_string(), has_error, address, content, is_private: true, form: Some(FORM) }
}

/// Returns the notice of the pack and the clinic, and the return code.
fn first_notice(look: &Look<'_>, code: &str) -> Markup {
    let tag = look.site.pack.tag(look.language);
    let Letterhead { privacy_notice, .. } = &look.site.letterhead;
    let own = privacy_notice.as_ref().and_then(|notice| notice.in_language(tag));
    let minutes = look.site.idle.as_secs().div_ceil(60);
    html! {
        section.notice aria-labelledby="notice" {
            h2 #notice { (look.word("heading-notice")) }
            p { (look.site.pack.notice.in_language(look.language)) }
            @if let Some(own) = own { p lang=[own.language.as_deref()] { (own.text) } }
            p { (look.word("serve-code-shown")) " " strong.code { (code) } }
            p { (look.words.format("serve-code-why", [("minutes", minutes.into())])) }
        }
    }
}

/// Returns the box above a page with an error. It has the focus, and leads to the field.
pub(in crate::serve) fn error_summary(look: &Look<'_>, error: &str, target: &str) -> Markup {
    html! {
        div.error-summary role="alert" tabindex="-1" autofocus aria-labelledby="error-title" {
            h2 #error-title { (look.word("serve-error-heading")) }
            p { a href=(target) { (error) } }
        }
    }
}

fn fields(look: &Look<'_>, view: &QuestionView<'_>, entry: &Entry) -> Markup {
    let described = [
        (view.help.is_some(), "help"),
        (view.follow_up.is_some(), "follow-up"),
        (hint(look, view).is_some(), "hint"),
        (entry.error.is_some(), "error"),
    ];
    let described: Vec<&str> = described.into_iter().filter(|(is_shown, _)| *is_shown).map(|(_, id)| id).collect();
    let described = Some(described.join(" ")).filter(|ids| !ids.is_empty());
    let hints = html! {
        @if let Some(help) = &view.help { p.hint #help { (help) } }
        @if let Some(follow_up) = &view.follow_up { p.hint #follow-up { (follow_up) } }
        @if let Some(hint) = hint(look, view) { p.hint #hint { (hint) } }
        @if let Some(error) = &entry.error { p.error #error { (error) } }
    };
    let unknown = unknown_options(look, view);
    match &view.question.shape {
        QuestionType::SingleChoice(list) | QuestionType::MultipleChoice(list) => {
            let kind = if matches!(view.question.shape, QuestionType::SingleChoice(_)) { "radio" } else { "checkbox" };
            html! {
                fieldset aria-describedby=[described] {
                    legend { h1 { (view.text) } }
                    (hints)
                    (options(kind, "answer", &offered(view), &entry.ticked))
                    @if let Some(limit) = list.free_text {
                        div.own-words {
                            label for="text" { (look.word("own-words")) }
                            (text_area(look, "text", &entry.own_words, limit, None, false))
                        }
                    }
                    (or(look, kind, &unknown, entry))
                }
            }
        }
        QuestionType::Text(limit) => html! {
            h1 { label for="answer" { (view.text) } }
            (hints)
            (text_area(look, "answer", &entry.typed, *limit, described.as_deref(), entry.error.is_some()))
            (or(look, "checkbox", &unknown, entry))
        },
        QuestionType::Number(_) | QuestionType::Date(..) => html! {
            h1 { label for="answer" { (view.text) } }
            (hints)
            (short_field(view, entry, described.as_deref()))
            (or(look, "checkbox", &unknown, entry))
        },
        QuestionType::Quantity(..) => {
            let unit: Vec<String> = entry.unit.iter().cloned().collect();
            html! {
                fieldset aria-describedby=[described.as_deref()] {
                    legend { h1 #label { (view.text) } }
                    (hints)
                    (short_field(view, entry, described.as_deref()))
                    (options("radio", "unit", &offered(view), &unit))
                    (or(look, "checkbox", &unknown, entry))
                }
            }
        }
    }
}

/// Returns the hint about how to answer, where the question's own help does not say it.
fn hint(look: &Look<'_>, view: &QuestionView<'_>) -> Option<String> {
    match view.question.shape {
        QuestionType::MultipleChoice(_) if view.help.is_none() => Some(look.word("serve-many")),
        QuestionType::Number(_) | QuestionType::Quantity(..) => Some(look.word("prompt-number")),
        QuestionType::Date(..) => Some(look.word("prompt-date")),
        _ => None,
    }
}

fn offered<'v>(view: &'v QuestionView<'_>) -> Vec<ListOption<'v>> {
    let choices = view.question.shape.choices();
    let option = |offered: &crate::ask::OfferedChoice| ListOption {
        code: &choices[offered.index].code,
        text: offered.text.to_string(),
        is_alone: choices[offered.index].exclusive,
    };
    view.choices.iter().map(option).collect()
}

/// Returns the options that skip and decline; none if the question needs an answer.
fn unknown_options(look: &Look<'_>, view: &QuestionView<'_>) -> Vec<ListOption<'static>> {
    let option = |(code, key): (&'static str, &str)| ListOption { code, text: look.word(key), is_alone: true };
    let known = [(SKIP, "choice-skip"), (DECLINE, "choice-decline")];
    if view.question.required { Vec::new() } else { known.into_iter().map(option).collect() }
}

fn or(look: &Look<'_>, kind: &str, unknown: &[ListOption<'_>], entry: &Entry) -> Markup {
    html! {
        @if !unknown.is_empty() {
            p.or { (look.word("serve-or")) }
            (options(kind, "answer", unknown, &entry.ticked))
        }
    }
}

fn options(kind: &str, name: &str, list: &[ListOption<'_>], ticked: &[String]) -> Markup {
    html! {
        @for ListOption { code, text, is_alone } in list {
            @let id = format!("{name}-{code}");
            div.option {
                input type=(kind) name=(name) id=(id) value=(code) checked[ticked.iter().any(|ticked| ticked == code)]
                    data-alone[*is_alone && kind == "checkbox"];
                label for=(id) { (text) }
            }
        }
    }
}

fn text_area(
    look: &Look<'_>,
    name: &str,
    text: &str,
    limit: usize,
    described: Option<&str>,
    is_invalid: bool,
) -> Markup {
    let limit_id = format!("{name}-limit");
    let described = described.map_or_else(|| limit_id.clone(), |described| format!("{described} {limit_id}"));
    let left = look.words.format("serve-characters-left", [("count", "{}".into())]);
    html! {
        @if limit > MAX_LINE_CHARACTERS {
            textarea id=(name) name=(name) rows="3" spellcheck="false" aria-describedby=(described)
                aria-invalid=[is_invalid.then_some("true")] data-limit=(limit) data-left=(left) { (LeadingBreak(text)) }
        } @else {
            input type="text" id=(name) name=(name) value=(Printable::fragment(text)) spellcheck="false" autocomplete="off" aria-describedby=(described)
                aria-invalid=[is_invalid.then_some("true")] data-limit=(limit) data-left=(left);
        }
        p.hint id=(limit_id) { (look.words.format("serve-limit", [("limit", limit.into())])) }
    }
}

/// The content of a text area. Browsers drop one line break at its start.
struct LeadingBreak<'t>(&'t str);

impl Render for LeadingBreak<'_> {
    fn render_to(&self, buffer: &mut String) {
        buffer.push('\n');
        Printable::fragment(self.0).render_to(buffer);
    }
}

fn short_field(view: &QuestionView<'_>, entry: &Entry, described: Option<&str>) -> Markup {
    let is_date = matches!(view.question.shape, QuestionType::Date(..));
    let labelled = matches!(view.question.shape, QuestionType::Quantity(..)).then_some("label");
    html! {
        input.short type="text" id="answer" name="answer" value=(Printable::fragment(&entry.typed)) spellcheck="false" autocomplete="off"
            inputmode=(if is_date { "text" } else { "decimal" }) aria-describedby=[described] aria-labelledby=[labelled]
            aria-invalid=[entry.error.is_some().then_some("true")];
    }
}

/// Returns the address of the first field of a question on its page.
fn first_field(view: &QuestionView<'_>) -> String {
    let shape = &view.question.shape;
    match (shape, view.choices.first()) {
        (QuestionType::SingleChoice(_) | QuestionType::MultipleChoice(_), Some(first)) => {
            format!("#answer-{}", shape.choices()[first.index].code)
        }
        _ => "#answer".to_owned(),
    }
}
