//! Runs the program in a folder of its own, with a state folder of its own.

use crate::interview::{pack, replies};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use tempfile::TempDir;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_preconsult");

pub(crate) struct World(TempDir);

impl World {
    pub(crate) fn new() -> Self {
        let world = Self(tempfile::tempdir().expect("a folder"));
        for name in ["state", "out", "work"] {
            std::fs::create_dir(world.path(name)).expect("an empty folder");
        }
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments.split_whitespace()).current_dir(self.path("work"));
        command
            .env_clear()
            .env("XDG_CONFIG_HOME", self.path("work"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("TMPDIR", self.path("work"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs to the end with these lines as replies.
    pub(crate) fn run(&self, arguments: &str, lines: &[&str]) -> Ran {
        run(self.command(arguments), lines)
    }

    /// The names of all drafts.
    pub(crate) fn drafts(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path("state/preconsult/drafts")).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().into_string().expect("a name"));
        let mut names: Vec<String> = names.filter_map(|n| n.strip_suffix(".journal").map(str::to_owned)).collect();
        names.sort();
        names
    }

    pub(crate) fn journal(&self, id: &str) -> Vec<u8> {
        std::fs::read(self.path("state/preconsult/drafts").join(format!("{id}.journal"))).expect("a journal")
    }

    /// The one summary in the output folder.
    pub(crate) fn summary(&self) -> String {
        let files: Vec<_> = std::fs::read_dir(self.path("out")).expect("a folder").flatten().collect();
        assert_eq!(files.len(), 1, "{files:?}");
        std::fs::read_to_string(files[0].path()).expect("a summary")
    }
}

pub(crate) fn run(mut command: Command, lines: &[&str]) -> Ran {
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A program that stops early closes the pipe.
    let _ = stdin.write_all((lines.join("\n") + if lines.is_empty() { "" } else { "\n" }).as_bytes());
    drop(stdin);
    Ran::from(child.wait_with_output().expect("the program ends"))
}

/// How a run ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// A run in plain lines that waits for each question before it replies.
pub(crate) struct Talk {
    pub(crate) child: Child,
    pub(crate) stdin: ChildStdin,
    stderr: BufReader<std::process::ChildStderr>,
    pub(crate) said: String,
}

impl Talk {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.spawn().expect("the program starts");
        let stdin = child.stdin.take().expect("a pipe");
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut talk = Self { child, stdin, stderr, said: String::new() };
        talk.wait();
        talk
    }

    /// Waits until the next question or the review has been put.
    fn wait(&mut self) {
        loop {
            let mut line = String::new();
            assert!(self.stderr.read_line(&mut line).expect("text") > 0, "it stopped: {}", self.said);
            self.said.push_str(&line);
            if line.starts_with("Type ") || line.starts_with("Or type") {
                return;
            }
        }
    }

    pub(crate) fn reply(&mut self, line: &str) {
        writeln!(self.stdin, "{line}").expect("it reads");
        self.wait();
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// Waits for the end, and gives everything that was said.
    pub(crate) fn end(mut self) -> Ran {
        let status = self.child.wait().expect("it ends");
        self.stderr.read_to_string(&mut self.said).expect("text");
        let mut stdout = String::new();
        self.child.stdout.take().expect("a pipe").read_to_string(&mut stdout).expect("text");
        Ran { code: status.code(), stdout, stderr: self.said }
    }
}

/// Everything that is typed in one whole interview, without the last `/done`.
pub(crate) fn script() -> Vec<String> {
    replies(&pack()).into_iter().map(|(typed, _)| typed).collect()
}

/// A few answers, so that there is a draft.
pub(crate) fn leave_a_draft(world: &World) -> String {
    let script = script();
    let ran = world.run("ask", &[&script[0], &script[1]]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let id = world.drafts().pop().expect("a draft");
    assert!(ran.stderr.contains(&format!("go on with `preconsult ask --resume {id}`")), "{}", ran.stderr);
    id
}
