//! An interview with the line prompter, reply by reply.

use super::run::RunOutput;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command};

/// A run with the line prompter, in which each reply waits for its question.
pub(crate) struct LineSession {
    pub(crate) child: Child,
    pub(crate) stdin: ChildStdin,
    stderr: BufReader<std::process::ChildStderr>,
    pub(crate) shown: String,
}

impl LineSession {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.spawn().expect("the program starts");
        let stdin = child.stdin.take().expect("a pipe");
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut session = Self { child, stdin, stderr, shown: String::new() };
        session.wait();
        session
    }

    /// Waits until the next question or the review is shown.
    fn wait(&mut self) {
        loop {
            let mut line = String::new();
            assert!(self.stderr.read_line(&mut line).expect("text") > 0, "the program stopped: {}", self.shown);
            self.shown.push_str(&line);
            if line.starts_with("Type ") || line.starts_with("Or type") {
                return;
            }
        }
    }

    pub(crate) fn reply(&mut self, line: &str) {
        writeln!(self.stdin, "{line}").expect("the program reads");
        self.wait();
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().expect("the program runs");
        self.child.wait().expect("the program ends");
    }

    /// Waits for the end of the program, and returns its output.
    pub(crate) fn end(mut self) -> RunOutput {
        let status = self.child.wait().expect("the program ends");
        self.stderr.read_to_string(&mut self.shown).expect("text");
        let mut stdout = String::new();
        self.child.stdout.take().expect("a pipe").read_to_string(&mut stdout).expect("text");
        RunOutput { code: status.code(), stdout, stderr: self.shown }
    }
}
