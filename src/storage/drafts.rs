//! The folder of drafts: one journal for each interview that is in progress or unfinished.
//!
//! A process holds a lock on the draft that it writes; the lock ends with the process. To start, claim or remove a
//! draft, a process holds the lock of the folder for that moment.

mod draft_file;
mod removal_lock;

pub use draft_file::DraftFile;
pub use removal_lock::RemovalLock;

use super::error::StorageError;
use super::journal::{LineCipher, Plaintext, Recovered, Unreadable, recover_with};
use super::own_files::{TrustedOwners, UnsafePath, create_private_folder, open_regular};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeDelta};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Format of a draft's id: the local time when it was started.
const ID_TIME_FORMAT: &str = "%Y%m%d-%H%M%S";

/// A folder of drafts.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
    cipher: Arc<dyn LineCipher>,
    /// The id of the next draft, if the caller sets it.
    next_id: Option<String>,
    trusted: TrustedOwners,
}

/// A draft as listed.
#[derive(Debug)]
pub struct Draft {
    /// Its id: the file name without extension.
    pub id: String,
    /// Its state: resumable, in use or unreadable.
    pub state: DraftState,
}

/// State of a draft.
#[derive(Debug)]
pub enum DraftState {
    /// The interview can be resumed.
    Resumable(Recovered),
    /// A running process writes it; the content that can be read so far.
    InUse(Option<Recovered>),
    /// It cannot be read.
    Unreadable(Unreadable),
}

