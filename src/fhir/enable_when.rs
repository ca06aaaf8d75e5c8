//! A pack's conditions → what `enableWhen` of FHIR R4 can say, or why it cannot.
//!
//! A condition of a pack has three values, and only *true* asks. `enableWhen` has two. So it is not the condition that is
//! translated but the sentence "the condition is true", and for `not` the sentence "it is false", which a question that
//! nobody answered, or an option that says "not known", makes neither. That "this option is not chosen" then reads: there
//! is an answer, it is not this option, and none of the options that say "not known".
//!
//! An item of R4 lists tests that must hold all, or of which one must hold, and no more. What nests deeper is brought into
//! the form "all of these: one of those", and each further "one of those" becomes a group around the item, since an item
//! inside a group that is not enabled is not enabled either.

use crate::pack::{ChoiceList, Comparison, Condition, Question, QuestionType, Range, Test};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// More alternatives than this nobody could read, and they could double with every further part.
const MOST_CLAUSES: usize = 32;

/// One test of an answer, as R4 has them: two-valued, and false (but for `Exists(false)` and `IsNot`) without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Literal {
    Exists(bool),
    Is(usize),
    IsNot(usize),
    Integer(Comparison, i32),
    Decimal(Comparison, Decimal),
    Date(Comparison, NaiveDate),
    Quantity(Comparison, Decimal, usize),
}

/// A test of the answer to the question in this place of the pack.
pub(super) type QuestionTest = (usize, Literal);

/// One of these holds.
pub(super) type Clause = Vec<QuestionTest>;

/// Why something cannot be said in R4: where in the condition, the code, what it is, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unsupported {
    /// The question, by its place in the pack.
    pub(crate) question: usize,
    /// The part of its condition: places in `all` and `any` from the outside in, and 0 inside a `not`.
    pub(crate) path: Vec<usize>,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) hint: &'static str,
}

/// What has to hold, all of it, for the condition of a question to be true.
pub(super) fn clauses(questions: &[Question], asked: usize, when: &Condition) -> Result<Vec<Clause>, Unsupported> {
    let formula = formula(questions, when, true, false).map_err(|(path, why)| why.at(questions, asked, path))?;
    let clauses = formula.clauses().ok_or_else(|| UnsupportedReason::TooMany.at(questions, asked, Vec::new()))?;
    if clauses.iter().any(Vec::is_empty) {
        return Err(UnsupportedReason::Never.at(questions, asked, Vec::new()));
    }
    Ok(clauses)
}

enum UnsupportedReason {
    SeveralUnits,
    TooLarge,
    TooMany,
    Never,
}

impl UnsupportedReason {
    fn at(self, questions: &[Question], asked: usize, path: Vec<usize>) -> Unsupported {
        let id = &questions[asked].id;
        let (code, message, hint) = match self {
            Self::SeveralUnits => (
                "fhir-unit",
                format!(
                    "FHIR R4 does not say how amounts in different units compare, so `{id}` could be asked of the wrong people"
                ),
                "give the quantity one unit only, or test something else",
            ),
            Self::TooLarge => (
                "fhir-number",
                format!("FHIR R4 has no whole number this large, so the condition of `{id}` cannot be said"),
                "compare with a number from -2147483648 to 2147483647",
            ),
            Self::TooMany => (
                "fhir-condition",
                format!("the condition of `{id}` has too many alternatives for the items of FHIR R4"),
                "write it with fewer `any` inside `all` and `all` inside `any`, or split the question",
            ),
            Self::Never => (
                "fhir-condition",
                format!("the condition of `{id}` can never be true, and FHIR R4 has no way to say never"),
                "change the condition, or take the question out",
            ),
        };
        Unsupported { question: asked, path, code, message, hint }
    }
}

enum Formula {
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Is(usize, Literal),
}

type Refused = (Vec<usize>, UnsupportedReason);

/// That the condition is true, or (with `truth` false) that it is false. `in_any` says what stands around it.
fn formula(questions: &[Question], condition: &Condition, truth: bool, in_any: bool) -> Result<Formula, Refused> {
    let parts = |parts: &[Condition], any: bool| -> Result<Vec<Formula>, Refused> {
        let each = parts.iter().enumerate().map(|(at, part)| {
            formula(questions, part, truth, any).map_err(|(mut path, why)| {
                path.insert(0, at);
                (path, why)
            })
        });
        each.collect()
    };
    match condition {
        // That all is false is that one part is, and the other way round.
        Condition::All(list) if truth => parts(list, false).map(Formula::All),
        Condition::All(list) => parts(list, true).map(Formula::Any),
        Condition::Any(list) if truth => parts(list, true).map(Formula::Any),
        Condition::Any(list) => parts(list, false).map(Formula::All),
        Condition::Not(part) => formula(questions, part, !truth, in_any).map_err(|(mut path, why)| {
            path.insert(0, 0);
            (path, why)
        }),
        Condition::Test(question, test) => {
            let is = |literal| Ok(Formula::Is(*question, literal));
            match test {
                Test::Chosen(choice) if truth => is(Literal::Is(*choice)),
                Test::Chosen(choice) => Ok(not_chosen(questions, *question, *choice, in_any)),
                Test::Answered(wanted) => is(Literal::Exists(*wanted == truth)),
                Test::Number(how, than, unit) => {
                    let how = if truth { *how } else { opposite(*how) };
                    number(&questions[*question].shape, how, *than, *unit)
                        .map(|literal| Formula::Is(*question, literal))
                        .map_err(|why| (Vec::new(), why))
                }
                Test::Date(how, than) => is(Literal::Date(if truth { *how } else { opposite(*how) }, *than)),
            }
        }
    }
}

