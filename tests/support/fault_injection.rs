//! Runs the unmodified program with an injected fault: `strace` makes one system call fail, or kills the program at it.

use super::run::{RunOutput, run_with_stdin};
use super::thoroughness::{Thoroughness, thoroughness};
use std::collections::BTreeMap;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::process::Command;

/// The system calls that change a file or a file name, or write output.
const WRITES: &str = "write,writev,pwrite64,pwritev,fsync,fdatasync,openat,mkdir,mkdirat,rename,renameat,renameat2,\
    link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,ftruncate,fallocate,chmod,fchmod,fchmodat";

/// A fault to inject at a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The call fails with this error, once.
    Fails(&'static str),
    /// The program is killed at the call.
    Killed,
}

/// All faults: a full disk, a disk error, and a power cut.
pub(crate) const FAULTS: [Fault; 3] = [Fault::Fails("ENOSPC"), Fault::Fails("EIO"), Fault::Killed];

/// A system call of the program that writes.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    name: String,
    /// The position among the calls of this name, from 1.
    nth: usize,
    /// The file; `1` and `2` are standard output and error.
    pub(crate) file: String,
    /// The index among similar calls, if these share the faults.
    index: Option<usize>,
}

impl Call {
    /// Returns the faults to inject at this call.
    ///
    /// Similar calls share the faults in the everyday run, if there are many, or in a database, which SQLite tests
    /// itself.
    fn faults(&self) -> Vec<Fault> {
        self.index.map_or(FAULTS.to_vec(), |index| vec![FAULTS[index % FAULTS.len()]])
    }
}

/// A run with an injected fault.
pub(crate) struct Faulty {
    pub(crate) call: Call,
    pub(crate) fault: Fault,
    pub(crate) output: RunOutput,
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Call { name, nth, file, .. } = &self.call;
        let RunOutput { code, stdout, stderr } = &self.output;
        write!(f, "{name} {nth} of {file} {:?}: code {code:?}\n--- stdout\n{stdout}\n--- stderr\n{stderr}", self.fault)
    }
}

impl Faulty {
    pub(crate) fn killed(&self) -> bool {
        self.fault == Fault::Killed
    }

    /// Returns whether the write went to standard error. Then only the message is lost.
    pub(crate) fn is_stderr(&self) -> bool {
        self.call.file == "2"
    }

    /// Returns whether standard error contains a text.
    pub(crate) fn says(&self, text: &str) -> bool {
        self.output.stderr.contains(text)
    }

    /// Asserts that the program failed with exactly one error message and one hint, in plain words.
    pub(crate) fn assert_error_reported(&self) {
        assert_eq!(self.output.code, Some(1), "{self}");
        if !self.is_stderr() {
            let lines = |start: &str| self.output.stderr.lines().filter(|line| line.starts_with(start)).count();
            assert_eq!((lines("error: "), lines("hint: ")), (1, 1), "{self}");
            assert!(!self.says("os error") && !self.says("Error("), "{self}");
        }
    }
}

/// Runs a command once without faults to list its writes, then with each fault at each write, each time in a new world.
/// If many writes of a kind go to one file, such as the pages of a database, only some of them are tested.
pub(crate) fn at_each_write<W>(
    sandbox: impl Fn() -> W,
    command: impl Fn(&W) -> Command,
    stdin: &str,
    check: impl Fn(&W, Faulty),
) {
    at_each_write_of(sandbox, command, |command| run_with_stdin(command, stdin), check);
}

/// Does the same as [`at_each_write`], for a command that needs its own way of running.
pub(crate) fn at_each_write_of<W>(
    sandbox: impl Fn() -> W,
    command: impl Fn(&W) -> Command,
    run: impl Fn(Command) -> RunOutput,
    check: impl Fn(&W, Faulty),
) {
    let (calls, output) = writes(&command(&sandbox()), &run);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(!calls.is_empty(), "the command writes nothing");
    let (mut not_reached, mut failed) = (Vec::new(), 0);
    for call in &calls {
        for fault in call.faults() {
            let sandbox = sandbox();
            match run_with_fault(&command(&sandbox), &run, call, fault) {
                Some(output) => {
                    assert!(!output.stderr.contains("panicked"), "{call:?} {fault:?}: {output:?}");
                    let faulty = Faulty { call: call.clone(), fault, output };
                    // Every failure is reported, not only the first.
                    let checked = std::panic::catch_unwind(AssertUnwindSafe(|| check(&sandbox, faulty)));
                    failed += usize::from(checked.is_err());
                }
                None => not_reached.push(format!("{call:?} {fault:?}")),
            }
        }
    }
    assert_eq!(failed, 0, "runs failed, with faults at {} writes", calls.len());
    assert!(not_reached.len() * 10 <= calls.len().max(10), "these writes did not happen again: {not_reached:#?}");
}

