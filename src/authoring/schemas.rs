//! JSON Schemas of all files that a pack author writes.

use super::case_file::CaseFile;
use crate::pack::{file_schemas, schema_of};
use serde_json::Value;

/// Returns the schemas, each with the name of the file that it describes.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Value)> {
    let mut schemas = file_schemas();
    schemas.push(("case", schema_of::<CaseFile>("A test of a pack: cases/*.json")));
    schemas
}
