//! `preconsult batch`: converts records to summaries, in input order, on all cores.
//!
//! Each worker takes a chunk of lines, converts it, and waits for its turn to deliver the output. So memory holds one
//! chunk per worker, however many records there are.

mod convert;
mod ordered_output;
mod progress;
mod signals;

use super::output_plan::OutputPlan;
use super::{load_pack, today};
use crate::batch::{Batch, BatchOptions};
use crate::cli::BatchArgs;
use crate::error::Error;
use crate::interview::AnswersReader;
use crate::storage::config_file;
use crate::storage::error::FolderPurpose;
use crate::storage::line_reader::{Chunk, LineReader};
use crate::storage::output;
use convert::{ChunkOutput, Converter, OutputMode};
use ordered_output::OrderedOutput;
use progress::ProgressLine;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

/// The bytes read at a time: about forty records, whose summaries take half a megabyte.
const CHUNK_BYTES: usize = 32 * 1024;

/// The bytes read at a time if pages are written. A page takes a thousand times as long as a line, so chunks are small.
const FILES_CHUNK_BYTES: usize = 1024;

pub(super) fn run(args: &BatchArgs) -> Result<(), Error> {
    let pack = load_pack(&args.pack)?;
    let output = args.output();
    let settings = config_file::load(output.config.config.as_deref())?;
    let plan = OutputPlan::new(&pack, &settings, &args.pack, &output)?;
    let today = today();
    let (mode, chunk_bytes) = if args.out.is_some() {
        output::check_folder(&plan.folder, FolderPurpose::Summaries)?;
        (OutputMode::Files { reader: AnswersReader::new(&pack), plan: &plan, today }, FILES_CHUNK_BYTES)
    } else {
        let &[copy] = plan.copies.as_slice() else {
            return Err(Error::input("an output line holds one copy, but several are selected")
                .hint("choose --copy patient or --copy clinician, or write files with --out DIR"));
        };
        let options = BatchOptions { date: plan.date, today, languages: plan.languages, copy };
        (OutputMode::Lines(Batch::new(&pack, options)), CHUNK_BYTES)
    };
    let lines = LineReader::open(args.file.as_deref(), chunk_bytes)?.starting_at(args.first_line);
    let progress = ProgressLine::new(lines.progress(), args.first_line);
    let output = Arc::new(OrderedOutput::new(progress, plan.folder.clone(), args.fail_fast));
    signals::watch(&output);
    let source = Mutex::new(ChunkSource { lines, next: 0, ended: false });
    let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    std::thread::scope(|scope| {
        for _ in 1..args.threads.unwrap_or_else(cores) {
            scope.spawn(|| work(&source, &output, mode.converter()));
        }
        work(&source, &output, mode.converter());
    });
    output.finish()
}

/// The lines that no worker has taken yet.
struct ChunkSource {
    lines: LineReader,
    /// The number of the next chunk.
    next: u64,
    ended: bool,
}

impl ChunkSource {
    fn take(&mut self, chunk: &mut Chunk) -> Option<(u64, Result<(), Error>)> {
        if self.ended {
            return None;
        }
        let number = self.next;
        self.next += 1;
        let result = self.lines.next(chunk);
        self.ended = !matches!(result, Ok(true));
        match result {
            Ok(false) => None,
            result => Some((number, result.map(|_| ()).map_err(Error::from))),
        }
    }
}

fn work(source: &Mutex<ChunkSource>, output: &OrderedOutput, mut converter: Converter<'_>) {
    let _guard = output.guard();
    let (mut chunk, mut converted) = (Chunk::default(), ChunkOutput::default());
    while !output.is_stopped() {
        let next = source.lock().unwrap_or_else(PoisonError::into_inner).take(&mut chunk);
        let Some((number, result)) = next else { return };
        converted.clear();
        let result = result.and_then(|()| converter.convert(&chunk, output.fails_fast(), &mut converted));
        output.deliver(number, &mut converted, result);
    }
}
