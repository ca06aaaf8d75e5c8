//! The main menu.

use super::session::{ScreenExit, Session};
use crate::ask::PromptError;
use crate::ask::terminal::echo::{EchoOff, discarding_input, sleep_discarding_input};
use crate::commands::desk::list::Day;
use crate::commands::desk::open_desk::folder_text;
use crate::commands::desk::status::{Activity, Status};
use crate::commands::desk::{current_user, passphrase};
use crate::commands::{now, print_note, today};
use crate::desk::{DeskError, IntakeMatch, IntakeState};
use crate::error::ErrorKind;
use std::sync::Arc;

impl Session<'_> {
    /// Shows the menu once and runs the chosen action. `Ok` means that staff leave the desk.
    pub(super) fn menu(&mut self) -> Result<(), ScreenExit> {
        self.watch.set_language(None);
        let state = match (&self.keys, &self.who) {
            (Some(_), Some(who)) => self.words.format("desk-unlocked", [("who", who.as_str().into())]),
            _ => self.words.get("desk-locked"),
        };
        let today = Day::new(today());
        let intakes = self.desk.intakes(today.span())?.found;
        let count = |state| intakes.iter().filter(|found| found.intake.state == state).count();
        let counts =
            [("started", IntakeState::Started), ("finished", IntakeState::Finished), ("printed", IntakeState::Printed)];
        let mut counts = self.words.format("desk-today", counts.map(|(name, state)| (name, count(state).into())));
        if let Some(in_browsers) = self.in_browsers(&intakes) {
            counts = format!("{counts} {in_browsers}");
        }
        let clinic = self.words.format("desk-clinic-folder", [("folder", folder_text(&self.desk).into())]);
        self.start_screen(&format!("{state} {counts} {clinic}"));
        let handed_in =
            intakes.iter().map(|found| &found.intake).filter(|intake| intake.state == IntakeState::Finished);
        let handed_in: Vec<u64> = handed_in.map(|intake| intake.number).collect();
        let keys: &[&str] = match self.keys {
            None => &["desk-new", "desk-list", "desk-unlock", "desk-quit"],
            Some(_) if handed_in.is_empty() => &["desk-new", "desk-list", "desk-search", "desk-lock", "desk-quit"],
            Some(_) => &["desk-new", "desk-list", "desk-print-handed-in", "desk-search", "desk-lock", "desk-quit"],
        };
        let choice = |key: &&str| self.words.format(key, [("count", handed_in.len().into())]);
        let choices: Vec<String> = keys.iter().map(choice).collect();
        let chosen = self.choose(&self.words.get("desk-menu"), &choices, false)?;
        match keys[chosen] {
            "desk-new" => self.new_intake()?,
            "desk-list" => self.today()?,
            "desk-print-handed-in" => self.print_each(&handed_in)?,
            "desk-search" => self.search()?,
            "desk-unlock" => self.unlock()?,
            "desk-lock" => {
                // The keys are dropped first: the restart fails if an upgrade has replaced the program.
                (self.keys, self.who) = (None, None);
                return Err(self.watch.hold().restart(None).into());
            }
            _ => return Ok(()),
        }
        Err(ScreenExit::Back)
    }

    /// Returns how many patients wait or answer in browsers, if there are any. If that cannot be read, the menu still opens.
    fn in_browsers(&self, intakes: &[IntakeMatch]) -> Option<String> {
        let activity = Activity::read(&self.desk).ok()?;
        let statuses: Vec<Status> = intakes.iter().map(|found| activity.of(&found.intake)).collect();
        let waiting = statuses.iter().filter(|status| matches!(status, Status::Waiting { .. })).count();
        let answering = statuses.iter().filter(|status| matches!(status, Status::Answering(_))).count();
        let counts = [("waiting", waiting.into()), ("answering", answering.into())];
        (waiting + answering > 0).then(|| self.words.format("desk-in-browsers", counts))
    }

    fn unlock(&mut self) -> Result<(), ScreenExit> {
        let user = self.audit_note(None).who;
        let default_name = self.args.desk.who.clone().or_else(current_user::user).unwrap_or_default();
        let who = self.line("desk-name", &default_name)?;
        self.who = Some(who).filter(|who| !who.is_empty());
        // Echo stays off between attempts too, because any input is probably the passphrase.
        let echo_off = EchoOff::begin().map_err(PromptError::Io)?;
        loop {
            self.wait(&echo_off)?;
            let passphrase = match passphrase::read(None, &self.words.get("desk-passphrase")) {
                Err(error) if error.kind == ErrorKind::Stopped => return Err(ScreenExit::Back),
                other => other?,
            };
            // Staff may have typed the passphrase at the prompt for the name, which goes to the audit log.
            if self.who.as_deref().is_some_and(|who| passphrase::is_in(&passphrase, who)) {
                self.who = None;
                self.message = Some(self.words.get("desk-name-is-passphrase"));
                return Err(ScreenExit::Back);
            }
            // The key derivation takes a moment, which must not count as idle time.
            let keys = {
                let _guard = self.watch.hold();
                let note = self.audit_note(None);
                discarding_input(&echo_off, || self.desk.unlock(&passphrase, now(), &note))
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

    /// Waits for the delay after wrong passphrases.
    fn wait(&self, echo_off: &EchoOff) -> Result<(), ScreenExit> {
        let wait = self.desk.unlock_delay(now())?;
        if !wait.is_zero() {
            let message = self.words.format("desk-wait", [("seconds", (wait.as_secs() + 1).into())]);
            print_note(&message);
            sleep_discarding_input(echo_off, wait).map_err(|stop| match stop {
                PromptError::Interrupted => ScreenExit::Back,
                stop => stop.into(),
            })?;
        }
        Ok(())
    }
}
