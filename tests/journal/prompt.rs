//! What a terminal asks when it finds a draft, in a real pseudo-terminal.

use crate::program::{PROGRAM, World, leave_a_draft, script};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

struct Screen {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    shown: String,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Screen {
    fn start(world: &World, arguments: &str) -> Self {
        let size = PtySize { rows: 40, cols: 100, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(arguments.split_whitespace());
        command.cwd(world.path("work"));
        command.env_clear();
        command.env("XDG_CONFIG_HOME", world.path("work"));
        command.env("XDG_STATE_HOME", world.path("state"));
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { child, writer, output, shown: String::new(), _master: pair.master }
    }

    /// Waits until this is shown, and forgets everything up to it.
    fn wait(&mut self, text: &str) -> String {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(at) = self.shown.find(text) {
                return self.shown.drain(..at + text.len()).collect();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.shown.push_str(&String::from_utf8_lossy(&bytes)),
                Err(error) => panic!("{text:?} was not shown ({error}), but: {}", self.shown),
            }
        }
    }

    fn type_in(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush()).expect("a terminal");
    }

    fn end(mut self) -> u32 {
        self.child.wait().expect("it ends").exit_code()
    }
}

/// Nothing of an answer, an option or a label may show before somebody chose to go on.
fn assert_silent(shown: &str) {
    let script = script();
    for answer in script[0].split(", ").chain([script[1].as_str(), "A12"]) {
        assert!(!shown.contains(answer), "{answer} shows: {shown}");
    }
}

#[test]
fn plain_lines_offer_to_go_on_start_anew_or_discard() {
    let world = World::new();
    let id = leave_a_draft(&world);
    let mut screen = Screen::start(&world, "--plain");
    let shown = screen.wait("Type a number from 1 to 3.");
    assert!(shown.contains("An interview was begun and not finished."), "{shown}");
    assert!(shown.contains("(2 questions answered, version"), "{shown}");
    assert_silent(&shown);
    screen.type_in("nonsense\r");
    screen.wait("There is no “nonsense” here.");
    screen.wait("Type a number from 1 to 3.");
    screen.type_in("1\r");
    screen.wait("Going on with the interview begun");
    screen.wait("Question 3 of");
    screen.type_in("\u{3}");
    screen.wait(&format!("preconsult ask --resume {id}"));
    assert_eq!(screen.end(), 130);

    let mut screen = Screen::start(&world, "--plain");
    screen.wait("Type a number from 1 to 3.");
    screen.type_in("2\r");
    screen.wait("Question 1 of");
    screen.type_in("\u{3}");
    screen.wait("stopped");
    assert_eq!(screen.end(), 130);
    assert_eq!(world.drafts(), [id.as_str()], "it stays when somebody starts anew");

    let mut screen = Screen::start(&world, "--plain");
    screen.wait("Type a number from 1 to 3.");
    // It asks once more, and keeps what there is unless that is meant.
    for keep in ["1\r", "/back\r"] {
        screen.type_in("3\r");
        screen.wait("for good? It has 2 answers.");
        screen.wait("Type a number from 1 to 2.");
        screen.type_in(keep);
        screen.wait("Type a number from 1 to 3.");
    }
    assert_eq!(world.drafts(), [id.as_str()]);
    screen.type_in("3\r");
    screen.wait("Type a number from 1 to 2.");
    screen.type_in("2\r");
    screen.wait(" is discarded.");
    screen.wait("Question 1 of");
    assert!(world.drafts().is_empty());
    screen.type_in("\u{3}");
    assert_eq!(screen.end(), 130);
}

#[test]
fn the_terminal_offers_the_same() {
    let world = World::new();
    let id = leave_a_draft(&world);
    let mut screen = Screen::start(&world, "");
    let shown = screen.wait("Discard draft ");
    assert!(shown.contains("(2 questions answered, version 1.0.1)"), "{shown}");
    assert_silent(&shown);
    // Enter alone starts anew: whoever comes next sees nothing of the one before.
    screen.type_in("\r");
    screen.wait("Question 1 of");
    screen.type_in("\u{3}");
    assert_eq!(screen.end(), 130);
    let mut screen = Screen::start(&world, "");
    screen.wait("Discard draft ");
    screen.type_in("\u{1b}[A");
    screen.type_in("\r");
    screen.wait("Question 3 of");
    screen.type_in("\u{3}");
    screen.wait(&format!("preconsult ask --resume {id}"));
    assert_eq!(screen.end(), 130);
    // Up twice goes round to the last line; Enter, in haste or not, keeps the draft, and so does Esc.
    let mut screen = Screen::start(&world, "");
    for keep in ["\r", "\u{1b}"] {
        screen.wait("Discard draft ");
        screen.wait("Enter to choose");
        screen.type_in("\u{1b}[A\u{1b}[A\r");
        screen.wait("for good? It has 2 answers.");
        screen.wait("Enter to choose");
        screen.type_in(keep);
    }
    screen.wait("Discard draft ");
    screen.wait("Enter to choose");
    assert_eq!(world.drafts(), [id]);
    screen.type_in("\u{1b}[B\r");
    screen.wait("for good?");
    screen.wait("Enter to choose");
    screen.type_in("\u{1b}[B\r");
    screen.wait(" is discarded.");
    screen.wait("Question 1 of");
    assert!(world.drafts().is_empty());
    screen.type_in("\u{3}");
    assert_eq!(screen.end(), 130);
}

