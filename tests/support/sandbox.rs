//! A folder to run the program in, with an environment that is known.

use super::run::{PROGRAM, Run};
use super::terminal::TerminalBuilder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The format that the program writes unless told otherwise, as the end of a file name.
pub(crate) const DEFAULT_EXTENSION: &str = if cfg!(feature = "pdf") { "pdf" } else { "txt" };

/// A working folder and a home next to it. Both are deleted with the sandbox.
pub(crate) struct Sandbox {
    root: TempDir,
    /// Files that the test put into the working folder.
    inputs: BTreeSet<String>,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder for the test");
        for name in ["work", "home", "tmp", "out"] {
            std::fs::create_dir(root.path().join(name)).expect("an empty folder");
        }
        Self { root, inputs: BTreeSet::new() }
    }

    /// A sandbox with one file in its working folder.
    pub(crate) fn with(name: &str, text: impl AsRef<[u8]>) -> Self {
        let mut sandbox = Self::new();
        sandbox.file(name, text);
        sandbox
    }

    /// Puts a file into the working folder.
    pub(crate) fn file(&mut self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).expect("a file for the test");
        self.inputs.insert(name.to_owned());
    }

    /// A path as the program would take it: relative to the working folder. `../` leads to `home`, `out` and `tmp`.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        match name.strip_prefix("../") {
            Some(outside) => self.root.path().join(outside),
            None => self.root.path().join("work").join(name),
        }
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names in the working folder that the test did not put there, hidden files included.
    pub(crate) fn outputs(&self) -> Vec<String> {
        names_in(&self.path("")).into_iter().filter(|name| !self.inputs.contains(name)).collect()
    }

    /// Where the program keeps its state.
    pub(crate) fn state_folder(&self) -> PathBuf {
        self.path("../home/.local/state")
    }

    /// The environment of every run, and nothing else. Programs in `home/bin` are found first.
    pub(crate) fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let home = self.path("../home");
        let path = std::env::var("PATH").unwrap_or_default();
        let mut environment: Vec<(&str, PathBuf)> = ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"]
            .map(|name| (name, home.clone()))
            .into_iter()
            .chain([("PATH", format!("{}:{path}", home.join("bin").display()).into())])
            .chain([("TMPDIR", self.path("../tmp"))])
            .chain([("LANG", "C.UTF-8".into()), ("TERM", "xterm-256color".into()), ("USER", "tester".into())])
            .collect();
        for (name, folder) in [
            ("XDG_DATA_HOME", ".local/share"),
            ("XDG_STATE_HOME", ".local/state"),
            ("XDG_CONFIG_HOME", ".config"),
            ("XDG_CACHE_HOME", ".cache"),
            ("XDG_RUNTIME_DIR", ".run"),
        ] {
            environment.push((name, home.join(folder)));
        }
        environment
    }

    /// The program with these arguments, separated by spaces, ready to be started in the working folder.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        self.command_of(PROGRAM, arguments.split_whitespace())
    }

    /// Any program with these arguments, ready to be started in the working folder.
    pub(crate) fn command_of<'a>(&self, program: &str, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.path("")).env_clear().envs(self.environment());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program with these arguments, separated by spaces.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        Run::of(self.command(arguments))
    }

    /// Runs the program with arguments that may contain spaces.
    pub(crate) fn run_with<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Run {
        Run::of(self.command_of(PROGRAM, arguments))
    }

    /// Runs a line of shell, in which `"$P"` is the program.
    pub(crate) fn shell(&self, script: &str) -> Run {
        let mut command = self.command_of("sh", ["-c", script]);
        command.env("P", PROGRAM);
        Run::of(command)
    }

    /// The program with these arguments, separated by spaces, on a terminal of 24 rows and 80 columns.
    pub(crate) fn terminal(&self, arguments: &str) -> TerminalBuilder {
        TerminalBuilder::of(&self.command(arguments))
    }

    /// A line of shell on such a terminal, in which `"$0"` is the program.
    pub(crate) fn shell_on_a_terminal(&self, script: &str) -> TerminalBuilder {
        TerminalBuilder::of(&self.command_of("sh", ["-c", script, PROGRAM]))
    }
}

/// The names in a folder, sorted.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let names: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.into_iter().collect()
}
