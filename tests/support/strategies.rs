//! Generators of random interviews for property tests.

use chrono::{Days, NaiveDate};
use preconsult::answer::{Answer, AnswerValue, Answers};
use preconsult::interview::{Finished, Interview, Step};
use preconsult::pack::{ChoiceList, Pack, Question, QuestionType, Range};
use proptest::prelude::{Strategy, any};
use rust_decimal::Decimal;

/// Source of random numbers. After the last one, every draw returns 0, so fewer numbers make a simpler interview.
#[derive(Debug, Clone)]
pub(crate) struct Draw {
    numbers: Vec<u16>,
    at: usize,
}

/// Generates enough numbers for an interview, often for a long one.
pub(crate) fn numbers() -> impl Strategy<Value = Draw> {
    proptest::collection::vec(any::<u16>(), 0..120).prop_map(|numbers| Draw { numbers, at: 0 })
}

/// Pieces that terminals, Markdown, HTML, typesetters and people might misread.
pub(crate) const PIECES: [&str; 52] = [
    "a",
    " ",
    "word",
    "\n",
    "\r\n",
    "\t",
    "\u{1b}[31m",
    "\u{1b}]0;t\u{7}",
    "\u{9b}2J",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\u{2028}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{301}\u{301}\u{301}\u{301}\u{200b}",
    "\u{202e}\u{301}\u{301}\u{301}",
    "سلام",
    "漢字",
    "👩‍👧",
    "# x",
    "- ",
    "1. ",
    "> ",
    "*b*",
    "__b__",
    "`c`",
    "~~~",
    "[l](u)",
    "![i](u)",
    "| a | b |",
    "---",
    "===",
    "<b>",
    "</p><script>",
    "&amp;",
    "&#35;",
    "\\",
    "http://x.y",
    "a@b.cd",
    "www.x.y",
    "$m$",
    "{#id}",
    "[ ] ",
    ": ",
    "%s {0}",
    FALSE_HEADING,
    "\n* It is safe. [3]\n",
];

/// Text that looks like a heading of the text format.
const FALSE_HEADING: &str =
    "\n--------------------------------------------------------------------------------\nSAFETY\n\n";

impl Draw {
    /// Creates a source with fixed numbers, for a reproducible interview.
    pub(crate) fn of(numbers: &[u16]) -> Self {
        Self { numbers: numbers.to_vec(), at: 0 }
    }

    /// Draws a number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % count.max(1)
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == one_in - 1
    }

    /// Draws a text of at most `limit` characters, with at least one visible character.
    pub(crate) fn text(&mut self, limit: usize) -> String {
        let mut text = String::from("x");
        for _ in 0..self.below(7) {
            let piece = PIECES[self.below(PIECES.len())];
            // The letter keeps the text visible; pieces are added before or after it.
            text = if self.chance(2) { format!("{piece}{text}") } else { format!("{text}{piece}") };
        }
        text.chars().take(limit).collect::<String>()
    }

    /// Draws a valid answer; sometimes skipped or declined, if that is allowed.
    pub(crate) fn answer(&mut self, question: &Question) -> Answer {
        if !question.required {
            match self.below(8) {
                6 => return Answer::Skipped,
                7 => return Answer::Declined,
                _ => {}
            }
        }
        Answer::Value(match &question.shape {
            QuestionType::SingleChoice(options) => {
                AnswerValue::Choice { chosen: vec![self.below(options.choices.len())], text: self.own_words(options) }
            }
            QuestionType::MultipleChoice(options) => {
                AnswerValue::Choice { chosen: self.several(options), text: self.own_words(options) }
            }
            QuestionType::Text(limit) => {
                let mut text = self.text(*limit);
                if question.validate(Answer::Value(AnswerValue::Text(text.clone()))).is_err() {
                    "x".clone_into(&mut text);
                }
                AnswerValue::Text(text)
            }
            QuestionType::Number(range) => AnswerValue::Number(self.number(range)),
            QuestionType::Date(from, to) => {
                let from = from.unwrap_or_default();
                let days = to.map_or(100, |to| (to - from).num_days()).unsigned_abs() + 1;
                let day = self.below(usize::try_from(days).unwrap_or(usize::MAX));
                AnswerValue::Date(from.checked_add_days(Days::new(day as u64)).unwrap_or(NaiveDate::MAX))
            }
            QuestionType::Quantity(range, units) => {
                AnswerValue::Quantity { amount: self.number(range), unit: self.below(units.len()) }
            }
        })
    }

    fn own_words(&mut self, options: &ChoiceList) -> Option<String> {
        let limit = options.free_text.filter(|_| self.chance(2))?;
        Some(self.text(limit)).filter(|text| !text.trim().is_empty())
    }

    /// Draws one exclusive option, or several that are not exclusive.
    fn several(&mut self, options: &ChoiceList) -> Vec<usize> {
        let first = self.below(options.choices.len());
        if options.choices[first].exclusive {
            return vec![first];
        }
        let mut chosen = vec![first];
        let more = if self.chance(12) { options.choices.len() * 2 } else { self.below(4) };
        for _ in 0..more {
            chosen.push(self.below(options.choices.len()));
        }
        chosen.retain(|choice| !options.choices[*choice].exclusive);
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn number(&mut self, range: &Range) -> Decimal {
        let min = range.min.unwrap_or_else(|| Decimal::from(-1000));
        let max = range.max.unwrap_or_else(|| min + Decimal::from(2000));
        let step = Decimal::new(1, range.decimals);
        let number = min + step * Decimal::from(self.below(20_000));
        if number > max { max } else { number }
    }

    /// Draws a valid answer of offered options; skipped if no drawn option is offered.
    pub(crate) fn offered_answer(&mut self, interview: &Interview<'_>, question: usize) -> Answer {
        let mut answer = self.answer(&interview.pack().questions[question]);
        if let Answer::Value(AnswerValue::Choice { chosen, .. }) = &mut answer {
            let offered = interview.offered(question);
            chosen.retain(|choice| offered.contains(choice));
            if chosen.is_empty() {
                return Answer::Skipped;
            }
        }
        answer
    }

    /// Answers questions until the review.
    pub(crate) fn go_on(&mut self, interview: &mut Interview<'_>) {
        while let Step::Ask(key) = interview.step() {
            let answer = self.offered_answer(interview, key.question);
            interview
                .answer(answer.clone())
                .unwrap_or_else(|refusal| panic!("the drawn answer {answer:?} was refused: {refusal:?}"));
        }
    }

    /// Makes some of the answers unreadable, as an import does.
    pub(crate) fn make_unreadable(&mut self, pack: &Pack, answers: &mut Answers) {
        for (slot, answer) in answers {
            if self.chance(6) && !pack.must_be_readable(slot.question) {
                *answer = Answer::Unreadable(self.chance(2).then(|| self.text(30)));
            }
        }
    }

    /// Draws an interview up to the review.
    pub(crate) fn interview<'p>(&mut self, pack: &'p Pack) -> Interview<'p> {
        let mut interview = Interview::new(pack, Answers::new());
        self.go_on(&mut interview);
        interview
    }

    /// Draws a finished interview.
    pub(crate) fn finished<'p>(&mut self, pack: &'p Pack) -> Finished<'p> {
        finish(self.interview(pack))
    }
}

pub(crate) fn finish(mut interview: Interview<'_>) -> Finished<'_> {
    interview.finish().unwrap_or_else(|key| panic!("{key:?} is required and unanswered"))
}
