//! Line prompter: one prompt per line, without redrawing and without special characters.

use super::{PromptError, Prompter, QuestionAction, QuestionView, ReviewAction, ReviewRow, prompt_refusal_message};
use crate::answer::{Answer, AnswerValue, parse_date};
use crate::interview::AnswerError;
use crate::messages::Messages;
use crate::pack::{Choice, QuestionType};
use crate::printable::Printable;
use crate::wrap::wrapped;
use std::io::{BufRead, Write};

/// Prompts line by line: reads replies from one stream and writes questions to another.
#[derive(Debug)]
pub struct LinePrompter<'w, R, W> {
    input: R,
    output: W,
    words: &'w Messages,
    section: Option<Printable>,
    /// Returns the width to wrap lines at; `None` leaves lines as they are.
    width: Option<fn() -> usize>,
}

impl<'w, R: BufRead, W: Write> LinePrompter<'w, R, W> {
    /// Creates a prompter for these streams.
    pub fn new(input: R, output: W, words: &'w Messages) -> Self {
        Self { input, output, words, section: None, width: None }
    }

    /// Wraps lines between words, at the width that `width` returns.
    #[must_use]
    pub fn with_width(self, width: fn() -> usize) -> Self {
        Self { width: Some(width), ..self }
    }

    fn print_line(&mut self, line: &str) -> Result<(), PromptError> {
        match self.width {
            None => writeln!(self.output, "{line}")?,
            Some(width) => {
                // Continuation lines of a list entry are aligned with its text, after the number.
                let indent_width = if line.starts_with("  ") { 5 } else { 0 };
                let lines = wrapped(line.trim_start(), width(), indent_width).into_iter().enumerate();
                for (index, line) in lines {
                    let indent = if index == 0 { indent_width.min(2) } else { indent_width };
                    writeln!(self.output, "{:indent$}{line}", "")?;
                }
            }
        }
        self.output.flush()?;
        Ok(())
    }

    /// Reads the next reply, without its line break. Text that is not UTF-8 is refused and asked for again.
    ///
    /// An unfinished last line is ignored, because it may be cut off: `1` may be the start of `12`. Only `/done` is
    /// unambiguous.
    fn read_line(&mut self) -> Result<String, PromptError> {
        loop {
            let mut line = Vec::new();
            self.input.read_until(b'\n', &mut line)?;
            if line.last() != Some(&b'\n') && !line.trim_ascii().eq_ignore_ascii_case(b"/done") {
                if !line.is_empty() {
                    self.print_line(&self.words.get("refused-cut-off"))?;
                }
                return Err(PromptError::EndOfInput);
            }
            match String::from_utf8(line) {
                Ok(line) => return Ok(line.trim().trim_start_matches('\u{feff}').to_owned()),
                Err(_) => self.print_line(&self.words.get("refused-not-utf8"))?,
            }
        }
    }

    fn option_lines(&mut self, view: &QuestionView<'_>) -> Result<(), PromptError> {
        for (index, (choice, text)) in view.question.shape.choices().iter().zip(&view.choices).enumerate() {
            let line = self.words.format(
                "option-line",
                [("number", (index + 1).into()), ("text", text.as_str().into()), ("code", choice.code.as_str().into())],
            );
            self.print_line(&format!("  {line}"))?;
        }
        Ok(())
    }

    fn prompt_text(&self, view: &QuestionView<'_>) -> String {
        let key = match &view.question.shape {
            QuestionType::SingleChoice(options) if options.free_text.is_some() => "prompt-one-text",
            QuestionType::MultipleChoice(options) if options.free_text.is_some() => "prompt-many-text",
            QuestionType::SingleChoice(_) => "prompt-one",
            QuestionType::MultipleChoice(_) => "prompt-many",
            QuestionType::Text(_) => "prompt-text",
            QuestionType::Number(_) => "prompt-number",
            QuestionType::Date(..) => "prompt-date",
            QuestionType::Quantity(..) => "prompt-quantity",
        };
        let commands = if view.question.required { "prompt-ways-required" } else { "prompt-ways" };
        format!("{} {}", self.words.get(key), self.words.get(commands))
    }
}

