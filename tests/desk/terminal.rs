//! The desk's screen in a real terminal.

pub(crate) use crate::pty::{CTRL_C, Tty};
use crate::world::{PASSPHRASE, PROGRAM, World};
use portable_pty::CommandBuilder;
use std::process::Command;

impl Tty {
    /// The screen of the clinic's desk.
    pub(crate) fn desk(world: &World, further: &str) -> Self {
        Self::run(world, &format!("desk --clinic ../clinic {further}"))
    }

    /// The program with these words behind its name.
    pub(crate) fn run(world: &World, words: &str) -> Self {
        Self::program(world, PROGRAM, words)
    }

    /// Any program.
    pub(crate) fn program(world: &World, program: &str, words: &str) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(words.split_whitespace());
        command.env_clear();
        for (name, value) in world.environment() {
            command.env(name, value);
        }
        command.cwd(world.path("work"));
        Self::start(command, 40, 100, "")
    }

    /// A program that is ready to be run, in a terminal instead.
    pub(crate) fn command(command: &Command) -> Self {
        let mut builder = CommandBuilder::new(command.get_program());
        builder.args(command.get_args());
        builder.env_clear();
        for (name, value) in command.get_envs() {
            builder.env(name, value.unwrap_or_default());
        }
        builder.cwd(command.get_current_dir().expect("it is told where it runs"));
        Self::start(builder, 60, 100, "")
    }

    /// Waits for a question, then moves down so many lines and presses Enter.
    pub(crate) fn choose(&mut self, question: &str, line: usize) {
        self.wait(question);
        self.wait("Enter to choose");
        self.enter(line);
    }

    /// Waits for a question, then types a line.
    pub(crate) fn type_in(&mut self, question: &str, line: &str) {
        self.wait(question);
        self.wait("Enter to go on");
        self.press(&format!("{line}\r"));
    }

    /// From the menu to the patient's first question, in English.
    pub(crate) fn begin(&mut self, label: &str) {
        self.choose("What would you like to do?", 0);
        self.type_in("A name or a clinic code", label);
        self.choose("In which language?", 0);
        self.choose("Who fills it in?", 0);
        self.choose("Are you ready?", 0);
    }

    /// The first answer of the shortest interview: acne scars.
    pub(crate) fn answer_first(&mut self) {
        self.wait("Question 1 of");
        self.wait("Space to tick");
        self.tick(&[6]);
    }

    /// The shortest interview: acne scars, moderate, good, none, no more; then the review.
    pub(crate) fn answer(&mut self) {
        self.answer_first();
        self.choose("Question 2 of", 1);
        self.choose("Question 3 of", 0);
        self.choose("Question 4 of", 0);
        self.choose("Question 5 of", 1);
        self.wait("All is right");
        self.press("\r");
    }

    /// From the menu to the passphrase, with this for a name.
    pub(crate) fn identify(&mut self, name: &str) {
        self.choose("What would you like to do?", 2);
        self.type_in("Your name or initials", name);
        self.wait("Passphrase of the clinic:");
    }

    /// Unlocks from the menu.
    pub(crate) fn unlock(&mut self) {
        self.identify("");
        self.press(&format!("{PASSPHRASE}\r"));
        self.wait("Unlocked for");
    }

    /// What is on the screen and in what can be scrolled back to, as a terminal keeps it after a purge.
    pub(crate) fn left_over(&self) -> String {
        let bytes = self.bytes();
        bytes.rsplit("\x1b[3J").next().unwrap_or_default().to_owned()
    }

    /// Sends a signal, as a key does or another program.
    pub(crate) fn signal(&mut self, name: &str) {
        self.press("");
        let kill = format!("kill -{name} {}", self.process());
        assert!(std::process::Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
    }
}
