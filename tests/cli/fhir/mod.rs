//! FHIR from outside: what goes out, what comes in, and what is sent.

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
mod validators;

use crate::answers::SHORT;
use crate::world::World;
use preconsult::pack::{Pack, built_in};
use serde_json::Value;

/// A world with the shortest answers there are.
fn world() -> World {
    World::with("a.json", SHORT)
}

/// What the program prints, as JSON.
fn json(world: &World, words: &str) -> Value {
    let printed = world.run(words).stdout_has(["{"]).check().stdout;
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{words}: {error}"))
}

/// The version of the built-in pack.
fn version() -> String {
    Pack::load(&built_in()).expect("the built-in pack loads").version.clone()
}
