//! What every prompt has, whatever it is answered in: a question, the keys below it, and how it is left.

use super::PromptOutcome;
use super::frame::{Frame, FrameContent};
use super::keyboard::{FIRST_PROMPT_QUIET_PERIOD, RESIZE_DEBOUNCE, is_ctrl_c, is_enter, wait_for_quiet};
use super::style::{line_width, paint, size, with_prefix, wrap_with_answer};
use crate::ask::PromptError;
use crate::wrap::wrapped;
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind};
use inquire::ui::{RenderConfig, Styled};
use std::time::Duration;

/// An answer has at least so many rows where the screen is large enough for them.
pub(super) const MIN_BODY_ROWS: usize = 6;

/// A question that is about to be put.
pub(super) struct Prompt<'p> {
    /// What stands on the screen above it and should stay there.
    pub(super) above: &'p [String],
    pub(super) question: &'p str,
    pub(super) help: &'p str,
    pub(super) look: RenderConfig<'p>,
    /// Whether Esc leaves it.
    pub(super) can_leave: bool,
}

/// What a question is answered in.
pub(super) trait Widget {
    /// What is on the page with it: the row that keys act on always is. It may begin in the last row of the head.
    fn draw(&mut self, page: DrawArea<'_>) -> FrameContent;

    /// Does what a key says.
    fn handle_key(&mut self, key: KeyEvent);

    /// Takes in what is pasted.
    fn paste(&mut self, _pasted: &str) {}

    /// Takes in what keys have brought one by one, before anybody looks at it.
    fn flush(&mut self) {}

    /// Something is wrong with the answer in it.
    fn on_invalid(&mut self) {}
}

/// What is on the screen with an answer, as far as there is room for it.
pub(super) struct DrawArea<'p> {
    pub(super) look: &'p RenderConfig<'p>,
    /// What is wrong, and the question.
    pub(super) head: Vec<String>,
    /// Whether there is more of the head than this.
    pub(super) is_cut: bool,
    pub(super) help: Vec<String>,
    /// The rows that are left for the answer.
    pub(super) room: usize,
    /// The columns that lines break at.
    pub(super) width: usize,
}

impl Prompt<'_> {
    /// Puts the question when the keyboard has been quiet for so long. `answer` gives an answer in words, or what is wrong
    /// with it.
    pub(super) fn run<B: Widget>(
        &self,
        quiet: Duration,
        body: &mut B,
        answer: impl Fn(&B) -> Result<String, String>,
    ) -> Result<PromptOutcome<()>, PromptError> {
        wait_for_quiet(quiet)?;
        let mut frame = Frame::begin()?;
        let mut wrong = None;
        let mut drawn_on = None;
        let mut wait = FIRST_PROMPT_QUIET_PERIOD;
        loop {
            // What has come already is taken in first: letters of a paste, or sizes of a window that is dragged.
            if drawn_on.is_none() || !event::poll(wait)? {
                let size = size();
                if drawn_on.replace(size).is_some_and(|before| before != size) {
                    frame.redraw_from_top(self.above)?;
                }
                body.flush();
                frame.show(body.draw(self.page(size, wrong.as_deref())))?;
            }
            wait = FIRST_PROMPT_QUIET_PERIOD;
            match event::read()? {
                Event::Key(key) if key.kind != KeyEventKind::Press => {}
                Event::Key(key) if is_ctrl_c(key) => {
                    frame.end(None)?;
                    return Err(PromptError::Interrupted);
                }
                Event::Key(key) if key.code == KeyCode::Esc && self.can_leave => {
                    body.flush();
                    frame
                        .end(Some(self.finished_rows(self.look.prompt_prefix, self.look.canceled_prompt_indicator)))?;
                    return Ok(PromptOutcome::Back);
                }
                Event::Key(key) if is_enter(key) => {
                    body.flush();
                    match answer(body) {
                        Ok(answer) => {
                            let answer = Styled::new(answer.as_str()).with_style_sheet(self.look.answer);
                            frame.end(Some(self.finished_rows(self.look.answered_prompt_prefix, answer)))?;
                            return Ok(PromptOutcome::Submitted(()));
                        }
                        Err(why) => {
                            wrong = Some(why);
                            body.on_invalid();
                        }
                    }
                }
                Event::Key(key) => body.handle_key(key),
                Event::Paste(pasted) => body.paste(&pasted),
                Event::Resize(..) => {
                    // Where the terminal has put the rows is not known, be it of the same size again.
                    drawn_on = Some((0, 0));
                    wait = RESIZE_DEBOUNCE;
                }
                _ => {}
            }
        }
    }

    fn page(&self, (columns, height): (usize, usize), wrong: Option<&str>) -> DrawArea<'_> {
        let width = line_width(columns);
        let error = self.look.error_message;
        let mut head = wrong.map_or_else(Vec::new, |wrong| {
            with_prefix(error.prefix, wrapped(wrong, width, 2).iter().map(|line| paint(line, error.message)))
        });
        // As it stays once it is answered: with room for what comes behind it.
        let question = wrapped(self.question, width - 1, 2);
        head.extend(with_prefix(self.look.prompt_prefix, question.iter().map(|line| paint(line, self.look.prompt))));
        let help = Some(self.help).filter(|help| !help.is_empty()).map(|help| format!("[{help}]"));
        let help = help.iter().flat_map(|help| wrapped(help, width, 0));
        let mut help: Vec<String> = help.map(|line| paint(&line, self.look.help_message)).collect();
        let least = MIN_BODY_ROWS.min(height.div_ceil(3));
        if head.len() + least + help.len() > height {
            help.clear();
        }
        let is_cut = head.len() + least > height;
        head.truncate(height.saturating_sub(least));
        let room = height.saturating_sub(head.len() + help.len());
        let above: usize = self.above.iter().map(|text| wrapped(text, width, 0).len()).sum();
        let room = room.saturating_sub(above).max(room.min(MIN_BODY_ROWS)).max(1);
        DrawArea { look: &self.look, head, is_cut, help, room, width }
    }

    /// What stays of it on the screen.
    fn finished_rows(&self, mark: Styled<&str>, behind: Styled<&str>) -> Vec<String> {
        let lines = wrap_with_answer(self.question, behind.content);
        let painted = lines
            .iter()
            .map(|(question, rest)| format!("{}{}", paint(question, self.look.prompt), paint(rest, behind.style)));
        with_prefix(mark, painted)
    }
}
