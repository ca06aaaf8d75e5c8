//! Reports the progress of a run: on a terminal while it runs, and in one line at its end.

use crate::storage::line_reader::Progress;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::num::NonZeroU64;
use std::time::{Duration, Instant};

/// How often the line on the terminal is redrawn.
const REDRAW_INTERVAL: Duration = Duration::from_millis(200);

pub(super) struct ProgressLine {
    progress: Progress,
    started: Instant,
    /// When the line was last redrawn; `None` without a terminal.
    changed: Option<Instant>,
    records: u64,
    failed: u64,
    /// The number of the last line that was delivered.
    pub(super) last: u64,
}

impl ProgressLine {
    pub(super) fn new(progress: Progress, first_line: NonZeroU64) -> Self {
        let started = Instant::now();
        let changed = std::io::stderr().is_terminal().then_some(started);
        Self { progress, started, changed, records: 0, failed: 0, last: first_line.get() - 1 }
    }

    /// Returns the number of records, and of those with errors.
    pub(super) fn counts(&self) -> (u64, u64) {
        (self.records, self.failed)
    }

    pub(super) fn count(&mut self, records: u64, failed: u64, last: u64) {
        self.records += records;
        self.failed += failed;
        self.last = last;
        if self.changed.is_some_and(|changed| changed.elapsed() >= REDRAW_INTERVAL) {
            self.changed = Some(Instant::now());
            // A closed terminal is no reason to stop.
            let _ = write!(std::io::stderr(), "\r{}\u{1b}[K", self.line());
        }
    }

    fn line(&self) -> String {
        let elapsed = self.started.elapsed().as_secs_f64();
        let mut line = format!("{} {}, {}/s", self.records, records(self.records), self.rate());
        if self.failed > 0 {
            let _ = write!(line, ", {} with errors", self.failed);
        }
        // An estimate from the first moments would be unreliable.
        if let Some(part) = self.progress.part().filter(|part| *part > 0.001 && elapsed > 0.5) {
            let _ = write!(line, ", {:.0} %, {} left", part * 100.0, human_duration(elapsed / part - elapsed));
        }
        line
    }

    #[allow(clippy::cast_precision_loss, reason = "the rate is printed as a whole number")]
    fn rate(&self) -> String {
        format!("{:.0}", self.records as f64 / self.started.elapsed().as_secs_f64().max(0.001))
    }

    /// Clears the line on the terminal.
    pub(super) fn clear(&mut self) {
        if self.changed.take().is_some() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }

    /// Returns the line to print at the end.
    pub(super) fn summary_line(&mut self) -> String {
        self.clear();
        let (records, failed, done) = (self.records, self.failed, self.records - self.failed);
        let elapsed = self.started.elapsed().as_secs_f64();
        format!(
            "{records} {}: {done} done, {failed} with errors; {} ({}/s)",
            self::records(records),
            human_duration(elapsed),
            self.rate()
        )
    }
}

pub(super) fn records(count: u64) -> &'static str {
    if count == 1 { "record" } else { "records" }
}

/// Formats a duration in the largest unit that keeps two digits.
fn human_duration(seconds: f64) -> String {
    match seconds {
        ..10.0 => format!("{seconds:.1} s"),
        ..100.0 => format!("{seconds:.0} s"),
        ..6000.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.1} h", seconds / 3600.0),
    }
}
