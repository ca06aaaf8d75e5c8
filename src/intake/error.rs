//! Why an interview could not be saved or resumed.

use crate::storage::drafts::DraftError;
use crate::storage::error::StorageError;
use std::io;
use std::path::PathBuf;

/// Why a draft could not be resumed or discarded.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The draft with this id cannot be used.
    #[error("draft {id}: {source}")]
    Draft {
        /// The folder of drafts.
        folder: PathBuf,
        /// The draft's id, as it was typed or found.
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
        /// The pack that is asked.
        pack: String,
    },
    /// No draft for this pack can be resumed.
    #[error("there is no draft for the pack {pack} to go on with")]
    NoDraft {
        /// The pack that is asked.
        pack: String,
    },
    /// The folder of drafts cannot be read.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why the latest answers are not on disk.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is no folder for drafts, or it cannot be prepared.
    #[error(transparent)]
    Unavailable(#[from] StorageError),
    /// The draft could not be written.
    #[error("the draft could not be written: {0}")]
    Write(#[from] io::Error),
}
