//! The folder of drafts: a journal for each interview that is under way or was not finished.
//!
//! Whoever writes a draft holds a lock on it, which ends with the process. Whoever begins, takes over or removes one
//! holds the lock of the folder for that moment.

mod draft_file;
mod removal_lock;

pub use draft_file::DraftFile;
pub use removal_lock::RemovalLock;

use super::error::StorageError;
use super::journal::{LineCipher, Plaintext, Recovered, Unreadable, recover_covered};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeDelta};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a draft's name tells when it was begun.
const STAMP: &str = "%Y%m%d-%H%M%S";

/// A folder of drafts.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
    cover: Arc<dyn LineCipher>,
    /// The name of the next draft, where whoever keeps it has one.
    name: Option<String>,
}

/// A draft, as found.
#[derive(Debug)]
pub struct Draft {
    /// Its name.
    pub id: String,
    /// What it is good for.
    pub state: DraftState,
}

/// What a draft is good for.
#[derive(Debug)]
pub enum DraftState {
    /// An interview that can go on.
    Waiting(Recovered),
    /// A living process writes it; what can be read of it so far.
    InUse(Option<Recovered>),
    /// Nothing can be read of it.
    Unreadable(Unreadable),
}

/// Why a draft cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// There is none of that name.
    #[error("there is no such draft")]
    Missing,
    /// A living process writes it.
    #[error("the draft is in use")]
    InUse,
    /// Nothing can be read of it.
    #[error(transparent)]
    Unreadable(Unreadable),
    /// The system refuses.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Drafts {
    /// The drafts of the user that runs the program; the folder need not be there yet.
    ///
    /// # Errors
    /// When the user has no home.
    pub fn for_user() -> Result<Self, StorageError> {
        use etcetera::BaseStrategy;
        let named = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let state = match (named, etcetera::choose_base_strategy()) {
            (Some(state), _) => state,
            // Windows has no such folder; its cache stays on the machine, while the other one roams.
            (None, Ok(home)) => home.state_dir().unwrap_or_else(|| home.cache_dir()),
            (None, Err(_)) => return Err(StorageError::NoHomeFolder),
        };
        Ok(Self::in_folder(state.join("preconsult").join("drafts")))
    }

    /// The drafts in this folder.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder, cover: Arc::new(Plaintext), name: None }
    }

    /// The same folder, its drafts covered.
    #[must_use]
    pub fn with_cipher(self, cover: Arc<dyn LineCipher>) -> Self {
        Self { cover, ..self }
    }

    /// The same folder, its next draft named by a number.
    #[must_use]
    pub fn with_number(self, number: u64) -> Self {
        Self { name: Some(number.to_string()), ..self }
    }

    /// How drafts are covered here.
    #[must_use]
    pub fn cover(&self) -> Arc<dyn LineCipher> {
        Arc::clone(&self.cover)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the folder if it is not there, for its owner alone, and looks whether drafts can be kept in it.
    ///
    /// # Errors
    /// When they cannot.
    pub fn prepare(&self) -> io::Result<()> {
        self.lock().map(drop)
    }

    /// Whether there is nothing there that a draft could be, as at most starts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.folder.try_exists().is_ok_and(|exists| !exists || self.ids().is_ok_and(|ids| ids.is_empty()))
    }

    /// Every draft with something in it, the one begun last first.
    ///
    /// # Errors
    /// When the folder is there and cannot be read.
    pub fn list(&self) -> io::Result<Vec<Draft>> {
        if !self.folder.try_exists()? {
            return Ok(Vec::new());
        }
        // In a folder that cannot be written nothing can begin or end either.
        let _lock = self.lock().ok();
        let mut drafts = Vec::new();
        for id in self.ids()? {
            let state = match open(&self.path(&id), OpenOptions::new().read(true)) {
                Ok(mut file) => state(&mut file, &*self.cover),
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(_) => DraftState::Unreadable(Unreadable::Damaged),
            };
            if !state.is_empty() {
                drafts.push(Draft { id, state });
            }
        }
        Ok(drafts)
    }

    /// A file for a new draft. It is made when it is first written to.
    #[must_use]
    pub fn begin(&self, now: DateTime<FixedOffset>) -> DraftFile {
        DraftFile::new(self.clone(), now)
    }

    /// Takes over a draft from a process that is no more.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub fn take(&self, id: &str) -> Result<(Recovered, DraftFile), DraftError> {
        let _lock = self.lock()?;
        let mut file = self.lock_draft(id)?;
        let recovered = recover_covered(&read(&mut file)?, &*self.cover).map_err(DraftError::Unreadable)?;
        Ok((recovered, DraftFile::taken(self.clone(), id.to_owned(), file)))
    }

    /// Removes a draft, whatever is in it, unless a living process writes it.
    ///
    /// # Errors
    /// Why it is still there.
    pub fn discard(&self, id: &str) -> Result<(), DraftError> {
        let _lock = self.lock()?;
        let _file = match self.lock_draft(id) {
            // Nobody writes what is no file, and it is in the way.
            Err(DraftError::Unreadable(_)) => None,
            file => Some(file?),
        };
        Ok(self.remove(id)?)
    }

    /// Sees to it that the drafts with these names can go, all of them: until they do, none is begun or gone on with.
    ///
    /// # Errors
    /// The first one that a living process writes, or why else it cannot be; nothing is changed then.
    pub fn lock_for_removal(&self, wanted: impl Fn(&str) -> bool) -> Result<RemovalLock, (String, DraftError)> {
        RemovalLock::new(self.clone(), wanted)
    }

    fn lock_draft(&self, id: &str) -> Result<File, DraftError> {
        if !self.ids()?.iter().any(|known| known == id) {
            return Err(DraftError::Missing);
        }
        let file = match open(&self.path(id), OpenOptions::new().read(true).append(true)) {
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
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

    /// Makes a new file, named after the time and after all others: if the clock went back, the names do not.
    fn create(&self, now: DateTime<FixedOffset>) -> io::Result<(String, File)> {
        let _lock = self.lock()?;
        self.remove_empty()?;
        if let Some(name) = &self.name {
            return self.create_named(name);
        }
        let mut stamp = now.naive_local();
        let last = self.ids()?.iter().filter_map(|id| parse_id_time(id)).max().filter(|last| *last >= stamp);
        let next = last.and_then(|last| last.checked_add_signed(TimeDelta::seconds(1)));
        // After the last second of the year 9999 there is no name: then a draft is named after the clock.
        if let Some(next) = next.filter(|next| parse_id_time(&next.format(STAMP).to_string()).is_some()) {
            stamp = next;
        }
        loop {
            let id = stamp.format(STAMP).to_string();
            match new_file(&self.path(&id)) {
                Ok(file) => {
                    file.lock()?;
                    return Ok((id, file));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => stamp += TimeDelta::seconds(1),
                Err(error) => return Err(error),
            }
        }
    }

    /// Makes a new file with this name; beside one that it is to take the place of, with a further number behind it.
    fn create_named(&self, name: &str) -> io::Result<(String, File)> {
        for number in 0.. {
            let id = if number == 0 { name.to_owned() } else { format!("{name}.{number}") };
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

    /// Removes what a process left behind that was killed before its first answer was kept.
    fn remove_empty(&self) -> io::Result<()> {
        for id in self.ids()? {
            // The file stays open, and so locked, until it is gone.
            let Ok(mut file) = open(&self.path(&id), OpenOptions::new().read(true)) else { continue };
            let left = state(&mut file, &*self.cover);
            if left.is_empty() && !matches!(left, DraftState::InUse(_)) {
                self.remove(&id)?;
            }
        }
        Ok(())
    }

    fn remove(&self, id: &str) -> io::Result<()> {
        std::fs::remove_file(self.path(id))?;
        // It is gone. If a power cut brings it back it is offered again, with nothing lost.
        let _ = super::output::sync_folder(&self.folder);
        Ok(())
    }

    /// The names of all drafts, the last first.
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
        make_folder(&self.folder)?;
        let file = own_file().create(true).write(true).truncate(false).open(self.folder.join("lock"))?;
        file.lock()?;
        Ok(file)
    }
}

impl DraftState {
    fn is_empty(&self) -> bool {
        match self {
            Self::Waiting(read) | Self::InUse(Some(read)) => read.is_empty(),
            Self::InUse(None) => false,
            Self::Unreadable(why) => *why == Unreadable::NotBegun,
        }
    }
}

/// When a draft was begun, going by its name.
#[must_use]
pub fn parse_id_time(id: &str) -> Option<NaiveDateTime> {
    let begun = NaiveDateTime::parse_from_str(id, STAMP).ok().filter(|begun| (0..10_000).contains(&begun.year()))?;
    (begun.format(STAMP).to_string() == id).then_some(begun)
}

/// The number that a draft is named by, as the front desk does.
#[must_use]
pub fn number(id: &str) -> Option<u64> {
    let (name, rest) = id.split_once('.').unwrap_or((id, "1"));
    let number = |text: &str| text.parse::<u64>().ok().filter(|number| number.to_string() == text);
    number(rest).and(number(name))
}

fn state(file: &mut File, cover: &dyn LineCipher) -> DraftState {
    let locked = file.try_lock().is_ok();
    let read = read(file).map_or(Err(Unreadable::Damaged), |bytes| recover_covered(&bytes, cover));
    match (locked, read) {
        (true, Ok(read)) => DraftState::Waiting(read),
        (true, Err(why)) => DraftState::Unreadable(why),
        (false, read) => DraftState::InUse(read.ok()),
    }
}

/// Opens a file that is one: a pipe would wait for somebody to write, and a link leads elsewhere.
fn open(path: &Path, options: &OpenOptions) -> io::Result<File> {
    if !std::fs::symlink_metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    options.open(path)
}

fn read(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn new_file(path: &Path) -> io::Result<File> {
    own_file().read(true).append(true).create_new(true).open(path)
}

/// A new file is for its owner alone.
#[cfg_attr(not(unix), allow(unused_mut))]
fn own_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