impl<R: BufRead, W: Write> Prompter for LinePrompter<'_, R, W> {
    fn start(&mut self, title: &Printable, notice: &Printable) -> Result<(), PromptError> {
        self.print_line(title.as_str())?;
        self.print_line(notice.as_str())
    }

    fn ask(&mut self, view: &QuestionView<'_>) -> Result<QuestionAction, PromptError> {
        self.print_line("")?;
        if self.section.as_ref() != Some(&view.section) {
            self.print_line(&self.words.format("section-line", [("section", view.section.as_str().into())]))?;
            self.section = Some(view.section.clone());
        }
        self.print_line(&view.position)?;
        self.print_line(view.text.as_str())?;
        if let Some(help) = &view.help {
            self.print_line(help.as_str())?;
        }
        if let Some(follow_up) = &view.follow_up {
            self.print_line(follow_up)?;
        }
        self.option_lines(view)?;
        if let Some(answer) = &view.answered {
            self.print_line(&self.words.format("answered-before", [("answer", answer.as_str().into())]))?;
            self.print_line(&self.words.get("answered-again"))?;
        }
        loop {
            self.print_line(&self.prompt_text(view))?;
            let line = self.read_line()?;
            match parse_reply(&line, view, self.words) {
                Ok(TypedLine::Reply(reply)) => return Ok(reply),
                Ok(TypedLine::Help) => {
                    self.print_line(&self.words.get(if view.question.required { "help-required" } else { "help" }))?;
                }
                Err(message) => self.print_line(&message)?,
            }
        }
    }

    fn review(&mut self, rows: &[ReviewRow], open: &str) -> Result<ReviewAction, PromptError> {
        self.section = None;
        self.print_line("")?;
        self.print_line(&self.words.get("review-title"))?;
        for (index, row) in rows.iter().enumerate() {
            self.print_line(&format!("  {}. {}: {}", index + 1, row.title, row.answer))?;
        }
        if !open.is_empty() {
            self.print_line(open)?;
        }
        loop {
            self.print_line(&self.words.get("review-prompt"))?;
            let line = self.read_line()?;
            let number = parse_list_number(&line);
            let lower = line.to_lowercase();
            match lower.strip_prefix('/').unwrap_or(&lower) {
                "done" => return Ok(ReviewAction::Done),
                "back" => return Ok(ReviewAction::Back),
                "" if line.is_empty() => self.print_line(&self.words.get("refused-empty-review"))?,
                "help" | "review" => self.print_line(&self.words.get("help-review"))?,
                _ => {
                    if let Some(row) = number.filter(|row| *row < rows.len()) {
                        return Ok(ReviewAction::Change(row));
                    }
                    self.print_line(&self.words.format("refused-review", [("count", rows.len().into())]))?;
                }
            }
        }
    }

    fn choose(
        &mut self,
        question: &Printable,
        choices: &[Printable],
        _: usize,
        back: Option<usize>,
    ) -> Result<usize, PromptError> {
        self.print_line("")?;
        self.print_line(question.as_str())?;
        for (index, choice) in choices.iter().enumerate() {
            self.print_line(&format!("  {}. {choice}", index + 1))?;
        }
        loop {
            self.print_line(&self.words.format("choose-prompt", [("count", choices.len().into())]))?;
            let line = self.read_line()?;
            let back_choice = back.filter(|_| line.to_lowercase().trim_start_matches('/') == "back");
            if let Some(chosen) = parse_list_number(&line).filter(|number| *number < choices.len()).or(back_choice) {
                return Ok(chosen);
            }
            if line.is_empty() {
                self.print_line(&self.words.get("refused-empty-review"))?;
            } else {
                self.print_line(&self.words.format("refused-choose", [("typed", truncate(&line).into())]))?;
            }
        }
    }

    fn ask_text(&mut self, question: &Printable, initial: &Printable) -> Result<Option<String>, PromptError> {
        self.print_line("")?;
        self.print_line(question.as_str())?;
        if !initial.as_str().is_empty() {
            self.print_line(&self.words.format("line-before", [("before", initial.as_str().into())]))?;
        }
        let line = self.read_line()?;
        Ok(Some(if line.is_empty() { initial.to_string() } else { line }))
    }

    fn show_error(&mut self, message: &str) -> Result<(), PromptError> {
        self.print_line(message)
    }
}

/// The meaning of a line typed at a question.
pub(super) enum TypedLine {
    Reply(QuestionAction),
    /// The command `/help`.
    Help,
}

/// The meaning of a command at a question.
enum LineCommand {
    Reply(QuestionAction),
    Help,
    /// The command `/done`, which is valid only at the review.
    Done,
}

