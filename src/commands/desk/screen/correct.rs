//! A correction on the screen: the interview opens at its review, and a new version is kept with who and why.

use super::session::{ScreenExit, Session};
use crate::answer::{Answer, AnswerKey, AnswerValue};
use crate::ask::{PromptError, run_interview};
use crate::commands::desk::correct::Correction;
use crate::commands::desk::open_record::unfinished;
use crate::commands::error_text::Localize;
use crate::commands::interview_notes::autosave_notes;
use crate::commands::now;
use crate::commands::prompter::prompter;
use crate::desk::journal::{SealedLines, claim_journal};
use crate::intake::autosave::Autosave;
use crate::interview::{AnswersFile, Interview};
use crate::messages::Messages;
use crate::pack::Role;
use crate::storage::drafts::{self, Drafts};
use crate::storage::journal::{Header, replay};
use std::sync::Arc;

impl Session<'_> {
    pub(super) fn correct(&mut self, number: u64) -> Result<(), ScreenExit> {
        let keys = self.keys()?;
        let before = self.opened(number)?;
        let cover = SealedLines::new(self.desk.key()?, Some(keys));
        let drafts = self.desk.clinic().corrections().with_cipher(Arc::new(cover));
        let pack = &before.pack;
        let language = before.file.language.as_ref().and_then(|tag| pack.language(tag)).unwrap_or_default();
        let words = Messages::new(pack.tag(language));
        let begun = has(&drafts, number);
        let (mut interview, mut keeper) = if begun {
            let (read, file) = claim_journal(&drafts, number).localize(&self.words)?;
            let interview = replay(pack, &read.entries).interview(pack);
            let keeper = Autosave::resume(&interview, &read, file, autosave_notes(&words));
            (interview, keeper)
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
            };
            let drafts = drafts.with_number(number);
            let notify = autosave_notes(&words);
            let keeper = Autosave::begin(&drafts, &header, &interview, now(), notify);
            (interview, keeper)
        };
        self.start_screen(&self.words.get("desk-correct"));
        self.label(&mut interview, &mut keeper)?;
        let watch = self.watch.clone();
        let asked =
            run_interview(&mut interview, prompter(self.args.plain, &words).as_mut(), &words, language, &mut |event| {
                let mut seen = watch.hold();
                keeper.event(&event);
                seen.answered(keeper.has_unsaved());
                Ok(())
            });
        match asked {
            Ok(()) => {}
            Err(PromptError::Interrupted | PromptError::EndOfInput) => {
                self.message = Some(self.words.get("desk-correction-kept"));
                return Err(ScreenExit::Back);
            }
            Err(stop) => return Err(stop.into()),
        }
        let finished = interview.finish().map_err(|_| unfinished())?;
        let beside = AnswersFile { answers: finished.answers().clone(), ..before.file.clone() };
        let Some(correction) = Correction::new(&before, &finished, beside) else {
            keeper.finish();
            self.message = Some(self.words.get("desk-correction-same"));
            return Ok(());
        };
        let why = self.why().inspect_err(|_| self.message = Some(self.words.get("desk-correction-kept")))?;
        let by = self.by(Some(&why));
        // What the disk did not take before it may take now.
        let version = correction.save(&mut self.desk, None, &by).inspect_err(|_| keeper.flush())?;
        keeper.finish();
        self.message =
            Some(self.words.format("desk-corrected", [("number", number.into()), ("version", version.into())]));
        Ok(())
    }

    /// The label may be wrong as well, and a short interview never asks for it.
    fn label(&self, interview: &mut Interview<'_>, keeper: &mut Autosave<'_>) -> Result<(), ScreenExit> {
        let Some(slot) = interview.pack().with_role(Role::Label).map(AnswerKey::of_question) else { return Ok(()) };
        let before = match interview.answers().get(&slot) {
            Some(Answer::Value(AnswerValue::Text(label))) => label.clone(),
            _ => String::new(),
        };
        if self.typed_label(interview, &before)?
            && let Some(label) = interview.answers().get(&slot)
        {
            keeper.add(interview, slot, label);
        }
        Ok(())
    }
}

/// Whether a correction of this intake was begun.
fn has(drafts: &Drafts, number: u64) -> bool {
    drafts.list().is_ok_and(|list| list.iter().any(|draft| drafts::number(&draft.id) == Some(number)))
}
