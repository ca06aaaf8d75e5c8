//! The `Composition` of a document: one section for each part of the copy.

use super::super::element::{CodeableConcept, Narrative, Reference, element};
use super::super::narrative;
use super::references::{ResourceUrls, document_type, reference};
use crate::messages::Messages;
use crate::outline::{Outline, Part, PartKind};
use crate::summary::Summary;

element! {
    Composition {
        resource_type: &'static str,
        id: String,
        language: String,
        text: Option<Narrative>,
        status: &'static str,
        r#type: Option<CodeableConcept>,
        date: String,
        author: Vec<Reference>,
        title: String,
        section: Vec<Section>,
    }
}

element! {
    Section {
        id: String,
        title: String,
        text: Option<Narrative>,
        entry: Vec<Reference>,
    }
}

pub(super) fn composition(summary: &Summary, outline: &Outline, urls: &ResourceUrls) -> Composition {
    let tag = &summary.language;
    let parts = outline.parts.iter().map(|part| section(part, outline, urls));
    let page = Section {
        id: "section.page".to_owned(),
        title: Messages::new(tag).get("heading-page"),
        text: None,
        entry: vec![reference("DocumentReference", &urls.page)],
    };
    Composition {
        resource_type: "Composition",
        language: tag.clone(),
        text: Some(narrative::generated(&narrative::of_frame(outline), tag)),
        status: "final",
        r#type: Some(document_type()),
        date: summary.date.to_string(),
        author: vec![reference("Device", &urls.device)],
        title: format!("{} · {}", summary.title, outline.copy),
        section: parts.chain([page]).collect(),
        ..Composition::default()
    }
}

fn section(part: &Part, outline: &Outline, urls: &ResourceUrls) -> Section {
    // Only these parts contain the patient's answers.
    let answers = matches!(part.kind, PartKind::Concerns | PartKind::Recorded | PartKind::ToAsk | PartKind::Questions);
    Section {
        id: section_id(part.kind),
        title: part.heading.to_string(),
        text: Some(narrative::generated(&narrative::of_part(part, outline), &outline.language)),
        entry: answers.then(|| reference("QuestionnaireResponse", &urls.response)).into_iter().collect(),
    }
}

/// The element id of a section in the composition.
pub(super) fn section_id(kind: PartKind) -> String {
    format!("section.{}", kind.name())
}
