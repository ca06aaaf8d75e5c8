//! The options of every command that writes a summary.

use super::ConfigArgs;
use crate::export::Format;
use crate::interview::FilledInBy;
use crate::summary::CopyKind;
use chrono::NaiveDate;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// What is written, and where.
#[derive(Debug, Clone, Default, Args)]
pub struct OutputArgs {
    /// The settings.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// The folder for the summary file; without it, that of the settings, else the one you are in
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The formats, with commas between
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = formats())]
    pub format: Vec<Format>,
    /// For whom: patient, clinician or both
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician", "both"])]
    pub copy: Option<String>,
    /// What stands beside the answers.
    #[command(flatten)]
    pub beside: IntakeArgs,
    /// Send the page to this printer too, or to the default one
    #[arg(long, value_name = "PRINTER", num_args = 0..=1)]
    pub print: Option<Option<String>>,
}

/// What stands beside the answers: whose they are, and who gave them when.
#[derive(Debug, Clone, Default, Args)]
pub struct IntakeArgs {
    /// Name the intake: the patient's chosen name or the clinic's code
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    /// The date on the page, as YYYY-MM-DD; without it, that of the answers, else today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// Who filled it in: patient, staff or together
    #[arg(long, value_name = "WHO", value_parser = filled_in_by_parser())]
    pub filled_in_by: Option<FilledInBy>,
}

impl OutputArgs {
    /// The copies asked for, else those of the settings, else the patient's.
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

/// The formats that one can fill in by pen.
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
        let why =
            if shape == "0000-00-00" { "there is no such day" } else { "write it as YYYY-MM-DD, such as 2026-11-22" };
        why.to_owned()
    })
}
