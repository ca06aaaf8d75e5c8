//! The time from the start of the program to its first question: `cargo bench --bench startup`.
//!
//! The floor is a program of ten lines (`ten_lines`) that shows a list with `inquire` and does nothing else. Both are started
//! alternately, each in a new terminal and with an empty home, so that other load on the machine affects both. The goal is
//! 10 milliseconds, less than a person can notice. The ratio to the floor has no limit.
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

mod ratio;

use inquire::MultiSelect;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_preconsult");
/// The argument that makes this benchmark the floor.
const FLOOR: &str = "ten-lines";
/// The first option of the list in both programs.
const FIRST_OPTION: &str = "Rough or uneven texture";
const ROUNDS: usize = 101;
/// The goal for the time from spawning the program to its first option, on an idle machine.
const GOAL: Duration = Duration::from_millis(10);

fn main() {
    if std::env::args().nth(1).as_deref() == Some(FLOOR) {
        return ten_lines();
    }
    let home = tempfile::tempdir().expect("a home");
    let floor = std::env::current_exe().expect("this program");
    let (mut ours, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(first_option(Path::new(PROGRAM), "ask", home.path()));
        floors.push(first_option(&floor, FLOOR, home.path()));
    }
    let (ours, floor) = (median(ours), median(floors));
    ratio::report("start to the first option", ours, "ten lines of inquire", floor, None);
    println!("goal 10 ms: {}", if ours <= GOAL { "met" } else { "missed" });
}

/// Returns the median. Such short times depend on the scheduler, and the fastest one on luck.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn ten_lines() {
    let options = [FIRST_OPTION, "Uneven tone", "Dull skin", "Wrinkles", "Acne scars", "Large pores", "Redness"];
    let chosen = MultiSelect::new("What would you like to talk about at your visit?", options.to_vec())
        .with_help_message("Space to tick, Enter when done")
        .prompt();
    match chosen {
        Ok(chosen) => println!("{chosen:?}"),
        Err(error) => println!("{error}"),
    }
}

/// Measures from just before the program starts until its first option arrives at the other end of the terminal.
fn first_option(program: &Path, argument: &str, home: &Path) -> Duration {
    let size = PtySize { rows: 40, cols: 100, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pty");
    let mut output = pair.master.try_clone_reader().expect("the program's output");
    let mut command = CommandBuilder::new(program);
    command.arg(argument);
    command.env_clear();
    for (name, value) in [("HOME", PathBuf::from(home)), ("TERM", "xterm-256color".into()), ("LANG", "C.UTF-8".into())]
    {
        command.env(name, value);
    }
    command.cwd(home);
    let start = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("the program starts");
    drop(pair.slave);
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    let elapsed = loop {
        let count = output.read(&mut buffer).unwrap_or(0);
        assert!(count > 0, "{} ended without a question: {}", program.display(), String::from_utf8_lossy(&seen));
        seen.extend_from_slice(&buffer[..count]);
        if seen.windows(FIRST_OPTION.len()).any(|part| part == FIRST_OPTION.as_bytes()) {
            break start.elapsed();
        }
    };
    child.kill().and_then(|()| child.wait()).expect("the program can be stopped");
    elapsed
}
