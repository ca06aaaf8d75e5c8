//! The options of `preconsult drafts`.

use super::number::in_range;
use clap::{Args, Subcommand};

/// The subcommands of `drafts`.
#[derive(Debug, Clone, Subcommand)]
pub enum DraftsCommand {
    /// List the drafts, newest first: name, start, age, number of answers and pack
    #[command(after_help = "Example:
  preconsult drafts list

To resume a draft: preconsult ask --resume ID")]
    List,
    /// Permanently delete drafts, and print their names
    #[command(after_help = "Examples:
  preconsult drafts discard 20261122-091403
  preconsult drafts discard --older-than 30
  preconsult drafts discard --all

A draft that is in use by another interview is not deleted.")]
    Discard(DiscardArgs),
}

/// The drafts to delete.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub struct DiscardArgs {
    /// Names of drafts, as printed by `preconsult drafts list`
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Delete every draft
    #[arg(long)]
    pub all: bool,
    /// Delete drafts started more than this many days ago
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = in_range::<u32>(0..))]
    pub older_than: Option<u32>,
}
