//! A page to try a clinic's settings on before a patient needs one: the longest that the pack's own cases make.

use crate::error::Error;
use crate::export::{Exporter, Format};
use crate::interview::{AnswersFile, Finished, Interview, Need};
use crate::keep::pack_folder;
use crate::pack::{Language, Pack, built_in_cases};
use crate::summary::{Copy, Setting, Summary};
use serde_json::{Value, json};
use std::path::Path;

/// The answers of the case that says most; none where a pack has no cases. `folder` is the pack's, if it has one.
pub(super) fn longest<'p>(pack: &'p Pack, folder: Option<&Path>) -> Result<Option<Finished<'p>>, Error> {
    let cases = folder.map_or_else(|| Ok(built_in_cases()), pack_folder::read_cases)?;
    let finished = cases.iter().filter_map(|(name, text)| answers(pack, name, text));
    Ok(finished.max_by_key(|finished| {
        let summary = Summary::new(finished, setting(Language::default(), Copy::Clinician));
        let mut json = Vec::new();
        summary.write_json(&mut json);
        json.len()
    }))
}

/// What a case answers. One that is wrong is `pack test`'s to tell.
fn answers<'p>(pack: &'p Pack, name: &str, text: &str) -> Option<Finished<'p>> {
    let case: Value = serde_json::from_str(text).ok()?;
    let file = json!({ "format": 1, "pack": pack.id, "answers": case.get("answers")? }).to_string();
    let file = AnswersFile::read(pack, name, &file, Need::Complete).ok()?;
    Interview::new(pack, file.answers).finish().ok()
}

/// Writes both copies in every language of the pack and in every format, and keeps none.
pub(super) fn try_all(finished: &Finished<'_>, exporter: &Exporter) -> Result<(), Error> {
    let pack = finished.pack();
    for language in pack.languages.iter().filter_map(|tag| pack.language(tag)) {
        for copy in [Copy::Patient, Copy::Clinician] {
            let summary = Summary::new(finished, setting(language, copy));
            for format in Format::ALL {
                exporter.export(&summary, *format)?;
            }
        }
    }
    Ok(())
}

fn setting(language: Language, copy: Copy) -> Setting {
    Setting { date: super::today(), language, asked_in: language, copy, filled_in_by: None }
}
