//! The store in one SQLite file, in WAL mode: several desks can use it at once, with one writer at a time.

use super::error::{StoreDamage, StoreError, StoreFault};
use super::migrations::{APPLICATION_ID, Migration, migrate};
use super::write::{ChangeError, WriteTransaction};
use super::{
    AuditStamp, DateRange, ExportedFile, Intake, IntakeWithRecord, InvitationKeys, InvitationRow, NewInvitation,
    NewVersion, OnRemove, Progress, Reencrypt, RowResult, SealLabel, Sealed, Sequences, Store, Version, invitations,
    read, rows,
};
use crate::desk::audit_trail::{Action, AuditEntry};
use crate::desk::error::{ClinicAction, DeskError};
use crate::storage::own_files::open_regular;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Delay before a note that another desk is writing.
const NOTICE_AFTER: Duration = Duration::from_secs(1);
/// Longest wait for another desk.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// Records in a SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
}

/// How other desks share the store. Sharing requires space for the WAL index file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shared {
    Always,
    IfThereIsRoom,
    Never,
}

impl Sqlite {
    /// Creates a store. `waiting` is called when it has to wait for another desk.
    ///
    /// # Errors
    /// Returns an error if the file exists or cannot be created.
    pub fn create(path: &Path, waiting: fn()) -> Result<Self, DeskError> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        // SQLite creates its WAL files with the mode of this one.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path).map_err(|error| DeskError::io(ClinicAction::CreateRecords, path, error))?;
        Self::connect(path, waiting, Shared::Always)
    }

    /// Opens a store.
    ///
    /// # Errors
    /// Returns an error if there is none, or it is damaged or of a later version.
    pub fn open(path: &Path, waiting: fn()) -> Result<Self, DeskError> {
        Self::open_shared(path, waiting, Shared::Always)
    }

    /// Opens a store for reading. Shared access needs a small file next to the records. If a full disk has no room for
    /// it, the store is opened exclusively.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_to_read(path: &Path, waiting: fn()) -> Result<Self, DeskError> {
        Self::open_shared(path, waiting, Shared::IfThereIsRoom)
    }

    fn open_shared(path: &Path, waiting: fn(), shared: Shared) -> Result<Self, DeskError> {
        // SQLite would wait for a pipe, and follow a link.
        let file = open_regular(path, std::fs::OpenOptions::new().read(true)).and_then(|file| file.metadata());
        let file = file.map_err(|error| DeskError::io(ClinicAction::OpenRecords, path, error))?;
        if file.len() == 0 {
            return Err(damaged(path, StoreDamage::Empty).into());
        }
        Self::connect(path, waiting, shared)
    }

    fn connect(path: &Path, waiting: fn(), shared: Shared) -> Result<Self, DeskError> {
        let failed = |error| DeskError::from(failed(path, &error));
        let flags =
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        let (mut since, mut is_reported) = (Instant::now(), false);
        let handler = move |count| {
            if count == 0 {
                (since, is_reported) = (Instant::now(), false);
            }
            let waited = since.elapsed();
            if waited >= NOTICE_AFTER && !is_reported {
                is_reported = true;
                waiting();
            }
            std::thread::sleep(Duration::from_millis(10));
            waited < BUSY_TIMEOUT
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
                // This connection would block the next one.
                drop(connection);
                return Self::connect(path, waiting, Shared::Never).map_err(|_| failed(error));
            }
            result => result.map_err(failed)?,
        }
        let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        if number("user_version").map_err(failed)? > 0 && number("application_id").map_err(failed)? != APPLICATION_ID {
            return Err(damaged(path, StoreDamage::OtherProgram).into());
        }
        match migrate(&mut connection) {
            Ok(Migration::UpToDate) => Ok(Self { connection, path: path.to_owned() }),
            Ok(Migration::LaterVersion(version)) => {
                Err(StoreError::LaterVersion { path: path.to_owned(), version }.into())
            }
            Err(ChangeError::Database(error)) => Err(failed(error)),
            Err(ChangeError::Request(error)) => Err(error),
        }
    }

    /// Runs a change in a transaction, which an error rolls back.
    fn write<T>(
        &mut self,
        change: impl FnOnce(&WriteTransaction<'_>) -> Result<T, ChangeError>,
    ) -> Result<T, DeskError> {
        let run = || -> Result<T, ChangeError> {
            // Immediate: SQLite does not let a transaction that upgrades from reading to writing wait.
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let transaction = WriteTransaction::new(transaction);
            let value = change(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run().map_err(|error| change_failed(&self.path, error))
    }

    /// Runs a query.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, DeskError> {
        read(&self.connection).map_err(|error| failed(&self.path, &error).into())
    }
}

fn change_failed(path: &Path, error: ChangeError) -> DeskError {
    match error {
        ChangeError::Database(error) => failed(path, &error).into(),
        ChangeError::Request(error) => error,
    }
}

/// Returns whether a full disk may be the reason.
fn lacks_room(error: &rusqlite::Error) -> bool {
    let codes = [ErrorCode::DiskFull, ErrorCode::SystemIoFailure, ErrorCode::CannotOpen];
    error.sqlite_error_code().is_some_and(|code| codes.contains(&code))
}

fn failed(path: &Path, error: &rusqlite::Error) -> StoreError {
    let file = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Busy { path: file, seconds: BUSY_TIMEOUT.as_secs() }
        }
        Some(ErrorCode::DiskFull) => StoreError::DiskFull(file),
        Some(ErrorCode::SystemIoFailure) => StoreError::DiskFailed(file),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            StoreError::NotWritable(file)
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(path, StoreDamage::NotReadable),
        Some(code) => StoreError::Unusable { path: file, code: format!("{code:?}") },
        None => damaged(path, StoreDamage::Row),
    }
}

