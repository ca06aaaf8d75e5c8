//! What holds for any answers: the five promises, and that nobody's words can do harm.
//!
//! An interview is drawn at random by stepping [`preconsult::interview::Interview`], as any other client does. When a
//! property fails, proptest looks for the shortest interview in which it does. [`fuzz_inputs`] does the same from bytes.

mod batch;
mod bytes;
mod claims;
mod fhir;
mod form;
pub(crate) mod fuzz_inputs;
mod hostile;
mod json_text;
mod moves;
mod page;
mod summary_json;
mod unknown;

/// This many interviews over the built-in pack for each property in a thorough run.
const CASES: u32 = 2000;

/// And this many over the other pack, which is smaller.
const FEWER: u32 = 500;
