//! Checks the answers as a whole: which of them were not asked for, and which are missing.
//!
//! Questions that depend on an unreadable answer are not reported as missing or unexpected.

use super::answers::{PartialSelection, Reader};
use crate::answer::{Answer, AnswerKey, AnswerValue, Answers, Subject};
use crate::diagnostics::{Diagnostic, JsonPath, Span, find_value, nearest, span_of};
use crate::interview::{Completeness, asked, subject_code};
use crate::pack::Role;
use jsonc_parser::ast::Object;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Which parts of a question depend on an unreadable answer.
#[derive(Clone, Copy, Default)]
struct DependsOnUnread {
    /// Whether it is asked.
    whether: bool,
    /// The subjects that it is asked about.
    about: bool,
}

impl Reader<'_> {
    /// Checks what was read of the object `answers`, whose place is `whole`. Returns the answers that fit, and the questions
    /// that they make askable.
    pub(super) fn finish(mut self, object: &Object<'_>, whole: Span, need: Completeness) -> (Answers, Vec<AnswerKey>) {
        self.resolve_unknown_keys();
        let answers: Answers = std::mem::take(&mut self.answers).into_iter().collect();
        let dependencies = self.unread_dependencies();
        let asked = asked(self.pack, &answers);
        self.report_not_asked(&answers, &asked, &dependencies);
        if need == Completeness::Complete {
            self.report_missing(&answers, &asked, object, whole, &dependencies);
        }
        (answers, asked)
    }

    /// Decides what an unknown key of a for-each answer may stand for.
    ///
    /// It may be a misspelling of any subject, and then none of them is reported as missing; unless the answer that
    /// supplies the subjects has the same unknown code, or it is clear which subject was meant.
    fn resolve_unknown_keys(&mut self) {
        for (at, key) in std::mem::take(&mut self.unknown_keys) {
            let Some(each) = &self.pack.questions[at].for_each else { continue };
            if self.partial_selections.get(&each.question).is_some_and(|part| part.unknown.contains(&key)) {
                continue;
            }
            let choices = self.pack.questions[each.question].shape.choices();
            let meant = nearest(&key, choices.iter().map(|choice| choice.code.as_str()));
            match meant.and_then(|code| choices.iter().position(|choice| choice.code == code)) {
                Some(choice) => {
                    self.failed_subjects.insert(AnswerKey { question: at, about: Some(Subject::Option(choice)) })
                }
                None => self.failed.insert(at),
            };
        }
    }

    /// For each question, which parts of it depend on an unreadable answer.
    ///
    /// A question depends on earlier ones alone, so one pass is enough.
    fn unread_dependencies(&self) -> Vec<DependsOnUnread> {
        if self.failed.is_empty() {
            return vec![DependsOnUnread::default(); self.pack.questions.len()];
        }
        let mut dependencies: Vec<DependsOnUnread> = Vec::with_capacity(self.pack.questions.len());
        for question in &self.pack.questions {
            let is_unread =
                |on: usize| self.failed.contains(&on) || dependencies.get(on).is_some_and(|on| on.whether || on.about);
            let tested = question.when.iter().flat_map(|when| when.tests()).map(|(on, _)| on);
            let whether = tested.into_iter().any(is_unread);
            let about = question.for_each.as_ref().is_some_and(|each| is_unread(each.question));
            dependencies.push(DependsOnUnread { whether, about });
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
            let DependsOnUnread { whether, about } = dependencies[key.question];
            if question.role == Role::Label || whether || about {
                continue;
            }
            let path = self.path(key);
            let message = format!("`{}` is not asked after these answers", path.trim_start_matches("$.answers."));
            self.sink.report(
                Diagnostic::new("not-asked", spans.remove(&key).unwrap_or_default(), message)
                    .path(path)
                    .hint("take this answer out, or mend the answers that decide whether it is asked"),
            );
        }
    }

    /// The path of an answer.
    fn path(&self, key: AnswerKey) -> String {
        let all = JsonPath::Root.key("answers");
        let question = all.key(&self.pack.questions[key.question].id);
        match key.about {
            Some(_) => question.key(subject_code(self.pack, key)).to_string(),
            None => question.to_string(),
        }
    }

    /// The questions asked, as far as that is known: of a list with an unknown code, the known ones count.
    fn asked_in_part<'a>(&self, answers: &Answers, asked_in_full: &'a [AnswerKey]) -> Cow<'a, [AnswerKey]> {
        if self.partial_selections.is_empty() {
            return Cow::Borrowed(asked_in_full);
        }
        let mut answers = answers.clone();
        for (at, PartialSelection { known, .. }) in &self.partial_selections {
            let choices = self.pack.questions[*at].shape.choices();
            // An exclusive option is never chosen together with another code, known or not.
            let mut chosen: Vec<usize> = known.iter().copied().filter(|choice| !choices[*choice].exclusive).collect();
            chosen.sort_unstable();
            let value = AnswerValue::Choice { chosen, text: None };
            answers.insert(AnswerKey::of_question(*at), Answer::Value(value));
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
            let DependsOnUnread { whether, about } = dependencies[key.question];
            let through = question.for_each.as_ref().map(|each| each.question);
            let in_part =
                through.is_some_and(|on| self.partial_selections.contains_key(&on) && !dependencies[on].whether);
            let failed = self.failed.contains(&key.question) || self.failed_subjects.contains(&key);
            if failed || whether || (about && !in_part) {
                continue;
            }
            let (path, what) = match key.about {
                Some(_) => (format!("$.answers.{}.{}", question.id, subject_code(self.pack, key)), " for this"),
                None => (format!("$.answers.{}", question.id), ""),
            };
            let here = find_value(object, &question.id).map_or(whole.start..whole.start + 1, span_of);
            self.sink.report(
                Diagnostic::new(
                    "missing-answer",
                    here,
                    format!("the question `{}` has to be answered{what}", question.id),
                )
                .path(path)
                .hint("answer it in the file, or let `preconsult ask --answers FILE` ask what is missing"),
            );
        }
    }
}
