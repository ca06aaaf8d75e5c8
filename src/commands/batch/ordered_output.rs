//! Delivery in order: each worker in its turn, and what becomes of the whole run.

use super::super::{output_plan, print_note, stdout_error, written_anyway};
use super::convert::{ChunkOutput, PendingFile, RecordFiles};
use super::progress::ProgressLine;
use crate::error::Error;
use crate::messages::Messages;
use crate::storage::output;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(super) struct OrderedOutput {
    state: Mutex<OutputState>,
    moved: Condvar,
    stopped: AtomicBool,
    folder: PathBuf,
    fail_fast: bool,
}

pub(super) struct OutputState {
    /// Whose turn it is.
    turn: u64,
    stop: Option<EndReason>,
    missing: BTreeSet<char>,
    pub(super) shown: ProgressLine,
}

/// Why a run ends before its input does.
enum EndReason {
    Error(Error),
    /// What was made could not be written.
    Unwritten(Error),
    /// Nobody reads what is printed any more.
    Closed,
    Fault,
    Panic,
}

impl OrderedOutput {
    pub(super) fn new(shown: ProgressLine, folder: PathBuf, fail_fast: bool) -> Self {
        let state = OutputState { turn: 0, stop: None, missing: BTreeSet::new(), shown };
        Self { state: Mutex::new(state), moved: Condvar::new(), stopped: AtomicBool::new(false), folder, fail_fast }
    }

    pub(super) fn fails_fast(&self) -> bool {
        self.fail_fast
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// The state between two deliveries; `None` if one takes longer than that.
    pub(super) fn lock_between_chunks(&self, patience: Duration) -> Option<MutexGuard<'_, OutputState>> {
        const NAP: Duration = Duration::from_millis(10);
        for _ in 0..=patience.as_millis() / NAP.as_millis() {
            if let Ok(state) = self.state.try_lock() {
                return Some(state);
            }
            std::thread::sleep(NAP);
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, OutputState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a chunk's turn and delivers what it has become, up to where making it failed.
    pub(super) fn deliver(&self, number: u64, made: &mut ChunkOutput, taken: Result<(), Error>) {
        let waits = |state: &mut OutputState| state.turn != number && state.stop.is_none();
        let mut state = self.moved.wait_while(self.lock(), waits).unwrap_or_else(PoisonError::into_inner);
        if state.stop.is_some() {
            return;
        }
        let ended = self.write(made, &mut state.shown).and(taken.map_err(EndReason::Error));
        state.missing.append(&mut made.missing);
        state.stop = match ended {
            Ok(()) if self.fail_fast && made.failed > 0 => Some(EndReason::Fault),
            ended => ended.err(),
        };
        self.stopped.store(state.stop.is_some(), Ordering::Relaxed);
        state.turn += 1;
        drop(state);
        self.moved.notify_all();
    }

    fn write(&self, made: &mut ChunkOutput, shown: &mut ProgressLine) -> Result<(), EndReason> {
        let ChunkOutput { out, files, records, failed, last, .. } = made;
        let mut written = 0;
        for RecordFiles { line, place, files, before } in files.drain(..) {
            // Whole lines go out, and before the files of the next record, which may fail.
            let end = memchr::memchr(b'\n', &out[place..]).map_or(out.len(), |at| place + at + 1);
            print(&out[written..line])?;
            let paths = write_all(&self.folder, files).map_err(|error| {
                let (records, failed, last) = before;
                shown.count(records, failed, last);
                EndReason::Unwritten(error)
            })?;
            let in_json = |path: &PathBuf| serde_json::Value::from(path.to_string_lossy()).to_string();
            let told: Vec<String> = paths.iter().map(in_json).collect();
            let told = print(&[&out[line..place], told.join(",").as_bytes(), &out[place..end]].concat());
            if let Err(EndReason::Unwritten(_)) = told {
                for path in &paths {
                    print_note(&written_anyway(path));
                }
            }
            told?;
            written = end;
        }
        print(&out[written..])?;
        shown.count(*records, *failed, *last);
        Ok(())
    }

    /// Lets nobody wait for a worker that has panicked.
    pub(super) fn guard(&self) -> impl Drop + '_ {
        Guard(self)
    }

    /// Says how it went.
    pub(super) fn finish(&self) -> Result<(), Error> {
        let mut state = self.lock();
        let (stop, missing) = (state.stop.take(), std::mem::take(&mut state.missing));
        if matches!(stop, Some(EndReason::Closed)) {
            state.shown.clear();
            return Ok(());
        }
        output_plan::report_missing(&missing, &Messages::default());
        print_note(&state.shown.summary_line());
        let (records, failed) = state.shown.counts();
        match stop {
            Some(EndReason::Error(error)) => return Err(error),
            Some(EndReason::Unwritten(error)) => {
                let last = state.shown.last;
                let hint = error.hint.clone().map(|hint| hint + "; ").unwrap_or_default();
                let done = format!("everything up to line {last} is written; go on from line {}", last + 1);
                return Err(error.hint(format!("{hint}{done} of the input")));
            }
            Some(EndReason::Panic) => {
                return Err(Error::failed("a part of the program has failed: this is a fault in it"));
            }
            Some(EndReason::Closed | EndReason::Fault) | None => {}
        }
        if failed == 0 {
            return Ok(());
        }
        let hint = if self.fail_fast {
            "it stopped there, as --fail-fast says: mend the record, or leave --fail-fast out".to_owned()
        } else {
            let each = if failed == 1 { "it" } else { "each" };
            let others = match records - failed {
                0 => "",
                1 => "; the other one is done",
                _ => "; the others are done",
            };
            format!("{each} has an error in its place, with the number of its line{others}")
        };
        let have = if failed == 1 { "has a fault" } else { "have faults" };
        Err(Error::input(format!("{failed} of {records} {} {have}", super::progress::records(records))).hint(hint))
    }
}

struct Guard<'g>(&'g OrderedOutput);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().stop.get_or_insert(EndReason::Panic);
            self.0.stopped.store(true, Ordering::Relaxed);
            self.0.moved.notify_all();
        }
    }
}

/// Writes the files of a record: all, or none.
fn write_all(folder: &Path, files: Vec<PendingFile>) -> Result<Vec<PathBuf>, Error> {
    let mut paths = Vec::new();
    for PendingFile { name, format, bytes } in files {
        match output::write(folder, &name, format, &bytes) {
            Ok(path) => paths.push(path),
            Err(error) => {
                // Else who goes on from this record would have them twice.
                for path in paths {
                    let _ = std::fs::remove_file(path);
                }
                return Err(error.into());
            }
        }
    }
    Ok(paths)
}

/// Prints to standard output; a reader that has gone away ends the run.
fn print(bytes: &[u8]) -> Result<(), EndReason> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => EndReason::Closed,
        _ => EndReason::Unwritten(stdout_error(&error, &Messages::default())),
    })
}
