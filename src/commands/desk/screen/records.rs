//! The list of intakes, and what can be done with one.

use super::{Leave, Session, clock};
use crate::ask::is_sure;
use crate::commands::desk::all_read;
use crate::commands::desk::list::{Day, find, waiting};
use crate::commands::desk::open_record::Opened;
use crate::commands::desk::remove;
use crate::commands::{note, now, today};
use crate::desk::audit_trail::What;
use crate::desk::store::Span;
use crate::desk::{Found, Search, State};
use crate::error::Error;

impl Session<'_> {
    /// Today's intakes: time and state, and unlocked also what is in them.
    pub(super) fn today(&mut self) -> Result<(), Leave> {
        let day = Day::new(today());
        let Search { found, damaged } = match &self.keys {
            Some(_) => find(&self.desk, &self.keys()?, self.pack, day.span(), None)?,
            None => self.desk.intakes(day.span())?,
        };
        self.list(&found, &damaged, "desk-none")
    }

    pub(super) fn search(&mut self) -> Result<(), Leave> {
        let keys = self.keys()?;
        self.head(&self.words.say("desk-search"));
        let wanted = self.line("desk-search", "")?;
        let Search { found, damaged } = find(&self.desk, &keys, self.pack, Span::default(), Some(&wanted))?;
        drop(keys);
        self.list(&found, &damaged, "desk-none-found")
    }

    fn list(&mut self, found: &[Found], damaged: &[String], none: &str) -> Result<(), Leave> {
        self.message = all_read(damaged).err().map(|error| super::told(&error));
        if found.is_empty() {
            self.message.get_or_insert_with(|| self.words.say(none));
            return Err(Leave::Back);
        }
        // The last one first: that is the one that staff look for.
        let found: Vec<&Found> = found.iter().rev().collect();
        let waiting = waiting(&self.desk)?;
        let lines: Vec<String> = found.iter().map(|found| self.told(found, &waiting)).collect();
        self.head(&self.words.say("desk-list"));
        if self.keys.is_none() {
            for line in &lines {
                self.say(line);
            }
            self.say(&format!("\n{}\n", self.words.say("desk-list-locked")));
            return self.choose(&self.words.say("desk-menu"), &[], true).map(drop);
        }
        let chosen = self.choose(&self.words.say("desk-which"), &lines, true)?;
        self.open(found[chosen])
    }

    /// An intake in a line.
    fn told(&self, found: &Found, waiting: &std::collections::BTreeMap<u64, bool>) -> String {
        let Found { intake, label, .. } = found;
        let mut state = self.words.say(&format!("desk-state-{}", intake.state.name()));
        if let (State::Started, Some(in_use)) = (intake.state, waiting.get(&intake.number)) {
            let more = self.words.say(if *in_use { "desk-in-use" } else { "desk-can-go-on" });
            state = format!("{state} ({more})");
        }
        let time =
            if today().to_string() == intake.started[..10] { clock(&intake.started) } else { day(&intake.started) };
        let line = self
            .words
            .with("desk-line", [("number", intake.number.into()), ("time", time.into()), ("state", state.into())]);
        label.as_ref().map_or(line.clone(), |label| format!("{line}: {label}"))
    }

    /// What can be done with one intake, until somebody goes back.
    fn open(&mut self, found: &Found) -> Result<(), Leave> {
        let number = found.intake.number;
        loop {
            let intake = self.desk.intake(number)?;
            let waiting = waiting(&self.desk)?;
            let heading = self.told(&Found { intake: intake.clone(), ..found.clone() }, &waiting);
            self.head(&heading);
            let actions: &[&str] = match intake.state {
                State::Started => &["desk-go-on", "desk-delete"],
                _ => &["desk-show", "desk-print", "desk-export", "desk-correct", "desk-delete"],
            };
            let choices: Vec<String> = actions.iter().map(|action| self.words.say(action)).collect();
            let chosen = self.choose(&self.words.say("desk-menu"), &choices, true)?;
            let done = match actions[chosen] {
                "desk-go-on" => return self.go_on(number),
                "desk-delete" => match self.delete(number) {
                    Ok(()) => return Ok(()),
                    kept => kept,
                },
                "desk-show" => self.show(number),
                "desk-print" => self.print(number),
                "desk-export" => self.export(number),
                _ => self.correct(number),
            };
            match done {
                Ok(()) | Err(Leave::Back) => {}
                Err(Leave::Error(error)) => self.message = Some(super::told(&error)),
                Err(stop) => return Err(stop),
            }
        }
    }

    pub(super) fn opened(&self, number: u64) -> Result<Opened, Leave> {
        Ok(Opened::new(&self.desk, &*self.keys()?, number, None)?)
    }

    /// Writes down what is done with a record.
    pub(super) fn mark(&mut self, number: u64, what: What) -> Result<(), Error> {
        let by = self.by(None);
        self.desk.mark(what, Some(number), now(), &by)
    }

    fn delete(&mut self, number: u64) -> Result<(), Leave> {
        let why = self.why()?;
        let question = self.words.with("desk-delete-sure", [("number", number.into())]);
        let (no, yes) = (self.words.say("desk-delete-no"), self.words.say("desk-delete-yes"));
        let sure = is_sure(self.asker().as_mut(), &question, &no, &yes)?;
        self.watch.touch();
        if !sure {
            return Err(Leave::Back);
        }
        let by = self.by(Some(&why));
        let removed = remove::remove(&mut self.desk, What::Deleted, &[number], false, &by)?;
        let mut told = remove::told(&removed, false);
        if let Err(error) = remove::compact(&mut self.desk, remove::REMOVED) {
            told.push_str(&super::told(&error));
        }
        self.message = Some(told);
        Ok(())
    }

    /// A reason, which has to be there.
    pub(super) fn why(&self) -> Result<String, Leave> {
        loop {
            let why = self.line("desk-why", "")?;
            if !why.trim().is_empty() {
                return Ok(why);
            }
            note(&self.words.say("desk-why-needed"));
        }
    }
}

fn day(started: &str) -> String {
    started[..16].replace('T', " ")
}

/// Why a page cannot be made of a record.
pub(super) fn unfinished() -> Error {
    Error::failed("a required question has no answer in this record")
}
