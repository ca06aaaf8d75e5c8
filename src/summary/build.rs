//! Builds a summary from finished answers.

use super::localize::Localizer;
use super::matches::{RuleMatches, chosen_to_ask, related_keys};
use super::{AnswerRecord, DeclaredLines, GlossaryEntry, Line, SourceLine, Summary, SummaryOptions};
use super::{ToAskLine, VariabilityLine};
use crate::answer::AnswerKey;
use crate::interview::Finished;
use crate::pack::{Pack, Role, Term};
use crate::printable::Printable;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

pub(super) fn build(finished: &Finished<'_>, options: SummaryOptions) -> Summary {
    let pack = finished.pack();
    let localizer = Localizer::new(pack, options.language, options.copy);
    let records = RecordBuilder { localizer: &localizer, finished };
    let role = |role| pack.with_role(role).map(|question| records.one(AnswerKey::of_question(question)));
    let mut matches = RuleMatches::default();
    matches.evaluate(pack, finished.answers());
    let statements = &pack.statements;
    let file = crate::interview::AnswersFile { answers: finished.answers().clone(), ..Default::default() };
    let answers_json = file.write(pack);
    let mut summary = Summary {
        pack_id: pack.id.clone(),
        pack_version: pack.version.clone(),
        pack_hash: pack.hash.clone(),
        title: localizer.text(&pack.title),
        date: options.date,
        language: pack.tag(options.language).to_owned(),
        asked_in: pack.tag(options.asked_in).to_owned(),
        copy: options.copy,
        label: super::json_writer::label(pack, finished.answers()),
        filled_in_by: options.filled_in_by,
        notice: localizer.text(options.copy.notice(pack)),
        procedure: localizer.line(&statements.procedure),
        benefits: matches
            .benefits()
            .map(|(benefit, benefit_match)| localizer.benefit(benefit, benefit_match))
            .collect(),
        overview: matches
            .overview()
            .map(|(benefit, benefit_match)| localizer.benefit(benefit, benefit_match))
            .collect(),
        not_covered: matches.not_covered().iter().map(|not_covered| localizer.not_covered(not_covered)).collect(),
        variability: statements
            .variability
            .iter()
            .map(|variability| VariabilityLine {
                line: localizer.line(&variability.statement),
                answers: related_keys(pack, finished.asked(), &matches, &variability.questions)
                    .map(|key| records.one(key))
                    .collect(),
            })
            .collect(),
        safety: localizer.lines(&statements.safety),
        consult: localizer.lines(&statements.consult),
        to_ask: to_ask(&localizer, finished, &matches),
        recorded: records.with_role(|role| role == Role::Recorded),
        questions: role(Role::Questions),
        answers: records.with_role(|_| true),
        concerns: role(Role::Concerns).unwrap_or_else(|| records.one(AnswerKey::of_question(0))),
        sources: pack
            .sources
            .iter()
            .map(|source| SourceLine {
                id: source.id.clone(),
                title: source.title.clone(),
                kind: source.kind,
                author: source.author.clone(),
                publisher: source.publisher.clone(),
                published: source.published.clone(),
            })
            .collect(),
        declared: DeclaredLines {
            published_on: pack.declarations.published_on,
            update_policy: pack.declarations.update_policy.as_ref().map(|text| localizer.text(text)),
            funding: pack.declarations.funding.as_ref().map(|text| localizer.text(text)),
            interests: pack.declarations.interests.as_ref().map(|text| localizer.text(text)),
        },
        reviewed_by: pack.review.by.clone(),
        reviewed_on: pack.review.on,
        overdue: pack
            .overdue(options.date)
            .into_iter()
            .map(|(due, statement)| (due, statement.map(|statement| localizer.text(options.copy.wording(statement)))))
            .collect(),
        words: Vec::new(),
        content_id: content_id(pack, &answers_json),
        id: None,
        unassigned: Vec::new(),
        asked: finished.asked().to_vec(),
        matches,
        options,
        given_answers: finished.shared_answers(),
        pack: pack.clone(),
    };
    summary.words = words_in(&summary, &localizer);
    summary
}

/// Returns the questions to ask, and whether the patient chose each.
fn to_ask(localizer: &Localizer<'_>, finished: &Finished<'_>, matches: &RuleMatches) -> Vec<ToAskLine> {
    let pack = localizer.pack;
    let chosen = chosen_to_ask(pack, finished.answers());
    let line = |ask: usize| ToAskLine {
        line: localizer.line(&pack.statements.ask[ask].statement),
        chosen: chosen.map(|chosen| chosen.contains(&ask)),
    };
    matches.asks().map(line).collect()
}

/// Returns the glossary entries whose words occur in a sentence of this copy.
fn words_in(summary: &Summary, localizer: &Localizer<'_>) -> Vec<GlossaryEntry> {
    let own = |line: &'_ Line| (line.id.clone(), line.text.clone());
    let benefits = summary.benefits.iter().chain(&summary.overview).flat_map(|benefit| {
        let limits = benefit.limits.iter().map(|limit| (benefit.line.id.clone(), limit.text.clone()));
        std::iter::once(own(&benefit.line)).chain(limits).collect::<Vec<_>>()
    });
    let variability = summary.variability.iter().map(|variability| &variability.line);
    let caveats = variability.chain(&summary.safety).chain(&summary.consult).map(own);
    // Each sentence in reading order, with the statement that it belongs to.
    let sentences: Vec<(String, Printable)> =
        std::iter::once(own(&summary.procedure)).chain(benefits).chain(caveats).collect();
    let first_use = |term: &Term| {
        let mut uses = sentences.iter().filter(|(_, text)| term.is_in(text.as_str(), localizer.language));
        uses.next().map(|(statement, _)| statement.clone())
    };
    let word = |term: &Term| {
        Some(GlossaryEntry {
            word: localizer.text(&term.word),
            used_in: first_use(term)?,
            line: Line {
                id: term.id.clone(),
                cites: term.cites.iter().map(|cites| localizer.pack.citation_text(*cites)).collect(),
                text: localizer.text(&term.text),
                short: None,
            },
        })
    };
    localizer.pack.glossary.iter().filter_map(word).collect()
}

/// Creates the answer records of the questions.
struct RecordBuilder<'r> {
    localizer: &'r Localizer<'r>,
    finished: &'r Finished<'r>,
}

impl RecordBuilder<'_> {
    /// Returns the records of the questions with matching roles; a for-each question has one for each subject.
    fn with_role(&self, has_role: impl Fn(Role) -> bool) -> Vec<AnswerRecord> {
        let questions = self.localizer.pack.questions.iter().enumerate();
        questions.filter(|(_, question)| has_role(question.role)).flat_map(|(index, _)| self.all(index)).collect()
    }

    fn all(&self, question: usize) -> Vec<AnswerRecord> {
        let asked = self.finished.asked().iter().filter(|key| key.question == question);
        let records: Vec<AnswerRecord> = asked.map(|key| self.one(*key)).collect();
        if records.is_empty() { vec![self.one(AnswerKey::of_question(question))] } else { records }
    }

    fn one(&self, key: AnswerKey) -> AnswerRecord {
        self.localizer.record(key, self.finished.answers().get(&key))
    }
}

/// Derives a short id from the pack and the answers, but not from the date.
fn content_id(pack: &Pack, answers_json: &serde_json::Value) -> String {
    let mut hasher = Sha256::new();
    hasher.update(pack.hash.as_bytes());
    hasher.update(answers_json.to_string().as_bytes());
    hasher.finalize().iter().take(4).fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}
