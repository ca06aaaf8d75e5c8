//! A pack's conditions → `enableWhen` of FHIR R4, or the reason why R4 cannot express them.
//!
//! A condition of a pack has three values, and its question is asked only if it is *true*. `enableWhen` has two values. So
//! the translation is of the statement "the condition is true", and inside `not` of "the condition is false". An unanswered
//! question, or an option that means "not known", makes both statements false. "This option is not chosen" thus becomes:
//! an answer exists, it is not this option, and it is none of the options that mean "not known".
//!
//! An item of R4 has one list of tests, of which either all or any must hold. Deeper conditions are brought into
//! conjunctive normal form ("all of these: any of those"). Each further "any of those" becomes a group around the item,
//! since an item inside a disabled group is disabled too.

use crate::pack::{ChoiceList, Comparison, Condition, Question, QuestionType, Range, Test};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The most clauses of a condition. Their number can double with each part, and longer conditions are unreadable.
const MAX_CLAUSES: usize = 32;

/// One test of an answer in R4. It has two values; without an answer it is false, except `Exists(false)` and `IsNot`.
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

/// The index of a question in the pack, and a test of its answer.
pub(super) type QuestionTest = (usize, Literal);

/// A disjunction: at least one of the tests holds.
pub(super) type Clause = Vec<QuestionTest>;

/// A part of a condition that R4 cannot express.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unsupported {
    /// The index of the question in the pack.
    pub(crate) question: usize,
    /// The path to the part of its condition: indices in `all` and `any` from the outside in, and 0 inside a `not`.
    pub(crate) path: Vec<usize>,
    /// The problem code.
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) hint: &'static str,
}

/// Returns the clauses that must all hold for the condition of question `asked` to be true.
pub(super) fn clauses(questions: &[Question], asked: usize, when: &Condition) -> Result<Vec<Clause>, Unsupported> {
    let formula = formula(questions, when, true, false).map_err(|(path, reason)| reason.at(questions, asked, path))?;
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
                    "FHIR R4 does not define how to compare amounts in different units, so `{id}` could be asked of the wrong people"
                ),
                "give the quantity only one unit, or test something else",
            ),
            Self::TooLarge => (
                "fhir-number",
                format!("FHIR R4 has no integer this large, so it cannot express the condition of `{id}`"),
                "compare with a number from -2147483648 to 2147483647",
            ),
            Self::TooMany => (
                "fhir-condition",
                format!("the condition of `{id}` has too many alternatives for FHIR R4"),
                "write it with fewer `any` inside `all` and `all` inside `any`, or split the question",
            ),
            Self::Never => (
                "fhir-condition",
                format!("the condition of `{id}` can never be true, and FHIR R4 cannot express this"),
                "change the condition, or remove the question",
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

/// The path to an unsupported part of a condition, and the reason.
type UnsupportedPart = (Vec<usize>, UnsupportedReason);

/// The formula for "the condition is true", or with `truth` false for "the condition is false". `in_any` is true if the
/// formula is directly inside a disjunction.
fn formula(
    questions: &[Question],
    condition: &Condition,
    truth: bool,
    in_any: bool,
) -> Result<Formula, UnsupportedPart> {
    let parts = |parts: &[Condition], any: bool| -> Result<Vec<Formula>, UnsupportedPart> {
        let formulas = parts.iter().enumerate().map(|(index, part)| {
            formula(questions, part, truth, any).map_err(|(mut path, reason)| {
                path.insert(0, index);
                (path, reason)
            })
        });
        formulas.collect()
    };
    match condition {
        // De Morgan: `all` is false if any part is false, and `any` is false if all parts are.
        Condition::All(list) if truth => parts(list, false).map(Formula::All),
        Condition::All(list) => parts(list, true).map(Formula::Any),
        Condition::Any(list) if truth => parts(list, true).map(Formula::Any),
        Condition::Any(list) => parts(list, false).map(Formula::All),
        Condition::Not(part) => formula(questions, part, !truth, in_any).map_err(|(mut path, reason)| {
            path.insert(0, 0);
            (path, reason)
        }),
        Condition::Test(question, test) => {
            let is = |literal| Ok(Formula::Is(*question, literal));
            match test {
                Test::Chosen(choice) if truth => is(Literal::Is(*choice)),
                Test::Chosen(choice) => Ok(not_chosen(questions, *question, *choice, in_any)),
                Test::Answered(expected) => is(Literal::Exists(*expected == truth)),
                Test::Number(how, than, unit) => {
                    let how = if truth { *how } else { opposite(*how) };
                    number(&questions[*question].shape, how, *than, *unit)
                        .map(|literal| Formula::Is(*question, literal))
                        .map_err(|reason| (Vec::new(), reason))
                }
                Test::Date(how, than) => is(Literal::Date(if truth { *how } else { opposite(*how) }, *than)),
            }
        }
    }
}

impl Range {
    /// Returns true if every number in the range is an `integer` of R4, which has 32 bits.
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
            // For whole numbers, "less than 10.5" is "less than 11", and "more than 10.5" is "more than 10".
            let whole = match how {
                Comparison::Less | Comparison::AtLeast => than.ceil(),
                Comparison::More | Comparison::AtMost => than.floor(),
            };
            whole.to_i32().map(|whole| Literal::Integer(how, whole)).ok_or(UnsupportedReason::TooLarge)
        }
        _ => Ok(Literal::Decimal(how, than)),
    }
}

