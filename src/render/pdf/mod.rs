//! A page as PDF: a typst template, typeset in memory.
//!
//! The template sees `/data.json` (the outline), the clinic's logo, and nothing else: no file, no package, no clock. What
//! comes out is PDF/UA-1 (the exporter refuses otherwise), and the same input gives the same bytes.

mod data;
pub(super) mod fonts;
mod form;
mod logo;
mod required_content;
mod source;
mod world;

pub use fonts::is_font;

use super::error::RenderError;
use super::style::{Rendered, Style, Template};
use crate::diagnostics::{Diagnostic, Diagnostics, File, Reporter};
use crate::letterhead::{InvalidLogo, Logo};
use crate::messages::Messages;
use crate::outline::Outline;
use serde_json::{Value, json};
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::TemplateWorld;

pub use form::render as render_form;

const SUMMARY: &str = include_str!("summary.typ");

/// How many documents an unused cached result outlives. Without a limit 2,000 documents hold over 2 GB.
const CACHE_AGE: usize = 5;

/// Checks that a PDF can show a logo.
///
/// # Errors
/// When typst would refuse the logo, or take too long to draw it.
pub fn check_logo(logo: &Logo) -> Result<(), InvalidLogo> {
    logo::check(logo)
}

/// Typesets a copy by the clinic's template, or by the built-in one.
///
/// # Errors
/// When the clinic's template cannot be typeset, or its page lacks required content.
pub fn render(outline: &Outline, style: &Style) -> Result<Rendered, RenderError> {
    match &style.template {
        // Ours prints what it must, and tests see to that.
        None => typeset(data_of(outline), &own_template(), style, |_| Ok(())),
        Some(template) => typeset(data_of(outline), template, style, |document| {
            required_content::check(document, outline, style.fonts(), template)
        }),
    }
}

/// Returns the files needed to edit a template with typst itself, each as its path and bytes. The data is that of this
/// outline, exactly as the template receives it here.
///
/// # Errors
/// When the built-in template cannot be typeset.
pub fn template_kit(outline: &Outline, style: &Style) -> Result<Vec<(String, Vec<u8>)>, RenderError> {
    let own = own_template();
    let mut page = data_of(outline);
    style.fonts().prepare(&mut page);
    let (_, closeness) = lay_out(&page, &own, style)?;
    page["closeness"] = closeness.into();
    let mut files =
        vec![(own.name, own.text.into_bytes()), ("data.json".to_owned(), format!("{page:#}\n").into_bytes())];
    if let Some(logo) = &style.letterhead.logo {
        files.push((data::logo_path(logo.kind).trim_start_matches('/').to_owned(), logo.bytes.clone()));
    }
    files.extend(fonts::files().map(|(name, bytes)| (format!("fonts/{name}"), bytes.to_vec())));
    Ok(files)
}

fn own_template() -> Template {
    Template { name: "summary.typ".to_owned(), text: SUMMARY.to_owned() }
}

/// What the template of a summary finds in `/data.json`, but for the fonts and how close to set it.
fn data_of(outline: &Outline) -> Value {
    let mut page = data::of_outline(outline);
    page["words"] = words(&Messages::new(&outline.language));
    page
}

/// The words that a template needs beside those of the outline.
fn words(words: &Messages) -> Value {
    let page = words.format("page-of", [("page", "{page}".into()), ("pages", "{pages}".into())]);
    let mut all = json!({ "page": page });
    for key in ["quote-open", "quote-close", "question", "answer", "notes", "form-title", "open"] {
        all[key.replace('-', "_")] = words.get(key).into();
    }
    all
}

/// Makes the data printable, typesets it, lets `check` look at it, and evicts what the cache no longer needs.
fn typeset(
    mut page: Value,
    template: &Template,
    style: &Style,
    check: impl FnOnce(&PagedDocument) -> Result<(), RenderError>,
) -> Result<Rendered, RenderError> {
    let missing = style.fonts().prepare(&mut page);
    let laid_out = lay_out(&page, template, style);
    let bytes = laid_out.and_then(|(document, _)| {
        check(&document)?;
        export(&document, &page, template, style)
    });
    typst::comemo::evict(CACHE_AGE);
    Ok(Rendered { bytes: bytes?, missing })
}

