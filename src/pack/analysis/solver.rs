//! Solver: decides exactly whether some answers reach a set of goals.
//!
//! The method is a tableau. It expands conditions into tests of single answers, and tries alternatives in turn. The
//! options or bounds of a question decide whether one answer can pass a set of tests. An answer can only be tested if its
//! question is asked, so the question's condition must hold as well. The result is an [`Example`].
//!
//! Goals can span several packs with the same answers, which is used to compare two versions of a pack.

use super::example::Example;
use super::goal::{Goal, TruthGoal};
use super::variable::{Constraints, Variable};
use crate::pack::condition::{Condition, Test};
use crate::pack::content::Pack;
use std::collections::{BTreeMap, BTreeSet};

/// Packs under analysis, and their questions as shared variables.
pub(crate) struct Solver<'p> {
    packs: Vec<&'p Pack>,
    variables: Vec<Variable<'p>>,
    /// Index of the variable, by pack and question.
    variable_of: Vec<Vec<usize>>,
}

/// Constraints and asked questions collected on a branch.
#[derive(Clone, Default)]
struct Branch<'g> {
    constraints: BTreeMap<usize, Constraints<'g>>,
    asked: BTreeSet<(usize, usize)>,
}

impl<'p> Solver<'p> {
    /// Creates a solver. Questions with the same id and type in several packs share a variable.
    pub(crate) fn new(packs: Vec<&'p Pack>) -> Self {
        let mut variables: Vec<Variable<'p>> = Vec::new();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let mut variable_of = Vec::new();
        for (number, pack) in packs.iter().enumerate() {
            let variables_of_pack = pack.questions.iter().map(|question| {
                let shared = known.get(question.id.as_str()).copied();
                let shared = shared.filter(|index| variables[*index].is_like(question));
                let index = shared.unwrap_or_else(|| {
                    variables.push(Variable::new(packs.len()));
                    variables.len() - 1
                });
                known.entry(&question.id).or_insert(index);
                variables[index].add(number, question);
                index
            });
            let variables_of_pack = variables_of_pack.collect();
            variable_of.push(variables_of_pack);
        }
        Self { packs, variables, variable_of }
    }

    /// Returns answers that reach all goals, if there are any.
    pub(crate) fn find(&self, goals: &[Goal<'_>]) -> Option<Example> {
        let branch = self.solve(goals.to_vec(), Vec::new(), Branch::default())?;
        let answers = branch.constraints.iter().filter_map(|(index, constraints)| {
            let variable = &self.variables[*index];
            Some((*index, variable.id(), variable.find(constraints)?))
        });
        Some(Example::new(answers))
    }

    /// Expands goals with a single branch first, then backtracks over the rest.
    fn solve<'g>(
        &'g self,
        mut todo: Vec<Goal<'g>>,
        mut later: Vec<Goal<'g>>,
        mut branch: Branch<'g>,
    ) -> Option<Branch<'g>> {
        loop {
            while let Some(goal) = todo.pop() {
                match goal {
                    Goal::Asked(pack, question) => {
                        if branch.asked.insert((pack, question)) {
                            let asked_question = &self.packs[pack].questions[question];
                            todo.extend(asked_question.when.iter().map(|when| Goal::Is(pack, when, TruthGoal::True)));
                            todo.extend(
                                asked_question
                                    .for_each
                                    .iter()
                                    .map(|for_each| Goal::Passes(pack, for_each.question, None)),
                            );
                        }
                    }
                    Goal::Passes(pack, question, test) => {
                        let index = self.variable_of[pack][question];
                        let constraints = branch.constraints.entry(index).or_default();
                        constraints.add(pack, test);
                        self.variables[index].find(constraints)?;
                        todo.push(Goal::Asked(pack, question));
                    }
                    Goal::Skipped(pack, question) => {
                        let index = self.variable_of[pack][question];
                        let constraints = branch.constraints.entry(index).or_default();
                        constraints.none = true;
                        self.variables[index].find(constraints)?;
                        todo.push(Goal::Asked(pack, question));
                    }
                    Goal::NoAnswer(..) | Goal::NotAsked(..) | Goal::Is(..) => {
                        let mut branches = self.branches(goal);
                        match branches.len() {
                            0 => return None,
                            1 => todo.extend(branches.remove(0)),
                            _ => later.push(goal),
                        }
                    }
                }
            }
            let Some(goal) = later.pop() else { return Some(branch) };
            let mut branches = self.branches(goal);
            let last = branches.pop()?;
            for alternative in branches {
                if let Some(solution) = self.solve(alternative, later.clone(), branch.clone()) {
                    return Some(solution);
                }
            }
            todo = last;
        }
    }

    /// Returns the alternatives for reaching a goal, each as a list of goals.
    fn branches<'g>(&'g self, goal: Goal<'g>) -> Vec<Vec<Goal<'g>>> {
        match goal {
            Goal::Is(pack, Condition::Not(part), truth) => vec![vec![Goal::Is(pack, part, truth.of_negation())]],
            Goal::Is(pack, condition @ (Condition::All(parts) | Condition::Any(parts)), truth) => {
                let goals: Vec<Goal<'_>> = parts.iter().map(|part| Goal::Is(pack, part, truth)).collect();
                // An `all` is true if all parts are, and false if one part is. For `any` it is the opposite.
                let is_all = matches!(condition, Condition::All(_));
                if is_all == matches!(truth, TruthGoal::True | TruthGoal::NotFalse) {
                    vec![goals]
                } else {
                    goals.into_iter().map(|goal| vec![goal]).collect()
                }
            }
            Goal::Is(pack, Condition::Test(question, Test::Answered(answered)), truth) => {
                let needs_answer = *answered == matches!(truth, TruthGoal::True | TruthGoal::NotFalse);
                if needs_answer {
                    vec![vec![Goal::Passes(pack, *question, None)]]
                } else {
                    self.branches(Goal::NoAnswer(pack, *question))
                }
            }
            Goal::Is(pack, Condition::Test(question, test), truth) => {
                let mut branches = vec![vec![Goal::Passes(pack, *question, Some((test, truth)))]];
                if matches!(truth, TruthGoal::NotTrue | TruthGoal::NotFalse) {
                    branches.extend(self.branches(Goal::NoAnswer(pack, *question)));
                }
                branches
            }
            Goal::NotAsked(pack, question) => {
                let asked_question = &self.packs[pack].questions[question];
                let when = asked_question.when.iter().map(|when| vec![Goal::Is(pack, when, TruthGoal::NotTrue)]);
                // A for-each question is not asked if the question that it iterates over has no answer.
                when.chain(asked_question.for_each.iter().map(|for_each| vec![Goal::NoAnswer(pack, for_each.question)]))
                    .collect()
            }
            Goal::NoAnswer(pack, question) => {
                let asked_question = &self.packs[pack].questions[question];
                let mut branches: Vec<Vec<Goal<'_>>> = Vec::new();
                if !asked_question.required {
                    branches.push(vec![Goal::Skipped(pack, question)]);
                }
                branches.extend(asked_question.when.iter().map(|when| vec![Goal::Is(pack, when, TruthGoal::NotTrue)]));
                branches
            }
            other => vec![vec![other]],
        }
    }
}
