//! Properties that hold for any answers: the five promises, and that hostile texts do no harm.
//!
//! An interview is drawn at random by stepping [`preconsult::interview::Interview`], as any other client does. When a
//! property fails, proptest looks for the shortest interview that fails. [`fuzz_inputs`] does the same from bytes.

mod batch;
mod bytes;
mod claims;
mod fhir;
mod form;
pub(crate) mod fuzz_inputs;
mod hostile;
mod json_text;
#[cfg(test)] // The fuzz targets leave it out: it needs a terminal.
mod keys;
mod moves;
mod page;
mod summary_json;
mod unknown;

/// The number of interviews over the built-in pack for each property in a thorough run.
const CASES: u32 = 2000;

/// The number over the other pack, which is smaller.
const FEWER: u32 = 500;
