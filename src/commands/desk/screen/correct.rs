//! Corrects a record on the screen: the interview opens at its review, and the result is stored as a new version.

use super::session::{ScreenExit, Session};
use crate::ask::{PromptError, run_interview};
use crate::commands::desk::correct::Correction;
use crate::commands::desk::open_record::unfinished;
use crate::commands::error_text::Localize;
use crate::commands::interview_notes::autosave_notes;
use crate::commands::prompter::prompter;
use crate::commands::{label_of, now};
use crate::desk::journal::{SealedLines, claim_journal};
use crate::intake::autosave::Autosave;
use crate::intake::label_slot;
use crate::interview::{AnswersFile, Interview};
use crate::messages::Messages;
use crate::storage::drafts::{self, Drafts};
use crate::storage::journal::{Header, replay};
use std::sync::Arc;

impl Session<'_> {
    pub(super) fn correct(&mut self, number: u64) -> Result<(), ScreenExit> {
        let keys = self.keys()?;
        let before = self.opened(number)?;
        let cipher = SealedLines::new(self.desk.key()?, Some(keys));
        let drafts = self.desk.clinic().corrections().with_cipher(Arc::new(cipher));
        let pack = &before.pack;
        let language = before.file.language.as_ref().and_then(|tag| pack.language(tag)).unwrap_or_default();
        let words = Messages::new(pack.tag(language));
        let (mut interview, mut autosave) = if has_draft(&drafts, number) {
            let (read, file) = claim_journal(&drafts, number).localize(&self.words)?;
            let interview = replay(pack, &read.entries).interview(pack);
            let autosave = Autosave::resume(&interview, &read, file, autosave_notes(&words));
            (interview, autosave)
        } else {
            let mut interview = Interview::new(pack, before.file.answers.clone());
            interview.review();
            let header = Header {
                pack: pack.id.clone(),
                version: pack.version.clone(),
                hash: pack.hash.clone(),
                language: pack.tag(language).to_owned(),
                started: now(),
                date: before.file.date,
                filled_in_by: before.file.filled_in_by,
                label: None,
                unassigned: Vec::new(),
                browser: None,
            };
            let drafts = drafts.with_number(number);
            let notify = autosave_notes(&words);
            let autosave = Autosave::begin(&drafts, &header, &interview, now(), notify);
            (interview, autosave)
        };
        self.start_screen(&self.words.get("desk-correct"));
        self.label(&mut interview, &mut autosave)?;
        let watch = self.watch.clone();
        let result =
            run_interview(&mut interview, prompter(self.is_plain(), &words).as_mut(), &words, language, &mut |event| {
                let mut activity = watch.hold();
                autosave.event(&event);
                activity.answered(autosave.has_unsaved());
                Ok(())
            });
        match result {
            Ok(()) => {}
            Err(PromptError::Interrupted | PromptError::EndOfInput | PromptError::Refused { .. }) => {
                self.message = Some(self.words.get("desk-correction-kept"));
                return Err(ScreenExit::Back);
            }
            Err(stop) => return Err(stop.into()),
        }
        let finished = interview.finish().map_err(|_| unfinished())?;
        let file = AnswersFile { answers: finished.answers().clone(), ..before.file.clone() };
        let Some(correction) = Correction::new(&before, &finished, file) else {
            autosave.finish();
            self.message = Some(self.words.get("desk-correction-same"));
            return Ok(());
        };
        let why = self.why().inspect_err(|_| self.message = Some(self.words.get("desk-correction-kept")))?;
        let note = self.audit_note(Some(&why));
        // Answers that could not be written to the journal before are retried.
        let version = correction.save(&mut self.desk, None, &note).inspect_err(|_| autosave.flush())?;
        autosave.finish();
        self.message =
            Some(self.words.format("desk-corrected", [("number", number.into()), ("version", version.into())]));
        Ok(())
    }

    /// Lets staff correct the label, which a short interview does not ask for.
    fn label(&self, interview: &mut Interview<'_>, autosave: &mut Autosave<'_>) -> Result<(), ScreenExit> {
        let Some(slot) = label_slot(interview.pack()) else { return Ok(()) };
        let before = label_of(interview).unwrap_or_default();
        if self.prompt_label(interview, &before)?
            && let Some(label) = interview.answers().get(&slot)
        {
            autosave.add(interview, slot, label);
        }
        Ok(())
    }
}

/// Returns whether there is an unfinished correction of this intake.
fn has_draft(drafts: &Drafts, number: u64) -> bool {
    drafts.list().is_ok_and(|list| list.iter().any(|draft| drafts::number(&draft.id) == Some(number)))
}
