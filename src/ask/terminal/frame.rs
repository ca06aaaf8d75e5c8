//! Draws the rows of a prompt and updates them in place.

use super::key_reader::KeyReader;
use super::style::line_width;
use crate::wrap::wrapped;
use crossterm::cursor::{Hide, MoveRight, MoveTo, MoveUp, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::terminal::{Clear, ClearType, DisableLineWrap, EnableLineWrap};
use std::io::{Result, Write};

/// The rows to draw and the cursor position.
#[derive(Default)]
pub(super) struct FrameContent {
    pub(super) rows: Vec<String>,
    /// The row and the column of the cursor, from 0.
    pub(super) cursor: (usize, usize),
}

impl FrameContent {
    /// Creates content from rows, with the cursor at the start of the last row.
    pub(super) fn from_rows(rows: Vec<String>) -> Self {
        Self { cursor: (rows.len().saturating_sub(1), 0), rows }
    }
}

/// The rows of a prompt on the screen. The terminal is in raw mode, with bracketed paste, until the frame is dropped.
pub(super) struct Frame<'k> {
    pub(super) keys: &'k mut KeyReader,
    drawn: FrameContent,
    is_drawn: bool,
}

impl<'k> Frame<'k> {
    /// Starts a frame at the cursor's row.
    pub(super) fn begin(keys: &'k mut KeyReader) -> Result<Self> {
        keys.console.set_raw_mode(true)?;
        Ok(Self { keys, drawn: FrameContent::default(), is_drawn: false })
    }

    /// Replaces the rows on the screen and writes only those that changed. The content has to fit the screen.
    pub(super) fn show(&mut self, content: FrameContent) -> Result<()> {
        let mut out = Vec::new();
        if !std::mem::replace(&mut self.is_drawn, true) {
            queue!(out, EnableBracketedPaste)?;
        }
        // Terminals differ in the width of some characters. Without line wrap, a row that is too long moves no other
        // row.
        queue!(out, Hide, DisableLineWrap)?;
        let previous = std::mem::replace(&mut self.drawn, content);
        let FrameContent { rows, cursor: (row, column) } = &self.drawn;
        move_up(&mut out, previous.cursor.0)?;
        let height = rows.len().max(previous.rows.len());
        for index in 0..height {
            if index > 0 {
                out.write_all(b"\r\n")?;
            }
            if rows.get(index) != previous.rows.get(index) {
                queue!(out, Clear(ClearType::CurrentLine))?;
                out.write_all(rows.get(index).map_or(b"", |row| row.as_bytes()))?;
            }
        }
        move_up(&mut out, height.saturating_sub(row + 1))?;
        if let Some(columns @ 1..) = to_u16(*column) {
            queue!(out, MoveRight(columns))?;
        }
        queue!(out, EnableLineWrap, Show)?;
        self.keys.console.write(&out)
    }

    /// Clears the screen, prints the texts and starts again below them, because a resize moves rows unpredictably.
    pub(super) fn redraw_from_top(&mut self, above: &[String]) -> Result<()> {
        self.drawn = FrameContent::default();
        let width = line_width(self.keys.console.size().0);
        let mut out = Vec::new();
        queue!(out, Clear(ClearType::All), MoveTo(0, 0))?;
        for line in above.iter().flat_map(|text| wrapped(text, width, 0)) {
            write!(out, "{line}\r\n")?;
        }
        self.keys.console.write(&out)
    }

    /// Ends the frame: leaves the given rows, or the current ones, on the screen and moves below them.
    pub(super) fn end(mut self, rows: Option<Vec<String>>) -> Result<()> {
        let rows = rows.unwrap_or_else(|| self.drawn.rows.clone());
        self.show(FrameContent::from_rows(rows))?;
        self.keys.console.write(b"\r\n")
    }
}

impl Drop for Frame<'_> {
    fn drop(&mut self) {
        let mut out = Vec::new();
        let _ = queue!(out, DisableBracketedPaste);
        let _ = self.keys.console.write(&out);
        let _ = self.keys.console.set_raw_mode(false);
    }
}

/// Moves the cursor up by a number of rows, to the start of the row.
fn move_up(out: &mut Vec<u8>, rows: usize) -> Result<()> {
    out.write_all(b"\r")?;
    match to_u16(rows) {
        Some(rows @ 1..) => queue!(out, MoveUp(rows)),
        _ => Ok(()),
    }
}

fn to_u16(count: usize) -> Option<u16> {
    u16::try_from(count).ok()
}
