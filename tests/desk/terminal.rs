//! The desk's screen on a terminal.

use crate::desk::clinic::PASSPHRASE;
use crate::support::terminal::ENTER;
use crate::support::{Sandbox, Terminal};

impl Sandbox {
    /// Starts the desk's screen, with further arguments.
    pub(crate) fn desk_terminal(&self, further: &str) -> Terminal {
        self.terminal(&format!("desk --clinic ../clinic {further}")).size(40, 100).start()
    }
}

impl Terminal {
    /// Waits for a question, then chooses an option by the beginning of its text.
    pub(crate) fn choose_at(&mut self, question: &str, option: &str) {
        self.wait([question, "Enter to choose"]);
        self.choose(option);
    }

    /// Waits for a question, then types a line.
    pub(crate) fn type_in(&mut self, question: &str, line: &str) {
        self.wait([question, "Enter to continue"]);
        self.press(&format!("{line}{ENTER}"));
    }

    /// Goes from the menu to the patient's first question, in English.
    pub(crate) fn begin(&mut self, label: &str) {
        self.choose_at("What would you like to do?", "New intake");
        self.type_in("Name or code (optional)", label);
        self.choose_at("In which language?", "en ·");
        self.choose_at("Who fills it in?", "The patient");
        self.choose_at("Are you ready?", "Yes, begin");
    }

    /// Gives the first answer of the shortest interview: acne scars.
    pub(crate) fn answer_first(&mut self) {
        self.wait(["Question 1 of", "Space to tick"]);
        self.tick(&["Acne scars"]);
    }

    /// Gives the answers of the shortest interview, up to the end of the review.
    pub(crate) fn answer_all(&mut self) {
        self.answer_first();
        self.choose_at("Question 2 of", "Moderate");
        self.choose_at("Question 3 of", "Good");
        self.choose_at("Question 4 of", "None yet");
        self.choose_at("Question 5 of", "No");
        self.wait("Everything is correct");
        self.finish();
    }

    /// Goes from the menu to the prompt for the passphrase, with this name.
    pub(crate) fn identify(&mut self, name: &str) {
        self.choose_at("What would you like to do?", "Unlock");
        self.type_in("Your name or initials", name);
        self.wait("Passphrase of the clinic:");
    }

    /// Unlocks from the menu.
    pub(crate) fn unlock(&mut self) {
        self.identify("");
        self.press(&format!("{PASSPHRASE}{ENTER}"));
        self.wait("Unlocked for");
    }

    /// Returns the text on the screen and in the scrollback buffer.
    pub(crate) fn left_over(&self) -> String {
        let bytes = self.bytes();
        bytes.rsplit("\x1b[3J").next().unwrap_or_default().to_owned()
    }
}
