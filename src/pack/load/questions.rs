//! Converts raw questions and checks them.

use super::conditions::{condition, earlier_question};
use super::references::{KnownNames, check_unique, date};
use super::translations::Translations;
use crate::diagnostics::{Decimal, Diagnostic, Reporter, Span, Spanned};
use crate::pack::condition::Condition;
use crate::pack::files::ParsedFile;
use crate::pack::question::{Choice, ChoiceList, ForEach, Question, QuestionType, Range, Role, Section};
use crate::pack::raw::{QuestionsFile, RawForEach, RawOption, RawQuestion, RawRole, RawType};
use crate::pack::statement::Ask;

/// Converts the sections and questions. Reports problems to the file's sink.
pub(super) fn check(
    file: &ParsedFile<'_, QuestionsFile>,
    translations: &Translations<'_>,
) -> (Vec<Section>, Vec<Question>) {
    let Some(raw) = &file.raw else { return (Vec::new(), Vec::new()) };
    let sink = &file.sink;
    check_unique("sections", raw.sections.iter().map(|section| &section.id), sink);
    check_unique("questions", raw.questions.iter().map(|question| &question.id), sink);
    let sections: Vec<Section> = raw
        .sections
        .iter()
        .map(|section| {
            let title = translations.get(&format!("section.{}", section.id.value), &section.title, sink);
            Section {
                id: section.id.value.clone(),
                title,
                for_professional: is_true(section.for_professional.as_ref()),
            }
        })
        .collect();
    let mut questions: Vec<Question> = Vec::new();
    for raw_question in &raw.questions {
        let question = check_question(raw_question, raw, &questions, file, translations);
        if questions.last().is_some_and(|last| last.section > question.section) {
            sink.report(
                Diagnostic::new(
                    "section-order",
                    raw_question.section.span.clone(),
                    "this question is after those of a later section",
                )
                .hint("put the questions in the order of their sections"),
            );
        }
        questions.push(question);
    }
    check_roles(raw, sink, file.is_complete);
    (sections, questions)
}

fn check_question(
    raw: &RawQuestion,
    all: &QuestionsFile,
    earlier: &[Question],
    file: &ParsedFile<'_, QuestionsFile>,
    translations: &Translations<'_>,
) -> Question {
    let sink = &file.sink;
    let id = &raw.id.value;
    check_fields(raw, sink);
    let wording = |part: &str, text: &Spanned<String>| translations.get(&format!("question.{id}.{part}"), text, sink);
    let sections = KnownNames::new("section", all.sections.iter().map(|section| section.id.as_str()), file.is_complete);
    let role = role(raw);
    let for_each = raw.for_each.as_ref().and_then(|for_each| check_for_each(for_each, earlier, file));
    check_for_each_wording(raw, translations, sink);
    Question {
        id: id.clone(),
        // An unknown section has been reported already; its order is not checked.
        section: sections.find(&raw.section, sink).or(earlier.last().map(|last| last.section)).unwrap_or_default(),
        role,
        required: is_true(raw.required.as_ref()),
        title: wording("title", &raw.title),
        text: wording("text", &raw.text),
        overall_text: raw.overall_text.as_ref().map(|text| wording("overall_text", text)),
        help: raw.help.as_ref().map(|text| wording("help", text)),
        shape: question_type(raw, translations, sink),
        when: raw.when.as_ref().and_then(|when| condition(when, earlier, file.is_complete, sink)),
        for_each,
    }
}

fn role(raw: &RawQuestion) -> Role {
    match raw.role {
        Some(RawRole::Concerns) => Role::Concerns,
        Some(RawRole::Factor) => Role::Factor,
        Some(RawRole::Branch) => Role::Branch,
        Some(RawRole::Questions) => Role::Questions,
        Some(RawRole::Label) => Role::Label,
        Some(RawRole::ToAsk) => Role::ToAsk,
        Some(RawRole::Recorded) | None => Role::Recorded,
    }
}

fn is_true(flag: Option<&Spanned<bool>>) -> bool {
    flag.is_some_and(|flag| flag.value)
}

