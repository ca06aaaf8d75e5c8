//! Reads a batch of records, one per line, from a plain or compressed file or standard input.
//!
//! Each step returns the complete lines that are available, so that a slow sender is not waited for.

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

/// Longest line that is read: ten times the longest answers to the built-in pack.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;

/// Reads complete lines from an input.
pub struct LineReader {
    input: Box<dyn Read + Send>,
    name: String,
    is_compressed: bool,
    /// The start of a line whose end has not been read yet.
    partial: Vec<u8>,
    /// The number of the last line that was returned.
    last_line: u64,
    /// Bytes to read at a time.
    read_size: usize,
    progress: Progress,
}

/// Shared counter of the bytes read from a file.
#[derive(Debug, Clone)]
pub struct Progress {
    read: Arc<AtomicU64>,
    size: Option<u64>,
}

/// Complete lines.
#[derive(Debug, Default)]
pub struct Chunk {
    /// The lines with their line breaks; the last line of the input may lack one.
    pub bytes: Vec<u8>,
    /// The number of the line before the first one, counted from 1; 0 at the start.
    pub before: u64,
    /// True if the next line was longer than [`MAX_LINE_BYTES`] and was skipped.
    pub too_long: bool,
}

impl Chunk {
    /// Returns the lines without their line breaks, each with its number; `None` for one that has more than
    /// [`MAX_LINE_BYTES`].
    pub fn lines(&self) -> impl Iterator<Item = (u64, Option<&[u8]>)> {
        let lines = self.bytes.split_inclusive(|byte| *byte == b'\n').map(|line| {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            (line.len() <= MAX_LINE_BYTES).then_some(line)
        });
        (self.before + 1..).zip(lines.chain(self.too_long.then_some(None)))
    }
}

impl LineReader {
    /// Opens a file, or standard input for `-` or no path. Files that end in `.gz` or `.zst` are decompressed.
    ///
    /// # Errors
    /// Returns an error if the file is missing or cannot be read.
    pub fn open(file: Option<&Path>, read_size: usize) -> Result<Self, StorageError> {
        let progress = Progress { read: Arc::default(), size: None };
        let reader = |input, name, is_compressed, progress| Self {
            input,
            name,
            is_compressed,
            partial: Vec::new(),
            last_line: 0,
            read_size,
            progress,
        };
        let Some(path) = file.filter(|path| *path != Path::new("-")) else {
            return Ok(reader(Box::new(io::stdin()), "standard input".to_owned(), false, progress));
        };
        let failed = |error: io::Error| StorageError::io(FileAction::Read, path, error);
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if metadata.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        let progress = Progress { size: metadata.is_file().then_some(metadata.len()), ..progress };
        let file = CountingReader { file, read: Arc::clone(&progress.read) };
        let has_extension =
            |expected: &str| path.extension().is_some_and(|actual| actual.eq_ignore_ascii_case(expected));
        let input: Box<dyn Read + Send> = match (has_extension("gz"), has_extension("zst")) {
            (true, _) => Box::new(MultiGzDecoder::new(BufReader::new(file))),
            (_, true) => Box::new(ZstdReader::new(BufReader::new(file))),
            _ => Box::new(file),
        };
        Ok(reader(input, Printable::path(path).to_string(), has_extension("gz") || has_extension("zst"), progress))
    }

    /// Numbers the first line as `first`, for an input that is part of a larger file.
    #[must_use]
    pub fn starting_at(self, first: NonZeroU64) -> Self {
        Self { last_line: first.get() - 1, ..self }
    }

    /// Returns a handle to the number of bytes read.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Reads the next lines into `chunk`; returns `false` at the end. It does not wait for more once one line is
    /// complete.
    ///
    /// # Errors
    /// Returns an error if the input cannot be read or decompressed.
    pub fn next(&mut self, chunk: &mut Chunk) -> Result<bool, StorageError> {
        self.fill(chunk).map_err(|source| StorageError::Records {
            name: Printable::line(&self.name),
            after_line: self.last_line,
            is_compressed: self.is_compressed,
            source,
        })
    }

