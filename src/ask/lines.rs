//! Line prompter: one prompt per line, without redrawing and without special characters.

mod reader;
mod reply;

pub(super) use reply::{TypedLine, is_command, parse_reply, truncate};

use super::options::{NamedOption, NoOption, OptionList, parse_list_number};
use super::{
    MenuItem, OfferedChoice, PromptError, Prompter, QuestionAction, QuestionView, ReviewAction, ReviewRow,
    printable_answer,
};
use crate::answer::Answer;
use crate::messages::Messages;
use crate::pack::QuestionType;
use crate::printable::Printable;
use crate::wrap::wrapped;
use reader::{DiscardInput, InputLine, ReplyReader};
use reply::{LineCommand, ambiguous_message, parse_command};
use std::io::{BufRead, Write};

/// Prompts line by line: reads replies from one stream and writes questions to another.
///
/// Replies come from a file or a pipe, unless [`LinePrompter::at_terminal`] says otherwise. There a refused reply ends the
/// run, because the lines after it would answer other questions.
#[derive(Debug)]
pub struct LinePrompter<'w, R, W> {
    input: ReplyReader<R>,
    output: W,
    words: &'w Messages,
    section: Option<Printable>,
    /// The lines of the review that was left to change an answer. Only lines that differ are shown after the change.
    reviewed: Vec<String>,
    /// Returns the width to wrap lines at; `None` leaves lines as they are.
    width: Option<fn() -> usize>,
}

impl<'w, R: BufRead, W: Write> LinePrompter<'w, R, W> {
    /// Creates a prompter for these streams.
    pub fn new(input: R, output: W, words: &'w Messages) -> Self {
        Self { input: ReplyReader::new(input), output, words, section: None, reviewed: Vec::new(), width: None }
    }

    /// Wraps lines between words, at the width that `width` returns.
    #[must_use]
    pub fn with_width(self, width: fn() -> usize) -> Self {
        Self { width: Some(width), ..self }
    }