#[test]
fn a_draft_that_is_older_than_the_clinic_keeps_things_goes_and_a_younger_one_stays() {
    let world = World::new();
    let id = leave_a_draft(&world);
    let drafts = world.path("state/preconsult/drafts");
    // Named after a day long ago, and damaged, so that its name is all there is to tell its age.
    std::fs::write(drafts.join("20200101-080000.journal"), "not a journal\n").expect("a file");
    std::fs::create_dir(world.path("work/preconsult")).expect("a folder");
    std::fs::write(world.path("work/preconsult/preconsult.toml"), "retention_days = 30\n").expect("settings");
    let mut screen = Screen::start(&world, "--plain");
    let shown = screen.wait("Type a number from 1 to 3.");
    assert!(shown.contains("20200101-080000") && shown.contains("older than the 30 days"), "{shown}");
    assert_eq!(world.drafts(), [id]);
    screen.type_in("\u{3}");
    screen.end();
}

#[test]
fn nobody_is_asked_who_has_said_already() {
    let world = World::new();
    leave_a_draft(&world);
    for (arguments, question) in [("--plain --new", "Question 1 of"), ("--plain --resume", "Question 3 of")] {
        let mut screen = Screen::start(&world, arguments);
        let shown = screen.wait(question);
        assert!(!shown.contains("not finished"), "{shown}");
        screen.type_in("\u{3}");
        assert_eq!(screen.end(), 130);
    }
    let piped = world.run("ask", &[]);
    assert!(piped.stderr.contains("Question 1 of") && !piped.stderr.contains("not finished"), "{piped:?}");
}

/// A signal from elsewhere must not leave the terminal in raw mode, where typed text does not show.
#[cfg(unix)]
#[test]
fn an_interrupt_from_outside_leaves_the_terminal_usable() {
    let world = World::new();
    leave_a_draft(&world);
    let mut screen = Screen::start(&world, "--resume");
    screen.wait("Up and down to move");
    let process = screen.child.process_id().expect("a process").to_string();
    let sent = std::process::Command::new("sh").args(["-c", &format!("kill -INT {process}")]).status();
    assert!(sent.expect("a shell").success());
    let shown = screen.wait("preconsult ask --resume");
    assert!(shown.contains("\u{1b}[?25h"), "the cursor shows again: {shown}");
    assert_eq!(screen.end(), 130);
}

/// What is in the way of a draft is told in the patient's words too.
#[test]
fn a_draft_that_somebody_else_has_taken_up_is_told_in_the_patients_words() {
    let world = World::new();
    let id = leave_a_draft(&world);
    let mut screen = Screen::start(&world, "--plain --lang es");
    screen.wait("Escriba un número del 1 al 3.");
    let mut other = Screen::start(&world, "--plain --resume");
    other.wait("Question 3 of");
    screen.type_in("1\r");
    screen.wait(&format!("el borrador {id} se está usando: su entrevista sigue en curso"));
    for screen in [other, screen] {
        let mut screen = screen;
        screen.type_in("\u{3}");
        screen.end();
    }
}

/// Only so many are offered; that there are more is told, and how to come to them.
#[test]
fn drafts_that_are_not_offered_are_told() {
    let world = World::new();
    for _ in 0..5 {
        leave_a_draft(&world);
    }
    let five = offered(&world, "en", "Type a number from 1 to 11.");
    assert!(five.contains("5 interviews were begun and not finished. What would"), "{five}");
    leave_a_draft(&world);
    let six = offered(&world, "en", "Type a number from 1 to 11.");
    let told = "6 interviews were begun and not finished. Here are the 5 begun last; `preconsult drafts list` shows 1 \
                more, and `preconsult ask --resume ID` goes on with one. What would you like to do?";
    assert!(six.contains(told), "{six}");
    leave_a_draft(&world);
    let seven = offered(&world, "es", "Escriba un número del 1 al 11.");
    let told = "Se empezaron 7 entrevistas y no se terminaron. Aquí están las 5 últimas; `preconsult drafts list` muestra \
                2 más, y `preconsult ask --resume ID` sigue con una. ¿Qué quiere hacer?";
    assert!(seven.contains(told), "{seven}");
}

/// What is asked at the start, in one line, up to this.
fn offered(world: &World, language: &str, end: &str) -> String {
    let mut screen = Screen::start(world, &format!("--plain --lang {language}"));
    let shown = screen.wait(end);
    screen.type_in("\u{3}");
    screen.end();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
