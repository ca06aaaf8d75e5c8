//! The blank form as PDF.

use super::super::error::RenderError;
use super::super::form::{Form, FormPart, FormQuestion, ROWS};
use super::super::style::{Rendered, Style, Template};
use super::data::{fill, foreign_text, letterhead, list};
use crate::messages::Messages;
use serde_json::{Value, json};

const FORM: &str = include_str!("form.typ");

/// Typesets a blank form.
///
/// # Errors
/// Returns an error if typst fails.
pub fn render(form: &Form, style: &Style) -> Result<Rendered, RenderError> {
    let page = json!({
        "language": form.language,
        "title": form.title.as_str(),
        "header": list(&form.header, fill),
        "notice": list(&form.notice, foreign_text),
        "parts": list(&form.parts, part),
        "large": style.large_print,
        "rows": ROWS,
        "pack": form.pack.as_str(),
        "letterhead": letterhead(&form.letterhead),
        "words": super::words(&Messages::new(&form.language)),
    });
    super::typeset(page, &Template { name: "form.typ".to_owned(), text: FORM.to_owned() }, style, |_| Ok(()))
}

fn part(part: &FormPart) -> Value {
    json!({
        "heading": part.heading.as_str(),
        "branch": part.branch.as_ref().map(ToString::to_string),
        "questions": list(&part.questions, question),
    })
}

fn question(question: &FormQuestion) -> Value {
    json!({
        "number": question.number,
        "text": question.text.as_str(),
        "help": question.help.as_ref().map(ToString::to_string),
        "branch": question.branch.as_ref().map(ToString::to_string),
        "required": question.required,
        "how": question.instruction.as_ref().map(ToString::to_string),
        "one": question.single,
        "options": list(&question.options, |option| option.as_str().into()),
        "each": question.repeat_rows.as_ref().map(|rows| json!({ "row": rows.row.as_str(), "full": rows.full.as_str() })),
        "lines": question.lines,
        "declines": question.declines,
        "own_words": question.own_words.as_ref().map(ToString::to_string),
    })
}
