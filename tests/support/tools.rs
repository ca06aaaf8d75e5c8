//! Programs that some tests drive. Where one is missing the test says loudly that it was skipped; under CI it fails.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A program on the path, or `None` after saying that the test is skipped.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        skip(&format!("there is no `{name}` on this machine"));
    }
    found
}

/// A file that `.ci/run` fetches into `target/test-tools`, or `None` after saying that the test is skipped.
pub(crate) fn fetched(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-tools").join(name);
    if !path.is_file() {
        skip(&format!("{name} has not been fetched: .ci/run does"));
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

/// What Chromium writes to standard output, without a window and in a profile of its own that the network never sees. It
/// has to end well. One that hangs says nothing of the page: it is stopped, and started once more.
pub(crate) fn browsed<A: AsRef<OsStr>>(program: &Path, profile: &Path, arguments: &[A]) -> Vec<u8> {
    const PATIENCE: Duration = Duration::from_secs(150);
    for profile in ["first", "second"].map(|name| profile.join(name)) {
        let mut command = Command::new(program);
        command
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(arguments);
        let [out, told] = [(); 2].map(|()| tempfile::NamedTempFile::new().expect("a file"));
        let into = |file: &tempfile::NamedTempFile| Stdio::from(file.reopen().expect("the same file"));
        command.stdin(Stdio::null()).stdout(into(&out)).stderr(into(&told));
        let mut browser = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = browser.try_wait().expect("its state") {
                let told = std::fs::read(told.path()).expect("what it said");
                assert!(status.success(), "{command:?}: {}", String::from_utf8_lossy(&told));
                return std::fs::read(out.path()).expect("what it wrote");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        browser.kill().and_then(|()| browser.wait()).expect("it can be stopped");
    }
    panic!("the browser hung twice");
}

/// Says loudly, past the test harness, why a test could not run here. Under CI, where every tool has to be, it fails.
pub(crate) fn skip(why: &str) {
    use std::io::Write as _;
    assert!(std::env::var_os("CI").is_none(), "this test has to run under CI: {why}");
    let _ = writeln!(std::io::stderr(), "SKIPPED {}: {why}", std::thread::current().name().unwrap_or("a test"));
}
