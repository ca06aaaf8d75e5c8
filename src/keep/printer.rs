//! The system's print service, by `lp`.

use crate::error::Error;
use crate::letterhead::Paper;
use crate::messages::Words;
use crate::printable::Printable;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Sends a file to a printer, or to the default one, and gives the name of the printer that took it.
///
/// What goes wrong is told in these words. The job is called `preconsult`, not after the file: a print queue is no place
/// for a patient's label.
///
/// # Errors
/// When the print service is not there or refuses; the file stays where it is.
pub fn print(file: &Path, printer: Option<&str>, paper: Paper, words: &Words) -> Result<String, Error> {
    let mut command = command(printer, paper);
    // After `--`, a file whose name starts with a hyphen is still a file.
    let output = command.stdin(Stdio::null()).arg("--").arg(file).output();
    answer(output, printer, &words.say("printer-by-hand"), words)
}

/// Sends a page to a printer without a file of it, as [`print()`] does with one. `instead` is what can be done where there is
/// no print service.
///
/// # Errors
/// As [`print()`]; the page is nowhere then.
#[cfg(feature = "desk")]
pub fn print_bytes(
    page: &[u8],
    printer: Option<&str>,
    paper: Paper,
    instead: &str,
    words: &Words,
) -> Result<String, Error> {
    let run = || {
        let mut command = command(printer, paper);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A service that refuses closes its input early, and says why on its standard error.
            let _ = std::io::Write::write_all(&mut stdin, page);
        }
        child.wait_with_output()
    };
    answer(run(), printer, instead, words)
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

/// The name of the printer, from what `lp` answered.
fn answer(
    output: std::io::Result<Output>,
    printer: Option<&str>,
    instead: &str,
    words: &Words,
) -> Result<String, Error> {
    let output = output.map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::NotFound => words.with("printer-install", [("instead", instead.into())]),
            _ => instead.to_owned(),
        };
        Error::failed(words.say("printer-not-started")).hint(hint).spoken(words)
    })?;
    if !output.status.success() {
        let why = reason(&String::from_utf8_lossy(&output.stderr));
        let message = words.with("printer-refused", [("why", why.into())]);
        return Err(Error::failed(message).hint(words.say("printer-choose")).spoken(words));
    }
    let answer = String::from_utf8_lossy(&output.stdout);
    let name = printer_of(&answer).or(printer).map_or_else(|| words.say("printer-default"), str::to_owned);
    Ok(Printable::line(&name).to_string())
}

/// From `lp: Error - no default destination available.`: what is the matter.
fn reason(complaint: &str) -> String {
    let said = Printable::line(complaint);
    let said = said.as_str().trim_start_matches("lp: ").trim_start_matches("Error - ").trim_end_matches('.');
    if said.is_empty() { String::new() } else { format!(": {said}") }
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
    fn a_complaint_is_told_without_its_frame() {
        for (complaint, told) in [
            ("lp: Error - No default destination.\n", ": No default destination"),
            ("lp: The printer or class does not exist.\n", ": The printer or class does not exist"),
            ("", ""),
        ] {
            assert_eq!(reason(complaint), told);
        }
    }
}
