//! Records, one a line, from a file or standard input, packed or not: as many lines at a time as are there.

use super::error::{FileAction, StorageError};
use super::zstd::ZstdReader;
use crate::printable::Printable;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::num::NonZeroU64;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The longest line that is read; the longest answers to the built-in pack have a tenth of it.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;

/// Lines on their way in.
pub struct LineReader {
    input: Box<dyn Read + Send>,
    name: String,
    packed: bool,
    /// The beginning of a line whose end has not been read.
    begun: Vec<u8>,
    /// The number of the last line that has been given.
    given: u64,
    /// How much is read at a time.
    step: usize,
    progress: Progress,
}

/// How much of a file has been read.
#[derive(Debug, Clone)]
pub struct Progress {
    read: Arc<AtomicU64>,
    size: Option<u64>,
}

/// Some whole lines.
#[derive(Debug, Default)]
pub struct Chunk {
    /// The lines, with their breaks; the last one may lack it.
    pub bytes: Vec<u8>,
    /// The number of the line before them.
    pub before: u64,
    /// Whether the line after them was longer than [`LONGEST`], and has been left out.
    pub too_long: bool,
}

impl LineReader {
    /// Opens a file, or standard input for `-` or no name. What ends in `.gz` or `.zst` is unpacked.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    pub fn open(file: Option<&Path>, step: usize) -> Result<Self, StorageError> {
        let progress = Progress { read: Arc::default(), size: None };
        let lines =
            |input, name, packed, progress| Self { input, name, packed, begun: Vec::new(), given: 0, step, progress };
        let Some(path) = file.filter(|path| *path != Path::new("-")) else {
            return Ok(lines(Box::new(io::stdin()), "standard input".to_owned(), false, progress));
        };
        let failed = |error: io::Error| StorageError::io(FileAction::Read, path, error);
        let file = File::open(path).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        if about.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        let progress = Progress { size: about.is_file().then_some(about.len()), ..progress };
        let file = CountingReader { file, read: Arc::clone(&progress.read) };
        let ends = |end: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(end));
        let input: Box<dyn Read + Send> = match (ends("gz"), ends("zst")) {
            (true, _) => Box::new(MultiGzDecoder::new(BufReader::new(file))),
            (_, true) => Box::new(ZstdReader::new(BufReader::new(file))),
            _ => Box::new(file),
        };
        Ok(lines(input, Printable::path(path).to_string(), ends("gz") || ends("zst"), progress))
    }

    /// The same lines, the first of them with this number: where they are a part of more.
    #[must_use]
    pub fn starting_at(self, first: NonZeroU64) -> Self {
        Self { given: first.get() - 1, ..self }
    }

    /// How much has been read.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Reads the next lines; `false` at the end. A slow sender is not waited for once there is a whole line.
    ///
    /// # Errors
    /// When the input cannot be read, or cannot be unpacked.
    pub fn next(&mut self, chunk: &mut Chunk) -> Result<bool, StorageError> {
        self.fill(chunk).map_err(|source| StorageError::Records {
            name: Printable::line(&self.name),
            after_line: self.given,
            is_compressed: self.packed,
            source,
        })
    }

    fn fill(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        let Chunk { bytes, before, too_long } = chunk;
        bytes.clear();
        bytes.append(&mut self.begun);
        (*before, *too_long) = (self.given, false);
        loop {
            let read = self.read(bytes)?;
            match memchr::memrchr(b'\n', bytes).map(|at| at + 1) {
                Some(end) if read > 0 => {
                    self.begun.extend_from_slice(&bytes[end..]);
                    bytes.truncate(end);
                }
                _ if read == 0 => {}
                // One byte more may be the carriage return before the break.
                None if bytes.len() <= MAX_LINE_BYTES + 1 => continue,
                _ => {
                    self.skip_line(bytes)?;
                    *too_long = true;
                }
            }
            let breaks = memchr::memchr_iter(b'\n', bytes).count() as u64;
            let unended = bytes.last().is_some_and(|byte| *byte != b'\n');
            self.given += breaks + u64::from(unended) + u64::from(*too_long);
            return Ok(!bytes.is_empty() || *too_long);
        }
    }

    /// Reads on to the next line break, and keeps what comes after it. `bytes` is memory, and empty afterwards.
    fn skip_line(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        loop {
            bytes.clear();
            let read = self.read(bytes)?;
            if let Some(end) = memchr::memchr(b'\n', bytes) {
                self.begun.extend_from_slice(&bytes[end + 1..]);
            } else if read > 0 {
                continue;
            }
            bytes.clear();
            return Ok(());
        }
    }

    fn read(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let old = bytes.len();
        bytes.resize(old + self.step, 0);
        let read = loop {
            match self.input.read(&mut bytes[old..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        bytes.truncate(old + *read.as_ref().unwrap_or(&0));
        read
    }
}

impl Progress {
    /// Which part of the file has been read, from 0 to 1; `None` where nobody knows how much there is.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "it is shown with two digits")]
    pub fn part(&self) -> Option<f64> {
        let size = self.size.filter(|size| *size > 0)?;
        Some((self.read.load(Ordering::Relaxed) as f64 / size as f64).min(1.0))
    }
}

/// A file that tells how much of it has been read.
struct CountingReader {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for CountingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::{Chunk, LineReader, MAX_LINE_BYTES, Progress};
    use std::io::Read;

    /// Gives this many bytes at a time.
    struct Slow(Vec<u8>, usize, usize);

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let rest = &self.0[self.1..];
            let count = rest.len().min(self.2).min(buffer.len());
            buffer[..count].copy_from_slice(&rest[..count]);
            self.1 += count;
            Ok(count)
        }
    }

    /// Number, and length or that it was too long, of each line.
    fn lines(bytes: &[u8], at_a_time: usize, step: usize) -> Vec<(u64, Option<usize>)> {
        let input = Box::new(Slow(bytes.to_vec(), 0, at_a_time));
        let progress = Progress { read: std::sync::Arc::default(), size: None };
        let mut lines =
            LineReader { input, name: String::new(), packed: false, begun: Vec::new(), given: 0, step, progress };
        let (mut chunk, mut all) = (Chunk::default(), Vec::new());
        while lines.next(&mut chunk).expect("memory can be read") {
            let mut number = chunk.before;
            for line in chunk.bytes.split_inclusive(|byte| *byte == b'\n') {
                number += 1;
                all.push((number, Some(line.strip_suffix(b"\n").unwrap_or(line).len())));
            }
            if chunk.too_long {
                all.push((number + 1, None));
            }
        }
        all
    }

    #[test]
    fn lines_are_the_same_however_they_come() {
        let text = b"\none\n\r\ntwo three\nlast";
        let expected = [(1, Some(0)), (2, Some(3)), (3, Some(1)), (4, Some(9)), (5, Some(4))];
        for at_a_time in 1..30 {
            for step in [1, 2, 7, 4096] {
                assert_eq!(lines(text, at_a_time, step), expected, "{at_a_time} {step}");
            }
        }
        assert_eq!(lines(b"", 1, 1), []);
    }

    #[test]
    fn a_line_that_is_too_long_is_left_out_and_the_next_one_is_not() {
        let long = |length: usize| [b"a\n".to_vec(), vec![b'x'; length], b"\nb\n".to_vec()].concat();
        for step in [1 << 10, 1 << 15, 1 << 21] {
            let found = lines(&long(MAX_LINE_BYTES * 3), usize::MAX, step);
            // With a step that long it is there at once, and whoever takes the lines sees how long it is.
            assert!(matches!(found[1], (2, None | Some(3_145_728))), "{found:?}");
            assert_eq!((found[0], found[2]), ((1, Some(1)), (3, Some(1))), "{step}");
            assert_eq!(lines(&long(MAX_LINE_BYTES), usize::MAX, step)[1], (2, Some(MAX_LINE_BYTES)));
            let unended = [b"a\n".to_vec(), vec![b'x'; MAX_LINE_BYTES + 2]].concat();
            assert_eq!(lines(&unended, usize::MAX, 1 << 10)[1], (2, None));
        }
    }
}
