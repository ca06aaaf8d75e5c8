//! The rows that a list has on the screen, and how they change.

use super::look::width;
use crate::wrap::wrapped;
use crossterm::cursor::{Hide, MoveTo, MoveUp, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{Clear, ClearType, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, queue};
use std::io::{Result, Write, stderr};

/// Rows on the screen, with the cursor at the start of the last. While it lives keys come one by one, and what is pasted
/// comes as such.
pub(super) struct Frame {
    rows: Vec<String>,
    is_shown: bool,
}

impl Frame {
    /// A frame that begins where the cursor is.
    pub(super) fn begin() -> Result<Self> {
        enable_raw_mode()?;
        Ok(Self { rows: Vec::new(), is_shown: false })
    }

    /// Shows these rows in place of those before. What stays alike is not written again. They have to fit the screen.
    pub(super) fn show(&mut self, rows: Vec<String>) -> Result<()> {
        let mut out = Vec::new();
        if !std::mem::replace(&mut self.is_shown, true) {
            queue!(out, EnableBracketedPaste)?;
        }
        queue!(out, Hide)?;
        up(&mut out, self.rows.len())?;
        let height = rows.len().max(self.rows.len());
        for at in 0..height {
            if at > 0 {
                out.write_all(b"\r\n")?;
            }
            if rows.get(at) != self.rows.get(at) {
                queue!(out, Clear(ClearType::CurrentLine))?;
                out.write_all(rows.get(at).map_or(b"", |row| row.as_bytes()))?;
            }
        }
        up(&mut out, (height + 1).saturating_sub(rows.len()))?;
        queue!(out, Show)?;
        self.rows = rows;
        stderr().write_all(&out)
    }

    /// Begins again on a clear screen, under these texts: where the terminal has put the rows is not known any more.
    pub(super) fn begin_again(&mut self, above: &[String]) -> Result<()> {
        self.rows.clear();
        start_screen(above)
    }

    /// Leaves these rows, or those that there are, on the screen, and goes on below.
    pub(super) fn end(mut self, rows: Option<Vec<String>>) -> Result<()> {
        rows.map_or(Ok(()), |rows| self.show(rows))?;
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
pub(super) fn start_screen(above: &[String]) -> Result<()> {
    let mut out = Vec::new();
    queue!(out, Clear(ClearType::All), MoveTo(0, 0))?;
    for text in above {
        for line in wrapped(text, width(), 0) {
            write!(out, "{line}\r\n")?;
        }
    }
    stderr().write_all(&out)
}

/// From the last of so many rows to the start of the first.
fn up(out: &mut Vec<u8>, rows: usize) -> Result<()> {
    out.write_all(b"\r")?;
    match u16::try_from(rows) {
        Ok(rows @ 2..) => queue!(out, MoveUp(rows - 1)),
        _ => Ok(()),
    }
}
