//! Tests of the program on a terminal.

mod back;
mod end;
mod escape_sequences;
mod flows;
mod keys;
mod lists;
mod notes;
mod prose;
mod sizes;
mod slips;
mod typing;
mod typing_long;

use crate::support::Terminal;

impl Terminal {
    /// Waits until the question with this number accepts keys.
    pub(crate) fn wait_for_question(&self, number: usize) {
        self.wait([&format!("Question {number} of about"), "Esc"]);
    }

    /// Waits until the review accepts keys.
    pub(crate) fn wait_for_review(&self) {
        self.wait(["Your answers", "Esc"]);
    }
}
