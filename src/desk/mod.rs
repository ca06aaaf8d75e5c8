//! The clinic's front desk: a device in the waiting room can store intakes but not read them.
//!
//! A [`Clinic`] is a folder. It holds settings, records, the public key in plain text, and the private keys encrypted
//! with a passphrase. Every answer is encrypted to the public key ([`key`]) before it reaches the disk. A desk without
//! the passphrase can add intakes but decrypt none, including those it has just stored.
//!
//! - [`record`] is the encrypted content of a finished intake: its label and its answers in the answers-file format.
//! - [`store`] holds the encrypted records behind one trait, implemented for SQLite. Its plain-text columns are an
//!   intake's number, its start time to the minute, its state, and the paths of its exported files. An invitation to a
//!   browser has more of them, but not its code, its link or the label.
//! - [`audit_trail`] lists every action at the desk. Each entry is chained to the previous one by its hash. Who acted
//!   and why is encrypted, because reasons may contain names.
//! - [`mod@verify`] compares the audit log with the store, in both directions.
//! - [`backup`] writes a clinic to one file and restores it, completely or not at all.
//!
//! [`Desk`] combines them and is the interface for commands and screens.

pub mod audit_trail;
pub mod backup;
pub mod clinic;
pub mod discrepancy;
pub mod error;
pub mod exported_files;
pub mod file_names;
pub mod journal;
pub mod key;
pub mod record;
pub mod store;
pub mod verify;

mod invitation;
mod removal;
mod running_server;
mod sealing;
mod search;
mod service;
mod unlocking;

pub use clinic::Clinic;
pub use error::DeskError;
pub use invitation::{Invitation, InvitationState, Knock, KnockWith, LINK_FIELD};
pub use key::{Passphrase, PrivateKeys, PublicKey};
pub use record::Record;
pub use removal::Removed;
pub use running_server::RunningServer;
pub use search::{IntakeMatch, SearchResult};
pub use service::{AuditNote, Desk, FinishedIntake};
pub use store::{Intake, IntakeState, Store};
