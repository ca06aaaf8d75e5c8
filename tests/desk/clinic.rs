//! A clinic of the test's own, and the program at its desk.

use crate::support::run::run;
use crate::support::{RunOutput, Sandbox};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Stdio};

/// The clinic's passphrase in every test.
pub(crate) const PASSPHRASE: &str = "correct horse battery";

/// What a known patient said: none of it may stand anywhere in the clear.
pub(crate) const LABEL: &str = "Ana Maravilla";
pub(crate) const WORDS: &str = "a zanzibar birthmark beside the ear";
pub(crate) const QUESTION: &str = "Does quicksilver help?";

impl Sandbox {
    /// A sandbox with a new clinic in `../clinic`.
    pub(crate) fn with_clinic() -> Self {
        let sandbox = Self::for_desk();
        let init = sandbox.desk("init --work-factor 14 ../clinic");
        assert_eq!(init.code, Some(0), "{init:?}");
        sandbox
    }

    /// A sandbox without a clinic, with what the desk's commands take: passphrases and answers files.
    pub(crate) fn for_desk() -> Self {
        let sandbox = Self::new();
        for (name, text) in [("../pass", PASSPHRASE), ("../wrong", "something else")] {
            std::fs::write(sandbox.path(name), format!("{text}\n")).expect("a file");
        }
        std::fs::write(sandbox.path("../answers.json"), answers().to_string()).expect("a file");
        std::fs::write(sandbox.path("../corrected.json"), corrected().to_string()).expect("a file");
        sandbox
    }

    /// A sandbox with a copy of the clinic, and of what lies in the working and the output folder.
    pub(crate) fn copy(&self) -> Self {
        let sandbox = Self::for_desk();
        for folder in ["../clinic", "../out", ""] {
            copy_folder(&self.path(folder), &sandbox.path(folder));
        }
        sandbox
    }

    /// `preconsult desk` with these arguments, ready to be started.
    pub(crate) fn desk_command(&self, arguments: &str) -> Command {
        let mut command = self.command(&format!("desk {arguments}"));
        command.stdin(Stdio::null());
        command
    }

    /// Runs `preconsult desk …` with the passphrase at hand; paths start in `work`.
    pub(crate) fn desk(&self, words: &str) -> RunOutput {
        let mut command = self.desk_command(words);
        if !words.starts_with("init") {
            command.args(["--clinic", "../clinic"]);
        }
        command.args(["--passphrase-file", "../pass"]);
        run(command)
    }

    /// As [`Self::desk`]; it has to end well, and gives its standard output.
    pub(crate) fn desk_ok(&self, words: &str) -> String {
        let output = self.desk(words);
        assert_eq!(output.code, Some(0), "{words}: {output:?}");
        output.stdout
    }

    /// As [`Self::desk_ok`], and reads the JSON that it prints.
    pub(crate) fn desk_json(&self, words: &str) -> Value {
        serde_json::from_str(&self.desk_ok(words)).expect("JSON")
    }

    /// Takes the known intake, and gives its number.
    pub(crate) fn intake(&self) -> u64 {
        let mut command = self.desk_command("new --clinic ../clinic --answers ../answers.json --label");
        command.arg(LABEL);
        let output = run(command);
        assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""), "{output:?}");
        output.stdout.trim().parse().expect("a number")
    }

    /// The file of the records, opened without the program.
    pub(crate) fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path("../clinic/records.sqlite3")).expect("a database")
    }

    /// Every file of the clinic with its bytes.
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

/// Whether bytes hold a text.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
