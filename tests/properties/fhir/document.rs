//! The document: all references resolve inside it, its narratives are XHTML, and it contains the rendered page.

use super::{OTHERS, day, parse};
use crate::properties::page::setting;
use crate::support::pack_files::BUILT_IN;
use crate::support::strategies::{Draw, numbers};
use crate::support::thoroughness::cases;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use preconsult::export::{Exporter, Format};
use preconsult::interview::Finished;
use preconsult::letterhead::Letterhead;
use preconsult::pack::Pack;
use preconsult::summary::{Summary, SummaryOptions};
use proptest::prelude::proptest;
use serde_json::Value;
use sha1::{Digest, Sha1};
use std::collections::BTreeSet;

fn document(finished: &Finished<'_>, setting: SummaryOptions) -> (String, Summary) {
    let summary = Summary::new(finished, setting);
    let rendered = Exporter::default().export(&summary, Format::Fhir).expect("the document can be written");
    (String::from_utf8(rendered.bytes).expect("FHIR is UTF-8"), summary)
}

/// Collects every value with this key, at any depth.
fn collect_values<'v>(value: &'v Value, key: &str, into: &mut Vec<&'v Value>) {
    match value {
        Value::Object(object) => {
            into.extend(object.get(key));
            object.values().for_each(|value| collect_values(value, key, into));
        }
        Value::Array(list) => list.iter().for_each(|value| collect_values(value, key, into)),
        _ => {}
    }
}

fn check(pack: &Pack, mut draw: Draw) {
    let finished = draw.finished(pack);
    let setting = setting(&mut draw, pack);
    let (text, summary) = document(&finished, setting);
    assert_eq!(document(&finished, setting).0, text, "the same bytes");
    let bundle = parse(&text);
    let entries = bundle["entry"].as_array().expect("entries");
    assert_eq!((&bundle["type"], &bundle["timestamp"]), (&"document".into(), &"2026-11-22T00:00:00Z".into()));
    assert_eq!(entries[0]["resource"]["resourceType"], "Composition");
    // A day stays a day wherever FHIR takes one. The elements of type `instant` have to have a time.
    assert_eq!(entries[0]["resource"]["date"], "2026-11-22");
    for resource in entries.iter().map(|entry| &entry["resource"]) {
        match resource["resourceType"].as_str().expect("a type") {
            "QuestionnaireResponse" => assert_eq!(resource["authored"], "2026-11-22"),
            "DocumentReference" => assert_eq!(resource["date"], "2026-11-22T00:00:00Z"),
            "Provenance" => assert_eq!(resource["recorded"], "2026-11-22T00:00:00Z"),
            _ => {}
        }
    }
    let urls: BTreeSet<&str> = entries.iter().map(|entry| entry["fullUrl"].as_str().expect("a fullUrl")).collect();
    assert_eq!(urls.len(), entries.len(), "the full URLs are unique");
    for entry in entries {
        let id = entry["resource"]["id"].as_str().expect("an id");
        assert_eq!(entry["fullUrl"], format!("urn:uuid:{id}"));
    }
    let mut references = Vec::new();
    collect_values(&bundle, "reference", &mut references);
    assert!(references.len() > 10);
    for reference in references {
        assert!(urls.contains(reference.as_str().expect("a text")), "{reference} is not in the bundle");
    }
    check_statements(entries, &summary);
    check_narratives(&bundle);
    check_page(entries, &summary);
}

/// Each statement on the copy has a provenance, and the targets of that provenance exist.
fn check_statements(entries: &[Value], summary: &Summary) {
    let of_kind = |kind: &str| {
        entries.iter().map(|entry| &entry["resource"]).filter(move |it| it["resourceType"] == *kind).collect::<Vec<_>>()
    };
    let (composition, response) = (of_kind("Composition")[0], of_kind("QuestionnaireResponse")[0]);
    let provenances = of_kind("Provenance");
    let ids = summary.benefits.iter().chain(&summary.overview).map(|benefit| &benefit.line);
    let ids = ids.chain([&summary.procedure]).chain(&summary.safety).chain(&summary.consult);
    let ids = ids.chain(summary.variability.iter().map(|variability| &variability.line));
    for line in ids {
        let element = format!("statement.{}", line.id);
        assert!(composition.to_string().contains(&format!("id=\\\"{element}\\\"")), "{element} is not in the sections");
        let own: Vec<_> =
            provenances.iter().filter(|one| one["target"][0]["extension"][0]["valueUri"] == *element).collect();
        let [own] = own.as_slice() else { panic!("{element}: {} provenances", own.len()) };
        for cites in &line.cites {
            assert!(own["entity"].to_string().contains(&format!("\"value\":\"{cites}\"")), "{element} lacks {cites}");
        }
    }
    let mut uris = Vec::new();
    for provenance in &provenances {
        collect_values(&provenance["entity"], "valueUri", &mut uris);
    }
    let mut ids = Vec::new();
    collect_values(response, "id", &mut ids);
    assert!(!uris.is_empty());
    for uri in uris {
        assert!(ids.contains(&uri), "{uri} is no element of the response");
    }
    // The sections are the parts of the copy in order, each with its text.
    let titles: Vec<&str> = composition["section"]
        .as_array()
        .expect("sections")
        .iter()
        .filter_map(|section| section["title"].as_str())
        .collect();
    let outline = preconsult::outline::outline(summary, &Letterhead::default());
    let headings: Vec<&str> = outline.parts.iter().map(|part| part.heading.as_str()).collect();
    assert_eq!(titles[..titles.len() - 1], headings);
}

/// Narratives are XML and contain only elements and attributes that FHIR allows.
fn check_narratives(bundle: &Value) {
    const ELEMENTS: [&str; 18] = [
        "div", "p", "b", "i", "q", "br", "h1", "ul", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th",
        "td",
    ];
    let mut narratives = Vec::new();
    collect_values(bundle, "div", &mut narratives);
    assert!(narratives.len() > 5);
    for narrative in narratives {
        let text = narrative.as_str().expect("a text");
        let tree = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(tree.root_element().tag_name().namespace(), Some("http://www.w3.org/1999/xhtml"));
        assert!(tree.root_element().descendants().any(|node| node.text().is_some_and(|text| !text.trim().is_empty())));
        for element in tree.descendants().filter(roxmltree::Node::is_element) {
            assert!(ELEMENTS.contains(&element.tag_name().name()), "{}", element.tag_name().name());
            let known = |name: &str| ["lang", "id"].contains(&name);
            assert!(element.attributes().all(|attribute| known(attribute.name())), "{text}");
        }
    }
}

fn check_page(entries: &[Value], summary: &Summary) {
    let reference =
        entries.iter().find(|entry| entry["resource"]["resourceType"] == "DocumentReference").expect("the page");
    let attachment = &reference["resource"]["content"][0]["attachment"];
    let page = STANDARD.decode(attachment["data"].as_str().expect("data")).expect("base64");
    let printed = Exporter::default().export(summary, Format::default()).expect("the page").bytes;
    assert!(page == printed, "the page inside is another one");
    assert_eq!(attachment["size"], page.len());
    assert_eq!(attachment["hash"], STANDARD.encode(Sha1::digest(&page)));
    assert_eq!(attachment["contentType"], Format::default().media_type());
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn a_document_is_complete(draw in numbers()) {
        check(&BUILT_IN, draw.clone());
        check(&OTHERS[1], draw);
    }
}

#[test]
fn the_smallest_document_is_complete() {
    check(&BUILT_IN, Draw::of(&[]));
    assert_eq!(day().to_string(), "2026-11-22");
}
