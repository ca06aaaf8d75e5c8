//! The one builder that runs the program: in a folder of its own, with an environment that is known.
//!
//! What a test does not expect on standard output or standard error must not be there, so surprises fail.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// What `--format` is without anybody saying so.
pub(crate) const DEFAULT_EXTENSION: &str = if cfg!(feature = "pdf") { "pdf" } else { "txt" };

/// A folder to run in, and a home beside it; both go away with the test.
pub(crate) struct World {
    root: TempDir,
    given: BTreeSet<String>,
}

impl World {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder for the test");
        for name in ["work", "home", "tmp"] {
            std::fs::create_dir(root.path().join(name)).expect("an empty folder");
        }
        Self { root, given: BTreeSet::new() }
    }

    /// A world with one file in it.
    pub(crate) fn with(name: &str, text: impl AsRef<[u8]>) -> Self {
        let mut world = Self::new();
        world.file(name, text);
        world
    }

    /// Puts a file into the folder.
    pub(crate) fn file(&mut self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).expect("a file for the test");
        self.given.insert(name.to_owned());
    }

    /// A path in the folder that the program runs in.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join("work").join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Whatever is in the folder and was not put there by the test, hidden files included.
    pub(crate) fn made(&self) -> Vec<String> {
        names_in(&self.path("")).into_iter().filter(|name| !self.given.contains(name)).collect()
    }

    /// Where the program keeps its state.
    pub(crate) fn state(&self) -> PathBuf {
        let of_home = |(name, folder)| (name == "XDG_STATE_HOME").then_some(folder);
        self.environment().into_iter().find_map(of_home).expect("a folder for state")
    }

    /// The environment of every run.
    pub(crate) fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let home = self.root.path().join("home");
        let mut environment: Vec<(&str, PathBuf)> = ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"]
            .map(|name| (name, home.clone()))
            .into_iter()
            .chain([("PATH", std::env::var_os("PATH").unwrap_or_default().into())])
            .chain([("TMPDIR", self.root.path().join("tmp"))])
            .chain([("LANG", "C.UTF-8".into()), ("TERM", "xterm-256color".into())])
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

    /// Runs the program with these words behind its name.
    pub(crate) fn run(&self, words: &str) -> Run<'_> {
        self.run_with(words.split_whitespace())
    }

    /// Runs the program with arguments that may hold spaces.
    pub(crate) fn run_with<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Run<'_> {
        let mut command = assert_cmd::Command::new(PROGRAM);
        command.args(arguments);
        self.expecting(command)
    }

    /// Runs a line of shell, in which `"$P"` is the program.
    pub(crate) fn shell(&self, script: &str) -> Run<'_> {
        let mut command = assert_cmd::Command::new("sh");
        command.args(["-c", script]).env("P", PROGRAM);
        let mut run = self.expecting(command);
        run.environment.push(("P", PROGRAM.into()));
        run
    }

    fn expecting(&self, command: assert_cmd::Command) -> Run<'_> {
        Run {
            world: self,
            command,
            environment: self.environment(),
            code: 0,
            stdout: Expected::Nothing,
            stderr: Expected::Nothing,
        }
    }
}

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_preconsult");

/// One run and what is expected of it: unless said otherwise, exit code 0 and not a word.
#[must_use = "a run that is not checked tests nothing"]
pub(crate) struct Run<'w> {
    world: &'w World,
    command: assert_cmd::Command,
    environment: Vec<(&'static str, PathBuf)>,
    code: i32,
    stdout: Expected,
    stderr: Expected,
}

enum Expected {
    Nothing,
    Exactly(String),
    /// These pieces, in this order.
    Pieces(Vec<String>),
}

/// What a run wrote.
pub(crate) struct Done {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run<'_> {
    pub(crate) fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.command.write_stdin(bytes);
        self
    }

    pub(crate) fn code(mut self, code: i32) -> Self {
        self.code = code;
        self
    }

    pub(crate) fn stdout(mut self, text: impl Into<String>) -> Self {
        self.stdout = Expected::Exactly(text.into());
        self
    }

    pub(crate) fn stdout_has<const N: usize>(mut self, pieces: [&str; N]) -> Self {
        self.stdout = Expected::Pieces(pieces.map(str::to_owned).to_vec());
        self
    }

    pub(crate) fn stderr(mut self, text: impl Into<String>) -> Self {
        self.stderr = Expected::Exactly(text.into());
        self
    }

    /// Whatever stands on standard error: for runs whose notes another test looks at.
    pub(crate) fn stderr_any(mut self) -> Self {
        self.stderr = Expected::Pieces(Vec::new());
        self
    }

    pub(crate) fn stderr_has<const N: usize>(mut self, pieces: [&str; N]) -> Self {
        self.stderr = Expected::Pieces(pieces.map(str::to_owned).to_vec());
        self
    }

    pub(crate) fn check(self) -> Done {
        let Self { world, mut command, environment, code, stdout, stderr } = self;
        command.env_clear().envs(environment).current_dir(world.path("")).timeout(Duration::from_secs(120));
        let output = command.output().expect("the program runs");
        let done = Done {
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        };
        let told = format!("\n--- stdout\n{}\n--- stderr\n{}\n---", shortened(&done.stdout), shortened(&done.stderr));
        assert_eq!(output.status.code(), Some(code), "{}: exit code{told}", output.status);
        stdout.check("standard output", &done.stdout, &told);
        stderr.check("standard error", &done.stderr, &told);
        done
    }
}

impl Expected {
    fn check(&self, stream: &str, came: &str, told: &str) {
        match self {
            Self::Nothing => assert!(came.is_empty(), "{stream} should be empty{told}"),
            Self::Exactly(text) => assert_eq!(came, text, "{stream}{told}"),
            Self::Pieces(pieces) => {
                let mut rest = came;
                for piece in pieces {
                    let Some(at) = rest.find(piece.as_str()) else {
                        panic!("{stream} lacks {piece:?}, or has it too early{told}")
                    };
                    rest = &rest[at + piece.len()..];
                }
            }
        }
    }
}

/// Enough of a long text to see what went wrong.
fn shortened(text: &str) -> String {
    let length = text.chars().count();
    if length < 6_000 {
        text.to_owned()
    } else {
        format!("{}… ({length} characters)", text.chars().take(6_000).collect::<String>())
    }
}

/// The names in a folder, sorted.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let names: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.into_iter().collect()
}

/// Says why a test could not run, where nobody captures it; under CI that is a failure.
pub(crate) fn skipped(why: &str) {
    use std::io::Write as _;
    assert!(std::env::var_os("CI").is_none(), "this test has to run under CI: {why}");
    let _ = writeln!(std::io::stderr(), "SKIPPED {}: {why}", std::thread::current().name().unwrap_or("a test"));
}
