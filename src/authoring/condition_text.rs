//! Formats conditions for a pack's author, by ids, and for the person who signs the pack off, by titles and ids.

use crate::pack::{
    Choice, Comparison, Condition, ConditionVocabulary, Language, Pack, Parentheses, Question, QuestionType,
    condition_text,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Formats a condition with the ids of questions and options, as the files of a pack name them.
pub(super) fn condition_as_ids(condition: &Condition, pack: &Pack) -> String {
    condition_text(condition, &IdVocabulary { pack })
}

/// Formats a condition with the titles of questions and the texts of options, each with its id.
pub(super) fn condition_as_titles(condition: &Condition, pack: &Pack, language: Language) -> String {
    condition_text(condition, &TitleVocabulary { pack, language })
}

struct IdVocabulary<'p> {
    pack: &'p Pack,
}

impl IdVocabulary<'_> {
    fn comparison(&self, question: usize, comparison: Comparison, limit: &str) -> String {
        let sign = match comparison {
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::More => ">",
            Comparison::AtLeast => ">=",
        };
        format!("{} {sign} {limit}", self.pack.questions[question].id)
    }
}

impl ConditionVocabulary for IdVocabulary<'_> {
    fn and(&self) -> String {
        " and ".to_owned()
    }

    fn or(&self) -> String {
        " or ".to_owned()
    }

    fn not(&self) -> Option<&'static str> {
        Some("not ")
    }

    fn parentheses(&self) -> Parentheses {
        Parentheses::Always
    }

    fn merges_options(&self) -> bool {
        false
    }

    fn chosen(&self, question: usize, options: &[usize], is_chosen: bool) -> String {
        let question = &self.pack.questions[question];
        let codes = options.iter().map(|option| question.shape.choices()[*option].code.as_str());
        let is = if is_chosen { "is" } else { "is not" };
        format!("{} {is} {}", question.id, codes.collect::<Vec<_>>().join(" or "))
    }

    fn answered(&self, question: usize, is_answered: bool) -> String {
        format!("{} is {}", self.pack.questions[question].id, if is_answered { "answered" } else { "not answered" })
    }

    fn number(&self, question: usize, comparison: Comparison, limit: Decimal, unit: Option<usize>) -> String {
        let choices = self.pack.questions[question].shape.choices();
        let unit = unit.map(|unit| format!(" {}", choices[unit].code)).unwrap_or_default();
        self.comparison(question, comparison, &format!("{limit}{unit}"))
    }

    fn date(&self, question: usize, comparison: Comparison, limit: NaiveDate) -> String {
        self.comparison(question, comparison, &limit.to_string())
    }
}

struct TitleVocabulary<'p> {
    pack: &'p Pack,
    language: Language,
}

impl TitleVocabulary<'_> {
    fn question(&self, question: &Question) -> String {
        format!("“{}” ({})", question.title.in_language(self.language), question.id)
    }

    fn option(&self, option: &Choice) -> String {
        let text = option.text.in_language(self.language);
        if option.code == text.as_str() { format!("“{text}”") } else { format!("“{text}” ({})", option.code) }
    }
}

impl ConditionVocabulary for TitleVocabulary<'_> {
    fn and(&self) -> String {
        " and ".to_owned()
    }

    fn or(&self) -> String {
        " or ".to_owned()
    }

    fn not(&self) -> Option<&'static str> {
        Some("not: ")
    }

    fn parentheses(&self) -> Parentheses {
        Parentheses::Nested
    }

    fn merges_options(&self) -> bool {
        false
    }

    fn chosen(&self, question: usize, options: &[usize], is_chosen: bool) -> String {
        let question = &self.pack.questions[question];
        let options = options.iter().map(|option| self.option(&question.shape.choices()[*option]));
        let verb = match (&question.shape, is_chosen) {
            (QuestionType::MultipleChoice(_), true) => "includes",
            (QuestionType::MultipleChoice(_), false) => "does not include",
            (_, true) => "is",
            (_, false) => "is not",
        };
        format!("{} {verb} {}", self.question(question), options.collect::<Vec<_>>().join(" or "))
    }

    fn answered(&self, question: usize, is_answered: bool) -> String {
        let answered = if is_answered { "is answered" } else { "is not answered" };
        format!("{} {answered}", self.question(&self.pack.questions[question]))
    }

    fn number(&self, question: usize, comparison: Comparison, limit: Decimal, unit: Option<usize>) -> String {
        let question = &self.pack.questions[question];
        let unit = unit.map(|unit| format!(" {}", self.option(&question.shape.choices()[unit]))).unwrap_or_default();
        let comparison = match comparison {
            Comparison::Less => "less than",
            Comparison::AtMost => "at most",
            Comparison::More => "more than",
            Comparison::AtLeast => "at least",
        };
        format!("{} is {comparison} {limit}{unit}", self.question(question))
    }

    fn date(&self, question: usize, comparison: Comparison, limit: NaiveDate) -> String {
        let comparison = match comparison {
            Comparison::Less => "before",
            Comparison::AtMost => "on or before",
            Comparison::More => "after",
            Comparison::AtLeast => "on or after",
        };
        format!("{} is {comparison} {limit}", self.question(&self.pack.questions[question]))
    }
}
