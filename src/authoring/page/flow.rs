//! The questionnaire as a flow: questions asked of every patient on the line, conditional ones indented next to it.

use super::writer::SignOffPage;
use crate::pack::{Question, QuestionType, Role};
use std::fmt::Write as _;

pub(super) fn write(page: &SignOffPage<'_>) -> String {
    let pack = page.pack;
    let mut part = String::from(
        "<section>\n<h2>What is asked</h2>\n<p class=\"lead\">Questions are asked from top to bottom. An indented question is asked only if \
         the condition above it is true; an unknown answer never counts as no.</p>\n",
    );
    for (index, section) in pack.sections.iter().enumerate() {
        let _ = writeln!(
            part,
            "<h3>{}{}</h3>\n<ol class=\"flow\">",
            page.text(&section.title),
            page.translations(&section.title, "small")
        );
        for question in pack.questions.iter().filter(|question| question.section == index) {
            write_question(&mut part, page, question);
        }
        part.push_str("</ol>\n");
    }
    part.push_str("</section>\n");
    part
}

fn write_question(part: &mut String, page: &SignOffPage<'_>, question: &Question) {
    let pack = page.pack;
    let class = if question.when.is_some() || question.for_each.is_some() { " class=\"branch\"" } else { "" };
    let _ = writeln!(part, "<li{class}>");
    let mut when: Vec<String> = question.when.iter().map(|when| format!("when {}", page.condition(when))).collect();
    when.extend(question.for_each.iter().map(|for_each| {
        let subjects = &pack.questions[for_each.question];
        let overall = for_each.overall.map(|choice| &subjects.shape.choices()[choice]);
        let overall = overall
            .map(|choice| format!("; once, about everything, for “{}” ({})", page.text(&choice.text), choice.code));
        format!("for each of “{}” ({}){}", page.text(&subjects.title), subjects.id, overall.unwrap_or_default())
    }));
    if !when.is_empty() {
        let _ = writeln!(part, "<p class=\"when\">{}</p>", when.join(", "));
    }
    let tags: String = tags(question).into_iter().map(|tag| format!(" <span class=\"tag\">{tag}</span>")).collect();
    let _ = writeln!(
        part,
        "<p><span class=\"text\">{}</span> <code>{}</code>{tags}{}</p>",
        page.text(&question.text).replace("{for}", "…"),
        question.id,
        page.coverage_gap("questions", &question.id)
    );
    part.push_str(&page.translations(&question.text, "p").replace("{for}", "…"));
    for more in question.overall_text.iter().chain(&question.help) {
        let _ = writeln!(part, "<p class=\"lead\">{}</p>{}", page.text(more), page.translations(more, "p"));
    }
    let _ = writeln!(
        part,
        "<p class=\"lead\">In print: {}{}</p>",
        page.text(&question.title),
        page.translations(&question.title, "small")
    );
    if !question.shape.choices().is_empty() {
        part.push_str("<ul class=\"options\">\n");
        // The program translates yes and no itself.
        let is_own = question.shape.options().is_some_and(|options| options.yes_no);
        for choice in question.shape.choices() {
            let notes = [(choice.exclusive, "alone"), (choice.unknown, "means not known")];
            let notes: Vec<&str> = notes.iter().filter(|(is, _)| *is).map(|(_, note)| *note).collect();
            let note = if notes.is_empty() { String::new() } else { format!(" <small>({})</small>", notes.join("; ")) };
            let gap = page.coverage_gap("options", &format!("{}={}", question.id, choice.code));
            let _ = writeln!(
                part,
                "<li>{} <code class=\"id\">{}</code>{note}{gap}{}</li>",
                page.text(&choice.text),
                choice.code,
                if is_own { String::new() } else { page.translations(&choice.text, "small") }
            );
        }
        part.push_str("</ul>\n");
    }
    part.push_str("</li>\n");
}

fn tags(question: &Question) -> Vec<String> {
    let kind = match &question.shape {
        QuestionType::SingleChoice(options) if options.yes_no => "yes or no".to_owned(),
        QuestionType::SingleChoice(_) => "one".to_owned(),
        QuestionType::MultipleChoice(_) => "all that fit".to_owned(),
        QuestionType::Text(limit) => format!("free text, up to {limit}"),
        QuestionType::Number(range) => format!("number {range}"),
        QuestionType::Date(from, to) => {
            let bound = |word: &str, day: &Option<chrono::NaiveDate>| day.map(|day| format!(" {word} {day}"));
            let bounds = [bound("from", from), bound("to", to)];
            format!("date{}", bounds.into_iter().flatten().collect::<Vec<_>>().concat())
        }
        QuestionType::Quantity(range, _) => format!("number with a unit, {range}"),
    };
    let role = match question.role {
        Role::Concerns => "leads to benefits",
        Role::Factor => "printed with what results can vary with",
        Role::Recorded => "only recorded",
        Role::Branch => "only decides what is asked",
        Role::Questions => "printed as written",
        Role::Label => "names the form",
        Role::ToAsk => "printed as questions to ask, ticked where chosen",
    };
    let mut tags = vec![kind, role.to_owned()];
    tags.extend(question.required.then(|| "required".to_owned()));
    let own = question.shape.options().and_then(|options| options.free_text);
    tags.extend(own.map(|limit| format!("optional free text, up to {limit}")));
    tags
}
