//! The system's print service, by `lp`.

use crate::letterhead::Paper;
use crate::printable::Printable;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Why a page was not printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The print service could not be started.
    #[error("could not start the print service: {0}")]
    NotStarted(io::Error),
    /// The print service refused the job.
    #[error("the print service refused: {reason}")]
    Refused {
        /// The reason that it gave; may be empty.
        reason: Printable,
    },
}

/// Sends a file to a printer, or to the default one, and gives the name of the printer that accepted it, if the service
/// said so.
///
/// The job is called `preconsult`, not after the file: a print queue is no place for a patient's label.
///
/// # Errors
/// When the print service is missing or refuses; the file is not touched.
pub fn print(file: &Path, printer: Option<&str>, paper: Paper) -> Result<Option<Printable>, PrintError> {
    let mut command = command(printer, paper);
    // After `--`, a file whose name starts with a hyphen is still a file.
    let output = command.stdin(Stdio::null()).arg("--").arg(file).output();
    printer_name(output, printer)
}

/// Sends a page to a printer without a file of it, as [`print()`] does with one.
///
/// # Errors
/// As [`print()`]; the page is not kept anywhere.
#[cfg(feature = "desk")]
pub fn print_bytes(page: &[u8], printer: Option<&str>, paper: Paper) -> Result<Option<Printable>, PrintError> {
    let run = || {
        let mut command = command(printer, paper);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A service that refuses closes its input early, and says why on its standard error.
            let _ = std::io::Write::write_all(&mut stdin, page);
        }
        child.wait_with_output()
    };
    printer_name(run(), printer)
}

fn command(printer: Option<&str>, paper: Paper) -> Command {
    let media = match paper {
        Paper::A4 => "media=A4",
        Paper::Letter => "media=Letter",
    };
    let mut command = Command::new("lp");
    command.args(["-t", "preconsult", "-o", media]);
    if let Some(printer) = printer {
        command.arg("-d").arg(printer);
    }
    command
}

/// The name of the printer, from the output of `lp`.
fn printer_name(output: io::Result<Output>, printer: Option<&str>) -> Result<Option<Printable>, PrintError> {
    let output = output.map_err(PrintError::NotStarted)?;
    if !output.status.success() {
        return Err(PrintError::Refused { reason: reason(&String::from_utf8_lossy(&output.stderr)) });
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(printer_of(&text).or(printer).map(Printable::line))
}

/// From `lp: Error - no default destination available.`: what is the matter.
fn reason(complaint: &str) -> Printable {
    let line = Printable::line(complaint);
    Printable::line(line.as_str().trim_start_matches("lp: ").trim_start_matches("Error - ").trim_end_matches('.'))
}

/// From `request id is NAME-12 (1 file(s))`: the name.
fn printer_of(answer: &str) -> Option<&str> {
    let id = answer.split_whitespace().find(|word| {
        word.rsplit_once('-')
            .is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    })?;
    id.rsplit_once('-').map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::{printer_of, reason};

    #[test]
    fn the_printer_is_in_the_answer() {
        for (answer, printer) in [
            ("request id is PDF-12 (1 file(s))\n", Some("PDF")),
            ("Auftrags-ID ist front-desk-7 (1 Datei(en))\n", Some("front-desk")),
            ("", None),
        ] {
            assert_eq!(printer_of(answer), printer);
        }
    }

    #[test]
    fn a_complaint_is_reported_without_its_prefix() {
        for (complaint, reported) in [
            ("lp: Error - No default destination.\n", "No default destination"),
            ("lp: The printer or class does not exist.\n", "The printer or class does not exist"),
            ("", ""),
        ] {
            assert_eq!(reason(complaint).as_str(), reported);
        }
    }
}