    /// Reads replies that someone types. A refused reply is asked for again.
    ///
    /// `discard` discards the input that came before a prompt, and returns whether there was text among it.
    #[must_use]
    pub fn at_terminal(self, discard: DiscardInput) -> Self {
        Self { input: self.input.typed(discard), ..self }
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

    fn print_message(&mut self, key: &str) -> Result<(), PromptError> {
        self.print_line(&self.words.get(key))
    }

    fn print_entry(&mut self, number: u64, text: &str) -> Result<(), PromptError> {
        self.print_line(&format!("  {number}. {text}"))
    }

    /// Discards what was typed before the text that follows, and says so.
    fn begin_prompt(&mut self) -> Result<(), PromptError> {
        if self.input.discard_typed()? { self.print_message("typed-too-early") } else { Ok(()) }
    }

    /// Prints why a reply is refused. It is asked for again if someone types the replies.
    fn refuse(&mut self, reason: String) -> Result<(), PromptError> {
        if !self.input.is_typed() {
            return Err(PromptError::Refused { line: self.input.line, reason });
        }
        self.begin_prompt()?;
        self.print_line(&reason)
    }

    /// Reads the next reply to this prompt. Text that is not UTF-8 is refused.
    fn read_line(&mut self, prompt: &str) -> Result<String, PromptError> {
        loop {
            if !prompt.is_empty() {
                self.print_line(prompt)?;
            }
            match self.input.read()? {
                InputLine::Whole(line) => return Ok(line),
                InputLine::NotUtf8 => self.refuse(self.words.get("refused-not-utf8"))?,
                InputLine::TooLong => self.refuse(self.words.get("refused-long-line"))?,
                InputLine::End { in_line } => {
                    if in_line {
                        self.print_message("refused-cut-off")?;
                    }
                    return Err(PromptError::EndOfInput);
                }
            }
        }
    }

    /// Prints a question with its options, and with their codes if `with_codes` is set.
    fn print_question(&mut self, view: &QuestionView<'_>, with_codes: bool) -> Result<(), PromptError> {
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
        // The prompt names the two options of a yes-no question.
        if !is_yes_no(view) {
            for (number, OfferedChoice { index, text }) in (1..).zip(&view.choices) {
                let code = view.question.shape.choices()[*index].code.as_str();
                let code = [("text", text.as_str().into()), ("code", code.into())];
                let text = if with_codes { self.words.format("option-code", code) } else { text.to_string() };
                self.print_entry(number, &text)?;
            }
        }
        if let Some(answer) = &view.answered {
            self.print_line(&self.words.format("answered-before", [("answer", answer.as_str().into())]))?;
            let is_unread = view.current.is_some_and(Answer::is_unreadable);
            self.print_message(if is_unread { "answered-again-unread" } else { "answered-again" })?;
        }
        Ok(())
    }

    fn print_question_help(&mut self, view: &QuestionView<'_>) -> Result<(), PromptError> {
        let shape = &view.question.shape;
        let key = match shape {
            QuestionType::SingleChoice(options) if options.yes_no => None,
            QuestionType::SingleChoice(_) => Some("help-one"),
            QuestionType::MultipleChoice(_) => Some("help-many"),
            QuestionType::Text(_) => Some("help-text"),
            _ => None,
        };
        let own_words = shape.options().is_some_and(|options| options.free_text.is_some()).then_some("help-own-words");
        let ways = if view.question.required { "help-required" } else { "help" };
        for key in key.into_iter().chain(own_words).chain([ways, "help-repeat"]) {
            self.print_message(key)?;
        }
        Ok(())
    }

    fn question_prompt(&self, view: &QuestionView<'_>) -> String {
        let what = match (&view.question.shape, &view.choices[..]) {
            (QuestionType::SingleChoice(options), [yes, no]) if options.yes_no => {
                let (yes, no) = (yes.text.as_str().into(), no.text.as_str().into());
                self.words.format("prompt-yes-no", [("yes", yes), ("no", no)])
            }
            (QuestionType::SingleChoice(_), _) => self.words.get("prompt-one"),
            (QuestionType::MultipleChoice(_), _) => self.words.get("prompt-many"),
            (QuestionType::Text(_), _) => self.words.get("prompt-text"),
            (QuestionType::Number(_), _) => self.words.get("prompt-number"),
            (QuestionType::Date(..), _) => self.words.get("prompt-date"),
            (QuestionType::Quantity(..), _) => self.words.get("prompt-quantity"),
        };
        let key = if view.question.required { "prompt-ways-required" } else { "prompt-ways" };
        let prompt = self.words.format(key, [("what", what.into())]);
        match view.question.shape.options() {
            Some(options) if options.free_text.is_some() => {
                format!("{prompt} {}", self.words.get("prompt-own-words"))
            }
            _ => prompt,
        }
    }

    /// Prints a reply in words, so that a slip is noticed.
    fn echo(&mut self, answer: &Answer, view: &QuestionView<'_>) -> Result<(), PromptError> {
        let key = match answer {
            Answer::Skipped => "echo-skipped",
            Answer::Declined => "echo-declined",
            Answer::Value(_) | Answer::Unreadable(_) if view.question.shape.options().is_some() => "echo-chosen",
            Answer::Value(_) | Answer::Unreadable(_) => "echo-typed",
        };
        let answer = printable_answer(answer, view.question, self.words, view.language);
        self.print_line(&self.words.format(key, [("answer", answer.as_str().into())]))
    }

    /// Prints the answers, without the lines in `known`.
    fn print_review(&mut self, rows: &[ReviewRow], open: &str, known: &[String]) -> Result<(), PromptError> {
        self.print_line("")?;
        self.print_message("review-title")?;
        for line in review_lines(rows).iter().filter(|line| !known.contains(line)) {
            self.print_line(line)?;
        }
        if !known.is_empty() {
            self.print_message("review-rest")?;
        }
        if open.is_empty() { Ok(()) } else { self.print_line(open) }
    }

    fn print_menu(&mut self, question: &Printable, choices: &[MenuItem]) -> Result<(), PromptError> {
        self.print_line("")?;
        self.print_line(question.as_str())?;
        choices.iter().try_for_each(|choice| self.print_entry(choice.number, choice.text.as_str()))
    }

    fn print_text_question(&mut self, question: &Printable, initial: &Printable) -> Result<(), PromptError> {
        self.print_line("")?;
        self.print_line(question.as_str())?;
        if initial.as_str().is_empty() {
            return Ok(());
        }
        self.print_line(&self.words.format("line-before", [("before", initial.as_str().into())]))
    }
}

impl<R: BufRead, W: Write> Prompter for LinePrompter<'_, R, W> {
    fn start(&mut self, title: &Printable, notice: &Printable) -> Result<(), PromptError> {
        self.print_line(title.as_str())?;
        self.print_line(notice.as_str())?;
        self.print_message("lines-start")
    }

