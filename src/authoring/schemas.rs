//! JSON Schema for everything that the author of a pack writes.

use super::case_file::CaseFile;
use crate::pack::{file_schemas, schema_of};
use serde_json::Value;

/// The schemas, by the file that they describe.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Value)> {
    let mut schemas = file_schemas();
    schemas.push(("case", schema_of::<CaseFile>("A test of a pack: cases/*.json")));
    schemas
}
