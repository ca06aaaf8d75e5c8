//! Whether answers can be found that make conditions true or keep them from it, decided exactly.
//!
//! A tableau: what has to hold is taken apart into tests of single answers, alternatives one after the other, and a
//! set of tests on one answer is decided by looking at that question's options or bounds. An answer can only be tested
//! where its question is asked, so that question's own condition has to hold as well. What is found is an [`Example`].
//!
//! Several packs can be asked at once about the same answers; that is what compares two versions of a pack.

use super::example::Example;
use super::goal::{Goal, TruthGoal};
use super::variable::{Constraints, Variable};
use crate::pack::condition::{Condition, Test};
use crate::pack::content::Pack;
use std::collections::{BTreeMap, BTreeSet};

/// The packs that are asked about, and which of their questions are the same.
pub(crate) struct Solver<'p> {
    packs: Vec<&'p Pack>,
    subjects: Vec<Variable<'p>>,
    /// Pack → question → its subject.
    subject_of: Vec<Vec<usize>>,
}

/// What has been demanded so far.
#[derive(Clone, Default)]
struct State<'g> {
    demands: BTreeMap<usize, Constraints<'g>>,
    asked: BTreeSet<(usize, usize)>,
}

impl<'p> Solver<'p> {
    /// Questions with the same name and the same type are the same question.
    pub(crate) fn new(packs: Vec<&'p Pack>) -> Self {
        let mut subjects: Vec<Variable<'p>> = Vec::new();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let mut subject_of = Vec::new();
        for (number, pack) in packs.iter().enumerate() {
            let of = pack.questions.iter().map(|question| {
                let same = known.get(question.id.as_str()).copied();
                let same = same.filter(|at| subjects[*at].is_like(question));
                let at = same.unwrap_or_else(|| {
                    subjects.push(Variable::new(packs.len()));
                    subjects.len() - 1
                });
                known.entry(&question.id).or_insert(at);
                subjects[at].add(number, question);
                at
            });
            let of = of.collect();
            subject_of.push(of);
        }
        Self { packs, subjects, subject_of }
    }

    /// Answers that reach all goals, if there are any.
    pub(crate) fn find(&self, goals: &[Goal<'_>]) -> Option<Example> {
        let state = self.solve(goals.to_vec(), Vec::new(), State::default())?;
        let answers = state.demands.iter().filter_map(|(at, demand)| {
            let subject = &self.subjects[*at];
            Some((*at, subject.id(), subject.find(demand)?))
        });
        Some(Example::new(answers))
    }

    /// Takes what has one way only apart first, then tries alternatives.
    fn solve<'g>(
        &'g self,
        mut todo: Vec<Goal<'g>>,
        mut later: Vec<Goal<'g>>,
        mut state: State<'g>,
    ) -> Option<State<'g>> {
        loop {
            while let Some(goal) = todo.pop() {
                match goal {
                    Goal::Asked(pack, question) => {
                        if state.asked.insert((pack, question)) {
                            let of = &self.packs[pack].questions[question];
                            todo.extend(of.when.iter().map(|when| Goal::Is(pack, when, TruthGoal::True)));
                            todo.extend(of.for_each.iter().map(|each| Goal::Passes(pack, each.question, None)));
                        }
                    }
                    Goal::Passes(pack, question, test) => {
                        let at = self.subject_of[pack][question];
                        let demand = state.demands.entry(at).or_default();
                        demand.add(pack, test);
                        self.subjects[at].find(demand)?;
                        todo.push(Goal::Asked(pack, question));
                    }
                    Goal::Skipped(pack, question) => {
                        let at = self.subject_of[pack][question];
                        let demand = state.demands.entry(at).or_default();
                        demand.none = true;
                        self.subjects[at].find(demand)?;
                        todo.push(Goal::Asked(pack, question));
                    }
                    Goal::NoAnswer(..) | Goal::NotAsked(..) | Goal::Is(..) => {
                        let mut ways = self.branches(goal);
                        match ways.len() {
                            0 => return None,
                            1 => todo.extend(ways.remove(0)),
                            _ => later.push(goal),
                        }
                    }
                }
            }
            let Some(goal) = later.pop() else { return Some(state) };
            let mut ways = self.branches(goal);
            let last = ways.pop()?;
            for way in ways {
                if let Some(found) = self.solve(way, later.clone(), state.clone()) {
                    return Some(found);
                }
            }
            todo = last;
        }
    }

    /// The ways to reach a goal; each is a list of goals.
    fn branches<'g>(&'g self, goal: Goal<'g>) -> Vec<Vec<Goal<'g>>> {
        match goal {
            Goal::Is(pack, Condition::Not(part), want) => vec![vec![Goal::Is(pack, part, want.of_negation())]],
            Goal::Is(pack, condition @ (Condition::All(parts) | Condition::Any(parts)), want) => {
                let goals: Vec<Goal<'_>> = parts.iter().map(|part| Goal::Is(pack, part, want)).collect();
                // An `all` is true where all parts are, and false where one is; an `any` the other way round.
                let is_all = matches!(condition, Condition::All(_));
                if is_all == matches!(want, TruthGoal::True | TruthGoal::NotFalse) {
                    vec![goals]
                } else {
                    goals.into_iter().map(|goal| vec![goal]).collect()
                }
            }
            Goal::Is(pack, Condition::Test(question, Test::Answered(answered)), want) => {
                let wanted = *answered == matches!(want, TruthGoal::True | TruthGoal::NotFalse);
                if wanted {
                    vec![vec![Goal::Passes(pack, *question, None)]]
                } else {
                    self.branches(Goal::NoAnswer(pack, *question))
                }
            }
            Goal::Is(pack, Condition::Test(question, test), want) => {
                let mut ways = vec![vec![Goal::Passes(pack, *question, Some((test, want)))]];
                if matches!(want, TruthGoal::NotTrue | TruthGoal::NotFalse) {
                    ways.extend(self.branches(Goal::NoAnswer(pack, *question)));
                }
                ways
            }
            Goal::NotAsked(pack, question) => {
                let of = &self.packs[pack].questions[question];
                let when = of.when.iter().map(|when| vec![Goal::Is(pack, when, TruthGoal::NotTrue)]);
                // A for-each question is not asked where what it goes through has no answer.
                when.chain(of.for_each.iter().map(|each| vec![Goal::NoAnswer(pack, each.question)])).collect()
            }
            Goal::NoAnswer(pack, question) => {
                let of = &self.packs[pack].questions[question];
                let mut ways: Vec<Vec<Goal<'_>>> = Vec::new();
                if !of.required {
                    ways.push(vec![Goal::Skipped(pack, question)]);
                }
                ways.extend(of.when.iter().map(|when| vec![Goal::Is(pack, when, TruthGoal::NotTrue)]));
                ways
            }
            other => vec![vec![other]],
        }
    }
}
