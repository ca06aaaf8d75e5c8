//! External programs that some tests run. If one is missing, the test reports that it was skipped; in CI it fails.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Finds a program on the path. Returns `None`, and reports that the test is skipped, if it is missing.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let program = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file());
    if program.is_none() {
        skip(&format!("`{name}` is not installed"));
    }
    program
}

/// Returns the path of a file that `.ci/run` fetches into `target/test-tools`. Returns `None`, and reports that the
/// test is skipped, if it is missing.
pub(crate) fn fetched(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-tools").join(name);
    if !path.is_file() {
        skip(&format!("{name} is missing: `.ci/run` fetches it"));
        return None;
    }
    Some(path)
}

/// Runs a program that has to succeed, and returns its output.
pub(crate) fn output(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Runs headless Chromium with a new profile and no background network, and returns its standard output.
///
/// Chromium has to succeed. If it hangs, which does not depend on the page, it is killed and started once more.
pub(crate) fn browser_output<A: AsRef<OsStr>>(program: &Path, profile: &Path, arguments: &[A]) -> Vec<u8> {
    const TIME_LIMIT: Duration = Duration::from_secs(150);
    for profile in ["first", "second"].map(|name| profile.join(name)) {
        let mut command = Command::new(program);
        command
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(arguments);
        let [stdout, stderr] = [(); 2].map(|()| tempfile::NamedTempFile::new().expect("a file"));
        let writer = |file: &tempfile::NamedTempFile| Stdio::from(file.reopen().expect("the same file"));
        command.stdin(Stdio::null()).stdout(writer(&stdout)).stderr(writer(&stderr));
        let mut browser = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let start = Instant::now();
        while start.elapsed() < TIME_LIMIT {
            if let Some(status) = browser.try_wait().expect("the status of the browser") {
                let stderr = std::fs::read(stderr.path()).expect("readable standard error");
                assert!(status.success(), "{command:?}: {}", String::from_utf8_lossy(&stderr));
                return std::fs::read(stdout.path()).expect("readable standard output");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        browser.kill().and_then(|()| browser.wait()).expect("the browser can be killed");
    }
    panic!("the browser hung twice");
}

/// Reports why a test is skipped, bypassing the test harness's capture. Panics in CI, where every tool is required.
pub(crate) fn skip(reason: &str) {
    use std::io::Write as _;
    assert!(std::env::var_os("CI").is_none(), "this test is required in CI: {reason}");
    let _ = writeln!(std::io::stderr(), "SKIPPED {}: {reason}", std::thread::current().name().unwrap_or("a test"));
}
