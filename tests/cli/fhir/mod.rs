//! FHIR on the command line: export, import and push.

mod export;
mod form_filler;
mod import;
#[cfg(feature = "push")]
mod push;
#[cfg(feature = "push")]
mod real_server;
#[cfg(feature = "push")]
mod server;
#[cfg(feature = "push")]
mod tls;
mod unreadable;
mod validators;

use crate::cli::answers::SHORT;
use crate::support::Sandbox;
use crate::support::pack_files::BUILT_IN;
use serde_json::Value;

/// A sandbox with a minimal set of answers.
fn sandbox() -> Sandbox {
    Sandbox::with("a.json", SHORT)
}

/// The output of a command, as JSON.
fn json(sandbox: &Sandbox, words: &str) -> Value {
    let printed = sandbox.run(words).stdout_has(["{"]).check().stdout;
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{words}: {error}"))
}

/// The version of the built-in pack.
fn version() -> String {
    BUILT_IN.version.clone()
}
