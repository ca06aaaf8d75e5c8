//! Reads replies line by line.

use crate::ask::PromptError;
use std::io::{BufRead, Read};

/// Longest line that is read. No pack may allow an answer that long.
const MAX_LINE_BYTES: u64 = 1024 * 1024;

/// Discards the input that came before a prompt. Returns whether there was text among it.
pub(super) type DiscardInput = fn() -> Result<bool, PromptError>;

/// A line of the input.
pub(super) enum InputLine {
    /// A whole line, without its line break and the spaces around it.
    Whole(String),
    /// A line that is not UTF-8.
    NotUtf8,
    /// A line of more than [`MAX_LINE_BYTES`].
    TooLong,
    /// The end of the input. `in_line` is true if the last line has no line break.
    End { in_line: bool },
}

/// Reads replies, and counts them.
#[derive(Debug)]
pub(super) struct ReplyReader<R> {
    input: R,
    /// The number of the last line, counted from 1.
    pub(super) line: usize,
    /// Discards typed input, if someone types the replies; `None` if they come from a file or a pipe.
    discard: Option<DiscardInput>,
}

impl<R: BufRead> ReplyReader<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, line: 0, discard: None }
    }

    /// Reads replies that someone types.
    pub(super) fn typed(self, discard: DiscardInput) -> Self {
        Self { discard: Some(discard), ..self }
    }

    /// Returns whether someone types the replies.
    pub(super) fn is_typed(&self) -> bool {
        self.discard.is_some()
    }

    /// Discards what was typed before a prompt. Returns whether there was text among it.
    pub(super) fn discard_typed(&self) -> Result<bool, PromptError> {
        self.discard.map_or(Ok(false), |discard| discard())
    }

    /// Reads the next line.
    ///
    /// An unfinished last line is not a reply, because it may be cut off: `1` may be the start of `12`. Only `/done` is
    /// unambiguous.
    pub(super) fn read(&mut self) -> Result<InputLine, PromptError> {
        let mut line = Vec::new();
        self.input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
        self.line += 1;
        if line.len() as u64 == MAX_LINE_BYTES && !line.ends_with(b"\n") {
            return Ok(if self.skip_line()? { InputLine::TooLong } else { InputLine::End { in_line: true } });
        }
        if line.last() != Some(&b'\n') && !line.trim_ascii().eq_ignore_ascii_case(b"/done") {
            return Ok(InputLine::End { in_line: !line.is_empty() });
        }
        Ok(match String::from_utf8(line) {
            Ok(line) => InputLine::Whole(line.trim().trim_start_matches('\u{feff}').to_owned()),
            Err(_) => InputLine::NotUtf8,
        })
    }

    /// Skips the rest of a line. Returns whether the line has an end.
    fn skip_line(&mut self) -> Result<bool, PromptError> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let end = memchr::memchr(b'\n', buffer);
            let length = end.map_or(buffer.len(), |index| index + 1);
            self.input.consume(length);
            if end.is_some() {
                return Ok(true);
            }
        }
    }
}
