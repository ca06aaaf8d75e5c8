//! The program as it is, on a machine where one of its writes fails, or where it is killed at it: `strace` answers that
//! one system call in the system's place.

use super::run::{RunOutput, run_with_stdin};
use super::thoroughness::{Thoroughness, thoroughness};
use std::collections::BTreeMap;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::process::Command;

/// What changes a file or its name, or says something.
const WRITES: &str = "write,writev,pwrite64,pwritev,fsync,fdatasync,openat,mkdir,mkdirat,rename,renameat,renameat2,\
    link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,ftruncate,fallocate,chmod,fchmod,fchmodat";

/// What becomes of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It fails with this error, once.
    Fails(&'static str),
    /// The program is killed before it is done.
    Killed,
}

/// No room, a disk with a fault, and a power cut.
pub(crate) const FAULTS: [Fault; 3] = [Fault::Fails("ENOSPC"), Fault::Fails("EIO"), Fault::Killed];

/// A write of the program.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    name: String,
    /// Which of this name it is.
    nth: usize,
    /// The file; `1` and `2` are standard output and error.
    pub(crate) file: String,
    /// Which of those like it.
    turn: Option<usize>,
}

impl Call {
    /// All faults. Where there are many calls like this one, in a database, which its makers test for this, and in the
    /// everyday run, the calls share them out.
    fn faults(&self) -> Vec<Fault> {
        self.turn.map_or(FAULTS.to_vec(), |turn| vec![FAULTS[turn % FAULTS.len()]])
    }
}

/// A run with a fault in it.
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

    /// Whether the write was one to standard error; what is told then is lost, and nothing else.
    pub(crate) fn is_stderr(&self) -> bool {
        self.call.file == "2"
    }

    /// Whether a path stands on standard error.
    pub(crate) fn says(&self, text: &str) -> bool {
        self.output.stderr.contains(text)
    }

    /// The program has said what it could not do, and how to go on, in words, once.
    pub(crate) fn assert_told(&self) {
        assert_eq!(self.output.code, Some(1), "{self}");
        if !self.is_stderr() {
            let lines = |start: &str| self.output.stderr.lines().filter(|line| line.starts_with(start)).count();
            assert_eq!((lines("error: "), lines("hint: ")), (1, 1), "{self}");
            assert!(!self.says("os error") && !self.says("Error("), "{self}");
        }
    }
}

/// Runs a command once untouched to see what it writes, and then, each time in a new world, with each fault at each write.
/// Where many writes of a kind go to one file, as a database's pages do, some of them stand for all.
pub(crate) fn at_each_write<W>(
    world: impl Fn() -> W,
    command: impl Fn(&W) -> Command,
    stdin: &str,
    check: impl Fn(&W, Faulty),
) {
    at_each_write_of(world, command, |command| run_with_stdin(command, stdin), check);
}

/// The same for a command that is not just run to its end.
pub(crate) fn at_each_write_of<W>(
    world: impl Fn() -> W,
    command: impl Fn(&W) -> Command,
    run: impl Fn(Command) -> RunOutput,
    check: impl Fn(&W, Faulty),
) {
    let (calls, whole) = writes(&command(&world()), &run);
    assert_eq!(whole.code, Some(0), "{whole:?}");
    assert!(!calls.is_empty(), "it writes nothing");
    let (mut missed, mut failed) = (Vec::new(), 0);
    for call in &calls {
        for fault in call.faults() {
            let world = world();
            match with(&command(&world), &run, call, fault) {
                Some(output) => {
                    assert!(!output.stderr.contains("panicked"), "{call:?} {fault:?}: {output:?}");
                    let faulty = Faulty { call: call.clone(), fault, output };
                    // All that is wrong is told, and not the first alone.
                    let checked = std::panic::catch_unwind(AssertUnwindSafe(|| check(&world, faulty)));
                    failed += usize::from(checked.is_err());
                }
                None => missed.push(format!("{call:?} {fault:?}")),
            }
        }
    }
    assert_eq!(failed, 0, "of the runs at {} writes", calls.len());
    assert!(missed.len() * 10 <= calls.len().max(10), "did not come again: {missed:#?}");
}

/// Whether system calls can be made to fail here; if not, why.
pub(crate) fn unable() -> Option<String> {
    let log = tempfile::NamedTempFile::new().expect("a file");
    let mut program = Command::new("true");
    program.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let mut probe = strace(&program, log.path(), &["-e", "trace=write"]);
    match probe.output() {
        Ok(output) if output.status.success() => None,
        Ok(output) => Some(format!("strace does not work: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Some(format!("there is no strace: {error}")),
    }
}

/// The writes of an untouched run, and the run.
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
        if let Some(file) = written(name, rest).filter(|_| !rest.contains(" = -1 ")) {
            // What is behind the last hyphen may be by chance.
            let kind = file.rsplit_once(".preconsult-").map_or(file.clone(), |(folder, _)| folder.to_owned());
            let call = Call { name: name.to_owned(), nth: *nth, file, turn: None };
            files.entry((name.to_owned(), kind)).or_default().push(call);
        }
    }
    let mut calls: Vec<Call> = files.into_values().flat_map(some).collect();
    if thoroughness() == Thoroughness::Everyday {
        calls.iter_mut().enumerate().for_each(|(turn, call)| call.turn = Some(turn));
    }
    (calls, output)
}

/// What a call writes to, if it does.
fn written(name: &str, arguments: &str) -> Option<String> {
    let between = |text: &str, start, end| Some(text.split_once(start)?.1.split_once(end)?.0.to_owned());
    if arguments.starts_with("1<") || arguments.starts_with("2<") {
        return Some(arguments[..1].to_owned());
    }
    let named = if arguments.starts_with(|c: char| c.is_ascii_digit()) {
        between(arguments, "<", ">")
    } else {
        between(arguments, "\"", "\"")
    };
    let opened = name != "openat" || ["O_CREAT", "O_WRONLY", "O_RDWR"].iter().any(|flag| arguments.contains(flag));
    named.filter(|file| opened && !file.starts_with("/dev/") && !file.contains(":["))
}

/// The first, the last, and some between.
fn some(calls: Vec<Call>) -> Vec<Call> {
    let most = if thoroughness() == Thoroughness::Thorough { 6 } else { 2 };
    let (count, step) = (calls.len(), calls.len().div_ceil(most));
    let shared = |call: &Call| count > most / 2 || call.file.contains(".sqlite3");
    let taken = calls.into_iter().enumerate().filter(|(at, _)| at % step == 0 || at + 1 == count);
    taken.enumerate().map(|(turn, (_, call))| Call { turn: shared(&call).then_some(turn), ..call }).collect()
}

/// Runs a command with a fault in it; `None` if it did not come to that write.
fn with(command: &Command, run: &impl Fn(Command) -> RunOutput, call: &Call, fault: Fault) -> Option<RunOutput> {
    let Call { name, nth, .. } = call;
    let log = tempfile::NamedTempFile::new().expect("a file");
    let what = match fault {
        Fault::Fails(error) => format!("error={error}"),
        Fault::Killed => "signal=KILL".to_owned(),
    };
    let inject = format!("inject={name}:{what}:when={nth}");
    let output = run(strace(command, log.path(), &["-e", &format!("trace={WRITES}"), "-e", &inject]));
    let came = match fault {
        Fault::Fails(_) => std::fs::read_to_string(log.path()).expect("a log").contains("(INJECTED)"),
        Fault::Killed => output.code.is_none(),
    };
    came.then_some(output)
}

/// The same command below `strace`, with its folder and nothing but its environment.
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
