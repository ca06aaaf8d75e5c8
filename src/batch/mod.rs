//! Many records, one a line: answers as JSON in, summaries as JSON out.
//!
//! A record goes one of two ways to the same line. The long way is that of `preconsult summarize`: [`AnswersFile::read`],
//! [`Summary`], its JSON. The short way reads the line without building a tree (`read`) and fills moulds (`page`) that
//! were cut from the page of the first record in the language. It takes only records without a fault, so every fault is
//! told by the one reader that knows them all. Both ways judge answers, conditions and rules by the same functions, and
//! tests hold their lines against each other.
//!
//! # Beyond one machine
//!
//! Records are lines that know nothing of each other, so an engine that exists spreads them: `tests/spark/summaries.py` is
//! the whole of it for Apache Spark, and a test holds its output against that of one process, with processes killed under
//! way. What makes it possible: one thread with `--threads 1`, exit codes that tell a fault in a record (2) from work that
//! was not done (1, or a signal), a line for every record, and `--first-line`, by which a part numbers its lines as the whole
//! does.
//!
//! ```python
#![doc = include_str!("../../tests/spark/summaries.py")]
//! ```

mod cursor;
mod fault;
mod index;
mod mould;
mod page;
mod read;
mod table;
mod write;

pub use fault::{Fault, begin_line, id_of};

use crate::answer::AnswerKey;
use crate::interview::{AnswersFile, Finished, Interview, Need};
use crate::pack::{Language, Pack};
use crate::summary::{Copy, Languages, Setting, Summary};
use chrono::NaiveDate;
use index::Index;
use page::Page;
use std::sync::OnceLock;
use table::{Memory, Table};
use write::{Draft, Sheet};

/// What holds for every record.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// The date for all, whatever the records say.
    pub date: Option<NaiveDate>,
    /// The date for records that name none.
    pub today: NaiveDate,
    /// The languages.
    pub languages: Languages,
    /// For whom.
    pub copy: Copy,
}

/// A pack made ready for many records.
#[derive(Debug)]
pub struct Batch<'p> {
    pack: &'p Pack,
    terms: Terms,
    index: Index,
    /// By language, as soon as there has been a record in it.
    pages: Vec<OnceLock<Page>>,
}

/// How far a record gets; each stage holds the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is read, and found to fit.
    Read,
    /// The rules have spoken.
    Rules,
}

/// Makes one line after another; each thread has one.
#[derive(Debug)]
pub struct Worker<'b> {
    batch: &'b Batch<'b>,
    table: Table,
    memory: Memory,
    asked: Vec<AnswerKey>,
    draft: Draft,
    short_ways: u64,
}

impl<'p> Batch<'p> {
    /// Makes a pack ready.
    #[must_use]
    pub fn new(pack: &'p Pack, terms: Terms) -> Self {
        let pages = pack.languages.iter().map(|_| OnceLock::new()).collect();
        Self { pack, terms, index: Index::new(pack), pages }
    }

    /// Somebody who does the work.
    #[must_use]
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            batch: self,
            table: Table::new(self.pack.questions.len()),
            memory: Memory::default(),
            asked: Vec::new(),
            draft: Draft::default(),
            short_ways: 0,
        }
    }

    /// The page of a language, if one has been made.
    fn page(&self, language: Language) -> &OnceLock<Page> {
        let at = self.pack.languages.iter().position(|tag| tag == self.pack.tag(language));
        &self.pages[at.unwrap_or_default()]
    }

    fn long_way(&self, line: &[u8], number: u64, out: &mut Vec<u8>) -> Result<(), Fault> {
        let (file, finished) = open(self.pack, line)?;
        let asked_in = asked_in(self.pack, self.terms.languages, file.language.as_deref())?;
        let Terms { date, today, languages, copy } = self.terms;
        let language = languages.of_copy(copy, asked_in);
        let date = date.or(file.date).unwrap_or(today);
        let setting = Setting { date, language, asked_in, copy, filled_in_by: file.filled_in_by };
        let summary = Summary::new(&finished, setting);
        begin_line(file.id.as_deref(), number, out);
        out.extend_from_slice(b"\"summary\":");
        out.extend_from_slice(summary.to_json().to_string().as_bytes());
        out.extend_from_slice(b"}\n");
        self.page(language).get_or_init(|| Page::of(self.pack, language, &summary));
        Ok(())
    }
}

