//! Terminal prompter: lists, text fields, and keys instead of commands.
//!
//! Every text is a [`Printable`], because the layers below do not filter escape sequences.

mod choice;
mod console;
#[cfg(feature = "desk")]
pub(crate) mod echo;
mod frame;
mod key_reader;
mod keyboard;
mod pending_input;
mod prompt;
mod select;
mod style;
mod text_input;
mod text_layout;
mod typed;
mod typing;
mod validate;

use super::{BackTarget, Menu, MenuItem, PromptError, Prompter, QuestionAction, QuestionView, ReviewAction, ReviewRow};
use crate::answer::AnswerKey;
use crate::messages::Messages;
use crate::printable::Printable;
use crate::wrap::wrapped;
pub use console::Console;
use key_reader::KeyReader;
pub(crate) use keyboard::discard_lines;
use keyboard::{QUIET_PERIOD, REVIEW_QUIET_PERIOD};
use pending_input::{InputKey, PendingInput};
use prompt::Prompt;
use select::Select;
use std::cell::RefCell;
pub(crate) use style::width;
use style::{line_width, render_config};
use text_input::TextInput;

/// Prompts on a terminal: reads keys from standard input and draws on standard error.
#[derive(Debug)]
pub struct Terminal<'w> {
    words: &'w Messages,
    keys: RefCell<KeyReader>,
    colours: bool,
    went_back: String,
    section: Option<Printable>,
    pending_input: PendingInput,
    /// The answer that was last opened from the review.
    opened: Option<AnswerKey>,
    /// The texts above the next prompt, printed since the last reply. They are printed again after a resize.
    context: Vec<String>,
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

/// Validates a text. Returns the text to show in its place, if any, or a message for the person.
type TextCheck<'t> = dyn Fn(&str) -> Result<Option<String>, String> + 't;

/// A text prompt and its validator.
struct TextPrompt<'t> {
    question: &'t str,
    help: &'static str,
    check: &'t TextCheck<'t>,
}

impl<'w> Terminal<'w> {
    /// Creates a prompter with these messages, with or without colours.
    #[must_use]
    pub fn new(words: &'w Messages, colours: bool) -> Self {
        let went_back = words.get("went-back");
        let keys = RefCell::new(KeyReader::system());
        let (section, pending_input, opened, context) = (None, PendingInput::default(), None, Vec::new());
        Self { words, keys, colours, went_back, section, pending_input, opened, context }
    }

    /// Sets the terminal device. By default it is the terminal of the process.
    #[must_use]
    pub fn with_console(self, console: Box<dyn Console>) -> Self {
        Self { keys: RefCell::new(KeyReader::new(console)), ..self }
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
        let console = &mut self.keys.get_mut().console;
        let width = line_width(console.size().0);
        let lines = texts.iter().flat_map(|text| wrapped(text, width, 0));
        let lines: String = lines.flat_map(|line| [line, "\n".to_owned()]).collect();
        console.write(lines.as_bytes())?;
        self.context.extend(texts.iter().map(|text| (*text).to_owned()));
        Ok(())
    }

    /// Creates a prompt that Esc leaves.
    fn prompt<'p>(&'p self, question: &'p str, help: &'p str) -> Prompt<'p> {
        let config = render_config(self.colours, &self.went_back);
        Prompt { keys: &self.keys, above: &self.context, question, help, config, can_leave: true }
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
}

impl Prompter for Terminal<'_> {
    fn start(&mut self, title: &Printable, notice: &Printable) -> Result<(), PromptError> {
        self.print_texts(&["", title.as_str(), "", notice.as_str()])
    }

    fn ask(&mut self, view: &QuestionView<'_>) -> Result<QuestionAction, PromptError> {
        loop {
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
            match reply? {
                QuestionAction::Back if view.back == BackTarget::Nowhere => {
                    self.print_text(&self.words.get("first-question-keys"))?;
                }
                reply => return Ok(reply),
            }
        }
    }

    fn review(&mut self, rows: &[ReviewRow], open: &str) -> Result<ReviewAction, PromptError> {
        self.section = None;
        self.print_text("")?;
        if !open.is_empty() {
            self.print_text(open)?;
        }
        let mut texts: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.title, row.answer)).collect();
        texts.push(self.words.get("review-done"));
        let (question, help) = (self.words.get("review-title"), self.words.get("keys-review"));
        let prompt = self.prompt(&question, &help);
        // The cursor starts at the answer that was changed last, because the next one to change is often close to it.
        let last_opened = rows.iter().position(|row| Some(row.key) == self.opened);
        let mut list = Select::one(&texts, last_opened, self.words);
        list.nothing_chosen = "refused-nothing-at-review";
        let outcome = list.prompt_user(&prompt, REVIEW_QUIET_PERIOD, |_| Ok(()))?;
        let index = list.choice.selection.cursor.unwrap_or_default();
        self.context.clear();
        self.opened = None;
        Ok(match outcome {
            PromptOutcome::Back => ReviewAction::Back,
            PromptOutcome::Submitted(()) if index == rows.len() => ReviewAction::Done,
            PromptOutcome::Submitted(()) => {
                self.opened = rows.get(index).map(|row| row.key);
                ReviewAction::Change(index)
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
        let prompt = Prompt { can_leave: back.is_some(), ..self.prompt(question.as_str(), &help) };
        let mut list = Select::menu(choices, first, self.words);
        let outcome = list.prompt_user(&prompt, QUIET_PERIOD, |_| Ok(()))?;
        let index = list.choice.selection.cursor.unwrap_or(first);
        self.context.clear();
        Ok(match outcome {
            PromptOutcome::Submitted(()) => index,
            PromptOutcome::Back => back.unwrap_or(first),
        })
    }

    fn choose_live(&mut self, menu: &Menu, source: &dyn Fn() -> Option<Menu>) -> Result<u64, PromptError> {
        // Its screens leave few rows, and a single item needs no help.
        let help = if menu.items.len() > 1 { self.words.get("keys-one") } else { String::new() };
        let prompt = self.prompt(menu.question.as_str(), &help);
        let mut list = Select::live(menu, source, self.words);
        let outcome = list.prompt_user(&prompt, QUIET_PERIOD, |_| Ok(()))?;
        let cursor = match outcome {
            PromptOutcome::Submitted(()) => list.choice.selection.cursor,
            PromptOutcome::Back => None,
        };
        let chosen = cursor.and_then(|index| list.choice.entries.get(index)).or(list.choice.entries.last());
        let number = chosen.map_or(0, |entry| entry.number);
        self.context.clear();
        Ok(number)
    }

    fn ask_text(&mut self, question: &Printable, initial: &Printable) -> Result<Option<String>, PromptError> {
        self.print_text("")?;
        let text_prompt = TextPrompt { question: question.as_str(), help: "keys-typed-required", check: &|_| Ok(None) };
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
    let terminal = Terminal::new(words, colours);
    let outcome = field.prompt(&terminal.prompt(question, ""), &|text| check(text).map(|()| None))?;
    Ok(matches!(outcome, PromptOutcome::Submitted(())).then(|| field.text().to_owned()))
}

/// Cleans a text for display and for editing.
fn sanitize(text: &str) -> String {
    Printable::text(text).to_string()
}
