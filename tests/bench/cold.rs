//! The time of a whole process from answers to a text page: `cargo bench --bench cold --no-default-features`.
//!
//! The floor is a program that parses the same JSON and does nothing else. Both are started alternately.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads files and measures time")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

mod floor;
mod ratio;

use std::hint::black_box;
use std::path::Path;
use std::process::Command;

/// The argument that makes this benchmark the program that only parses.
const FLOOR: &str = "only-parse";
const ROUNDS: usize = 301;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.get(1).is_some_and(|first| first == FLOOR) {
        let text = std::fs::read_to_string(&arguments[2]).expect("a file");
        black_box(serde_json::from_str::<floor::Record<'_>>(&text).expect("answers"));
        return;
    }
    let home = tempfile::tempdir().expect("a home");
    for patient in ["short", "usual", "longest"] {
        let answers = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cli/pages/patients/{patient}.json"));
        let mut ours = Command::new(env!("CARGO_BIN_EXE_preconsult"));
        ours.args(["summarize", "--stdout", "--format", "text"]).arg(&answers);
        let mut bare = Command::new(std::env::current_exe().expect("this program"));
        bare.arg(FLOOR).arg(&answers);
        for command in [&mut ours, &mut bare] {
            command.env_clear().env("HOME", home.path()).current_dir(home.path());
        }
        let (ours, floor) = ratio::in_turn(ROUNDS, || ratio::process(&mut ours), || ratio::process(&mut bare));
        let task = format!("cold: answers to text, {patient}");
        ratio::report(&task, ours, "a program that parses the same JSON", floor, None);
    }
}
