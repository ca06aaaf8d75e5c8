//! The server of a clinic, as its desks see it: a file with the server's address, locked while the server runs.

use super::clinic::Clinic;
use super::error::{ClinicAction, DeskError};
use super::file_names::SERVER;
use crate::storage::own_files::open_regular;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::time::{Duration, Instant};

/// Longest time for which desks lock the file when they look for a server.
const LOOK_TIME: Duration = Duration::from_millis(500);

/// Pause between two attempts to lock the file.
const RETRY_INTERVAL: Duration = Duration::from_millis(20);

/// The server of a clinic, for as long as this value exists.
#[derive(Debug)]
pub struct RunningServer {
    _file: File,
}

impl RunningServer {
    /// Announces the server of a clinic to its desks. `address` is what browsers open.
    ///
    /// # Errors
    /// Returns an error if another server of the clinic runs, or the file cannot be written.
    pub fn announce(clinic: &Clinic, address: &str) -> Result<Self, DeskError> {
        let path = clinic.path(SERVER);
        let failed = |error| DeskError::io(ClinicAction::AnnounceServer, &path, error);
        let mut options = OpenOptions::new();
        options.create(true).read(true).write(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = open_regular(&path, &mut options).map_err(failed)?;
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                // A desk locks the file for a moment when it looks for a server.
                Err(TryLockError::WouldBlock) if since.elapsed() < LOOK_TIME => std::thread::sleep(RETRY_INTERVAL),
                Err(TryLockError::WouldBlock) => return Err(DeskError::ServerRuns),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
        file.set_len(0).map_err(failed)?;
        file.write_all(format!("{address}\n").as_bytes()).map_err(failed)?;
        Ok(Self { _file: file })
    }

    /// Returns the address of the server that runs for a clinic, ready to open; `None` if none runs.
    #[must_use]
    pub fn address(clinic: &Clinic) -> Option<String> {
        let mut file = open_regular(&clinic.path(SERVER), OpenOptions::new().read(true)).ok()?;
        // A shared lock is refused only while the server holds its own.
        if !matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)) {
            return None;
        }
        let mut address = String::new();
        file.read_to_string(&mut address).ok()?;
        Some(address.trim_end().to_owned()).filter(|address| !address.is_empty())
    }
}
