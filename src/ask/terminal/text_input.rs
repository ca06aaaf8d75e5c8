//! A text to type, in as many rows as it takes. `inquire` has one, but types the letter of a key such as Ctrl-U, gives
//! nothing back of a text that is left, and does not see that the terminal has another size.

use super::frame::FrameContent;
use super::keyboard::QUIET_PERIOD;
use super::prompt::{DrawArea, Prompt, Widget};
use super::style::{paint, visible_range};
use super::text_layout::TextLayout;
use super::{PromptOutcome, sanitize};
use crate::ask::PromptError;
use crate::printable::with_plain_breaks;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use textwrap::core::display_width;
use tui_input::{Input, InputRequest};

/// A text that is typed, and where one is in it.
///
/// It is kept as it was typed, for the answer; what is shown of it is harmless.
pub(super) struct TextInput {
    input: Input,
    /// What keys have typed since: a paste may come so, and a long one would be copied with each of its letters.
    typed: String,
    /// Whether nothing of it is shown.
    is_secret: bool,
    /// The column that its first row begins in, and the columns of all.
    from: usize,
    width: usize,
}

impl TextInput {
    /// A field that holds this at first.
    pub(super) fn new(before: &str) -> Self {
        let (typed, is_secret) = (String::new(), false);
        Self { input: Input::new(with_plain_breaks(before)), typed, is_secret, from: 0, width: 1 }
    }

    /// An empty field for what nobody may see.
    #[cfg(any(feature = "desk", feature = "push"))]
    pub(super) fn password() -> Self {
        Self { is_secret: true, ..Self::new("") }
    }

    /// What is in it.
    pub(super) fn text(&self) -> &str {
        self.input.value()
    }

    /// Lets somebody type; `check` says what is wrong with a text.
    pub(super) fn prompt(
        &mut self,
        prompt: &Prompt<'_>,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<PromptOutcome<()>, PromptError> {
        let shown = |field: &Self| if field.is_secret { String::new() } else { sanitize(field.text()) };
        prompt.run(QUIET_PERIOD, self, |field| check(field.text()).map(|()| shown(field)))
    }

    fn layout(&self) -> TextLayout {
        let (text, cursor) = if self.is_secret { ("", 0) } else { (self.text(), self.input.cursor()) };
        TextLayout::new(text, cursor, self.from, self.width)
    }

    fn insert(&mut self, further: &str) {
        let (text, further) = (self.text(), with_plain_breaks(further));
        let at = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(at, _)| at);
        let whole = format!("{}{further}{}", &text[..at], &text[at..]);
        let cursor = self.input.cursor() + further.chars().count();
        self.input = std::mem::take(&mut self.input).with_value(whole);
        self.go_to(cursor);
    }

    fn go_to(&mut self, cursor: usize) {
        self.input.handle(InputRequest::SetCursor(cursor));
    }
}

impl Widget for TextInput {
    fn draw(&mut self, page: DrawArea<'_>) -> FrameContent {
        let DrawArea { look, head: mut rows, is_cut, help, room, width } = page;
        // It begins behind the question, or below what there is of it.
        let question = if is_cut { None } else { rows.pop() };
        let room = room + usize::from(question.is_some());
        let (question, gap) = question.map_or((String::new(), ""), |question| (question, " "));
        (self.from, self.width) = (display_width(&question) + gap.len(), width);
        let laid = self.layout();
        let (row, column) = laid.cursor();
        let shown = visible_range(row, &vec![1; laid.rows.len()], room);
        let cursor = (rows.len() + row - shown.start, column);
        for at in shown.clone() {
            rows.push(match at {
                0 => format!("{question}{gap}{}", paint(&laid.rows[0], look.text_input)),
                // Above the cursor's row there is one more, if there is room for two: for the question, and that this is not all.
                _ if at == shown.start && at < row => format!("{question}…"),
                _ => paint(&laid.rows[at], look.text_input),
            });
        }
        rows.extend(help);
        FrameContent { rows, cursor }
    }

    fn handle_key(&mut self, key: KeyEvent) {
        if let Some(request) = edit_command(key) {
            self.flush();
            self.input.handle(request);
            return;
        }
        let (ctrl, alt) = modifiers(key);
        match key.code {
            KeyCode::Up | KeyCode::Down => {
                self.flush();
                let laid = self.layout();
                self.go_to(if key.code == KeyCode::Up { laid.cursor_up() } else { laid.cursor_down() });
            }
            // Both at once are how AltGr comes on Windows; it types no such letter as comes with Ctrl and Alt elsewhere.
            KeyCode::Char(c) if ctrl == alt && !(ctrl && (c.is_ascii_alphanumeric() || c == ' ')) => {
                self.typed.push(c);
            }
            _ => {}
        }
    }

    fn paste(&mut self, pasted: &str) {
        self.flush();
        // A word that is copied together with the end of its line is that word.
        self.insert(if self.is_secret { pasted.lines().next().unwrap_or_default() } else { pasted });
    }

    fn flush(&mut self) {
        let typed = std::mem::take(&mut self.typed);
        if !typed.is_empty() {
            self.insert(&typed);
        }
    }

    fn on_invalid(&mut self) {
        // What nobody sees nobody can correct.
        if self.is_secret {
            self.input.reset();
        }
    }
}

/// Whether Ctrl is held down with it, and whether Alt is.
fn modifiers(key: KeyEvent) -> (bool, bool) {
    (key.modifiers.contains(KeyModifiers::CONTROL), key.modifiers.contains(KeyModifiers::ALT))
}

/// What a key means to whoever edits lines of a shell.
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
        // Brings back what one of these has taken away.
        (Char('y'), (true, false)) => To::Yank,
        _ => return None,
    })
}
