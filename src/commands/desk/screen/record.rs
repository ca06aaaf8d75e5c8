//! A record on the screen, on paper and in a file.

use super::session::{ScreenExit, Session, error_text};
use crate::cli::{OutputArgs, RecordSelector};
use crate::commands::desk::export::{Export, export};
use crate::commands::desk::print::{PrintJob, Printed};
use crate::commands::desk::show;
use crate::desk::audit_trail::Action;
use crate::export::Format;
use std::path::PathBuf;

impl Session<'_> {
    pub(super) fn show(&mut self, number: u64) -> Result<(), ScreenExit> {
        let opened = self.opened(number)?;
        let shown = show::page(&self.desk, &opened, None)?.on_screen(&opened.finished()?);
        let by = self.by(None);
        opened.record_action(&mut self.desk, Action::Shown, &by)?;
        self.page_through(&shown)
    }

    /// A text in pieces that fit the screen.
    fn page_through(&mut self, text: &str) -> Result<(), ScreenExit> {
        let rows = crossterm::terminal::size().map_or(24, |(_, rows)| usize::from(rows));
        let lines: Vec<&str> = text.trim_end().lines().collect();
        let pieces = pieces(&lines, rows.saturating_sub(12).max(8));
        let mut at = 0;
        loop {
            let place = [("piece", (at + 1).into()), ("pieces", pieces.len().into())];
            self.start_screen(&self.words.format("desk-piece", place));
            self.say(&pieces[at].join("\n"));
            let mut ways = Vec::new();
            if at + 1 < pieces.len() {
                ways.push((self.words.get("desk-next"), at + 1));
            }
            if at > 0 {
                ways.push((self.words.get("desk-previous"), at - 1));
            }
            let choices: Vec<String> = ways.iter().map(|(way, _)| way.clone()).collect();
            at = ways[self.choose(&self.words.get("desk-menu"), &choices, true)?].1;
        }
    }

    pub(super) fn print(&mut self, number: u64) -> Result<(), ScreenExit> {
        let copy = self.copy()?;
        let opened = self.opened(number)?;
        let which = RecordSelector { number, version: None, lang: None };
        let job = PrintJob { which: &which, copy: Some(&copy), printer: None };
        let by = self.by(None);
        let Printed { printer, recorded } = job.print(&mut self.desk, &opened, &by, &self.words)?;
        let mut lines = vec![self.words.format("desk-printed", [("printer", printer.into())])];
        lines.extend(recorded.err().map(|error| error_text(&error.into())));
        self.message = Some(lines.join("\n"));
        Ok(())
    }

    pub(super) fn export(&mut self, number: u64) -> Result<(), ScreenExit> {
        let copy = self.copy()?;
        let names: Vec<String> = Format::ALL.iter().map(|format| format.name().to_owned()).collect();
        let format = Format::ALL[self.choose(&self.words.get("desk-format"), &names, true)?];
        let before = self.settings.config.out.clone().unwrap_or_else(|| PathBuf::from("."));
        let folder = PathBuf::from(self.line("desk-folder", &before.display().to_string())?);
        let opened = self.opened(number)?;
        let output = OutputArgs { copy: Some(copy), format: vec![format], out: Some(folder), ..OutputArgs::default() };
        let page = opened.page(&self.desk, None, output)?;
        let by = self.by(None);
        let Export { paths, result } = export(&mut self.desk, &opened, &page, &by, &self.words)?;
        let written = |path: &PathBuf| self.words.format("desk-written", [("path", path.display().to_string().into())]);
        let mut lines: Vec<String> = paths.iter().map(written).collect();
        lines.extend(result.err().as_ref().map(error_text));
        self.message = Some(lines.join("\n"));
        Ok(())
    }

    fn copy(&self) -> Result<String, ScreenExit> {
        let choices = ["copy-patient", "copy-clinician", "desk-copy-both"].map(|key| self.words.get(key));
        let chosen = self.choose(&self.words.get("desk-copy"), &choices, true)?;
        Ok(["patient", "clinician", "both"][chosen].to_owned())
    }
}

/// Lines in pieces of at most so many. One that is set in stays with what stands above it, as far as a piece has room.
fn pieces<'t>(lines: &'t [&'t str], most: usize) -> Vec<&'t [&'t str]> {
    let (mut pieces, mut rest) = (Vec::new(), lines);
    while rest.len() > most {
        let begins = |at: &usize| !rest[*at].starts_with(' ');
        let (piece, after) = rest.split_at((1..=most).rev().find(begins).unwrap_or(most));
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn what_is_set_in_stays_with_what_it_belongs_to() {
        let whole = ["Acne scars", "    Severity: Mild", "Redness", "    Severity: Severe", ""];
        let (first, second) = whole.split_at(2);
        assert_eq!(pieces(&whole, 3), [first, second]);
        assert_eq!(pieces(&whole, 2), [first, &whole[2..4], &whole[4..]]);
        assert_eq!(pieces(&whole, 5), [&whole]);
        // What no piece has room for is cut where the piece is full.
        let long = ["* a text", "  that goes", "  on and on", "  and on"];
        assert_eq!(pieces(&long, 2), [&long[..2], &long[2..]]);
    }
}