impl Worker<'_> {
    /// Writes the line for a record; whether it has a summary.
    pub fn line(&mut self, line: &[u8], number: u64, out: &mut Vec<u8>) -> bool {
        let text = std::str::from_utf8(line);
        if text.is_ok_and(|text| self.short_way(text, number, out).is_some()) {
            self.short_ways += 1;
            return true;
        }
        let start = out.len();
        let Err(fault) = self.batch.long_way(line, number, out) else { return true };
        out.truncate(start);
        fault.write(text.ok().and_then(id_of).as_deref(), number, out);
        false
    }

    /// How many records went the short way.
    #[must_use]
    pub fn short_ways(&self) -> u64 {
        self.short_ways
    }

    /// Takes a record the short way up to a stage and writes nothing; whether it got there. For who wants to know what
    /// takes the time.
    pub fn up_to(&mut self, stage: Stage, line: &str) -> bool {
        let Self { batch: Batch { pack, index, .. }, table, memory, asked, draft, .. } = self;
        if read::read(pack, index, line, table, memory, asked).is_none() {
            return false;
        }
        if stage == Stage::Rules {
            draft.apply_rules(pack, index, table);
        }
        true
    }

    /// Does nothing and gives `None` where the long way is needed.
    fn short_way(&mut self, line: &str, number: u64, out: &mut Vec<u8>) -> Option<()> {
        let Self { batch: Batch { pack, terms, index, .. }, table, memory, asked, draft, .. } = self;
        let beside = read::read(pack, index, line, table, memory, asked)?;
        let named = beside.language.as_deref();
        // A language that the pack lacks is a fault, even where another one is wanted.
        if named.is_some_and(|tag| pack.language(tag).is_none()) {
            return None;
        }
        let asked_in = asked_in(pack, terms.languages, named).ok()?;
        let page = self.batch.page(terms.languages.of_copy(terms.copy, asked_in)).get()?;
        let date = terms.date.or(beside.date).unwrap_or(terms.today);
        begin_line(beside.id.as_deref(), number, out);
        out.extend_from_slice(b"\"summary\":");
        Sheet { pack, index, page, table, asked }.write(&beside, date, draft, out);
        out.extend_from_slice(b"}\n");
        Some(())
    }
}

/// Reads a record whole.
///
/// # Errors
/// What is wrong with it.
pub fn open<'p>(pack: &'p Pack, line: &[u8]) -> Result<(AnswersFile, Finished<'p>), Fault> {
    let text = std::str::from_utf8(line).map_err(|error| {
        Fault::new("not-utf8", format!("the record is not UTF-8 text (byte {})", error.valid_up_to() + 1))
    })?;
    let file = AnswersFile::read(pack, "", text, Need::Complete).map_err(|problems| Fault::all(&problems))?;
    let finished = Interview::new(pack, file.answers.clone()).finish();
    let finished = finished.map_err(|_| Fault::new("missing-answer", "a required question has no answer"))?;
    Ok((file, finished))
}

/// The language that a record was asked in.
///
/// # Errors
/// When the pack does not have it.
pub fn asked_in(pack: &Pack, languages: Languages, named: Option<&str>) -> Result<Language, Fault> {
    let tag = named.unwrap_or_default();
    languages.asked(pack, named).ok_or_else(|| {
        let message = format!("the pack {} has no language {}", pack.id, crate::printable::Printable::line(tag));
        Fault { path: Some("$.language".to_owned()), ..Fault::new("unknown-language", message) }
    })
}

/// The fault of a line that is longer than anybody's answers.
#[must_use]
pub fn too_long(longest: usize) -> Fault {
    Fault::new("line-too-long", format!("the line has more than {longest} bytes, and that is the most"))
}
