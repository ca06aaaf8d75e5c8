//! Compares a task with its floor. Both run alternately, so that other load on the machine affects both.
//! `cargo bench | grep ^ratio` is the summary of all benchmarks.
#![allow(dead_code, reason = "no benchmark uses all functions")]

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A task of this program and its floor: the least that any program needs for it.
pub(crate) struct Pair {
    pub(crate) task: &'static str,
    pub(crate) ours: fn(),
    /// Describes the floor.
    pub(crate) floor_text: &'static str,
    pub(crate) floor: fn(),
    /// The goal for the ratio, if there is one.
    pub(crate) limit: Option<f64>,
}

impl Pair {
    /// Measures both and prints the result.
    pub(crate) fn report(&self) {
        let times = (repetitions(self.ours), repetitions(self.floor));
        let (ours, floor) = in_turn(101, || repeated(self.ours, times.0), || repeated(self.floor, times.1));
        report(self.task, ours, self.floor_text, floor, self.limit);
    }
}

/// Prints the times of a task and of its floor.
pub(crate) fn report(task: &str, ours: Duration, floor_text: &str, floor: Duration, limit: Option<f64>) {
    let ratio = ours.as_secs_f64() / floor.as_secs_f64();
    let limit = limit.map_or_else(|| "no limit".to_owned(), |limit| format!("limit {limit}"));
    let [ours, floor] = [ours, floor].map(|time| format!("{time:.3?}"));
    println!("ratio {ratio:6.2} ({limit:<9})  {task}: {ours}; floor {floor}, {floor_text}");
}

/// Runs both alternately, and returns the fastest time of each: other programs can only slow a run down.
pub(crate) fn in_turn(
    rounds: usize,
    mut ours: impl FnMut() -> Duration,
    mut floor: impl FnMut() -> Duration,
) -> (Duration, Duration) {
    let both = |(fastest, floors): (Duration, Duration), _| (fastest.min(ours()), floors.min(floor()));
    (0..rounds).fold((Duration::MAX, Duration::MAX), both)
}

/// Measures a call.
pub(crate) fn time(call: impl FnOnce()) -> Duration {
    let start = Instant::now();
    call();
    start.elapsed()
}

/// Measures a program from its start to its end.
///
/// # Panics
/// If the program fails.
pub(crate) fn process(command: &mut Command) -> Duration {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).stderr(Stdio::piped()).output().expect("the program runs");
    let elapsed = start.elapsed();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    elapsed
}

fn repeated(call: fn(), times: u32) -> Duration {
    time(|| (0..times).for_each(|_| black_box(call)())) / times
}

/// Returns how many calls take at least a millisecond, so that the clock is precise enough.
fn repetitions(call: fn()) -> u32 {
    const MIN_TIME: Duration = Duration::from_millis(1);
    let fits = |times: &u32| repeated(call, *times) * *times >= MIN_TIME;
    (0..24).map(|power| 1 << power).find(fits).unwrap_or(1)
}
