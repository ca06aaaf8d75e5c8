//! Runs of the program with expectations.
//!
//! Unexpected output on standard output or standard error fails the test.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_preconsult");

const TIME_LIMIT: Duration = Duration::from_secs(120);

/// Exit code and output of a run.
#[derive(Debug)]
pub(crate) struct RunOutput {
    /// `None` if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for RunOutput {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// Runs a command to its end, without input.
pub(crate) fn run(mut command: Command) -> RunOutput {
    RunOutput::from(command.output().expect("the program runs"))
}

/// Runs a command to its end, with the given standard input.
pub(crate) fn run_with_stdin(mut command: Command, stdin: &str) -> RunOutput {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // A program that ends early closes the pipe.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin.as_bytes());
    RunOutput::from(child.wait_with_output().expect("the program ends"))
}

/// Sends a signal to a process.
pub(crate) fn send_signal(name: &str, process: u32) {
    let kill = Command::new("sh").args(["-c", &format!("kill -{name} {process}")]).status();
    assert!(kill.expect("a shell").success(), "{name} could not be sent");
}

/// One run and its expectations: unless set otherwise, exit code 0 and no output.
#[must_use = "a run that is not checked tests nothing"]
pub(crate) struct Run {
    command: assert_cmd::Command,
    code: i32,
    stdout: Expectation,
    stderr: Expectation,
}

enum Expectation {
    Empty,
    Exactly(String),
    /// The output contains these pieces, in this order.
    Pieces(Vec<String>),
}

impl Run {
    pub(super) fn of(command: Command) -> Self {
        let command = assert_cmd::Command::from_std(command);
        Self { command, code: 0, stdout: Expectation::Empty, stderr: Expectation::Empty }
    }

    pub(crate) fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.command.write_stdin(bytes);
        self
    }

    pub(crate) fn code(mut self, code: i32) -> Self {
        self.code = code;
        self
    }

    pub(crate) fn stdout(mut self, text: impl Into<String>) -> Self {
        self.stdout = Expectation::Exactly(text.into());
        self
    }

    pub(crate) fn stdout_has<const N: usize>(mut self, pieces: [&str; N]) -> Self {
        self.stdout = Expectation::Pieces(pieces.map(str::to_owned).to_vec());
        self
    }

    pub(crate) fn stderr(mut self, text: impl Into<String>) -> Self {
        self.stderr = Expectation::Exactly(text.into());
        self
    }

    /// Accepts anything on standard error, for runs whose notes another test covers.
    pub(crate) fn stderr_any(mut self) -> Self {
        self.stderr = Expectation::Pieces(Vec::new());
        self
    }

    pub(crate) fn stderr_has<const N: usize>(mut self, pieces: [&str; N]) -> Self {
        self.stderr = Expectation::Pieces(pieces.map(str::to_owned).to_vec());
        self
    }

    /// Runs the command and checks every expectation.
    pub(crate) fn check(self) -> RunOutput {
        let Self { mut command, code, stdout, stderr } = self;
        let output = command.timeout(TIME_LIMIT).output().expect("the program runs");
        let status = output.status;
        std::str::from_utf8(&output.stdout).expect("standard output is UTF-8");
        std::str::from_utf8(&output.stderr).expect("standard error is UTF-8");
        let output = RunOutput::from(output);
        let details =
            format!("\n--- stdout\n{}\n--- stderr\n{}\n---", start_of(&output.stdout), start_of(&output.stderr));
        assert_eq!(output.code, Some(code), "{status}: exit code{details}");
        stdout.check("standard output", &output.stdout, &details);
        stderr.check("standard error", &output.stderr, &details);
        output
    }
}

impl Expectation {
    fn check(&self, stream: &str, text: &str, details: &str) {
        match self {
            Self::Empty => assert!(text.is_empty(), "{stream} should be empty{details}"),
            Self::Exactly(expected) => assert_eq!(text, expected, "{stream}{details}"),
            Self::Pieces(pieces) => {
                let mut rest = text;
                for piece in pieces {
                    let Some(at) = rest.find(piece.as_str()) else {
                        panic!("{stream} does not contain {piece:?}, or only before the previous piece{details}")
                    };
                    rest = &rest[at + piece.len()..];
                }
            }
        }
    }
}

/// Shortens a long text for a failure message.
fn start_of(text: &str) -> String {
    let length = text.chars().count();
    if length < 6_000 {
        text.to_owned()
    } else {
        format!("{}… ({length} characters)", text.chars().take(6_000).collect::<String>())
    }
}
