//! Plain lines: one prompt a line, nothing redrawn, no glyphs.

use super::{PromptError, Prompter, QuestionAction, QuestionView, ReviewAction, ReviewRow, prompt_refusal_message};
use crate::answer::{Answer, AnswerValue, parse_date};
use crate::interview::AnswerError;
use crate::messages::Messages;
use crate::pack::{Choice, QuestionType};
use crate::printable::Printable;
use crate::wrap::wrapped;
use rust_decimal::Decimal;
use std::io::{BufRead, Write};

/// Asks by lines: reads replies from one stream and writes questions to another.
#[derive(Debug)]
pub struct LinePrompter<'w, R, W> {
    replies: R,
    questions: W,
    words: &'w Messages,
    section: Option<Printable>,
    /// Where the questions are read, if lines are to be broken to fit there.
    width: Option<fn() -> usize>,
}

impl<'w, R: BufRead, W: Write> LinePrompter<'w, R, W> {
    /// Asks over these streams.
    pub fn new(replies: R, questions: W, words: &'w Messages) -> Self {
        Self { replies, questions, words, section: None, width: None }
    }

    /// Breaks lines between words, at the width that this gives.
    #[must_use]
    pub fn with_width(self, width: fn() -> usize) -> Self {
        Self { width: Some(width), ..self }
    }

    fn say(&mut self, line: &str) -> Result<(), PromptError> {
        match self.width {
            None => writeln!(self.questions, "{line}")?,
            Some(width) => {
                // What stands in a list hangs under its number.
                let hang = if line.starts_with("  ") { 5 } else { 0 };
                let lines = wrapped(line.trim_start(), width(), hang).into_iter().enumerate();
                for (at, line) in lines {
                    let indent = if at == 0 { hang.min(2) } else { hang };
                    writeln!(self.questions, "{:indent$}{line}", "")?;
                }
            }
        }
        self.questions.flush()?;
        Ok(())
    }

    /// The next reply, without its line break. Text that is not UTF-8 is refused and asked for again.
    ///
    /// A line that the input ends in is no reply: whoever was writing `12` may have come as far as `1`. Only `/done` can
    /// be nothing else.
    fn read(&mut self) -> Result<String, PromptError> {
        loop {
            let mut line = Vec::new();
            self.replies.read_until(b'\n', &mut line)?;
            if line.last() != Some(&b'\n') && !line.trim_ascii().eq_ignore_ascii_case(b"/done") {
                if !line.is_empty() {
                    self.say(&self.words.get("refused-cut-off"))?;
                }
                return Err(PromptError::EndOfInput);
            }
            match String::from_utf8(line) {
                Ok(line) => return Ok(line.trim().trim_start_matches('\u{feff}').to_owned()),
                Err(_) => self.say(&self.words.get("refused-not-utf8"))?,
            }
        }
    }

    fn option_lines(&mut self, screen: &QuestionView<'_>) -> Result<(), PromptError> {
        for (at, (choice, text)) in screen.question.shape.choices().iter().zip(&screen.choices).enumerate() {
            let line = self.words.format(
                "option-line",
                [("number", (at + 1).into()), ("text", text.as_str().into()), ("code", choice.code.as_str().into())],
            );
            self.say(&format!("  {line}"))?;
        }
        Ok(())
    }

    fn prompt_text(&self, screen: &QuestionView<'_>) -> String {
        let key = match &screen.question.shape {
            QuestionType::SingleChoice(options) if options.free_text.is_some() => "prompt-one-text",
            QuestionType::MultipleChoice(options) if options.free_text.is_some() => "prompt-many-text",
            QuestionType::SingleChoice(_) => "prompt-one",
            QuestionType::MultipleChoice(_) => "prompt-many",
            QuestionType::Text(_) => "prompt-text",
            QuestionType::Number(_) => "prompt-number",
            QuestionType::Date(..) => "prompt-date",
            QuestionType::Quantity(..) => "prompt-quantity",
        };
        let ways = if screen.question.required { "prompt-ways-required" } else { "prompt-ways" };
        format!("{} {}", self.words.get(key), self.words.get(ways))
    }
}

