//! A pack by its names: which question, option or rule a name or an option leads to.

use crate::pack::{Pack, Role, Test};
use rustc_hash::FxHashMap;

/// Places by name.
type Places = FxHashMap<String, usize>;

#[derive(Debug)]
pub(super) struct Index {
    /// Questions by id.
    questions: Places,
    /// For each question, its options or units by code.
    choices: Vec<Places>,
    /// The question that brings statements, and for each of its options the rules that ask for it.
    concerns: Option<(usize, Vec<Vec<usize>>)>,
    /// The question whose answer counts even where it is not asked.
    pub(super) label: Option<usize>,
}

impl Index {
    pub(super) fn new(pack: &Pack) -> Self {
        let choices = |question: &crate::pack::Question| {
            places(question.shape.choices().iter().map(|choice| choice.code.as_str()))
        };
        Self {
            questions: places(pack.questions.iter().map(|question| question.id.as_str())),
            choices: pack.questions.iter().map(choices).collect(),
            concerns: pack.with_role(Role::Concerns).map(|concerns| (concerns, rules_of(pack, concerns))),
            label: pack.with_role(Role::Label),
        }
    }

    pub(super) fn question(&self, id: &str) -> Option<usize> {
        self.questions.get(id).copied()
    }

    pub(super) fn choice(&self, question: usize, code: &str) -> Option<usize> {
        self.choices[question].get(code).copied()
    }

    /// The rules that can fire, in order: each one rests on an option of the concerns.
    pub(super) fn rules<'a>(&self, chosen: impl FnOnce(usize) -> &'a [usize], rules: &mut Vec<usize>) {
        rules.clear();
        if let Some((concerns, by_choice)) = &self.concerns {
            rules.extend(chosen(*concerns).iter().flat_map(|choice| &by_choice[*choice]));
            rules.sort_unstable();
            rules.dedup();
        }
    }
}

fn places<'n>(names: impl Iterator<Item = &'n str>) -> Places {
    names.enumerate().map(|(at, name)| (name.to_owned(), at)).collect()
}

fn rules_of(pack: &Pack, concerns: usize) -> Vec<Vec<usize>> {
    let mut by_choice = vec![Vec::new(); pack.questions[concerns].shape.choices().len()];
    for (rule, speaks) in pack.rules.iter().enumerate() {
        for (question, test) in speaks.when.tests() {
            if let (true, Test::Chosen(choice)) = (question == concerns, test) {
                by_choice[*choice].push(rule);
            }
        }
    }
    by_choice
}
