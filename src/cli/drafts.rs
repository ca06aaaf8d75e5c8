//! `preconsult drafts …`: what may be written.

use super::number::in_range;
use clap::{Args, Subcommand};

/// What can be done with drafts.
#[derive(Debug, Clone, Subcommand)]
pub enum DraftsCommand {
    /// Print name, beginning, age, number of answers and pack of each draft, the last first
    #[command(after_help = "Example:
  preconsult drafts list

Go on with a draft: preconsult ask --resume ID")]
    List,
    /// Remove drafts for good, and print which
    #[command(after_help = "Examples:
  preconsult drafts discard 20261122-091403
  preconsult drafts discard --older-than 30
  preconsult drafts discard --all

A draft that another interview is writing at the moment is left alone.")]
    Discard(DiscardArgs),
}

/// Which drafts go.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub struct DiscardArgs {
    /// The drafts' names, as `preconsult drafts list` prints them
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Every draft
    #[arg(long)]
    pub all: bool,
    /// Every draft begun more than this many days ago
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = in_range::<u32>(0..))]
    pub older_than: Option<u32>,
}
