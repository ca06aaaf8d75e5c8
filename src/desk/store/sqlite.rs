//! The store in one SQLite file, in WAL mode: several desks read and write it at once, one writer at a time.

use super::migrations::{APPLICATION, migrate};
use super::write::Refused;
use super::{
    Entry, File, Given, Intake, Kept, Leaving, Listed, Read, Reseal, Sealed, Span, Stamp, Store, Version, What,
};
use crate::error::Error;
use crate::printable::Printable;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// After so long somebody is told that another desk is writing.
const TELL: Duration = Duration::from_secs(1);
/// After so long it is given up.
const GIVE_UP: Duration = Duration::from_secs(30);

/// Records in a SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    pub(super) connection: Connection,
    path: PathBuf,
}

/// Whether other desks can use the store at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shared {
    Always,
    IfThereIsRoom,
    Never,
}

impl Sqlite {
    /// Makes a new store; `waiting` is called when another desk has to be waited for.
    ///
    /// # Errors
    /// When there is one already, or it cannot be made.
    pub fn make(path: &Path, waiting: fn()) -> Result<Self, Error> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        // SQLite gives the files beside it the mode of this one.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path).map_err(|error| Error::io("make the records", path, &error))?;
        Self::connect(path, waiting, Shared::Always)
    }

    /// Opens a store.
    ///
    /// # Errors
    /// When there is none, or it is damaged or of a later version.
    pub fn open(path: &Path, waiting: fn()) -> Result<Self, Error> {
        Self::open_shared(path, waiting, Shared::Always)
    }

    /// Opens a store to look at it for a moment. Several desks at once need a small file beside the records; where a full
    /// disk has no room for it, this one has the records for itself.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_to_read(path: &Path, waiting: fn()) -> Result<Self, Error> {
        Self::open_shared(path, waiting, Shared::IfThereIsRoom)
    }

    fn open_shared(path: &Path, waiting: fn(), shared: Shared) -> Result<Self, Error> {
        let file = std::fs::metadata(path).map_err(|error| Error::io("open the records", path, &error))?;
        if file.len() == 0 {
            return Err(damaged(path, "the file is empty"));
        }
        Self::connect(path, waiting, shared)
    }

    fn connect(path: &Path, waiting: fn(), shared: Shared) -> Result<Self, Error> {
        let failed = |error| failed(path, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        let (mut since, mut told) = (Instant::now(), false);
        let handler = move |count| {
            if count == 0 {
                (since, told) = (Instant::now(), false);
            }
            let waited = since.elapsed();
            // However long a sleep takes on a busy machine, it is told, and once.
            if waited >= TELL && !told {
                told = true;
                waiting();
            }
            std::thread::sleep(Duration::from_millis(10));
            waited < GIVE_UP
        };
        connection.busy_handler(Some(handler)).map_err(failed)?;
        let settings = "
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA secure_delete = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA cell_size_check = ON;
            PRAGMA trusted_schema = OFF;";
        if shared == Shared::Never {
            connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE").map_err(failed)?;
        }
        match connection.execute_batch(settings) {
            Err(error) if shared == Shared::IfThereIsRoom && lacks_room(&error) => {
                // It would stand in its own way.
                drop(connection);
                return Self::connect(path, waiting, Shared::Never).map_err(|_| failed(error));
            }
            set => set.map_err(failed)?,
        }
        let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        if number("user_version").map_err(failed)? > 0 && number("application_id").map_err(failed)? != APPLICATION {
            return Err(damaged(path, "it is a file of another program"));
        }
        let migrated = migrate(&mut connection).map_err(|refused| match refused {
            Refused::Database(error) => failed(error),
            Refused::Request(error) => error,
        })?;
        if let Err(version) = migrated {
            let message =
                format!("the records in {} have version {version}, of a later version of this program", shown(path));
            return Err(Error::failed(message).hint("install that version of preconsult on this machine"));
        }
        Ok(Self { connection, path: path.to_owned() })
    }

    /// What went wrong in the database, in words.
    pub(super) fn failed(&self, error: &rusqlite::Error) -> Error {
        failed(&self.path, error)
    }
}

/// Whether a full disk may be the reason.
fn lacks_room(error: &rusqlite::Error) -> bool {
    let codes = [ErrorCode::DiskFull, ErrorCode::SystemIoFailure, ErrorCode::CannotOpen];
    error.sqlite_error_code().is_some_and(|code| codes.contains(&code))
}

