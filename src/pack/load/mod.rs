//! Checks the files of a pack and builds a [`Pack`], or returns all their problems.

mod conditions;
pub(super) mod language;
mod manifest;
mod modality;
mod patient_texts;
mod questions;
mod references;
mod repair_ids;
mod reviews;
mod rules;
mod statements;
mod translations;

use super::analysis;
use super::content::{Content, Pack};
use super::files::{PackFiles, ParsedFile};
use super::phrases::Tokens;
use super::question_spans::QuestionSpans;
use super::raw::{PackFile, QuestionsFile, RulesFile, StatementsFile};
use super::source::Source;
use crate::diagnostics::{Diagnostics, File, Reporter, Severity};
use chrono::NaiveDate;
use language::Reading;
use patient_texts::Texts;
use translations::Translations;

/// A pack that has passed every check.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The pack.
    pub pack: Pack,
    /// Warnings that do not make the pack invalid.
    pub warnings: Diagnostics,
    /// Reading difficulty of the texts.
    pub reading: Vec<Reading>,
    /// Source spans of the questions, for checks in other modules.
    pub(crate) question_spans: QuestionSpans,
}

impl Pack {
    /// Checks the files of a pack. It skips the slow checks of [`Self::check`].
    ///
    /// # Errors
    /// Returns all problems in reading order.
    pub fn load(files: &PackFiles) -> Result<Self, Diagnostics> {
        load(files, None).map(|checked| checked.pack)
    }

    /// Checks the files of a pack as [`Self::load`] does, with additional checks. Every question can be asked, every rule
    /// can fire, every statement can be printed, the language is plain, and no review is overdue on `today`.
    ///
    /// # Errors
    /// Returns all problems in reading order, including warnings.
    pub fn check(files: &PackFiles, today: NaiveDate) -> Result<Checked, Diagnostics> {
        load(files, Some(today))
    }
}

/// Checks the files. With a date, it also runs the checks that are too slow for a start-up.
fn load(files: &PackFiles, deep_check_on: Option<NaiveDate>) -> Result<Checked, Diagnostics> {
    let file_names = ["pack.json", "questions.json", "statements.json", "rules.json"];
    let [manifest_input, questions_input, statements_input, rules_input] = file_names.map(|name| files.file(name));
    let mut manifest = ParsedFile::<PackFile>::new(files, file_names[0], &manifest_input);
    let tags: Vec<String> =
        manifest.raw.iter().flat_map(|manifest| &manifest.languages).map(|tag| tag.value.clone()).collect();
    let translation_inputs: Vec<File> = tags.iter().skip(1).map(|tag| files.file(&format!("{tag}.json"))).collect();
    let others = tags.iter().skip(1).zip(&translation_inputs);
    let others = others.map(|(tag, file)| ParsedFile::new(files, &format!("{tag}.json"), file)).collect();
    let mut questions_file = ParsedFile::<QuestionsFile>::new(files, file_names[1], &questions_input);
    let mut statements_file = ParsedFile::<StatementsFile>::new(files, file_names[2], &statements_input);
    let mut rules_file = ParsedFile::<RulesFile>::new(files, file_names[3], &rules_input);
    repair_ids::repair_ids(&mut manifest, &mut questions_file, &mut statements_file, &mut rules_file);
    let translations = Translations::new(tags, others);

    if let Some(raw) = &manifest.raw {
        manifest::check_manifest(raw, &manifest.sink);
        manifest::check_unknown_files(files, &file_names, &translations.tags, &manifest.sink);
    }
    let sources = manifest
        .raw
        .iter()
        .flat_map(|raw| &raw.sources)
        .map(|source| manifest::check_source(source, &translations, &manifest.sink));
    let sources: Vec<Source> = sources.collect();
    let (sections, mut questions) = questions::check(&questions_file, &translations);
    let by_kind = statements::StatementsByKind::new(&statements_file, &sources);
    let mut statements =
        statements::check(&by_kind, &statements_file, &manifest, &questions, &questions_file, &sources, &translations);
    let rules = rules::check(&rules_file, &by_kind, &statements_file, &questions, &questions_file);
    if let Some(statements) = &mut statements {
        rules::set_ask_conditions(&mut statements.ask, &rules);
        questions::add_ask_options(&mut questions, &statements.ask, &questions_file);
    }
    let glossary = manifest::check_glossary(&manifest, &sources, &translations);

    let pack = manifest.raw.as_ref().zip(statements).map(|(raw, statements)| Content {
        id: raw.id.value.clone(),
        version: raw.version.value.clone(),
        hash: files.hash(),
        languages: translations.tags.clone(),
        title: translations.get("title", &raw.title, &manifest.sink),
        notice: translations.get("notice", &raw.notice, &manifest.sink),
        notice_clinician: raw
            .notice_clinician
            .as_ref()
            .map(|notice| translations.get("notice.clinician", notice, &manifest.sink)),
        declarations: manifest::declarations(raw, &translations, &manifest.sink),
        verdicts: manifest::verdicts(raw, &manifest.sink),
        review: reviews::review(
            raw.reviewed_by.as_ref(),
            raw.reviewed_on.as_ref(),
            raw.review_due.as_ref(),
            &manifest.sink,
        ),
        sources,
        glossary,
        sections,
        questions,
        statements,
        rules,
    });
    let pack = pack.map(Pack::from);
    statements::check_kinds(&by_kind, &statements_file, pack.as_ref());
    translations.report_missing();
    if manifest.is_complete && questions_file.is_complete && statements_file.is_complete {
        translations.report_unused();
    }
    let texts = Texts {
        manifest: &manifest,
        questions_file: &questions_file,
        statements_file: &statements_file,
        translations: &translations,
    };
    let all = if deep_check_on.is_some() { texts.all() } else { texts.claims_and_headings() };
    let tokens: Vec<Tokens<'_>> = all.iter().map(|text| Tokens::new(text.wording)).collect();
    language::check_banned(&texts, &all, &tokens);
    let mut reading: Vec<Reading> = Vec::new();
    if let Some(today) = deep_check_on {
        // In a pack with errors, the analysis would report consequences of these errors.
        let is_valid = [&manifest.sink, &questions_file.sink, &statements_file.sink, &rules_file.sink]
            .iter()
            .all(|sink| sink.is_empty());
        if let Some(pack) = pack.as_ref().filter(|_| is_valid) {
            analysis::check(pack, &questions_file, &statements_file, &rules_file);
        }
        reading = language::check(&texts, &all, &tokens);
        reviews::check(&manifest, &statements_file, &rules_file, today);
    }

    let question_spans = QuestionSpans::new(&questions_input, questions_file.raw.as_ref());
    let mut problems = manifest.sink.into_collected();
    problems
        .extend([questions_file.sink, statements_file.sink, rules_file.sink].into_iter().map(Reporter::into_collected));
    problems.extend(translations.others.into_iter().map(|other| other.sink.into_collected()));
    let has_errors = problems.list.iter().any(|problem| problem.level == Severity::Error);
    let mut inputs = vec![manifest_input, questions_input, statements_input, rules_input];
    inputs.extend(translation_inputs);
    let diagnostics = Diagnostics::new(problems, inputs);
    match pack {
        Some(pack) if !has_errors => Ok(Checked { pack, warnings: diagnostics, reading, question_spans }),
        _ => Err(diagnostics),
    }
}