impl<R: BufRead, W: Write> Prompter for LinePrompter<'_, R, W> {
    fn start(&mut self, title: &Printable, notice: &Printable) -> Result<(), PromptError> {
        self.say(title.as_str())?;
        self.say(notice.as_str())
    }

    fn ask(&mut self, screen: &QuestionView<'_>) -> Result<QuestionAction, PromptError> {
        self.say("")?;
        if self.section.as_ref() != Some(&screen.section) {
            self.say(&self.words.format("section-line", [("section", screen.section.as_str().into())]))?;
            self.section = Some(screen.section.clone());
        }
        self.say(&screen.position)?;
        self.say(screen.text.as_str())?;
        if let Some(help) = &screen.help {
            self.say(help.as_str())?;
        }
        self.option_lines(screen)?;
        if let Some(answer) = &screen.answered {
            self.say(&self.words.format("answered-before", [("answer", answer.as_str().into())]))?;
            self.say(&self.words.get("answered-again"))?;
        }
        loop {
            self.say(&self.prompt_text(screen))?;
            let line = self.read()?;
            match parse_reply(&line, screen, self.words) {
                Ok(TypedLine::Reply(reply)) => return Ok(reply),
                Ok(TypedLine::Help) => {
                    self.say(&self.words.get(if screen.question.required { "help-required" } else { "help" }))?;
                }
                Err(why) => self.say(&why)?,
            }
        }
    }

    fn review(&mut self, rows: &[ReviewRow], open: &str) -> Result<ReviewAction, PromptError> {
        self.section = None;
        self.say("")?;
        self.say(&self.words.get("review-title"))?;
        for (at, row) in rows.iter().enumerate() {
            self.say(&format!("  {}. {}: {}", at + 1, row.title, row.answer))?;
        }
        if !open.is_empty() {
            self.say(open)?;
        }
        loop {
            self.say(&self.words.get("review-prompt"))?;
            let line = self.read()?;
            let number = parse_list_number(&line);
            let lower = line.to_lowercase();
            match lower.strip_prefix('/').unwrap_or(&lower) {
                "done" => return Ok(ReviewAction::Done),
                "back" => return Ok(ReviewAction::Back),
                "" if line.is_empty() => self.say(&self.words.get("refused-empty-review"))?,
                "help" | "review" => self.say(&self.words.get("help-review"))?,
                _ => {
                    if let Some(row) = number.filter(|row| *row < rows.len()) {
                        return Ok(ReviewAction::Change(row));
                    }
                    self.say(&self.words.format("refused-review", [("count", rows.len().into())]))?;
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
        self.say("")?;
        self.say(question.as_str())?;
        for (at, choice) in choices.iter().enumerate() {
            self.say(&format!("  {}. {choice}", at + 1))?;
        }
        loop {
            self.say(&self.words.format("choose-prompt", [("count", choices.len().into())]))?;
            let line = self.read()?;
            let way_back = back.filter(|_| line.to_lowercase().trim_start_matches('/') == "back");
            if let Some(chosen) = parse_list_number(&line).filter(|number| *number < choices.len()).or(way_back) {
                return Ok(chosen);
            }
            if line.is_empty() {
                self.say(&self.words.get("refused-empty-review"))?;
            } else {
                self.say(&self.words.format("refused-choose", [("typed", truncate(&line).into())]))?;
            }
        }
    }

    fn ask_text(&mut self, question: &Printable, before: &Printable) -> Result<Option<String>, PromptError> {
        self.say("")?;
        self.say(question.as_str())?;
        if !before.as_str().is_empty() {
            self.say(&self.words.format("line-before", [("before", before.as_str().into())]))?;
        }
        let line = self.read()?;
        Ok(Some(if line.is_empty() { before.to_string() } else { line }))
    }

    fn show_error(&mut self, message: &str) -> Result<(), PromptError> {
        self.say(message)
    }
}

/// The meaning of a typed line.
pub(super) enum TypedLine {
    Reply(QuestionAction),
    /// The person asks for help.
    Help,
}

/// The meaning of a command at a question.
enum LineCommand {
    Reply(QuestionAction),
    Help,
    /// `/done`, which only the review knows.
    Done,
}

/// Parses a typed line, or says why it has no meaning here.
pub(super) fn parse_reply(line: &str, screen: &QuestionView<'_>, words: &Messages) -> Result<TypedLine, String> {
    let shape = &screen.question.shape;
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
    let empty = || prompt_refusal_message(&AnswerError::Empty, screen.question, words, screen.language);
    if line.is_empty() {
        return Err(empty());
    }
    let given = match shape {
        QuestionType::Text(_) => AnswerValue::Text(line.strip_prefix('/').unwrap_or(line).to_owned()),
        QuestionType::SingleChoice(options) | QuestionType::MultipleChoice(options) => {
            let (codes, text) = match line.split_once(':') {
                Some((codes, text)) if options.free_text.is_some() => (codes, Some(text.trim().to_owned())),
                _ => (line, None),
            };
            let parts = codes.split(',').map(str::trim).filter(|part| !part.is_empty());
            let chosen: Vec<usize> = parts
                .map(|part| find_option(part, &options.choices, &screen.choices, words))
                .collect::<Result<_, _>>()?;
            if chosen.is_empty() {
                return Err(empty());
            }
            AnswerValue::Choice { chosen, text }
        }
        QuestionType::Number(_) => AnswerValue::Number(parse_decimal(line).ok_or_else(|| words.get("refused-number"))?),
        QuestionType::Date(..) => AnswerValue::Date(parse_date(line).ok_or_else(|| words.get("refused-date"))?),
        QuestionType::Quantity(_, units) => {
            let (amount, unit) = line.split_once(char::is_whitespace).ok_or_else(|| words.get("refused-quantity"))?;
            let amount = parse_decimal(amount).ok_or_else(|| words.get("refused-quantity"))?;
            AnswerValue::Quantity { amount, unit: find_option(unit.trim(), units, &screen.choices, words)? }
        }
    };
    Ok(TypedLine::Reply(QuestionAction::Answer(Answer::Value(given))))
}

/// Parses the name of a command at a question.
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

/// Whether a line is nothing but a command.
pub(super) fn is_command(line: &str) -> bool {
    line.to_lowercase().strip_prefix('/').is_some_and(|command| parse_command(command).is_some())
}

/// An option by its number, its code or its wording.
fn find_option(typed: &str, choices: &[Choice], texts: &[Printable], words: &Messages) -> Result<usize, String> {
    let by_number = parse_list_number(typed).filter(|at| *at < choices.len());
    let lower = typed.to_lowercase();
    let by_code = || choices.iter().position(|choice| choice.code == lower);
    let by_text = || texts.iter().position(|text| text.as_str().to_lowercase() == lower);
    by_number.or_else(by_code).or_else(by_text).ok_or_else(|| {
        words.format("refused-option", [("typed", truncate(typed).into()), ("count", choices.len().into())])
    })
}

/// The place, from 0, that a number in a list stands for, from 1: digits as the list shows them, and nothing looser.
fn parse_list_number(typed: &str) -> Option<usize> {
    let shaped = typed.bytes().all(|b| b.is_ascii_digit()) && !typed.starts_with('0');
    typed.parse::<usize>().ok().filter(|_| shaped).and_then(|number| number.checked_sub(1))
}

/// A number as answers files write it: digits, with a point and a minus at most.
fn parse_decimal(typed: &str) -> Option<Decimal> {
    let digits = typed.strip_prefix('-').unwrap_or(typed);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let shaped = [whole, part].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    if shaped { Decimal::from_str_exact(typed).ok() } else { None }
}

/// Enough of a typed text to know it again, fit to be shown.
fn truncate(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", Printable::line(&text[..end])),
        None => Printable::line(text).to_string(),
    }
}
