//! Terminal prompter: lists, text fields, and keys instead of commands.
//!
//! Every text is a [`Printable`], because the layers below do not filter escape sequences.

#[cfg(feature = "desk")]
pub(crate) mod echo;
mod frame;
pub(crate) mod keyboard;
mod pending_input;
mod prompt;
mod select;
mod style;
mod text_input;
mod text_layout;
mod validate;

use super::lines::{self, TypedLine};
use super::{MenuItem, PromptError, Prompter, QuestionAction, QuestionView, ReviewAction, ReviewRow};
use crate::answer::{Answer, AnswerKey, AnswerValue};
use crate::messages::Messages;
use crate::pack::{ChoiceList, QuestionType};
use crate::printable::Printable;
use crate::wrap::wrapped;
use keyboard::{QUIET_PERIOD, REVIEW_QUIET_PERIOD};
use pending_input::{InputKey, PendingInput};
use prompt::Prompt;
use select::Select;
use std::io::Write;
use style::render_config;
pub(crate) use style::width;
use text_input::TextInput;
use validate::{SelectionValidator, check_length};

/// Prompts on a terminal: reads keys from standard input and draws on standard error.
#[derive(Debug)]
pub struct Terminal<'w> {
    words: &'w Messages,
    colours: bool,
    went_back: String,
    section: Option<Printable>,
    pending_input: PendingInput,
    /// The answer that was last opened from the review.
    opened: Option<AnswerKey>,
    /// The texts above the next prompt, printed since the last reply. They are printed again after a resize.
    context: Vec<String>,
}

/// The meaning of an entry in a question's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ListEntry {
    Choice(usize),
    Skip,
    Decline,
}

/// The outcome of a prompt that can be left with Esc.
enum PromptOutcome<T> {
    Submitted(T),
    Back,
}

/// The outcome of a text prompt. Both variants carry the text.
enum TextOutcome {
    Submitted(String),
    /// Left with Esc; the text is offered again when the prompt reopens.
    Left(String),
}

/// A text prompt and its validator.
struct TextPrompt<'t> {
    question: &'t str,
    help: &'static str,
    check: &'t dyn Fn(&str) -> Result<(), String>,
}

impl<'w> Terminal<'w> {
    /// Creates a prompter with these messages, with or without colours.
    #[must_use]
    pub fn new(words: &'w Messages, colours: bool) -> Self {
        let went_back = words.get("went-back");
        let (section, pending_input, opened, context) = (None, PendingInput::default(), None, Vec::new());
        Self { words, colours, went_back, section, pending_input, opened, context }
    }

    /// Sets the texts that are already on the screen above the first prompt and have to stay there.
    #[must_use]
    pub fn with_context(self, above: &[String]) -> Self {
        Self { context: above.to_vec(), ..self }
    }

    fn print_text(&mut self, text: &str) -> Result<(), PromptError> {
        self.print_texts(&[text])
    }

    /// Prints these texts in a single write, because several writes delay the start visibly.
    fn print_texts(&mut self, texts: &[&str]) -> Result<(), PromptError> {
        let width = width();
        let lines = texts.iter().flat_map(|text| wrapped(text, width, 0));
        let lines: String = lines.flat_map(|line| [line, "\n".to_owned()]).collect();
        std::io::stderr().write_all(lines.as_bytes())?;
        self.context.extend(texts.iter().map(|text| (*text).to_owned()));
        Ok(())
    }

