//! Questions as written → questions that can be asked.

use super::conditions::{condition, earlier_question};
use super::references::{KnownNames, check_unique, date};
use super::translations::Translations;
use crate::diagnostics::{Decimal, Diagnostic, Reporter, Span, Spanned};
use crate::pack::files::ParsedFile;
use crate::pack::question::{Choice, ChoiceList, ForEach, Question, QuestionType, Range, Role, Section};
use crate::pack::raw::{QuestionsFile, RawForEach, RawOption, RawQuestion, RawRole, RawType};

/// The checked sections and questions; problems go to the file's sink.
pub(super) fn check(
    file: &ParsedFile<'_, QuestionsFile>,
    wordings: &Translations<'_>,
) -> (Vec<Section>, Vec<Question>) {
    let Some(raw) = &file.raw else { return (Vec::new(), Vec::new()) };
    let sink = &file.sink;
    check_unique("sections", raw.sections.iter().map(|section| &section.id), sink);
    check_unique("questions", raw.questions.iter().map(|question| &question.id), sink);
    let sections: Vec<Section> = raw
        .sections
        .iter()
        .map(|section| {
            let title = wordings.get(&format!("section.{}", section.id.value), &section.title, sink);
            Section { id: section.id.value.clone(), title }
        })
        .collect();
    let mut questions: Vec<Question> = Vec::new();
    for raw_question in &raw.questions {
        let question = check_question(raw_question, raw, &questions, file, wordings);
        if questions.last().is_some_and(|last| last.section > question.section) {
            sink.report(
                Diagnostic::new(
                    "section-order",
                    raw_question.section.span.clone(),
                    "this question stands after those of a later section",
                )
                .hint("put the questions in the order of their sections"),
            );
        }
        questions.push(question);
    }
    check_roles(raw, sink, file.whole);
    (sections, questions)
}

fn check_question(
    raw: &RawQuestion,
    all: &QuestionsFile,
    earlier: &[Question],
    file: &ParsedFile<'_, QuestionsFile>,
    wordings: &Translations<'_>,
) -> Question {
    let sink = &file.sink;
    let id = &raw.id.value;
    check_fields(raw, sink);
    let wording = |part: &str, text: &Spanned<String>| wordings.get(&format!("question.{id}.{part}"), text, sink);
    let sections = KnownNames::new("section", all.sections.iter().map(|section| section.id.as_str()), file.whole);
    let role = role(raw);
    let for_each = raw.for_each.as_ref().and_then(|for_each| check_for_each(for_each, earlier, file));
    check_for_each_wording(raw, wordings, sink);
    Question {
        id: id.clone(),
        // One that is not there has been reported; its order is not a second fault.
        section: sections.find(&raw.section, sink).or(earlier.last().map(|last| last.section)).unwrap_or_default(),
        role,
        required: is(raw.required.as_ref()),
        title: wording("title", &raw.title),
        text: wording("text", &raw.text),
        overall_text: raw.overall_text.as_ref().map(|text| wording("overall_text", text)),
        help: raw.help.as_ref().map(|text| wording("help", text)),
        shape: shape(raw, wordings, sink),
        when: raw.when.as_ref().and_then(|when| condition(when, earlier, file.whole, sink)),
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
        Some(RawRole::Recorded) | None => Role::Recorded,
    }
}

fn is(flag: Option<&Spanned<bool>>) -> bool {
    flag.is_some_and(|flag| flag.value)
}

