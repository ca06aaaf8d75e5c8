//! A program in a real terminal: a pty, and a parser that shows what would be on the screen.

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub(crate) const DOWN: &str = "\u{1b}[B";
pub(crate) const UP: &str = "\u{1b}[A";
pub(crate) const ENTER: &str = "\r";
pub(crate) const ESC: &str = "\u{1b}";
pub(crate) const CTRL_C: &str = "\u{3}";
pub(crate) const SPACE: &str = " ";

const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal with a program in it.
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

/// Texts that are shown one after the other.
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

impl Tty {
    /// Starts a program in a terminal of so many rows and columns, in which these keys were pressed before.
    pub(crate) fn start(command: CommandBuilder, rows: u16, columns: u16, ahead: &str) -> Self {
        let pair = native_pty_system().openpty(size(rows, columns)).expect("a pty");
        let mut keys = pair.master.take_writer().expect("the program's input");
        keys.write_all(ahead.as_bytes()).and_then(|()| keys.flush()).expect("the terminal takes keys");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let screen = vt100::Parser::new(at_least_one(rows), at_least_one(columns), 1000);
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
        Self { master: pair.master, child, keys, shown, pressed: 0 }
    }

    /// Waits until these texts have been shown, one after the other, since a key was pressed last.
    pub(crate) fn wait<'t>(&self, texts: impl Into<Texts<'t>>) {
        let Texts(texts) = texts.into();
        let shown = self.poll(&texts, |seen| {
            // Long lines are broken between words; what is typed, anywhere.
            let flowed = seen.split_whitespace().collect::<Vec<_>>().join(" ");
            [seen, &seen.replace('\n', ""), &flowed].iter().any(|seen| in_order(seen, &texts)).then_some(())
        });
        assert!(shown.is_some(), "it ended before {texts:?}, on the screen\n{}", self.screen());
    }

    /// Waits until what has been drawn since a key was pressed last is of use; `None` if the program ends before.
    pub(crate) fn until<T>(&self, of_use: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.poll(&"something of use", of_use)
    }

    fn poll<T>(&self, wanted: &dyn std::fmt::Debug, found: impl Fn(&str) -> Option<T>) -> Option<T> {
        let start = Instant::now();
        loop {
            let (seen, ended) = self.seen();
            let found = found(&seen);
            if found.is_some() || ended {
                return found;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "waited for {wanted:?}, and saw\n{}\non the screen\n{}",
                seen.trim(),
                self.screen()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// What has been drawn since a key was pressed last, and whether the program has closed the terminal.
    fn seen(&self) -> (String, bool) {
        let shown = self.hold();
        let (_, columns) = shown.screen.screen().size();
        // A tall screen, from its middle on: what is drawn may go up first.
        let mut drawn = vt100::Parser::new(at_least_one(400), columns, 0);
        drawn.process(b"\x1b[200;1H");
        drawn.process(&shown.bytes[self.pressed..]);
        (drawn.screen().contents(), shown.ended)
    }

    fn hold(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Presses keys, or types a text.
    pub(crate) fn press(&mut self, keys: &str) {
        let shown = self.hold().bytes.len();
        self.pressed = shown;
        self.press_further(keys);
    }

    /// Presses keys that belong to those pressed before: [`wait`](Self::wait) looks back to the first.
    pub(crate) fn press_further(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("the program takes keys");
    }

    /// Moves down so many lines and presses Enter.
    pub(crate) fn enter(&mut self, line: usize) {
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
        String::from_utf8_lossy(&self.hold().bytes).into_owned()
    }

    /// What is on the screen now.
    pub(crate) fn screen(&self) -> String {
        self.hold().screen.screen().contents()
    }

    /// The row and the column of the cursor.
    pub(crate) fn cursor(&self) -> (u16, u16) {
        self.hold().screen.screen().cursor_position()
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("its state").is_none()
    }

    /// Waits for the end of the program and of what it shows, and gives its code.
    pub(crate) fn code(&mut self) -> u32 {
        self.ended().exit_code()
    }

    /// Waits for the end of the program and of what it shows, and tells how it ended.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            let ended = self.hold().ended;
            if let Some(status) = self.child.try_wait().expect("the program's state").filter(|_| ended) {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "waited for the end, and saw\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(2));
        }
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
