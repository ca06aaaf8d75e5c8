//! From the files of a pack to a checked [`Pack`], or to all their problems.

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
    /// What somebody should look at.
    pub warnings: Diagnostics,
    /// How hard its texts are to read.
    pub reading: Vec<Reading>,
    /// Where its questions are written, for checks by other modules.
    pub(crate) question_spans: QuestionSpans,
}

impl Pack {
    /// Checks the files of a pack: all that keeps a promise, and nothing that takes time.
    ///
    /// # Errors
    /// All that is wrong with them, in reading order.
    pub fn load(files: &PackFiles) -> Result<Self, Diagnostics> {
        load(files, None).map(|checked| checked.pack)
    }

    /// Checks the files of a pack as [`Self::load`] does, and besides: that every question can be asked, every rule can
    /// fire and every statement can be printed, that the language is plain, and which reviews are past due.
    ///
    /// # Errors
    /// All that is wrong with them, in reading order, warnings included.
    pub fn check(files: &PackFiles, today: NaiveDate) -> Result<Checked, Diagnostics> {
        load(files, Some(today))
    }
}

/// Checks the files; with a date, also all that takes more time than a start-up has.
fn load(files: &PackFiles, thorough: Option<NaiveDate>) -> Result<Checked, Diagnostics> {
    let names = ["pack.json", "questions.json", "statements.json", "rules.json"];
    let [pack_file, questions_file, statements_file, rules_file] = names.map(|name| files.file(name));
    let mut head = ParsedFile::<PackFile>::new(files, names[0], &pack_file);
    let tags: Vec<String> = head.raw.iter().flat_map(|head| &head.languages).map(|tag| tag.value.clone()).collect();
    let other_files: Vec<File> = tags.iter().skip(1).map(|tag| files.file(&format!("{tag}.json"))).collect();
    let others = tags.iter().skip(1).zip(&other_files);
    let others = others.map(|(tag, file)| ParsedFile::new(files, &format!("{tag}.json"), file)).collect();
    let mut asked = ParsedFile::<QuestionsFile>::new(files, names[1], &questions_file);
    let mut said = ParsedFile::<StatementsFile>::new(files, names[2], &statements_file);
    let mut ruled = ParsedFile::<RulesFile>::new(files, names[3], &rules_file);
    repair_ids::repair_ids(&mut head, &mut asked, &mut said, &mut ruled);
    let wordings = Translations::new(tags, others);

    if let Some(raw) = &head.raw {
        manifest::check_head(raw, &head.sink);
        manifest::check_unknown_files(files, &names, &wordings.tags, &head.sink);
    }
    let sources = head
        .raw
        .iter()
        .flat_map(|raw| &raw.sources)
        .map(|source| manifest::check_source(source, &wordings, &head.sink));
    let sources: Vec<Source> = sources.collect();
    let (sections, questions) = questions::check(&asked, &wordings);
    let sorted = statements::Sorted::new(&said, &sources);
    let statements = statements::check(&sorted, &said, &head, &questions, &asked, &sources, &wordings);
    let rules = rules::check(&ruled, &sorted, &said, &questions, &asked);
    let glossary = manifest::check_glossary(&head, &sources, &wordings);

    let pack = head.raw.as_ref().zip(statements).map(|(raw, statements)| Content {
        id: raw.id.value.clone(),
        version: raw.version.value.clone(),
        hash: files.hash(),
        languages: wordings.tags.clone(),
        title: wordings.get("title", &raw.title, &head.sink),
        notice: wordings.get("notice", &raw.notice, &head.sink),
        review: reviews::review(
            raw.reviewed_by.as_ref(),
            raw.reviewed_on.as_ref(),
            raw.review_due.as_ref(),
            &head.sink,
        ),
        sources,
        glossary,
        sections,
        questions,
        statements,
        rules,
    });
    let pack = pack.map(Pack::from);
    statements::check_kinds(&sorted, &said, pack.as_ref());
    wordings.report_missing();
    if head.whole && asked.whole && said.whole {
        wordings.report_unused();
    }
    let texts = Texts { head: &head, asked: &asked, said: &said, wordings: &wordings };
    let all = if thorough.is_some() { texts.all() } else { texts.claims_and_headings() };
    let tokens: Vec<Tokens<'_>> = all.iter().map(|text| Tokens::new(text.wording)).collect();
    language::check_banned(&texts, &all, &tokens);
    let mut reading: Vec<Reading> = Vec::new();
    if let Some(today) = thorough {
        // What is proven of a pack with faults would be about the faults.
        let sound = [&head.sink, &asked.sink, &said.sink, &ruled.sink].iter().all(|sink| sink.is_empty());
        if let Some(pack) = pack.as_ref().filter(|_| sound) {
            analysis::check(pack, &asked, &said, &ruled);
        }
        reading = language::check(&texts, &all, &tokens);
        reviews::check(&head, &said, &ruled, today);
    }

    let question_spans = QuestionSpans::new(&questions_file, asked.raw.as_ref());
    let mut problems = head.sink.into_problems();
    problems.extend([asked.sink, said.sink, ruled.sink].into_iter().flat_map(Reporter::into_problems));
    problems.extend(wordings.others.into_iter().flat_map(|other| other.sink.into_problems()));
    let refused = problems.iter().any(|problem| problem.level == Severity::Error);
    let mut all = vec![pack_file, questions_file, statements_file, rules_file];
    all.extend(other_files);
    let found = Diagnostics::new(problems, all);
    match pack {
        Some(pack) if !refused => Ok(Checked { pack, warnings: found, reading, question_spans }),
        _ => Err(found),
    }
}
