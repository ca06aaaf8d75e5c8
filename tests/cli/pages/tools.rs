//! Programs that some tests drive. Where one is missing the test says loudly that it was skipped; under CI it fails.

use crate::world::skipped;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A program on the path, or `None` after saying that the test is skipped.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        skipped(&format!("there is no `{name}` on this machine"));
    }
    found
}

/// A file that `.ci/run` fetches into `target/test-tools`, or `None` after saying that the test is skipped.
pub(crate) fn fetched(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-tools").join(name);
    if !path.is_file() {
        skipped(&format!("{name} has not been fetched: .ci/run does"));
        return None;
    }
    Some(path)
}

/// Runs a program and gives what it wrote; it has to end well.
pub(crate) fn output(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Chromium without a window, in a profile of its own that the network never sees.
pub(crate) fn chromium(program: &Path, profile: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.display()));
    command
}
