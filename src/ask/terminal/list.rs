//! A list to choose from. `inquire` has lists, but counts their entries where the rows matter, does not see that the
//! terminal has another size, and tells nothing of a list that is left.

use super::Left;
use super::frame::Frame;
use super::keyboard::{is_ctrl_c, wait_for_quiet};
use super::look::{painted, question_and, readable, size};
use crate::ask::Stop;
use crate::wrap::wrapped;
use crossterm::event::{self, Event, KeyCode, KeyEventKind};
use inquire::ui::{RenderConfig, Styled};
use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

/// A list has at least so many rows where the screen is large enough for them.
const FEW: usize = 6;

/// A list, and where one is in it.
pub(super) struct List<'l> {
    /// What stands on the screen above it and should stay there.
    pub(super) above: &'l [String],
    pub(super) question: &'l str,
    pub(super) entries: &'l [String],
    pub(super) help: &'l str,
    pub(super) look: RenderConfig<'l>,
    /// Whether Esc leaves it.
    pub(super) can_leave: bool,
    /// The entry that the cursor is on.
    pub(super) at: usize,
    /// Those that are ticked, where several can be.
    pub(super) ticks: Option<BTreeSet<usize>>,
}

impl List<'_> {
    /// What is chosen as it stands.
    pub(super) fn chosen(&self) -> BTreeSet<usize> {
        self.ticks.clone().unwrap_or_else(|| BTreeSet::from([self.at]))
    }

    /// Lets somebody choose when the keyboard has been quiet for so long; `check` says what is wrong with a choice.
    pub(super) fn choose(
        &mut self,
        quiet: Duration,
        check: impl Fn(&BTreeSet<usize>) -> Result<(), String>,
    ) -> Result<Left<()>, Stop> {
        wait_for_quiet(quiet)?;
        let mut frame = Frame::begin()?;
        let mut wrong = None;
        let mut drawn_on = None;
        loop {
            let size = size();
            if drawn_on.replace(size).is_some_and(|before| before != size) {
                frame.begin_again(self.above)?;
            }
            frame.show(self.rows(size, wrong.as_deref()))?;
            let key = match event::read()? {
                Event::Key(key) if key.kind == KeyEventKind::Press => key,
                Event::Resize(..) => {
                    frame.begin_again(self.above)?;
                    continue;
                }
                _ => continue,
            };
            match key.code {
                _ if is_ctrl_c(key) => {
                    frame.end(None)?;
                    return Err(Stop::Interrupted);
                }
                KeyCode::Esc if self.can_leave => {
                    frame.end(Some(self.left(self.look.prompt_prefix, self.look.canceled_prompt_indicator)))?;
                    return Ok(Left::Back);
                }
                KeyCode::Enter => {
                    let chosen = self.chosen();
                    wrong = check(&chosen).err();
                    if wrong.is_none() {
                        // Side by side, as at the review: there are commas within them.
                        let answer = chosen.iter().map(|at| self.entries[*at].as_str()).collect::<Vec<_>>().join("; ");
                        let answer = Styled::new(answer.as_str()).with_style_sheet(self.look.answer);
                        frame.end(Some(self.left(self.look.answered_prompt_prefix, answer)))?;
                        return Ok(Left::With(()));
                    }
                }
                code => self.press(code),
            }
        }
    }

    fn press(&mut self, code: KeyCode) {
        let last = self.entries.len() - 1;
        match code {
            KeyCode::Up => self.at = self.at.checked_sub(1).unwrap_or(last),
            KeyCode::Down => self.at = if self.at == last { 0 } else { self.at + 1 },
            KeyCode::PageUp => self.at = self.at.saturating_sub(FEW),
            KeyCode::PageDown => self.at = last.min(self.at + FEW),
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.at = last,
            KeyCode::Char(' ') => {
                if let Some(ticks) = &mut self.ticks
                    && !ticks.remove(&self.at)
                {
                    ticks.insert(self.at);
                }
            }
            _ => {}
        }
    }

    /// What is on the screen: the line that Enter acts on always is.
    fn rows(&self, (columns, height): (usize, usize), wrong: Option<&str>) -> Vec<String> {
        let width = readable(columns);
        let error = self.look.error_message;
        let mut head = wrong.map_or_else(Vec::new, |wrong| {
            marked(error.prefix, wrapped(wrong, width, 2).iter().map(|line| painted(line, error.message)))
        });
        let question = wrapped(self.question, width, 2);
        head.extend(marked(self.look.prompt_prefix, question.iter().map(|line| painted(line, self.look.prompt))));
        let help = wrapped(&format!("[{}]", self.help), width, 0).into_iter();
        let mut help: Vec<String> = help.map(|line| painted(&line, self.look.help_message)).collect();
        let least = FEW.min(height.div_ceil(3));
        if head.len() + least + help.len() > height {
            help.clear();
        }
        head.truncate(height.saturating_sub(least));
        let room = height.saturating_sub(head.len() + help.len());
        let above: usize = self.above.iter().map(|text| wrapped(text, width, 0).len()).sum();
        let room = room.saturating_sub(above).max(room.min(FEW)).max(1);

        let entries: Vec<Vec<String>> = self.entries.iter().map(|text| self.wrapped_entry(text, width, room)).collect();
        let shown = around(self.at, &entries.iter().map(Vec::len).collect::<Vec<_>>(), room);
        for at in shown.clone() {
            head.extend(self.entry(at, &shown, &entries[at]));
        }
        head.extend(help);
        head
    }

    fn wrapped_entry(&self, text: &str, width: usize, room: usize) -> Vec<String> {
        let mut lines = wrapped(text, width, self.indent());
        if lines.len() > room {
            lines.truncate(room);
            if let Some(last) = lines.last_mut() {
                last.truncate(last.trim_end_matches(|c: char| !c.is_whitespace()).len());
                last.push('…');
            }
        }
        lines
    }

    fn entry(&self, at: usize, shown: &Range<usize>, lines: &[String]) -> Vec<String> {
        let look = &self.look;
        let here = at == self.at;
        let mark = match at {
            _ if here => look.highlighted_option_prefix,
            _ if at == shown.start && at > 0 => look.scroll_up_prefix,
            _ if at + 1 == shown.end && shown.end < self.entries.len() => look.scroll_down_prefix,
            _ => look.unhighlighted_option_prefix,
        };
        let style = if here { look.selected_option.unwrap_or(look.option) } else { look.option };
        // Without boxes before them, entries would begin where their further lines do.
        let hangs = std::iter::once("").chain(std::iter::repeat("  "));
        let mut rows = marked(mark, hangs.zip(lines).map(|(hang, line)| format!("{hang}{}", painted(line, style))));
        if let Some(ticks) = &self.ticks {
            let tick = if ticks.contains(&at) { look.selected_checkbox } else { look.unselected_checkbox };
            let tick = painted(tick.content, if here { style } else { tick.style });
            let boxes = std::iter::once(tick).chain(std::iter::repeat("   ".to_owned()));
            let texts = lines.iter().map(|line| painted(line, style));
            rows = marked(mark, boxes.zip(texts).map(|(tick, text)| format!("{tick} {text}")));
        }
        rows
    }

    fn indent(&self) -> usize {
        if self.ticks.is_some() { 6 } else { 4 }
    }

    /// What stays of it on the screen.
    fn left(&self, mark: Styled<&str>, behind: Styled<&str>) -> Vec<String> {
        let lines = question_and(self.question, behind.content);
        marked(
            mark,
            lines.iter().map(|(question, rest)| {
                format!("{}{}", painted(question, self.look.prompt), painted(rest, behind.style))
            }),
        )
    }
}

/// Lines with a mark before the first.
fn marked(mark: Styled<&str>, lines: impl Iterator<Item = String>) -> Vec<String> {
    let marks = std::iter::once(painted(mark.content, mark.style)).chain(std::iter::repeat(" ".to_owned()));
    marks.zip(lines).map(|(mark, line)| format!("{mark} {line}")).collect()
}

/// The entries around this one that have room together, as many as can be.
fn around(at: usize, heights: &[usize], room: usize) -> Range<usize> {
    let mut shown = at..at + 1;
    let mut left = room.saturating_sub(heights[at]);
    loop {
        let before = shown.clone();
        if let Some(up) = shown.start.checked_sub(1).filter(|up| heights[*up] <= left) {
            left -= heights[up];
            shown.start = up;
        }
        if let Some(height) = heights.get(shown.end).filter(|height| **height <= left) {
            left -= height;
            shown.end += 1;
        }
        if shown == before {
            return shown;
        }
    }
}
