//! A list to choose from. `inquire` has lists, but counts their entries where the rows matter, does not see that the
//! terminal has another size, and tells nothing of a list that is left.

use super::PromptOutcome;
use super::frame::FrameContent;
use super::prompt::{DrawArea, MIN_BODY_ROWS, Prompt, Widget};
use super::style::{paint, visible_range, with_prefix};
use crate::ask::PromptError;
use crate::wrap::wrapped;
use crossterm::event::{KeyCode, KeyEvent};
use inquire::ui::RenderConfig;
use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

/// A list, and where one is in it.
pub(super) struct Select<'l> {
    pub(super) entries: &'l [String],
    /// The entry that the cursor is on.
    pub(super) at: usize,
    /// Those that are ticked, where several can be.
    pub(super) ticks: Option<BTreeSet<usize>>,
}

impl<'l> Select<'l> {
    /// A list with the cursor on its first line.
    pub(super) fn new(entries: &'l [String]) -> Self {
        Self { entries, at: 0, ticks: None }
    }

    /// What is chosen as it stands.
    pub(super) fn chosen(&self) -> BTreeSet<usize> {
        self.ticks.clone().unwrap_or_else(|| BTreeSet::from([self.at]))
    }

    /// Lets somebody choose when the keyboard has been quiet for so long; `check` says what is wrong with a choice.
    pub(super) fn choose(
        &mut self,
        prompt: &Prompt<'_>,
        quiet: Duration,
        check: impl Fn(&BTreeSet<usize>) -> Result<(), String>,
    ) -> Result<PromptOutcome<()>, PromptError> {
        prompt.run(quiet, self, |list| {
            let chosen = list.chosen();
            check(&chosen)?;
            // Side by side, as at the review: there are commas within them.
            Ok(chosen.iter().map(|at| list.entries[*at].as_str()).collect::<Vec<_>>().join("; "))
        })
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

    fn entry(&self, look: &RenderConfig<'_>, at: usize, shown: &Range<usize>, lines: &[String]) -> Vec<String> {
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
        let mut rows = with_prefix(mark, hangs.zip(lines).map(|(hang, line)| format!("{hang}{}", paint(line, style))));
        if let Some(ticks) = &self.ticks {
            let tick = if ticks.contains(&at) { look.selected_checkbox } else { look.unselected_checkbox };
            let tick = paint(tick.content, if here { style } else { tick.style });
            let boxes = std::iter::once(tick).chain(std::iter::repeat("   ".to_owned()));
            let texts = lines.iter().map(|line| paint(line, style));
            rows = with_prefix(mark, boxes.zip(texts).map(|(tick, text)| format!("{tick} {text}")));
        }
        rows
    }

    fn indent(&self) -> usize {
        if self.ticks.is_some() { 6 } else { 4 }
    }
}

impl Widget for Select<'_> {
    fn draw(&mut self, page: DrawArea<'_>) -> FrameContent {
        let DrawArea { look, mut head, help, room, width, .. } = page;
        let entries: Vec<Vec<String>> = self.entries.iter().map(|text| self.wrapped_entry(text, width, room)).collect();
        let shown = visible_range(self.at, &entries.iter().map(Vec::len).collect::<Vec<_>>(), room);
        for at in shown.clone() {
            head.extend(self.entry(look, at, &shown, &entries[at]));
        }
        head.extend(help);
        FrameContent::of(head)
    }

    fn handle_key(&mut self, key: KeyEvent) {
        let last = self.entries.len() - 1;
        match key.code {
            KeyCode::Up => self.at = self.at.checked_sub(1).unwrap_or(last),
            KeyCode::Down => self.at = if self.at == last { 0 } else { self.at + 1 },
            KeyCode::PageUp => self.at = self.at.saturating_sub(MIN_BODY_ROWS),
            KeyCode::PageDown => self.at = last.min(self.at + MIN_BODY_ROWS),
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
}
