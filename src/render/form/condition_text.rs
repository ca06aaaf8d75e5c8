//! Conditions of a paper form as instructions, since paper cannot hide a question.

use crate::messages::Messages;
use crate::pack::{Comparison, Condition, ConditionVocabulary, Language, Pack, Parentheses, condition_text};
use crate::printable::Printable;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Splits the conditions of questions into those that all share and, for each question, the others.
pub(super) fn split<'p>(pack: &'p Pack, questions: &[usize]) -> (Vec<&'p Condition>, Vec<Vec<&'p Condition>>) {
    let conditions: Vec<Vec<&Condition>> = questions
        .iter()
        .map(|question| match &pack.questions[*question].when {
            None => Vec::new(),
            Some(Condition::All(parts)) => parts.iter().collect(),
            Some(other) => vec![other],
        })
        .collect();
    let in_all = |condition: &&Condition| conditions.iter().all(|own| own.contains(condition));
    let shared: Vec<&Condition> = conditions.first().into_iter().flatten().copied().filter(in_all).collect();
    let others =
        conditions.iter().map(|own| own.iter().copied().filter(|condition| !shared.contains(condition)).collect());
    let others = others.collect();
    (shared, others)
}

/// The wording of conditions on a form: it addresses the patient, and names questions by their number.
pub(super) struct FormVocabulary<'v> {
    pub(super) pack: &'v Pack,
    pub(super) words: &'v Messages,
    pub(super) language: Language,
}

impl FormVocabulary<'_> {
    /// Returns "Answer this only if …", or `None` without conditions.
    pub(super) fn instruction(&self, key: &str, conditions: &[&Condition]) -> Option<Printable> {
        let parts: Vec<String> = conditions.iter().map(|condition| condition_text(condition, self)).collect();
        let condition = parts.join(&self.and());
        (!parts.is_empty()).then(|| Printable::line(&self.words.format(key, [("condition", condition.into())])))
    }

    fn option(&self, question: usize, option: usize) -> &str {
        self.pack.questions[question].shape.choices()[option].text.in_language(self.language).as_str()
    }

    fn comparison(&self, question: usize, comparison: Comparison, limit: String) -> String {
        let key = match comparison {
            Comparison::Less => "form-less",
            Comparison::AtMost => "form-at-most",
            Comparison::More => "form-more",
            Comparison::AtLeast => "form-at-least",
        };
        self.words.format(key, [("number", (question + 1).into()), ("value", limit.into())])
    }
}

impl ConditionVocabulary for FormVocabulary<'_> {
    fn and(&self) -> String {
        self.words.get("form-and")
    }

    fn or(&self) -> String {
        self.words.get("form-or")
    }

    /// A form never negates with "It is not so that": every opposite has its own wording.
    fn not(&self) -> Option<&'static str> {
        None
    }

    fn parentheses(&self) -> Parentheses {
        Parentheses::Never
    }

    fn merges_options(&self) -> bool {
        true
    }

    fn chosen(&self, question: usize, options: &[usize], is_chosen: bool) -> String {
        let quoted =
            |option: &usize| self.words.format("form-quoted", [("text", self.option(question, *option).into())]);
        let options = options.iter().map(quoted).collect::<Vec<_>>().join(&self.or());
        let key = if is_chosen { "form-ticked" } else { "form-not-ticked" };
        self.words.format(key, [("option", options.into()), ("number", (question + 1).into())])
    }

    fn answered(&self, question: usize, is_answered: bool) -> String {
        let key = if is_answered { "form-answered" } else { "form-unanswered" };
        self.words.format(key, [("number", (question + 1).into())])
    }

    fn number(&self, question: usize, comparison: Comparison, limit: Decimal, unit: Option<usize>) -> String {
        let limit = match unit {
            Some(unit) => format!("{} {}", self.words.number(&limit), self.option(question, unit)),
            None => self.words.number(&limit),
        };
        self.comparison(question, comparison, limit)
    }

    fn date(&self, question: usize, comparison: Comparison, limit: NaiveDate) -> String {
        self.comparison(question, comparison, self.words.date(limit))
    }
}

#[cfg(test)]
mod tests {
    use super::FormVocabulary;
    use crate::messages::Messages;
    use crate::pack::{Comparison, Condition, Language, Pack, Test, built_in, condition_text};

    #[test]
    fn a_negated_condition_has_a_plain_wording() {
        let pack = Pack::load(&built_in()).expect("the built-in pack loads");
        let words = Messages::new("en");
        let vocabulary = FormVocabulary { pack: &pack, words: &words, language: Language::default() };
        let not = |condition| Condition::Not(Box::new(condition));
        let ticked = |choice| Condition::Test(3, Test::Chosen(choice));
        let number = Condition::Test(4, Test::Number(Comparison::Less, 5.into(), None));
        for (condition, expected) in [
            (not(ticked(0)), "you did not tick “Good” in question 4"),
            (not(Condition::Any(vec![ticked(0), ticked(1)])), "you did not tick “Good” or “Fair” in question 4"),
            (not(not(ticked(0))), "you ticked “Good” in question 4"),
            (not(number.clone()), "your answer to question 5 is 5 or more"),
            (not(Condition::Test(4, Test::Answered(true))), "you left question 5 empty"),
            (
                not(Condition::All(vec![ticked(0), number])),
                "you did not tick “Good” in question 4 or your answer to question 5 is 5 or more",
            ),
        ] {
            assert_eq!(condition_text(&condition, &vocabulary), expected);
        }
    }
}
