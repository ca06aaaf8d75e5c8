//! The FHIR file to send.

use super::error::{PayloadProblem, PushError};
use crate::printable::{Printable, indented_json};
use serde_json::Value;
use std::fmt::Write as _;

/// A FHIR file that can be sent.
#[derive(Debug, Clone)]
pub struct Payload {
    /// The resource type.
    pub kind: &'static str,
    /// The search of `If-None-Exist`: the server creates nothing if it finds a match.
    pub condition: String,
    /// The resource as JSON without the file's `id`: the server assigns one, and some servers refuse another.
    pub text: String,
}

impl Payload {
    /// Reads the text of a file; `name` is the file's name in messages.
    ///
    /// # Errors
    /// Returns an error if the text is neither a document nor a response, or has no identifier.
    pub fn read(name: &str, text: &str) -> Result<Self, PushError> {
        let invalid = |problem| PushError::InvalidPayload { file: Printable::line(name), problem };
        let mut resource: Value = serde_json::from_str(text).map_err(|_| invalid(PayloadProblem::NotJson))?;
        let kind = match (resource["resourceType"].as_str(), resource["type"].as_str()) {
            (Some("QuestionnaireResponse"), _) => "QuestionnaireResponse",
            (Some("Bundle"), Some("document")) => "Bundle",
            _ => return Err(invalid(PayloadProblem::WrongResource)),
        };
        let part = |key: &str| resource["identifier"][key].as_str().filter(|part| !part.is_empty());
        let (Some(system), Some(value)) = (part("system"), part("value")) else {
            return Err(invalid(PayloadProblem::NoIdentifier));
        };
        let condition = format!("identifier={}|{}", percent_encoded(system), percent_encoded(value));
        if let Some(resource) = resource.as_object_mut() {
            resource.shift_remove("id");
        }
        Ok(Self { kind, condition, text: indented_json(&resource) })
    }
}

/// Percent-encodes a text for a search parameter.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
