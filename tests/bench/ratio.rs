//! Ours beside its floor: measured in turn, so that whatever else the machine does meets both, and told in one shape.
//! `cargo bench | grep ^ratio` is the summary of all benchmarks.
#![allow(dead_code, reason = "not every benchmark uses all of it")]

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Something that we do, and the least that anybody does for the same.
pub(crate) struct Pair {
    pub(crate) what: &'static str,
    pub(crate) ours: fn(),
    /// What the floor is.
    pub(crate) beside: &'static str,
    pub(crate) floor: fn(),
    /// The ratio that is not to be exceeded, where there is one.
    pub(crate) limit: Option<f64>,
}

impl Pair {
    /// Measures both and tells.
    pub(crate) fn tell(&self) {
        let times = (repetitions(self.ours), repetitions(self.floor));
        let (ours, floor) = in_turn(101, || repeated(self.ours, times.0), || repeated(self.floor, times.1));
        tell(self.what, ours, self.beside, floor, self.limit);
    }
}

/// Tells what ours takes and what its floor takes.
pub(crate) fn tell(what: &str, ours: Duration, beside: &str, floor: Duration, limit: Option<f64>) {
    let ratio = ours.as_secs_f64() / floor.as_secs_f64();
    let limit = limit.map_or_else(|| "no limit".to_owned(), |limit| format!("limit {limit}"));
    let [ours, floor] = [ours, floor].map(|time| format!("{time:.3?}"));
    println!("ratio {ratio:6.2} ({limit:<9})  {what}: {ours} beside {floor}, {beside}");
}

/// The fastest of each: other programs only ever slow one down.
pub(crate) fn in_turn(
    rounds: usize,
    mut ours: impl FnMut() -> Duration,
    mut floor: impl FnMut() -> Duration,
) -> (Duration, Duration) {
    let both = |(fastest, floors): (Duration, Duration), _| (fastest.min(ours()), floors.min(floor()));
    (0..rounds).fold((Duration::MAX, Duration::MAX), both)
}

/// How long a call takes.
pub(crate) fn time(does: impl FnOnce()) -> Duration {
    let start = Instant::now();
    does();
    start.elapsed()
}

/// What a program takes from its start to its end, which has to be a good one.
pub(crate) fn process(command: &mut Command) -> Duration {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).stderr(Stdio::piped()).output().expect("the program runs");
    let took = start.elapsed();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    took
}

fn repeated(does: fn(), times: u32) -> Duration {
    time(|| (0..times).for_each(|_| black_box(does)())) / times
}

/// How often it takes for the clock to be precise.
fn repetitions(does: fn()) -> u32 {
    const LONG: Duration = Duration::from_millis(1);
    let fits = |times: &u32| repeated(does, *times) * *times >= LONG;
    (0..24).map(|power| 1 << power).find(fits).unwrap_or(1)
}
