//! `preconsult batch`: what may be written.

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
    /// The records, one a line; - or nothing is standard input; .gz and .zst are unpacked
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// For whom: patient or clinician; with --out also both
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician", "both"])]
    pub copy: Option<String>,
    /// The date on every page, as YYYY-MM-DD; without it, that of the record, else today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// Write a file for each record into this folder, and its path instead of its summary
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The formats of the files, with commas between
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = formats(), requires = "out")]
    pub format: Vec<Format>,
    /// How many threads work, at most 1024; without it, one for each core
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = in_range::<usize>(1..=1024))]
    pub threads: Option<usize>,
    /// The number of the first line, where the records are a part of more
    #[arg(long, value_name = "N", default_value = "1", allow_negative_numbers = true,
        value_parser = in_range::<NonZeroU64>(1..))]
    pub first_line: NonZeroU64,
    /// Stop after the first record with a fault
    #[arg(long)]
    pub fail_fast: bool,
}

impl BatchArgs {
    /// What is written for each record.
    #[must_use]
    pub fn output(&self) -> OutputArgs {
        OutputArgs {
            config: self.config.clone(),
            out: self.out.clone(),
            format: self.format.clone(),
            copy: self.copy.clone(),
            beside: IntakeArgs { date: self.date, ..IntakeArgs::default() },
            print: None,
        }
    }
}
