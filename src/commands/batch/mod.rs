//! `preconsult batch`: records in, summaries out, in the same order, on all cores.
//!
//! Each worker takes some lines, makes what they become, and waits for its turn to deliver it. So there is one chunk a
//! worker in memory, however many records there are.

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

/// How much is read at a time: some forty records, whose summaries are half a megabyte.
const CHUNK_BYTES: usize = 32 * 1024;

/// A page takes a thousand times as long as a line, and few at a time keep all cores at work.
const STEP_FOR_FILES: usize = 1024;

pub(super) fn run(args: &BatchArgs) -> Result<(), Error> {
    let pack = load_pack(&args.pack)?;
    let output = args.output();
    let settings = config_file::load(output.config.config.as_deref())?;
    let plan = OutputPlan::new(&pack, &settings, &args.pack, &output)?;
    let today = today();
    let (kind, step) = if args.out.is_some() {
        output::check_folder(&plan.folder, FolderPurpose::Summaries)?;
        (OutputMode::Files { reader: AnswersReader::new(&pack), plan: &plan, today }, STEP_FOR_FILES)
    } else {
        let &[copy] = plan.copies.as_slice() else {
            return Err(Error::input("a line takes one copy")
                .hint("choose --copy patient or --copy clinician, or have files written with --out DIR"));
        };
        let options = BatchOptions { date: plan.date, today, languages: plan.languages, copy };
        (OutputMode::Lines(Batch::new(&pack, options)), CHUNK_BYTES)
    };
    let lines = LineReader::open(args.file.as_deref(), step)?.starting_at(args.first_line);
    let shown = ProgressLine::new(lines.progress(), args.first_line);
    let turns = Arc::new(OrderedOutput::new(shown, plan.folder.clone(), args.fail_fast));
    signals::watch(&turns);
    let source = Mutex::new(Source { lines, next: 0, ended: false });
    let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    std::thread::scope(|scope| {
        for _ in 1..args.threads.unwrap_or_else(cores) {
            scope.spawn(|| work(&source, &turns, kind.maker()));
        }
        work(&source, &turns, kind.maker());
    });
    turns.finish()
}

/// The lines that nobody has taken yet.
struct Source {
    lines: LineReader,
    /// The number of the next chunk.
    next: u64,
    ended: bool,
}

impl Source {
    fn take(&mut self, chunk: &mut Chunk) -> Option<(u64, Result<(), Error>)> {
        if self.ended {
            return None;
        }
        let number = self.next;
        self.next += 1;
        let taken = self.lines.next(chunk);
        self.ended = !matches!(taken, Ok(true));
        match taken {
            Ok(false) => None,
            taken => Some((number, taken.map(|_| ()).map_err(Error::from))),
        }
    }
}

fn work(source: &Mutex<Source>, turns: &OrderedOutput, mut maker: Converter<'_>) {
    let _guard = turns.guard();
    let (mut chunk, mut made) = (Chunk::default(), ChunkOutput::default());
    while !turns.is_stopped() {
        let taken = source.lock().unwrap_or_else(PoisonError::into_inner).take(&mut chunk);
        let Some((number, taken)) = taken else { return };
        made.clear();
        let taken = taken.and_then(|()| maker.make(&chunk, turns.fails_fast(), &mut made));
        turns.deliver(number, &mut made, taken);
    }
}
