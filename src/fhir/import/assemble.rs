//! What was read, item by item → answers that belong together.

use super::items::{ItemReader, Located};
use crate::answer::{Answer, AnswerKey, AnswerValue, Answers};
use crate::diagnostics::{Diagnostic, Span};
use crate::interview::asked;
use crate::pack::Role;

impl ItemReader<'_> {
    /// The answers to the questions that are asked after these answers. `whole` is the place of the response.
    pub(super) fn into_answers(mut self, whole: Span, path: &str) -> Answers {
        self.add_labels();
        let mut answers: Answers = self.answers.iter().map(|(slot, found)| (*slot, found.value.clone())).collect();
        let asked = asked(&self.layout.pack, &answers);
        for (slot, found) in &self.answers {
            if asked.contains(slot) {
                continue;
            }
            let question = &self.layout.pack.questions[slot.question];
            let kept = question.role == Role::Label;
            let (message, hint) = if kept {
                ("this question is not asked after these answers", "a label counts all the same, and is kept")
            } else {
                (
                    "this question is not asked after these answers",
                    "mend the answers that decide whether it is asked, if it was",
                )
            };
            if !kept || !self.labels.contains_key(slot) {
                self.reporter.report(Diagnostic::warning("not-asked", found.span.clone(), message), &found.path, hint);
            }
            if !kept {
                answers.remove(slot);
            }
        }
        self.add_words(&mut answers);
        for slot in &asked {
            let question = &self.layout.pack.questions[slot.question];
            if question.required && !answers.contains_key(slot) {
                let message = match slot.subject {
                    Some(_) => {
                        let about = crate::interview::subject_code(&self.layout.pack, *slot);
                        format!("the question `{}` has to be answered for `{about}`", question.id)
                    }
                    None => format!("the question `{}` has to be answered", question.id),
                };
                let problem = Diagnostic::warning("missing-answer", whole.clone(), message);
                self.reporter.report(problem, path, "`preconsult ask --answers FILE` asks what is missing");
            }
        }
        answers
    }

    /// A label that was given beforehand counts where the question brought none.
    fn add_labels(&mut self) {
        for (slot, found) in &self.labels {
            match self.answers.get(slot) {
                None => {
                    let Located { value, span, path } = found;
                    let copy = Located { value: value.clone(), span: span.clone(), path: path.clone() };
                    self.answers.insert(*slot, copy);
                }
                Some(known) if known.value == found.value => {}
                Some(_) => {
                    let problem =
                        Diagnostic::warning("two-states", found.span.clone(), "there is another label besides");
                    self.reporter.report(problem, &found.path, "the one that the question brought counts");
                }
            }
        }
    }

    /// Own words belong to the option beside which they were written.
    fn add_words(&self, answers: &mut Answers) {
        for (slot, found) in &self.words {
            let Some(Answer::Value(AnswerValue::Choice { chosen, .. })) = answers.get(slot) else {
                let message = "own words stand here, and no option was chosen";
                let problem = Diagnostic::warning("not-asked", found.span.clone(), message);
                self.reporter.report(problem, &found.path, "choose the option that they belong to");
                continue;
            };
            let chosen = chosen.clone();
            self.add_words_to(*slot, chosen, found, answers);
        }
    }

    fn add_words_to(&self, slot: AnswerKey, chosen: Vec<usize>, found: &Located<String>, answers: &mut Answers) {
        let question = &self.layout.pack.questions[slot.question];
        let with_words = AnswerValue::Choice { chosen, text: Some(found.value.clone()) };
        match question.validate(Answer::Value(with_words)) {
            Ok(Answer::Value(AnswerValue::Choice { text: None, .. })) => {
                let problem = Diagnostic::warning("empty", found.span.clone(), "nothing of these words would show");
                self.reporter.report(problem, &found.path, "leave the item out where there are none");
            }
            Ok(answer) => _ = answers.insert(slot, answer),
            Err(refusal) => self.refused(question, &refusal, found.span.clone(), &found.path),
        }
    }
}