/// Returns the reason if system calls cannot be made to fail on this machine.
pub(crate) fn missing_strace() -> Option<String> {
    let log = tempfile::NamedTempFile::new().expect("a file");
    let mut program = Command::new("true");
    program.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let mut probe = strace(&program, log.path(), &["-e", "trace=write"]);
    match probe.output() {
        Ok(output) if output.status.success() => None,
        Ok(output) => Some(format!("strace does not work: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Some(format!("strace cannot be run: {error}")),
    }
}

/// Returns the writes of a run without faults, and its output.
fn writes(command: &Command, run: &impl Fn(Command) -> RunOutput) -> (Vec<Call>, RunOutput) {
    let log = tempfile::NamedTempFile::new().expect("a file");
    let output = run(strace(command, log.path(), &["-e", &format!("trace={WRITES}")]));
    let text = std::fs::read_to_string(log.path()).expect("a log");
    let process = text.split(' ').next().unwrap_or_default();
    let (mut counts, mut files) = (BTreeMap::new(), BTreeMap::<_, Vec<Call>>::new());
    for line in text.lines() {
        let Some((name, rest)) = line.strip_prefix(process).and_then(|line| line.trim_start().split_once('(')) else {
            continue;
        };
        if name.contains(' ') {
            continue;
        }
        let nth = counts.entry(name.to_owned()).or_insert(0);
        *nth += 1;
        if let Some(file) = written_file(name, rest).filter(|_| !rest.contains(" = -1 ")) {
            // The part after the last hyphen may be random.
            let kind = file.rsplit_once(".preconsult-").map_or(file.clone(), |(folder, _)| folder.to_owned());
            let call = Call { name: name.to_owned(), nth: *nth, file, index: None };
            files.entry((name.to_owned(), kind)).or_default().push(call);
        }
    }
    let mut calls: Vec<Call> = files.into_values().flat_map(select_calls).collect();
    if thoroughness() == Thoroughness::Everyday {
        calls.iter_mut().enumerate().for_each(|(index, call)| call.index = Some(index));
    }
    (calls, output)
}

/// Returns the file that a call writes to, if it writes.
fn written_file(name: &str, arguments: &str) -> Option<String> {
    let between = |text: &str, start, end| Some(text.split_once(start)?.1.split_once(end)?.0.to_owned());
    if arguments.starts_with("1<") || arguments.starts_with("2<") {
        return Some(arguments[..1].to_owned());
    }
    let file = if arguments.starts_with(|c: char| c.is_ascii_digit()) {
        between(arguments, "<", ">")
    } else {
        between(arguments, "\"", "\"")
    };
    let is_write = name != "openat" || ["O_CREAT", "O_WRONLY", "O_RDWR"].iter().any(|flag| arguments.contains(flag));
    file.filter(|file| is_write && !file.starts_with("/dev/") && !file.contains(":["))
}

/// Selects the first call, the last, and some in between.
fn select_calls(calls: Vec<Call>) -> Vec<Call> {
    let max_calls = if thoroughness() == Thoroughness::Thorough { 6 } else { 2 };
    let (count, step) = (calls.len(), calls.len().div_ceil(max_calls));
    let is_shared = |call: &Call| count > max_calls / 2 || call.file.contains(".sqlite3");
    let selected = calls.into_iter().enumerate().filter(|(index, _)| index % step == 0 || index + 1 == count);
    selected.enumerate().map(|(index, (_, call))| Call { index: is_shared(&call).then_some(index), ..call }).collect()
}

/// Runs a command with a fault at a call. Returns `None` if the call did not happen.
fn run_with_fault(
    command: &Command,
    run: &impl Fn(Command) -> RunOutput,
    call: &Call,
    fault: Fault,
) -> Option<RunOutput> {
    let Call { name, nth, .. } = call;
    let log = tempfile::NamedTempFile::new().expect("a file");
    let action = match fault {
        Fault::Fails(error) => format!("error={error}"),
        Fault::Killed => "signal=KILL".to_owned(),
    };
    let inject = format!("inject={name}:{action}:when={nth}");
    let output = run(strace(command, log.path(), &["-e", &format!("trace={WRITES}"), "-e", &inject]));
    let is_reached = match fault {
        Fault::Fails(_) => std::fs::read_to_string(log.path()).expect("a log").contains("(INJECTED)"),
        Fault::Killed => output.code.is_none(),
    };
    is_reached.then_some(output)
}

/// Creates the command that runs `command` under `strace`, with its folder and only its environment.
fn strace(command: &Command, log: &Path, options: &[&str]) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-y", "-s", "0", "-o"]).arg(log).args(options);
    strace.arg("--").arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        strace.current_dir(folder);
    }
    strace.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    strace
}
