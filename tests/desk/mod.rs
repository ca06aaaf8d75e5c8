//! The front desk: no answer is lost, and none can be read without the passphrase.

mod backup;
pub(crate) mod clinic;
mod damage;
mod day;
mod idle;
mod invitations;
mod journals;
mod keys;
mod labels;
mod list;
mod locked;
mod many;
mod plain_lines;
mod public_age_tool;
mod records;
mod remove;
mod resized;
mod screen_writes;
mod scripts;
mod silent;
mod stops;
mod terminal;
mod trail;
mod unsaved;
mod waiting;
mod ways_out;
mod writes;
