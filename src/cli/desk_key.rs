//! The options of `preconsult desk key`.

use super::desk_parsers::work_factor;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The subcommands of `desk key`.
#[derive(Debug, Clone, Subcommand)]
pub enum KeyCommand {
    /// Print the public key, which encrypts
    Show,
    /// Change the passphrase of the private key
    #[command(after_help = "Example:
  preconsult desk key change-passphrase

Existing backups keep the old passphrase.")]
    ChangePassphrase(NewPassphrase),
    /// Create a new key and encrypt every record with it
    #[command(after_help = "Example:
  preconsult desk key rotate

The old key is kept next to the new one, protected by the passphrase, for existing backups. Open desks use the new key \
from then on; an interview in progress keeps the key of its journal.")]
    Rotate {
        /// Base-2 logarithm of scrypt's cost for each guess at the passphrase
        #[arg(long, value_name = "N", default_value_t = crate::desk::key::DEFAULT_WORK_FACTOR, value_parser = work_factor())]
        work_factor: u8,
    },
}

/// The options of `desk key change-passphrase`.
#[derive(Debug, Clone, Args)]
pub struct NewPassphrase {
    /// File with the new passphrase on its first line [default: prompt]
    #[arg(long, value_name = "FILE")]
    pub new_passphrase_file: Option<PathBuf>,
    /// Base-2 logarithm of scrypt's cost for each guess at the passphrase
    #[arg(long, value_name = "N", default_value_t = crate::desk::key::DEFAULT_WORK_FACTOR, value_parser = work_factor())]
    pub work_factor: u8,
}
