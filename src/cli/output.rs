//! The options of all commands that write a summary.

use super::ConfigArgs;
use crate::export::Format;
use crate::interview::FilledInBy;
use crate::summary::CopyKind;
use chrono::NaiveDate;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// The output: formats, copies and folder.
#[derive(Debug, Clone, Default, Args)]
pub struct OutputArgs {
    /// The settings file.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Output folder [default: `out` in the settings, else the current folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// File formats, separated by commas [default: `formats` in the settings]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = formats())]
    pub format: Vec<Format>,
    /// Copy to write [default: `copy` in the settings, else patient]
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician", "both"])]
    pub copy: Option<String>,
    /// Set the patient's PDF and HTML in large print, at 18 points
    #[arg(long)]
    pub large_print: bool,
    /// The intake's label, date and author.
    #[command(flatten)]
    pub metadata: IntakeArgs,
    /// Also print the page, on this printer [default: the system's default printer]
    #[arg(long, value_name = "PRINTER", num_args = 0..=1)]
    pub print: Option<Option<String>>,
}

/// Data about an intake: its label, its date and who filled it in.
#[derive(Debug, Clone, Default, Args)]
pub struct IntakeArgs {
    /// Label of the intake: the patient's chosen name or the clinic's code
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    /// Date on the page, as YYYY-MM-DD [default: the date in the answers, else today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// Who filled in the form
    #[arg(long, value_name = "WHO", value_parser = filled_in_by_parser())]
    pub filled_in_by: Option<FilledInBy>,
}

impl OutputArgs {
    /// Returns the copies of the option, else of the settings, else the patient's.
    #[must_use]
    pub fn copies(&self, settings: Option<&str>) -> Vec<CopyKind> {
        match self.copy.as_deref().or(settings) {
            Some("clinician") => vec![CopyKind::Clinician],
            Some("both") => vec![CopyKind::Patient, CopyKind::Clinician],
            _ => vec![CopyKind::Patient],
        }
    }
}

pub(super) fn formats() -> impl TypedValueParser<Value = Format> {
    formats_among(|_| true)
}

/// Parses a format of the blank form, which is filled in by pen.
pub(super) fn form_formats() -> impl TypedValueParser<Value = Format> {
    formats_among(|name| ["pdf", "html", "text"].contains(&name))
}

fn formats_among(fits: impl Fn(&str) -> bool) -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.name()).filter(|name| fits(name)))
        .map(|name| Format::named(&name).unwrap_or_default())
}

pub(super) fn filled_in_by_parser() -> impl TypedValueParser<Value = FilledInBy> {
    PossibleValuesParser::new(FilledInBy::ALL.map(FilledInBy::name))
        .map(|name| FilledInBy::ALL.into_iter().find(|by| by.name() == name).unwrap_or(FilledInBy::Patient))
}

pub(super) fn date(text: &str) -> Result<NaiveDate, String> {
    crate::answer::parse_date(text).ok_or_else(|| {
        let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let message =
            if shape == "0000-00-00" { "there is no such day" } else { "write it as YYYY-MM-DD, such as 2026-11-22" };
        message.to_owned()
    })
}
