//! A clinic of the test's own, and the program at its desk.

use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_preconsult");

/// The clinic's passphrase in every test.
pub(crate) const PASSPHRASE: &str = "correct horse battery";

/// What a known patient said: none of it may stand anywhere in the clear.
pub(crate) const LABEL: &str = "Ana Maravilla";
pub(crate) const WORDS: &str = "a zanzibar birthmark beside the ear";
pub(crate) const QUESTION: &str = "Does quicksilver help?";

pub(crate) struct World(TempDir);

/// How a run ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl World {
    /// A folder with a clinic in it.
    pub(crate) fn new() -> Self {
        let world = Self::empty();
        let made = world.desk("init --work-factor 14 ../clinic");
        assert_eq!(made.code, Some(0), "{made:?}");
        world
    }

    /// A folder without a clinic.
    pub(crate) fn empty() -> Self {
        let world = Self(tempfile::tempdir().expect("a folder"));
        for name in ["work", "home", "out"] {
            std::fs::create_dir(world.path(name)).expect("an empty folder");
        }
        for (name, text) in [("pass", PASSPHRASE), ("wrong", "something else")] {
            std::fs::write(world.path(name), format!("{text}\n")).expect("a file");
        }
        std::fs::write(world.path("answers.json"), answers().to_string()).expect("a file");
        std::fs::write(world.path("corrected.json"), corrected().to_string()).expect("a file");
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The environment of every run, and nothing else.
    pub(crate) fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let names = ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"];
        let mut environment: Vec<(&str, PathBuf)> = names.map(|name| (name, self.path("home"))).into();
        // Programs that a test puts there come first.
        let path = std::env::var("PATH").unwrap_or_default();
        environment.push(("PATH", format!("{}:{path}", self.path("home/bin").display()).into()));
        environment.push(("TERM", "xterm-256color".into()));
        environment.push(("USER", "tester".into()));
        environment
    }

    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg("desk").args(words.split_whitespace()).current_dir(self.path("work"));
        command.env_clear().envs(self.environment());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs `preconsult desk …` with the passphrase at hand; paths start in `work`.
    pub(crate) fn desk(&self, words: &str) -> Ran {
        let mut command = self.command(words);
        if !words.starts_with("init") {
            command.args(["--clinic", "../clinic"]);
        }
        command.args(["--passphrase-file", "../pass"]);
        run(command)
    }

    /// As [`Self::desk`]; it has to end well, and gives its standard output.
    pub(crate) fn ok(&self, words: &str) -> String {
        let ran = self.desk(words);
        assert_eq!(ran.code, Some(0), "{words}: {ran:?}");
        ran.stdout
    }

    /// As [`Self::ok`], and reads the JSON that it prints.
    pub(crate) fn json(&self, words: &str) -> Value {
        serde_json::from_str(&self.ok(words)).expect("JSON")
    }

    /// Takes the known intake, and gives its number.
    pub(crate) fn intake(&self) -> u64 {
        let mut command = self.command("new --clinic ../clinic --answers ../answers.json --label");
        command.arg(LABEL);
        let ran = run(command);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
        ran.stdout.trim().parse().expect("a number")
    }

    /// The file of the records, opened without the program.
    pub(crate) fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path("clinic/records.sqlite3")).expect("a database")
    }

    /// Every file of the clinic with its bytes.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.path("clinic")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.display().to_string(), std::fs::read(path).expect("a file")));
                }
            }
        }
        files
    }
}

/// An answers file in which every kind of thing stands that a patient can say.
pub(crate) fn answers() -> Value {
    json!({ "format": 1, "pack": "microneedling", "answers": {
        "concerns": ["acne-scars", "something-else"], "concern-other": WORDS,
        "severity": { "acne-scars": "moderate", "something-else": "severe" },
        "skin-health": "fair", "treatments-had": "3-5", "more": true,
        "products": { "chosen": ["retinoid", "other"], "text": "Aloe vera at night" },
        "history": ["keloid", "cold-sores"], "pregnancy": "does-not-apply", "questions": QUESTION,
    } })
}

/// The same, and one answer is another.
pub(crate) fn corrected() -> Value {
    let mut corrected = answers();
    corrected["answers"]["skin-health"] = "good".into();
    corrected
}

/// Runs a command to its end.
pub(crate) fn run(mut command: Command) -> Ran {
    Ran::from(command.output().expect("the program runs"))
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// Whether bytes hold a text.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Says why a test could not run, where nobody captures it; under CI that is a failure.
pub(crate) fn skipped(why: &str) {
    use std::io::Write as _;
    assert!(std::env::var_os("CI").is_none(), "this test has to run under CI: {why}");
    let _ = writeln!(std::io::stderr(), "SKIPPED {}: {why}", std::thread::current().name().unwrap_or("a test"));
}

/// A program on the path, or `None` after saying that the test is skipped.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        skipped(&format!("there is no `{name}` on this machine"));
    }
    found
}
