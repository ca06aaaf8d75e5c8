//! Shared test helpers: a sandbox for the program, terminals, packs, random interviews, and fault injection.

pub(crate) mod fault_injection;
pub(crate) mod large_packs;
pub(crate) mod line_session;
pub(crate) mod list;
pub(crate) mod pack_files;
pub(crate) mod pack_mutations;
pub(crate) mod pack_promises;
pub(crate) mod run;
pub(crate) mod sandbox;
pub(crate) mod scripted_console;
pub(crate) mod scripted_interview;
pub(crate) mod strategies;
pub(crate) mod terminal;
pub(crate) mod thoroughness;
pub(crate) mod tools;
#[cfg(feature = "serve")]
pub(crate) mod trust;
#[cfg(feature = "serve")]
pub(crate) mod web;

pub(crate) use line_session::LineSession;
pub(crate) use run::{PROGRAM, RunOutput};
pub(crate) use sandbox::Sandbox;
pub(crate) use terminal::Terminal;