    /// Creates a prompt that Esc leaves.
    fn prompt<'p>(&'p self, question: &'p str, help: &'p str) -> Prompt<'p> {
        let config = render_config(self.colours, &self.went_back);
        Prompt { above: &self.context, question, help, config, can_leave: true }
    }

    /// Returns the entries of a question's list, and their texts.
    fn entries(&self, view: &QuestionView<'_>) -> (Vec<ListEntry>, Vec<String>) {
        let choices = view.choices.iter().enumerate();
        let mut entries: Vec<_> = choices.map(|(index, text)| (ListEntry::Choice(index), text.to_string())).collect();
        if !view.question.required {
            entries.push((ListEntry::Skip, self.words.get("choice-skip")));
            entries.push((ListEntry::Decline, self.words.get("choice-decline")));
        }
        entries.into_iter().unzip()
    }

    /// Prompts for a text. A text that is left with Esc is offered again when the prompt reopens.
    fn prompt_text(
        &mut self,
        key: InputKey,
        text_prompt: &TextPrompt<'_>,
        initial: &str,
    ) -> Result<PromptOutcome<String>, PromptError> {
        Ok(match self.run_text_input(text_prompt, self.pending_input.get(key).unwrap_or(initial))? {
            TextOutcome::Submitted(text) => {
                self.pending_input.clear(key);
                PromptOutcome::Submitted(text)
            }
            TextOutcome::Left(text) => {
                self.pending_input.store(key, text);
                PromptOutcome::Back
            }
        })
    }

    /// Runs a text prompt that starts with the text `before`.
    fn run_text_input(&self, text_prompt: &TextPrompt<'_>, initial: &str) -> Result<TextOutcome, PromptError> {
        let help = self.words.get(text_prompt.help);
        let mut field = TextInput::new(initial);
        let prompt = self.prompt(text_prompt.question, &help);
        Ok(match field.prompt(&prompt, text_prompt.check)? {
            PromptOutcome::Submitted(()) => TextOutcome::Submitted(field.text().to_owned()),
            PromptOutcome::Back => TextOutcome::Left(field.text().to_owned()),
        })
    }

    /// Prompts for the optional free text of a choice.
    fn prompt_free_text(
        &mut self,
        view: &QuestionView<'_>,
        limit: usize,
    ) -> Result<PromptOutcome<Option<String>>, PromptError> {
        let current_text = match view.current {
            Some(Answer::Value(AnswerValue::Choice { text: Some(text), .. })) => text.as_str(),
            _ => "",
        };
        let initial = sanitize(current_text);
        let question = self.words.get("own-words");
        let words = self.words;
        let check = |text: &str| match text.trim() {
            // An unchanged text is accepted, even if it reads like a command.
            command if lines::is_command(command) && text != initial => {
                Err(words.format("refused-command-here", [("command", command.into())]))
            }
            _ => check_length(text, limit, words),
        };
        let text_prompt = TextPrompt { question: &question, help: "keys-own-words", check: &check };
        Ok(match self.prompt_text(InputKey::FreeText(view.key), &text_prompt, &initial)? {
            PromptOutcome::Back => PromptOutcome::Back,
            // An unchanged text keeps its original form, from before it was cleaned for the screen.
            PromptOutcome::Submitted(text) if text == initial => {
                PromptOutcome::Submitted(Some(current_text.to_owned()))
            }
            PromptOutcome::Submitted(text) => {
                PromptOutcome::Submitted(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
            }
        })
    }

    fn ask_choice(&mut self, view: &QuestionView<'_>, options: &ChoiceList) -> Result<QuestionAction, PromptError> {
        let (entries, texts) = self.entries(view);
        let is_current = |entry: &ListEntry| match (view.current, entry) {
            (Some(Answer::Value(value)), ListEntry::Choice(index)) => value.chosen().contains(index),
            (Some(Answer::Skipped), ListEntry::Skip) | (Some(Answer::Declined), ListEntry::Decline) => true,
            _ => false,
        };
        let initial =
            entries.iter().enumerate().filter(|(_, entry)| is_current(entry)).map(|(index, _)| index).collect();
        let is_multiple = matches!(view.question.shape, QuestionType::MultipleChoice(_));
        let mut selected = self.pending_input.take_ticks(view.key).unwrap_or(initial);
        let check = SelectionValidator::new(view.question, view, self.words);
        loop {
            let help = self.words.get(if is_multiple { "keys-many" } else { "keys-one" });
            let prompt = self.prompt(view.text.as_str(), &help);
            let mut list = Select::new(&texts);
            if is_multiple {
                list.ticks = Some(selected);
            } else {
                list.cursor = selected.first().copied().unwrap_or(0);
            }
            let outcome = list.prompt_user(&prompt, QUIET_PERIOD, |selected| {
                if is_multiple { check.validate(&entries, selected) } else { Ok(()) }
            })?;
            // Going back from the free text shows the current choice again.
            selected = list.selected();
            if matches!(outcome, PromptOutcome::Back) {
                if is_multiple {
                    self.pending_input.store_ticks(view.key, selected);
                }
                return Ok(QuestionAction::Back);
            }
            let mut chosen = Vec::new();
            for index in &selected {
                match entries[*index] {
                    ListEntry::Skip => return Ok(QuestionAction::Answer(Answer::Skipped)),
                    ListEntry::Decline => return Ok(QuestionAction::Answer(Answer::Declined)),
                    ListEntry::Choice(choice) => chosen.push(choice),
                }
            }
            let text = match options.free_text {
                None => None,
                Some(limit) => match self.prompt_free_text(view, limit)? {
                    PromptOutcome::Submitted(text) => text,
                    PromptOutcome::Back => continue,
                },
            };
            return Ok(QuestionAction::Answer(Answer::Value(AnswerValue::Choice { chosen, text })));
        }
    }

    /// Asks for a text, number, date or quantity. It is typed as at the line prompter, with the same commands.
    fn ask_typed(&mut self, view: &QuestionView<'_>) -> Result<QuestionAction, PromptError> {
        let words = self.words;
        let editable = |value| format_for_editing(value, &view.question.shape, words);
        let current_text = view.current.and_then(|answer| Some((answer, editable(answer.value()?))));
        let parse = |line: &str| match &current_text {
            // An unchanged text keeps the original answer.
            Some((answer, text)) if text == line => Ok(TypedLine::Reply(QuestionAction::Answer((*answer).clone()))),
            _ => lines::parse_reply(line.trim(), view, words),
        };
        let initial = current_text.as_ref().map(|(_, text)| text.as_str()).unwrap_or_default();
        let help = if view.question.required { "keys-typed-required" } else { "keys-typed" };
        let check = |line: &str| parse(line).map(drop);
        let text_prompt = TextPrompt { question: view.text.as_str(), help, check: &check };
        loop {
            let PromptOutcome::Submitted(line) = self.prompt_text(InputKey::Answer(view.key), &text_prompt, initial)?
            else {
                return Ok(QuestionAction::Back);
            };
            // The validator has refused every invalid line, so only the help is left.
            if let Ok(TypedLine::Reply(reply)) = parse(&line) {
                return Ok(reply);
            }
            self.print_text(&words.get("help"))?;
        }
    }
}

