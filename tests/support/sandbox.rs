//! Folders and a fixed environment for running the program.

use super::run::{PROGRAM, Run};
use super::terminal::TerminalBuilder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The file extension of the default output format.
pub(crate) const DEFAULT_EXTENSION: &str = if cfg!(feature = "pdf") { "pdf" } else { "txt" };

/// A working folder and a home next to it. Both are deleted with the sandbox.
pub(crate) struct Sandbox {
    root: TempDir,
    /// Names of the files that the test put into the working folder.
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

    /// Creates a sandbox with one file in its working folder.
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

    /// Resolves a path relative to the working folder. `../` leads to `home`, `out` and `tmp`.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        match name.strip_prefix("../") {
            Some(outside) => self.root.path().join(outside),
            None => self.root.path().join("work").join(name),
        }
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Returns the names in the working folder that the test did not put there, including hidden files.
    pub(crate) fn outputs(&self) -> Vec<String> {
        names_in(&self.path("")).into_iter().filter(|name| !self.inputs.contains(name)).collect()
    }

    /// Returns the folder of the program's state.
    pub(crate) fn state_folder(&self) -> PathBuf {
        self.path("../home/.local/state")
    }

    /// Returns the whole environment of every run. Programs in `home/bin` are found first.
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

    /// Creates a command for the program in the working folder, with arguments separated by spaces.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        self.command_of(PROGRAM, arguments.split_whitespace())
    }

    /// Creates a command for any program in the working folder.
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

    /// Prepares the program on a terminal of 24 rows and 80 columns, with arguments separated by spaces.
    pub(crate) fn terminal(&self, arguments: &str) -> TerminalBuilder {
        TerminalBuilder::of(&self.command(arguments))
    }

    /// Prepares a line of shell on such a terminal, in which `"$0"` is the program.
    pub(crate) fn shell_on_a_terminal(&self, script: &str) -> TerminalBuilder {
        TerminalBuilder::of(&self.command_of("sh", ["-c", script, PROGRAM]))
    }
}

/// Returns the sorted names in a folder.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let names: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.into_iter().collect()
}
