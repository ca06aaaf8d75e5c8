//! The meaning of a line typed at a question.

use crate::answer::{Answer, AnswerValue, parse_date};
use crate::ask::options::{NamedOption, NoOption, OptionList};
use crate::ask::{QuestionAction, QuestionView, prompt_refusal_message};
use crate::interview::AnswerError;
use crate::messages::Messages;
use crate::pack::{Choice, QuestionType};
use crate::printable::Printable;

/// The meaning of a line typed at a question.
pub(in crate::ask) enum TypedLine {
    Reply(QuestionAction),
    /// The command `/help`.
    Help,
    /// The command `/repeat`.
    Repeat,
}

/// A command that is typed as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineCommand {
    Back,
    Review,
    Skip,
    Decline,
    Repeat,
    Help,
    /// The command `/done`, which is valid only at the review.
    Done,
}

/// Parses a line typed at a question. An answer fits the question, in the form that is stored.
///
/// # Errors
/// Returns a message for the person if the line is neither a command nor a valid answer.
pub(in crate::ask) fn parse_reply(line: &str, view: &QuestionView<'_>, words: &Messages) -> Result<TypedLine, String> {
    let shape = &view.question.shape;
    let is_text = matches!(shape, QuestionType::Text(_));
    let named = named_options(view);
    let is_yes_no = shape.options().is_some_and(|list| list.yes_no);
    let whole_words = if is_yes_no { String::new() } else { words.get("reply-yes-no") };
    let options = OptionList::new(&named, &whole_words);
    let command = match line.strip_prefix('/') {
        Some(command) if !command.starts_with('/') => Some(command),
        None if !is_text && !options.has(line) => Some(line),
        _ => None,
    };
    match command.and_then(parse_command) {
        Some(LineCommand::Back) => return Ok(TypedLine::Reply(QuestionAction::Back)),
        Some(LineCommand::Review) => return Ok(TypedLine::Reply(QuestionAction::Review)),
        Some(LineCommand::Skip) => return validate(Answer::Skipped, view, words),
        Some(LineCommand::Decline) => return validate(Answer::Declined, view, words),
        Some(LineCommand::Repeat) => return Ok(TypedLine::Repeat),
        Some(LineCommand::Help) => return Ok(TypedLine::Help),
        Some(LineCommand::Done) => return Err(words.get("refused-done")),
        None => {}
    }
    if command.is_some() && line.starts_with('/') {
        let key = if is_text { "refused-command" } else { "refused-command-choice" };
        return Err(words.format(key, [("command", truncate(line).into())]));
    }
    let empty = || prompt_refusal_message(&AnswerError::Empty, view.question, words, view.language);
    if line.is_empty() {
        return Err(empty());
    }
    let index = |position: usize| view.choices[position].index;
    let no_option = |error| no_option_message(&error, &named, is_yes_no, words);
    let value = match shape {
        QuestionType::Text(_) => AnswerValue::Text(line.strip_prefix('/').unwrap_or(line).to_owned()),
        QuestionType::SingleChoice(list) | QuestionType::MultipleChoice(list) => {
            let (chosen, text) = match line.split_once(':') {
                Some((chosen, text)) if list.free_text.is_some() => (chosen, Some(text.trim().to_owned())),
                _ => (line, None),
            };
            let and = words.get("reply-and");
            let found = options.find_all(chosen, &and).map_err(no_option)?;
            let chosen: Vec<usize> = found.into_iter().map(index).collect();
            if chosen.is_empty() {
                return Err(empty());
            }
            AnswerValue::Choice { chosen, text }
        }
        QuestionType::Number(_) => {
            AnswerValue::Number(words.parse_number(line).ok_or_else(|| words.get("refused-number"))?)
        }
        QuestionType::Date(..) => AnswerValue::Date(parse_date(line).ok_or_else(|| words.get("refused-date"))?),
        QuestionType::Quantity(..) => {
            let (amount, unit) = line.split_once(char::is_whitespace).ok_or_else(|| words.get("refused-quantity"))?;
            let amount = words.parse_number(amount).ok_or_else(|| words.get("refused-quantity"))?;
            AnswerValue::Quantity { amount, unit: index(options.find(unit.trim()).map_err(no_option)?) }
        }
    };
    validate(Answer::Value(value), view, words)
}

/// Checks an answer before its prompt closes, so that a refused text can be corrected.
fn validate(answer: Answer, view: &QuestionView<'_>, words: &Messages) -> Result<TypedLine, String> {
    let message = |refusal| prompt_refusal_message(&refusal, view.question, words, view.language);
    let answer = view.question.validate(answer).map_err(message)?;
    Ok(TypedLine::Reply(QuestionAction::Answer(answer)))
}

/// Returns the options or units of a question, as a reply can name them.
fn named_options<'v>(view: &'v QuestionView<'_>) -> Vec<NamedOption<'v>> {
    let code_may_be_cut = view.question.shape.options().is_some_and(|options| options.yes_no);
    let choices = view.choices.iter().map(|offered| (&view.question.shape.choices()[offered.index], &offered.text));
    let option = |(number, (choice, text)): (u64, (&'v Choice, &'v Printable))| NamedOption {
        number,
        code: Some(choice.code.as_str()),
        code_may_be_cut,
        text: text.as_str().into(),
    };
    (1..).zip(choices).map(option).collect()
}

fn no_option_message(error: &NoOption, options: &[NamedOption<'_>], is_yes_no: bool, words: &Messages) -> String {
    match (error, options) {
        (NoOption::Ambiguous(typed, fitting), _) => ambiguous_message(typed, fitting, options, words),
        (NoOption::Unknown(typed), [yes, no]) if is_yes_no => {
            let (yes, no) = (yes.text.as_ref().into(), no.text.as_ref().into());
            words.format("refused-yes-no", [("typed", truncate(typed).into()), ("yes", yes), ("no", no)])
        }
        (NoOption::Unknown(typed), _) => {
            words.format("refused-option", [("typed", truncate(typed).into()), ("count", options.len().into())])
        }
    }
}

/// Returns the message for a reply that is the beginning of several options.
pub(super) fn ambiguous_message(
    typed: &str,
    fitting: &[usize],
    options: &[NamedOption<'_>],
    words: &Messages,
) -> String {
    let option = |index: &usize| format!("{}. {}", options[*index].number, options[*index].text);
    let options = fitting.iter().map(option).collect::<Vec<_>>().join("; ");
    words.format("refused-ambiguous", [("typed", truncate(typed).into()), ("options", options.into())])
}

/// Parses the name of a command, without the slash.
pub(super) fn parse_command(command: &str) -> Option<LineCommand> {
    Some(match command.to_lowercase().as_str() {
        "back" => LineCommand::Back,
        "review" => LineCommand::Review,
        "skip" => LineCommand::Skip,
        "decline" => LineCommand::Decline,
        "repeat" => LineCommand::Repeat,
        "help" => LineCommand::Help,
        "done" => LineCommand::Done,
        _ => return None,
    })
}

/// Returns whether a line consists of a command alone, with its slash.
pub(in crate::ask) fn is_command(line: &str) -> bool {
    line.strip_prefix('/').is_some_and(|command| parse_command(command).is_some())
}

/// Shortens a typed text to its first 40 characters and cleans it, for a message.
pub(in crate::ask) fn truncate(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", Printable::line(&text[..end])),
        None => Printable::line(text).to_string(),
    }
}
