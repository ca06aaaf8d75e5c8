//! Conditions in words: the titles of questions and the wordings of options, each with its name, for people who sign off.

use crate::pack::{Comparison, Condition, Language, Pack, Shape, Test};

/// A condition as a reader of the questionnaire would say it.
pub(super) fn says(condition: &Condition, pack: &Pack, language: Language) -> String {
    let joined = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| inside(part, pack, language)).collect();
        parts.join(word)
    };
    match condition {
        Condition::All(parts) => joined(parts, " and "),
        Condition::Any(parts) => joined(parts, " or "),
        Condition::Not(part) => format!("not: {}", inside(part, pack, language)),
        Condition::Test(question, test) => {
            let question = &pack.questions[*question];
            let name = format!("“{}” ({})", question.title.in_language(language), question.id);
            let choice = |at: usize| {
                let choice = &question.shape.choices()[at];
                let text = choice.text.in_language(language);
                if choice.code == text.as_str() {
                    format!("“{text}”")
                } else {
                    format!("“{text}” ({})", choice.code)
                }
            };
            match test {
                Test::Chosen(at) if matches!(question.shape, Shape::Many(_)) => {
                    format!("{name} includes {}", choice(*at))
                }
                Test::Chosen(at) => format!("{name} is {}", choice(*at)),
                Test::Answered(true) => format!("{name} is answered"),
                Test::Answered(false) => format!("{name} is not answered"),
                Test::Number(how, than, unit) => {
                    let unit = unit.map(|unit| format!(" {}", choice(unit))).unwrap_or_default();
                    let how = match how {
                        Comparison::Less => "less than",
                        Comparison::AtMost => "at most",
                        Comparison::More => "more than",
                        Comparison::AtLeast => "at least",
                    };
                    format!("{name} is {how} {than}{unit}")
                }
                Test::Date(how, day) => {
                    let how = match how {
                        Comparison::Less => "before",
                        Comparison::AtMost => "on or before",
                        Comparison::More => "after",
                        Comparison::AtLeast => "on or after",
                    };
                    format!("{name} is {how} {day}")
                }
            }
        }
    }
}

/// The same as a part of a longer one.
fn inside(condition: &Condition, pack: &Pack, language: Language) -> String {
    let text = says(condition, pack, language);
    if matches!(condition, Condition::All(_) | Condition::Any(_)) { format!("({text})") } else { text }
}
