//! The desk's screen in a real pseudo-terminal.

use crate::world::{PASSPHRASE, PROGRAM, World};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub(crate) const DOWN: &str = "\u{1b}[B";
pub(crate) const CTRL_C: &str = "\u{3}";

const ROWS: u16 = 40;
const COLUMNS: u16 = 100;

/// A terminal with the desk in it.
pub(crate) struct Tty {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    shown: Arc<Mutex<Shown>>,
    /// How much had been shown when a key was pressed last.
    pressed: usize,
    _master: Box<dyn MasterPty + Send>,
}

struct Shown {
    bytes: Vec<u8>,
    screen: vt100::Parser,
    ended: bool,
}

impl Tty {
    /// The screen of the clinic's desk.
    pub(crate) fn start(world: &World, further: &str) -> Self {
        Self::run(world, &format!("desk --clinic ../clinic {further}"))
    }

    /// The program with these words behind its name.
    pub(crate) fn run(world: &World, words: &str) -> Self {
        Self::program(world, PROGRAM, words)
    }

    /// Any program.
    pub(crate) fn program(world: &World, program: &str, words: &str) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pty");
        let mut command = CommandBuilder::new(program);
        command.args(words.split_whitespace());
        command.env_clear();
        for (name, value) in world.environment() {
            command.env(name, value);
        }
        command.cwd(world.path("work"));
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let one = |count| NonZeroU16::new(count).expect("more than none");
        let screen = vt100::Parser::new(one(ROWS), one(COLUMNS), 1000);
        let shown = Arc::new(Mutex::new(Shown { bytes: Vec::new(), screen, ended: false }));
        let mut output = pair.master.try_clone_reader().expect("the program's output");
        let into = Arc::clone(&shown);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                let mut shown = into.lock().unwrap_or_else(PoisonError::into_inner);
                shown.bytes.extend(&buffer[..count]);
                shown.screen.process(&buffer[..count]);
            }
            into.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
        });
        let keys = pair.master.take_writer().expect("the program's input");
        Self { child, keys, shown, pressed: 0, _master: pair.master }
    }

    /// Waits until this has been shown since a key was pressed last.
    pub(crate) fn wait(&self, text: &str) {
        let start = Instant::now();
        loop {
            let seen = self.seen();
            if seen.contains(text) || seen.replace('\n', "").contains(text) {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "waited for {text:?}, and saw\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// What has been drawn since a key was pressed last.
    fn seen(&self) -> String {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let tall = NonZeroU16::new(400).expect("more than none");
        let mut drawn = vt100::Parser::new(tall, NonZeroU16::new(COLUMNS).expect("more than none"), 0);
        drawn.process(b"\x1b[200;1H");
        drawn.process(&shown.bytes[self.pressed..]);
        drawn.screen().contents()
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.pressed = self.shown.lock().unwrap_or_else(PoisonError::into_inner).bytes.len();
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("the program takes keys");
    }

    /// Waits for a question, then moves down so many lines and presses Enter.
    pub(crate) fn choose(&mut self, question: &str, line: usize) {
        self.wait(question);
        self.wait("Enter to choose");
        self.press(&format!("{}\r", DOWN.repeat(line)));
    }

    /// Waits for a question, then types a line.
    pub(crate) fn type_in(&mut self, question: &str, line: &str) {
        self.wait(question);
        self.wait("Enter to go on");
        self.press(&format!("{line}\r"));
    }

    /// Ticks these lines, counted from the first, and presses Enter.
    pub(crate) fn tick(&mut self, lines: &[usize]) {
        self.wait("Space to tick");
        let (mut keys, mut at) = (String::new(), 0);
        for line in lines {
            keys.push_str(&DOWN.repeat(line - at));
            keys.push(' ');
            at = *line;
        }
        self.press(&format!("{keys}\r"));
    }

    /// From the menu to the patient's first question, in English.
    pub(crate) fn begin(&mut self, label: &str) {
        self.choose("What would you like to do?", 0);
        self.type_in("A name or a clinic code", label);
        self.choose("In which language?", 0);
        self.choose("Who fills it in?", 0);
        self.choose("Are you ready?", 0);
    }

    /// The shortest interview: acne scars, moderate, good, none, no more; then the review.
    pub(crate) fn answer(&mut self) {
        self.wait("Question 1 of");
        self.tick(&[6]);
        self.choose("Question 2 of", 1);
        self.choose("Question 3 of", 0);
        self.choose("Question 4 of", 0);
        self.choose("Question 5 of", 1);
        self.wait("All is right");
        self.press("\r");
    }

    /// Unlocks from the menu.
    pub(crate) fn unlock(&mut self) {
        self.choose("What would you like to do?", 2);
        self.type_in("Your name or initials", "");
        self.wait("Passphrase of the clinic:");
        self.press(&format!("{PASSPHRASE}\r"));
        self.wait("Unlocked for");
    }

    /// What is on the screen now.
    pub(crate) fn screen(&self) -> String {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).screen.screen().contents()
    }

    /// What is on the screen and in what can be scrolled back to, as a terminal keeps it after a purge.
    pub(crate) fn left_over(&self) -> String {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let purge = shown.bytes.windows(4).rposition(|bytes| bytes == b"\x1b[3J");
        let from = purge.map_or(0, |at| at + 4);
        String::from_utf8_lossy(&shown.bytes[from..]).into_owned()
    }

    /// Sends a signal, as a key does or another program.
    pub(crate) fn signal(&mut self, name: &str) {
        self.press("");
        let kill = format!("kill -{name} {}", self.process());
        assert!(std::process::Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("its state").is_none()
    }

    /// Waits for the program's end and gives its code.
    pub(crate) fn end(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner).ended;
            if let Some(status) = self.child.try_wait().expect("the program's state").filter(|_| shown) {
                return status.exit_code();
            }
            assert!(start.elapsed() < Duration::from_secs(60), "waited for the end, and saw\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
