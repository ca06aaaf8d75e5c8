//! The questionnaire as a flow: what is asked of everybody on the line, what depends on an answer beside it.

use super::super::show::in_words;
use super::super::{Question, Role, Shape};
use super::{Page, escape};
use std::fmt::Write as _;

pub(super) fn write(page: &Page<'_>) -> String {
    let pack = page.pack;
    let mut part = String::from(
        "<section>\n<h2>What is asked</h2>\n<p class=\"lead\">From top to bottom. A question beside the line is asked only when what \
         stands over it is true; unknown is never taken for no.</p>\n",
    );
    for (at, section) in pack.sections.iter().enumerate() {
        let _ = writeln!(part, "<h3>{}</h3>\n<ol class=\"flow\">", page.text(&section.title));
        for question in pack.questions.iter().filter(|question| question.section == at) {
            write_question(&mut part, page, question);
        }
        part.push_str("</ol>\n");
    }
    part.push_str("</section>\n");
    part
}

fn write_question(part: &mut String, page: &Page<'_>, question: &Question) {
    let pack = page.pack;
    let class = if question.when.is_some() || question.for_each.is_some() { " class=\"branch\"" } else { "" };
    let _ = writeln!(part, "<li{class}>");
    let mut when: Vec<String> = question.when.iter().map(|when| format!("when {}", in_words(when, pack))).collect();
    when.extend(question.for_each.iter().map(|each| {
        let overall = each.overall.map(|choice| &pack.questions[each.question].shape.choices()[choice].code);
        let overall = overall.map(|code| format!("; once, about everything, for {code}")).unwrap_or_default();
        format!("for each of {}{overall}", pack.questions[each.question].id)
    }));
    if !when.is_empty() {
        let _ = writeln!(part, "<p class=\"when\">{}</p>", escape(&when.join(", ")));
    }
    let tags: String = tags(question).into_iter().map(|tag| format!(" <span class=\"tag\">{tag}</span>")).collect();
    let _ = writeln!(
        part,
        "<p><span class=\"text\">{}</span> <code>{}</code>{tags}{}</p>",
        page.text(&question.text).replace("{for}", "…"),
        question.id,
        page.gap("questions", &question.id)
    );
    for more in question.overall_text.iter().chain(&question.help) {
        let _ = writeln!(part, "<p class=\"lead\">{}</p>", page.text(more));
    }
    if !question.shape.choices().is_empty() {
        part.push_str("<ul class=\"options\">\n");
        for choice in question.shape.choices() {
            let note = match (choice.exclusive, choice.unknown) {
                (true, _) => " <small>(alone)</small>",
                (false, true) => " <small>(not known)</small>",
                _ => "",
            };
            let gap = page.gap("options", &format!("{}={}", question.id, choice.code));
            let _ = writeln!(
                part,
                "<li>{} <code class=\"id\">{}</code>{note}{gap}</li>",
                page.text(&choice.text),
                choice.code
            );
        }
        part.push_str("</ul>\n");
    }
    part.push_str("</li>\n");
}

fn tags(question: &Question) -> Vec<String> {
    let kind = match &question.shape {
        Shape::One(options) if options.yes_no => "yes or no".to_owned(),
        Shape::One(_) => "one".to_owned(),
        Shape::Many(_) => "all that fit".to_owned(),
        Shape::Text(limit) => format!("own words, up to {limit}"),
        Shape::Number(_) => "number".to_owned(),
        Shape::Date(..) => "date".to_owned(),
        Shape::Quantity(..) => "number with a unit".to_owned(),
    };
    let role = match question.role {
        Role::Concerns => "brings benefits",
        Role::Factor => "beside what results can vary with",
        Role::Recorded => "only recorded",
        Role::Branch => "only decides what is asked",
        Role::Questions => "printed as written",
        Role::Label => "names the form",
    };
    let mut tags = vec![kind, role.to_owned()];
    tags.extend(question.required.then(|| "has to be answered".to_owned()));
    let own = question.shape.options().and_then(|options| options.free_text);
    tags.extend(own.map(|limit| format!("own words beside it, up to {limit}")));
    tags
}
