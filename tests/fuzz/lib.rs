//! What the targets call: the checks of `tests/properties/fuzz_inputs`, with the helpers that they need.

#[path = "../properties/mod.rs"]
mod properties;
mod support;

/// Runs a check on an input.
pub fn check(name: &str, input: &[u8]) {
    properties::fuzz_inputs::check(name, input);
}

/// Writes the first inputs and the dictionary of a target to where the fuzzer looks for them.
pub fn write_corpus(name: &str) {
    properties::fuzz_inputs::write_corpus(name);
}
