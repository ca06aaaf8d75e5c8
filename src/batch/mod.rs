//! Batch conversion: one JSON record with answers per line in, one summary per line out.
//!
//! A record is processed like the file of `preconsult summarize`: by [`AnswersReader`], [`Finished`], the rules, and
//! the JSON writer of [`crate::summary`]. A batch shares what depends on the pack alone between all records: the names,
//! by hash, and the escaped texts.
//!
//! # Beyond one machine
//!
//! Records are independent lines, so an existing engine can distribute them. `tests/spark/summaries.py` is the complete
//! job for Apache Spark. A test kills processes during the job and compares its output with that of one process. These
//! features make it possible:
//!
//! - `--threads 1` limits a process to one thread.
//! - Exit code 2 means errors in records; 1 or a signal means that the work was not done.
//! - Every record has an output line.
//! - `--first-line` numbers the lines of a part as in the whole input.
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
    /// The reader that the summaries are for.
    pub copy: CopyKind,
}

/// A pack prepared for many records.
#[derive(Debug)]
pub struct Batch<'p> {
    reader: AnswersReader<'p>,
    options: BatchOptions,
    /// One writer for each language of the pack, in the pack's order.
    writers: Vec<JsonWriter<'p>>,
}

/// Converts one line after another into a summary; each thread has its own worker.
#[derive(Debug)]
pub struct Worker<'b> {
    batch: &'b Batch<'b>,
    /// A buffer that is reused for every record.
    matches: RuleMatches,
}

impl<'p> Batch<'p> {
    /// Prepares a pack.
    #[must_use]
    pub fn new(pack: &'p Pack, options: BatchOptions) -> Self {
        let languages = pack.languages.iter().filter_map(|tag| pack.language(tag));
        let writers = languages.map(|language| JsonWriter::new(pack, language, options.copy)).collect();
        Self { reader: AnswersReader::new(pack), options, writers }
    }

    /// Creates a worker for one thread.
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
    /// Appends the output line of a record. Returns whether the record has a summary.
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
        let summary_options = SummaryOptions { date, language, asked_in, copy, filled_in_by: file.filled_in_by };
        self.matches.evaluate(pack, finished.answers());
        write_line_prefix(file.id.as_deref(), number, out);
        out.extend_from_slice(b"\"summary\":");
        let input = SummaryInput {
            options: summary_options,
            asked: finished.asked(),
            answers: finished.answers(),
            matches: &self.matches,
            unassigned: &file.unassigned,
        };
        self.batch.writer(language).write(&input, out);
        out.extend_from_slice(b"}\n");
        Ok(())
    }
}

/// Reads a record. The answers are only in the second result; the `answers` of the first are empty.
///
/// # Errors
/// Returns an error if the record is not UTF-8, or its answers are invalid or incomplete.
pub fn read_record<'p>(reader: &AnswersReader<'p>, line: &[u8]) -> Result<(AnswersFile, Finished<'p>), RecordError> {
    let text = std::str::from_utf8(line).map_err(|error| {
        let message = format!("the record is not UTF-8 text (byte {})", error.valid_up_to() + 1);
        RecordError::new("not-utf8", message)
    })?;
    reader.read_finished("", text).map_err(|problems| RecordError::from_problems(&problems))
}

/// Returns the language of a record's interview.
///
/// # Errors
/// Returns an error if the pack does not have the language.
pub fn interview_language(pack: &Pack, languages: Languages, tag: Option<&str>) -> Result<Language, RecordError> {
    languages.asked(pack, tag).ok_or_else(|| {
        let tag = Printable::line(tag.unwrap_or_default());
        let message = format!("the pack {} has no language {tag}", pack.id);
        RecordError { path: Some("$.language".to_owned()), ..RecordError::new("unknown-language", message) }
    })
}

/// Returns the error of a line over the limit.
#[must_use]
pub fn too_long(max_bytes: usize) -> RecordError {
    RecordError::new("line-too-long", format!("the line has more than {max_bytes} bytes, the maximum"))
}