impl Range {
    /// Whether every number in it is an `integer` of R4, which has 32 bits.
    pub(super) fn is_integer(&self) -> bool {
        self.decimals == 0
            && [self.min, self.max].iter().all(|bound| bound.is_some_and(|bound| bound.to_i32().is_some()))
    }
}

fn opposite(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::More,
        Comparison::More => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
    }
}

fn number(
    shape: &QuestionType,
    how: Comparison,
    than: Decimal,
    unit: Option<usize>,
) -> Result<Literal, UnsupportedReason> {
    match (shape, unit) {
        (QuestionType::Quantity(_, units), Some(unit)) if units.len() == 1 => Ok(Literal::Quantity(how, than, unit)),
        (QuestionType::Quantity(..), _) => Err(UnsupportedReason::SeveralUnits),
        (QuestionType::Number(range), _) if range.is_integer() => {
            // Of whole numbers, "less than 10.5" is "less than 11", and "more than 10.5" is "more than 10".
            let whole = match how {
                Comparison::Less | Comparison::AtLeast => than.ceil(),
                Comparison::More | Comparison::AtMost => than.floor(),
            };
            whole.to_i32().map(|whole| Literal::Integer(how, whole)).ok_or(UnsupportedReason::TooLarge)
        }
        _ => Ok(Literal::Decimal(how, than)),
    }
}

/// That this option is not chosen, and known not to be.
fn not_chosen(questions: &[Question], question: usize, choice: usize, in_any: bool) -> Formula {
    let shape = &questions[question].shape;
    let choices = shape.choices();
    if matches!(shape.options(), Some(ChoiceList { yes_no: true, .. })) {
        return Formula::Is(question, Literal::Is(1 - choice));
    }
    let out = |at: usize| at == choice || choices[at].unknown;
    // Where one option at most can be chosen with it, "some other option" says the same in one test of several.
    let alone = matches!(shape, QuestionType::SingleChoice(_))
        || (0..choices.len()).filter(|at| out(*at)).all(|at| choices[at].exclusive);
    let others: Vec<Formula> =
        (0..choices.len()).filter(|at| !out(*at)).map(|at| Formula::Is(question, Literal::Is(at))).collect();
    if in_any && alone && !others.is_empty() {
        return Formula::Any(others);
    }
    let not = (0..choices.len()).filter(|at| out(*at)).map(|at| Formula::Is(question, Literal::IsNot(at)));
    Formula::All(std::iter::once(Formula::Is(question, Literal::Exists(true))).chain(not).collect())
}

impl Formula {
    /// All of these: one of those; `None` if there would be too many.
    fn clauses(&self) -> Option<Vec<Clause>> {
        let mut clauses = match self {
            Self::Is(question, literal) => vec![vec![(*question, literal.clone())]],
            Self::All(parts) => parts.iter().map(Self::clauses).collect::<Option<Vec<_>>>()?.concat(),
            Self::Any(parts) => {
                let mut product: Vec<Clause> = vec![Vec::new()];
                for part in parts {
                    let part = part.clauses()?;
                    if product.len() * part.len() > MOST_CLAUSES {
                        return None;
                    }
                    product = product
                        .iter()
                        .flat_map(|left| part.iter().map(|right| [left.as_slice(), right].concat()))
                        .collect();
                }
                product
            }
        };
        for clause in &mut clauses {
            let mut once: Clause = Vec::new();
            clause.retain(|test| {
                let new = !once.contains(test);
                once.extend(new.then(|| test.clone()));
                new
            });
        }
        Some(drop_redundant(clauses)).filter(|clauses| clauses.len() <= MOST_CLAUSES)
    }
}

/// Leaves out what another clause says more sharply, and that there is an answer where one is tested anyway.
fn drop_redundant(clauses: Vec<Clause>) -> Vec<Clause> {
    let implies = |sharp: &QuestionTest, dull: &QuestionTest| {
        sharp == dull
            || (sharp.0 == dull.0
                && dull.1 == Literal::Exists(true)
                && !matches!(sharp.1, Literal::Exists(_) | Literal::IsNot(_)))
    };
    let says = |sharp: &Clause, dull: &Clause| sharp.iter().all(|test| dull.iter().any(|other| implies(test, other)));
    let idle = |at: usize| {
        clauses.iter().enumerate().any(|(other, sharp)| {
            // Of two that say the same the first stays.
            other != at && says(sharp, &clauses[at]) && (other < at || !says(&clauses[at], sharp))
        })
    };
    let keep: Vec<bool> = (0..clauses.len()).map(|at| !idle(at)).collect();
    clauses.into_iter().zip(keep).filter_map(|(clause, keep)| keep.then_some(clause)).collect()
}