/// The formula for "this option is known not to be chosen".
fn not_chosen(questions: &[Question], question: usize, choice: usize, in_any: bool) -> Formula {
    let shape = &questions[question].shape;
    let choices = shape.choices();
    if matches!(shape.options(), Some(ChoiceList { yes_no: true, .. })) {
        return Formula::Is(question, Literal::Is(1 - choice));
    }
    let is_excluded = |index: usize| index == choice || choices[index].unknown;
    // If no excluded option can be chosen together with others, "any other option" means the same in one disjunction.
    let alone = matches!(shape, QuestionType::SingleChoice(_))
        || (0..choices.len()).filter(|index| is_excluded(*index)).all(|index| choices[index].exclusive);
    let others: Vec<Formula> = (0..choices.len())
        .filter(|index| !is_excluded(*index))
        .map(|index| Formula::Is(question, Literal::Is(index)))
        .collect();
    if in_any && alone && !others.is_empty() {
        return Formula::Any(others);
    }
    let not = (0..choices.len())
        .filter(|index| is_excluded(*index))
        .map(|index| Formula::Is(question, Literal::IsNot(index)));
    Formula::All(std::iter::once(Formula::Is(question, Literal::Exists(true))).chain(not).collect())
}

impl Formula {
    /// The conjunctive normal form; `None` if it has more than [`MAX_CLAUSES`] clauses.
    fn clauses(&self) -> Option<Vec<Clause>> {
        let mut clauses = match self {
            Self::Is(question, literal) => vec![vec![(*question, literal.clone())]],
            Self::All(parts) => parts.iter().map(Self::clauses).collect::<Option<Vec<_>>>()?.concat(),
            Self::Any(parts) => {
                let mut product: Vec<Clause> = vec![Vec::new()];
                for part in parts {
                    let part = part.clauses()?;
                    if product.len() * part.len() > MAX_CLAUSES {
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
        Some(drop_redundant(clauses)).filter(|clauses| clauses.len() <= MAX_CLAUSES)
    }
}

/// Removes clauses that another clause implies. A test of an answer implies that the answer exists.
fn drop_redundant(clauses: Vec<Clause>) -> Vec<Clause> {
    let implies = |strong: &QuestionTest, weak: &QuestionTest| {
        strong == weak
            || (strong.0 == weak.0
                && weak.1 == Literal::Exists(true)
                && !matches!(strong.1, Literal::Exists(_) | Literal::IsNot(_)))
    };
    let clause_implies =
        |strong: &Clause, weak: &Clause| strong.iter().all(|test| weak.iter().any(|other| implies(test, other)));
    let is_redundant = |index: usize| {
        clauses.iter().enumerate().any(|(other, strong)| {
            // Of two equivalent clauses the first is kept.
            let clause = &clauses[index];
            other != index && clause_implies(strong, clause) && (other < index || !clause_implies(clause, strong))
        })
    };
    let keep: Vec<bool> = (0..clauses.len()).map(|index| !is_redundant(index)).collect();
    clauses.into_iter().zip(keep).filter_map(|(clause, keep)| keep.then_some(clause)).collect()
}
