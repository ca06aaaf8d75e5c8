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
        match condition {
            Condition::All(parts) => self.joined(parts, "form-and", Self::condition),
            Condition::Any(parts) => {
                self.any_of_one(parts, "form-ticked").unwrap_or_else(|| self.joined(parts, "form-or", Self::condition))
            }
            Condition::Not(part) => self.opposite(part),
            Condition::Test(question, test) => self.test(*question, test),
        }
    }

    /// What has to be so for a condition not to hold. "It is not so that" is no sentence for a form.
    fn opposite(&self, condition: &Condition) -> String {
        match condition {
            Condition::All(parts) => self.joined(parts, "form-or", Self::opposite),
            Condition::Any(parts) => self
                .any_of_one(parts, "form-not-ticked")
                .unwrap_or_else(|| self.joined(parts, "form-and", Self::opposite)),
            Condition::Not(part) => self.condition(part),
            Condition::Test(question, test) => match test {
                Test::Chosen(choice) => self.ticked("form-not-ticked", self.quoted(*question, *choice), *question),
                Test::Answered(answered) => self.test(*question, &Test::Answered(!answered)),
                Test::Number(how, than, unit) => self.test(*question, &Test::Number(reversed(*how), *than, *unit)),
                Test::Date(how, than) => self.test(*question, &Test::Date(reversed(*how), *than)),
            },
        }
    }

    fn joined(&self, parts: &[Condition], key: &str, tell: impl Fn(&Self, &Condition) -> String) -> String {
        let parts: Vec<String> = parts.iter().map(|part| tell(self, part)).collect();
        parts.join(&self.words.say(key))
    }

    /// Several options of one question are listed, not repeated as sentences.
    fn any_of_one(&self, parts: &[Condition], key: &str) -> Option<String> {
        let mut of = None;
        let mut texts = Vec::new();
        for part in parts {
            let Condition::Test(question, Test::Chosen(choice)) = part else { return None };
            if *of.get_or_insert(*question) != *question {
                return None;
            }
            texts.push(self.quoted(*question, *choice));
        }
        Some(self.ticked(key, texts.join(&self.words.say("form-or")), of?))
    }

    fn ticked(&self, key: &str, options: String, question: usize) -> String {
        self.words.with(key, [("option", options.into()), ("number", (question + 1).into())])
    }

    fn quoted(&self, question: usize, choice: usize) -> String {
        let text = self.pack.questions[question].shape.choices()[choice].text.in_language(self.language);
        self.words.with("form-quoted", [("text", text.as_str().into())])
    }

    fn test(&self, question: usize, test: &Test) -> String {
        let number = question + 1;
        match test {
            Test::Chosen(choice) => self.ticked("form-ticked", self.quoted(question, *choice), question),
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

fn reversed(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::More,
        Comparison::More => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
    }
}

#[cfg(test)]
mod tests {
    use super::Teller;
    use crate::messages::Words;
    use crate::pack::{Comparison, Condition, Language, Pack, Test, built_in};

    #[test]
    fn the_opposite_is_told_in_plain_words() {
        let pack = Pack::load(&built_in()).expect("the built-in pack loads");
        let words = Words::new("en");
        let teller = Teller { pack: &pack, words: &words, language: Language::default() };
        let not = |condition| Condition::Not(Box::new(condition));
        let ticked = |choice| Condition::Test(3, Test::Chosen(choice));
        let number = Condition::Test(4, Test::Number(Comparison::Less, 5.into(), None));
        for (condition, told) in [
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
            assert_eq!(teller.condition(&condition), told);
        }
    }
}
