//! The front desk: nothing lost, and nothing that somebody without the passphrase could read.
#![allow(clippy::disallowed_methods, reason = "tests read and write the files that the program is given and makes")]

mod age_tool;
mod backup;
mod damage;
mod day;
mod idle;
#[path = "../inject/mod.rs"]
mod inject;
mod journals;
mod keys;
mod labels;
mod list;
mod locked;
mod many;
#[path = "../pty/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod pty;
mod records;
mod remove;
mod resized;
mod screen_writes;
mod scripts;
mod silent;
mod stops;
mod trail;
mod tty;
mod unsaved;
mod waiting;
mod ways_out;
mod world;
mod writes;
