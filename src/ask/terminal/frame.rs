//! The rows that a prompt has on the screen, and how they change.

use super::style::width;
use crate::wrap::wrapped;
use crossterm::cursor::{Hide, MoveRight, MoveTo, MoveUp, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{Clear, ClearType, DisableLineWrap, EnableLineWrap, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, queue};
use std::io::{Result, Write, stderr};

/// Rows that are to be on the screen.
#[derive(Default)]
pub(super) struct FrameContent {
    pub(super) rows: Vec<String>,
    /// The row and the column that the cursor is in.
    pub(super) cursor: (usize, usize),
}

impl FrameContent {
    /// These rows, with the cursor at the start of the last.
    pub(super) fn of(rows: Vec<String>) -> Self {
        Self { cursor: (rows.len().saturating_sub(1), 0), rows }
    }
}

/// A picture on the screen. While it lives keys come one by one, and what is pasted comes as such.
pub(super) struct Frame {
    shown: FrameContent,
    is_shown: bool,
}

impl Frame {
    /// A frame that begins where the cursor is.
    pub(super) fn begin() -> Result<Self> {
        enable_raw_mode()?;
        Ok(Self { shown: FrameContent::default(), is_shown: false })
    }

    /// Shows this in place of what was there before. What stays alike is not written again. It has to fit the screen.
    pub(super) fn show(&mut self, picture: FrameContent) -> Result<()> {
        let mut out = Vec::new();
        if !std::mem::replace(&mut self.is_shown, true) {
            queue!(out, EnableBracketedPaste)?;
        }
        // Terminals differ in how wide they draw some signs: what is too long for its row ends there, and moves no other.
        queue!(out, Hide, DisableLineWrap)?;
        let before = std::mem::replace(&mut self.shown, picture);
        let FrameContent { rows, cursor: (row, column) } = &self.shown;
        move_up(&mut out, before.cursor.0)?;
        let height = rows.len().max(before.rows.len());
        for at in 0..height {
            if at > 0 {
                out.write_all(b"\r\n")?;
            }
            if rows.get(at) != before.rows.get(at) {
                queue!(out, Clear(ClearType::CurrentLine))?;
                out.write_all(rows.get(at).map_or(b"", |row| row.as_bytes()))?;
            }
        }
        move_up(&mut out, height.saturating_sub(row + 1))?;
        if let Some(columns @ 1..) = to_u16(*column) {
            queue!(out, MoveRight(columns))?;
        }
        queue!(out, EnableLineWrap, Show)?;
        stderr().write_all(&out)
    }

    /// Begins again on a clear screen, under these texts: where the terminal has put the rows is not known any more.
    pub(super) fn redraw_from_top(&mut self, above: &[String]) -> Result<()> {
        self.shown = FrameContent::default();
        clear_and_print(above)
    }

    /// Leaves these rows, or those that there are, on the screen, and goes on below.
    pub(super) fn end(mut self, rows: Option<Vec<String>>) -> Result<()> {
        let rows = rows.unwrap_or_else(|| self.shown.rows.clone());
        self.show(FrameContent::of(rows))?;
        stderr().write_all(b"\r\n")
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        let _ = execute!(stderr(), DisableBracketedPaste);
        let _ = disable_raw_mode();
    }
}

/// A clear screen with these texts on it.
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

/// To the start of the row that is so many higher.
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
