//! The speed of a batch compared with its floor: `cargo bench --bench batch --no-default-features`.
//!
//! The floor: `serde_json` parses the same lines into a struct of borrowed texts, and a prepared line of the same length is
//! written for each record. Both run alternately on one thread and write to `/dev/null`. The result is the CPU time of the
//! fastest round. The goal is 2 times the floor, with all checks of `summarize`.
//!
//! With `-- --records N` it only prints N records, as input for the program.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark measures time and prints results")]

mod floor;
mod ratio;
#[path = "../support/strategies.rs"]
#[allow(dead_code, reason = "not all of its functions are used here")]
mod strategies;

use chrono::NaiveDate;
use preconsult::answer::{Answer, AnswerValue};
use preconsult::batch::{Batch, BatchOptions, Worker, read_record};
use preconsult::interview::{AnswersFile, AnswersReader, FilledInBy};
use preconsult::pack::{Language, Pack, built_in};
use preconsult::summary::{CopyKind, Languages};
use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};
use strategies::Draw;

/// The number of records of a clinic group in one or two years.
const RECORDS: usize = 100_000;

/// The number of rounds; other programs disturb some of them.
const ROUNDS: usize = 7;

fn main() {
    let pack = Pack::load(&built_in()).unwrap_or_else(|problems| panic!("{problems}"));
    if let Some(count) = std::env::args().skip_while(|argument| argument != "--records").nth(1) {
        return print!("{}", lines(&pack, count.parse().unwrap_or(RECORDS)));
    }
    let lines = lines(&pack, RECORDS);
    let options = BatchOptions {
        date: None,
        today: NaiveDate::default(),
        languages: Languages { named: None, clinic: Language::default() },
        copy: CopyKind::Patient,
    };
    let batch = Batch::new(&pack, options);
    let (mut worker, reader) = (batch.worker(), AnswersReader::new(&pack));
    let lengths: Vec<usize> = lines.lines().map(|line| output(&mut worker, line).len()).collect();
    let longest = vec![b'x'; lengths.iter().copied().max().unwrap_or_default()];
    let total: usize = lengths.iter().sum();
    println!("{RECORDS} records of {} bytes, lines of {} bytes", lines.len() / RECORDS, total / RECORDS);

    let mut fastest = [Duration::MAX; 6];
    for _ in 0..ROUNDS {
        for (step, fastest) in fastest.iter_mut().enumerate() {
            let mut work = |index: usize, line: &str, out: &mut Vec<u8>| match step {
                0 => _ = black_box(line),
                1 => _ = black_box(parse(line)),
                2 => {
                    black_box(parse(line));
                    out.extend_from_slice(&longest[..lengths[index]]);
                }
                3 => serde_json::to_writer(out, &parse(line)).unwrap_or_default(),
                4 => assert!(black_box(read_record(&reader, line.as_bytes())).is_ok()),
                _ => assert!(worker.process_line(line.as_bytes(), index as u64 + 1, out)),
            };
            *fastest = (*fastest).min(cpu_time(|| each(&lines, &mut work)));
        }
    }
    let [split, parsed, floor, back, read, whole] = fastest;
    let row = |name: &str, time: Duration| {
        let each = time.as_nanos() / RECORDS as u128;
        println!("{name:<44}{each:>8} ns  {:>5.2} x floor", time.as_secs_f64() / floor.as_secs_f64());
    };
    row("floor: parse, and write a prepared line", floor);
    row("  of which split and parse", parsed);
    row("  parse, and write the record back", back);
    row("batch", whole);
    row("  split into lines", split);
    row("  parse and check", read.saturating_sub(split));
    row("  rules, and write", whole.saturating_sub(read));
    let each = |time: Duration| time / u32::try_from(RECORDS).unwrap_or(1);
    let floor_text = "serde_json parses it, and a line as long is written";
    ratio::report("batch: a record, CPU time of one thread", each(whole), floor_text, each(floor), Some(2.0));
}

/// Random interviews in the form of a clinic's system: harmless texts, keys in order, no spaces.
fn lines(pack: &Pack, count: usize) -> String {
    let mut state = 20_261_124_u64;
    let mut number = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u16::try_from(state >> 48).unwrap_or_default()
    };
    let mut lines = String::new();
    for id in 0..count {
        let numbers: Vec<u16> = (0..120).map(|_| number()).collect();
        let mut answers = Draw::of(&numbers).finished(pack).answers().clone();
        for answer in answers.values_mut() {
            if let Answer::Value(AnswerValue::Text(text) | AnswerValue::Choice { text: Some(text), .. }) = answer {
                "It itches now and then, mostly in summer.".clone_into(text);
            }
        }
        let file = AnswersFile {
            answers,
            id: Some(format!("{id:06}")),
            date: NaiveDate::from_ymd_opt(2026, 1, 1)
                .and_then(|day| day.checked_add_days(chrono::Days::new(id as u64 / 300))),
            filled_in_by: Some(FilledInBy::Patient),
            ..AnswersFile::default()
        };
        lines.push_str(&file.write(pack).to_string());
        lines.push('\n');
    }
    lines
}

fn parse(line: &str) -> floor::Record<'_> {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

fn output(worker: &mut Worker<'_>, line: &str) -> Vec<u8> {
    let mut out = Vec::new();
    assert!(worker.process_line(line.as_bytes(), 1, &mut out), "{line}");
    out
}

/// Processes each line, and writes the output to `/dev/null` in chunks of the program's size.
fn each(lines: &str, process: &mut impl FnMut(usize, &str, &mut Vec<u8>)) {
    let mut null = std::fs::OpenOptions::new().write(true).open("/dev/null").unwrap_or_else(|error| panic!("{error}"));
    let mut out = Vec::with_capacity(1 << 19);
    for (index, line) in lines.lines().enumerate() {
        process(index, line, &mut out);
        if out.len() > 1 << 18 {
            null.write_all(&out).unwrap_or_else(|error| panic!("{error}"));
            out.clear();
        }
    }
    null.write_all(&out).unwrap_or_else(|error| panic!("{error}"));
}

/// The CPU time of this thread if the system reports it, else the elapsed time.
fn cpu_time(work: impl FnOnce()) -> Duration {
    let spent = || {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    };
    let (before, start) = (spent(), Instant::now());
    work();
    let wall = start.elapsed();
    spent().zip(before).map_or(wall, |(after, before)| after.saturating_sub(before))
}
