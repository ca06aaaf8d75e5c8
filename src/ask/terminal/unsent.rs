//! What was typed and left with Esc.

use crate::interview::Slot;
use inquire::{Autocomplete, CustomUserError};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Which prompt of a question a text was typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Its answer.
    Answer(Slot),
    /// The own words beside a choice.
    OwnWords(Slot),
}

/// Texts that were typed and left with Esc. They are no answers: they only wait in their prompts to be gone on with, for
/// as long as somebody is asked.
#[derive(Debug, Default)]
pub(super) struct Unsent(BTreeMap<Place, String>);

impl Unsent {
    /// What was left here.
    pub(super) fn get(&self, place: Place) -> Option<&str> {
        self.0.get(&place).map(String::as_str)
    }

    /// Leaves a text here.
    pub(super) fn leave(&mut self, place: Place, text: String) {
        self.0.insert(place, text);
    }

    /// Forgets what was left here: it has been sent.
    pub(super) fn forget(&mut self, place: Place) {
        self.0.remove(&place);
    }
}

/// Follows what is typed. `inquire` gives no text back after Esc, but asks for suggestions at every change; it gets none.
#[derive(Debug, Clone, Default)]
pub(super) struct Follower(Rc<RefCell<String>>);

impl Follower {
    /// What stood in the prompt last.
    pub(super) fn last(&self) -> String {
        self.0.borrow().clone()
    }
}

impl Autocomplete for Follower {
    fn get_suggestions(&mut self, input: &str) -> Result<Vec<String>, CustomUserError> {
        input.clone_into(&mut self.0.borrow_mut());
        Ok(Vec::new())
    }

    fn get_completion(&mut self, _: &str, _: Option<String>) -> Result<Option<String>, CustomUserError> {
        Ok(None)
    }
}
