//! The options of `preconsult desk invite`.

use super::number::in_range;
use super::output::filled_in_by_parser;
use crate::interview::FilledInBy;
use clap::Args;
use std::path::PathBuf;

/// The options of `desk invite`.
#[derive(Debug, Clone, Args)]
pub struct InviteArgs {
    /// Label of the intake: the patient's chosen name or the clinic's code; kept encrypted
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    /// Language of the questions, such as en or es [default: the patient chooses]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Who fills in the form
    #[arg(long, value_name = "WHO", value_parser = filled_in_by_parser())]
    pub filled_in_by: Option<FilledInBy>,
    /// Folder of the server's pack, to check the label and the language [default: the built-in microneedling pack]
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Give out another code for this intake; the earlier one opens no more
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, value_parser = in_range::<u64>(1..),
        conflicts_with_all = ["label", "lang", "filled_in_by", "pack", "withdraw"])]
    pub again: Option<u64>,
    /// Take the invitation of this intake back
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, value_parser = in_range::<u64>(1..),
        conflicts_with_all = ["label", "lang", "filled_in_by", "pack"])]
    pub withdraw: Option<u64>,
    /// Print JSON: number, code, address, link and the time until which the code opens
    #[arg(long)]
    pub json: bool,
}
