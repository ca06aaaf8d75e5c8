//! A page to try a clinic's settings with before a patient needs one: the longest of the pack's own cases.

use crate::diagnostics::{File, Reporter, parse};
use crate::error::Error;
use crate::export::{Exporter, Format};
use crate::interview::{Completeness, Finished, Interview, read_answers};
use crate::pack::{Language, Pack, built_in_cases};
use crate::storage::pack_folder;
use crate::summary::{CopyKind, Summary, SummaryOptions};
use jsonc_parser::ast::Value;
use std::path::Path;

/// The interview of the case with the longest summary; `None` where a pack has no cases. `folder` is the pack's, if it has
/// one.
pub(super) fn longest_case<'p>(pack: &'p Pack, folder: Option<&Path>) -> Result<Option<Finished<'p>>, Error> {
    let cases = folder.map_or_else(|| Ok(built_in_cases()), pack_folder::read_cases)?;
    let finished = cases.iter().filter_map(|(name, text)| finished_case(pack, name, text));
    Ok(finished.max_by_key(|finished| {
        let summary = Summary::new(finished, setting(Language::default(), CopyKind::Clinician));
        let mut json = Vec::new();
        summary.write_json(&mut json);
        json.len()
    }))
}

/// The finished interview of a case. A case that is wrong is reported by `pack test`.
fn finished_case<'p>(pack: &'p Pack, name: &str, text: &str) -> Option<Finished<'p>> {
    let file = File { name: name.to_owned(), text: text.to_owned() };
    let sink = Reporter::new(&file);
    let value = parse(&sink)?;
    let Value::Object(case) = &value else { return None };
    let answers = case.properties.iter().find(|property| property.name.as_str() == "answers")?;
    let answers = read_answers(pack, &answers.value, Completeness::Complete, &sink);
    let is_valid = sink.into_problems().is_empty();
    is_valid.then(|| Interview::new(pack, answers).finish().ok())?
}

/// Renders both copies in every language of the pack and in every format, and keeps none.
pub(super) fn render_all(finished: &Finished<'_>, exporter: &Exporter) -> Result<(), Error> {
    let pack = finished.pack();
    for language in pack.languages.iter().filter_map(|tag| pack.language(tag)) {
        for copy in [CopyKind::Patient, CopyKind::Clinician] {
            let summary = Summary::new(finished, setting(language, copy));
            for format in Format::ALL {
                exporter.export(&summary, *format)?;
            }
        }
    }
    Ok(())
}

fn setting(language: Language, copy: CopyKind) -> SummaryOptions {
    SummaryOptions { date: super::today(), language, asked_in: language, copy, filled_in_by: None }
}
