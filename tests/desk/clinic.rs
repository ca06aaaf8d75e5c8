//! A sandboxed clinic, and helpers that run the program in it.

use crate::support::run::run;
use crate::support::{RunOutput, Sandbox};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Stdio};

/// The clinic's passphrase in every test.
pub(crate) const PASSPHRASE: &str = "correct horse battery";

/// Texts of the test patient, which must appear nowhere in plain text.
pub(crate) const LABEL: &str = "Ana Maravilla";
pub(crate) const WORDS: &str = "a zanzibar birthmark beside the ear";
pub(crate) const QUESTION: &str = "Does quicksilver help?";

impl Sandbox {
    /// Creates a sandbox with a new clinic in `../clinic`.
    pub(crate) fn with_clinic() -> Self {
        let sandbox = Self::for_desk();
        let init = sandbox.desk("init --work-factor 14 ../clinic");
        assert_eq!(init.code, Some(0), "{init:?}");
        sandbox
    }

    /// Creates a sandbox without a clinic, with the passphrase and answers files that the desk's commands read.
    pub(crate) fn for_desk() -> Self {
        let sandbox = Self::new();
        for (name, text) in [("../pass", PASSPHRASE), ("../wrong", "something else")] {
            std::fs::write(sandbox.path(name), format!("{text}\n")).expect("a file");
        }
        std::fs::write(sandbox.path("../answers.json"), answers().to_string()).expect("a file");
        std::fs::write(sandbox.path("../corrected.json"), corrected().to_string()).expect("a file");
        sandbox
    }

    /// Creates a sandbox with copies of the clinic, the working folder and the output folder.
    pub(crate) fn copy(&self) -> Self {
        let sandbox = Self::for_desk();
        for folder in ["../clinic", "../out", ""] {
            copy_folder(&self.path(folder), &sandbox.path(folder));
        }
        sandbox
    }

    /// Returns a command for `preconsult desk` with these arguments.
    pub(crate) fn desk_command(&self, arguments: &str) -> Command {
        let mut command = self.command(&format!("desk {arguments}"));
        command.stdin(Stdio::null());
        command
    }

    /// Runs `preconsult desk …` in the working folder, with the passphrase file.
    pub(crate) fn desk(&self, words: &str) -> RunOutput {
        let mut command = self.desk_command(words);
        if !words.starts_with("init") {
            command.args(["--clinic", "../clinic"]);
        }
        command.args(["--passphrase-file", "../pass"]);
        run(command)
    }

    /// Like [`Self::desk`], but requires success and returns standard output.
    pub(crate) fn desk_ok(&self, words: &str) -> String {
        let output = self.desk(words);
        assert_eq!(output.code, Some(0), "{words}: {output:?}");
        output.stdout
    }

    /// Like [`Self::desk_ok`], but parses the output as JSON.
    pub(crate) fn desk_json(&self, words: &str) -> Value {
        serde_json::from_str(&self.desk_ok(words)).expect("JSON")
    }

    /// Stores the test patient's intake and returns its number.
    pub(crate) fn intake(&self) -> u64 {
        let mut command = self.desk_command("new --clinic ../clinic --answers ../answers.json --label");
        command.arg(LABEL);
        let output = run(command);
        assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""), "{output:?}");
        output.stdout.trim().parse().expect("a number")
    }

    /// Opens the records with SQLite, without the program.
    pub(crate) fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path("../clinic/records.sqlite3")).expect("a database")
    }

    /// Returns every file of the clinic with its bytes.
    pub(crate) fn clinic_files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.path("../clinic")];
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

fn copy_folder(from: &Path, to: &Path) {
    let Ok(entries) = std::fs::read_dir(from) else { return };
    std::fs::create_dir_all(to).expect("a folder");
    for entry in entries.flatten() {
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()));
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
        }
    }
}

/// Returns an answers file with every kind of answer.
pub(crate) fn answers() -> Value {
    json!({ "format": 1, "pack": "microneedling", "answers": {
        "concerns": ["acne-scars", "something-else"], "concern-other": WORDS,
        "severity": { "acne-scars": "moderate", "something-else": "severe" },
        "skin-health": "fair", "treatments-had": "3-5", "more": true,
        "products": { "chosen": ["retinoid", "other"], "text": "Aloe vera at night" },
        "history": ["keloid", "cold-sores"], "pregnancy": "does-not-apply", "questions": QUESTION,
    } })
}

/// Returns [`answers`] with one answer changed.
pub(crate) fn corrected() -> Value {
    let mut corrected = answers();
    corrected["answers"]["skin-health"] = "good".into();
    corrected
}

/// Returns whether bytes contain a text.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
