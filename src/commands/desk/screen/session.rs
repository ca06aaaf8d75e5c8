//! The state that all screens share, and their output and prompts.

use super::idle_lock::{IdleLock, clear};
use crate::ask::{Menu, MenuItem, PromptError, Prompter, menu_items};
use crate::cli::DeskArgs;
use crate::commands::desk::open_desk::audit_note;
use crate::commands::desk::open_record::OpenRecord;
use crate::commands::error_text::ErrorText;
use crate::commands::prompter::{is_plain, prompter_with_context};
use crate::commands::{print_lines, print_note};
use crate::desk::{AuditNote, Desk, PrivateKeys};
use crate::error::Error;
use crate::messages::Messages;
use crate::pack::{Pack, PackFiles};
use crate::printable::Printable;
use crate::storage::config_file::Settings;
use std::io::IsTerminal;
use std::sync::Arc;

/// The state of the interactive desk.
pub(super) struct Session<'a> {
    pub(super) args: &'a DeskArgs,
    pub(super) desk: Desk,
    pub(super) settings: Settings,
    pub(super) files: PackFiles,
    pub(super) pack: &'a Pack,
    /// The messages in the staff's language.
    pub(super) words: Messages,
    pub(super) watch: IdleLock,
    pub(super) keys: Option<Arc<PrivateKeys>>,
    pub(super) who: Option<String>,
    /// A message for the next screen.
    pub(super) message: Option<String>,
    /// The text above the prompt, which is redrawn when the terminal is resized.
    pub(super) above: Vec<String>,
}

/// The reason for which a screen ends.
pub(super) enum ScreenExit {
    /// Staff go back to the previous screen.
    Back,
    /// The prompt was interrupted or failed.
    Stop(PromptError),
    /// An action failed; the desk shows the error and continues.
    Error(Error),
}

impl From<PromptError> for ScreenExit {
    fn from(stop: PromptError) -> Self {
        Self::Stop(stop)
    }
}

impl<E: ErrorText> From<E> for ScreenExit {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl From<Error> for ScreenExit {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl Session<'_> {
    /// Starts a screen with its heading and the pending message.
    pub(super) fn start_screen(&mut self, heading: &str) {
        // Plain lines stay, so that a screen reader can go back to them, until the device is handed over.
        if self.is_plain() {
            self.above.clear();
        } else {
            self.clear();
        }
        let clinic = self.settings.config.clinic.as_ref().map(Printable::to_string);
        self.say(&format!("\n{}", clinic.unwrap_or_else(|| self.words.get("desk-title"))));
        // The heading may contain a label, so it is made printable.
        self.say(&format!("{}\n", Printable::line(heading)));
        if let Some(message) = self.message.take() {
            self.say(&format!("{}\n", Printable::text(&message)));
        }
    }

    /// Prints a text that stays on the screen until the next one.
    pub(super) fn say(&mut self, text: &str) {
        print_note(text);
        self.above.push(text.to_owned());
    }

    /// Prints rows with colours, such as a QR code, that stay until the next screen. Their texts have to be printable.
    pub(super) fn draw(&mut self, rows: &str) {
        print_lines(rows);
        self.above.push(rows.to_owned());
    }

    /// Clears the screen and the text that a resize would redraw.
    pub(super) fn clear(&mut self) {
        clear();
        self.above.clear();
    }

    pub(super) fn prompter(&self) -> Box<dyn Prompter + '_> {
        self.watch.touch();
        prompter_with_context(self.is_plain(), &self.words, &self.above)
    }

    /// Returns true if the desk's screen is in plain lines.
    pub(super) fn is_plain(&self) -> bool {
        is_plain(self.args.plain, &self.settings.config)
    }

    /// Prompts staff to choose. With `back`, the last line and Esc go back.
    pub(super) fn choose(&self, question: &str, choices: &[String], back: bool) -> Result<usize, ScreenExit> {
        let back = back.then(|| self.words.get("desk-back"));
        let texts = choices.iter().chain(&back).map(|choice| Printable::line(choice));
        self.choose_item(question, &menu_items(texts), back.map(|_| choices.len()))
    }

    /// Creates a menu of items with these numbers, which are not 0: that one goes back.
    pub(super) fn menu_of(&self, question: &str, items: impl IntoIterator<Item = (u64, String)>) -> Menu {
        let item = |(number, text): (u64, String)| MenuItem { number, text: Printable::line(&text) };
        let items = items.into_iter().chain([(0, self.words.get("desk-back"))]).map(item).collect();
        Menu { question: Printable::line(question), items }
    }