/// Reports fields that have no effect in this type of question, and required fields that are missing.
fn check_fields(raw: &RawQuestion, sink: &Reporter<'_>) {
    let span = |field: Option<&Spanned<u32>>| field.map(|field| field.span.clone());
    let number = |field: Option<&Spanned<Decimal>>| field.map(|field| field.span.clone());
    let text = |field: Option<&Spanned<String>>| field.map(|field| field.span.clone());
    let kind = raw.r#type;
    let has_options = matches!(kind, RawType::One | RawType::Many);
    let has_range = matches!(kind, RawType::Number | RawType::Quantity);
    let has_text = kind == RawType::Text || is_true(raw.free_text.as_ref());
    let fields: [(&str, bool, Option<Span>); 9] = [
        ("options", has_options, raw.options.first().map(|option| option.span.clone())),
        ("free_text", has_options, raw.free_text.as_ref().map(|field| field.span.clone())),
        ("max_length", has_text, span(raw.max_length.as_ref())),
        ("min", has_range, number(raw.min.as_ref())),
        ("max", has_range, number(raw.max.as_ref())),
        ("decimals", has_range, span(raw.decimals.as_ref())),
        ("units", kind == RawType::Quantity, raw.units.first().map(|unit| unit.span.clone())),
        ("earliest", kind == RawType::Date, text(raw.earliest.as_ref())),
        ("latest", kind == RawType::Date, text(raw.latest.as_ref())),
    ];
    for (name, is_allowed, field_span) in &fields {
        if let (false, Some(place)) = (is_allowed, field_span) {
            let message = format!("`{name}` has no effect in a question of type `{}`", kind.name());
            sink.report(Diagnostic::new("useless-field", place.clone(), message).hint("remove it, or change the type"));
        }
        let is_missing = matches!(*name, "options" | "max_length" | "units") && *is_allowed && field_span.is_none();
        if is_missing {
            let message = format!("a question of type `{}` needs `{name}`", kind.name());
            sink.report(
                Diagnostic::new("missing-field", raw.id.span.clone(), message).hint(format!("add `\"{name}\": …`")),
            );
        }
    }
    if raw.max_length.as_ref().is_some_and(|max| max.value == 0 || max.value > 100_000) {
        let place = span(raw.max_length.as_ref()).unwrap_or_default();
        sink.report(
            Diagnostic::new("bad-range", place, "`max_length` is out of range").hint("write a number from 1 to 100000"),
        );
    }
    if raw.decimals.as_ref().is_some_and(|decimals| decimals.value > 12) {
        let place = span(raw.decimals.as_ref()).unwrap_or_default();
        sink.report(Diagnostic::new("bad-range", place, "`decimals` is out of range").hint("write 0 to 12"));
    }
    let bad_range = raw.min.as_ref().zip(raw.max.as_ref()).filter(|(min, max)| min.0 > max.0).map(|(_, max)| &max.span);
    let bad_dates = raw
        .earliest
        .as_ref()
        .zip(raw.latest.as_ref())
        .filter(|(from, to)| from.value > to.value)
        .map(|(_, to)| &to.span);
    if let Some(place) = bad_range.or(bad_dates) {
        sink.report(
            Diagnostic::new("bad-range", place.clone(), "the minimum is greater than the maximum")
                .hint("swap the two values"),
        );
    }
}

