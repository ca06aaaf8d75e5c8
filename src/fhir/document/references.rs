//! How the entries of a document refer to each other.

use super::super::element::{Concept, Reference};

/// LOINC's code for a document of this kind.
pub(super) fn document_type() -> Concept {
    Concept::coded("http://loinc.org", "74465-6", "Questionnaire response Document")
}

/// What the other resources of the document are called in it.
pub(super) struct ResourceUrls {
    pub(super) response: String,
    pub(super) device: String,
    pub(super) page: String,
}

/// A reference to another entry; its address does not tell what it is.
pub(super) fn reference(r#type: &'static str, to: &str) -> Reference {
    Reference { reference: to.to_owned(), r#type, ..Reference::default() }
}
