//! Formats an answer as text, as the review and every output show it.

use crate::answer::{Answer, AnswerKey, AnswerValue, Subject};
use crate::messages::Messages;
use crate::pack::{Language, Pack, QuestionType};
use crate::printable::Printable;

/// Returns the separator between the chosen options and the free text, and the quotation marks around the free text.
///
/// After one option the free text is about that option. After several it is quoted, because it is not about the last
/// one.
pub(crate) fn free_text_delimiters(option_count: usize) -> (&'static str, [&'static str; 2]) {
    match option_count {
        0 => ("", ["", ""]),
        1 => (": ", ["", ""]),
        _ => ("; ", ["\u{201c}", "\u{201d}"]),
    }
}

/// Returns the title of a question with its subject, if it has one.
pub(crate) fn titled_question(pack: &Pack, key: AnswerKey, language: Language, messages: &Messages) -> Printable {
    let question = &pack.questions[key.question];
    let title = question.title.in_language(language);
    let Some((subject, for_each)) = key.subject.zip(question.for_each.as_ref()) else { return title.clone() };
    let subject = match subject {
        Subject::Option(choice) => {
            pack.questions[for_each.question].shape.choices()[choice].text.in_language(language).to_string()
        }
        Subject::Overall => messages.get("overall"),
    };
    Printable::line(&format!("{title} ({subject})"))
}

/// Returns the text of an answer or, without one, of its state.
pub(crate) fn answer_or_state_text(
    answer: &Answer,
    shape: &QuestionType,
    language: Language,
    messages: &Messages,
) -> String {
    match answer {
        Answer::Value(value) => answer_text(value, shape, language, messages),
        Answer::Skipped => messages.get("state-skipped"),
        Answer::Declined => messages.get("state-declined"),
        Answer::Unreadable(None) => messages.get("state-unreadable"),
        Answer::Unreadable(Some(words)) => {
            format!("{}: {}", messages.get("state-unreadable"), Printable::text(words))
        }
    }
}

/// Returns the text of an answer in one of the pack's languages.
pub(crate) fn answer_text(
    value: &AnswerValue,
    shape: &QuestionType,
    language: Language,
    messages: &Messages,
) -> String {
    let option_text = |index: usize| shape.choices()[index].text.in_language(language).to_string();
    match value {
        AnswerValue::Choice { chosen, text } => {
            let options = chosen.iter().map(|choice| option_text(*choice)).collect::<Vec<_>>().join("; ");
            let free_text = text.as_ref().map(|text| {
                let (separator, [open, close]) = free_text_delimiters(chosen.len());
                format!("{separator}{open}{text}{close}")
            });
            options + &free_text.unwrap_or_default()
        }
        AnswerValue::Text(text) => text.clone(),
        AnswerValue::Number(number) => messages.number(number),
        AnswerValue::Date(date) => date.to_string(),
        AnswerValue::Quantity { amount, unit } => format!("{} {}", messages.number(amount), option_text(*unit)),
    }
}
