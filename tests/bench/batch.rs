//! What a batch costs beside its floor: `cargo bench --bench batch --no-default-features`.
//!
//! The floor: `serde_json` parses the same lines into a borrowed typed struct, and a ready-made line as long as ours is
//! written for each. Both run on one thread, in turns, with the output going to `/dev/null`; what counts is the CPU time
//! of the fastest turn. We aim at 2 times the floor, with every check that `summarize` makes.
//!
//! With `-- --records N` it prints so many records and does nothing else: food for the program itself.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark looks at the clock and prints")]

mod floor;
mod ratio;
#[path = "../support/strategies.rs"]
#[allow(dead_code, reason = "not every draw is needed here")]
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

/// As many records as a clinic group has in a year or two.
const RECORDS: usize = 100_000;

/// Turns; other programs disturb some of them.
const TURNS: usize = 7;

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
    let in_all: usize = lengths.iter().sum();
    println!("{RECORDS} records of {} bytes, lines of {} bytes", lines.len() / RECORDS, in_all / RECORDS);

    let mut fastest = [Duration::MAX; 6];
    for _ in 0..TURNS {
        for (turn, fastest) in fastest.iter_mut().enumerate() {
            let mut work = |at: usize, line: &str, out: &mut Vec<u8>| match turn {
                0 => _ = black_box(line),
                1 => _ = black_box(parse(line)),
                2 => {
                    black_box(parse(line));
                    out.extend_from_slice(&longest[..lengths[at]]);
                }
                3 => serde_json::to_writer(out, &parse(line)).unwrap_or_default(),
                4 => assert!(black_box(read_record(&reader, line.as_bytes())).is_ok()),
                _ => assert!(worker.process_line(line.as_bytes(), at as u64 + 1, out)),
            };
            *fastest = (*fastest).min(cpu_time(|| each(&lines, &mut work)));
        }
    }
    let [split, parsed, floor, back, read, whole] = fastest;
    let row = |name: &str, time: Duration| {
        let each = time.as_nanos() / RECORDS as u128;
        println!("{name:<44}{each:>8} ns  {:>5.2} x floor", time.as_secs_f64() / floor.as_secs_f64());
    };
    row("floor: parse, and write a ready-made line", floor);
    row("  of which split and parse", parsed);
    row("  parse, and write the record back", back);
    row("batch", whole);
    row("  split into lines", split);
    row("  parse and check", read.saturating_sub(split));
    row("  rules, and write", whole.saturating_sub(read));
    let each = |time: Duration| time / u32::try_from(RECORDS).unwrap_or(1);
    let parsed_and_written = "serde_json parses it, and a line as long is written";
    ratio::tell("batch: a record, CPU time of one thread", each(whole), parsed_and_written, each(floor), Some(2.0));
}

/// Random interviews, as a clinic's system might send them: harmless words, keys in order, no spaces.
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

/// Does something with each line; what it writes goes to `/dev/null` in pieces of the size that the program writes.
fn each(lines: &str, does: &mut impl FnMut(usize, &str, &mut Vec<u8>)) {
    let mut null = std::fs::OpenOptions::new().write(true).open("/dev/null").unwrap_or_else(|error| panic!("{error}"));
    let mut out = Vec::with_capacity(1 << 19);
    for (at, line) in lines.lines().enumerate() {
        does(at, line, &mut out);
        if out.len() > 1 << 18 {
            null.write_all(&out).unwrap_or_else(|error| panic!("{error}"));
            out.clear();
        }
    }
    null.write_all(&out).unwrap_or_else(|error| panic!("{error}"));
}

/// The CPU time of this thread where the system tells it, else the time on the wall.
fn cpu_time(work: impl FnOnce()) -> Duration {
    let spent = || {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    };
    let (before, start) = (spent(), Instant::now());
    work();
    let wall = start.elapsed();
    spent().zip(before).map_or(wall, |(after, before)| after.saturating_sub(before))
}
