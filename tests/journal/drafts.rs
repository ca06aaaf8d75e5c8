//! Helpers for a sandbox with drafts.

use crate::support::run::run_with_stdin;
use crate::support::scripted_interview::{pack, replies};
use crate::support::{RunOutput, Sandbox};
use std::path::PathBuf;
use std::process::Command;

impl Sandbox {
    /// Runs the program to its end with these lines as replies.
    pub(crate) fn answer(&self, arguments: &str, lines: &[&str]) -> RunOutput {
        answer(self.command(arguments), lines)
    }

    pub(crate) fn drafts_folder(&self) -> PathBuf {
        self.state_folder().join("preconsult/drafts")
    }

    /// Returns the ids of all drafts.
    pub(crate) fn drafts(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.drafts_folder()).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().into_string().expect("a name"));
        let mut names: Vec<String> = names.filter_map(|n| n.strip_suffix(".journal").map(str::to_owned)).collect();
        names.sort();
        names
    }

    pub(crate) fn journal_path(&self, id: &str) -> PathBuf {
        self.drafts_folder().join(format!("{id}.journal"))
    }

    pub(crate) fn journal(&self, id: &str) -> Vec<u8> {
        std::fs::read(self.journal_path(id)).expect("a journal")
    }

    /// Returns the content of the only file in the output folder.
    pub(crate) fn summary(&self) -> String {
        let files: Vec<_> = std::fs::read_dir(self.path("../out")).expect("a folder").flatten().collect();
        assert_eq!(files.len(), 1, "{files:?}");
        std::fs::read_to_string(files[0].path()).expect("a summary")
    }
}

/// Runs a command to its end with these lines as replies.
pub(crate) fn answer(command: Command, lines: &[&str]) -> RunOutput {
    run_with_stdin(command, &lines.iter().map(|line| format!("{line}\n")).collect::<String>())
}

/// Returns the replies of a whole interview, without the last `/done`.
pub(crate) fn script() -> Vec<String> {
    replies(pack()).into_iter().map(|(typed, _)| typed).collect()
}

/// Leaves a draft with two answers, and returns its id.
pub(crate) fn leave_a_draft(sandbox: &Sandbox) -> String {
    let script = script();
    let refused = sandbox.answer("ask", &[&script[0], &script[1]]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    let id = sandbox.drafts().pop().expect("a draft");
    assert!(refused.stderr.contains(&format!("continue with `preconsult ask --resume {id}`")), "{}", refused.stderr);
    id
}
