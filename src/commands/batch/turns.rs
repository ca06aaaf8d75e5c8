//! Delivery in order: each worker in its turn, and what becomes of the whole run.

use super::super::{cannot_print, note, page, written_all_the_same};
use super::make::{Made, NewFile};
use super::progress::Shown;
use crate::error::Error;
use crate::keep::output;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(super) struct Turns {
    state: Mutex<State>,
    moved: Condvar,
    stopped: AtomicBool,
    folder: PathBuf,
    fail_fast: bool,
}

pub(super) struct State {
    /// Whose turn it is.
    turn: u64,
    stop: Option<Stop>,
    missing: BTreeSet<char>,
    pub(super) shown: Shown,
}

/// Why a run ends before its input does.
enum Stop {
    Error(Error),
    /// Nobody reads what is printed any more.
    Closed,
    Fault,
    Panic,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl Turns {
    pub(super) fn new(shown: Shown, folder: PathBuf, fail_fast: bool) -> Self {
        let state = State { turn: 0, stop: None, missing: BTreeSet::new(), shown };
        Self { state: Mutex::new(state), moved: Condvar::new(), stopped: AtomicBool::new(false), folder, fail_fast }
    }

    pub(super) fn fails_fast(&self) -> bool {
        self.fail_fast
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// The state between two deliveries; `None` if one takes longer than that.
    pub(super) fn between(&self, patience: Duration) -> Option<MutexGuard<'_, State>> {
        const NAP: Duration = Duration::from_millis(10);
        for _ in 0..=patience.as_millis() / NAP.as_millis() {
            if let Ok(state) = self.state.try_lock() {
                return Some(state);
            }
            std::thread::sleep(NAP);
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a chunk's turn and delivers what it has become, up to where making it failed.
    pub(super) fn deliver(&self, number: u64, made: &mut Made, taken: Result<(), Error>) {
        let waits = |state: &mut State| state.turn != number && state.stop.is_none();
        let mut state = self.moved.wait_while(self.lock(), waits).unwrap_or_else(PoisonError::into_inner);
        if state.stop.is_some() {
            return;
        }
        let ended = self.write(made, &mut state.shown).and(taken.map_err(Stop::Error));
        state.missing.append(&mut made.missing);
        state.stop = match ended {
            Ok(()) if self.fail_fast && made.failed > 0 => Some(Stop::Fault),
            ended => ended.err(),
        };
        self.stopped.store(state.stop.is_some(), Ordering::Relaxed);
        state.turn += 1;
        drop(state);
        self.moved.notify_all();
    }

    fn write(&self, made: &mut Made, shown: &mut Shown) -> Result<(), Stop> {
        let Made { out, files, records, failed, last, .. } = made;
        let mut written = 0;
        for (place, files) in files.drain(..) {
            // Whole lines go out, and before the files of the next record, which may fail.
            let begin = memchr::memrchr(b'\n', &out[..place]).map_or(0, |at| at + 1);
            let end = memchr::memchr(b'\n', &out[place..]).map_or(out.len(), |at| place + at + 1);
            print(&out[written..begin])?;
            let mut paths = Vec::new();
            let told = self.write_files(files, &mut paths).and_then(|()| {
                let paths: Vec<String> =
                    paths.iter().map(|path| serde_json::Value::from(path.to_string_lossy()).to_string()).collect();
                print(&[&out[begin..place], paths.join(",").as_bytes(), &out[place..end]].concat())
            });
            if let Err(Stop::Error(_)) = told {
                for path in &paths {
                    note(&written_all_the_same(path));
                }
            }
            told?;
            written = end;
        }
        print(&out[written..])?;
        shown.count(*records, *failed, *last);
        Ok(())
    }

    fn write_files(&self, files: Vec<NewFile>, paths: &mut Vec<PathBuf>) -> Result<(), Stop> {
        for NewFile { name, format, bytes } in files {
            paths.push(output::write(&self.folder, &name, format, &bytes)?);
        }
        Ok(())
    }

    /// Lets nobody wait for a worker that has panicked.
    pub(super) fn guard(&self) -> impl Drop + '_ {
        Guard(self)
    }

    /// Says how it went.
    pub(super) fn end(&self) -> Result<(), Error> {
        let mut state = self.lock();
        let (stop, missing) = (state.stop.take(), std::mem::take(&mut state.missing));
        if matches!(stop, Some(Stop::Closed)) {
            state.shown.clear();
            return Ok(());
        }
        page::report_missing(&missing);
        note(&state.shown.closing());
        let (records, failed) = state.shown.counts();
        match stop {
            Some(Stop::Error(error)) => return Err(error),
            Some(Stop::Panic) => return Err(Error::failed("a part of the program has failed: this is a fault in it")),
            Some(Stop::Closed | Stop::Fault) | None => {}
        }
        let hint = if self.fail_fast {
            "it stopped there, as --fail-fast says: mend the record, or leave --fail-fast out"
        } else {
            "each has an error in its place, with the number of its line; the others are done"
        };
        if failed == 0 {
            return Ok(());
        }
        let have = if failed == 1 { "has a fault" } else { "have faults" };
        Err(Error::input(format!("{failed} of {records} {} {have}", super::progress::records(records))).hint(hint))
    }
}

struct Guard<'g>(&'g Turns);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().stop.get_or_insert(Stop::Panic);
            self.0.stopped.store(true, Ordering::Relaxed);
            self.0.moved.notify_all();
        }
    }
}

/// Prints to standard output; a reader that has gone away ends the run.
fn print(bytes: &[u8]) -> Result<(), Stop> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::Closed,
        _ => Stop::Error(cannot_print(&error)),
    })
}