fn failed(path: &Path, error: &rusqlite::Error) -> Error {
    let records = shown(path);
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::failed(format!("another desk has held the records in {records} for {} seconds", GIVE_UP.as_secs()))
                .hint("nothing was changed here; try again when that desk is done, or look whether it hangs")
        }
        Some(ErrorCode::DiskFull) => {
            Error::failed(format!("the disk with {records} is full")).hint("free some space, then try again")
        }
        Some(ErrorCode::SystemIoFailure) => {
            Error::failed(format!("the disk with {records} refuses to read or write: it may be full"))
                .hint("look at the disk and the space on it, then try again")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            Error::failed(format!("the records in {records} cannot be written"))
                .hint("look at who may read and write that folder; the desk has to write beside the file too, and a full disk lets it not")
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(path, "SQLite cannot read it"),
        Some(code) => Error::damaged(format!("the records in {records} cannot be used ({code:?})")),
        // A column that holds another kind of value than this program has put there.
        None => damaged(path, "a row cannot be read"),
    }
}

fn damaged(path: &Path, what: &str) -> Error {
    Error::damaged(format!("the records in {} are damaged: {what}", shown(path)))
}

fn shown(path: &Path) -> Printable {
    Printable::line(&path.display().to_string())
}

impl Store for Sqlite {
    fn begin(&mut self, stamp: Stamp<'_>) -> Result<u64, Error> {
        self.write(|change| change.begin(stamp))
    }

    fn keep(&mut self, kept: Kept<'_>, stamp: Stamp<'_>) -> Result<(), Error> {
        self.write(|change| change.keep(kept, stamp))
    }

    fn mark(&mut self, what: What, intake: Option<u64>, stamp: Stamp<'_>) -> Result<(), Error> {
        self.write(|change| change.mark(what, intake, stamp))
    }

    fn claim(&mut self, intake: u64, file: &File, at: &str) -> Result<(), Error> {
        self.write(|change| change.claim(intake, file, at))
    }

    fn disclaim(&mut self, intake: u64, file: &File, at: &str) -> Result<(), Error> {
        self.write(|change| change.disclaim(intake, file, at))
    }

    fn remove(
        &mut self,
        what: What,
        intakes: &[u64],
        stamp: Stamp<'_>,
        leaving: &mut Leaving<'_>,
    ) -> Result<(), Error> {
        self.write(|change| change.remove(what, intakes, stamp, leaving))
    }

    fn reseal(&mut self, reseal: &mut Reseal<'_>, stamp: Stamp<'_>) -> Result<usize, Error> {
        self.write(|change| change.reseal(reseal, stamp))
    }

    fn snapshot(&self, read: &mut dyn FnMut() -> Result<(), Error>) -> Result<(), Error> {
        // Ends when it is dropped; nothing is written in it.
        let _one = self.connection.unchecked_transaction().map_err(|error| self.failed(&error))?;
        read()
    }

    fn intakes(&self, span: Span<'_>) -> Result<Vec<Read<Intake>>, Error> {
        self.read_intakes(span)
    }

    fn intake(&self, number: u64) -> Result<Option<Read<Intake>>, Error> {
        self.read_intake(number)
    }

    fn records(&self, span: Span<'_>) -> Result<Vec<Read<Listed>>, Error> {
        self.read_records(span)
    }

    fn versions(&self, intake: u64) -> Result<Vec<Version>, Error> {
        self.read_versions(intake)
    }

    fn sealed(&self, id: u64) -> Result<Option<Sealed>, Error> {
        self.read_sealed(id)
    }

    fn packs(&self) -> Result<Vec<(String, u64)>, Error> {
        self.read_packs()
    }

    fn files(&self, intake: u64) -> Result<Vec<File>, Error> {
        self.read_files(intake)
    }

    fn trail(&self, each: &mut dyn FnMut(Read<Entry>) -> Result<(), Error>) -> Result<(), Error> {
        self.read_trail(each)
    }

    fn is_removed(&self, intake: u64) -> Result<bool, Error> {
        self.read_is_removed(intake)
    }

    fn given(&self) -> Result<Given, Error> {
        self.read_given()
    }

    fn faults(&self) -> Result<Vec<String>, Error> {
        self.read_faults()
    }

    fn refusals(&self) -> Result<Vec<String>, Error> {
        self.read_refusals()
    }

    fn every_sealed(&self, each: &mut dyn FnMut(Sealed) -> Result<(), Error>) -> Result<(), Error> {
        self.read_every_sealed(each)
    }

    fn compact(&mut self) -> Result<bool, Error> {
        let checkpoint = |connection: &Connection| {
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        };
        let compact = || {
            checkpoint(&self.connection)?;
            self.connection.execute_batch("VACUUM")?;
            checkpoint(&self.connection)
        };
        match compact() {
            Ok(busy) => Ok(busy != 0),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(true),
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn copy(&mut self) -> Result<Vec<u8>, Error> {
        let copy = self.connection.serialize(c"main").map(|copy| copy.to_vec());
        copy.map_err(|error| self.failed(&error))
    }
}
