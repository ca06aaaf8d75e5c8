//! The values read from the items → a consistent set of answers.

use super::items::{ItemReader, Located};
use super::words;
use crate::answer::{Answer, AnswerKey, AnswerValue, Answers};
use crate::diagnostics::{Diagnostic, Span};
use crate::interview::{answer_or_state_text, asked};
use crate::messages::Messages;
use crate::pack::Role;
use std::collections::btree_map::Entry;

impl ItemReader<'_> {
    /// Returns the answers to the questions that are asked, given all answers, and the words of the others. Reports
    /// answers to other questions, and missing required answers at `response`, the span of the whole response.
    ///
    /// `None` if a question that the others need is missing or unreadable.
    pub(super) fn into_answers(mut self, response: Span, path: &str) -> Option<(Answers, Vec<String>)> {
        self.add_labels();
        self.add_unread();
        self.check_readable()?;
        let mut answers: Answers = self.answers.iter().map(|(slot, located)| (*slot, located.value.clone())).collect();
        self.add_missing(&mut answers, response, path)?;
        let asked = asked(&self.tree.pack, &answers);
        let mut unassigned = std::mem::take(&mut self.unassigned);
        for (slot, located) in &self.answers {
            if asked.contains(slot) {
                continue;
            }
            let question = &self.tree.pack.questions[slot.question];
            let is_label = question.role == Role::Label;
            let (message, hint) = if is_label {
                ("this question is not asked after these answers", "a label counts even so and is kept")
            } else {
                (
                    "this question is not asked after these answers",
                    "if it was asked, correct the answers that it depends on",
                )
            };
            if !is_label || !self.labels.contains_key(slot) {
                self.reporter.report(
                    Diagnostic::warning("not-asked", located.span.clone(), message),
                    &located.path,
                    hint,
                );
            }
            if !is_label && let Some(answer) = answers.remove(slot) {
                let messages = Messages::new(self.tree.pack.tag(self.language));
                let text = answer_or_state_text(&answer, &question.shape, self.language, &messages);
                unassigned.push(words::titled(&self.title(*slot), Some(&text)));
            }
        }
        self.add_words(&mut answers, &mut unassigned);
        Some((answers, unassigned))
    }

    /// Marks the required questions without an answer as unreadable, so that a summary can be made. Reports each.
    ///
    /// `None` if a question that the others need is missing.
    fn add_missing(&self, answers: &mut Answers, response: Span, path: &str) -> Option<()> {
        let pack = &self.tree.pack;
        let is_missing =
            |slot: &AnswerKey, answers: &Answers| pack.questions[slot.question].required && !answers.contains_key(slot);
        // Each mark may decide which questions are asked after it.
        while let Some(slot) = asked(pack, answers).into_iter().find(|slot| is_missing(slot, answers)) {
            let id = &pack.questions[slot.question].id;
            if pack.must_be_readable(slot.question) {
                let message = format!("there is no answer to `{id}`, and no summary can be made without it");
                let hint = "add the answer, or ask the patient again";
                self.reporter.report(Diagnostic::new("required", response, message), path, hint);
                return None;
            }
            let message = match slot.subject {
                Some(_) => {
                    let about = crate::interview::subject_code(pack, slot);
                    format!("the question `{id}` must be answered for `{about}`")
                }
                None => format!("the question `{id}` must be answered"),
            };
            let problem = Diagnostic::warning("missing-answer", response.clone(), message);
            self.reporter.report(problem, path, "run `preconsult ask --answers FILE` to ask the missing questions");
            answers.insert(slot, Answer::Unreadable(None));
        }
        Some(())
    }

    /// Adds the answers that could not be read, unless another item answers the question.
    fn add_unread(&mut self) {
        for (slot, Located { value: words, span, path }) in std::mem::take(&mut self.unread) {
            let title = self.title(slot);
            match self.answers.entry(slot) {
                Entry::Occupied(_) => self.unassigned.push(words::titled(&title, words.as_deref())),
                Entry::Vacant(entry) => _ = entry.insert(Located { value: Answer::Unreadable(words), span, path }),
            }
        }
    }

    /// Reports unreadable answers without which no summary can be made; `None` if there are any.
    fn check_readable(&self) -> Option<()> {
        let pack = &self.tree.pack;
        let is_missed =
            |slot: AnswerKey, answer: &Answer| answer.is_unreadable() && pack.must_be_readable(slot.question);
        let mut result = Some(());
        for (slot, located) in self.answers.iter().filter(|(slot, located)| is_missed(**slot, &located.value)) {
            let id = &pack.questions[slot.question].id;
            let message = format!("the answer to `{id}` could not be read, and no summary can be made without it");
            let problem = Diagnostic::new("required", located.span.clone(), message);
            self.reporter.report(problem, &located.path, "correct the answer, or ask the patient again");
            result = None;
        }
        result
    }

    /// Uses a label given in advance if its question has no answer.
    fn add_labels(&mut self) {
        for (slot, located) in &self.labels {
            match self.answers.get(slot) {
                None => {
                    let Located { value, span, path } = located;
                    let copy = Located { value: value.clone(), span: span.clone(), path: path.clone() };
                    self.answers.insert(*slot, copy);
                }
                Some(answer) if answer.value == located.value => {}
                Some(_) => {
                    let problem = Diagnostic::warning("two-states", located.span.clone(), "there is a second label");
                    self.reporter.report(problem, &located.path, "remove it; the answer to the question counts");
                    if let Some(AnswerValue::Text(text)) = located.value.value() {
                        self.unassigned.push(words::titled(&self.title(*slot), Some(text)));
                    }
                }
            }
        }
    }

    /// Adds own words to the choice that they belong to.
    fn add_words(&self, answers: &mut Answers, unassigned: &mut Vec<String>) {
        for (slot, located) in &self.words {
            if let Some(Answer::Unreadable(text)) = answers.get_mut(slot) {
                *text = words::joined(text.take().into_iter().chain([located.value.clone()]));
                continue;
            }
            let Some(Answer::Value(AnswerValue::Choice { chosen, .. })) = answers.get(slot) else {
                unassigned.push(words::titled(&self.title(*slot), Some(&located.value)));
                let message = "there are own words, but no option was chosen";
                let problem = Diagnostic::warning("not-asked", located.span.clone(), message);
                self.reporter.report(problem, &located.path, "choose the option that they add to");
                continue;
            };
            let chosen = chosen.clone();
            self.add_words_to(*slot, chosen, located, answers, unassigned);
        }
    }

    fn add_words_to(
        &self,
        slot: AnswerKey,
        chosen: Vec<usize>,
        located: &Located<String>,
        answers: &mut Answers,
        unassigned: &mut Vec<String>,
    ) {
        let question = &self.tree.pack.questions[slot.question];
        let choice = AnswerValue::Choice { chosen, text: Some(located.value.clone()) };
        match question.validate(Answer::Value(choice)) {
            Ok(Answer::Value(AnswerValue::Choice { text: None, .. })) => {
                let problem =
                    Diagnostic::warning("empty", located.span.clone(), "these words have no visible characters");
                self.reporter.report(problem, &located.path, "omit the item if there are none");
            }
            Ok(answer) => _ = answers.insert(slot, answer),
            Err(error) => {
                self.report_answer_error(question, &error, located.span.clone(), &located.path);
                unassigned.push(words::titled(&self.title(slot), Some(&located.value)));
            }
        }
    }
}
