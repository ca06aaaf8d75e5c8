//! Lists intakes and offers the actions on one.

use super::session::{ScreenExit, Session, clock, error_text};
use crate::ask::confirm;
use crate::commands::desk::list::{Day, find, time};
use crate::commands::desk::remove::remove;
use crate::commands::desk::report::fail_if_damaged;
use crate::commands::today;
use crate::desk::audit_trail::Action;
use crate::desk::journal::interviews_in_progress;
use crate::desk::store::DateRange;
use crate::desk::{DeskError, IntakeMatch, IntakeState, SearchResult};
use std::collections::BTreeMap;

impl Session<'_> {
    /// Shows today's intakes with time and state. An unlocked desk can open them.
    pub(super) fn today(&mut self) -> Result<(), ScreenExit> {
        let day = Day::new(today());
        let keys = self.keys.as_ref().map(|_| self.keys()).transpose()?;
        let unlocked = keys.as_ref().map(|keys| (keys, self.pack));
        let SearchResult { found, damaged } = find(&self.desk, unlocked, day.span(), None)?;
        drop(keys);
        self.list(&found, &damaged, "desk-none")
    }

    pub(super) fn search(&mut self) -> Result<(), ScreenExit> {
        let keys = self.keys()?;
        self.start_screen(&self.words.get("desk-search"));
        let label = self.line("desk-search", "")?;
        let SearchResult { found, damaged } =
            find(&self.desk, Some((&keys, self.pack)), DateRange::default(), Some(&label))?;
        drop(keys);
        self.list(&found, &damaged, "desk-none-found")
    }

    fn list(&mut self, found: &[IntakeMatch], damaged: &[DeskError], none: &str) -> Result<(), ScreenExit> {
        self.message = fail_if_damaged(damaged).err().map(|error| error_text(&error));
        if found.is_empty() {
            self.message.get_or_insert_with(|| self.words.get(none));
            return Err(ScreenExit::Back);
        }
        // Newest first, because staff usually look for that one.
        let found: Vec<&IntakeMatch> = found.iter().rev().collect();
        let waiting = interviews_in_progress(self.desk.clinic())?;
        let intakes = found.iter().map(|found| (found.intake.number, self.intake_line(found, &waiting)));
        let intakes: Vec<(u64, String)> = intakes.collect();
        self.start_screen(&self.words.get("desk-list"));
        if self.keys.is_none() {
            for (_, line) in &intakes {
                self.say(line);
            }
            self.say(&format!("\n{}\n", self.words.get("desk-list-locked")));
            return self.choose(&self.words.get("desk-menu"), &[], true).map(drop);
        }
        let chosen = self.choose_intake(&self.words.get("desk-which"), &intakes)?;
        self.open(found[chosen])
    }

    /// Formats an intake as one line.
    fn intake_line(&self, found: &IntakeMatch, waiting: &BTreeMap<u64, bool>) -> String {
        let IntakeMatch { intake, label, .. } = found;
        let mut state = self.words.get(&format!("desk-state-{}", intake.state.name()));
        if let (IntakeState::Started, Some(in_use)) = (intake.state, waiting.get(&intake.number)) {
            let detail = self.words.get(if *in_use { "desk-in-use" } else { "desk-can-go-on" });
            state = format!("{state} ({detail})");
        }
        let time = if today().to_string() == intake.started[..10] { clock(&intake.started) } else { time(intake) };
        let line = self
            .words
            .format("desk-line", [("number", intake.number.into()), ("time", time.into()), ("state", state.into())]);
        label.as_ref().map_or(line.clone(), |label| format!("{line}: {label}"))
    }

    /// Offers the actions on an intake until staff go back.
    fn open(&mut self, found: &IntakeMatch) -> Result<(), ScreenExit> {
        let number = found.intake.number;
        loop {
            let intake = self.desk.intake(number)?;
            let waiting = interviews_in_progress(self.desk.clinic())?;
            let heading = self.intake_line(&IntakeMatch { intake: intake.clone(), ..found.clone() }, &waiting);
            self.start_screen(&heading);
            let actions: &[&str] = match intake.state {
                IntakeState::Started => &["desk-go-on", "desk-delete"],
                _ => &["desk-show", "desk-print", "desk-export", "desk-correct", "desk-delete"],
            };
            let choices: Vec<String> = actions.iter().map(|action| self.words.get(action)).collect();
            let chosen = self.choose(&self.words.get("desk-menu"), &choices, true)?;
            let result = match actions[chosen] {
                "desk-go-on" => return self.go_on(number),
                "desk-delete" => match self.delete(number) {
                    Ok(()) => return Ok(()),
                    not_deleted => not_deleted,
                },
                "desk-show" => self.show(number),
                "desk-print" => self.print(number),
                "desk-export" => self.export(number),
                _ => self.correct(number),
            };
            match result {
                Ok(()) | Err(ScreenExit::Back) => {}
                Err(ScreenExit::Error(error)) => self.message = Some(error_text(&error)),
                Err(stop) => return Err(stop),
            }
        }
    }

    fn delete(&mut self, number: u64) -> Result<(), ScreenExit> {
        let why = self.why()?;
        let question = self.words.format("desk-delete-sure", [("number", number.into())]);
        let (no, yes) = (self.words.get("desk-delete-no"), self.words.get("desk-delete-yes"));
        let sure = confirm(self.prompter().as_mut(), &question, &no, &yes)?;
        self.watch.touch();
        if !sure {
            return Err(ScreenExit::Back);
        }
        let note = self.audit_note(Some(&why));
        let (mut message, error) = remove(&mut self.desk, Action::Deleted, &[number], &note)?.into_text();
        if let Some(error) = error {
            message.push_str(&error_text(&error));
        }
        self.message = Some(message);
        Ok(())
    }
}
