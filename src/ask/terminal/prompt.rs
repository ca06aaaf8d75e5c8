//! The parts that all prompts share: the question, the key help below it, and how a prompt is submitted or left.

use super::PromptOutcome;
use super::frame::{Frame, FrameContent};
use super::key_reader::KeyReader;
use super::keyboard::{
    FIRST_PROMPT_QUIET_PERIOD, REFRESH_INTERVAL, RESIZE_DEBOUNCE, is_ctrl_c, is_enter, wait_for_quiet,
};
use super::style::{line_width, paint, with_prefix, wrap_with_answer};
use crate::ask::PromptError;
use crate::wrap::wrapped;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind};
use inquire::ui::{RenderConfig, Styled};
use std::cell::RefCell;
use std::time::Duration;

/// Minimum number of rows for the answer, if the screen has room for them.
pub(super) const MIN_BODY_ROWS: usize = 6;

/// A prompt: a question with its key help.
pub(super) struct Prompt<'p> {
    pub(super) keys: &'p RefCell<KeyReader>,
    /// The texts above the prompt. They are printed again after a resize.
    pub(super) above: &'p [String],
    pub(super) question: &'p str,
    pub(super) help: &'p str,
    pub(super) config: RenderConfig<'p>,
    /// Whether Esc leaves the prompt.
    pub(super) can_leave: bool,
}

/// An input element of a prompt: a list or a text field.
pub(super) trait Widget {
    /// Draws the prompt with its input element, in the given area. The row that keys act on is always visible.
    ///
    /// The element may start in the last row of the head.
    fn draw(&mut self, draw_area: DrawArea<'_>) -> FrameContent;

    /// Handles a key press. `at` is the time since a fixed moment.
    ///
    /// # Errors
    /// Returns a message for the person if the key does nothing.
    fn handle_key(&mut self, key: KeyEvent, at: Duration) -> Result<(), String>;

    /// Handles pasted text.
    ///
    /// # Errors
    /// Returns a message for the person if the text goes nowhere.
    fn paste(&mut self, text: &str) -> Result<(), String>;

    /// Applies buffered input. Runs before the element is drawn or its answer is used.
    fn flush(&mut self) {}

    /// Returns whether the element can change without a key.
    fn is_live(&self) -> bool {
        false
    }

    /// Reads a live element again. Returns whether it has changed.
    fn refresh(&mut self) -> bool {
        false
    }

    /// Returns the question of a live element; `None` leaves the question of the prompt.
    fn question(&self) -> Option<&str> {
        None
    }
}

/// The area of a prompt on the screen, and the rows around the input element.
pub(super) struct DrawArea<'p> {
    pub(super) config: &'p RenderConfig<'p>,
    /// The rows of the error message and the question.
    pub(super) head: Vec<String>,
    /// Whether the question was cut to fit.
    pub(super) is_cut: bool,
    pub(super) help: Vec<String>,
    /// The number of rows for the input element.
    pub(super) room: usize,
    /// The width to wrap lines at, in columns.
    pub(super) width: usize,
}

