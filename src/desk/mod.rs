//! The clinic's front desk: intakes that a device in the waiting room can take and not read.
//!
//! A [`Clinic`] is a folder: its settings, its records, its public key in the clear and its private key behind a
//! passphrase. Whatever a patient said is sealed to the public key ([`key`]) before it reaches the disk, so a desk
//! without the passphrase can add intakes and open none, not even those that it took itself a minute ago.
//!
//! - [`record`] is what is sealed of a finished intake: the answers as answers files write them, and its label.
//! - [`store`] holds the sealed records behind one trait; SQLite is the store there is. In the clear it knows an
//!   intake's number, its time to the minute and its state, and the paths of the files that were written of it.
//! - [`audit_trail`] is the list of everything that was ever done, each entry chained to the one before by its hash. Who
//!   did it and why is sealed: reasons hold names.
//! - [`mod@verify`] holds the trail against the store, in both directions.
//! - [`backup`] puts a clinic into one file and gets it out again, whole or not at all.
//!
//! [`Desk`] puts them together; commands and screens know only it.

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

mod removal;
mod search;
mod service;
mod unlocking;

pub use clinic::Clinic;
pub use error::DeskError;
pub use key::{Passphrase, PrivateKeys, PublicKey};
pub use record::Record;
pub use removal::Removed;
pub use search::{IntakeMatch, SearchResult};
pub use service::{AuditNote, Desk, FinishedIntake};
pub use store::{Intake, State, Store};