fn damaged(path: &Path, damage: StoreDamage) -> StoreError {
    StoreError::Damaged { path: path.to_owned(), damage }
}

impl Store for Sqlite {
    fn begin(&mut self, stamp: AuditStamp<'_>) -> Result<u64, DeskError> {
        self.write(|change| change.begin(stamp))
    }

    fn invite(&mut self, new: NewInvitation<'_>, stamp: AuditStamp<'_>) -> Result<u64, DeskError> {
        self.write(|change| change.invite(new, stamp))
    }

    fn invite_again(&mut self, intake: u64, keys: &InvitationKeys, stamp: AuditStamp<'_>) -> Result<(), DeskError> {
        self.write(|change| change.invite_again(intake, keys, stamp))
    }

    fn withdraw(&mut self, intake: u64, stamp: AuditStamp<'_>) -> Result<(), DeskError> {
        self.write(|change| change.withdraw(intake, stamp))
    }

    fn accept(
        &mut self,
        invitation: &InvitationRow,
        session: &str,
        language: &str,
        stamp: AuditStamp<'_>,
    ) -> Result<bool, DeskError> {
        self.write(|change| change.accept(invitation, session, language, stamp))
    }

    fn set_progress(&mut self, progress: &[(u64, Progress)]) -> Result<(), DeskError> {
        self.write(|change| change.set_progress(progress))
    }

    fn set_label(&mut self, intake: u64, label: &SealLabel<'_>, stamp: AuditStamp<'_>) -> Result<(), DeskError> {
        self.write(|change| change.set_label(intake, label, stamp))
    }

    fn add_version(&mut self, version: NewVersion<'_>, stamp: AuditStamp<'_>) -> Result<(), DeskError> {
        self.write(|change| change.add_version(version, stamp))
    }

    fn record_action(&mut self, what: Action, intake: Option<u64>, stamp: AuditStamp<'_>) -> Result<(), DeskError> {
        self.write(|change| change.record_action(what, intake, stamp))
    }

    fn register_file(&mut self, intake: u64, file: &ExportedFile, at: &str) -> Result<(), DeskError> {
        self.write(|change| change.register_file(intake, file, at))
    }

