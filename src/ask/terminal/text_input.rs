//! Text prompt with as many rows as the text needs.
//!
//! `inquire` has a text prompt, but it types the letter of a key such as Ctrl-U, loses the text when the prompt is
//! left, and ignores a resize.

use super::frame::FrameContent;
use super::keyboard::QUIET_PERIOD;
use super::prompt::{DrawArea, Prompt, Widget};
use super::style::{paint, visible_range};
use super::text_layout::TextLayout;
use super::{PromptOutcome, TextCheck, sanitize};
use crate::ask::PromptError;
use crate::printable::with_plain_breaks;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::time::Duration;
use textwrap::core::display_width;
use tui_input::{Input, InputRequest};

/// A text field and its cursor.
///
/// The text is stored as it was typed, for the answer. It is cleaned only for display.
pub(super) struct TextInput {
    input: Input,
    /// Typed characters that are not inserted yet. A paste may arrive as keys, and inserting each one copies the whole
    /// text.
    typed: String,
    /// Whether the text is hidden, as a password is.
    is_hidden: bool,
    /// The column where the first row starts.
    first_column: usize,
    /// The width of the rows, in columns.
    width: usize,
}

impl TextInput {
    /// Creates a field with an initial text.
    pub(super) fn new(initial: &str) -> Self {
        let (typed, is_hidden) = (String::new(), false);
        Self { input: Input::new(with_plain_breaks(initial)), typed, is_hidden, first_column: 0, width: 1 }
    }

    /// Creates an empty field that hides its text.
    #[cfg(any(feature = "desk", feature = "push"))]
    pub(super) fn password() -> Self {
        Self { is_hidden: true, ..Self::new("") }
    }

    /// Returns the text.
    pub(super) fn text(&self) -> &str {
        self.input.value()
    }

    /// Runs the prompt. `check` validates the text.
    pub(super) fn prompt(
        &mut self,
        prompt: &Prompt<'_>,
        check: &TextCheck<'_>,
    ) -> Result<PromptOutcome<()>, PromptError> {
        prompt.run(QUIET_PERIOD, self, |input| match check(input.text()) {
            Ok(_) if input.is_hidden => Ok(String::new()),
            Ok(shown) => Ok(shown.unwrap_or_else(|| sanitize(input.text()))),
            Err(message) => {
                // A hidden text cannot be corrected.
                if input.is_hidden {
                    input.input.reset();
                }
                Err(message)
            }
        })
    }

    fn layout(&self) -> TextLayout {
        let (text, cursor) = if self.is_hidden { ("", 0) } else { (self.text(), self.input.cursor()) };
        TextLayout::new(text, cursor, self.first_column, self.width)
    }

    fn insert(&mut self, inserted: &str) {
        let (text, inserted) = (self.text(), with_plain_breaks(inserted));
        let index = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(index, _)| index);
        let text = format!("{}{inserted}{}", &text[..index], &text[index..]);
        let cursor = self.input.cursor() + inserted.chars().count();
        self.input = std::mem::take(&mut self.input).with_value(text);
        self.go_to(cursor);
    }

    fn go_to(&mut self, cursor: usize) {
        self.input.handle(InputRequest::SetCursor(cursor));
    }
}

impl Widget for TextInput {
    fn draw(&mut self, area: DrawArea<'_>) -> FrameContent {
        let DrawArea { config, head: mut rows, is_cut, help, room, width } = area;
        // The text starts after the question, or below it if the question was cut.
        let question = if is_cut { None } else { rows.pop() };
        let room = room + usize::from(question.is_some());
        let (question, gap) = question.map_or((String::new(), ""), |question| (question, " "));
        (self.first_column, self.width) = (display_width(&question) + gap.len(), width);
        let layout = self.layout();
        let (row, column) = layout.cursor();
        let visible = visible_range(row, &vec![1; layout.rows.len()], room);
        let cursor = (rows.len() + row - visible.start, column);
        for index in visible.clone() {
            rows.push(match index {
                0 => format!("{question}{gap}{}", paint(&layout.rows[0], config.text_input)),
                // The first visible row above the cursor shows the question, and an ellipsis for the hidden rows.
                _ if index == visible.start && index < row => format!("{question}…"),
                _ => paint(&layout.rows[index], config.text_input),
            });
        }
        rows.extend(help);
        FrameContent { rows, cursor }
    }

    fn handle_key(&mut self, key: KeyEvent, _: Duration) -> Result<(), String> {
        if let Some(request) = edit_command(key) {
            self.flush();
            self.input.handle(request);
            return Ok(());
        }
        let (ctrl, alt) = modifiers(key);
        match key.code {
            KeyCode::Up | KeyCode::Down => {
                self.flush();
                let layout = self.layout();
                self.go_to(if key.code == KeyCode::Up { layout.cursor_up() } else { layout.cursor_down() });
            }
            // Windows reports AltGr as Ctrl+Alt. AltGr never types an ASCII letter or digit, unlike Ctrl+Alt elsewhere.
            KeyCode::Char(c) if ctrl == alt && !(ctrl && (c.is_ascii_alphanumeric() || c == ' ')) => {
                self.typed.push(c);
            }
            _ => {}
        }
        Ok(())
    }

    fn paste(&mut self, text: &str) -> Result<(), String> {
        self.flush();
        // A password may be copied together with its line end.
        self.insert(if self.is_hidden { text.lines().next().unwrap_or_default() } else { text });
        Ok(())
    }

    fn flush(&mut self) {
        let typed = std::mem::take(&mut self.typed);
        if !typed.is_empty() {
            self.insert(&typed);
        }
    }
}

/// Returns whether Ctrl and Alt are held down.
fn modifiers(key: KeyEvent) -> (bool, bool) {
    (key.modifiers.contains(KeyModifiers::CONTROL), key.modifiers.contains(KeyModifiers::ALT))
}

/// Maps a key to an editing command, with the key bindings of a shell.
fn edit_command(key: KeyEvent) -> Option<InputRequest> {
    use InputRequest as To;
    use KeyCode::{Backspace, Char, Delete, End, Home, Left, Right};
    let code = if let Char(c) = key.code { Char(c.to_ascii_lowercase()) } else { key.code };
    Some(match (code, modifiers(key)) {
        (Home, _) | (Char('a'), (true, false)) => To::GoToStart,
        (End, _) | (Char('e'), (true, false)) => To::GoToEnd,
        (Left, (false, false)) | (Char('b'), (true, false)) => To::GoToPrevChar,
        (Right, (false, false)) | (Char('f'), (true, false)) => To::GoToNextChar,
        (Left, _) | (Char('b'), (false, true)) => To::GoToPrevWord,
        (Right, _) | (Char('f'), (false, true)) => To::GoToNextWord,
        (Backspace, (false, false)) | (Char('h'), (true, false)) => To::DeletePrevChar,
        (Delete, (false, false)) | (Char('d'), (true, false)) => To::DeleteNextChar,
        (Backspace, _) | (Char('w'), (true, false)) => To::DeletePrevWord,
        (Delete, _) | (Char('d'), (false, true)) => To::DeleteNextWord,
        (Char('u'), (true, false)) => To::DeleteFromStart,
        (Char('k'), (true, false)) => To::DeleteTillEnd,
        // Inserts the text that one of the delete commands removed.
        (Char('y'), (true, false)) => To::Yank,
        _ => return None,
    })
}
