//! Many records, one a line: answers as JSON in, summaries as JSON out.
//!
//! A record takes the same way as the file of `preconsult summarize`: [`AnswersReader`], [`Finished`], the rules, and the
//! JSON writer of [`crate::summary`]. A batch only keeps for all records what depends on the pack alone: its names by
//! hash, and its texts, escaped.
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

mod record_error;

pub use record_error::{RecordError, id_of, write_line_prefix};

use crate::interview::{AnswersFile, AnswersReader, Finished};
use crate::pack::{Language, Pack};
use crate::printable::Printable;
use crate::summary::{CopyKind, JsonWriter, Languages, RuleMatches, SummaryInput, SummaryOptions};
use chrono::NaiveDate;

/// The options that apply to every record.
#[derive(Debug, Clone, Copy)]
pub struct BatchOptions {
    /// The date of every summary; if `None`, that of the record.
    pub date: Option<NaiveDate>,
    /// The date of records without one.
    pub today: NaiveDate,
    /// The languages of summaries.
    pub languages: Languages,
    /// Whom the summaries are for.
    pub copy: CopyKind,
}

/// A pack prepared for many records.
#[derive(Debug)]
pub struct Batch<'p> {
    reader: AnswersReader<'p>,
    options: BatchOptions,
    /// For each language of the pack.
    writers: Vec<JsonWriter<'p>>,
}

/// Turns one line after another into a summary; each thread has its own.
#[derive(Debug)]
pub struct Worker<'b> {
    batch: &'b Batch<'b>,
    /// Kept for its allocations.
    matches: RuleMatches,
}

impl<'p> Batch<'p> {
    /// Prepares a pack.
    #[must_use]
    pub fn new(pack: &'p Pack, options: BatchOptions) -> Self {
        let languages = pack.languages.iter().filter_map(|tag| pack.language(tag));
        let writers = languages.map(|language| JsonWriter::new(pack, language)).collect();
        Self { reader: AnswersReader::new(pack), options, writers }
    }

    /// A worker for one thread.
    #[must_use]
    pub fn worker(&self) -> Worker<'_> {
        Worker { batch: self, matches: RuleMatches::default() }
    }

    fn writer(&self, language: Language) -> &JsonWriter<'p> {
        let pack = self.reader.pack();
        let index = pack.languages.iter().position(|tag| tag == pack.tag(language));
        &self.writers[index.unwrap_or_default()]
    }
}

impl Worker<'_> {
    /// Appends the output line of a record; returns whether it has a summary.
    pub fn process_line(&mut self, line: &[u8], number: u64, out: &mut Vec<u8>) -> bool {
        let start = out.len();
        let Err(error) = self.write_summary(line, number, out) else { return true };
        out.truncate(start);
        error.write(std::str::from_utf8(line).ok().and_then(id_of).as_deref(), number, out);
        false
    }

    fn write_summary(&mut self, line: &[u8], number: u64, out: &mut Vec<u8>) -> Result<(), RecordError> {
        let Batch { reader, options, .. } = self.batch;
        let pack = reader.pack();
        let (file, finished) = read_record(reader, line)?;
        let BatchOptions { date, today, languages, copy } = *options;
        let asked_in = interview_language(pack, languages, file.language.as_deref())?;
        let language = languages.of_copy(copy, asked_in);
        let date = date.or(file.date).unwrap_or(today);
        let setting = SummaryOptions { date, language, asked_in, copy, filled_in_by: file.filled_in_by };
        self.matches.evaluate(pack, finished.answers());
        write_line_prefix(file.id.as_deref(), number, out);
        out.extend_from_slice(b"\"summary\":");
        let input =
            SummaryInput { setting, asked: finished.asked(), answers: finished.answers(), matches: &self.matches };
        self.batch.writer(language).write(&input, out);
        out.extend_from_slice(b"}\n");
        Ok(())
    }
}

/// Reads a record. The answers are in the second result alone.
///
/// # Errors
/// What is wrong with it.
pub fn read_record<'p>(reader: &AnswersReader<'p>, line: &[u8]) -> Result<(AnswersFile, Finished<'p>), RecordError> {
    let text = std::str::from_utf8(line).map_err(|error| {
        let message = format!("the record is not UTF-8 text (byte {})", error.valid_up_to() + 1);
        RecordError::new("not-utf8", message)
    })?;
    reader.read_finished("", text).map_err(|problems| RecordError::from_problems(&problems))
}

/// The language that a record was asked in.
///
/// # Errors
/// When the pack does not have it.
pub fn interview_language(pack: &Pack, languages: Languages, tag: Option<&str>) -> Result<Language, RecordError> {
    languages.asked(pack, tag).ok_or_else(|| {
        let tag = Printable::line(tag.unwrap_or_default());
        let message = format!("the pack {} has no language {tag}", pack.id);
        RecordError { path: Some("$.language".to_owned()), ..RecordError::new("unknown-language", message) }
    })
}

/// The error of a line over the limit.
#[must_use]
pub fn too_long(longest: usize) -> RecordError {
    RecordError::new("line-too-long", format!("the line has more than {longest} bytes, and that is the most"))
}
