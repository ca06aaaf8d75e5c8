//! `preconsult`: a questionnaire before a skin consultation, and the summary that the clinic prints.
#[allow(clippy::disallowed_methods, reason = "an edge: it talks to the terminal")]
pub mod ask;
pub mod cli;
#[allow(clippy::disallowed_methods, reason = "an edge: it wires the core to streams, environment and clock")]
pub mod commands;
mod located;

pub mod config;
pub mod error;
pub mod interview;

#[allow(clippy::disallowed_methods, reason = "an edge: it reads and writes files")]
pub mod keep;
pub mod messages;
pub mod pack;
pub mod printable;
pub mod render;
pub mod summary;

pub use located::{Level, Problem, Problems};