    fn fill(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        let Chunk { bytes, before, too_long } = chunk;
        bytes.clear();
        bytes.append(&mut self.partial);
        (*before, *too_long) = (self.last_line, false);
        loop {
            let count = self.read(bytes)?;
            match memchr::memrchr(b'\n', bytes).map(|index| index + 1) {
                Some(end) if count > 0 => {
                    self.partial.extend_from_slice(&bytes[end..]);
                    bytes.truncate(end);
                }
                _ if count == 0 => {}
                // One more byte may be the carriage return before the line break.
                None if bytes.len() <= MAX_LINE_BYTES + 1 => continue,
                _ => {
                    self.skip_line(bytes)?;
                    *too_long = true;
                }
            }
            let breaks = memchr::memchr_iter(b'\n', bytes).count() as u64;
            let is_unterminated = bytes.last().is_some_and(|byte| *byte != b'\n');
            self.last_line += breaks + u64::from(is_unterminated) + u64::from(*too_long);
            return Ok(!bytes.is_empty() || *too_long);
        }
    }

    /// Skips to the next line break and saves the bytes after it. `bytes` is a buffer, empty on return.
    fn skip_line(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        loop {
            bytes.clear();
            let count = self.read(bytes)?;
            if let Some(end) = memchr::memchr(b'\n', bytes) {
                self.partial.extend_from_slice(&bytes[end + 1..]);
            } else if count > 0 {
                continue;
            }
            bytes.clear();
            return Ok(());
        }
    }

    fn read(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let start = bytes.len();
        bytes.resize(start + self.read_size, 0);
        let result = loop {
            match self.input.read(&mut bytes[start..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        bytes.truncate(start + *result.as_ref().unwrap_or(&0));
        result
    }
}

impl Progress {
    /// Returns the fraction of the file that has been read, from 0 to 1; `None` if its size is unknown.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "the fraction is displayed with two digits")]
    pub fn part(&self) -> Option<f64> {
        let size = self.size.filter(|size| *size > 0)?;
        Some((self.read.load(Ordering::Relaxed) as f64 / size as f64).min(1.0))
    }
}

/// A file that counts the bytes read from it.
struct CountingReader {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for CountingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::{Chunk, LineReader, MAX_LINE_BYTES, Progress};
    use std::io::Read;

    /// A reader that returns a fixed number of bytes at a time.
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

    /// Returns each line's number and length; `None` for a line that is too long.
    fn lines(bytes: &[u8], at_a_time: usize, read_size: usize) -> Vec<(u64, Option<usize>)> {
        let input = Box::new(Slow(bytes.to_vec(), 0, at_a_time));
        let progress = Progress { read: std::sync::Arc::default(), size: None };
        let mut reader = LineReader {
            input,
            name: String::new(),
            is_compressed: false,
            partial: Vec::new(),
            last_line: 0,
            read_size,
            progress,
        };
        let (mut chunk, mut all) = (Chunk::default(), Vec::new());
        while reader.next(&mut chunk).expect("memory can be read") {
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
    fn lines_do_not_depend_on_how_the_bytes_arrive() {
        let text = b"\none\n\r\ntwo three\nlast";
        let expected = [(1, Some(0)), (2, Some(3)), (3, Some(1)), (4, Some(9)), (5, Some(4))];
        for at_a_time in 1..30 {
            for read_size in [1, 2, 7, 4096] {
                assert_eq!(lines(text, at_a_time, read_size), expected, "{at_a_time} {read_size}");
            }
        }
        assert_eq!(lines(b"", 1, 1), []);
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_and_the_next_one_is_read() {
        let long = |length: usize| [b"a\n".to_vec(), vec![b'x'; length], b"\nb\n".to_vec()].concat();
        for read_size in [1 << 10, 1 << 15, 1 << 21] {
            let actual = lines(&long(MAX_LINE_BYTES * 3), usize::MAX, read_size);
            // With a read size that large the line arrives whole, and the caller checks its length.
            assert!(matches!(actual[1], (2, None | Some(3_145_728))), "{actual:?}");
            assert_eq!((actual[0], actual[2]), ((1, Some(1)), (3, Some(1))), "{read_size}");
            assert_eq!(lines(&long(MAX_LINE_BYTES), usize::MAX, read_size)[1], (2, Some(MAX_LINE_BYTES)));
            let is_unterminated = [b"a\n".to_vec(), vec![b'x'; MAX_LINE_BYTES + 2]].concat();
            assert_eq!(lines(&is_unterminated, usize::MAX, 1 << 10)[1], (2, None));
        }
    }
}
