//! What was read, judged as a whole: which answers were not asked for, and which are missing.
//!
//! Nothing is held against what hangs on an answer that could not be read.

use super::{InPart, Reader};
use crate::answer::{Answer, AnswerKey, AnswerValue, Subject};
use crate::interview::file::value_of;
use crate::interview::{asked, code_of_about};
use crate::located::{Problem, Span, nearest, span_of};
use crate::pack::Role;
use jsonc_parser::ast::Object;
use std::collections::BTreeSet;

/// What of a question hangs on an answer that could not be read.
#[derive(Clone, Copy)]
pub(super) struct Hangs {
    /// Whether it is asked.
    whether: bool,
    /// About what it is asked.
    about: bool,
}

impl Reader<'_> {
    /// A key of a for-each answer that is none may be a slip in any of the keys, and then none of them is missed; unless
    /// the answer that the question goes through has the same unknown code, or it is clear which one was meant.
    pub(super) fn settle_strange_keys(&mut self) {
        for (at, key) in std::mem::take(&mut self.strange_keys) {
            let Some(each) = &self.pack.questions[at].for_each else { continue };
            if self.in_part.get(&each.question).is_some_and(|part| part.unknown.contains(&key)) {
                continue;
            }
            let choices = self.pack.questions[each.question].shape.choices();
            let meant = nearest(&key, choices.iter().map(|choice| choice.code.as_str()));
            match meant.and_then(|code| choices.iter().position(|choice| choice.code == code)) {
                Some(choice) => {
                    self.failed_about.insert(AnswerKey { question: at, about: Some(Subject::Option(choice)) })
                }
                None => self.failed.insert(at),
            };
        }
    }

    /// For each question, whether it hangs on an answer that could not be read if it is asked, and about what.
    ///
    /// A question looks at earlier ones alone, so that one walk is enough.
    pub(super) fn hanging(&self) -> Vec<Hangs> {
        let mut hangs: Vec<Hangs> = Vec::with_capacity(self.pack.questions.len());
        for question in &self.pack.questions {
            let open = |on: usize| self.failed.contains(&on) || hangs.get(on).is_some_and(|on| on.whether || on.about);
            let tested = question.when.iter().flat_map(|when| when.tests()).map(|(on, _)| on);
            let whether = tested.into_iter().any(open);
            let about = question.for_each.as_ref().is_some_and(|each| open(each.question));
            hangs.push(Hangs { whether, about });
        }
        hangs
    }

    pub(super) fn report_not_asked(&self, hangs: &[Hangs]) {
        let asked: BTreeSet<AnswerKey> = asked(self.pack, &self.answers).into_iter().collect();
        for (slot, (span, path)) in &self.places {
            let question = &self.pack.questions[slot.question];
            let Hangs { whether, about } = hangs[slot.question];
            if asked.contains(slot) || question.role == Role::Label || whether || about {
                continue;
            }
            let message = format!("`{}` is not asked after these answers", path.trim_start_matches("$.answers."));
            self.sink.report(
                Problem::new("not-asked", span.clone(), message)
                    .path(path)
                    .hint("take this answer out, or mend the answers that decide whether it is asked"),
            );
        }
    }

    /// What is asked as far as one can tell: of a list with an unknown code the others count.
    fn asked_in_part(&self) -> Vec<AnswerKey> {
        if self.in_part.is_empty() {
            return asked(self.pack, &self.answers);
        }
        let mut answers = self.answers.clone();
        for (at, InPart { known, .. }) in &self.in_part {
            let choices = self.pack.questions[*at].shape.choices();
            // What excludes all others does not stand beside an unknown code.
            let mut chosen: Vec<usize> = known.iter().copied().filter(|choice| !choices[*choice].exclusive).collect();
            chosen.sort_unstable();
            answers.insert(AnswerKey::of_question(*at), Answer::Value(AnswerValue::Choice { chosen, text: None }));
        }
        asked(self.pack, &answers)
    }

    pub(super) fn report_missing(&self, object: &Object<'_>, whole: Span, hangs: &[Hangs]) {
        for slot in self.asked_in_part() {
            let question = &self.pack.questions[slot.question];
            let Hangs { whether, about } = hangs[slot.question];
            let through = question.for_each.as_ref().map(|each| each.question);
            let in_part = through.is_some_and(|on| self.in_part.contains_key(&on) && !hangs[on].whether);
            let failed = self.failed.contains(&slot.question) || self.failed_about.contains(&slot);
            let judged = question.required && !failed && !whether && (!about || in_part);
            if !judged || self.answers.contains_key(&slot) {
                continue;
            }
            let (path, what) = match slot.about {
                Some(_) => (format!("$.answers.{}.{}", question.id, code_of_about(self.pack, slot)), " for this"),
                None => (format!("$.answers.{}", question.id), ""),
            };
            let here = value_of(object, &question.id).map_or(whole.start..whole.start + 1, span_of);
            self.sink.report(
                Problem::new(
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
