//! Finished answers → a summary.

use super::localize::Localizer;
use super::matches::RuleMatches;
use super::{AnswerRecord, GlossaryEntry, Line, SourceLine, Summary, SummaryOptions, VariabilityLine};
use crate::answer::AnswerKey;
use crate::interview::Finished;
use crate::pack::{Pack, Role, Term};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

pub(super) fn build(finished: &Finished<'_>, setting: SummaryOptions) -> Summary {
    let pack = finished.pack();
    let speaker = Localizer::new(pack, setting.language);
    let records = Records { speaker: &speaker, finished };
    let role = |role| pack.with_role(role).map(|question| records.one(AnswerKey::of_question(question)));
    let mut matches = RuleMatches::default();
    matches.evaluate(pack, finished.answers());
    let statements = &pack.statements;
    let file = crate::interview::AnswersFile { answers: finished.answers().clone(), ..Default::default() };
    let written = file.write(pack);
    let mut summary = Summary {
        pack_id: pack.id.clone(),
        pack_version: pack.version.clone(),
        pack_hash: pack.hash.clone(),
        title: speaker.text(&pack.title),
        date: setting.date,
        language: pack.tag(setting.language).to_owned(),
        asked_in: pack.tag(setting.asked_in).to_owned(),
        copy: setting.copy,
        label: super::json_writer::label(pack, finished.answers()),
        filled_in_by: setting.filled_in_by,
        notice: speaker.text(&pack.notice),
        procedure: speaker.line(&statements.procedure),
        benefits: matches.benefits().map(|(benefit, found)| speaker.benefit(benefit, found)).collect(),
        overview: matches.overview().map(|(benefit, found)| speaker.benefit(benefit, found)).collect(),
        not_covered: matches.not_covered().iter().map(|not_covered| speaker.not_covered(not_covered)).collect(),
        variability: statements
            .variability
            .iter()
            .map(|variability| VariabilityLine {
                line: speaker.line(&variability.statement),
                answers: variability.questions.iter().flat_map(|question| records.all(*question)).collect(),
            })
            .collect(),
        safety: speaker.lines(&statements.safety),
        consult: speaker.lines(&statements.consult),
        recorded: records.of(|role| role == Role::Recorded),
        questions: role(Role::Questions),
        answers: records.of(|_| true),
        concerns: role(Role::Concerns).unwrap_or_else(|| records.one(AnswerKey::of_question(0))),
        sources: pack
            .sources
            .iter()
            .map(|source| SourceLine {
                id: source.id.clone(),
                title: source.title.clone(),
                author: source.author.clone(),
                publisher: source.publisher.clone(),
                published: source.published.clone(),
            })
            .collect(),
        reviewed_by: pack.review.by.clone(),
        reviewed_on: pack.review.on,
        overdue: pack
            .overdue(setting.date)
            .into_iter()
            .map(|(due, of)| (due, of.map(|statement| speaker.text(&statement.text))))
            .collect(),
        words: Vec::new(),
        content_id: content_id(pack, &written),
        id: None,
        asked: finished.asked().to_vec(),
        matches,
        setting,
        given_answers: finished.shared_answers(),
        pack: pack.clone(),
    };
    summary.words = words_in(&summary, &speaker);
    summary
}

/// The entries of the glossary whose word stands in a sentence of this copy.
fn words_in(summary: &Summary, speaker: &Localizer<'_>) -> Vec<GlossaryEntry> {
    let benefits = || summary.benefits.iter().chain(&summary.overview);
    let variability = summary.variability.iter().map(|variability| &variability.line);
    let lines = std::iter::once(&summary.procedure)
        .chain(benefits().flat_map(|benefit| std::iter::once(&benefit.line).chain(&benefit.limits)))
        .chain(variability.chain(&summary.safety).chain(&summary.consult));
    let texts: Vec<&str> = lines.map(|line| line.text.as_str()).collect();
    let used = |term: &&Term| texts.iter().any(|text| term.is_in(text, speaker.language));
    let word = |term: &Term| GlossaryEntry {
        word: speaker.text(&term.word),
        line: Line {
            id: term.id.clone(),
            cites: term.cites.iter().map(|cites| speaker.pack.citation_text(*cites)).collect(),
            text: speaker.text(&term.text),
        },
    };
    speaker.pack.glossary.iter().filter(used).map(word).collect()
}

/// What came of the questions.
struct Records<'r> {
    speaker: &'r Localizer<'r>,
    finished: &'r Finished<'r>,
}

impl Records<'_> {
    /// Every question of some roles: one record, or one for each thing that it was asked about.
    fn of(&self, wanted: impl Fn(Role) -> bool) -> Vec<AnswerRecord> {
        let questions = self.speaker.pack.questions.iter().enumerate();
        questions.filter(|(_, question)| wanted(question.role)).flat_map(|(at, _)| self.all(at)).collect()
    }

    fn all(&self, question: usize) -> Vec<AnswerRecord> {
        let asked = self.finished.asked().iter().filter(|slot| slot.question == question);
        let records: Vec<AnswerRecord> = asked.map(|slot| self.one(*slot)).collect();
        if records.is_empty() { vec![self.one(AnswerKey::of_question(question))] } else { records }
    }

    fn one(&self, slot: AnswerKey) -> AnswerRecord {
        self.speaker.record(slot, self.finished.answers().get(&slot))
    }
}

/// Names a file after its content: the pack and the answers, not the date.
fn content_id(pack: &Pack, written: &serde_json::Value) -> String {
    let mut hasher = Sha256::new();
    hasher.update(pack.hash.as_bytes());
    hasher.update(written.to_string().as_bytes());
    hasher.finalize().iter().take(4).fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}
