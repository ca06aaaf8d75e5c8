//! Reads events, and joins a key sequence that arrives in two reads.
//!
//! A terminal sends most keys as Esc and more characters. crossterm reports an Esc at the end of a read as the Esc key, and
//! the rest as typed characters. On a slow line, an arrow key would leave the prompt and type two letters.

use super::console::{Console, SystemConsole};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::collections::VecDeque;
use std::io::Result;
use std::time::Duration;

/// Wait after Esc for the rest of a key sequence: longer than the delays of a slow line, and shorter than the time in
/// which a person presses Esc and then another key.
const SEQUENCE_WAIT: Duration = Duration::from_millis(200);

/// Reader of a terminal's events.
#[derive(Debug)]
pub(crate) struct KeyReader {
    pub(super) console: Box<dyn Console>,
    /// Events that were read ahead.
    ahead: VecDeque<Event>,
}

impl KeyReader {
    pub(super) fn new(console: Box<dyn Console>) -> Self {
        Self { console, ahead: VecDeque::new() }
    }

    /// Creates a reader of the process's own terminal.
    pub(crate) fn system() -> Self {
        Self::new(Box::new(SystemConsole::new()))
    }

    /// Waits for an event, at most for `wait`. Returns whether there is one.
    pub(super) fn poll(&mut self, wait: Duration) -> Result<bool> {
        Ok(!self.ahead.is_empty() || self.console.poll(wait)?)
    }

    /// Returns the next event. An unknown key sequence is returned as [`KeyCode::Null`].
    pub(super) fn read(&mut self) -> Result<Event> {
        let event = self.next()?;
        if !matches!(event, Event::Key(KeyEvent { code: KeyCode::Esc, kind: KeyEventKind::Press, .. })) {
            return Ok(event);
        }
        Ok(match self.next_char()? {
            None => event,
            Some('[') => match self.read_parameters()?.as_deref() {
                None => alt('['),
                Some("200~") => Event::Paste(self.read_paste()?),
                Some(parameters) => csi_key(parameters),
            },
            Some('O') => self.next_char()?.map_or_else(|| alt('O'), |last| key(letter_key(last), KeyModifiers::NONE)),
            Some(c) => alt(c),
        })
    }

    fn next(&mut self) -> Result<Event> {
        self.ahead.pop_front().map_or_else(|| self.console.read(), Ok)
    }

    /// Returns the next character, if one arrives within the time for the rest of a sequence.
    fn next_char(&mut self) -> Result<Option<char>> {
        if !self.poll(SEQUENCE_WAIT)? {
            return Ok(None);
        }
        match self.next()? {
            Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, kind: KeyEventKind::Press, .. })
                if !modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
            {
                Ok(Some(c))
            }
            other => {
                self.ahead.push_front(other);
                Ok(None)
            }
        }
    }

    /// Reads the rest of a sequence after `Esc [`, up to its final letter or `~`. `None` if nothing follows.
    fn read_parameters(&mut self) -> Result<Option<String>> {
        let mut text = String::new();
        while let Some(c) = self.next_char()? {
            text.push(c);
            if matches!(c, '\\'..='~' | '@'..='Z') {
                break;
            }
        }
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// Reads a paste whose beginning was split, until the keys pause. crossterm does not report the end of such a paste.
    fn read_paste(&mut self) -> Result<String> {
        let mut text = String::new();
        while self.poll(SEQUENCE_WAIT)? {
            match self.next()? {
                Event::Key(KeyEvent { code: KeyCode::Enter, .. }) => text.push('\n'),
                Event::Key(KeyEvent { code: KeyCode::Char('j'), modifiers: KeyModifiers::CONTROL, .. }) => {
                    text.push('\n');
                }
                Event::Key(KeyEvent { code: KeyCode::Tab, .. }) => text.push('\t'),
                Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, .. })
                    if !modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
                {
                    text.push(c);
                }
                other => {
                    self.ahead.push_front(other);
                    break;
                }
            }
        }
        Ok(text)
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn alt(c: char) -> Event {
    key(KeyCode::Char(c), KeyModifiers::ALT)
}

/// Returns the key of a sequence after `Esc [`, such as `B`, `1;5D` or `3~`.
fn csi_key(sequence: &str) -> Event {
    let (parameters, last) = match sequence.char_indices().next_back() {
        Some((index, last)) => (&sequence[..index], last),
        None => ("", ' '),
    };
    let mut numbers = parameters.split(';').map(|number| number.parse::<u8>().unwrap_or_default());
    let first = numbers.next().unwrap_or_default();
    let mask = numbers.next().unwrap_or_default().saturating_sub(1);
    let held = |bit, modifier| if mask & bit == 0 { KeyModifiers::NONE } else { modifier };
    let modifiers = held(1, KeyModifiers::SHIFT) | held(2, KeyModifiers::ALT) | held(4, KeyModifiers::CONTROL);
    let code = match (last, first) {
        ('~', 1 | 7) => KeyCode::Home,
        ('~', 2) => KeyCode::Insert,
        ('~', 3) => KeyCode::Delete,
        ('~', 4 | 8) => KeyCode::End,
        ('~', 5) => KeyCode::PageUp,
        ('~', 6) => KeyCode::PageDown,
        ('~', _) => KeyCode::Null,
        _ => letter_key(last),
    };
    key(code, modifiers)
}

/// Returns the key of a sequence that ends in this letter.
fn letter_key(letter: char) -> KeyCode {
    match letter {
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'F' => KeyCode::End,
        'H' => KeyCode::Home,
        'Z' => KeyCode::BackTab,
        _ => KeyCode::Null,
    }
}
