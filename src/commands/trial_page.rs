//! Trial pages: check a clinic's settings with the longest of the pack's own cases, before a patient needs a page.

use crate::diagnostics::{File, Reporter, parse};
use crate::error::Error;
use crate::export::{Exporter, Format};
use crate::interview::{Completeness, Finished, Interview, read_answers};
use crate::pack::{Language, Pack, built_in_cases};
use crate::storage::pack_folder;
use crate::summary::{CopyKind, Summary, SummaryOptions};
use jsonc_parser::ast::Value;
use std::path::Path;

/// Returns the interview of the case with the longest summary; `None` if the pack has no cases.
///
/// `folder` is the pack's folder; `None` for the built-in pack.
pub(super) fn longest_case<'p>(pack: &'p Pack, folder: Option<&Path>) -> Result<Option<Finished<'p>>, Error> {
    let cases = folder.map_or_else(|| Ok(built_in_cases()), pack_folder::read_cases)?;
    let finished = cases.iter().filter_map(|(name, text)| finished_case(pack, name, text));
    Ok(finished.max_by_key(|finished| {
        let summary = Summary::new(finished, summary_options(Language::default(), CopyKind::Clinician));
        let mut json = Vec::new();
        summary.write_json(&mut json);
        json.len()
    }))
}

/// Returns the finished interview of a case; `None` for an invalid case, which `pack test` reports.
fn finished_case<'p>(pack: &'p Pack, name: &str, text: &str) -> Option<Finished<'p>> {
    let file = File { name: name.to_owned(), text: text.to_owned() };
    let sink = Reporter::new(&file);
    let value = parse(&sink)?;
    let Value::Object(case) = &value else { return None };
    let answers = case.properties.iter().find(|property| property.name.as_str() == "answers")?;
    let answers = read_answers(pack, &answers.value, Completeness::Complete, &sink);
    let is_valid = sink.into_collected().is_empty();
    is_valid.then(|| Interview::new(pack, answers).finish().ok())?
}

/// Renders both copies in every language of the pack and every format, and discards them.
pub(super) fn render_all(finished: &Finished<'_>, exporter: &Exporter) -> Result<(), Error> {
    let pack = finished.pack();
    for language in pack.languages.iter().filter_map(|tag| pack.language(tag)) {
        for copy in [CopyKind::Patient, CopyKind::Clinician] {
            let summary = Summary::new(finished, summary_options(language, copy));
            for format in Format::ALL {
                exporter.export(&summary, *format)?;
            }
        }
    }
    Ok(())
}

fn summary_options(language: Language, copy: CopyKind) -> SummaryOptions {
    SummaryOptions { date: super::today(), language, asked_in: language, copy, filled_in_by: None }
}
