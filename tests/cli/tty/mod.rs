//! The program in a real terminal.

mod back;
mod end;
mod flows;
mod harm;
mod keys;
mod notes;
mod prose;
mod sizes;
mod typing;
mod typing_long;

pub(crate) use crate::pty::{CTRL_C, DOWN, ENTER, ESC, SPACE, Tty, UP};
use crate::world::{PROGRAM, World};
use portable_pty::CommandBuilder;

/// What is there when the program has ended.
pub(crate) struct Ended {
    pub(crate) code: u32,
    pub(crate) bytes: String,
    pub(crate) screen: String,
}

impl Ended {
    /// What is on the screen, whatever lines it is in.
    pub(crate) fn flowed(&self) -> String {
        self.screen.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A terminal before the program starts in it.
pub(crate) struct Setup<'w> {
    world: &'w World,
    program: &'static str,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    ahead: String,
    rows: u16,
    columns: u16,
}

impl World {
    /// The program on a terminal of 24 lines and 80 columns, with these words behind its name.
    pub(crate) fn tty(&self, words: &str) -> Setup<'_> {
        let arguments = words.split_whitespace().map(str::to_owned).collect();
        let (environment, ahead) = (Vec::new(), String::new());
        Setup { world: self, program: PROGRAM, arguments, environment, ahead, rows: 24, columns: 80 }
    }

    /// A line of shell on such a terminal, in which `"$0"` is the program.
    pub(crate) fn shell_on_a_terminal(&self, script: &str) -> Tty {
        let arguments = ["-c", script, PROGRAM].map(str::to_owned).to_vec();
        Setup { program: "sh", ..self.tty("") }.arguments(arguments).start()
    }
}

impl Setup<'_> {
    pub(crate) fn size(mut self, rows: u16, columns: u16) -> Self {
        (self.rows, self.columns) = (rows, columns);
        self
    }

    /// Further arguments, which may hold spaces.
    pub(crate) fn arguments(mut self, further: Vec<String>) -> Self {
        self.arguments.extend(further);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Keys that are pressed before the program starts.
    pub(crate) fn ahead(mut self, keys: &str) -> Self {
        keys.clone_into(&mut self.ahead);
        self
    }

    pub(crate) fn start(self) -> Tty {
        let mut command = CommandBuilder::new(self.program);
        command.args(self.arguments);
        command.env_clear();
        for (name, value) in self.world.environment() {
            command.env(name, value);
        }
        for (name, value) in self.environment {
            command.env(name, value);
        }
        command.cwd(self.world.path(""));
        Tty::start(command, self.rows, self.columns, &self.ahead)
    }
}

impl Tty {
    /// Waits until the question with this number is put and takes keys.
    pub(crate) fn asked(&self, number: usize) {
        self.wait([&format!("Question {number} of about"), "Esc"]);
    }

    /// Waits for the review.
    pub(crate) fn reviewed(&self) {
        self.wait(["Your answers", "All is right: finish", "Esc"]);
    }

    /// Waits for the program's end.
    pub(crate) fn end(mut self) -> Ended {
        Ended { code: self.code(), bytes: self.bytes(), screen: self.screen() }
    }
}