/// A document that is laid out, as PDF.
fn export(document: &PagedDocument, page: &Value, template: &Template, style: &Style) -> Result<Vec<u8>, RenderError> {
    let options = PdfOptions {
        // Only a hash of this goes into the file: another intake is another document, the same intake the same one.
        ident: Smart::Custom(page.to_string()),
        creator: Smart::Custom(Some(concat!("preconsult ", env!("CARGO_PKG_VERSION")).to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|fault| RenderError::PdfStandard(fault.message().to_string()))?,
        ..PdfOptions::default()
    };
    let desk = TemplateWorld::new(style.fonts().parsed(&template.text), page.to_string(), style);
    typst_pdf::pdf(document, &options).map_err(|faults| failed(&faults, &desk, template))
}

/// Sets the page as airily as one page allows, or else two, or three; gives how close that is too.
fn lay_out(page: &Value, template: &Template, style: &Style) -> Result<(PagedDocument, usize), RenderError> {
    let source = style.fonts().parsed(&template.text);
    let set = |closeness: usize| {
        let mut page = page.clone();
        page["closeness"] = closeness.into();
        let desk = TemplateWorld::new(source.clone(), page.to_string(), style);
        let made = typst::compile::<PagedDocument>(&desk);
        // Only a warning to typst, but text in such a font can vanish from the page without a trace.
        match made.warnings.iter().find(|warning| warning.message.starts_with("unknown font family")) {
            Some(warning) => Err(failed(std::slice::from_ref(warning), &desk, template)),
            None => made.output.map_err(|faults| failed(&faults, &desk, template)),
        }
    };
    for (closeness, most_pages) in first_tries(page) {
        let document = set(*closeness)?;
        if document.pages().len() <= *most_pages {
            return Ok((document, *closeness));
        }
    }
    Ok((set(MAX_DENSITY)?, MAX_DENSITY))
}

/// The closest that a page is set: as close as still reads well.
const MAX_DENSITY: usize = 4;

/// How closely to set a page, and how many pages that may make; in turn, from airy to close, and only then a page more.
/// What does not fit at all is set at the closest.
const DENSITY_STEPS: [(usize, usize); 13] = [
    (0, 1),
    (1, 1),
    (2, 1),
    (3, 1),
    (MAX_DENSITY, 1),
    (0, 2),
    (1, 2),
    (2, 2),
    (3, 2),
    (MAX_DENSITY, 2),
    (1, 3),
    (2, 3),
    (3, 3),
];

/// The tries that are worth it, going by how much the page says; a guess too low costs another try.
fn first_tries(page: &Value) -> &'static [(usize, usize)] {
    fn letters(value: &Value) -> usize {
        match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(letters).sum(),
            Value::Object(fields) => fields.values().map(letters).sum(),
            _ => 0,
        }
    }
    let first = match letters(page) {
        0..3_200 => 0,
        3_200..4_050 => 1,
        4_050..4_650 => 2,
        4_650..4_900 => 3,
        4_900..5_800 => 4,
        5_800..7_200 => 5,
        7_200..8_000 => 6,
        8_000..10_200 => 7,
        10_200..11_000 => 8,
        11_000..11_500 => 9,
        11_500..12_500 => 10,
        12_500..14_500 => 11,
        14_500..16_500 => 12,
        16_500.. => 13,
    };
    &DENSITY_STEPS[first..]
}

/// The first fault, at its place in the template where it has one.
fn failed(faults: &[SourceDiagnostic], desk: &TemplateWorld<'_>, template: &Template) -> RenderError {
    let Some(fault) = faults.first() else {
        return RenderError::Unknown;
    };
    let hints: Vec<String> = fault.hints.iter().map(|hint| hint.v.to_string()).collect();
    let range = (fault.span.id() == Some(desk.template().id())).then(|| desk.range(fault.span)).flatten();
    let Some(range) = range else {
        return RenderError::Template { template: template.name.clone(), message: fault.message.to_string(), hints };
    };
    let file = File { name: template.name.clone(), text: template.text.clone() };
    let sink = Reporter::new(&file);
    let problem = Diagnostic::new("template", range, fault.message.to_string());
    sink.report(if hints.is_empty() { problem } else { problem.hint(hints.join("; ")) });
    let problems = sink.into_problems();
    RenderError::TemplateProblems(Diagnostics::new(problems, vec![file]))
}
