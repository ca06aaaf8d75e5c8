//! A terminal without a device, for prompts in the test process: it presses keys from a script.

use super::list::option_text;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use preconsult::ask::terminal::Console;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::num::NonZeroU16;
use std::rc::Rc;
use std::time::Duration;

/// Events, each with the pause before it.
pub(crate) type Script = VecDeque<(Duration, Event)>;

/// A terminal that presses keys from a list, on a clock that only waits move.
#[derive(Debug)]
pub(crate) struct ScriptedConsole(pub(crate) Rc<RefCell<Device>>);

/// What the terminal has read and shown.
pub(crate) struct Device {
    events: Script,
    now: Duration,
    /// The time of the last event.
    pressed: Duration,
    /// The events that prompts have read. Those that were discarded before a prompt do not count.
    pub(crate) log: Vec<Event>,
    is_prompting: bool,
    screen: vt100::Parser,
    size: (u16, u16),
    /// The first fault on the screen.
    pub(crate) fault: Option<String>,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}\n{}", self.log, self.screen.screen().contents())
    }
}

impl Device {
    pub(crate) fn new(events: Script, (columns, rows): (u16, u16)) -> Self {
        let at_least_one = |count| NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN);
        let screen = vt100::Parser::new(at_least_one(rows), at_least_one(columns), 0);
        let (now, pressed) = (Duration::ZERO, Duration::ZERO);
        let (log, is_prompting) = (Vec::new(), false);
        Self { events, now, pressed, log, is_prompting, screen, size: (columns, rows), fault: None }
    }

    /// Notes a highlighted option without the cursor on its row.
    fn check_cursor(&mut self) {
        let contents = self.screen.screen().contents();
        let row = contents.lines().collect::<Vec<_>>().iter().rposition(|line| option_text(line).is_some());
        let (cursor, _) = self.screen.screen().cursor_position();
        if row.is_some_and(|row| row != usize::from(cursor)) {
            self.fault.get_or_insert(format!("the cursor is in row {cursor} of\n{contents}"));
        }
    }
}

impl Console for ScriptedConsole {
    fn set_raw_mode(&mut self, _: bool) -> std::io::Result<()> {
        Ok(())
    }

    fn poll(&mut self, wait: Duration) -> std::io::Result<bool> {
        let mut device = self.0.borrow_mut();
        let until = device.now + wait;
        let next = device.events.front().map(|(pause, _)| device.pressed + *pause).filter(|next| *next <= until);
        device.now = next.unwrap_or(until).max(device.now);
        Ok(next.is_some())
    }

    fn read(&mut self) -> std::io::Result<Event> {
        let mut device = self.0.borrow_mut();
        let Some((pause, event)) = device.events.pop_front() else {
            // The end of the list.
            return Ok(key(KeyCode::Char('c'), KeyModifiers::CONTROL));
        };
        device.now = (device.pressed + pause).max(device.now);
        device.pressed = device.now;
        if device.is_prompting {
            device.log.push(event.clone());
        }
        Ok(event)
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let mut device = self.0.borrow_mut();
        // Bracketed paste is on while a prompt is shown.
        let contains = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        device.is_prompting = device.is_prompting && !contains(b"\x1b[?2004l") || contains(b"\x1b[?2004h");
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            device.screen.process(line);
            // Outside of raw mode, a line break returns to the first column.
            if line.ends_with(b"\n") && !line.ends_with(b"\r\n") {
                device.screen.process(b"\r");
            }
        }
        if bytes.ends_with(b"\x1b[?25h") && !device.events.is_empty() {
            device.check_cursor();
        }
        Ok(())
    }

    fn size(&self) -> (usize, usize) {
        let (columns, rows) = self.0.borrow().size;
        (columns.into(), rows.into())
    }

    fn now(&self) -> Duration {
        self.0.borrow().now
    }
}

pub(crate) fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

pub(crate) fn typed(text: &str) -> impl Iterator<Item = Event> {
    text.chars().map(|c| key(KeyCode::Char(c), KeyModifiers::NONE))
}
