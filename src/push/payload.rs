//! What to send.

use super::error::{PayloadProblem, PushError};
use crate::printable::Printable;
use serde_json::Value;
use std::fmt::Write as _;

/// A FHIR file that can be sent.
#[derive(Debug, Clone)]
pub struct Payload {
    /// The kind of resource.
    pub kind: &'static str,
    /// What the server is asked to look for before it creates anything.
    pub condition: String,
    /// The resource, without the `id` of the file: what a server creates gets one from it, and some refuse another.
    pub text: String,
}

impl Payload {
    /// Reads the text of a file; `name` is what messages call it.
    ///
    /// # Errors
    /// When it is neither a document nor a response, or has no identifier.
    pub fn read(name: &str, text: &str) -> Result<Self, PushError> {
        let refuse = |problem| PushError::InvalidPayload { file: Printable::line(name), problem };
        let mut resource: Value = serde_json::from_str(text).map_err(|_| refuse(PayloadProblem::NotJson))?;
        let kind = match (resource["resourceType"].as_str(), resource["type"].as_str()) {
            (Some("QuestionnaireResponse"), _) => "QuestionnaireResponse",
            (Some("Bundle"), Some("document")) => "Bundle",
            _ => return Err(refuse(PayloadProblem::WrongResource)),
        };
        let part = |key: &str| resource["identifier"][key].as_str().filter(|part| !part.is_empty());
        let (Some(system), Some(value)) = (part("system"), part("value")) else {
            return Err(refuse(PayloadProblem::NoIdentifier));
        };
        let condition = format!("identifier={}|{}", searchable(system), searchable(value));
        if let Some(resource) = resource.as_object_mut() {
            resource.shift_remove("id");
        }
        Ok(Self { kind, condition, text: format!("{resource:#}\n") })
    }
}

/// A text as it can stand in a search.
fn searchable(text: &str) -> String {
    let mut safe = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            let _ = write!(safe, "%{byte:02X}");
        }
    }
    safe
}
