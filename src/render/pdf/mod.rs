//! A page as PDF: a typst template, typeset in memory.
//!
//! The template sees `/data.json` (the outline) and the clinic's logo, but no other file, no package and no clock. The output
//! is PDF/UA-1 (the exporter fails otherwise), and the same input gives the same bytes.

mod data;
pub(super) mod fonts;
mod form;
mod logo;
mod printed_glyphs;
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
use crate::summary::CopyKind;
use serde_json::{Value, json};
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::TemplateWorld;

pub use form::render as render_form;

/// The built-in template: what both copies share, each copy's layout, and the page itself.
const SUMMARY: &str = concat!(
    include_str!("summary_base.typ"),
    include_str!("summary_clinician.typ"),
    include_str!("summary_patient.typ"),
    include_str!("summary_end.typ"),
);

/// The number of documents after which an unused cached result is evicted. Without eviction, 2,000 documents use over 2 GB.
const CACHE_AGE: usize = 5;

/// Checks that a PDF can show a logo.
///
/// # Errors
/// Returns an error if typst would refuse the logo, or take too long to draw it.
pub fn check_logo(logo: &Logo) -> Result<(), InvalidLogo> {
    logo::check(logo)
}

/// Typesets a copy by the clinic's template, or by the built-in one.
///
/// # Errors
/// Returns an error if the clinic's template cannot be typeset, or its page lacks required content.
pub fn render(outline: &Outline, style: &Style) -> Result<Rendered, RenderError> {
    match &style.template {
        // Tests ensure that the built-in template prints all required content.
        None => typeset(data_of(outline, style), &built_in_template(), style, |_| Ok(())),
        Some(template) => typeset(data_of(outline, style), template, style, |document| {
            required_content::check(document, outline, style.fonts(), template)
        }),
    }
}

/// Returns the files needed to edit a template with typst itself, each as its path and bytes. The data is that of this
/// outline, exactly as the template receives it here.
///
/// # Errors
/// Returns an error if the built-in template cannot be typeset.
pub fn template_kit(outline: &Outline, style: &Style) -> Result<Vec<(String, Vec<u8>)>, RenderError> {
    let template = built_in_template();
    let mut page = data_of(outline, style);
    style.fonts().prepare(&mut page);
    let (_, density) = lay_out(&page, &template, style)?;
    page["closeness"] = density.into();
    let mut files =
        vec![(template.name, template.text.into_bytes()), ("data.json".to_owned(), format!("{page:#}\n").into_bytes())];
    if let Some(logo) = &style.letterhead.logo {
        files.push((data::logo_path(logo.kind).trim_start_matches('/').to_owned(), logo.bytes.clone()));
    }
    files.extend(fonts::files().map(|(name, bytes)| (format!("fonts/{name}"), bytes.to_vec())));
    Ok(files)
}

fn built_in_template() -> Template {
    Template { name: "summary.typ".to_owned(), text: SUMMARY.to_owned() }
}

/// The content of `/data.json` for a summary, without the keys `fonts` and `closeness`.
fn data_of(outline: &Outline, style: &Style) -> Value {
    let mut page = data::of_outline(outline);
    page["large"] = (style.large_print && outline.audience == CopyKind::Patient).into();
    page["words"] = words(&Messages::new(&outline.language));
    page
}

/// The words that a template needs in addition to the outline.
fn words(messages: &Messages) -> Value {
    let page = messages.format("page-of", [("page", "{page}".into()), ("pages", "{pages}".into())]);
    let mut all = json!({ "page": page });
    for key in ["quote-open", "quote-close", "question", "answer", "notes", "form-title", "open"] {
        all[key.replace('-', "_")] = messages.get(key).into();
    }
    all
}

/// Prepares the data, typesets it, runs `check` on the pages, and evicts old results from typst's cache.
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

/// Exports a laid-out document as PDF.
fn export(document: &PagedDocument, page: &Value, template: &Template, style: &Style) -> Result<Vec<u8>, RenderError> {
    let options = PdfOptions {
        // The file contains only a hash of this data: the same intake gives the same document id.
        ident: Smart::Custom(page.to_string()),
        creator: Smart::Custom(Some(concat!("preconsult ", env!("CARGO_PKG_VERSION")).to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|error| RenderError::PdfStandard(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    let world = TemplateWorld::new(style.fonts().parsed(&template.text), page.to_string(), style);
    typst_pdf::pdf(document, &options).map_err(|errors| to_render_error(&errors, &world, template))
}

/// Lays the page out at the lowest density with which it fits on one page, else on two or three. Returns that density too.
fn lay_out(page: &Value, template: &Template, style: &Style) -> Result<(PagedDocument, usize), RenderError> {
    let source = style.fonts().parsed(&template.text);
    let set = |density: usize| {
        let mut page = page.clone();
        page["closeness"] = density.into();
        let world = TemplateWorld::new(source.clone(), page.to_string(), style);
        let compiled = typst::compile::<PagedDocument>(&world);
        // For typst this is only a warning, but text in an unknown font can be missing from the page.
        match compiled.warnings.iter().find(|warning| warning.message.starts_with("unknown font family")) {
            Some(warning) => Err(to_render_error(std::slice::from_ref(warning), &world, template)),
            None => compiled.output.map_err(|errors| to_render_error(&errors, &world, template)),
        }
    };
    // Only the clinician's copy is set smaller to fit.
    if page["patient"] != false {
        return Ok((set(0)?, 0));
    }
    for (density, max_pages) in density_steps(page) {
        let document = set(*density)?;
        if document.pages().len() <= *max_pages {
            return Ok((document, *density));
        }
    }
    Ok((set(MAX_DENSITY)?, MAX_DENSITY))
}

/// The highest density that is still easy to read.
const MAX_DENSITY: usize = 4;

/// The densities to try in turn, each with its page limit: from low to high density, and only then with one more page. A page
/// that never fits gets [`MAX_DENSITY`].
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

/// The density steps to try for the amount of text on the page. An estimate that is too low costs one more layout.
fn density_steps(page: &Value) -> &'static [(usize, usize)] {
    fn text_bytes(value: &Value) -> usize {
        match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(text_bytes).sum(),
            Value::Object(fields) => fields.values().map(text_bytes).sum(),
            _ => 0,
        }
    }
    let first = match text_bytes(page) {
        0..3_200 => 0,
        3_200..4_050 => 1,
        4_050..4_650 => 2,
        4_650..4_900 => 3,
        4_900..6_200 => 4,
        6_200..7_200 => 5,
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

/// Converts the first error of typst, at its place in the template if it has one.
fn to_render_error(errors: &[SourceDiagnostic], world: &TemplateWorld<'_>, template: &Template) -> RenderError {
    let Some(error) = errors.first() else {
        return RenderError::Unknown;
    };
    let hints: Vec<String> = error.hints.iter().map(|hint| hint.v.to_string()).collect();
    let range = (error.span.id() == Some(world.template().id())).then(|| world.range(error.span)).flatten();
    let Some(range) = range else {
        return RenderError::Template { template: template.name.clone(), message: error.message.to_string(), hints };
    };
    let file = File { name: template.name.clone(), text: template.text.clone() };
    let sink = Reporter::new(&file);
    let problem = Diagnostic::new("template", range, error.message.to_string());
    sink.report(if hints.is_empty() { problem } else { problem.hint(hints.join("; ")) });
    let problems = sink.into_collected();
    RenderError::TemplateProblems(Diagnostics::new(problems, vec![file]))
}