/// Refuses fields that this type of question has no use for, and asks for those that it needs.
fn check_fields(raw: &RawQuestion, sink: &Reporter<'_>) {
    let span = |at: Option<&Spanned<u32>>| at.map(|at| at.span.clone());
    let number = |at: Option<&Spanned<Decimal>>| at.map(|at| at.span.clone());
    let text = |at: Option<&Spanned<String>>| at.map(|at| at.span.clone());
    let kind = raw.r#type;
    let chooses = matches!(kind, RawType::One | RawType::Many);
    let counts = matches!(kind, RawType::Number | RawType::Quantity);
    let writes = kind == RawType::Text || is(raw.free_text.as_ref());
    let fields: [(&str, bool, Option<Span>); 9] = [
        ("options", chooses, raw.options.first().map(|option| option.span.clone())),
        ("free_text", chooses, raw.free_text.as_ref().map(|at| at.span.clone())),
        ("max_length", writes, span(raw.max_length.as_ref())),
        ("min", counts, number(raw.min.as_ref())),
        ("max", counts, number(raw.max.as_ref())),
        ("decimals", counts, span(raw.decimals.as_ref())),
        ("units", kind == RawType::Quantity, raw.units.first().map(|unit| unit.span.clone())),
        ("earliest", kind == RawType::Date, text(raw.earliest.as_ref())),
        ("latest", kind == RawType::Date, text(raw.latest.as_ref())),
    ];
    for (name, wanted, given) in &fields {
        if let (false, Some(place)) = (wanted, given) {
            let message = format!("`{name}` means nothing in a question of type `{}`", kind.name());
            sink.report(
                Diagnostic::new("useless-field", place.clone(), message).hint("take it out, or change the type"),
            );
        }
        let needed = matches!(*name, "options" | "max_length" | "units") && *wanted && given.is_none();
        if needed {
            let message = format!("a question of type `{}` needs `{name}`", kind.name());
            sink.report(
                Diagnostic::new("missing-field", raw.id.span.clone(), message).hint(format!("add `\"{name}\": …`")),
            );
        }
    }
    if raw.max_length.as_ref().is_some_and(|max| max.value == 0 || max.value > 100_000) {
        let place = span(raw.max_length.as_ref()).unwrap_or_default();
        sink.report(Diagnostic::new("bad-range", place, "a text needs room").hint("write a length from 1 to 100000"));
    }
    if raw.decimals.as_ref().is_some_and(|decimals| decimals.value > 12) {
        let place = span(raw.decimals.as_ref()).unwrap_or_default();
        sink.report(Diagnostic::new("bad-range", place, "that many decimals cannot be kept").hint("write 0 to 12"));
    }
    let backwards = raw.min.as_ref().zip(raw.max.as_ref()).filter(|(min, max)| min.0 > max.0).map(|(_, max)| &max.span);
    let dates = raw
        .earliest
        .as_ref()
        .zip(raw.latest.as_ref())
        .filter(|(from, to)| from.value > to.value)
        .map(|(_, to)| &to.span);
    if let Some(place) = backwards.or(dates) {
        sink.report(
            Diagnostic::new("bad-range", place.clone(), "no answer fits between these bounds").hint("exchange them"),
        );
    }
}

fn shape(raw: &RawQuestion, wordings: &Translations<'_>, sink: &Reporter<'_>) -> QuestionType {
    let length = raw.max_length.as_ref().map_or(0, |max| max.value as usize);
    let options = || {
        let free_text = is(raw.free_text.as_ref()).then_some(length);
        ChoiceList { choices: choices(raw, &raw.options, wordings, sink), free_text, yes_no: false }
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
                text: wordings.own(code),
                exclusive: false,
                unknown: false,
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
        RawType::Quantity => QuestionType::Quantity(range(), choices(raw, &raw.units, wordings, sink)),
    }
}

fn choices(raw: &RawQuestion, options: &[RawOption], wordings: &Translations<'_>, sink: &Reporter<'_>) -> Vec<Choice> {
    check_unique("options", options.iter().map(|option| &option.code), sink);
    let choice = |option: &RawOption| {
        if !option.code.is_empty() && option.code.bytes().all(|b| b.is_ascii_digit()) {
            sink.report(
                Diagnostic::new(
                    "bad-id",
                    option.code.span.clone(),
                    "a code of digits alone could be taken for an option's number",
                )
                .hint("put a word into it"),
            );
        }
        Choice {
            code: option.code.value.clone(),
            text: wordings.get(&format!("option.{}.{}", raw.id.value, option.code.value), &option.text, sink),
            exclusive: is(option.exclusive.as_ref()),
            unknown: is(option.unknown.as_ref()),
        }
    };
    options.iter().map(choice).collect()
}

