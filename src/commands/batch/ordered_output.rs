//! Delivers the output of the workers in input order, and decides the result of the run.

use super::super::{output_plan, print_note, stdout_error, written_anyway};
use super::convert::{ChunkOutput, PendingFile, RecordFiles};
use super::progress::ProgressLine;
use crate::error::Error;
use crate::messages::Messages;
use crate::printable::escape_json;
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
    /// The number of the chunk to deliver next.
    turn: u64,
    end: Option<EndReason>,
    missing: BTreeSet<char>,
    pub(super) progress: ProgressLine,
}

/// The reasons why a run ends before its input does.
enum EndReason {
    Error(Error),
    /// The output could not be written.
    WriteFailed(Error),
    /// The reader of standard output has closed it.
    BrokenPipe,
    RecordFailed,
    Panic,
}

impl OrderedOutput {
    pub(super) fn new(progress: ProgressLine, folder: PathBuf, fail_fast: bool) -> Self {
        let state = OutputState { turn: 0, end: None, missing: BTreeSet::new(), progress };
        Self { state: Mutex::new(state), moved: Condvar::new(), stopped: AtomicBool::new(false), folder, fail_fast }
    }

    pub(super) fn fails_fast(&self) -> bool {
        self.fail_fast
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Locks the state between two deliveries. Returns `None` if a delivery takes longer than the timeout.
    pub(super) fn lock_between_chunks(&self, timeout: Duration) -> Option<MutexGuard<'_, OutputState>> {
        const POLL_INTERVAL: Duration = Duration::from_millis(10);
        for _ in 0..=timeout.as_millis() / POLL_INTERVAL.as_millis() {
            if let Ok(state) = self.state.try_lock() {
                return Some(state);
            }
            std::thread::sleep(POLL_INTERVAL);
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, OutputState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a chunk's turn and delivers its output, up to the record at which the conversion failed.
    pub(super) fn deliver(&self, number: u64, converted: &mut ChunkOutput, result: Result<(), Error>) {
        let is_waiting = |state: &mut OutputState| state.turn != number && state.end.is_none();
        let mut state = self.moved.wait_while(self.lock(), is_waiting).unwrap_or_else(PoisonError::into_inner);
        if state.end.is_some() {
            return;
        }
        let ended = self.write(converted, &mut state.progress).and(result.map_err(EndReason::Error));
        state.missing.append(&mut converted.missing);
        state.end = match ended {
            Ok(()) if self.fail_fast && converted.failed > 0 => Some(EndReason::RecordFailed),
            ended => ended.err(),
        };
        self.stopped.store(state.end.is_some(), Ordering::Relaxed);
        state.turn += 1;
        drop(state);
        self.moved.notify_all();
    }

    fn write(&self, converted: &mut ChunkOutput, progress: &mut ProgressLine) -> Result<(), EndReason> {
        let ChunkOutput { out, files, records, failed, last, .. } = converted;
        let mut printed = 0;
        for RecordFiles { line, place, files, before } in files.drain(..) {
            // Whole lines are printed, and before the files of the next record, which may fail.
            let end = memchr::memchr(b'\n', &out[place..]).map_or(out.len(), |index| place + index + 1);
            print(&out[printed..line])?;
            let paths = write_all(&self.folder, files).map_err(|error| {
                let (records, failed, last) = before;
                progress.count(records, failed, last);
                EndReason::WriteFailed(error)
            })?;
            let in_json =
                |path: &PathBuf| escape_json(&serde_json::Value::from(path.to_string_lossy()).to_string()).into_owned();
            let paths_json: Vec<String> = paths.iter().map(in_json).collect();
            let result = print(&[&out[line..place], paths_json.join(",").as_bytes(), &out[place..end]].concat());
            if let Err(EndReason::WriteFailed(_)) = result {
                for path in &paths {
                    print_note(&written_anyway(path));
                }
            }
            result?;
            printed = end;
        }
        print(&out[printed..])?;
        progress.count(*records, *failed, *last);
        Ok(())
    }

    /// Returns a guard that stops the other workers if its own one panics.
    pub(super) fn guard(&self) -> impl Drop + '_ {
        PanicGuard(self)
    }

    /// Reports the result of the run.
    pub(super) fn finish(&self) -> Result<(), Error> {
        let mut state = self.lock();
        let (end, missing) = (state.end.take(), std::mem::take(&mut state.missing));
        if matches!(end, Some(EndReason::BrokenPipe)) {
            state.progress.clear();
            return Ok(());
        }
        output_plan::report_missing(&missing, &Messages::default());
        print_note(&state.progress.summary_line());
        let (records, failed) = state.progress.counts();
        match end {
            Some(EndReason::Error(error)) => return Err(error),
            Some(EndReason::WriteFailed(error)) => {
                let last = state.progress.last;
                let hint = error.hint.clone().map(|hint| hint + "; ").unwrap_or_default();
                let done = format!("everything up to line {last} is written; continue from line {}", last + 1);
                return Err(error.hint(format!("{hint}{done} of the input")));
            }
            Some(EndReason::Panic) => {
                return Err(Error::failed("a worker thread panicked: this is a bug in preconsult"));
            }
            Some(EndReason::BrokenPipe | EndReason::RecordFailed) | None => {}
        }
        if failed == 0 {
            return Ok(());
        }
        let hint = if self.fail_fast {
            "the run stopped there because of --fail-fast: fix the record, or omit --fail-fast".to_owned()
        } else {
            let subject = if failed == 1 { "its output line" } else { "each one's output line" };
            let others = match records - failed {
                0 => "",
                1 => "; the other record was converted",
                _ => "; the others were converted",
            };
            format!("{subject} holds the error and the number of the input line{others}")
        };
        let have = if failed == 1 { "has errors" } else { "have errors" };
        Err(Error::input(format!("{failed} of {records} {} {have}", super::progress::records(records))).hint(hint))
    }
}

struct PanicGuard<'g>(&'g OrderedOutput);

impl Drop for PanicGuard<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().end.get_or_insert(EndReason::Panic);
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
                // Otherwise, continuing from this record would write them again.
                for path in paths {
                    let _ = std::fs::remove_file(path);
                }
                return Err(error.into());
            }
        }
    }
    Ok(paths)
}

/// Prints to standard output; a closed pipe ends the run.
fn print(bytes: &[u8]) -> Result<(), EndReason> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => EndReason::BrokenPipe,
        _ => EndReason::WriteFailed(stdout_error(&error, &Messages::default())),
    })
}
