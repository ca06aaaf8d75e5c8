//! The first screen, locked and unlocked.

use super::session::{ScreenExit, Session};
use crate::ask::PromptError;
use crate::ask::terminal::echo::{EchoOff, discarding_input, sleep_discarding_input};
use crate::commands::desk::list::Day;
use crate::commands::desk::{current_user, passphrase};
use crate::commands::{now, print_note, today};
use crate::desk::{DeskError, State};
use crate::error::ErrorKind;
use std::sync::Arc;

impl Session<'_> {
    /// Shows the menu once, and does what is chosen; ends without a fault when the desk is left.
    pub(super) fn menu(&mut self) -> Result<(), ScreenExit> {
        self.watch.set_language(None);
        let state = match (&self.keys, &self.who) {
            (Some(_), Some(who)) => self.words.format("desk-unlocked", [("who", who.as_str().into())]),
            _ => self.words.get("desk-locked"),
        };
        let today = Day::new(today());
        let intakes = self.desk.intakes(today.span())?.found;
        let count = |state| intakes.iter().filter(|found| found.intake.state == state).count();
        let counts = [("started", State::Started), ("finished", State::Finished), ("printed", State::Printed)];
        let counts = self.words.format("desk-today", counts.map(|(name, state)| (name, count(state).into())));
        self.start_screen(&format!("{state} {counts}"));
        let keys: &[&str] = match self.keys {
            None => &["desk-new", "desk-list", "desk-unlock", "desk-quit"],
            Some(_) => &["desk-new", "desk-list", "desk-search", "desk-lock", "desk-quit"],
        };
        let choices: Vec<String> = keys.iter().map(|key| self.words.get(key)).collect();
        let chosen = self.choose(&self.words.get("desk-menu"), &choices, false)?;
        match keys[chosen] {
            "desk-new" => self.new_intake()?,
            "desk-list" => self.today()?,
            "desk-search" => self.search()?,
            "desk-unlock" => self.unlock()?,
            "desk-lock" => return Err(self.watch.hold().restart(None).into()),
            _ => return Ok(()),
        }
        Err(ScreenExit::Back)
    }

    fn unlock(&mut self) -> Result<(), ScreenExit> {
        let user = self.by(None).who;
        let known = self.args.desk.who.clone().or_else(current_user::user).unwrap_or_default();
        let who = self.line("desk-name", &known)?;
        self.who = Some(who).filter(|who| !who.is_empty());
        // Between two tries as well: whoever types on is typing the passphrase.
        let hush = EchoOff::begin().map_err(PromptError::Io)?;
        loop {
            self.wait(&hush)?;
            let typed = match passphrase::read(None, &self.words.get("desk-passphrase")) {
                Err(error) if error.kind == ErrorKind::Stopped => return Err(ScreenExit::Back),
                other => other?,
            };
            // Whoever expects the passphrase to be asked for first types it where the name is to be.
            if self.who.as_deref().is_some_and(|who| passphrase::is_in(&typed, who)) {
                self.who = None;
                self.message = Some(self.words.get("desk-name-is-passphrase"));
                return Err(ScreenExit::Back);
            }
            // It takes a moment, in which nobody need press a key.
            let keys = {
                let _whole = self.watch.hold();
                let by = self.by(None);
                discarding_input(&hush, || self.desk.unlock(&typed, now(), &by))
            };
            self.watch.touch();
            match keys? {
                Ok(keys) => {
                    self.keys = Some(Arc::new(keys));
                    self.who.get_or_insert(user);
                    return Ok(());
                }
                Err(error @ DeskError::WrongPassphrase) => print_note(&error.to_string()),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Waits for as long as wrong passphrases make everybody wait.
    fn wait(&self, hush: &EchoOff) -> Result<(), ScreenExit> {
        let wait = self.desk.unlock_delay(now())?;
        if !wait.is_zero() {
            let told = self.words.format("desk-wait", [("seconds", (wait.as_secs() + 1).into())]);
            print_note(&told);
            sleep_discarding_input(hush, wait).map_err(|stop| match stop {
                PromptError::Interrupted => ScreenExit::Back,
                stop => stop.into(),
            })?;
        }
        Ok(())
    }
}
