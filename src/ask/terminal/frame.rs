//! Draws the rows of a prompt and updates them in place.

use super::style::width;
use crate::wrap::wrapped;
use crossterm::cursor::{Hide, MoveRight, MoveTo, MoveUp, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{Clear, ClearType, DisableLineWrap, EnableLineWrap, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, queue};
use std::io::{Result, Write, stderr};

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
pub(super) struct Frame {
    drawn: FrameContent,
    is_drawn: bool,
}

impl Frame {
    /// Starts a frame at the cursor's row.
    pub(super) fn begin() -> Result<Self> {
        enable_raw_mode()?;
        Ok(Self { drawn: FrameContent::default(), is_drawn: false })
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
        stderr().write_all(&out)
    }

    /// Clears the screen, prints the texts and starts again below them, because a resize moves rows unpredictably.
    pub(super) fn redraw_from_top(&mut self, above: &[String]) -> Result<()> {
        self.drawn = FrameContent::default();
        clear_and_print(above)
    }

    /// Ends the frame: leaves the given rows, or the current ones, on the screen and moves below them.
    pub(super) fn end(mut self, rows: Option<Vec<String>>) -> Result<()> {
        let rows = rows.unwrap_or_else(|| self.drawn.rows.clone());
        self.show(FrameContent::from_rows(rows))?;
        stderr().write_all(b"\r\n")
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        let _ = execute!(stderr(), DisableBracketedPaste);
        let _ = disable_raw_mode();
    }
}

/// Clears the screen and prints the texts from its top.
fn clear_and_print(above: &[String]) -> Result<()> {
    let mut out = Vec::new();
    queue!(out, Clear(ClearType::All), MoveTo(0, 0))?;
    for text in above {
        for line in wrapped(text, width(), 0) {
            write!(out, "{line}\r\n")?;
        }
    }
    stderr().write_all(&out)
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
