//! A copy of a summary → a FHIR R4 `document` Bundle.
//!
//! - `Composition`: the sections of the copy, in its order, each with a narrative (XHTML).
//! - `QuestionnaireResponse`: the answers, identical to an exported response and in every copy.
//! - `DocumentReference`: the copy as PDF, with its size and SHA-1; in a build without PDF support, as plain text.
//! - `Provenance`, one per statement: the answers that triggered it, and the items of the source that it cites.
//! - `Device`: this program, as the author of the document.
//!
//! References use the `fullUrl` of an entry, which is derived from its content. Elements of type `instant` have midnight
//! UTC at the start of the summary's day. So the same summary gives the same bytes.

mod composition;
mod provenance;
mod references;

use super::CanonicalBase;
use super::canonical::{id_of, urn};
use super::element::{CodeableConcept, Identifier, Narrative, Reference, element};
use super::item_tree::ItemTree;
use super::narrative;
use super::response::{QuestionnaireResponse, ResponseMetadata, midnight, response};
use crate::messages::Messages;
use crate::outline::Outline;
use crate::printable::escape_json;
use crate::summary::Summary;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use composition::Composition;
use provenance::Provenance;
use references::{ResourceUrls, document_type, reference};
use serde::Serialize;
use sha1::{Digest, Sha1};

/// The rendered page that a document contains, and its media type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DocumentPage<'p> {
    pub(crate) media_type: &'static str,
    pub(crate) bytes: &'p [u8],
}

element! {
    Bundle {
        resource_type: &'static str,
        id: String,
        language: String,
        identifier: Option<Identifier>,
        r#type: &'static str,
        timestamp: String,
        entry: Vec<BundleEntry>,
    }
}

element! {
    BundleEntry {
        full_url: String,
        resource: Option<Resource>,
    }
}

/// The resources that a bundle of this program can contain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Resource {
    Composition(Box<Composition>),
    Response(Box<QuestionnaireResponse>),
    Reference(Box<DocumentReference>),
    Provenance(Box<Provenance>),
    Device(Box<Device>),
    Questionnaire(Box<super::questionnaire::Questionnaire>),
    Codes(Box<super::code_system::CodeSystem>),
}

element! {
    DocumentReference {
        resource_type: &'static str,
        id: String,
        language: String,
        text: Option<Narrative>,
        status: &'static str,
        doc_status: &'static str,
        r#type: Option<CodeableConcept>,
        date: String,
        author: Vec<Reference>,
        description: String,
        content: Vec<Content>,
    }
}

element! {
    Content {
        attachment: Option<Attachment>,
    }
}

element! {
    Attachment {
        content_type: &'static str,
        language: String,
        data: String,
        size: Option<usize>,
        hash: String,
        title: String,
        creation: String,
    }
}

element! {
    Device {
        resource_type: &'static str,
        id: String,
        text: Option<Narrative>,
        device_name: Vec<DeviceName>,
        version: Vec<Version>,
    }
}

element! {
    DeviceName {
        name: &'static str,
        r#type: &'static str,
    }
}

element! {
    Version {
        value: &'static str,
    }
}

/// Writes a copy as a document Bundle, in JSON, that contains its rendered page. `items` belong to the summary's pack.
pub(crate) fn document(
    summary: &Summary,
    outline: &Outline,
    page: DocumentPage<'_>,
    base: &CanonicalBase,
    items: &ItemTree,
) -> String {
    let device = assign_id(device(), |device, id| device.id = id);
    let asked_in = items.pack.language(&summary.asked_in).unwrap_or_default();
    let metadata = ResponseMetadata {
        base,
        date: summary.date,
        asked_in,
        filled_in_by: summary.filled_in_by,
        id: summary.id.as_deref(),
        unassigned: &summary.unassigned,
    };
    let response = response(items, summary.given_answers(), metadata);
    let reference =
        assign_id(page_reference(summary, outline.copy.as_str(), page, &urn(&device.id)), |reference, id| {
            reference.id = id;
        });
    let urls = ResourceUrls { response: urn(&response.id), device: urn(&device.id), page: urn(&reference.id) };
    let composition =
        assign_id(composition::composition(summary, outline, &urls), |composition, id| composition.id = id);
    let provenances = provenance::of_statements(summary, items, base, &urn(&composition.id), &urls);

    let mut entries = vec![
        entry(&composition.id.clone(), Resource::Composition(Box::new(composition))),
        entry(&response.id.clone(), Resource::Response(Box::new(response))),
        entry(&reference.id.clone(), Resource::Reference(Box::new(reference))),
        entry(&device.id.clone(), Resource::Device(Box::new(device))),
    ];
    for provenance in provenances {
        let provenance = assign_id(provenance, |provenance, id| provenance.id = id);
        entries.push(entry(&provenance.id.clone(), Resource::Provenance(Box::new(provenance))));
    }
    let mut bundle = Bundle {
        resource_type: "Bundle",
        language: summary.language.clone(),
        r#type: "document",
        timestamp: midnight(summary.date),
        entry: entries,
        ..Bundle::default()
    };
    bundle.id = id_of(&bundle);
    bundle.identifier = Some(Identifier { system: "urn:ietf:rfc:3986".to_owned(), value: urn(&bundle.id) });
    to_json_text(&bundle)
}

/// Assigns a resource an id that is derived from its content.
fn assign_id<T: Serialize>(mut resource: T, set: impl Fn(&mut T, String)) -> T {
    let id = id_of(&resource);
    set(&mut resource, id);
    resource
}

pub(super) fn entry(id: &str, resource: Resource) -> BundleEntry {
    BundleEntry { full_url: urn(id), resource: Some(resource) }
}

/// Returns a resource as JSON text, indented and with a final line break.
pub(super) fn to_json_text(resource: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(resource).unwrap_or_default() + "\n";
    escape_json(&json).into_owned()
}

fn device() -> Device {
    Device {
        resource_type: "Device",
        text: Some(narrative::generated(&narrative::of_text("preconsult"), "en")),
        device_name: vec![DeviceName { name: "preconsult", r#type: "model-name" }],
        version: vec![Version { value: env!("CARGO_PKG_VERSION") }],
        ..Device::default()
    }
}

fn page_reference(summary: &Summary, copy: &str, page: DocumentPage<'_>, device: &str) -> DocumentReference {
    let title = format!("{} · {copy}", summary.title);
    DocumentReference {
        resource_type: "DocumentReference",
        language: summary.language.clone(),
        text: Some(narrative::generated(&narrative::of_text(&title), &summary.language)),
        status: "current",
        doc_status: "final",
        r#type: Some(document_type()),
        date: midnight(summary.date),
        author: vec![reference("Device", device)],
        description: Messages::new(&summary.language).get("heading-page"),
        content: vec![Content {
            attachment: Some(Attachment {
                content_type: page.media_type,
                language: summary.language.clone(),
                data: STANDARD.encode(page.bytes),
                size: Some(page.bytes.len()),
                hash: STANDARD.encode(Sha1::digest(page.bytes)),
                title,
                creation: midnight(summary.date),
            }),
        }],
        ..DocumentReference::default()
    }
}

/// A `collection` Bundle of resources, given with their full URLs.
pub(super) fn collection(resources: Vec<(String, Resource)>, date: chrono::NaiveDate) -> Bundle {
    let entry =
        resources.into_iter().map(|(url, resource)| BundleEntry { full_url: url, resource: Some(resource) }).collect();
    let mut bundle =
        Bundle { resource_type: "Bundle", r#type: "collection", timestamp: midnight(date), entry, ..Bundle::default() };
    bundle.id = id_of(&bundle);
    bundle
}
