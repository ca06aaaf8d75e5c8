//! The blank form as plain text.

use super::super::text::{TextPage, WIDTH, clinic_text};
use super::{Form, FormQuestion, ROWS};
use crate::outline::HeaderField;

/// Renders a blank form as text.
#[must_use]
pub fn render(form: &Form) -> String {
    let mut page = TextPage::new(&form.letterhead, WIDTH);
    page.wrapped("", "", form.title.as_str());
    page.line("");
    for field in &form.header {
        page.fill(field);
    }
    for notice in &form.notice {
        page.line("");
        page.wrapped("", "", &clinic_text(notice));
    }
    for part in &form.parts {
        page.heading(part.heading.as_str());
        if let Some(branch) = &part.branch {
            page.wrapped("", "", branch.as_str());
            page.line("");
        }
        for (index, question) in part.questions.iter().enumerate() {
            if index > 0 {
                page.line("");
            }
            write_question(&mut page, question);
        }
    }
    page.line("");
    page.rule('=');
    page.wrapped("", "  ", form.pack.as_str());
    page.into_string()
}

fn write_question(page: &mut TextPage, question: &FormQuestion) {
    let star = if question.required { " *" } else { "" };
    page.wrapped("", "    ", &format!("{}. {}{star}", question.number, question.text));
    for line in question.branch.iter().chain(&question.help).chain(&question.instruction) {
        page.wrapped("    ", "    ", line.as_str());
    }
    let mark = if question.single { "( )" } else { "[ ]" };
    let boxes: Vec<String> = question.options.iter().map(|option| format!("{mark} {option}")).collect();
    match &question.repeat_rows {
        Some(rows) => {
            for _ in 0..ROWS {
                page.fill_indented("    ", &HeaderField::Blank(rows.row.clone()));
                page.wrapped("      ", "      ", &boxes.join("   "));
            }
            page.wrapped("    ", "    ", rows.full.as_str());
        }
        None => {
            for option in boxes {
                page.wrapped("    ", "        ", &option);
            }
        }
    }
    if let Some(label) = &question.own_words {
        page.wrapped("    ", "    ", label.as_str());
    }
    for _ in 0..question.lines {
        page.line("");
        page.line(&format!("    {}", "_".repeat(WIDTH - 4)));
    }
}