/// The reason why a draft cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// There is no draft with that id.
    #[error("there is no such draft")]
    Missing,
    /// A running process writes it.
    #[error("the draft is in use")]
    InUse,
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(Unreadable),
    /// The system refused the operation.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Drafts {
    /// Returns the drafts of the current user; the folder need not exist yet.
    ///
    /// # Errors
    /// Returns an error if the user has no home folder.
    pub fn for_user() -> Result<Self, StorageError> {
        use etcetera::BaseStrategy;
        let from_environment = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let state = match (from_environment, etcetera::choose_base_strategy()) {
            (Some(state), _) => state,
            // Windows has no state folder. Its cache stays on the machine; its configuration folder may roam.
            (None, Ok(home)) => home.state_dir().unwrap_or_else(|| home.cache_dir()),
            (None, Err(_)) => return Err(StorageError::NoHomeFolder),
        };
        Ok(Self::in_folder(state.join("preconsult").join("drafts")))
    }

    /// Returns the drafts in a folder.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder, cipher: Arc::new(Plaintext), next_id: None, trusted: TrustedOwners::default() }
    }

    /// Sets who may own the folder.
    #[must_use]
    pub fn trusting(self, trusted: TrustedOwners) -> Self {
        Self { trusted, ..self }
    }

    /// Encrypts the lines of new drafts with this cipher.
    #[must_use]
    pub fn with_cipher(self, cipher: Arc<dyn LineCipher>) -> Self {
        Self { cipher, ..self }
    }

    /// Sets the number that becomes the id of the next draft.
    #[must_use]
    pub fn with_number(self, number: u64) -> Self {
        Self { next_id: Some(number.to_string()), ..self }
    }

    /// Returns the cipher of the drafts' lines.
    #[must_use]
    pub fn cipher(&self) -> Arc<dyn LineCipher> {
        Arc::clone(&self.cipher)
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Creates the folder if needed, readable by its owner only, and checks that drafts can be saved in it.
    ///
    /// # Errors
    /// Returns an error if they cannot.
    pub fn prepare(&self) -> io::Result<()> {
        self.lock().map(drop)
    }

    /// Returns true if the folder has no draft files, as at most starts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.folder.try_exists().is_ok_and(|exists| !exists || self.ids().is_ok_and(|ids| ids.is_empty()))
    }

    /// Lists every draft that has content, the latest first.
    ///
    /// # Errors
    /// Returns an error if the folder exists and cannot be read.
    pub fn list(&self) -> io::Result<Vec<Draft>> {
        if !self.folder.try_exists()? {
            return Ok(Vec::new());
        }
        // Without the lock the list is still correct: in a folder that is not writable no draft starts or ends.
        let _lock = self.lock().ok();
        Ok(self.ids()?.into_iter().filter_map(|id| self.draft(id)).collect())
    }

    /// Returns the id of the draft with this number, if it has content. If there are two, returns the later one.
    ///
    /// # Errors
    /// Returns an error if the folder exists and cannot be read.
    pub fn find_number(&self, wanted: u64) -> io::Result<Option<String>> {
        if !self.folder.try_exists()? {
            return Ok(None);
        }
        let _lock = self.lock().ok();
        let ids = self.ids()?.into_iter().filter(|id| number(id) == Some(wanted));
        Ok(ids.filter_map(|id| self.draft(id)).map(|draft| draft.id).next())
    }

    /// Reads a draft; `None` if it is gone or has no content.
    fn draft(&self, id: String) -> Option<Draft> {
        let state = match open_regular(&self.path(&id), OpenOptions::new().read(true)) {
            Ok(mut file) => state(&mut file, &*self.cipher),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(_) => DraftState::Unreadable(Unreadable::Damaged),
        };
        (!state.is_empty()).then_some(Draft { id, state })
    }

    /// Returns the file of a new draft; it is created on the first write.
    #[must_use]
    pub fn begin(&self, now: DateTime<FixedOffset>) -> DraftFile {
        DraftFile::new(self.clone(), now)
    }

    /// Claims a draft whose process has ended.
    ///
    /// # Errors
    /// Returns an error if the draft is missing, in use or unreadable.
    pub fn claim(&self, id: &str) -> Result<(Recovered, DraftFile), DraftError> {
        let _lock = self.lock()?;
        let mut file = self.lock_draft(id)?;
        let recovered = recover_with(&read(&mut file)?, &*self.cipher).map_err(DraftError::Unreadable)?;
        Ok((recovered, DraftFile::claimed(self.clone(), id.to_owned(), file)))
    }

    /// Removes a draft with any content, unless a running process writes it.
    ///
    /// # Errors
    /// Returns an error if the draft is missing, in use or cannot be removed.
    pub fn discard(&self, id: &str) -> Result<(), DraftError> {
        let _lock = self.lock()?;
        let _file = match self.lock_draft(id) {
            // A path that is not a regular file is written by no process.
            Err(DraftError::Unreadable(_)) => None,
            file => Some(file?),
        };
        Ok(self.remove(id)?)
    }

    /// Locks the drafts whose ids `is_selected` accepts, so that all of them can be removed. Until then no draft can be
    /// started or resumed.
    ///
    /// # Errors
    /// Returns the id and the error of the first draft that is in use or cannot be locked. Nothing is changed then.
    pub fn lock_for_removal(&self, is_selected: impl Fn(&str) -> bool) -> Result<RemovalLock, (String, DraftError)> {
        RemovalLock::new(self.clone(), is_selected)
    }

    /// Returns the time of the last write to a draft.
    ///
    /// # Errors
    /// Returns an error if the draft is missing.
    pub fn modified(&self, id: &str) -> io::Result<std::time::SystemTime> {
        std::fs::symlink_metadata(self.path(id))?.modified()
    }

    fn lock_draft(&self, id: &str) -> Result<File, DraftError> {
        if !self.ids()?.iter().any(|known| known == id) {
            return Err(DraftError::Missing);
        }
        let file = match open_regular(&self.path(id), OpenOptions::new().read(true).append(true)) {
            Err(error) if UnsafePath::of(&error).is_some() => {
                return Err(DraftError::Unreadable(Unreadable::Damaged));
            }
            file => file?,
        };
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(DraftError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Creates a new file, named after the time. Its id sorts after all others, also if the clock was set back.
    fn create(&self, now: DateTime<FixedOffset>) -> io::Result<(String, File)> {
        let _lock = self.lock()?;
        self.remove_empty()?;
        if let Some(id) = &self.next_id {
            return self.create_with_id(id);
        }
        let mut time = now.naive_local();
        let last = self.ids()?.iter().filter_map(|id| parse_id_time(id)).max().filter(|last| *last >= time);
        let next = last.and_then(|last| last.checked_add_signed(TimeDelta::seconds(1)));
        // After the last second of the year 9999 there is no later id, so the clock's time is used.
        if let Some(next) = next.filter(|next| parse_id_time(&next.format(ID_TIME_FORMAT).to_string()).is_some()) {
            time = next;
        }
        loop {
            let id = time.format(ID_TIME_FORMAT).to_string();
            match new_file(&self.path(&id)) {
                Ok(file) => {
                    file.lock()?;
                    return Ok((id, file));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => time += TimeDelta::seconds(1),
                Err(error) => return Err(error),
            }
        }
    }

    /// Creates a new file with this id; if a draft has the id, a number is appended.
    fn create_with_id(&self, base: &str) -> io::Result<(String, File)> {
        for number in 0.. {
            let id = if number == 0 { base.to_owned() } else { format!("{base}.{number}") };
            match new_file(&self.path(&id)) {
                Ok(file) => {
                    file.lock()?;
                    return Ok((id, file));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Removes the empty files of processes that were killed before they saved an answer.
    fn remove_empty(&self) -> io::Result<()> {
        for id in self.ids()? {
            // The file stays open, and so locked, until it is removed.
            let Ok(mut file) = open_regular(&self.path(&id), OpenOptions::new().read(true)) else { continue };
            // A draft in use is not read: a server has many of them.
            if file.try_lock().is_ok() && state(&mut file, &*self.cipher).is_empty() {
                self.remove(&id)?;
            }
        }
        Ok(())
    }

    fn remove(&self, id: &str) -> io::Result<()> {
        std::fs::remove_file(self.path(id))?;
        // A draft that a power cut brings back is offered again; nothing is lost.
        let _ = super::output::sync_folder(&self.folder);
        Ok(())
    }

    /// Returns the ids of all drafts, the latest first.
    fn ids(&self) -> io::Result<Vec<String>> {
        let mut ids = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let name = entry?.file_name().into_string().unwrap_or_default();
            let id = name.strip_suffix(".journal").filter(|id| parse_id_time(id).is_some() || number(id).is_some());
            ids.extend(id.map(str::to_owned));
        }
        ids.sort_unstable_by(|a, b| b.cmp(a));
        Ok(ids)
    }

    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.journal"))
    }

    fn lock(&self) -> io::Result<File> {
        create_private_folder(&self.folder, self.trusted)?;
        let path = self.folder.join("lock");
        let file = open_regular(&path, private_file().create(true).write(true).truncate(false))?;
        file.lock()?;
        Ok(file)
    }
}

impl DraftState {
    fn is_empty(&self) -> bool {
        match self {
            Self::Resumable(recovered) | Self::InUse(Some(recovered)) => recovered.is_empty(),
            Self::InUse(None) => false,
            Self::Unreadable(reason) => *reason == Unreadable::NotBegun,
        }
    }
}

/// Returns the time when a draft was started, from its id.
#[must_use]
pub fn parse_id_time(id: &str) -> Option<NaiveDateTime> {
    let started = NaiveDateTime::parse_from_str(id, ID_TIME_FORMAT)
        .ok()
        .filter(|started| (0..10_000).contains(&started.year()))?;
    (started.format(ID_TIME_FORMAT).to_string() == id).then_some(started)
}

/// Returns the number in the id of a draft that was numbered by the front desk.
#[must_use]
pub fn number(id: &str) -> Option<u64> {
    let (name, rest) = id.split_once('.').unwrap_or((id, "1"));
    let number = |text: &str| text.parse::<u64>().ok().filter(|number| number.to_string() == text);
    number(rest).and(number(name))
}

fn state(file: &mut File, cipher: &dyn LineCipher) -> DraftState {
    let locked = file.try_lock().is_ok();
    let recovered = read(file).map_or(Err(Unreadable::Damaged), |bytes| recover_with(&bytes, cipher));
    match (locked, recovered) {
        (true, Ok(recovered)) => DraftState::Resumable(recovered),
        (true, Err(reason)) => DraftState::Unreadable(reason),
        (false, recovered) => DraftState::InUse(recovered.ok()),
    }
}

fn read(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn new_file(path: &Path) -> io::Result<File> {
    private_file().read(true).append(true).create_new(true).open(path)
}

/// Returns the options to create a file that only its owner can read.
#[cfg_attr(not(unix), allow(unused_mut))]
fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
