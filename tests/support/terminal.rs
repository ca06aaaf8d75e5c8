//! Runs a program on a pseudo-terminal (pty), with a parser that maintains the screen.

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::cell::RefCell;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub(crate) const DOWN: &str = "\u{1b}[B";
pub(crate) const UP: &str = "\u{1b}[A";
pub(crate) const ENTER: &str = "\r";
pub(crate) const ESC: &str = "\u{1b}";
pub(crate) const CTRL_C: &str = "\u{3}";
pub(crate) const SPACE: &str = " ";
pub(crate) const END: &str = "\u{1b}[F";

const TIME_LIMIT: Duration = Duration::from_secs(60);
const POLL_INTERVAL: Duration = Duration::from_millis(2);

/// The sequence at the end of every redraw of a prompt: show the cursor.
const REDRAWN: &[u8] = b"\x1b[?25h";

/// A command and the size of its terminal, by default 24 rows and 80 columns.
pub(crate) struct TerminalBuilder {
    command: CommandBuilder,
    keys_ahead: String,
    rows: u16,
    columns: u16,
}

impl TerminalBuilder {
    /// Creates a builder for a command, with its arguments, folder and environment.
    pub(crate) fn of(command: &Command) -> Self {
        let mut builder = CommandBuilder::new(command.get_program());
        builder.args(command.get_args());
        builder.env_clear();
        for (name, value) in command.get_envs().filter_map(|(name, value)| Some((name, value?))) {
            builder.env(name, value);
        }
        builder.cwd(command.get_current_dir().expect("a folder to run in"));
        Self { command: builder, keys_ahead: String::new(), rows: 24, columns: 80 }
    }

    pub(crate) fn size(mut self, rows: u16, columns: u16) -> Self {
        (self.rows, self.columns) = (rows, columns);
        self
    }

    /// Adds arguments, which may contain spaces.
    pub(crate) fn arguments(mut self, arguments: &[String]) -> Self {
        self.command.args(arguments);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets the keys that are pressed before the program starts.
    pub(crate) fn keys_ahead(mut self, keys: &str) -> Self {
        keys.clone_into(&mut self.keys_ahead);
        self
    }

    pub(crate) fn start(self) -> Terminal {
        Terminal::start(self.command, self.rows, self.columns, &self.keys_ahead)
    }
}

/// A terminal with a running program.
pub(crate) struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Arc<Mutex<ProgramOutput>>,
    /// The length of the output when the last key was pressed.
    pressed_at: usize,
    drawn: RefCell<Drawn>,
}

/// All output of the program, and the resulting screen.
struct ProgramOutput {
    bytes: Vec<u8>,
    screen: vt100::Parser,
    ended: bool,
}

/// The output since the last key, parsed so far.
struct Drawn {
    from: usize,
    to: usize,
    columns: NonZeroU16,
    screen: vt100::Parser,
    contents: String,
}

impl Drawn {
    fn new(from: usize, columns: NonZeroU16) -> Self {
        // The screen is tall, with the cursor in the middle, because a redraw may start by moving up.
        let mut screen = vt100::Parser::new(at_least_one(400), columns, 0);
        screen.process(b"\x1b[200;1H");
        Self { from, to: from, columns, screen, contents: String::new() }
    }
}

/// The exit code, the output and the last screen of a program that has ended.
pub(crate) struct EndedTerminal {
    pub(crate) code: u32,
    pub(crate) bytes: String,
    pub(crate) screen: String,
}

impl EndedTerminal {
    /// Returns the text of the screen on one line.
    pub(crate) fn flowed(&self) -> String {
        one_line(&self.screen)
    }
}

/// Texts that appear one after the other.
pub(crate) struct Texts<'t>(Vec<&'t str>);

impl<'t> From<&'t str> for Texts<'t> {
    fn from(text: &'t str) -> Self {
        Self(vec![text])
    }
}

impl<'t> From<&'t String> for Texts<'t> {
    fn from(text: &'t String) -> Self {
        Self(vec![text])
    }
}

impl<'t, const N: usize> From<[&'t str; N]> for Texts<'t> {
    fn from(texts: [&'t str; N]) -> Self {
        Self(texts.to_vec())
    }
}

