//! The speed of the pages for many patients at once: `cargo bench --bench serve`.
//!
//! The floor is a page of axum of the same size whose form appends a line to the patient's file and syncs it (`bare_page`).
//! Each patient keeps one connection, sends an answer, and opens the next page. Two loads are measured: an answer a second,
//! which is faster than any patient, and answers without a pause. The limits are for the first one.
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time and reads files")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

mod bare_page;
mod patient;
mod ratio;

use patient::Patient;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_preconsult");
/// The argument that makes this benchmark the floor.
const FLOOR: &str = "bare-page";
const PATIENTS: usize = 200;
/// Answers of each patient: fewer than the pack has questions.
const ANSWERS: u32 = 15;
/// The pause of a patient between two answers.
const PAUSE: Duration = Duration::from_secs(1);
/// The limit for the 99th percentile and for the processor time, as a multiple of the floor's.
const LIMIT: f64 = 2.0;
const MEMORY_LIMIT_KB: u64 = 100_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    if let (Some(FLOOR), Some(folder), Some(page)) = (arguments.next().as_deref(), arguments.next(), arguments.next()) {
        return bare_page::serve(Path::new(&folder), Path::new(&page));
    }
    // `cargo test --benches` only checks that the benchmark runs.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (patients, pause, rounds) = if is_bench { (PATIENTS, PAUSE, 3) } else { (3, Duration::ZERO, 1) };
    compare("one patient", 1, Duration::ZERO, rounds, None);
    compare(&format!("{patients} patients, an answer a second each"), patients, pause, rounds, Some(LIMIT));
    compare(&format!("{patients} patients without a pause"), patients, Duration::ZERO, rounds, None);
}

/// Measures both servers alternately, and prints the best run of each: other programs can only slow a run down.
fn compare(load: &str, patients: usize, pause: Duration, rounds: usize, limit: Option<f64>) {
    let runs: Vec<_> = (0..rounds).map(|_| (pages(patients, pause), floor(patients, pause))).collect();
    let best = |of: &dyn Fn(&Load) -> Duration, ours: bool| {
        let of_run = |(pages, floor): &(Load, Load)| of(if ours { pages } else { floor });
        runs.iter().map(of_run).min().unwrap_or_default()
    };
    let compare = |what: &str, of: &dyn Fn(&Load) -> Duration, limit| {
        let floor_text = "a bare axum page that syncs a line";
        ratio::report(&format!("serve: {load}, {what}"), best(of, true), floor_text, best(of, false), limit);
    };
    compare("median", &|load| load.percentile(50), None);
    compare("99th percentile", &|load| load.percentile(99), limit);
    // The system counts in hundredths of a second, too coarse for one patient.
    if patients > 1 {
        compare("processor time for a request", &|load| load.processor_time(), limit);
    }
    let errors: usize = runs.iter().map(|(pages, _)| pages.errors).sum();
    let memory = runs.iter().map(|(pages, _)| pages.memory_kb).max().unwrap_or_default();
    let verdict = if memory <= MEMORY_LIMIT_KB { "met" } else { "missed" };
    println!("  errors {errors} (limit 0); memory at most {memory} kB (limit {MEMORY_LIMIT_KB} kB: {verdict})");
}

/// The result of one run.
struct Load {
    /// The times of all requests, in order of length.
    times: Vec<Duration>,
    errors: usize,
    processor: Duration,
    memory_kb: u64,
}

impl Load {
    fn percentile(&self, percent: usize) -> Duration {
        let index = (self.times.len() * percent / 100).min(self.times.len().saturating_sub(1));
        self.times.get(index).copied().unwrap_or_default()
    }

    fn processor_time(&self) -> Duration {
        self.processor / u32::try_from(self.times.len()).unwrap_or(u32::MAX)
    }
}

/// Measures the program, and checks that each answer that it acknowledged is on disk after it was killed.
fn pages(patients: usize, pause: Duration) -> Load {
    let home = tempfile::tempdir().expect("a home");
    let program = |arguments: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env_clear().env("HOME", home.path()).current_dir(home.path());
        command
    };
    let server = Server::start(program(&["serve", "--listen", "127.0.0.1:0", "--format", "text"]));
    let (load, answers) = server.measure(patients, pause, |address, _| Patient::begin(address));
    let drafts = program(&["drafts", "list"]).output().expect("a list");
    let saved = String::from_utf8_lossy(&drafts.stdout);
    // Id, date, time, age, its unit, answers.
    let saved = saved.lines().skip(1).filter_map(|line| line.split_whitespace().nth(5)?.parse::<usize>().ok());
    assert_eq!(saved.sum::<usize>(), answers, "answers on disk, and answers acknowledged");
    load
}

/// Measures the floor with a page as long as the program's.
fn floor(patients: usize, pause: Duration) -> Load {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    std::fs::write(&page, bare_page::page(patient::PAGE_BYTES)).expect("a page");
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg(FLOOR).arg(folder.path()).arg(&page);
    let server = Server::start(command);
    server.measure(patients, pause, Patient::on_bare_page).0
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("the address");
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, address }
    }

    /// Lets all patients answer at once, kills the server, and returns the load and the number of answers.
    fn measure(mut self, patients: usize, pause: Duration, begin: impl Fn(&str, usize) -> Patient) -> (Load, usize) {
        let mut ready: Vec<Patient> = (0..patients).map(|number| begin(&self.address, number)).collect();
        let before = processor_time(self.child.id());
        let start = Instant::now();
        let results: Vec<(Vec<Duration>, usize)> = thread::scope(|scope| {
            let threads: Vec<_> = ready
                .iter_mut()
                .enumerate()
                .map(|(index, patient)| {
                    // Patients do not press their buttons at the same moment.
                    let offset = pause * u32::try_from(index).unwrap_or(0) / u32::try_from(patients).unwrap_or(1);
                    scope.spawn(move || {
                        for answer in 0..ANSWERS {
                            let due = start + offset + pause * answer;
                            thread::sleep(due.saturating_duration_since(Instant::now()));
                            patient.answer();
                        }
                        (std::mem::take(&mut patient.times), patient.errors)
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("a patient")).collect()
        });
        let processor = processor_time(self.child.id()).saturating_sub(before);
        let memory_kb = peak_memory_kb(self.child.id());
        self.child.kill().and_then(|()| self.child.wait()).expect("the server can be stopped");
        let errors = results.iter().map(|(_, errors)| errors).sum();
        let mut times: Vec<Duration> = results.into_iter().flat_map(|(times, _)| times).collect();
        times.sort_unstable();
        // Each answer is a form and the page after it.
        let answers = times.len() / 2;
        (Load { times, errors, processor, memory_kb }, answers)
    }
}

/// Returns the processor time of a process, in its own code and in the system.
fn processor_time(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program may contain spaces.
    let fields = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    // Linux has 100 ticks a second.
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

fn peak_memory_kb(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
