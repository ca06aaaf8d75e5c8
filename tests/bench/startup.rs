//! How long from the start of the program to its first question: `cargo bench --bench startup`.
//!
//! The floor is a program of ten lines (`ten_lines`) that shows a list with `inquire` and does nothing else. Both are
//! started in turn, each in a new terminal and with an empty home, so that whatever else the machine does meets both.
//! The goal is 10 milliseconds, less than a person can feel. The ratio to the floor is reported and has no limit.
#![allow(clippy::disallowed_methods, reason = "a benchmark keeps time")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

mod ratio;

use inquire::MultiSelect;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_preconsult");
/// Turns this benchmark into the program of ten lines.
const FLOOR: &str = "ten-lines";
/// The first option of the list in both.
const FIRST_OPTION: &str = "Rough or uneven texture";
const ROUNDS: usize = 101;
/// From spawning the program to its first option, on an idle machine.
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
    let (ours, floor) = (middle(ours), middle(floors));
    ratio::tell("start to the first option", ours, "ten lines of inquire", floor, None);
    println!("goal 10 ms: {}", if ours <= GOAL { "met" } else { "missed" });
}

/// The one in the middle: so short a time hangs on when the system wakes whom, and the fastest of many on luck.
fn middle(mut times: Vec<Duration>) -> Duration {
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

/// From just before the program is started to when its first option has come out at the other end of the terminal.
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
    let took = loop {
        let count = output.read(&mut buffer).unwrap_or(0);
        assert!(count > 0, "{} ended without a question: {}", program.display(), String::from_utf8_lossy(&seen));
        seen.extend_from_slice(&buffer[..count]);
        if seen.windows(FIRST_OPTION.len()).any(|part| part == FIRST_OPTION.as_bytes()) {
            break start.elapsed();
        }
    };
    child.kill().and_then(|()| child.wait()).expect("the program can be stopped");
    took
}
