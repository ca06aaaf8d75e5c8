//! Runs an intake on the screen: begins or resumes it, hands the device over, interviews, and takes the device back.

use super::session::{ScreenExit, Session, error_text, ignore_interrupt};
use crate::answer::Answers;
use crate::ask::{PromptError, run_interview};
use crate::commands::error_text::Localize;
use crate::commands::interview_notes::{autosave_notes, report_resumed};
use crate::commands::prompter::prompter;
use crate::commands::{now, print_note, set_label};
use crate::desk::journal::{SealedLines, claim_journal};
use crate::desk::{DeskError, FinishedIntake};
use crate::error::Error;
use crate::intake::autosave::Autosave;
use crate::intake::resume::ResumedDraft;
use crate::intake::{label_id, label_slot};
use crate::interview::{AnswersFile, FilledInBy, Interview};
use crate::messages::Messages;
use crate::pack::Language;
use crate::printable::with_plain_breaks;
use crate::storage::drafts::Drafts;
use crate::storage::journal::Header;
use std::sync::Arc;

/// An interview in progress with its autosave.
struct ActiveInterview<'p> {
    number: u64,
    interview: Interview<'p>,
    autosave: Autosave<'p>,
    header: Header,
    language: Language,
}

impl ActiveInterview<'_> {
    /// Returns the key of the closing message for the patient. It claims only what was saved.
    fn handback_message(&self, finished: bool, saved: bool) -> &'static str {
        match (finished, saved || !self.autosave.has_unsaved()) {
            (true, true) => "desk-thanks",
            (true, false) => "desk-thanks-unsaved",
            (false, true) => "desk-stopped",
            (false, false) => "desk-stopped-unsaved",
        }
    }
}

