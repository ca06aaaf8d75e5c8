//! The speed of the core compared with its floors: packs, interview, summary, pages, journal.
//! `cargo bench --bench core --no-default-features`.
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time and reads files")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

mod floor;
#[path = "../support/large_packs.rs"]
mod large_packs;
mod ratio;

use chrono::NaiveDate;
use preconsult::answer::{Answer, Answers};
use preconsult::export::{Exporter, Format};
use preconsult::interview::{AnswersFile, Completeness, Interview, Step};
use preconsult::pack::{Language, Pack, PackFiles, built_in};
use preconsult::storage::drafts::{DraftFile, Drafts};
use preconsult::storage::journal::{Header, Journal, JournalEntry};
use preconsult::summary::{CopyKind, Summary, SummaryOptions};
use ratio::Pair;
use serde_json::Value;
use std::cell::RefCell;
use std::fs::File;
use std::hint::black_box;
use std::io::Write;
use std::sync::LazyLock;

const READ_BY_SERDE: &str = "serde_json reads the same files and checks nothing";
const COPIED: &str = "serde_json copies the finished page into a string";

const PAIRS: [Pair; 10] = [
    Pair {
        task: "pack: check the built-in one",
        ours: || check(&FILES),
        floor_text: READ_BY_SERDE,
        floor: parse_files,
        limit: Some(10.0),
    },
    Pair {
        task: "pack: load it, as each start does",
        ours: || _ = black_box(Pack::built_in().is_ok()),
        floor_text: READ_BY_SERDE,
        floor: parse_files,
        limit: None,
    },
    Pair {
        task: "answers: read and check a file",
        ours: || _ = black_box(AnswersFile::read(&PACK, "usual", USUAL, Completeness::Complete).is_ok()),
        floor_text: "serde_json reads it into a struct",
        floor: || _ = black_box(serde_json::from_str::<floor::Record<'_>>(USUAL).is_ok()),
        limit: None,
    },
    Pair {
        task: "interview: every question, one after another",
        ours: || _ = black_box(interview().step()),
        floor_text: "the same answers go into a map",
        floor: || _ = black_box(ANSWERS.iter().map(|(slot, answer)| (*slot, answer.clone())).collect::<Answers>()),
        limit: None,
    },
    Pair {
        task: "summary: rules and every line",
        ours: || _ = black_box(summary()),
        floor_text: "the finished summary is copied",
        floor: || _ = black_box(SUMMARY.clone()),
        limit: None,
    },
    Pair {
        task: "page: text",
        ours: || page(Format::Text),
        floor_text: COPIED,
        floor: || copy(Format::Text),
        limit: None,
    },
    Pair {
        task: "page: markdown",
        ours: || page(Format::Markdown),
        floor_text: COPIED,
        floor: || copy(Format::Markdown),
        limit: None,
    },
    Pair {
        task: "page: html",
        ours: || page(Format::Html),
        floor_text: COPIED,
        floor: || copy(Format::Html),
        limit: None,
    },
    Pair {
        task: "page: json",
        ours: || page(Format::Json),
        floor_text: COPIED,
        floor: || copy(Format::Json),
        limit: None,
    },
    Pair {
        task: "journal: an answer on the disk",
        ours: || JOURNAL.with_borrow_mut(|bench| bench.journal.append(&bench.entry).expect("the answer is saved")),
        floor_text: "as many bytes are written and synced",
        floor: || JOURNAL.with_borrow_mut(JournalBench::write_plain),
        limit: None,
    },
];

const USUAL: &str = include_str!("../cli/pages/patients/usual.json");

static FILES: LazyLock<PackFiles> = LazyLock::new(built_in);
static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::load(&FILES).expect("the built-in pack"));
static ANSWERS: LazyLock<Answers> =
    LazyLock::new(|| AnswersFile::read(&PACK, "usual", USUAL, Completeness::Complete).expect("answers").answers);