impl Prompter for Terminal<'_> {
    fn start(&mut self, title: &Printable, notice: &Printable) -> Result<(), PromptError> {
        self.print_texts(&["", title.as_str(), "", notice.as_str()])
    }

    fn ask(&mut self, view: &QuestionView<'_>) -> Result<QuestionAction, PromptError> {
        let mut heading = view.position.clone();
        if self.section.as_ref() != Some(&view.section) {
            heading = format!("{heading} · {}", view.section);
            self.section = Some(view.section.clone());
        }
        let below = view.help.iter().map(Printable::as_str).chain(view.follow_up.as_deref());
        self.print_texts(&["", heading.as_str()].into_iter().chain(below).collect::<Vec<_>>())?;
        let reply = match view.question.shape.options() {
            Some(options) => self.ask_choice(view, options),
            None => self.ask_typed(view),
        };
        self.context.clear();
        reply
    }

    fn review(&mut self, rows: &[ReviewRow], open: &str) -> Result<ReviewAction, PromptError> {
        self.section = None;
        self.print_text("")?;
        if !open.is_empty() {
            self.print_text(open)?;
        }
        let mut texts = vec![self.words.get("review-done")];
        texts.extend(rows.iter().map(|row| format!("{}: {}", row.title, row.answer)));
        let (question, help) = (self.words.get("review-title"), self.words.get("keys-review"));
        let prompt = self.prompt(&question, &help);
        let mut list = Select::new(&texts);
        // The cursor starts at the answer that was changed last, because the next one to change is often close to it.
        list.cursor = rows.iter().position(|row| Some(row.key) == self.opened).map_or(0, |row| row + 1);
        let outcome = list.prompt_user(&prompt, REVIEW_QUIET_PERIOD, |_| Ok(()))?;
        let row = list.cursor.checked_sub(1);
        self.context.clear();
        self.opened = None;
        Ok(match (outcome, row) {
            (PromptOutcome::Back, _) => ReviewAction::Back,
            (PromptOutcome::Submitted(()), None) => ReviewAction::Done,
            (PromptOutcome::Submitted(()), Some(row)) => {
                self.opened = rows.get(row).map(|row| row.key);
                ReviewAction::Change(row)
            }
        })
    }

    fn choose(
        &mut self,
        question: &Printable,
        choices: &[MenuItem],
        first: usize,
        back: Option<usize>,
    ) -> Result<usize, PromptError> {
        self.print_text("")?;
        let help = self.words.get(if back.is_some() { "keys-one" } else { "keys-choose" });
        let texts: Vec<String> = choices.iter().map(|choice| choice.text.to_string()).collect();
        let prompt = Prompt { can_leave: back.is_some(), ..self.prompt(question.as_str(), &help) };
        let mut list = Select::new(&texts);
        list.cursor = first;
        let outcome = list.prompt_user(&prompt, QUIET_PERIOD, |_| Ok(()))?;
        let index = list.cursor;
        self.context.clear();
        Ok(match outcome {
            PromptOutcome::Submitted(()) => index,
            PromptOutcome::Back => back.unwrap_or(first),
        })
    }

    fn ask_text(&mut self, question: &Printable, initial: &Printable) -> Result<Option<String>, PromptError> {
        self.print_text("")?;
        let text_prompt = TextPrompt { question: question.as_str(), help: "keys-typed-required", check: &|_| Ok(()) };
        let outcome = self.run_text_input(&text_prompt, initial.as_str())?;
        self.context.clear();
        Ok(match outcome {
            TextOutcome::Submitted(line) => Some(line.trim().to_owned()),
            TextOutcome::Left(_) => None,
        })
    }

    fn show_error(&mut self, message: &str) -> Result<(), PromptError> {
        self.print_text(message)
    }
}

