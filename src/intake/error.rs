//! Errors of saving and resuming an interview.

use crate::storage::drafts::DraftError;
use crate::storage::error::StorageError;
use std::io;
use std::path::PathBuf;

/// An error of resuming or discarding a draft.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The draft with this id cannot be used.
    #[error("draft {id}: {source}")]
    Draft {
        /// The folder of drafts.
        folder: PathBuf,
        /// The draft's id, as typed or listed.
        id: String,
        /// The reason.
        source: DraftError,
    },
    /// The draft is for another pack.
    #[error("the draft {id} is for the pack {draft_pack}, not for {pack}")]
    OtherPack {
        /// The draft's id.
        id: String,
        /// Its pack.
        draft_pack: String,
        /// The pack of this interview.
        pack: String,
    },
    /// No draft for this pack can be resumed.
    #[error("there is no draft of the pack {pack} to resume")]
    NoDraft {
        /// The pack of this interview.
        pack: String,
    },
    /// The folder of drafts cannot be read.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The reason why the latest answers are not on disk.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is no folder for drafts, or it cannot be prepared.
    #[error(transparent)]
    Unavailable(#[from] StorageError),
    /// The draft could not be written.
    #[error("the draft could not be written: {0}")]
    Write(#[from] io::Error),
}
