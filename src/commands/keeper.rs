//! Keeps the answers of one interview while it is under way.

use super::error_text::io_error_in;
use super::note;
use crate::ask::Event;
use crate::error::Error;
use crate::interview::{Answer, Interview, Slot};
use crate::messages::Words;
use crate::pack::Pack;
use crate::storage::drafts::{DraftFile, Drafts};
use crate::storage::journal::{Entry, Header, Journal, Left, Recovered};
use chrono::{DateTime, FixedOffset};

/// Keeps answers, as far as the machine lets it: a full disk is told and does not stop an interview.
pub(super) struct Keeper<'k> {
    pack: &'k Pack,
    words: &'k Words,
    journal: Option<Journal<DraftFile>>,
    /// The draft that this one takes the place of, until it is whole.
    replaced: Option<DraftFile>,
    /// Why the draft lacks what came last, which somebody was told.
    behind: Option<String>,
}

impl<'k> Keeper<'k> {
    /// Keeps a new interview; the answers that it starts with are kept with the first one given.
    pub(super) fn begin(
        drafts: &Result<Drafts, Error>,
        header: &Header,
        interview: &Interview<'k>,
        now: DateTime<FixedOffset>,
        words: &'k Words,
    ) -> Self {
        let mut keeper = Self { pack: interview.pack(), words, journal: None, replaced: None, behind: None };
        match drafts {
            Ok(drafts) => {
                let mut journal = Journal::begin_covered(drafts.begin(now), header, drafts.cover());
                note_answers(&mut journal, interview);
                keeper.journal = Some(journal);
                if let Err(error) = drafts.prepare() {
                    // Tried again with each answer: what is in the way may go.
                    keeper.tell_not_kept(&io_error_in(words, "drafts-not-kept", drafts.folder(), &error).to_string());
                }
            }
            Err(why) => keeper.tell_not_kept(&why.to_string()),
        }
        keeper
    }

    /// Goes on with a draft of the same pack.
    pub(super) fn go_on(interview: &Interview<'k>, recovered: &Recovered, file: DraftFile, words: &'k Words) -> Self {
        let cover = file.cover();
        let journal = Some(Journal::go_on_covered(file, recovered, cover));
        Self { pack: interview.pack(), words, journal, replaced: None, behind: None }
    }

    /// Lets this draft, with what was carried over and what was left, take the place of the one for another version.
    pub(super) fn replace(&mut self, interview: &Interview<'_>, left: &[Left], old: DraftFile) {
        let Some(journal) = &mut self.journal else { return };
        for Left { place, answer, why } in left {
            journal.note(&Entry::Left(place.clone(), answer.clone(), why.clone()));
        }
        self.replaced = Some(old);
        self.write(|journal, pack| journal.keep(&Entry::opened(pack, interview.step())));
    }

    /// Keeps an answer that nobody was asked for, such as the label from the command line.
    pub(super) fn add(&mut self, interview: &Interview<'_>, slot: Slot, answer: &Answer) {
        self.write(|journal, pack| {
            journal.note(&Entry::answered(pack, slot, answer));
            journal.keep(&Entry::opened(pack, interview.step()))
        });
    }

    /// Keeps what there is already, if it is not kept.
    pub(super) fn keep_now(&mut self) {
        self.write(|journal, _| if journal.is_behind() { journal.flush() } else { Ok(()) });
    }

    /// Keeps what there is already, or says why it is not kept.
    #[cfg(feature = "desk")]
    pub(super) fn save(&mut self) -> Result<(), Error> {
        self.keep_now();
        match &self.behind {
            Some(why) => Err(Error::failed(self.words.with("desk-not-kept", [("why", why.as_str().into())]))),
            None => Ok(()),
        }
    }

    /// Keeps what has happened.
    pub(super) fn event(&mut self, event: &Event<'_>) {
        self.write(|journal, pack| match event {
            Event::Answered(slot, answer) => journal.keep(&Entry::answered(pack, *slot, answer)),
            Event::Went(step) if journal.is_begun() => journal.keep(&Entry::opened(pack, *step)),
            // A look around before the first answer makes no draft.
            Event::Went(step) => {
                journal.note(&Entry::opened(pack, *step));
                Ok(())
            }
        });
    }

    fn write(&mut self, keep: impl FnOnce(&mut Journal<DraftFile>, &Pack) -> std::io::Result<()>) {
        let Some(journal) = &mut self.journal else { return };
        let kept = keep(journal, self.pack);
        let begun = journal.is_begun();
        match kept {
            Ok(()) if begun => {
                if self.behind.take().is_some() {
                    note(&self.words.say("draft-kept-again"));
                }
                if let Some(old) = self.replaced.take() {
                    // If it stays, it is offered again, with nothing lost.
                    let _ = old.remove();
                }
            }
            Err(error) if self.behind.is_none() => self.tell_not_kept(&crate::error::why(&error, self.words)),
            Ok(()) | Err(_) => {}
        }
    }

    fn tell_not_kept(&mut self, why: &str) {
        note(&self.words.with("draft-not-kept", [("why", why.into())]));
        self.behind = Some(why.to_owned());
    }

    /// The name of the draft in which everything kept so far can be found again.
    pub(super) fn draft(&self) -> Option<&str> {
        let old = || self.replaced.as_ref().and_then(DraftFile::id);
        self.journal.as_ref().filter(|journal| journal.is_begun()).map_or_else(old, |journal| journal.storage().id())
    }

    /// Whether the draft lacks what came last.
    pub(super) fn is_behind(&self) -> bool {
        self.behind.is_some()
    }

    /// Removes the draft: the summary is written.
    pub(super) fn finish(mut self) {
        for file in self.journal.take().map(Journal::into_storage).into_iter().chain(self.replaced.take()) {
            let id = file.id().unwrap_or_default().to_owned();
            if let Err(error) = file.remove() {
                let why = crate::error::why(&error, self.words);
                note(&self.words.with("draft-not-removed", [("id", id.into()), ("why", why.into())]));
            }
        }
    }
}

impl Drop for Keeper<'_> {
    /// A file without one whole answer is nothing to go on with.
    fn drop(&mut self) {
        if let Some(journal) = self.journal.take().filter(|journal| !journal.is_begun()) {
            let _ = journal.into_storage().remove();
        }
    }
}

fn note_answers(journal: &mut Journal<DraftFile>, interview: &Interview<'_>) {
    for (slot, answer) in interview.answers() {
        journal.note(&Entry::answered(interview.pack(), *slot, answer));
    }
}