/// Prompts for a password without showing it. Returns `None` if the prompt is left with Esc.
#[cfg(any(feature = "desk", feature = "push"))]
pub(crate) fn prompt_password(
    words: &Messages,
    colours: bool,
    question: &str,
    check: impl Fn(&str) -> Result<(), String>,
) -> Result<Option<String>, PromptError> {
    let mut field = TextInput::password();
    let outcome = field.prompt(&Terminal::new(words, colours).prompt(question, ""), check)?;
    Ok(matches!(outcome, PromptOutcome::Submitted(())).then(|| field.text().to_owned()))
}

/// Cleans a text for display and for editing.
fn sanitize(text: &str) -> String {
    Printable::text(text).to_string()
}

/// Formats an answer as it would be typed.
fn format_for_editing(value: &AnswerValue, shape: &QuestionType, words: &Messages) -> String {
    match (value, shape) {
        (AnswerValue::Text(text), _) => {
            let text = sanitize(text);
            if text.starts_with('/') { format!("/{text}") } else { text }
        }
        (AnswerValue::Number(number), _) => words.number(number),
        (AnswerValue::Date(date), _) => date.to_string(),
        (AnswerValue::Quantity { amount, unit }, QuestionType::Quantity(_, units)) => {
            format!("{} {}", words.number(amount), units[*unit].code)
        }
        _ => String::new(),
    }
}