fn question_type(raw: &RawQuestion, translations: &Translations<'_>, sink: &Reporter<'_>) -> QuestionType {
    let length = raw.max_length.as_ref().map_or(0, |max| max.value as usize);
    let options = || {
        let free_text = is_true(raw.free_text.as_ref()).then_some(length);
        ChoiceList { choices: choices(raw, &raw.options, translations, sink), free_text, yes_no: false }
    };
    let range = || Range {
        min: raw.min.as_ref().map(|min| min.0),
        max: raw.max.as_ref().map(|max| max.0),
        decimals: raw.decimals.as_ref().map_or(0, |decimals| decimals.value),
    };
    match raw.r#type {
        RawType::One => QuestionType::SingleChoice(options()),
        RawType::Many => QuestionType::MultipleChoice(options()),
        RawType::YesNo => {
            let choice = |code: &str| Choice {
                code: code.to_owned(),
                text: translations.message(code),
                exclusive: false,
                unknown: false,
                when: None,
            };
            QuestionType::SingleChoice(ChoiceList {
                choices: vec![choice("yes"), choice("no")],
                free_text: None,
                yes_no: true,
            })
        }
        RawType::Text => QuestionType::Text(length),
        RawType::Number => QuestionType::Number(range()),
        RawType::Date => {
            let day = |text: &Option<Spanned<String>>| text.as_ref().and_then(|text| date(text, sink));
            QuestionType::Date(day(&raw.earliest), day(&raw.latest))
        }
        RawType::Quantity => QuestionType::Quantity(range(), choices(raw, &raw.units, translations, sink)),
    }
}

fn choices(
    raw: &RawQuestion,
    options: &[RawOption],
    translations: &Translations<'_>,
    sink: &Reporter<'_>,
) -> Vec<Choice> {
    check_unique("options", options.iter().map(|option| &option.code), sink);
    let choice = |option: &RawOption| {
        if !option.code.is_empty() && option.code.bytes().all(|b| b.is_ascii_digit()) {
            sink.report(
                Diagnostic::new(
                    "bad-id",
                    option.code.span.clone(),
                    "a code of digits only can be confused with an option's number",
                )
                .hint("add a word to the code"),
            );
        }
        Choice {
            code: option.code.value.clone(),
            text: translations.get(&format!("option.{}.{}", raw.id.value, option.code.value), &option.text, sink),
            exclusive: is_true(option.exclusive.as_ref()),
            unknown: is_true(option.unknown.as_ref()),
            when: None,
        }
    };
    options.iter().map(choice).collect()
}

fn check_for_each(raw: &RawForEach, earlier: &[Question], file: &ParsedFile<'_, QuestionsFile>) -> Option<ForEach> {
    let question = earlier_question(&raw.question, earlier, file.is_complete, &file.sink)?;
    let choices = earlier[question].shape.choices();
    if !matches!(earlier[question].shape, QuestionType::MultipleChoice(_)) || earlier[question].for_each.is_some() {
        file.sink.report(
            Diagnostic::new("bad-for-each", raw.question.span.clone(), "`for_each` can only name a `many` question")
                .hint("name a question of type `many` that has no `for_each`"),
        );
        return None;
    }
    let codes = KnownNames::new("option", choices.iter().map(|choice| choice.code.as_str()), file.is_complete);
    let overall = match &raw.overall {
        Some(code) => Some(codes.find(code, &file.sink)?),
        None => None,
    };
    if let (Some(choice), Some(code)) = (overall, &raw.overall)
        && !choices[choice].exclusive
    {
        file.sink.report(
            Diagnostic::new("bad-for-each", code.span.clone(), "the option in `overall` must exclude all others")
                .hint("add `\"exclusive\": true` to that option"),
        );
    }
    Some(ForEach { question, overall })
}

/// Checks that a for-each question contains `{for}` in every language and that other questions do not.
fn check_for_each_wording(raw: &RawQuestion, translations: &Translations<'_>, sink: &Reporter<'_>) {
    let id = format!("question.{}.text", raw.id.value);
    for (_, text, sink) in translations.in_all_languages(&id, &raw.text, sink) {
        if text.contains("{for}") != raw.for_each.is_some() {
            let (message, hint) = if raw.for_each.is_some() {
                ("this text of a for-each question has no `{for}`", "write `{for}` in place of the chosen option")
            } else {
                ("`{for}` is used in a question without `for_each`", "remove it, or add `for_each` to the question")
            };
            sink.report(Diagnostic::new("for-each-wording", text.span.clone(), message).hint(hint));
        }
    }
    let overall = raw.for_each.as_ref().and_then(|for_each| for_each.overall.as_ref());
    match (overall, &raw.overall_text) {
        (Some(code), None) => sink.report(
            Diagnostic::new(
                "missing-field",
                code.span.clone(),
                "a question with `overall` in `for_each` needs `overall_text`",
            )
            .hint("add `\"overall_text\": \"…\"` to the question"),
        ),
        (None, Some(text)) => sink.report(
            Diagnostic::new(
                "useless-field",
                text.span.clone(),
                "`overall_text` is never shown without `overall` in `for_each`",
            )
            .hint("remove it, or add `overall` to `for_each`"),
        ),
        _ => {}
    }
}

