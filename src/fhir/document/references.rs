//! References between the entries of a document.

use super::super::element::{CodeableConcept, Reference};

/// LOINC's document type for a questionnaire response.
pub(super) fn document_type() -> CodeableConcept {
    CodeableConcept::coded("http://loinc.org", "74465-6", "Questionnaire response Document")
}

/// The full URLs of the resources that other entries of the document refer to.
pub(super) struct ResourceUrls {
    pub(super) response: String,
    pub(super) device: String,
    pub(super) page: String,
}

/// A reference to another entry. It names the resource type, which a `urn:uuid:` URL does not show.
pub(super) fn reference(r#type: &'static str, url: &str) -> Reference {
    Reference { reference: url.to_owned(), r#type, ..Reference::default() }
}
