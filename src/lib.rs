//! `preconsult` asks a patient about their skin before a consultation, and writes a summary that the clinic prints.
//!
//! # What holds, and what makes it hold
//!
//! 1. **Every printed claim has a source.** [`pack::Pack::load`] refuses a statement that cites nothing and a pack
//!    without variability, safety and consult texts; [`summary::Summary`] has one constructor, which takes such a pack.
//!    A [`summary::BenefitLine`] carries its sources, its limits and the answers that brought it.
//!    A page by a clinic's own template is read back and refused if it lacks any of that, or prints it smaller.
//! 2. **Unknown is never no.** An [`interview::Answer`] is given, skipped or declined; that nobody asked is its absence;
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
//! rules/<pack>/*.json -> pack -> interview -> summary -> render -> a file
//!                                    ^                      ^
//!                            terminal, lines      text markdown html pdf json fhir
//! ```
//!
//! - [`pack`]: files as written (`raw`) → a checked `Pack`, or every problem at once. `located` is the JSON reader under
//!   it, which knows the place of each value; answers files use it too.
//! - [`interview`]: a pack and the answers so far → the next question. It asks nobody: the terminal, the line prompter, an
//!   answers file and the tests step it alike.
//! - [`summary`]: a pack, finished answers, a date → everything that any output needs, each line with what it rests on.
//! - [`render`]: a summary → bytes. What a copy says, and in which order, stands in [`render::outline`], once.
//! - [`batch`]: many records at once. Each goes a short way to the same bytes, or the long way above if anything about it is
//!   unusual; rules, conditions and the JSON's shape have one home for both.
//! - [`fhir`]: the same in HL7 FHIR R4, for clinics' systems: a pack → a Questionnaire, answers ↔ a response, a summary → a
//!   document. What R4 cannot say of a condition is refused, never approximated.
//! - [`messages`]: the interface's own words, by language. [`printable`]: text that can do no harm where it is shown; screens
//!   and pages take no other. [`Surface`]: what a report is shown on, and lines that fit there.
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
#[allow(clippy::disallowed_methods, reason = "an edge: it talks to the terminal")]
pub mod ask;
pub mod batch;
pub mod cli;
#[allow(clippy::disallowed_methods, reason = "an edge: it wires the core to streams, environment and clock")]
pub mod commands;
pub mod config;
#[cfg(feature = "desk")]
#[allow(clippy::disallowed_methods, reason = "an edge: it keeps a clinic's records and keys")]
pub mod desk;
pub mod error;
pub mod fhir;
#[cfg(doc)]
pub mod figures;
#[allow(clippy::disallowed_methods, reason = "an edge: it saves an interview under way")]
pub mod intake;
pub mod interview;
mod located;
pub mod messages;
pub mod pack;
pub mod printable;
#[cfg(feature = "push")]
#[allow(clippy::disallowed_methods, reason = "an edge: it keeps time while it waits for a server")]
pub mod push;
pub mod render;
#[cfg(doc)]
pub mod security;
#[allow(clippy::disallowed_methods, reason = "an edge: it reads and writes files")]
pub mod storage;
pub mod summary;
mod wrap;

pub use located::{Level, Problem, Problems};
pub use wrap::Surface;
