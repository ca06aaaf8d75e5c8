//! Checks the answers as a whole: reports answers to questions that are not asked, and missing answers.
//!
//! Questions that depend on an unreadable answer are not reported as missing or unexpected.

use super::answers::{PartialSelection, Reader};
use crate::answer::{Answer, AnswerKey, AnswerValue, Answers, Subject};
use crate::diagnostics::{Diagnostic, JsonPath, Span, find_value, nearest, span_of};
use crate::interview::{AnswerError, Completeness, asked, offered, subject_code};
use crate::pack::Role;
use jsonc_parser::ast::Object;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The parts of a question that depend on an unreadable answer.
#[derive(Clone, Copy, Default)]
struct DependsOnUnread {
    /// Whether its condition depends on one.
    condition: bool,
    /// Whether its subjects depend on one.
    subjects: bool,
}

impl Reader<'_> {
    /// Checks the answers read from `object`, whose span is `whole`. Returns the answers that fit, and the questions
    /// that are asked, given these answers.
    pub(super) fn finish(
        mut self,
        object: &Object<'_>,
        whole: Span,
        completeness: Completeness,
    ) -> (Answers, Vec<AnswerKey>) {
        self.resolve_unknown_keys();
        let answers: Answers = std::mem::take(&mut self.answers).into_iter().collect();
        let dependencies = self.unread_dependencies();
        let asked = asked(self.pack, &answers);
        self.report_not_asked(&answers, &asked, &dependencies);
        self.report_not_offered(&answers);
        if completeness == Completeness::Complete {
            self.report_missing(&answers, &asked, object, whole, &dependencies);
        }
        (answers, asked)
    }

    /// Finds the subjects that unknown keys of for-each answers may mean.
    ///
    /// A key may be a misspelling of any subject; then no subject is reported as missing. Exceptions: a similar code
    /// exists, or the answer that supplies the subjects has the same unknown code.
    fn resolve_unknown_keys(&mut self) {
        for (index, key) in std::mem::take(&mut self.unknown_keys) {
            let Some(for_each) = &self.pack.questions[index].for_each else { continue };
            if self.partial_selections.get(&for_each.question).is_some_and(|part| part.unknown.contains(&key)) {
                continue;
            }
            let choices = self.pack.questions[for_each.question].shape.choices();
            let nearest_code = nearest(&key, choices.iter().map(|choice| choice.code.as_str()));
            match nearest_code.and_then(|code| choices.iter().position(|choice| choice.code == code)) {
                Some(choice) => {
                    self.failed_subjects.insert(AnswerKey { question: index, subject: Some(Subject::Option(choice)) })
                }
                None => self.failed.insert(index),
            };
        }
    }

    /// Returns the dependencies on unreadable answers, by question index.
    ///
    /// A question depends only on earlier ones, so one pass is enough.
    fn unread_dependencies(&self) -> Vec<DependsOnUnread> {
        if self.failed.is_empty() {
            return vec![DependsOnUnread::default(); self.pack.questions.len()];
        }
        let mut dependencies: Vec<DependsOnUnread> = Vec::with_capacity(self.pack.questions.len());
        for question in &self.pack.questions {
            let is_unread = |index: usize| {
                self.failed.contains(&index)
                    || dependencies.get(index).is_some_and(|dependency| dependency.condition || dependency.subjects)
            };
            let tested_questions = question.when.iter().flat_map(|when| when.tests()).map(|(index, _)| index);
            let condition = tested_questions.into_iter().any(is_unread);
            let subjects = question.for_each.as_ref().is_some_and(|for_each| is_unread(for_each.question));
            dependencies.push(DependsOnUnread { condition, subjects });
        }
        dependencies
    }

    fn report_not_asked(&self, answers: &Answers, asked: &[AnswerKey], dependencies: &[DependsOnUnread]) {
        let mut sorted = Cow::Borrowed(asked);
        if !sorted.is_sorted() {
            sorted.to_mut().sort_unstable();
        }
        let mut rest = sorted.iter().peekable();
        let is_not_asked = |key: &&AnswerKey| {
            while rest.next_if(|asked| asked < key).is_some() {}
            rest.peek() != Some(key)
        };
        let not_asked: Vec<AnswerKey> = answers.keys().filter(is_not_asked).copied().collect();
        if not_asked.is_empty() {
            return;
        }
        let mut spans: BTreeMap<AnswerKey, Span> = self.spans.iter().cloned().collect();
        for key in not_asked {
            let question = &self.pack.questions[key.question];
            let DependsOnUnread { condition, subjects } = dependencies[key.question];
            if question.role == Role::Label || condition || subjects {
                continue;
            }
            let path = self.path(key);
            let message = format!("`{}` is not asked, given the other answers", path.trim_start_matches("$.answers."));
            self.reporter.report(
                Diagnostic::new("not-asked", spans.remove(&key).unwrap_or_default(), message)
                    .path(path)
                    .hint("remove this answer, or fix the answers that decide whether it is asked"),
            );
        }
    }

    /// Reports chosen options that are not offered, given the other answers.
    fn report_not_offered(&self, answers: &Answers) {
        for question in self.names.with_conditional_options() {
            let key = AnswerKey::of_question(*question);
            let Some(chosen) = answers.get(&key).and_then(Answer::value).map(AnswerValue::chosen) else { continue };
            let offered = offered(self.pack, answers, *question);
            // The answer that decides may be the one that could not be read.
            for hidden in chosen.iter().filter(|choice| !offered.contains(choice) && self.failed.is_empty()) {
                let span = self.spans.iter().find(|(other, _)| *other == key).map(|(_, span)| span.clone());
                let error = AnswerError::NotOffered(*hidden);
                self.report_refusal(key, &error, span.unwrap_or_default(), self.path(key));
            }
        }
    }

    /// Returns the JSON path of an answer.
    fn path(&self, key: AnswerKey) -> String {
        let all = JsonPath::Root.key("answers");
        let question = all.key(&self.pack.questions[key.question].id);
        match key.subject {
            Some(_) => question.key(subject_code(self.pack, key)).to_string(),
            None => question.to_string(),
        }
    }

    /// Returns the questions that are asked if every list with an unknown code is reduced to its known codes.
    fn asked_in_part<'a>(&self, answers: &Answers, asked_in_full: &'a [AnswerKey]) -> Cow<'a, [AnswerKey]> {
        if self.partial_selections.is_empty() {
            return Cow::Borrowed(asked_in_full);
        }
        let mut answers = answers.clone();
        for (index, PartialSelection { known, .. }) in &self.partial_selections {
            let choices = self.pack.questions[*index].shape.choices();
            // An exclusive option is never chosen together with another code, known or not.
            let mut chosen: Vec<usize> = known.iter().copied().filter(|choice| !choices[*choice].exclusive).collect();
            chosen.sort_unstable();
            let value = AnswerValue::Choice { chosen, text: None };
            answers.insert(AnswerKey::of_question(*index), Answer::Value(value));
        }
        Cow::Owned(asked(self.pack, &answers))
    }

    fn report_missing(
        &self,
        answers: &Answers,
        asked: &[AnswerKey],
        object: &Object<'_>,
        whole: Span,
        dependencies: &[DependsOnUnread],
    ) {
        for key in self.asked_in_part(answers, asked).iter().copied() {
            let question = &self.pack.questions[key.question];
            if !question.required || answers.contains_key(&key) {
                continue;
            }
            let DependsOnUnread { condition, subjects } = dependencies[key.question];
            let source = question.for_each.as_ref().map(|for_each| for_each.question);
            let is_partial = source
                .is_some_and(|index| self.partial_selections.contains_key(&index) && !dependencies[index].condition);
            let failed = self.failed.contains(&key.question) || self.failed_subjects.contains(&key);
            if failed || condition || (subjects && !is_partial) {
                continue;
            }
            let (path, subject_note) = match key.subject {
                Some(_) => (format!("$.answers.{}.{}", question.id, subject_code(self.pack, key)), " for this subject"),
                None => (format!("$.answers.{}", question.id), ""),
            };
            let span = find_value(object, &question.id).map_or(whole.start..whole.start + 1, span_of);
            self.reporter.report(
                Diagnostic::new(
                    "missing-answer",
                    span,
                    format!("the question `{}` has to be answered{subject_note}", question.id),
                )
                .path(path)
                .hint("add the answer, or run `preconsult ask --answers FILE` to answer the missing questions"),
            );
        }
    }
}
