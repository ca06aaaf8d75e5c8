//! The program in a real terminal: a pty, and a parser that shows what would be on the screen.

mod back;
mod end;
mod flows;
mod harm;
mod keys;
mod sizes;

use crate::world::{PROGRAM, World};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub(crate) const DOWN: &str = "\u{1b}[B";
pub(crate) const UP: &str = "\u{1b}[A";
pub(crate) const ENTER: &str = "\r";
pub(crate) const ESC: &str = "\u{1b}";
pub(crate) const CTRL_C: &str = "\u{3}";
pub(crate) const SPACE: &str = " ";

const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal with the program in it.
pub(crate) struct Tty {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    shown: Arc<Mutex<Shown>>,
    /// How much had been shown when a key was pressed last.
    pressed: usize,
}

/// All that has come from the program, and the screen that it makes.
struct Shown {
    bytes: Vec<u8>,
    screen: vt100::Parser,
    ended: bool,
}

/// What is there when the program has ended.
pub(crate) struct Ended {
    pub(crate) code: u32,
    pub(crate) bytes: String,
    pub(crate) screen: String,
}

/// A terminal before the program starts in it.
pub(crate) struct Setup<'w> {
    world: &'w World,
    program: &'static str,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    ahead: String,
    rows: u16,
    columns: u16,
}

impl World {
    /// The program on a terminal of 24 lines and 80 columns, with these words behind its name.
    pub(crate) fn tty(&self, words: &str) -> Setup<'_> {
        let arguments = words.split_whitespace().map(str::to_owned).collect();
        let (environment, ahead) = (Vec::new(), String::new());
        Setup { world: self, program: PROGRAM, arguments, environment, ahead, rows: 24, columns: 80 }
    }

    /// A line of shell on such a terminal, in which `"$0"` is the program.
    pub(crate) fn shell_on_a_terminal(&self, script: &str) -> Tty {
        let arguments = ["-c", script, PROGRAM].map(str::to_owned).to_vec();
        Setup { program: "sh", ..self.tty("") }.arguments(arguments).start()
    }
}

impl Setup<'_> {
    pub(crate) fn size(mut self, rows: u16, columns: u16) -> Self {
        (self.rows, self.columns) = (rows, columns);
        self
    }

    /// Further arguments, which may hold spaces.
    pub(crate) fn arguments(mut self, further: Vec<String>) -> Self {
        self.arguments.extend(further);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Keys that are pressed before the program starts.
    pub(crate) fn ahead(mut self, keys: &str) -> Self {
        keys.clone_into(&mut self.ahead);
        self
    }

    pub(crate) fn start(self) -> Tty {
        let pair = native_pty_system().openpty(size(self.rows, self.columns)).expect("a pty");
        let mut keys = pair.master.take_writer().expect("the program's input");
        keys.write_all(self.ahead.as_bytes()).and_then(|()| keys.flush()).expect("the terminal takes keys");
        let mut command = CommandBuilder::new(self.program);
        command.args(self.arguments);
        command.env_clear();
        for (name, value) in self.world.environment() {
            command.env(name, value);
        }
        for (name, value) in self.environment {
            command.env(name, value);
        }
        command.cwd(self.world.path(""));
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let screen = vt100::Parser::new(at_least_one(self.rows), at_least_one(self.columns), 1000);
        let shown = Arc::new(Mutex::new(Shown { bytes: Vec::new(), screen, ended: false }));
        let mut output = pair.master.try_clone_reader().expect("the program's output");
        let into = Arc::clone(&shown);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // A pty whose program has ended gives an error on Linux.
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                let mut shown = into.lock().unwrap_or_else(PoisonError::into_inner);
                shown.bytes.extend(&buffer[..count]);
                shown.screen.process(&buffer[..count]);
            }
            into.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
        });
        Tty { master: pair.master, child, keys, shown, pressed: 0 }
    }
}

impl Tty {
    /// Waits until these texts have been shown, one after the other, since a key was pressed last.
    pub(crate) fn wait<const N: usize>(&self, texts: [&str; N]) {
        let start = Instant::now();
        loop {
            let (seen, ended) = self.seen();
            // Long lines are broken between words; what is typed, anywhere.
            let flowed = seen.split_whitespace().collect::<Vec<_>>().join(" ");
            if [&seen, &seen.replace('\n', ""), &flowed].iter().any(|seen| in_order(seen, &texts)) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE && !ended,
                "waited for {texts:?}, and saw\n{}\non the screen\n{}",
                seen.trim(),
                self.screen()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until the question with this number is put and takes keys.
    pub(crate) fn asked(&self, number: usize) {
        self.wait([&format!("Question {number} of about"), "Esc"]);
    }

    /// Waits for the review.
    pub(crate) fn reviewed(&self) {
        self.wait(["Your answers", "All is right: finish", "Esc"]);
    }

    /// Presses keys, or types a text.
    pub(crate) fn press(&mut self, keys: &str) {
        self.pressed = self.shown.lock().unwrap_or_else(PoisonError::into_inner).bytes.len();
        self.press_further(keys);
    }

    /// Presses keys that belong to those pressed before: [`wait`](Self::wait) looks back to the first.
    pub(crate) fn press_further(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("the program takes keys");
    }

    /// Moves down so many lines and presses Enter.
    pub(crate) fn choose(&mut self, line: usize) {
        self.press(&format!("{}{ENTER}", DOWN.repeat(line)));
    }

    /// Ticks these lines, counted from the first, and presses Enter.
    pub(crate) fn tick(&mut self, lines: &[usize]) {
        let mut keys = String::new();
        let mut at = 0;
        for line in lines {
            keys.push_str(&DOWN.repeat(line - at));
            keys.push_str(SPACE);
            at = *line;
        }
        self.press(&format!("{keys}{ENTER}"));
    }

    /// Gives the terminal another size; [`wait`](Self::wait) looks back to here.
    pub(crate) fn resize(&mut self, rows: u16, columns: u16) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        self.pressed = shown.bytes.len();
        shown.screen.screen_mut().set_size(at_least_one(rows), at_least_one(columns));
        self.master.resize(size(rows, columns)).expect("a new size");
    }

    /// Everything that has come from the program.
    pub(crate) fn bytes(&self) -> String {
        String::from_utf8_lossy(&self.shown.lock().unwrap_or_else(PoisonError::into_inner).bytes).into_owned()
    }

    /// What is on the screen now.
    pub(crate) fn screen(&self) -> String {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).screen.screen().contents()
    }

    /// Waits for the program's end.
    pub(crate) fn end(mut self) -> Ended {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("the program's state") {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "waited for the end, and saw\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(2));
        };
        while !self.seen().1 && start.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(2));
        }
        Ended { code: status.exit_code(), bytes: self.bytes(), screen: self.screen() }
    }

    /// What has been drawn since a key was pressed last, and whether the program has closed the terminal.
    fn seen(&self) -> (String, bool) {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, columns) = shown.screen.screen().size();
        // A tall screen, from its middle on: what is drawn may go up first.
        let mut drawn = vt100::Parser::new(at_least_one(400), columns, 0);
        drawn.process(b"\x1b[200;1H");
        drawn.process(&shown.bytes[self.pressed..]);
        (drawn.screen().contents(), shown.ended)
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        // A program that has ended already cannot be ended, and need not be.
        let _ = self.child.kill();
    }
}

fn in_order(seen: &str, texts: &[&str]) -> bool {
    let mut rest = seen;
    texts.iter().all(|text| {
        let found = rest.find(text);
        rest = found.map_or("", |at| &rest[at + text.len()..]);
        found.is_some()
    })
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn at_least_one(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}