    /// Prompts staff to choose an item of a menu of [`Self::menu_of`] that can change while it is open. In plain lines, an
    /// item reads the menu again.
    pub(super) fn choose_live(&self, source: &dyn Fn() -> Option<Menu>) -> Result<u64, ScreenExit> {
        loop {
            let mut menu = source().ok_or(ScreenExit::Back)?;
            let last = menu.items.iter().map(|item| item.number).max().unwrap_or_default();
            let look_again = self.is_plain().then_some(last + 1);
            if let Some(number) = look_again {
                let text = Printable::line(&self.words.get("desk-look-again"));
                menu.items.insert(menu.items.len() - 1, MenuItem { number, text });
            }
            let chosen = self.prompter().choose_live(&menu, source)?;
            self.watch.touch();
            match chosen {
                0 => return Err(ScreenExit::Back),
                chosen if Some(chosen) == look_again => {}
                chosen => return Ok(chosen),
            }
        }
    }

    /// Prompts staff to choose an item of a menu. The one at index `back` goes back.
    fn choose_item(&self, question: &str, items: &[MenuItem], back: Option<usize>) -> Result<usize, ScreenExit> {
        let chosen = self.prompter().choose(&Printable::line(question), items, 0, back)?;
        self.watch.touch();
        if back == Some(chosen) { Err(ScreenExit::Back) } else { Ok(chosen) }
    }

    /// Prompts staff for a line of text, with an initial text.
    pub(super) fn line(&self, key: &str, initial: &str) -> Result<String, ScreenExit> {
        let line = self.prompter().ask_text(&Printable::line(&self.words.get(key)), &Printable::line(initial))?;
        self.watch.touch();
        line.ok_or(ScreenExit::Back)
    }

    /// Shows a text and waits for the confirmation `done`. Both are message keys.
    pub(super) fn confirm(&self, words: &Messages, text: &str, done: &str) -> Result<(), PromptError> {
        self.watch.touch();
        let done = menu_items([Printable::line(&words.get(done))]);
        let mut prompter = prompter_with_context(self.is_plain(), words, &self.above);
        prompter.choose(&Printable::line(&words.get(text)), &done, 0, None).map(drop)
    }

    /// Creates the note of who is at the desk, and why they act.
    pub(super) fn audit_note(&self, why: Option<&str>) -> AuditNote {
        let note = audit_note(&self.args.desk, why);
        AuditNote { who: self.who.clone().unwrap_or(note.who), ..note }
    }

    pub(super) fn keys(&self) -> Result<Arc<PrivateKeys>, ScreenExit> {
        let keys = self.keys.clone().ok_or(ScreenExit::Back)?;
        if keys.match_public(&self.desk.key()?) {
            return Ok(keys);
        }
        // Another desk has changed the key, so these keys do not decrypt new records.
        Err(Error::failed(self.words.get("desk-key-changed")).into())
    }

    /// Decrypts the last version of a record.
    pub(super) fn opened(&self, number: u64) -> Result<OpenRecord, ScreenExit> {
        Ok(OpenRecord::new(&self.desk, &*self.keys()?, number, None)?)
    }

    /// Prompts for a reason until one is given.
    pub(super) fn why(&self) -> Result<String, ScreenExit> {
        loop {
            let why = self.line("desk-why", "")?;
            if !why.trim().is_empty() {
                return Ok(why);
            }
            print_note(&self.words.get("desk-why-needed"));
        }
    }
}

/// Ignores an interruption or the end of the input at a prompt that staff must answer. A lost terminal ends the desk.
pub(super) fn ignore_interrupt(stop: PromptError) -> Result<(), PromptError> {
    match stop {
        PromptError::Interrupted | PromptError::EndOfInput if std::io::stdin().is_terminal() => Ok(()),
        stop => Err(stop),
    }
}

/// Formats an error for a screen.
pub(super) fn error_text(error: &Error) -> String {
    let problem = error.problems.as_ref().and_then(|problems| problems.list().first());
    let problem = problem.map(|problem| format!("\n{}", problem.message)).unwrap_or_default();
    let hint = error.hint.as_ref().map(|hint| format!("\n{hint}")).unwrap_or_default();
    format!("{}{problem}{hint}", error.message)
}

/// Returns the hour and minute of a time in the store's format.
pub(super) fn clock(started: &str) -> String {
    started.chars().skip(11).take(5).collect()
}