    fn ask(&mut self, view: &QuestionView<'_>) -> Result<QuestionAction, PromptError> {
        self.begin_prompt()?;
        self.print_question(view, false)?;
        let prompt = self.question_prompt(view);
        loop {
            let line = self.read_line(&prompt)?;
            match parse_reply(&line, view, self.words) {
                Ok(TypedLine::Reply(reply)) => {
                    match &reply {
                        QuestionAction::Answer(answer) => self.echo(answer, view)?,
                        QuestionAction::Review => self.reviewed.clear(),
                        QuestionAction::Back => {}
                    }
                    return Ok(reply);
                }
                Ok(TypedLine::Help) => {
                    self.begin_prompt()?;
                    self.print_question_help(view)?;
                    self.print_question(view, true)?;
                }
                Ok(TypedLine::Repeat) => {
                    self.begin_prompt()?;
                    self.print_question(view, false)?;
                }
                Err(reason) => self.refuse(reason)?,
            }
        }
    }

    fn review(&mut self, rows: &[ReviewRow], open: &str) -> Result<ReviewAction, PromptError> {
        self.section = None;
        self.begin_prompt()?;
        let known = std::mem::take(&mut self.reviewed);
        self.print_review(rows, open, &known)?;
        let prompt = self.words.get("review-prompt");
        loop {
            let line = self.read_line(&prompt)?;
            let row = parse_list_number(&line).and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
            match parse_command(line.strip_prefix('/').unwrap_or(&line)) {
                Some(LineCommand::Done) => return Ok(ReviewAction::Done),
                Some(LineCommand::Back) => return Ok(ReviewAction::Back),
                Some(LineCommand::Help) => {
                    self.begin_prompt()?;
                    self.print_message("help-review")?;
                    self.print_review(rows, open, &[])?;
                }
                Some(LineCommand::Review | LineCommand::Repeat) => {
                    self.begin_prompt()?;
                    self.print_review(rows, open, &[])?;
                }
                // Many programs end a file with an empty line. Here it is not meant for another question.
                _ if line.is_empty() => {
                    self.begin_prompt()?;
                    self.print_message("refused-empty-review")?;
                }
                _ => match row.filter(|row| *row < rows.len()) {
                    Some(row) => {
                        self.reviewed = review_lines(rows);
                        return Ok(ReviewAction::Change(row));
                    }
                    None => self.refuse(self.words.format("refused-review", [("count", rows.len().into())]))?,
                },
            }
        }
    }

