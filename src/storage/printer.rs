//! Printing through the system's `lp` command.

use crate::letterhead::Paper;
use crate::printable::Printable;
use std::io::{self, Write};
use std::process::{Command, Output, Stdio};

/// An error of printing.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The print service could not be started.
    #[error("could not start the print service: {0}")]
    NotStarted(io::Error),
    /// The print service refused the job.
    #[error("the print service refused the job: {reason}")]
    Refused {
        /// The reason that the service gave; may be empty.
        reason: Printable,
    },
}

/// Sends a page to a printer, by default the system's, and returns the name of the printer if the service reported one.
///
/// The page goes to standard input and the job is named `preconsult`: a print queue must not show a patient's label, which
/// the name of a file may contain.
///
/// # Errors
/// Returns an error if the print service is missing or refuses the job.
pub fn print(page: &[u8], printer: Option<&str>, paper: Paper) -> Result<Option<Printable>, PrintError> {
    let run = || {
        let mut command = command(printer, paper);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A service that refuses the job closes its input early; the reason is on its standard error.
            let _ = stdin.write_all(page);
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

/// Reads the printer's name from the output of `lp`.
fn printer_name(output: io::Result<Output>, printer: Option<&str>) -> Result<Option<Printable>, PrintError> {
    let output = output.map_err(PrintError::NotStarted)?;
    if !output.status.success() {
        return Err(PrintError::Refused { reason: reason(&String::from_utf8_lossy(&output.stderr)) });
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(parse_printer(&text).or(printer).map(Printable::line))
}

/// Extracts the reason from an error such as `lp: Error - no default destination available.`.
fn reason(stderr: &str) -> Printable {
    let line = Printable::line(stderr);
    Printable::line(line.as_str().trim_start_matches("lp: ").trim_start_matches("Error - ").trim_end_matches('.'))
}

/// Extracts the name from a reply such as `request id is NAME-12 (1 file(s))`.
fn parse_printer(reply: &str) -> Option<&str> {
    let id = reply.split_whitespace().find(|word| {
        word.rsplit_once('-')
            .is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    })?;
    id.rsplit_once('-').map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::{parse_printer, reason};

    #[test]
    fn the_printer_is_read_from_the_reply() {
        for (reply, printer) in [
            ("request id is PDF-12 (1 file(s))\n", Some("PDF")),
            ("Auftrags-ID ist front-desk-7 (1 Datei(en))\n", Some("front-desk")),
            ("", None),
        ] {
            assert_eq!(parse_printer(reply), printer);
        }
    }

    #[test]
    fn an_error_is_reported_without_its_prefix() {
        for (stderr, expected) in [
            ("lp: Error - No default destination.\n", "No default destination"),
            ("lp: The printer or class does not exist.\n", "The printer or class does not exist"),
            ("", ""),
        ] {
            assert_eq!(reason(stderr).as_str(), expected);
        }
    }
}
