//! What was typed or ticked and left with Esc.

use super::look::size;
use crate::interview::Slot;
use inquire::{Autocomplete, CustomUserError};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Which prompt of a question a text was typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Its answer.
    Answer(Slot),
    /// The own words beside a choice.
    OwnWords(Slot),
}

/// Texts and ticks that were left with Esc. They are no answers: they only wait in their prompts to be gone on with, for
/// as long as somebody is asked.
#[derive(Debug, Default)]
pub(super) struct Unsent {
    texts: BTreeMap<Place, String>,
    ticks: BTreeMap<Slot, BTreeSet<usize>>,
}

impl Unsent {
    /// What was left here.
    pub(super) fn get(&self, place: Place) -> Option<&str> {
        self.texts.get(&place).map(String::as_str)
    }

    /// Leaves a text here.
    pub(super) fn leave(&mut self, place: Place, text: String) {
        self.texts.insert(place, text);
    }

    /// Forgets what was left here: it has been sent.
    pub(super) fn forget(&mut self, place: Place) {
        self.texts.remove(&place);
    }

    /// The lines that were ticked and left here; they wait no longer.
    pub(super) fn ticks(&mut self, slot: Slot) -> Option<BTreeSet<usize>> {
        self.ticks.remove(&slot)
    }

    /// Leaves ticks here, if there are any.
    pub(super) fn leave_ticks(&mut self, slot: Slot, ticks: BTreeSet<usize>) {
        if !ticks.is_empty() {
            self.ticks.insert(slot, ticks);
        }
    }
}

/// Follows what is typed. `inquire` gives no text back after Esc, but asks for suggestions at every change; it gets none,
/// and a refusal where the terminal has another size than when the prompt was drawn.
#[derive(Debug, Clone)]
pub(super) struct Follower {
    last: Rc<RefCell<String>>,
    drawn_on: (usize, usize),
}

impl Follower {
    /// Follows from here on.
    pub(super) fn new() -> Self {
        Self { last: Rc::default(), drawn_on: size() }
    }

    /// What stood in the prompt last.
    pub(super) fn last(&self) -> String {
        self.last.borrow().clone()
    }
}

impl Autocomplete for Follower {
    fn get_suggestions(&mut self, input: &str) -> Result<Vec<String>, CustomUserError> {
        input.clone_into(&mut self.last.borrow_mut());
        if size() == self.drawn_on { Ok(Vec::new()) } else { Err("the terminal has another size".into()) }
    }

    fn get_completion(&mut self, _: &str, _: Option<String>) -> Result<Option<String>, CustomUserError> {
        Ok(None)
    }
}