    fn choose(
        &mut self,
        question: &Printable,
        choices: &[MenuItem],
        _: usize,
        back: Option<usize>,
    ) -> Result<usize, PromptError> {
        self.begin_prompt()?;
        self.print_menu(question, choices)?;
        let is_numbered_through = choices.iter().zip(1..).all(|(choice, number)| choice.number == number);
        let prompt = if is_numbered_through { "choose-prompt" } else { "choose-prompt-listed" };
        let prompt = self.words.format(prompt, [("count", choices.len().into())]);
        let named: Vec<NamedOption<'_>> = choices.iter().map(menu_option).collect();
        let options = OptionList::new(&named, "");
        loop {
            let line = self.read_line(&prompt)?;
            let command = line.strip_prefix('/').or_else(|| Some(&*line).filter(|line| !options.has(line)));
            let reason = match (command.and_then(parse_command), options.find(&line)) {
                (Some(LineCommand::Help), _) => {
                    self.begin_prompt()?;
                    self.print_message(if back.is_some() { "help-menu-back" } else { "help-menu" })?;
                    self.print_menu(question, choices)?;
                    continue;
                }
                (Some(LineCommand::Repeat), _) => {
                    self.begin_prompt()?;
                    self.print_menu(question, choices)?;
                    continue;
                }
                (command, found) => match back.filter(|_| command == Some(LineCommand::Back)).map_or(found, Ok) {
                    Ok(chosen) => {
                        let text = choices[chosen].text.as_str();
                        self.print_line(&self.words.format("echo-chosen", [("answer", text.into())]))?;
                        return Ok(chosen);
                    }
                    Err(_) if line.is_empty() => self.words.get("refused-empty-review"),
                    Err(NoOption::Ambiguous(typed, fitting)) => ambiguous_message(&typed, &fitting, &named, self.words),
                    Err(NoOption::Unknown(typed)) => {
                        self.words.format("refused-choose", [("typed", truncate(&typed).into())])
                    }
                },
            };
            self.refuse(reason)?;
        }
    }

    fn ask_text(&mut self, question: &Printable, initial: &Printable) -> Result<Option<String>, PromptError> {
        self.begin_prompt()?;
        self.print_text_question(question, initial)?;
        loop {
            let line = self.read_line("")?;
            let text = match line.strip_prefix('/').map(|command| (command, parse_command(command))) {
                Some((_, Some(LineCommand::Back))) => return Ok(None),
                Some((_, Some(command @ (LineCommand::Help | LineCommand::Repeat)))) => {
                    self.begin_prompt()?;
                    if command == LineCommand::Help {
                        self.print_message("help-line")?;
                    }
                    self.print_text_question(question, initial)?;
                    continue;
                }
                Some((_, Some(LineCommand::Skip))) => "",
                Some((_, Some(_))) => {
                    self.refuse(self.words.format("refused-command", [("command", line.as_str().into())]))?;
                    continue;
                }
                // A path may begin with a slash, so only a command needs a second one.
                Some((text, None)) if text.starts_with('/') => text,
                _ => &line,
            };
            let (key, reply) = match (text, initial.as_str()) {
                ("", "") => ("echo-blank", ""),
                ("", initial) => ("echo-kept", initial),
                (text, _) => ("echo-typed", text),
            };
            let shown = Printable::line(reply);
            self.print_line(&self.words.format(key, [("answer", shown.as_str().into())]))?;
            return Ok(Some(reply.to_owned()));
        }
    }

    fn show_error(&mut self, message: &str) -> Result<(), PromptError> {
        self.print_line(message)
    }

    fn show_refusal(&mut self, message: &str) -> Result<(), PromptError> {
        self.refuse(message.to_owned())
    }
}

fn is_yes_no(view: &QuestionView<'_>) -> bool {
    view.question.shape.options().is_some_and(|options| options.yes_no)
}

/// Returns the lines of a review, each with its number.
fn review_lines(rows: &[ReviewRow]) -> Vec<String> {
    let line = |(number, row): (usize, &ReviewRow)| format!("  {number}. {}: {}", row.title, row.answer);
    (1..).zip(rows).map(line).collect()
}

fn menu_option(item: &MenuItem) -> NamedOption<'_> {
    NamedOption::new(item.number, item.text.as_str())
}
