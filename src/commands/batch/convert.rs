//! From some lines to what is delivered for them.

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

/// What becomes of a record.
pub(super) enum OutputMode<'k> {
    /// A line with its summary.
    Lines(Batch<'k>),
    /// Files, and a line with their paths.
    Files { reader: AnswersReader<'k>, plan: &'k OutputPlan, today: NaiveDate },
}

/// One worker's way to do that.
pub(super) enum Converter<'m> {
    Lines(Box<Worker<'m>>),
    Files { reader: &'m AnswersReader<'m>, plan: &'m OutputPlan, today: NaiveDate },
}

/// What some lines have become.
#[derive(Default)]
pub(super) struct ChunkOutput {
    /// Lines to print.
    pub(super) out: Vec<u8>,
    pub(super) files: Vec<RecordFiles>,
    pub(super) records: u64,
    pub(super) failed: u64,
    /// The number of the last line.
    pub(super) last: u64,
    /// Characters that no font has.
    pub(super) missing: BTreeSet<char>,
}

/// The files of one record.
pub(super) struct RecordFiles {
    /// Where in the lines its own begins.
    pub(super) line: usize,
    /// Where in it the paths go.
    pub(super) place: usize,
    pub(super) files: Vec<PendingFile>,
    /// What there was before it: records, those with faults, and the number of the last line.
    pub(super) before: (u64, u64, u64),
}

/// A file that is written when its turn comes: so those of equal names are numbered in the order of their records.
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
    pub(super) fn maker(&self) -> Converter<'_> {
        match self {
            Self::Lines(batch) => Converter::Lines(Box::new(batch.worker())),
            Self::Files { reader, plan, today } => Converter::Files { reader, plan, today: *today },
        }
    }
}

impl Converter<'_> {
    /// Makes what the lines become; with `fail_fast`, up to the first with a fault.
    pub(super) fn make(&mut self, chunk: &Chunk, fail_fast: bool, made: &mut ChunkOutput) -> Result<(), Error> {
        made.last = chunk.before;
        let mut rest = &chunk.bytes[..];
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
            let (line, after) = rest.split_at(end);
            rest = after;
            made.last += 1;
            self.line(line, made)?;
            if fail_fast && made.failed > 0 {
                return Ok(());
            }
        }
        if chunk.too_long {
            made.last += 1;
            made.fault(&too_long(MAX_LINE_BYTES), None);
        }
        Ok(())
    }

    fn line(&mut self, line: &[u8], made: &mut ChunkOutput) -> Result<(), Error> {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // Nobody's record; many programs end a file so.
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        if line.len() > MAX_LINE_BYTES {
            made.fault(&too_long(MAX_LINE_BYTES), None);
            return Ok(());
        }
        match self {
            Self::Lines(worker) => {
                made.records += 1;
                made.failed += u64::from(!worker.process_line(line, made.last, &mut made.out));
            }
            Self::Files { reader, plan, today } => files(reader, plan, *today, line, made)?,
        }
        Ok(())
    }
}

impl ChunkOutput {
    fn fault(&mut self, fault: &RecordError, id: Option<&str>) {
        self.records += 1;
        self.failed += 1;
        fault.write(id, self.last, &mut self.out);
    }
}

fn files(
    reader: &AnswersReader<'_>,
    plan: &OutputPlan,
    today: NaiveDate,
    line: &[u8],
    made: &mut ChunkOutput,
) -> Result<(), Error> {
    let read = read_record(reader, line).and_then(|(file, finished)| {
        let asked_in = interview_language(reader.pack(), plan.languages, file.language.as_deref())?;
        Ok((asked_in, file, finished))
    });
    let (asked_in, mut file, finished) = match read {
        Ok(read) => read,
        Err(fault) => {
            made.fault(&fault, std::str::from_utf8(line).ok().and_then(id_of).as_deref());
            return Ok(());
        }
    };
    file.date = file.date.or(Some(today));
    let mut files = Vec::new();
    for copy in &plan.copies {
        let summary = plan.summary(&finished, &file, asked_in, *copy);
        for format in plan.formats_of(*copy) {
            let page = plan.exporter.export(&summary, format)?;
            made.missing.extend(page.missing);
            files.push(PendingFile { name: output::name_in(&summary, format), format, bytes: page.bytes });
        }
    }
    let (line, before) = (made.out.len(), (made.records, made.failed, made.last - 1));
    made.records += 1;
    write_line_prefix(file.id.as_deref(), made.last, &mut made.out);
    let _ = write!(made.out, "\"files\":[");
    made.files.push(RecordFiles { line, place: made.out.len(), files, before });
    let _ = writeln!(made.out, "]}}");
    Ok(())
}
