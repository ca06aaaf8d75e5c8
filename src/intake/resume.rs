//! Resuming a draft: it is claimed from its folder, fitted to the pack, and saved from then on.

use super::autosave::{Autosave, Notify};
use super::drafts::{draft_error, resumable};
use super::error::IntakeError;
use crate::interview::Interview;
use crate::pack::Pack;
use crate::storage::drafts::{DraftError, DraftFile, Drafts};
use crate::storage::journal::{Header, Recovered, Replayed, replay};
use chrono::{DateTime, FixedOffset};

/// A draft that no other process can claim, with its answers fitted to the pack.
#[derive(Debug)]
pub struct ResumedDraft {
    /// Its content.
    pub recovered: Recovered,
    /// Its answers, fitted to the pack.
    pub replayed: Replayed,
    file: DraftFile,
}

/// Claims the draft with this id for an interview with this pack.
///
/// # Errors
/// Returns an error if the draft is missing, in use, unreadable or for another pack.
pub fn claim(pack: &Pack, drafts: &Drafts, id: &str) -> Result<ResumedDraft, IntakeError> {
    let (recovered, file) = drafts.claim(id).map_err(|source| draft_error(drafts, id, source))?;
    if recovered.header.pack == pack.id {
        Ok(ResumedDraft::new(pack, recovered, file))
    } else {
        let (draft_pack, pack) = (recovered.header.pack, pack.id.clone());
        Err(IntakeError::OtherPack { id: id.to_owned(), draft_pack, pack })
    }
}

/// Claims the latest draft for this pack that no process is writing.
///
/// # Errors
/// Returns an error if there is none, or the latest is unreadable.
pub fn claim_latest(pack: &Pack, drafts: &Drafts) -> Result<ResumedDraft, IntakeError> {
    for draft in resumable(pack, drafts)? {
        match drafts.claim(&draft.id) {
            Ok((recovered, file)) => return Ok(ResumedDraft::new(pack, recovered, file)),
            // Another process has claimed or removed it since.
            Err(DraftError::InUse | DraftError::Missing) => {}
            Err(source) => return Err(draft_error(drafts, &draft.id, source)),
        }
    }
    Err(IntakeError::NoDraft { pack: pack.id.clone() })
}

impl ResumedDraft {
    /// Fits a claimed draft to a pack.
    #[must_use]
    pub fn new(pack: &Pack, recovered: Recovered, file: DraftFile) -> Self {
        let replayed = replay(pack, &recovered.entries);
        Self { recovered, replayed, file }
    }

    /// Returns the interview at the question that was shown.
    #[must_use]
    pub fn interview<'p>(&self, pack: &'p Pack) -> Interview<'p> {
        self.replayed.interview(pack)
    }

    /// Returns true if the draft was started with exactly this version of the pack.
    #[must_use]
    pub fn is_same_version(&self, pack: &Pack) -> bool {
        self.recovered.header.hash == pack.hash
    }

    /// Starts the autosave of the resumed interview, in the same draft if the pack's version is the same.
    ///
    /// For another version, a new draft with this header replaces the old one as soon as it is complete.
    #[must_use]
    pub fn autosave<'p>(
        self,
        drafts: &Drafts,
        header: &Header,
        interview: &Interview<'p>,
        now: DateTime<FixedOffset>,
        notify: Notify,
    ) -> Autosave<'p> {
        if self.is_same_version(interview.pack()) {
            return Autosave::resume(interview, &self.recovered, self.file, notify);
        }
        self.rewrite(drafts, header, interview, now, notify)
    }

    /// Starts the autosave of the resumed interview in a new draft, which replaces the old one as soon as it is complete.
    #[must_use]
    pub fn rewrite<'p>(
        self,
        drafts: &Drafts,
        header: &Header,
        interview: &Interview<'p>,
        now: DateTime<FixedOffset>,
        notify: Notify,
    ) -> Autosave<'p> {
        let mut autosave = Autosave::begin(drafts, header, interview, now, notify);
        autosave.replace(interview, &self.replayed.dropped, self.file);
        autosave
    }
}
