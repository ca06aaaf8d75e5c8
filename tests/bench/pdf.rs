//! The time to write a PDF: `cargo bench --bench pdf`.
//!
//! The floor is typst alone (`bare`). It typesets the same template, data and fonts, read from files, and exports PDF/UA-1.
//! Both run alternately as separate processes, so that other load on the machine affects both. A second part writes many
//! pages in one process, on one thread and on two.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads files and measures time")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

mod bare;
mod ratio;

use preconsult::export::{Exporter, Format};
use preconsult::interview::{AnswersFile, Completeness, Interview};
use preconsult::pack::{Pack, built_in};
use preconsult::summary::{CopyKind, Summary, SummaryOptions};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_preconsult");
/// The argument that makes this benchmark the floor.
const FLOOR: &str = "bare-typst";
const ROUNDS: usize = 21;
const MANY: usize = 200;
const PATIENTS: [&str; 8] =
    ["short", "usual", "spanish", "note", "not-sure", "only-not-covered", "all-concerns", "longest"];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.get(1).is_some_and(|first| first == FLOOR) {
        return bare::page(Path::new(&arguments[2]), Path::new(&arguments[3]));
    }
    cold();
    many();
}

fn answers(patient: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cli/pages/patients/{patient}.json"))
}

fn cold() {
    println!("one page, cold: from the start of a process to its end, the fastest of {ROUNDS}, alternating");
    for patient in PATIENTS {
        for copy in ["patient", "clinician"] {
            let home = tempfile::tempdir().expect("a folder");
            let bench = home.path().join("bench");
            let mut make = preconsult(home.path());
            make.args(["config", "template", "--copy", copy]).args([&bench, &answers(patient)]);
            ratio::process(&mut make);
            let mut bare = Command::new(std::env::current_exe().expect("this program"));
            bare.arg(FLOOR).arg(&bench).arg(home.path().join("bare.pdf"));
            let mut ours = preconsult(home.path());
            ours.args(["summarize", "--stdout", "--format", "pdf", "--copy", copy]).arg(answers(patient));
            let (ours, floor) = ratio::in_turn(ROUNDS, || ratio::process(&mut ours), || ratio::process(&mut bare));
            ratio::report(&format!("pdf: cold, {patient}, {copy}"), ours, "a bare typst", floor, Some(1.3));
        }
    }
}

fn preconsult(home: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.env_clear().env("HOME", home).current_dir(home);
    command
}

fn many() {
    let pack = Pack::load(&built_in()).expect("the built-in pack");
    let files: Vec<AnswersFile> = PATIENTS
        .map(|patient| {
            let text = std::fs::read_to_string(answers(patient)).expect("a patient");
            AnswersFile::read(&pack, patient, &text, Completeness::Complete).expect("answers")
        })
        .into();
    let summaries: Vec<Summary> = (0..MANY)
        .map(|index| {
            // A different label for each page, so that no page is cached.
            let mut interview = Interview::new(&pack, files[index % files.len()].answers.clone());
            interview.label(format!("P{index}")).expect("a label");
            let (date, language) = (chrono::NaiveDate::default(), preconsult::pack::Language::default());
            let copy = if index % 2 == 0 { CopyKind::Patient } else { CopyKind::Clinician };
            let options = SummaryOptions { date, language, asked_in: language, copy, filled_in_by: None };
            Summary::new(&interview.finish().expect("complete answers"), options)
        })
        .collect();
    println!("{MANY} pages in one process");
    let exporter = Exporter::default();
    let page = |summary: &Summary| exporter.export(summary, Format::Pdf).expect("a page").bytes.len();
    page(&summaries[0]);
    let mut one_thread = Duration::ZERO;
    for threads in [1, 2] {
        let start = Instant::now();
        std::thread::scope(|scope| {
            for part in summaries.chunks(MANY.div_ceil(threads)) {
                scope.spawn(move || part.iter().map(page).sum::<usize>());
            }
        });
        let elapsed = start.elapsed();
        if threads == 1 {
            one_thread = elapsed;
        }
        println!(
            "  {threads} thread{}  {:7.1} ms a page, {:.2} times as fast as one",
            if threads == 1 { " " } else { "s" },
            milliseconds(elapsed) / 200.0,
            one_thread.as_secs_f64() / elapsed.as_secs_f64()
        );
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
