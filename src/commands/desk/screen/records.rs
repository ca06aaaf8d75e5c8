//! Lists intakes and offers the actions on one.

use super::session::{ScreenExit, Session, clock, error_text};
use crate::ask::{Menu, confirm};
use crate::commands::desk::list::{Day, find, time};
use crate::commands::desk::remove::remove;
use crate::commands::desk::report::fail_if_damaged;
use crate::commands::desk::status::{Activity, Status};
use crate::commands::today;
use crate::desk::audit_trail::Action;
use crate::desk::store::DateRange;
use crate::desk::{DeskError, Intake, IntakeMatch, SearchResult};
use std::cell::RefCell;

/// The intakes that a list shows.
struct Query {
    /// The day; `None` for all days.
    day: Option<Day>,
    /// A part of the label.
    label: Option<String>,
}

impl Query {
    fn span(&self) -> DateRange<'_> {
        self.day.as_ref().map_or_else(DateRange::default, Day::span)
    }
}

/// The data behind a list that can be read without decryption: the intakes, and the encrypted item of each separate label,
/// by intake.
type Fingerprint = (Vec<Intake>, Vec<(u64, u64)>);

impl Session<'_> {
    /// Shows today's intakes with time and state. An unlocked desk can open them, a locked one those in a browser.
    pub(super) fn today(&mut self) -> Result<(), ScreenExit> {
        self.list(&Query { day: Some(Day::new(today())), label: None }, "desk-none")
    }

    pub(super) fn search(&mut self) -> Result<(), ScreenExit> {
        self.keys()?;
        self.start_screen(&self.words.get("desk-search"));
        let label = self.line("desk-search", "")?;
        self.list(&Query { day: None, label: Some(label) }, "desk-none-found")
    }

    fn find(&self, query: &Query) -> Result<SearchResult, ScreenExit> {
        let keys = self.keys.as_ref().map(|_| self.keys()).transpose()?;
        let unlocked = keys.as_ref().map(|keys| (keys, self.pack));
        Ok(find(&self.desk, unlocked, query.span(), query.label.as_deref())?)
    }

    fn fingerprint(&self, query: &Query) -> Result<Fingerprint, DeskError> {
        let intakes = self.desk.intakes(query.span())?.found.into_iter().map(|found| found.intake);
        Ok((intakes.collect(), self.desk.store().labels()?))
    }

    fn list(&mut self, query: &Query, none: &str) -> Result<(), ScreenExit> {
        let before = self.fingerprint(query)?;
        let SearchResult { found, damaged } = self.find(query)?;
        self.message = fail_if_damaged(&damaged).err().map(|error| error_text(&error));
        if found.is_empty() {
            self.message.get_or_insert_with(|| self.words.get(none));
            return Err(ScreenExit::Back);
        }
        self.start_screen(&self.words.get("desk-list"));
        let question = if self.keys.is_none() {
            self.say(&format!("{}\n", self.words.get("desk-list-locked")));
            "desk-menu"
        } else {
            "desk-which"
        };
        let list = RefCell::new((before, found));
        let chosen = self.choose_live(&|| self.list_menu(question, query, &list))?;
        let found = list.into_inner().1.into_iter().find(|found| found.intake.number == chosen);
        self.open(found.ok_or(DeskError::NoIntake(chosen))?)
    }

    /// Returns the present menu of a list, or `None` if it cannot be read. Decrypts the labels only if something has
    /// changed, because it runs every second.
    fn list_menu(
        &self,
        question: &str,
        query: &Query,
        list: &RefCell<(Fingerprint, Vec<IntakeMatch>)>,
    ) -> Option<Menu> {
        let mut list = list.borrow_mut();
        let fingerprint = self.fingerprint(query).ok()?;
        if list.0 != fingerprint {
            *list = (fingerprint, self.find(query).ok()?.found);
        }
        let activity = Activity::read(&self.desk).ok()?;
        // Newest first, because staff usually look for that one.
        let line = |found: &IntakeMatch| (found.intake.number, self.intake_line(found, &activity));
        Some(self.menu_of(&self.words.get(question), list.1.iter().rev().map(line)))
    }

    /// Formats an intake as one line.
    fn intake_line(&self, found: &IntakeMatch, activity: &Activity) -> String {
        let IntakeMatch { intake, label, .. } = found;
        let mut state = self.words.get(&format!("desk-state-{}", intake.state.name()));
        if let Some(detail) = activity.of(intake).detail(&self.words) {
            state = format!("{state} ({detail})");
        }
        let time = if today().to_string() == intake.started[..10] { clock(&intake.started) } else { time(intake) };
        let line = self
            .words
            .format("desk-line", [("number", intake.number.into()), ("time", time.into()), ("state", state.into())]);
        label.as_ref().map_or(line.clone(), |label| format!("{line}: {label}"))
    }

    /// Offers the actions on an intake until staff go back.
    fn open(&mut self, mut found: IntakeMatch) -> Result<(), ScreenExit> {
        let number = found.intake.number;
        loop {
            found.intake = self.desk.intake(number)?;
            let activity = Activity::read(&self.desk)?;
            let actions = actions(activity.of(&found.intake), self.keys.is_some());
            if actions.is_empty() {
                self.message.get_or_insert_with(|| self.words.get("desk-list-locked"));
                return Ok(());
            }
            self.start_screen(&self.intake_line(&found, &activity));
            let choices: Vec<String> = actions.iter().map(|action| self.words.get(action)).collect();
            let chosen = self.choose(&self.words.get("desk-menu"), &choices, true)?;
            let result = match actions[chosen] {
                "desk-go-on" => return self.go_on(number),
                "desk-delete" => match self.delete(number) {
                    Ok(()) => return Ok(()),
                    not_deleted => not_deleted,
                },
                "desk-withdraw" => match self.withdraw(&found.intake) {
                    Ok(true) => return Ok(()),
                    result => result.map(drop),
                },
                "desk-invite-again" => self.invite_again(number),
                "desk-relabel" => self.relabel(&mut found),
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

/// Returns the actions on an intake, by the keys of their messages. Those on an invitation read nothing, so a locked desk
/// has them too.
fn actions(status: Status, is_unlocked: bool) -> Vec<&'static str> {
    let in_browser: &[&str] = &["desk-invite-again", "desk-withdraw", "desk-relabel"];
    let (before, unlocked): (&[&str], &[&str]) = match status {
        Status::Waiting { .. } | Status::Expired | Status::Answering(_) => (in_browser, &[]),
        Status::Stopped(_) => (in_browser, &["desk-go-on", "desk-delete"]),
        Status::Withdrawn => (&[], &["desk-delete"]),
        Status::InUse | Status::Resumable | Status::Begun => (&[], &["desk-go-on", "desk-delete"]),
        Status::HandedIn => (&[], &["desk-show", "desk-print", "desk-export", "desk-correct", "desk-delete"]),
    };
    before.iter().chain(unlocked.iter().filter(|_| is_unlocked)).copied().collect()
}