fn check_for_each(raw: &RawForEach, earlier: &[Question], file: &ParsedFile<'_, QuestionsFile>) -> Option<ForEach> {
    let question = earlier_question(&raw.question, earlier, file.whole, &file.sink)?;
    let choices = earlier[question].shape.choices();
    if !matches!(earlier[question].shape, QuestionType::MultipleChoice(_)) || earlier[question].for_each.is_some() {
        file.sink.report(
            Diagnostic::new(
                "bad-for-each",
                raw.question.span.clone(),
                "only the chosen options of a `many` question can be gone through",
            )
            .hint("name a question of type `many` that is itself asked once"),
        );
        return None;
    }
    let codes = KnownNames::new("option", choices.iter().map(|choice| choice.code.as_str()), file.whole);
    let overall = match &raw.overall {
        Some(code) => Some(codes.find(code, &file.sink)?),
        None => None,
    };
    if let (Some(choice), Some(code)) = (overall, &raw.overall)
        && !choices[choice].exclusive
    {
        file.sink.report(
            Diagnostic::new("bad-for-each", code.span.clone(), "the option for `overall` has to exclude the others")
                .hint("mark that option with `\"exclusive\": true`"),
        );
    }
    Some(ForEach { question, overall })
}

/// `{for}` stands where a for-each question needs it, in every language, and nowhere else.
fn check_for_each_wording(raw: &RawQuestion, wordings: &Translations<'_>, sink: &Reporter<'_>) {
    let id = format!("question.{}.text", raw.id.value);
    for (_, text, sink) in wordings.each_in(&id, &raw.text, sink) {
        if text.contains("{for}") != raw.for_each.is_some() {
            let (message, hint) = if raw.for_each.is_some() {
                ("this text does not say what it is asked about", "put `{for}` where the chosen option goes")
            } else {
                ("`{for}` has nothing to stand for here", "take it out, or give the question a `for_each`")
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
                "a question asked about everything at once needs `overall_text`",
            )
            .hint("add `\"overall_text\": \"…\"` to the question"),
        ),
        (None, Some(text)) => sink.report(
            Diagnostic::new(
                "useless-field",
                text.span.clone(),
                "`overall_text` is never shown without `overall` in `for_each`",
            )
            .hint("take it out, or name the option in `for_each`"),
        ),
        _ => {}
    }
}

/// One question names the concerns; at most one each asks for questions and for a label.
fn check_roles(raw: &QuestionsFile, sink: &Reporter<'_>, whole: bool) {
    for role in [RawRole::Concerns, RawRole::Questions, RawRole::Label] {
        let name = role.name();
        let with: Vec<&RawQuestion> = raw.questions.iter().filter(|question| question.role == Some(role)).collect();
        if let Some(second) = with.get(1) {
            let message = format!("there is already a question with the role `{name}`");
            sink.report(
                Diagnostic::new("bad-role", second.id.span.clone(), message).hint("give only one question this role"),
            );
        }
        if role == RawRole::Concerns && with.is_empty() && whole {
            sink.report(
                Diagnostic::new(
                    "bad-role",
                    raw.span.start..raw.span.start + 1,
                    format!("no question has the role `{name}`"),
                )
                .hint("give it to the question whose options bring the benefits"),
            );
        }
        for question in with.into_iter().take(1) {
            let fits = match role {
                RawRole::Concerns => {
                    // Where a field was refused, it may be the one that is missing here.
                    let required = is(question.required.as_ref()) || !whole;
                    question.r#type == RawType::Many && required && question.when.is_none()
                }
                _ => question.r#type == RawType::Text,
            } && question.for_each.is_none();
            if !fits {
                let hint = if role == RawRole::Concerns {
                    "it is of type `many`, required, and always asked"
                } else {
                    "it is of type `text`"
                };
                let message = format!("a question with the role `{name}` cannot be like this");
                sink.report(Diagnostic::new("bad-role", question.id.span.clone(), message).hint(hint));
            }
        }
    }
}
