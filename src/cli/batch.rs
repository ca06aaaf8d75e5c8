//! The options of `preconsult batch`.

use super::number::in_range;
use super::output::{date, formats};
use super::{ConfigArgs, IntakeArgs, OutputArgs, PackArgs};
use crate::export::Format;
use chrono::NaiveDate;
use clap::Args;
use std::num::NonZeroU64;
use std::path::PathBuf;

/// The options of `batch`.
#[derive(Debug, Clone, Args)]
pub struct BatchArgs {
    /// File with one record per line, may be .gz or .zst; - for standard input [default: standard input]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings file.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Copy to write; `both` needs --out [default: `copy` in the settings, else patient]
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician", "both"])]
    pub copy: Option<String>,
    /// Date on every page, as YYYY-MM-DD [default: the record's date, else today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// Write a file per record into this folder, and print its path instead of the summary
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Formats of the files, separated by commas [default: `formats` in the settings]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = formats(), requires = "out")]
    pub format: Vec<Format>,
    /// Number of threads, at most 1024 [default: one per core]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = in_range::<usize>(1..=1024))]
    pub threads: Option<usize>,
    /// Line number of the first record, if the input is part of a larger file
    #[arg(long, value_name = "N", default_value = "1", allow_negative_numbers = true,
        value_parser = in_range::<NonZeroU64>(1..))]
    pub first_line: NonZeroU64,
    /// Stop after the first record with an error
    #[arg(long)]
    pub fail_fast: bool,
}

impl BatchArgs {
    /// Returns the output options for each record.
    #[must_use]
    pub fn output(&self) -> OutputArgs {
        OutputArgs {
            large_print: false,
            config: self.config.clone(),
            out: self.out.clone(),
            format: self.format.clone(),
            copy: self.copy.clone(),
            metadata: IntakeArgs { date: self.date, ..IntakeArgs::default() },
            print: None,
        }
    }
}
