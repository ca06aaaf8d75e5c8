//! Converts chunks of input lines to their output.

use super::super::output_plan::OutputPlan;
use crate::batch::{Batch, RecordError, Worker, id_of, interview_language, read_record, too_long, write_line_prefix};
use crate::error::Error;
use crate::export::Format;
use crate::interview::AnswersReader;
use crate::storage::line_reader::{Chunk, MAX_LINE_BYTES};
use crate::storage::output;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::io::Write as _;

/// The output of a batch.
pub(super) enum OutputMode<'k> {
    /// One line per record, with its summary.
    Lines(Batch<'k>),
    /// Files, and one line per record with their paths.
    Files { reader: AnswersReader<'k>, plan: &'k OutputPlan, today: NaiveDate },
}

/// Converts the lines of one worker.
pub(super) enum Converter<'m> {
    Lines(Box<Worker<'m>>),
    Files { reader: &'m AnswersReader<'m>, plan: &'m OutputPlan, today: NaiveDate },
}

/// The output of one chunk.
#[derive(Default)]
pub(super) struct ChunkOutput {
    /// The lines to print.
    pub(super) out: Vec<u8>,
    pub(super) files: Vec<RecordFiles>,
    pub(super) records: u64,
    pub(super) failed: u64,
    /// The number of the last line.
    pub(super) last: u64,
    /// Characters that no font contains.
    pub(super) missing: BTreeSet<char>,
}

/// The files of one record.
pub(super) struct RecordFiles {
    /// The offset of the record's line in the output.
    pub(super) line: usize,
    /// The offset in the output at which the paths are inserted.
    pub(super) place: usize,
    pub(super) files: Vec<PendingFile>,
    /// The counts before this record: records, records with errors, and the number of the last line.
    pub(super) before: (u64, u64, u64),
}

/// A file that is written when its turn comes, so that files of equal names are numbered in the order of their records.
pub(super) struct PendingFile {
    pub(super) name: String,
    pub(super) format: Format,
    pub(super) bytes: Vec<u8>,
}

impl ChunkOutput {
    pub(super) fn clear(&mut self) {
        self.out.clear();
        self.files.clear();
        self.missing.clear();
        (self.records, self.failed) = (0, 0);
    }
}

impl OutputMode<'_> {
    pub(super) fn converter(&self) -> Converter<'_> {
        match self {
            Self::Lines(batch) => Converter::Lines(Box::new(batch.worker())),
            Self::Files { reader, plan, today } => Converter::Files { reader, plan, today: *today },
        }
    }
}

impl Converter<'_> {
    /// Converts the lines of a chunk; with `fail_fast`, up to the first record with an error.
    pub(super) fn convert(&mut self, chunk: &Chunk, fail_fast: bool, output: &mut ChunkOutput) -> Result<(), Error> {
        output.last = chunk.before;
        for (number, line) in chunk.lines() {
            output.last = number;
            match line {
                Some(line) => self.line(line, output)?,
                None => output.fail(&too_long(MAX_LINE_BYTES), None),
            }
            if fail_fast && output.failed > 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    fn line(&mut self, line: &[u8], output: &mut ChunkOutput) -> Result<(), Error> {
        // Blank line: many programs end a file with one.
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        match self {
            Self::Lines(worker) => {
                output.records += 1;
                output.failed += u64::from(!worker.process_line(line, output.last, &mut output.out));
            }
            Self::Files { reader, plan, today } => files(reader, plan, *today, line, output)?,
        }
        Ok(())
    }
}

impl ChunkOutput {
    fn fail(&mut self, error: &RecordError, id: Option<&str>) {
        self.records += 1;
        self.failed += 1;
        error.write(id, self.last, &mut self.out);
    }
}

fn files(
    reader: &AnswersReader<'_>,
    plan: &OutputPlan,
    today: NaiveDate,
    line: &[u8],
    output: &mut ChunkOutput,
) -> Result<(), Error> {
    let record = read_record(reader, line).and_then(|(file, finished)| {
        let asked_in = interview_language(reader.pack(), plan.languages, file.language.as_deref())?;
        Ok((asked_in, file, finished))
    });
    let (asked_in, mut file, finished) = match record {
        Ok(record) => record,
        Err(error) => {
            output.fail(&error, std::str::from_utf8(line).ok().and_then(id_of).as_deref());
            return Ok(());
        }
    };
    file.date = file.date.or(Some(today));
    let mut files = Vec::new();
    for copy in &plan.copies {
        let summary = plan.summary(&finished, &file, asked_in, *copy);
        for format in plan.formats_of(*copy) {
            let page = plan.exporter.export(&summary, format)?;
            output.missing.extend(page.missing);
            files.push(PendingFile { name: output::name_in(&summary, format), format, bytes: page.bytes });
        }
    }
    let (line, before) = (output.out.len(), (output.records, output.failed, output.last - 1));
    output.records += 1;
    write_line_prefix(file.id.as_deref(), output.last, &mut output.out);
    let _ = write!(output.out, "\"files\":[");
    output.files.push(RecordFiles { line, place: output.out.len(), files, before });
    let _ = writeln!(output.out, "]}}");
    Ok(())
}
