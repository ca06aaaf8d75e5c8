//! The blank form as one HTML page for printing.

use super::super::html::{clinic_text, header, page};
use super::{Form, FormQuestion, ROWS};
use maud::{Markup, html};

/// Renders a blank form as one HTML page.
#[must_use]
pub fn render(form: &Form, large_print: bool) -> String {
    let head = html! { h1 { (form.title) } (header(&form.header)) };
    let body = html! {
        section.notice { @for notice in &form.notice { (clinic_text(notice)) } }
        @for (index, part) in form.parts.iter().enumerate() {
            section aria-labelledby=(format!("part-{index}")) {
                h2 id=(format!("part-{index}")) { (part.heading) }
                @if let Some(branch) = &part.branch { p { em { (branch) } } }
                @for question in &part.questions { (write_question(question)) }
            }
        }
    };
    page(
        if large_print { "form large" } else { "form" },
        &form.language,
        form.title.as_str(),
        &form.letterhead,
        &head,
        &body,
        &html! { p.hash { (form.pack) } },
    )
}

fn write_question(question: &FormQuestion) -> Markup {
    html! {
        div.question {
            h3.ask { (question.number) ". " (question.text) @if question.required { " *" } }
            @if let Some(branch) = &question.branch { p { em { (branch) } } }
            @if question.help.is_some() || question.instruction.is_some() {
                p { @if let Some(help) = &question.help { (help) " " } @if let Some(instruction) = &question.instruction { (instruction) } }
            }
            @match &question.repeat_rows {
                Some(rows) => {
                    @for _ in 0..ROWS {
                        div.row { p.blank { span { (rows.row) } span.rule {} } (options(question)) }
                    }
                    p { (rows.full) }
                },
                None => (options(question)),
            }
            @if let Some(label) = &question.own_words { p.own-words { (label) } }
            @for _ in 0..question.lines { div.write aria-hidden="true" {} }
        }
    }
}

fn options(question: &FormQuestion) -> Markup {
    let shape = if question.single { "box round" } else { "box" };
    html! {
        @if !question.options.is_empty() {
            ul.options { @for option in &question.options { li { span class=(shape) aria-hidden="true" {} (option) } } }
        }
    }
}