/// Puts the questions to ask before the options of the question with the role `to-ask`.
pub(super) fn add_ask_options(questions: &mut [Question], asks: &[Ask], file: &ParsedFile<'_, QuestionsFile>) {
    let Some(index) = questions.iter().position(|question| question.role == Role::ToAsk) else { return };
    let raw = file.raw.iter().flat_map(|raw| &raw.questions).nth(index);
    let (Some(raw), QuestionType::MultipleChoice(options)) = (raw, &mut questions[index].shape) else { return };
    for option in raw.options.iter().filter(|option| asks.iter().any(|ask| ask.statement.id == option.code.value)) {
        let message = format!("the question to ask `{}` is already an option", option.code.as_str());
        file.sink.report(
            Diagnostic::new("duplicate-id", option.code.span.clone(), message).hint("delete this option, or rename it"),
        );
    }
    for ask in asks {
        let tests = ask.when.iter().flat_map(Condition::tests);
        if tests.into_iter().any(|(tested, _)| tested >= index) {
            let message = format!("whether `{}` is offered depends on a later question", ask.statement.id);
            file.sink.report(
                Diagnostic::new("bad-condition", raw.id.span.clone(), message)
                    .hint("move this question after the questions that the rules test"),
            );
        }
    }
    let choices = asks.iter().map(|ask| Choice {
        code: ask.statement.id.clone(),
        text: ask.statement.text.clone(),
        exclusive: false,
        unknown: false,
        when: ask.when.clone(),
    });
    options.choices.splice(..0, choices);
}

/// Checks that exactly one question has the role `concerns`, and at most one each `questions`, `label` and `to-ask`.
fn check_roles(raw: &QuestionsFile, sink: &Reporter<'_>, is_complete: bool) {
    for role in [RawRole::Concerns, RawRole::Questions, RawRole::Label, RawRole::ToAsk] {
        let name = role.name();
        let with_role: Vec<&RawQuestion> =
            raw.questions.iter().filter(|question| question.role == Some(role)).collect();
        if let Some(second) = with_role.get(1) {
            let message = format!("another question already has the role `{name}`");
            sink.report(
                Diagnostic::new("bad-role", second.id.span.clone(), message).hint("keep this role for one question"),
            );
        }
        if role == RawRole::Concerns && with_role.is_empty() && is_complete {
            sink.report(
                Diagnostic::new(
                    "bad-role",
                    raw.span.start..raw.span.start + 1,
                    format!("no question has the role `{name}`"),
                )
                .hint("add it to the question whose options lead to benefits"),
            );
        }
        for question in with_role.into_iter().take(1) {
            let fits = match role {
                RawRole::Concerns => {
                    // A field with an error may be the one that is missing here.
                    let required = is_true(question.required.as_ref()) || !is_complete;
                    question.r#type == RawType::Many && required && question.when.is_none()
                }
                RawRole::ToAsk => question.r#type == RawType::Many,
                _ => question.r#type == RawType::Text,
            } && question.for_each.is_none();
            if !fits {
                let hint = match role {
                    RawRole::Concerns => "make it a required question of type `many`, without `when` or `for_each`",
                    RawRole::ToAsk => "make it a question of type `many`, without `for_each`",
                    _ => "make it a question of type `text`, without `for_each`",
                };
                let message = format!("this question cannot have the role `{name}`");
                sink.report(Diagnostic::new("bad-role", question.id.span.clone(), message).hint(hint));
            }
        }
    }
}
