//! `preconsult` asks a patient about their skin before a consultation, and writes a summary that the clinic prints.
//!
//! # What holds, and what makes it hold
//!
//! 1. **Every printed claim has a source.** [`pack::Pack::load`] refuses a statement that cites nothing and a pack
//!    without variability, safety and consult texts; [`summary::Summary`] has one constructor, which takes such a pack.
//!    A [`summary::BenefitLine`] carries its sources, its limits and the answers that brought it.
//!    A page by a clinic's own template is read back and refused if it lacks any of that, or prints it smaller.
//! 2. **Unknown is never no.** An [`answer::Answer`] is given, skipped or declined; that nobody asked is its absence;
//!    "not sure" and "none" are options. [`pack::Condition`] knows three values, and only *true* asks or prints.
//! 3. **No answer is lost.** [`interview::Interview`] keeps what a changed branch hides, leaves it out of the summary and
//!    brings it back. [`storage::journal`] has each answer on disk before the next question shows, and gives back whole answers
//!    or none, however the file was cut. [`storage::output`] writes whole files or none, and never over another.
//! 4. **Same input, same bytes.** Pack, answers, date and settings are arguments; nothing else is looked at.
//! 5. **It stays a form.** The table from concern to statement is data, shown whole by `preconsult pack show`. Nothing is
//!    counted, ranked or scored, free text is never read, and nothing here opens a connection but `push`, which is told
//!    where to, and can be left out of the build.
//!
//! # One way through the house
//!
//! ```text
//! rules/<pack>/*.json -> pack -> interview -> summary -> outline -> render -> export -> a file
//!                                    ^                                ^
//!                            terminal, lines              text markdown html pdf json fhir
//! ```
//!
//! The modules below stand in reading order: each imports only from those before it.
//!
//! - [`answer`]: an answer, or why there is none, as plain values.
//! - [`printable`]: text that can do no harm where it is shown; screens and pages take no other. [`OutputStyle`]: what a report
//!   is shown on, and lines that fit there. [`messages`]: the interface's own words, by language.
//! - `diagnostics`: the JSON reader that knows the place of each value; packs and answers files are read by it. [`error`] is how
//!   a failure is told, and its exit code.
//! - [`pack`]: files as written (`raw`) → a checked `Pack`, or every problem at once.
//! - [`interview`]: a pack and the answers so far → the next question. It asks nobody: the terminal, the line prompter, an
//!   answers file and the tests step it alike.
//! - [`summary`]: a pack, finished answers, a date → everything that any output needs, each line with what it rests on.
//! - [`outline`]: what a copy of a summary says, and in which order, decided once for every format.
//! - [`authoring`]: what only a content owner needs: a pack's own tests and their coverage, the whole pack as text or as a
//!   page for sign-off, the difference of two versions, a new pack.
//! - [`batch`]: many records at once, by the reader, the rules and the JSON writer that serve a single one.
//! - [`render`]: an outline → the bytes of a page, one small file a format.
//! - [`fhir`]: the same in HL7 FHIR R4, for clinics' systems: a pack → a Questionnaire, answers ↔ a response, a summary → a
//!   document. What R4 cannot say of a condition is refused, never approximated.
//! - [`export`]: above both, the name of a format → the bytes of a file.
//!
//! These are the core. They read no file, no clock, no environment and no terminal: `.clippy.toml` forbids the functions
//! that would, and only the edges below lift that, each with its reason. No concern, statement or question of any pack is
//! named in the code.
//!
//! - [`ask`] puts questions ([`ask::Asker`]): by plain lines, which are the reference, or on a terminal, by lists and
//!   fields that look as those of `inquire`.
//! - [`storage`] reads and writes files: answers, packs, settings, drafts, pages. [`config`] knows what a clinic may set.
//! - [`intake`] is an interview under way: its autosave and the draft it is resumed from, for commands and desk alike.
//! - `push` (a feature, on by default) sends one FHIR file to one server that somebody has named.
//! - `desk` (with the feature of that name, on by default) is a clinic's folder: sealed records, their trail, the keys. It
//!   seals with the public key whatever a patient said, and opens nothing without the passphrase; its journals are those of
//!   [`storage::journal`], each line sealed. It is a house of its own beside [`storage`] because it keeps other promises: what
//!   [`storage`] writes its user can read, what `desk` writes nobody can who has no key. SQLite is known to `desk::store`
//!   alone, age to `desk::key`.
//! - [`commands`] has one file a subcommand; [`cli`] is what may be written on the command line; [`error`] is what a command
//!   prints about a failure, and its exit code. Each edge module has an error enum of its own, without words;
//!   `commands::error_text` alone turns these into messages and hints.
//!
//! `security` says what of all that is trusted, and where data lies; `figures` how fast it is.

// In reading order: a module imports only from those before it, and `tests/architecture.rs` holds them to it. The empty
// lines keep rustfmt from sorting them.
pub mod answer;
pub mod printable;
mod wrap;

pub mod messages;

pub mod foreign_text;

mod diagnostics;
pub mod error;
pub mod pack;

pub mod interview;
pub mod letterhead;
pub mod summary;

pub mod outline;

pub mod authoring;
pub mod batch;

#[allow(clippy::disallowed_methods, reason = "an edge: it talks to the terminal")]
pub mod ask;
pub mod render;

pub mod fhir;

pub mod export;

pub mod config;

#[cfg(feature = "push")]
#[allow(clippy::disallowed_methods, reason = "an edge: it keeps time while it waits for a server")]
pub mod push;

#[allow(clippy::disallowed_methods, reason = "an edge: it reads and writes files")]
pub mod storage;

#[allow(clippy::disallowed_methods, reason = "an edge: it saves an interview under way")]
pub mod intake;

#[cfg(feature = "desk")]
#[allow(clippy::disallowed_methods, reason = "an edge: it keeps a clinic's records and keys")]
pub mod desk;

pub mod cli;

#[allow(clippy::disallowed_methods, reason = "an edge: it wires the core to streams, environment and clock")]
pub mod commands;

// Documentation only.
#[cfg(doc)]
pub mod benchmarks;
#[cfg(doc)]
pub mod security;

pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use wrap::OutputStyle;
