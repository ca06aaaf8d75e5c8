//! A page as PDF: a typst template, typeset in memory.
//!
//! The template sees `/data.json` (the outline), the clinic's logo, and nothing else: no file, no package, no clock. What
//! comes out is PDF/UA-1 (the exporter refuses otherwise), and the same input gives the same bytes.

mod data;
mod fonts;
mod form;
mod world;

pub(crate) use fonts::Fonts;

use super::outline::Outline;
use super::{Rendered, Style, Template};
use crate::error::Error;
use crate::located::{File, Problem, Problems, Sink};
use crate::messages::Words;
use serde_json::{Value, json};
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Desk;

pub(super) use form::render as render_form;

const SUMMARY: &str = include_str!("summary.typ");

/// How many documents an unused cached result outlives. Without a limit 2,000 documents hold over 2 GB.
const CACHE_AGE: usize = 5;

/// Typesets a summary by the clinic's template, or by ours.
pub(super) fn render(outline: &Outline, style: &Style) -> Result<Rendered, Error> {
    let own = Template { name: "summary.typ".to_owned(), text: SUMMARY.to_owned() };
    let template = style.template.as_ref().unwrap_or(&own);
    let mut page = data::of_outline(outline);
    page["words"] = words(&Words::new(&outline.language));
    typeset(page, template, style)
}

/// The words that a template needs beside those of the outline.
fn words(words: &Words) -> Value {
    let page = words.with("page-of", [("page", "{page}".into()), ("pages", "{pages}".into())]);
    let mut all = json!({ "page": page });
    for key in ["quote-open", "quote-close", "question", "answer", "notes", "form-title"] {
        all[key.replace('-', "_")] = words.say(key).into();
    }
    all
}

/// Makes the data printable, typesets it, and evicts what the cache no longer needs.
fn typeset(mut page: Value, template: &Template, style: &Style) -> Result<Rendered, Error> {
    let fonts = style.fonts();
    let missing = fonts.printable(&mut page);
    page["fonts"] = fonts::FAMILY.into();
    let bytes = compile(&page, template, style);
    typst::comemo::evict(CACHE_AGE);
    Ok(Rendered { bytes: bytes?, missing })
}

/// How close a page can be set: from airy to the closest that reads well.
const CLOSENESS: std::ops::Range<usize> = 0..4;

/// Sets the page as airily as one page allows, and what needs several pages closely but not at the closest.
fn compile(page: &Value, template: &Template, style: &Style) -> Result<Vec<u8>, Error> {
    let source = style.fonts().parsed(&template.text);
    let set = |closeness: usize| {
        let mut page = page.clone();
        page["closeness"] = closeness.into();
        let desk = Desk::new(source.clone(), page.to_string(), style);
        let made = typst::compile::<PagedDocument>(&desk);
        // Only a warning to typst, but text in such a font can vanish from the page without a trace.
        match made.warnings.iter().find(|warning| warning.message.starts_with("unknown font family")) {
            Some(warning) => Err(failed(std::slice::from_ref(warning), &desk, template)),
            None => made.output.map_err(|faults| failed(&faults, &desk, template)),
        }
    };
    let mut document = None;
    for closeness in first_guess(page)..CLOSENESS.end {
        document = Some(set(closeness)?).filter(|document| document.pages().len() == 1);
        if document.is_some() {
            break;
        }
    }
    let document = document.map_or_else(|| set(CLOSENESS.end - 2), Ok)?;
    let desk = Desk::new(source, page.to_string(), style);
    let options = PdfOptions {
        // Only a hash of this goes into the file: another intake is another document, the same intake the same one.
        ident: Smart::Custom(page.to_string()),
        creator: Smart::Custom(Some(concat!("preconsult ", env!("CARGO_PKG_VERSION")).to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|fault| Error::failed(format!("PDF/UA-1 cannot be had: {}", fault.message())))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|faults| failed(&faults, &desk, template))
}

/// How close a page will have to be set, going by how much it says; a guess too low costs another try.
fn first_guess(page: &Value) -> usize {
    fn letters(value: &Value) -> usize {
        match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(letters).sum(),
            Value::Object(fields) => fields.values().map(letters).sum(),
            _ => 0,
        }
    }
    match letters(page) {
        0..3_400 => 0,
        3_400..3_750 => 1,
        3_750..4_800 => 2,
        4_800..7_000 => 3,
        // No closeness holds that much on one page.
        7_000.. => CLOSENESS.end,
    }
}

/// The first fault, at its place in the template where it has one.
fn failed(faults: &[SourceDiagnostic], desk: &Desk<'_>, template: &Template) -> Error {
    let Some(fault) = faults.first() else {
        return Error::failed("the page could not be typeset, and typst gave no reason");
    };
    let hints: Vec<&str> = fault.hints.iter().map(|hint| hint.v.as_str()).collect();
    let range = (fault.span.id() == Some(desk.template().id())).then(|| desk.range(fault.span)).flatten();
    let Some(range) = range else {
        let hint = if hints.is_empty() {
            "look at the template and at what it shows of /data.json".to_owned()
        } else {
            hints.join("; ")
        };
        return Error::input(format!("{} could not be typeset: {}", template.name, fault.message)).hint(hint);
    };
    let file = File { name: template.name.clone(), text: template.text.clone() };
    let sink = Sink::new(&file);
    let problem = Problem::new("template", range, fault.message.to_string());
    sink.report(if hints.is_empty() { problem } else { problem.hint(hints.join("; ")) });
    let problems = sink.into_problems();
    Error::from(Problems::new(problems, vec![file]))
}