/// Parses a line typed at a question.
///
/// # Errors
/// Returns a message for the person if the line is neither a command nor an answer.
pub(super) fn parse_reply(line: &str, view: &QuestionView<'_>, words: &Messages) -> Result<TypedLine, String> {
    let shape = &view.question.shape;
    let is_text = matches!(shape, QuestionType::Text(_));
    let lower = line.to_lowercase();
    let is_code = shape.choices().iter().any(|choice| choice.code == lower);
    let command = match lower.strip_prefix('/') {
        Some(command) if !command.starts_with('/') => Some(command),
        None if !is_text && !is_code => Some(lower.as_str()),
        _ => None,
    };
    match command.and_then(parse_command) {
        Some(LineCommand::Reply(reply)) => return Ok(TypedLine::Reply(reply)),
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
    let value = match shape {
        QuestionType::Text(_) => AnswerValue::Text(line.strip_prefix('/').unwrap_or(line).to_owned()),
        QuestionType::SingleChoice(options) | QuestionType::MultipleChoice(options) => {
            let (codes, text) = match line.split_once(':') {
                Some((codes, text)) if options.free_text.is_some() => (codes, Some(text.trim().to_owned())),
                _ => (line, None),
            };
            let parts = codes.split(',').map(str::trim).filter(|code| !code.is_empty());
            let chosen: Vec<usize> = parts
                .map(|code| find_option(code, &options.choices, &view.choices, words))
                .collect::<Result<_, _>>()?;
            if chosen.is_empty() {
                return Err(empty());
            }
            AnswerValue::Choice { chosen, text }
        }
        QuestionType::Number(_) => {
            AnswerValue::Number(words.parse_number(line).ok_or_else(|| words.get("refused-number"))?)
        }
        QuestionType::Date(..) => AnswerValue::Date(parse_date(line).ok_or_else(|| words.get("refused-date"))?),
        QuestionType::Quantity(_, units) => {
            let (amount, unit) = line.split_once(char::is_whitespace).ok_or_else(|| words.get("refused-quantity"))?;
            let amount = words.parse_number(amount).ok_or_else(|| words.get("refused-quantity"))?;
            AnswerValue::Quantity { amount, unit: find_option(unit.trim(), units, &view.choices, words)? }
        }
    };
    Ok(TypedLine::Reply(QuestionAction::Answer(Answer::Value(value))))
}

/// Parses the name of a command, without the slash.
fn parse_command(command: &str) -> Option<LineCommand> {
    Some(match command {
        "back" => LineCommand::Reply(QuestionAction::Back),
        "review" => LineCommand::Reply(QuestionAction::Review),
        "skip" => LineCommand::Reply(QuestionAction::Answer(Answer::Skipped)),
        "decline" => LineCommand::Reply(QuestionAction::Answer(Answer::Declined)),
        "help" => LineCommand::Help,
        "done" => LineCommand::Done,
        _ => return None,
    })
}

/// Returns whether a line consists of a command alone, with its slash.
pub(super) fn is_command(line: &str) -> bool {
    line.to_lowercase().strip_prefix('/').is_some_and(|command| parse_command(command).is_some())
}

/// Finds an option by its number, its code or its text, and returns its index.
fn find_option(typed: &str, choices: &[Choice], texts: &[Printable], words: &Messages) -> Result<usize, String> {
    let by_number = parse_list_number(typed).filter(|index| *index < choices.len());
    let lower = typed.to_lowercase();
    let by_code = || choices.iter().position(|choice| choice.code == lower);
    let by_text = || texts.iter().position(|text| text.as_str().to_lowercase() == lower);
    by_number.or_else(by_code).or_else(by_text).ok_or_else(|| {
        words.format("refused-option", [("typed", truncate(typed).into()), ("count", choices.len().into())])
    })
}

/// Converts a number of a list, counted from 1, to an index. Accepts digits only, without a leading zero.
fn parse_list_number(typed: &str) -> Option<usize> {
    let is_valid = typed.bytes().all(|b| b.is_ascii_digit()) && !typed.starts_with('0');
    typed.parse::<usize>().ok().filter(|_| is_valid).and_then(|number| number.checked_sub(1))
}

/// Shortens a typed text to its first 40 characters and cleans it, for a message.
fn truncate(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", Printable::line(&text[..end])),
        None => Printable::line(text).to_string(),
    }
}
