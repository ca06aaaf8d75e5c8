//! What all screens share: the desk, who is at it, and how they show and ask.

use super::idle_lock::{IdleLock, clear};
use crate::ask::{PromptError, Prompter};
use crate::cli::DeskArgs;
use crate::commands::desk::open_desk::audit_note;
use crate::commands::desk::open_record::OpenRecord;
use crate::commands::error_text::ErrorText;
use crate::commands::print_note;
use crate::commands::prompter::{is_plain, prompter_with_context};
use crate::desk::{AuditNote, Desk, PrivateKeys};
use crate::error::Error;
use crate::messages::Messages;
use crate::pack::{Pack, PackFiles};
use crate::printable::Printable;
use crate::storage::config_file::Settings;
use std::io::IsTerminal;
use std::sync::Arc;

/// The screen, and who is at it.
pub(super) struct Session<'a> {
    pub(super) args: &'a DeskArgs,
    pub(super) desk: Desk,
    pub(super) settings: Settings,
    pub(super) files: PackFiles,
    pub(super) pack: &'a Pack,
    /// The staff's words.
    pub(super) words: Messages,
    pub(super) watch: IdleLock,
    pub(super) keys: Option<Arc<PrivateKeys>>,
    pub(super) who: Option<String>,
    /// What is to be told on the next screen.
    pub(super) message: Option<String>,
    /// What stands on this one, above what is asked: it stays there when the terminal has another size.
    pub(super) above: Vec<String>,
}

/// Why a screen is left.
pub(super) enum ScreenExit {
    /// Back to the screen before.
    Back,
    /// The person or the terminal has stopped.
    Stop(PromptError),
    /// Something does not work; it is told, and the desk goes on.
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
    /// A new screen with its heading, and what is to be told.
    pub(super) fn start_screen(&mut self, heading: &str) {
        // Lines stay for a screen reader to go back to, until somebody else gets the device.
        if is_plain(self.args.plain) {
            self.above.clear();
        } else {
            self.clear();
        }
        let clinic = self.settings.config.clinic.as_ref().map(Printable::to_string);
        self.say(&format!("\n{}", clinic.unwrap_or_else(|| self.words.get("desk-title"))));
        // A label may be in it.
        self.say(&format!("{}\n", Printable::line(heading)));
        if let Some(message) = self.message.take() {
            self.say(&format!("{}\n", Printable::text(&message)));
        }
    }

    /// Says what stays on the screen until the next one.
    pub(super) fn say(&mut self, text: &str) {
        print_note(text);
        self.above.push(text.to_owned());
    }

    /// Leaves nothing on the screen, and nothing that would come back to it.
    pub(super) fn clear(&mut self) {
        clear();
        self.above.clear();
    }

    pub(super) fn asker(&self) -> Box<dyn Prompter + '_> {
        self.watch.touch();
        prompter_with_context(self.args.plain, &self.words, &self.above)
    }

    /// Lets staff choose one of these; where `back` is there, the last line and Esc are the way back.
    pub(super) fn choose(&self, question: &str, choices: &[String], back: bool) -> Result<usize, ScreenExit> {
        let mut shown: Vec<Printable> = choices.iter().map(|choice| Printable::line(choice)).collect();
        shown.extend(back.then(|| Printable::line(&self.words.get("desk-back"))));
        let chosen = self.asker().choose(&Printable::line(question), &shown, 0, back.then_some(choices.len()))?;
        self.watch.touch();
        if chosen < choices.len() { Ok(chosen) } else { Err(ScreenExit::Back) }
    }

    /// Lets staff type something.
    pub(super) fn line(&self, key: &str, before: &str) -> Result<String, ScreenExit> {
        let typed = self.asker().ask_text(&Printable::line(&self.words.get(key)), &Printable::line(before))?;
        self.watch.touch();
        typed.ok_or(ScreenExit::Back)
    }

    /// Waits until somebody says that something is done.
    pub(super) fn confirm(&self, words: &Messages, text: &str, done: &str) -> Result<(), PromptError> {
        self.watch.touch();
        let done = [Printable::line(&words.get(done))];
        let mut asker = prompter_with_context(self.args.plain, words, &self.above);
        asker.choose(&Printable::line(&words.get(text)), &done, 0, None).map(drop)
    }

    /// Who is at the desk, and why something is done.
    pub(super) fn by(&self, why: Option<&str>) -> AuditNote {
        let note = audit_note(&self.args.desk, why);
        AuditNote { who: self.who.clone().unwrap_or(note.who), ..note }
    }

    pub(super) fn keys(&self) -> Result<Arc<PrivateKeys>, ScreenExit> {
        let keys = self.keys.clone().ok_or(ScreenExit::Back)?;
        if keys.match_public(&self.desk.key()?) {
            return Ok(keys);
        }
        // Records are sealed for a key by now that these do not hold.
        Err(Error::failed(self.words.get("desk-key-changed")).into())
    }

    /// Opens the last version of a record.
    pub(super) fn opened(&self, number: u64) -> Result<OpenRecord, ScreenExit> {
        Ok(OpenRecord::new(&self.desk, &*self.keys()?, number, None)?)
    }

    /// Asks for a reason until there is one.
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

/// Ignores an interruption or an end of the input where staff have to answer; a terminal that is gone ends the desk.
pub(super) fn ignore_interrupt(stop: PromptError) -> Result<(), PromptError> {
    match stop {
        PromptError::Interrupted | PromptError::EndOfInput if std::io::stdin().is_terminal() => Ok(()),
        stop => Err(stop),
    }
}

/// An error in the lines of a screen.
pub(super) fn error_text(error: &Error) -> String {
    let problem = error.problems.as_ref().and_then(|problems| problems.list().first());
    let problem = problem.map(|problem| format!("\n{}", problem.message)).unwrap_or_default();
    let hint = error.hint.as_ref().map(|hint| format!("\n{hint}")).unwrap_or_default();
    format!("{}{problem}{hint}", error.message)
}

/// The hour and minute of a time as the store has it.
pub(super) fn clock(started: &str) -> String {
    started.chars().skip(11).take(5).collect()
}
