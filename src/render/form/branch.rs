//! Branches told in words: on paper nobody hides a question.

use crate::messages::Words;
use crate::pack::{Comparison, Condition, Language, Pack, Test};
use crate::printable::Printable;

/// The conditions that all these questions share, and what each has beside them.
pub(super) fn split<'p>(pack: &'p Pack, questions: &[usize]) -> (Vec<&'p Condition>, Vec<Vec<&'p Condition>>) {
    let each: Vec<Vec<&Condition>> = questions
        .iter()
        .map(|question| match &pack.questions[*question].when {
            None => Vec::new(),
            Some(Condition::All(parts)) => parts.iter().collect(),
            Some(other) => vec![other],
        })
        .collect();
    let in_all = |condition: &&Condition| each.iter().all(|own| own.contains(condition));
    let shared: Vec<&Condition> = each.first().into_iter().flatten().copied().filter(in_all).collect();
    let own = each.iter().map(|own| own.iter().copied().filter(|condition| !shared.contains(condition)).collect());
    let own = own.collect();
    (shared, own)
}

/// Says conditions in the language of the form.
pub(super) struct Teller<'t> {
    pub(super) pack: &'t Pack,
    pub(super) words: &'t Words,
    pub(super) language: Language,
}

impl Teller<'_> {
    /// "Answer this only if …", or nothing where there is no condition.
    pub(super) fn tell(&self, key: &str, conditions: &[&Condition]) -> Option<Printable> {
        let parts: Vec<String> = conditions.iter().map(|condition| self.condition(condition)).collect();
        let told = parts.join(&self.words.say("form-and"));
        (!parts.is_empty()).then(|| Printable::line(&self.words.with(key, [("condition", told.into())])))
    }

    fn condition(&self, condition: &Condition) -> String {
        let joined = |parts: &[Condition], key: &str| {
            let parts: Vec<String> = parts.iter().map(|part| self.condition(part)).collect();
            parts.join(&self.words.say(key))
        };
        match condition {
            Condition::All(parts) => joined(parts, "form-and"),
            Condition::Any(parts) => self.any_of_one(parts).unwrap_or_else(|| joined(parts, "form-or")),
            Condition::Not(part) => self.words.with("form-not", [("condition", self.condition(part).into())]),
            Condition::Test(question, test) => self.test(*question, test),
        }
    }

    /// Several options of one question are listed, not repeated as sentences.
    fn any_of_one(&self, parts: &[Condition]) -> Option<String> {
        let mut of = None;
        let mut texts = Vec::new();
        for part in parts {
            let Condition::Test(question, Test::Chosen(choice)) = part else { return None };
            if *of.get_or_insert(*question) != *question {
                return None;
            }
            texts.push(self.quoted(*question, *choice));
        }
        let listed = texts.join(&self.words.say("form-or"));
        Some(self.words.with("form-ticked", [("option", listed.into()), ("number", (of? + 1).into())]))
    }

    fn quoted(&self, question: usize, choice: usize) -> String {
        let text = self.pack.questions[question].shape.choices()[choice].text.in_language(self.language);
        self.words.with("form-quoted", [("text", text.as_str().into())])
    }

    fn test(&self, question: usize, test: &Test) -> String {
        let number = question + 1;
        match test {
            Test::Chosen(choice) => {
                let option = self.quoted(question, *choice);
                self.words.with("form-ticked", [("option", option.into()), ("number", number.into())])
            }
            Test::Answered(true) => self.words.with("form-answered", [("number", number.into())]),
            Test::Answered(false) => self.words.with("form-unanswered", [("number", number.into())]),
            Test::Number(how, than, unit) => {
                let unit = unit
                    .map(|unit| self.pack.questions[question].shape.choices()[unit].text.in_language(self.language));
                let value = unit.map_or_else(|| than.to_string(), |unit| format!("{than} {unit}"));
                self.compared(number, *how, value)
            }
            Test::Date(how, than) => self.compared(number, *how, self.words.date(*than)),
        }
    }

    fn compared(&self, number: usize, how: Comparison, value: String) -> String {
        let key = match how {
            Comparison::Less => "form-less",
            Comparison::AtMost => "form-at-most",
            Comparison::More => "form-more",
            Comparison::AtLeast => "form-at-least",
        };
        self.words.with(key, [("number", number.into()), ("value", value.into())])
    }
}