    fn unregister_file(&mut self, intake: u64, file: &ExportedFile, at: &str) -> Result<(), DeskError> {
        self.write(|change| change.unregister_file(intake, file, at))
    }

    fn remove(
        &mut self,
        what: Action,
        intakes: &[u64],
        stamp: AuditStamp<'_>,
        on_remove: &mut OnRemove<'_>,
    ) -> Result<(), DeskError> {
        self.write(|change| change.remove(what, intakes, stamp, on_remove))
    }

    fn reencrypt(&mut self, reencrypt: &mut Reencrypt<'_>, stamp: AuditStamp<'_>) -> Result<usize, DeskError> {
        self.write(|change| change.reencrypt(reencrypt, stamp))
    }

    fn snapshot(&self, read: &mut dyn FnMut() -> Result<(), DeskError>) -> Result<(), DeskError> {
        // The transaction only reads, and ends when it is dropped.
        let _transaction = self.connection.unchecked_transaction().map_err(|error| failed(&self.path, &error))?;
        read()
    }

    fn intakes(&self, range: DateRange<'_>) -> Result<Vec<RowResult<Intake>>, DeskError> {
        self.read(|connection| read::intakes(connection, range))
    }

    fn intake(&self, number: u64) -> Result<Option<RowResult<Intake>>, DeskError> {
        self.read(|connection| read::intake(connection, number))
    }

    fn records(&self, range: DateRange<'_>) -> Result<Vec<RowResult<IntakeWithRecord>>, DeskError> {
        self.read(|connection| read::records(connection, range))
    }

    fn invitations(&self) -> Result<Vec<InvitationRow>, DeskError> {
        self.read(invitations::invitations)
    }

    fn labels(&self) -> Result<Vec<(u64, u64)>, DeskError> {
        self.read(invitations::labels)
    }

    fn versions(&self, intake: u64) -> Result<Vec<Version>, DeskError> {
        self.read(|connection| read::versions(connection, intake))
    }

    fn sealed(&self, id: u64) -> Result<Option<Sealed>, DeskError> {
        Ok(self.read(|connection| read::sealed(connection, id))?.transpose()?)
    }

    fn packs(&self) -> Result<Vec<(String, u64)>, DeskError> {
        self.read(read::packs)
    }

    fn files(&self, intake: u64) -> Result<Vec<ExportedFile>, DeskError> {
        self.read(|connection| read::files(connection, intake))
    }

    fn trail(&self, visit: &mut dyn FnMut(RowResult<AuditEntry>) -> Result<(), DeskError>) -> Result<(), DeskError> {
        read::trail(&self.connection, &mut |entry| visit(entry).map_err(ChangeError::Request))
            .map_err(|error| change_failed(&self.path, error))
    }

    fn is_removed(&self, intake: u64) -> Result<bool, DeskError> {
        self.read(|connection| read::is_removed(connection, intake))
    }

    fn sequences(&self) -> Result<Sequences, DeskError> {
        self.read(read::sequences)
    }

    fn integrity_problems(&self) -> Result<Vec<StoreFault>, DeskError> {
        self.read(read::integrity_problems)
    }

    fn failed_unlocks(&self) -> Result<Vec<String>, DeskError> {
        self.read(read::failed_unlocks)
    }

    fn trusted_keys(&self) -> Result<Vec<String>, DeskError> {
        self.read(rows::trusted_keys)
    }

    fn every_sealed(&self, visit: &mut dyn FnMut(Sealed, &str) -> Result<(), DeskError>) -> Result<(), DeskError> {
        read::every_sealed(&self.connection, &mut |sealed, hash| visit(sealed, hash).map_err(ChangeError::Request))
            .map_err(|error| change_failed(&self.path, error))
    }

    fn compact(&mut self) -> Result<bool, DeskError> {
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
            Err(error) => Err(failed(&self.path, &error).into()),
        }
    }

    fn copy(&mut self) -> Result<Vec<u8>, DeskError> {
        let copy = self.connection.serialize(c"main").map(|copy| copy.to_vec());
        copy.map_err(|error| failed(&self.path, &error).into())
    }
}