static SUMMARY: LazyLock<Summary> = LazyLock::new(summary);
static EXPORTER: LazyLock<Exporter> = LazyLock::new(Exporter::default);
static PAGES: LazyLock<Vec<(Format, String)>> = LazyLock::new(|| {
    let page = |format| EXPORTER.export(&SUMMARY, format).expect("a page").bytes;
    [Format::Text, Format::Markdown, Format::Html, Format::Json]
        .map(|format| (format, String::from_utf8(page(format)).expect("text")))
        .into()
});
thread_local! {
    static JOURNAL: RefCell<JournalBench> = RefCell::new(JournalBench::new());
}

fn main() {
    // `cargo test --benches` only checks that the benchmark runs.
    if !std::env::args().any(|argument| argument == "--bench") {
        return PAIRS.iter().for_each(|pair| [pair.ours, pair.floor].iter().for_each(|run| run()));
    }
    PAIRS.iter().for_each(Pair::report);
    let files = large_packs::times(100);
    let (ours, floor) = ratio::in_turn(3, || ratio::time(|| check(&files)), || ratio::time(|| parse(&files)));
    ratio::report("pack: check one a hundred times as large", ours, READ_BY_SERDE, floor, None);
}

fn parse_files() {
    parse(&FILES);
}

fn parse(files: &PackFiles) {
    let parse = |text: &String| serde_json::from_str::<Value>(text).ok();
    black_box(files.texts.values().filter_map(parse).collect::<Vec<_>>());
}

fn check(files: &PackFiles) {
    let checked = Pack::check(black_box(files), NaiveDate::default());
    assert!(checked.is_ok(), "{}", checked.err().map(|problems| problems.to_string()).unwrap_or_default());
}

fn interview() -> Interview<'static> {
    let mut interview = Interview::new(&PACK, Answers::new());
    while let Step::Ask(slot) = interview.step() {
        let answer = ANSWERS.get(&slot).cloned().unwrap_or(Answer::Skipped);
        interview.answer(answer).expect("an answer that fits");
    }
    interview
}

fn summary() -> Summary {
    let finished = Interview::new(&PACK, ANSWERS.clone()).finish().expect("complete answers");
    let (date, language) = (NaiveDate::default(), Language::default());
    Summary::new(
        &finished,
        SummaryOptions { date, language, asked_in: language, copy: CopyKind::Patient, filled_in_by: None },
    )
}

fn page(format: Format) {
    black_box(EXPORTER.export(&SUMMARY, format).expect("a page"));
}

/// Reads and writes every byte of a finished page once.
fn copy(format: Format) {
    let page = PAGES.iter().find_map(|(name, page)| (*name == format).then_some(page));
    black_box(serde_json::to_string(&page).expect("a string"));
}

/// A journal, and a plain file that receives the same number of bytes.
struct JournalBench {
    journal: Journal<DraftFile>,
    entry: JournalEntry,
    plain: File,
    bytes: Vec<u8>,
    _folder: tempfile::TempDir,
}

impl JournalBench {
    fn new() -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let now = chrono::DateTime::default();
        let header = Header {
            pack: PACK.id.clone(),
            version: PACK.version.clone(),
            hash: PACK.hash.clone(),
            language: "en".to_owned(),
            started: now,
            date: None,
            filled_in_by: None,
            label: None,
            unassigned: Vec::new(),
            browser: None,
        };
        let drafts = Drafts::in_folder(folder.path().join("drafts"));
        let mut journal = Journal::begin(drafts.begin(now), &header);
        let (slot, answer) = ANSWERS.last_key_value().expect("an answer");
        let entry = JournalEntry::answered(&PACK, *slot, answer);
        let length = || -> u64 {
            let files = std::fs::read_dir(drafts.folder()).expect("drafts");
            files.map(|file| file.and_then(|file| file.metadata()).expect("a file").len()).sum()
        };
        journal.append(&entry).expect("the answer is saved");
        let before = length();
        journal.append(&entry).expect("the answer is saved");
        let bytes = vec![b'x'; usize::try_from(length() - before).expect("a length")];
        let plain = File::create_new(folder.path().join("plain")).expect("a file");
        Self { journal, entry, plain, bytes, _folder: folder }
    }

    fn write_plain(&mut self) {
        self.plain.write_all(&self.bytes).and_then(|()| self.plain.sync_data()).expect("the bytes are written");
    }
}