impl Session<'_> {
    pub(super) fn new_intake(&mut self) -> Result<(), ScreenExit> {
        self.start_screen(&self.words.get("desk-new"));
        let mut interview = Interview::new(self.pack, Answers::new());
        self.prompt_label(&mut interview, "")?;
        let language = self.language()?;
        let fills = FilledInBy::ALL.map(|by| self.words.get(&format!("desk-fills-{}", by.name())));
        let filled_in_by = FilledInBy::ALL[self.choose(&self.words.get("desk-fills"), &fills, true)?];
        if let Some((device, address)) = self.choose_device()? {
            return self.invite(&interview, self.pack.tag(language), filled_in_by, device, &address);
        }
        let words = Messages::new(self.pack.tag(language));
        let note = self.audit_note(None);
        if !self.hand_over_to(filled_in_by, self.pack.tag(language), &words)? {
            return Ok(());
        }
        // The intake begins here, so that leaving an earlier screen creates none.
        let started = now();
        let number = match self.desk.begin(started, &note) {
            Ok(number) => number,
            Err(error) => {
                if filled_in_by != FilledInBy::Staff {
                    self.take_back(&words, "desk-not-begun")?;
                }
                return Err(error.into());
            }
        };
        let header = Header {
            pack: self.pack.id.clone(),
            version: self.pack.version.clone(),
            hash: self.pack.hash.clone(),
            language: self.pack.tag(language).to_owned(),
            started,
            date: Some(started.date_naive()),
            filled_in_by: Some(filled_in_by),
            label: if interview.answers().is_empty() { None } else { label_id(self.pack) },
            unassigned: Vec::new(),
            browser: None,
        };
        let drafts = self.sealed(false)?.with_number(number);
        let mut autosave = Autosave::begin(&drafts, &header, &interview, started, autosave_notes(&words));
        autosave.flush();
        self.run_interview(ActiveInterview { number, interview, autosave, header, language }, &words)
    }

    /// Prompts for a label until it is valid, and sets it in the interview. Returns whether it differs from `current`.
    /// An empty line changes nothing.
    pub(super) fn prompt_label(&self, interview: &mut Interview<'_>, current: &str) -> Result<bool, ScreenExit> {
        let mut initial = current.to_owned();
        loop {
            // Pasted text may have line breaks, but a label is one line.
            let label = with_plain_breaks(&self.line("desk-label", &initial)?).replace('\n', " ");
            if label.is_empty() || label == current {
                return Ok(false);
            }
            let Err(why) = set_label(interview, &label, &self.words) else { return Ok(true) };
            print_note(&why);
            // A plain prompt cannot edit the rejected label, and an empty line would submit it again.
            if !self.is_plain() {
                initial = label;
            }
        }
    }

    /// Resumes an unfinished intake. An invitation is taken back before anything is written, so that a browser cannot
    /// write too: until then, its server cannot use the claimed journal.
    pub(super) fn go_on(&mut self, number: u64) -> Result<(), ScreenExit> {
        let label = self.desk.separate_label(&*self.keys()?, number)?;
        let drafts = self.sealed(true)?;
        let (read, file) = claim_journal(&drafts, number).localize(&self.words)?;
        // From here on the journal is append-only, and nothing in this function holds the keys.
        drop(drafts);
        let file = file.with_cipher(self.sealed(false)?.cipher());
        let language = self.pack.language(&read.header.language).unwrap_or_default();
        let words = Messages::new(self.pack.tag(language));
        let draft = ResumedDraft::new(self.pack, read, file);
        let mut interview = draft.interview(self.pack);
        self.start_screen(&self.words.get("desk-go-on"));
        report_resumed(self.pack, &draft, &self.words);
        let mut header = draft.recovered.header.clone();
        (header.version, header.hash) = (self.pack.version.clone(), self.pack.hash.clone());
        self.choose(&self.words.get("desk-menu"), &[self.words.get("desk-go-on")], true)?;
        if self.desk.invitations(now())?.contains_key(&number) {
            let note = self.audit_note(None);
            self.desk.withdraw_invitation(number, now(), &note)?;
        }
        let drafts = self.sealed(false)?.with_number(number);
        let mut autosave = draft.autosave(&drafts, &header, &interview, now(), autosave_notes(&words));
        adopt_label(&mut interview, &mut autosave, label);
        if !self.hand_over_to(header.filled_in_by.unwrap_or(FilledInBy::Patient), &header.language, &words)? {
            return Ok(());
        }
        self.run_interview(ActiveInterview { number, interview, autosave, header, language }, &words)
    }

    /// Hands the device to the person who fills in the form. Returns whether the interview begins.
    fn hand_over_to(&mut self, who: FilledInBy, language: &str, words: &Messages) -> Result<bool, ScreenExit> {
        if who == FilledInBy::Staff {
            self.clear();
            return Ok(true);
        }
        self.watch.set_language(Some(language));
        match self.hand_over(words) {
            Ok(()) => Ok(true),
            Err(stop) => {
                ignore_interrupt(stop)?;
                self.take_back(words, "desk-not-begun")?;
                Ok(false)
            }
        }
    }

    /// Runs the interview and stores its result. If that fails, the answers stay in this process until a retry succeeds
    /// or staff discard them.
    fn run_interview(&mut self, mut active: ActiveInterview<'_>, words: &Messages) -> Result<(), ScreenExit> {
        let finished = match self.ask(&mut active, words) {
            Ok(()) => true,
            Err(stop) => {
                active.autosave.flush();
                ignore_interrupt(stop)?;
                false
            }
        };
        self.watch.unsaved(true);
        let mut saved = self.save(&mut active, finished);
        if active.header.filled_in_by == Some(FilledInBy::Staff) {
            self.clear();
        } else {
            self.take_back(words, active.handback_message(finished, saved.is_ok()))?;
        }
        while let Err(error) = &saved {
            self.message = Some(error_text(error));
            self.start_screen(&self.words.format("desk-unsaved", [("number", active.number.into())]));
            let give_up = if active.autosave.has_unsaved() { "desk-give-up" } else { "desk-go-on-later" };
            let choices = ["desk-try-again", give_up].map(|key| self.words.get(key));
            match self.choose(&self.words.get("desk-menu"), &choices, false) {
                Ok(0) => saved = self.save(&mut active, finished),
                Ok(_) => break,
                Err(ScreenExit::Stop(stop)) => ignore_interrupt(stop)?,
                Err(other) => return Err(other),
            }
        }
        self.watch.unsaved(false);
        let is_finished = finished && saved.is_ok();
        if is_finished {
            active.autosave.finish();
        }
        let key = if is_finished { "desk-finished" } else { "desk-begun" };
        self.message = Some(self.words.format(key, [("number", active.number.into())]));
        Ok(())
    }

    fn ask(&self, active: &mut ActiveInterview<'_>, words: &Messages) -> Result<(), PromptError> {
        let ActiveInterview { interview, autosave, language, .. } = active;
        let watch = self.watch.clone();
        watch.touch();
        run_interview(interview, prompter(self.is_plain(), words).as_mut(), words, *language, &mut |event| {
            let mut activity = watch.hold();
            autosave.event(&event);
            activity.answered(autosave.has_unsaved());
            Ok(())
        })
    }

    /// Stores a finished interview as a record, or an unfinished one in its journal.
    fn save(&mut self, active: &mut ActiveInterview<'_>, finished: bool) -> Result<(), Error> {
        if !finished {
            return active.autosave.save().localize(&self.words);
        }
        self.store_record(active.number, &mut active.interview, &active.header)
            // Answers that could not be written to the journal before are retried.
            .inspect_err(|_| active.autosave.flush())
    }

    fn store_record(&mut self, number: u64, interview: &mut Interview<'_>, header: &Header) -> Result<(), Error> {
        let finished = interview.finish().map_err(|_| Error::input("a required question has no answer"))?;
        let file = AnswersFile {
            language: Some(header.language.clone()),
            date: header.date,
            filled_in_by: header.filled_in_by,
            ..AnswersFile::default()
        };
        let interviewed =
            FinishedIntake { finished: &finished, file, pack: Some(&self.files), started: header.started };
        let note = self.audit_note(None);
        let watch = self.watch.clone();
        let _guard = watch.hold();
        Ok(self.desk.finish(number, 1, interviewed, now(), &note)?)
    }

    /// Prompts for the language of the interview, if there is a choice.
    fn language(&self) -> Result<Language, ScreenExit> {
        let tags = &self.pack.languages;
        if tags.len() < 2 {
            return Ok(Language::default());
        }
        let language = |tag: &String| self.pack.language(tag).unwrap_or_default();
        let titles: Vec<String> =
            tags.iter().map(|tag| format!("{tag} · {}", self.pack.title.in_language(language(tag)))).collect();
        let chosen = self.choose(&self.words.get("desk-language"), &titles, true)?;
        Ok(language(&tags[chosen]))
    }

    /// Returns the encrypted journals of intakes; with `readable`, they can be decrypted if the desk is unlocked.
    fn sealed(&self, readable: bool) -> Result<Drafts, DeskError> {
        let keys = self.keys.clone().filter(|_| readable);
        Ok(self.desk.clinic().drafts().with_cipher(Arc::new(SealedLines::new(self.desk.key()?, keys))))
    }

    /// Hands the device to a patient: drops the keys and clears the screen.
    fn hand_over(&mut self, words: &Messages) -> Result<(), PromptError> {
        self.keys = None;
        self.who = None;
        self.clear();
        self.say(&format!("\n{}", self.words.get("desk-hand-over")));
        self.confirm(words, "desk-ready", "desk-ready-yes")?;
        self.clear();
        Ok(())
    }

    /// Shows the message with this key until the device is back with staff. Cancelling the prompt counts as giving it
    /// back.
    fn take_back(&mut self, words: &Messages, message: &str) -> Result<(), PromptError> {
        self.clear();
        self.confirm(words, message, "desk-given-back").or_else(ignore_interrupt)?;
        self.clear();
        Ok(())
    }
}

/// Sets the separate label of an intake in its resumed interview, unless the interview has a label of its own.
fn adopt_label(interview: &mut Interview<'_>, autosave: &mut Autosave<'_>, label: Option<String>) {
    let (Some(slot), Some(label)) = (label_slot(interview.pack()), label) else { return };
    if !interview.answers().contains_key(&slot)
        && interview.label(label).is_ok()
        && let Some(label) = interview.answers().get(&slot)
    {
        autosave.add(interview, slot, label);
    }
}