impl Terminal {
    fn start(command: CommandBuilder, rows: u16, columns: u16, keys_ahead: &str) -> Self {
        let pair = native_pty_system().openpty(size(rows, columns)).expect("a pty");
        let mut keys = pair.master.take_writer().expect("the program's input");
        keys.write_all(keys_ahead.as_bytes()).and_then(|()| keys.flush()).expect("the terminal takes keys");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let screen = vt100::Parser::new(at_least_one(rows), at_least_one(columns), 1000);
        let output = Arc::new(Mutex::new(ProgramOutput { bytes: Vec::new(), screen, ended: false }));
        let mut reader = pair.master.try_clone_reader().expect("the program's output");
        let into = Arc::clone(&output);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // On Linux, reading a pty fails after its program has ended.
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut output = into.lock().unwrap_or_else(PoisonError::into_inner);
                output.bytes.extend(&buffer[..count]);
                output.screen.process(&buffer[..count]);
            }
            into.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
        });
        let drawn = RefCell::new(Drawn::new(0, at_least_one(columns)));
        Self { master: pair.master, child, keys, output, pressed_at: 0, drawn }
    }

    /// Waits until these texts have been shown, one after the other, since the last key.
    pub(crate) fn wait<'t>(&self, texts: impl Into<Texts<'t>>) {
        let Texts(texts) = texts.into();
        let result = self.poll(&texts, |drawn| {
            // Long lines break between words; typed text breaks anywhere.
            let is_shown = |drawn: &str| in_order(drawn, &texts).then_some(());
            is_shown(drawn).or_else(|| is_shown(&drawn.replace('\n', ""))).or_else(|| is_shown(&one_line(drawn)))
        });
        assert!(result.is_some(), "the program ended before {texts:?}; screen:\n{}", self.screen());
    }

    /// Waits until `find` returns a value for the text drawn since the last key. Returns `None` if the program ends
    /// first.
    pub(crate) fn until<T>(&self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.poll(&"something", find)
    }

    fn poll<T>(&self, expected: &dyn std::fmt::Debug, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let start = Instant::now();
        let mut is_first = true;
        loop {
            let (is_new, ended) = self.take_in_output();
            if std::mem::take(&mut is_first) || is_new {
                let result = find(&self.drawn.borrow().contents);
                if result.is_some() {
                    return result;
                }
                continue;
            }
            if ended {
                return None;
            }
            assert!(
                start.elapsed() < TIME_LIMIT,
                "timed out waiting for {expected:?}; drawn:\n{}\nscreen:\n{}",
                self.drawn.borrow().contents.trim(),
                self.screen()
            );
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// Parses new output. Returns whether there was any, and whether the program has closed the terminal.
    fn take_in_output(&self) -> (bool, bool) {
        let output = self.lock();
        let (_, columns) = output.screen.screen().size();
        let mut drawn = self.drawn.borrow_mut();
        let is_reset = (drawn.from, drawn.columns) != (self.pressed_at, columns);
        if is_reset {
            *drawn = Drawn::new(self.pressed_at, columns);
        }
        let new_bytes = output.bytes[drawn.to..].to_vec();
        let ended = output.ended;
        drop(output);
        if new_bytes.is_empty() {
            return (is_reset, ended);
        }
        drawn.to += new_bytes.len();
        drawn.screen.process(&new_bytes);
        drawn.contents = drawn.screen.screen().contents();
        (true, ended)
    }

    fn lock(&self) -> MutexGuard<'_, ProgramOutput> {
        self.output.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the text drawn since the last key.
    pub(crate) fn drawn(&self) -> String {
        self.take_in_output();
        self.drawn.borrow().contents.clone()
    }

    /// Presses keys, or types a text.
    pub(crate) fn press(&mut self, keys: &str) {
        let length = self.lock().bytes.len();
        self.pressed_at = length;
        self.press_further(keys);
    }

    /// Presses more keys. [`wait`](Self::wait) still looks back to the keys pressed before.
    pub(crate) fn press_further(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("the program takes keys");
    }

    /// Presses a key in a list, and waits until the list has been redrawn.
    pub(crate) fn press_in_list(&mut self, key: &str) {
        self.press(key);
        let start = Instant::now();
        loop {
            let output = self.lock();
            if output.bytes[self.pressed_at..].windows(REDRAWN.len()).any(|bytes| bytes == REDRAWN) {
                return;
            }
            assert!(!output.ended, "the program ended in a list; screen:\n{}", output.screen.screen().contents());
            drop(output);
            assert!(start.elapsed() < TIME_LIMIT, "the list was not redrawn:\n{}", self.screen());
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// Resizes the terminal. [`wait`](Self::wait) then looks back to this point.
    pub(crate) fn resize(&mut self, rows: u16, columns: u16) {
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        self.pressed_at = output.bytes.len();
        output.screen.screen_mut().set_size(at_least_one(rows), at_least_one(columns));
        self.master.resize(size(rows, columns)).expect("a new size");
    }

    /// Returns all output of the program.
    pub(crate) fn bytes(&self) -> String {
        String::from_utf8_lossy(&self.lock().bytes).into_owned()
    }

    /// Returns the text of the current screen.
    pub(crate) fn screen(&self) -> String {
        self.lock().screen.screen().contents()
    }

    /// Returns the row and the column of the cursor.
    pub(crate) fn cursor(&self) -> (u16, u16) {
        self.lock().screen.screen().cursor_position()
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("its state").is_none()
    }

    /// Sends a signal to the program. [`wait`](Self::wait) then looks back to this point.
    pub(crate) fn signal(&mut self, name: &str) {
        self.press("");
        super::run::send_signal(name, self.process());
    }

    /// Waits for the end of the program and of its output, and returns its exit code.
    pub(crate) fn code(&mut self) -> u32 {
        self.status().exit_code()
    }

    /// Waits for the end of the program and of its output, and returns how it ended.
    pub(crate) fn status(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            let ended = self.lock().ended;
            if let Some(status) = self.child.try_wait().expect("the program's state").filter(|_| ended) {
                return status;
            }
            assert!(
                start.elapsed() < TIME_LIMIT,
                "timed out waiting for the program to end; screen:\n{}",
                self.screen()
            );
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// Waits for the end of the program, and returns its exit code, output and screen.
    pub(crate) fn end(mut self) -> EndedTerminal {
        EndedTerminal { code: self.code(), bytes: self.bytes(), screen: self.screen() }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Killing fails if the program has already ended, which is fine.
        let _ = self.child.kill();
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_order(drawn: &str, texts: &[&str]) -> bool {
    let mut rest = drawn;
    texts.iter().all(|text| {
        let result = rest.find(text);
        rest = result.map_or("", |index| &rest[index + text.len()..]);
        result.is_some()
    })
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn at_least_one(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}
