//! The speed of the desk with ten thousand records: `cargo bench --bench desk`.
//!
//! The floor is SQLite that only reads or deletes the same rows. The time for decryption is printed separately, because an
//! unencrypted store would not need it.
#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time and reads files")]

mod ratio;

use chrono::{DateTime, FixedOffset, TimeDelta};
use preconsult::desk::audit_trail::Action;
use preconsult::desk::store::DateRange;
use preconsult::desk::{AuditNote, Clinic, Desk, FinishedIntake, Passphrase, PrivateKeys};
use preconsult::interview::{AnswersFile, Completeness, Interview};
use preconsult::pack::{Pack, built_in};
use rusqlite::Connection;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

const RECORDS: u32 = 10_000;
/// The number of records of today.
const TODAY: u32 = 40;

const ANSWERS: &str = r#"{"format":1,"pack":"microneedling","answers":{"concerns":["acne-scars","dark-spots"],
    "severity":{"acne-scars":"moderate","dark-spots":"mild"},"skin-health":"good","treatments-had":"1-2","more":false}}"#;

fn main() {
    // `cargo test --benches` only checks that the benchmark runs.
    let count = if std::env::args().any(|argument| argument == "--bench") { RECORDS } else { 50 };
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().join("clinic");
    let now = chrono::Local::now().fixed_offset();
    let passphrase = Passphrase::from("only for figures".to_owned());
    let mut desk =
        Desk::create(&folder, &passphrase, preconsult::desk::key::DEFAULT_WORK_FACTOR, "", now, &AuditNote::default())
            .expect("a clinic");
    let since = Instant::now();
    fill(&mut desk, count, now);
    println!("{count} records stored, each written to disk twice: {:.1?} each", since.elapsed() / count);

    let since = Instant::now();
    let keys = desk.clinic().unlock(&passphrase).expect("the passphrase");
    println!("unlocking: {:.0?}", since.elapsed());
    let bare = Connection::open(folder.join("records.sqlite3")).expect("a database");
    today(&desk, &bare, now);
    search(&desk, &keys, &bare);
    purge(&folder, desk, bare, now);
}

/// Stores a year's intakes; the last ones are of today.
fn fill(desk: &mut Desk, count: u32, now: DateTime<FixedOffset>) {
    let files = built_in();
    let pack = Pack::load(&files).expect("a pack");
    let note = AuditNote { who: "bench".to_owned(), why: None };
    for number in 0..count {
        let days = if number + TODAY >= count { 0 } else { 1 + (count - number) / TODAY };
        let then = now - TimeDelta::days(days.into());
        let mut file = AnswersFile::read(&pack, "answers", ANSWERS, Completeness::Complete).expect("answers");
        let mut interview = Interview::new(&pack, std::mem::take(&mut file.answers));
        interview.label(format!("Patient {number} of the clinic")).expect("a label");
        let finished = interview.finish().expect("finished");
        let intake = desk.begin(then, &note).expect("begun");
        let interviewed = FinishedIntake { finished: &finished, file, pack: Some(&files), started: then };
        desk.finish(intake, 1, interviewed, then, &note).expect("finished");
    }
}

fn today(desk: &Desk, bare: &Connection, now: DateTime<FixedOffset>) {
    let (from, before) = (now.date_naive().to_string(), (now.date_naive() + TimeDelta::days(1)).to_string());
    let span = DateRange { from: Some(&from), before: Some(&before) };
    let ours = best(50, || desk.intakes(span).expect("a list").found.len());
    let query = "SELECT number, started, state, sum FROM intakes WHERE started >= ?1 AND started < ?2 ORDER BY number";
    let floor = best(50, || {
        let mut query = bare.prepare_cached(query).expect("a query");
        let row = |row: &rusqlite::Row<'_>| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        };
        let rows = query.query_map([&from, &before], row).expect("rows");
        rows.map(|row| row.expect("a row")).collect::<Vec<_>>().len()
    });
    report("list of today, locked", ours, floor, None);
}

fn search(desk: &Desk, keys: &PrivateKeys, bare: &Connection) {
    let ours = best(3, || desk.find(keys, DateRange::default(), Some("patient 77")).expect("a search").found.len());
    let read = || -> Vec<Vec<u8>> {
        let mut query = bare.prepare_cached(
            "SELECT number, started, state, sealed.bytes FROM intakes JOIN versions ON intake = number JOIN sealed ON sealed.id = versions.sealed",
        )
        .expect("a query");
        let rows = query.query_map([], |row| row.get(3)).expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    };
    let floor = best(3, || read().len());
    let sealed = read();
    let opening = best(1, || sealed.iter().filter(|bytes| keys.open(bytes).is_some()).count());
    report("search by label", ours, floor, Some(opening));
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!(
        "  (decrypting one record takes {:.0?}; the search does it on all {cores} cores)",
        opening / u32::try_from(sealed.len()).unwrap_or(1)
    );
}

/// Purges all records but today's. The floor deletes the same rows in a copy, and overwrites and compacts like the desk.
fn purge(folder: &Path, mut desk: Desk, bare: Connection, now: DateTime<FixedOffset>) {
    let copy = folder.join("copy.sqlite3");
    std::fs::write(&copy, desk.copy().expect("a copy")).expect("a file");
    let before = now.date_naive().to_string();
    let old = desk.intakes(DateRange { from: None, before: Some(&before) }).expect("a list").found;
    let numbers: Vec<u64> = old.iter().map(|found| found.intake.number).collect();
    drop((desk, bare));
    let mut desk = Desk::open(
        Clinic::find(Some(folder), None, preconsult::storage::own_files::TrustedOwners::default()).expect("a clinic"),
        || {},
    )
    .expect("a desk");
    let note = AuditNote { who: "bench".to_owned(), why: Some("old".to_owned()) };
    let since = Instant::now();
    desk.remove(Action::Purged, &numbers, now, &note).expect("removed");
    desk.compact().expect("compacted");
    let ours = since.elapsed();

    let floor = Connection::open(&copy).expect("a database");
    let settings =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = OFF;";
    floor.execute_batch(settings).expect("settings");
    let since = Instant::now();
    let delete = format!(
        "BEGIN IMMEDIATE;
        DELETE FROM sealed WHERE id IN (SELECT sealed FROM versions JOIN intakes ON intake = number WHERE started < '{before}');
        DELETE FROM sealed WHERE id IN (SELECT note FROM trail JOIN intakes ON intake = number WHERE started < '{before}');
        DELETE FROM versions WHERE intake IN (SELECT number FROM intakes WHERE started < '{before}');
        DELETE FROM intakes WHERE started < '{before}';
        COMMIT; PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"
    );
    floor.execute_batch(&delete).expect("deleted");
    report(&format!("purge of {}", numbers.len()), ours, since.elapsed(), None);
    assert!(preconsult::desk::verify::verify(desk.store(), None, None).expect("a check").problems.is_empty());
}

/// Returns the shortest time of several runs.
fn best(times: u32, mut run: impl FnMut() -> usize) -> Duration {
    let time = |_| {
        let since = Instant::now();
        black_box(run());
        since.elapsed()
    };
    (0..times).map(time).min().unwrap_or_default()
}

fn report(task: &str, ours: Duration, floor: Duration, opening: Option<Duration>) {
    ratio::report(&format!("desk: {task}"), ours, "SQLite alone", floor, None);
    if let Some(opening) = opening {
        println!("  of which decryption on one core {opening:.1?}");
    }
}
