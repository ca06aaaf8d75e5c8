//! `preconsult` asks a patient about their skin before a consultation, and writes a summary that the clinic prints.
//!
//! # Guarantees and how they are enforced
//!
//! 1. **Every printed claim has a source.** [`pack::Pack::load`] rejects a statement that cites nothing, and a pack without
//!    variability, safety and consult texts. [`summary::Summary`] has one constructor, which takes such a pack. A
//!    [`summary::BenefitLine`] carries its sources, its limits and the answers that led to it. A page made with a clinic's
//!    own template is read back. It is rejected if it lacks any of these or prints it smaller.
//! 2. **Unknown is never no.** An [`answer::Answer`] is given, skipped, declined, or unreadable in an import; a question that was
//!    not asked has none. "Not sure" and "none" are options. A [`pack::Condition`] is true, false or unknown, and only *true* asks
//!    or prints. Nothing is preselected: an option counts only after a key has named it or moved to it.
//! 3. **No answer is lost.** [`interview::Interview`] keeps the answers of a branch that a change hides. It leaves them out of
//!    the summary, and restores them if the branch returns. [`storage::journal`] writes each answer to disk before the next
//!    question is shown. It reads back whole answers only, wherever the file was cut. [`storage::output`] writes whole files
//!    or none, and never overwrites a file.
//! 4. **Same input, same bytes.** The pack, answers, date and settings are arguments; the output depends on nothing else.
//! 5. **It stays a form.** The table from concern to statement is data, printed in full by `preconsult pack show`. The program
//!    does not count, rank, score or interpret free text. Only `push` opens a connection, to an address that the user names,
//!    and it can be left out of the build.
//!
//! # Data flow
//!
//! ```text
//! rules/<pack>/*.json -> pack -> interview -> summary -> outline -> render -> export -> a file
//!                                    ^                                ^
//!                       terminal, lines, browser          text markdown html pdf json fhir
//! ```
//!
//! # Modules, in reading order
//!
//! Each module imports only from modules before it; `tests/architecture.rs` checks that.
//!
//! - [`answer`]: an answer, or the reason why there is none, as plain values.
//! - [`printable`]: text without control characters, the only text that screens and pages accept. [`OutputStyle`] is the
//!   width and colour of a report. `wrap` breaks lines.
//! - [`messages`]: the interface's own texts, by language. [`foreign_text`]: text of a person or the clinic, with its language.
//! - `diagnostics`: a JSON reader that knows the position of each value, and the reports of problems. Packs and answers files
//!   are read with it. [`error`]: the message, the hint and the exit code of a failure.
//! - [`pack`]: the files as written (`raw`) → a checked `Pack`, or all problems at once.
//! - [`interview`]: a pack and the answers so far → the next question. It does no input or output, so the terminal, the line
//!   prompter, an answers file and the tests drive it in the same way.
//! - [`letterhead`]: the clinic's name, address and logo on a page.
//! - [`summary`]: a pack, finished answers and a date → the content of all outputs, each line with its reason.
//! - [`outline`]: the content of a copy of the summary and its order, the same for every format.
//! - [`authoring`]: tools for content owners: a pack's test cases and their coverage, how hard its copies are to read, the
//!   criteria that it meets, the whole pack as text or as a page for sign-off, the difference between two versions, a new pack.
//! - [`batch`]: many records at once, with the reader, rules and JSON writer of a single record.
//! - [`ask`]: asks the questions through a [`ask::Prompter`]: in plain lines, which are the reference, or on a terminal with
//!   lists and fields in the style of `inquire`.
//! - [`render`]: an outline → the bytes of a page, one file per format.
//! - [`fhir`]: HL7 FHIR R4 for clinics' systems: a pack → a Questionnaire, answers ↔ a response, a summary → a document. A
//!   condition that R4 cannot express is rejected, never approximated.
//! - [`export`]: the name of a format → the bytes of a file.
//! - [`config`]: the clinic's settings.
//! - `push` (a feature, on by default): sends one FHIR file to the server that the user names.
//! - [`storage`]: reads and writes files: answers, packs, settings, drafts, pages.
//! - [`intake`]: an interview in progress, its autosave and the draft that it resumes from, for commands and desk.
//! - `desk` (a feature, on by default): a clinic's folder with encrypted records, their audit log and the keys. It encrypts
//!   answers with the public key, and decrypts nothing without the passphrase. Its journals are those of
//!   [`storage::journal`], with each line encrypted. It is separate from [`storage`] because its guarantees differ: its files
//!   can be read only with the clinic's key. Only `desk::store` uses SQLite, and only `desk::key` uses age.
//! - `serve` (a feature, on by default): the interview in a browser, as pages made on the server. It is the third client of
//!   [`interview`], after the terminal and the lines. Other machines reach it only over TLS.
//! - [`cli`]: the subcommands, options and help of the command line.
//! - [`commands`]: one file per subcommand. Edge modules have typed errors without texts; `commands::error_text` turns them
//!   into messages and hints.
//!
//! The modules up to [`config`], except [`ask`], are the core. They read no file, clock, environment or terminal:
//! `.clippy.toml` forbids the functions for that. The other modules are edges, and lift that lint with a reason. No concern,
//! statement or question of a pack is named in the code.
//!
//! `security` describes what is trusted and where data is stored; `benchmarks` has the measured speed.

// In reading order: each module imports only from modules before it, and `tests/architecture.rs` holds them to it. The empty
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
#[allow(clippy::disallowed_methods, reason = "an edge: it measures time while it waits for a server")]
pub mod push;

#[allow(clippy::disallowed_methods, reason = "an edge: it reads and writes files")]
pub mod storage;

#[allow(clippy::disallowed_methods, reason = "an edge: it saves the interview in progress")]
pub mod intake;

#[cfg(feature = "desk")]
#[allow(clippy::disallowed_methods, reason = "an edge: it stores a clinic's records and keys")]
pub mod desk;

#[cfg(feature = "serve")]
#[allow(clippy::disallowed_methods, reason = "an edge: it answers requests of browsers")]
pub mod serve;

pub mod cli;

#[allow(clippy::disallowed_methods, reason = "an edge: it connects the core to streams, environment and clock")]
pub mod commands;

// Documentation only.
#[cfg(doc)]
pub mod benchmarks;
#[cfg(doc)]
pub mod security;

pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use wrap::OutputStyle;
