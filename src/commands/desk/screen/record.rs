//! Shows, prints and exports a record from the screen.

use super::session::{ScreenExit, Session, error_text};
use crate::cli::{OutputArgs, RecordSelector};
use crate::commands::desk::export::{Export, export};
use crate::commands::desk::print::{PrintJob, PrintResult};
use crate::commands::desk::show;
use crate::desk::audit_trail::Action;
use crate::export::Format;
use std::path::PathBuf;

impl Session<'_> {
    pub(super) fn show(&mut self, number: u64) -> Result<(), ScreenExit> {
        let opened = self.opened(number)?;
        let text = show::page(&self.desk, &opened, None)?.on_screen(&opened.finished()?);
        let note = self.audit_note(None);
        opened.record_action(&mut self.desk, Action::Shown, &note)?;
        self.page_through(&text)
    }

    /// Shows a text in pages that fit the screen.
    fn page_through(&mut self, text: &str) -> Result<(), ScreenExit> {
        let rows = crossterm::terminal::size().map_or(24, |(_, rows)| usize::from(rows));
        let lines: Vec<&str> = text.trim_end().lines().collect();
        let pages = paginate(&lines, rows.saturating_sub(12).max(8));
        let mut index = 0;
        loop {
            let place = [("piece", (index + 1).into()), ("pieces", pages.len().into())];
            self.start_screen(&self.words.format("desk-piece", place));
            self.say(&pages[index].join("\n"));
            let mut targets = Vec::new();
            if index + 1 < pages.len() {
                targets.push((self.words.get("desk-next"), index + 1));
            }
            if index > 0 {
                targets.push((self.words.get("desk-previous"), index - 1));
            }
            let choices: Vec<String> = targets.iter().map(|(label, _)| label.clone()).collect();
            index = targets[self.choose(&self.words.get("desk-menu"), &choices, true)?].1;
        }
    }

    pub(super) fn print(&mut self, number: u64) -> Result<(), ScreenExit> {
        let (copy, large_print) = self.copy()?;
        let PrintResult { printer, recorded } = self.send(number, Some(copy), large_print)?;
        let mut lines = vec![self.words.format("desk-printed", [("printer", printer.into())])];
        lines.extend(recorded.err().map(|error| error_text(&error.into())));
        self.message = Some(lines.join("\n"));
        Ok(())
    }

    /// Prints the copies that the settings name of several intakes, and says which were printed. The first error ends it.
    pub(super) fn print_each(&mut self, numbers: &[u64]) -> Result<(), ScreenExit> {
        let (mut printed, mut at, mut problem) = (Vec::new(), String::new(), None);
        for number in numbers {
            problem = match self.send(*number, None, false) {
                Ok(PrintResult { printer, recorded }) => {
                    printed.push(number.to_string());
                    at = printer;
                    recorded.err().map(|error| error_text(&error.into()))
                }
                Err(ScreenExit::Error(error)) => {
                    let parameters = [("number", (*number).into()), ("why", error_text(&error).into())];
                    Some(self.words.format("desk-not-printed", parameters))
                }
                Err(stop) => return Err(stop),
            };
            if problem.is_some() {
                break;
            }
        }
        let (count, intakes) = (printed.len(), printed.join(", "));
        let parameters = [("printer", at.into()), ("count", count.into()), ("intakes", intakes.into())];
        let report = (count > 0).then(|| self.words.format("desk-printed-several", parameters));
        self.message = Some(report.into_iter().chain(problem).collect::<Vec<_>>().join("\n"));
        Ok(())
    }

    /// Sends a record to the default printer; without `copy`, the copies that the settings name.
    fn send(&mut self, number: u64, copy: Option<&str>, large_print: bool) -> Result<PrintResult, ScreenExit> {
        let opened = self.opened(number)?;
        let which = RecordSelector { number, version: None, lang: None };
        let job = PrintJob { which: &which, copy, large_print, printer: None };
        let note = self.audit_note(None);
        // Several pages take longer than a person may be idle.
        self.watch.touch();
        Ok(job.print(&mut self.desk, &opened, &note, &self.words)?)
    }

    pub(super) fn export(&mut self, number: u64) -> Result<(), ScreenExit> {
        let (copy, large_print) = self.copy()?;
        let names: Vec<String> = Format::ALL.iter().map(|format| format.name().to_owned()).collect();
        let format = Format::ALL[self.choose(&self.words.get("desk-format"), &names, true)?];
        let before = self.settings.config.out.clone().unwrap_or_else(|| PathBuf::from("."));
        let folder = PathBuf::from(self.line("desk-folder", &before.display().to_string())?);
        let opened = self.opened(number)?;
        let output = OutputArgs {
            copy: Some(copy.to_owned()),
            format: vec![format],
            out: Some(folder),
            large_print,
            ..OutputArgs::default()
        };
        let page = opened.page(&self.desk, None, &output)?;
        let note = self.audit_note(None);
        let Export { paths, result } = export(&mut self.desk, &opened, &page, &note, &self.words)?;
        let written = |path: &PathBuf| self.words.format("desk-written", [("path", path.display().to_string().into())]);
        let mut lines: Vec<String> = paths.iter().map(written).collect();
        lines.extend(result.err().as_ref().map(error_text));
        self.message = Some(lines.join("\n"));
        Ok(())
    }

    /// Asks which copy is wanted, and whether in large print.
    fn copy(&self) -> Result<(&'static str, bool), ScreenExit> {
        const COPIES: [(&str, &str, bool); 4] = [
            ("copy-patient", "patient", false),
            ("copy-clinician", "clinician", false),
            ("desk-copy-both", "both", false),
            ("desk-copy-large", "patient", true),
        ];
        let choices = COPIES.map(|(key, ..)| self.words.get(key));
        let (_, copy, large_print) = COPIES[self.choose(&self.words.get("desk-copy"), &choices, true)?];
        Ok((copy, large_print))
    }
}

/// Splits lines into pages of at most `max_lines`. Indented lines stay on the page of the line above them if possible.
fn paginate<'t>(lines: &'t [&'t str], max_lines: usize) -> Vec<&'t [&'t str]> {
    let (mut pages, mut rest) = (Vec::new(), lines);
    while rest.len() > max_lines {
        let is_break = |index: &usize| !rest[*index].starts_with(' ');
        let (page, remainder) = rest.split_at((1..=max_lines).rev().find(is_break).unwrap_or(max_lines));
        pages.push(page);
        rest = remainder;
    }
    pages.push(rest);
    pages
}

#[cfg(test)]
mod tests {
    use super::paginate;

    #[test]
    fn indented_lines_stay_with_the_line_above() {
        let whole = ["Acne scars", "    Severity: Mild", "Redness", "    Severity: Severe", ""];
        let (first, second) = whole.split_at(2);
        assert_eq!(paginate(&whole, 3), [first, second]);
        assert_eq!(paginate(&whole, 2), [first, &whole[2..4], &whole[4..]]);
        assert_eq!(paginate(&whole, 5), [&whole]);
        // A group that is longer than a page is split at the page's end.
        let long = ["* a text", "  that goes", "  on and on", "  and on"];
        assert_eq!(paginate(&long, 2), [&long[..2], &long[2..]]);
    }
}