impl Prompt<'_> {
    /// Shows the prompt once the keyboard has been quiet for `quiet`, and runs it until it is submitted or left.
    ///
    /// `answer` returns the text of the answer, or an error message if the answer is invalid.
    pub(super) fn run<W: Widget>(
        &self,
        quiet: Duration,
        widget: &mut W,
        mut answer: impl FnMut(&mut W) -> Result<String, String>,
    ) -> Result<PromptOutcome<()>, PromptError> {
        let mut keys = self.keys.borrow_mut();
        wait_for_quiet(&mut keys, quiet)?;
        let mut frame = Frame::begin(&mut keys)?;
        let mut error = None;
        let mut drawn_size = None;
        let mut is_stale = true;
        let mut wait = FIRST_PROMPT_QUIET_PERIOD;
        loop {
            // Buffered events come before the redraw: letters of a paste, or sizes of a window that is being dragged.
            if is_stale && (drawn_size.is_none() || !frame.keys.poll(wait)?) {
                let size = frame.keys.console.size();
                if drawn_size.replace(size).is_some_and(|previous| previous != size) {
                    frame.redraw_from_top(self.above)?;
                }
                widget.flush();
                let area = self.draw_area(size, self.question(widget), error.as_deref());
                frame.show(widget.draw(area))?;
                is_stale = false;
            }
            wait = FIRST_PROMPT_QUIET_PERIOD;
            if widget.is_live() && !frame.keys.poll(REFRESH_INTERVAL)? {
                is_stale |= widget.refresh();
                continue;
            }
            is_stale = true;
            let result = match frame.keys.read()? {
                Event::Key(key) if key.kind != KeyEventKind::Press => Ok(()),
                Event::Key(key) if is_ctrl_c(key) => {
                    frame.end(None)?;
                    return Err(PromptError::Interrupted);
                }
                Event::Key(key) if key.code == KeyCode::Esc && self.can_leave => {
                    widget.flush();
                    let (prefix, went_back) = (self.config.prompt_prefix, self.config.canceled_prompt_indicator);
                    let columns = frame.keys.console.size().0;
                    let rows = self.finished_rows(self.question(widget), prefix, went_back, columns);
                    frame.end(Some(rows))?;
                    return Ok(PromptOutcome::Back);
                }
                Event::Key(key) if is_enter(key) => {
                    widget.flush();
                    match answer(widget) {
                        Ok(answer) => {
                            let answer = Styled::new(answer.as_str()).with_style_sheet(self.config.answer);
                            let prefix = self.config.answered_prompt_prefix;
                            let columns = frame.keys.console.size().0;
                            let rows = self.finished_rows(self.question(widget), prefix, answer, columns);
                            frame.end(Some(rows))?;
                            return Ok(PromptOutcome::Submitted(()));
                        }
                        Err(message) => Err(message),
                    }
                }
                Event::Key(key) => widget.handle_key(key, frame.keys.console.now()),
                Event::Paste(text) => widget.paste(&text),
                Event::Resize(..) => {
                    // A resize moves rows unpredictably, even if the final size is the same.
                    drawn_size = Some((0, 0));
                    wait = RESIZE_DEBOUNCE;
                    Ok(())
                }
                _ => Ok(()),
            };
            // A message stays while the person does what it says, until the next one.
            error = result.err().or(error);
        }
    }

    /// Returns the question in its present wording.
    fn question<'q>(&'q self, widget: &'q impl Widget) -> &'q str {
        widget.question().unwrap_or(self.question)
    }

    fn draw_area(&self, (columns, height): (usize, usize), question: &str, error: Option<&str>) -> DrawArea<'_> {
        let width = line_width(columns);
        // On a low screen, the message comes before the question, and leaves one row for the answer.
        let mut head = error.map_or_else(Vec::new, |error| self.error_rows(error, width, height.saturating_sub(1)));
        let min_rows = MIN_BODY_ROWS.min(height.div_ceil(3));
        let room_for_question = height.saturating_sub(min_rows + head.len());
        // The question wraps as in its finished form, with room for the answer after it.
        let question = wrapped(question, width - 1, 2);
        let mut question =
            with_prefix(self.config.prompt_prefix, question.iter().map(|line| paint(line, self.config.prompt)));
        let is_cut = question.len() > room_for_question;
        question.truncate(room_for_question);
        head.extend(question);
        let help = Some(self.help).filter(|help| !help.is_empty()).map(|help| format!("[{help}]"));
        let help = help.iter().flat_map(|help| wrapped(help, width, 0));
        let mut help: Vec<String> = help.map(|line| paint(&line, self.config.help_message)).collect();
        if is_cut || head.len() + min_rows + help.len() > height {
            help.clear();
        }
        let room = height.saturating_sub(head.len() + help.len());
        let above: usize = self.above.iter().map(|text| wrapped(text, width, 0).len()).sum();
        let room = room.saturating_sub(above).max(room.min(MIN_BODY_ROWS)).max(1);
        DrawArea { config: &self.config, head, is_cut, help, room, width }
    }

    /// Returns the rows of an error message, cut to `room` rows.
    fn error_rows(&self, error: &str, width: usize, room: usize) -> Vec<String> {
        let style = self.config.error_message;
        let lines = cut(wrapped(error, width, 2), room);
        with_prefix(style.prefix, lines.iter().map(|line| paint(line, style.message)))
    }

    /// Returns the rows that stay on the screen: the question and its answer.
    fn finished_rows(&self, question: &str, prefix: Styled<&str>, answer: Styled<&str>, columns: usize) -> Vec<String> {
        let lines = wrap_with_answer(question, answer.content, line_width(columns));
        let painted = lines.iter().map(|(question, answer_part)| {
            format!("{}{}", paint(question, self.config.prompt), paint(answer_part, answer.style))
        });
        with_prefix(prefix, painted)
    }
}

/// Cuts a text to `room` rows, with an ellipsis in place of the last word.
pub(super) fn cut(mut lines: Vec<String>, room: usize) -> Vec<String> {
    if lines.len() > room {
        lines.truncate(room);
        if let Some(last) = lines.last_mut() {
            last.truncate(last.trim_end_matches(|c: char| !c.is_whitespace()).len());
            last.push('…');
        }
    }
    lines
}
