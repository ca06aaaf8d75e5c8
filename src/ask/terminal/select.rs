//! List prompt for one or several choices.
//!
//! `inquire` has lists, but they scroll by entries instead of rows, ignore a resize, and lose the selection when the
//! prompt is left.

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

/// A list and its cursor.
pub(super) struct Select<'l> {
    pub(super) entries: &'l [String],
    /// The index of the entry under the cursor.
    pub(super) cursor: usize,
    /// The indices of the ticked entries; `None` if only one entry can be chosen.
    pub(super) ticks: Option<BTreeSet<usize>>,
}

impl<'l> Select<'l> {
    /// Creates a list with the cursor on its first entry.
    pub(super) fn new(entries: &'l [String]) -> Self {
        Self { entries, cursor: 0, ticks: None }
    }

    /// Returns the indices of the selected entries.
    pub(super) fn selected(&self) -> BTreeSet<usize> {
        self.ticks.clone().unwrap_or_else(|| BTreeSet::from([self.cursor]))
    }

    /// Shows the list once the keyboard has been quiet for `quiet`. `check` returns a message for an invalid selection.
    pub(super) fn prompt_user(
        &mut self,
        prompt: &Prompt<'_>,
        quiet: Duration,
        check: impl Fn(&BTreeSet<usize>) -> Result<(), String>,
    ) -> Result<PromptOutcome<()>, PromptError> {
        prompt.run(quiet, self, |list| {
            let selected = list.selected();
            check(&selected)?;
            // Entries contain commas, so they are joined with semicolons, as at the review.
            Ok(selected.iter().map(|index| list.entries[*index].as_str()).collect::<Vec<_>>().join("; "))
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

    fn entry(&self, config: &RenderConfig<'_>, index: usize, visible: &Range<usize>, lines: &[String]) -> Vec<String> {
        let is_current = index == self.cursor;
        let prefix = match index {
            _ if is_current => config.highlighted_option_prefix,
            _ if index == visible.start && index > 0 => config.scroll_up_prefix,
            _ if index + 1 == visible.end && visible.end < self.entries.len() => config.scroll_down_prefix,
            _ => config.unhighlighted_option_prefix,
        };
        let style = if is_current { config.selected_option.unwrap_or(config.option) } else { config.option };
        // Continuation lines are indented, so that the start of an entry shows without a checkbox.
        let indents = std::iter::once("").chain(std::iter::repeat("  "));
        let mut rows =
            with_prefix(prefix, indents.zip(lines).map(|(indent, line)| format!("{indent}{}", paint(line, style))));
        if let Some(ticks) = &self.ticks {
            let tick = if ticks.contains(&index) { config.selected_checkbox } else { config.unselected_checkbox };
            let tick = paint(tick.content, if is_current { style } else { tick.style });
            let boxes = std::iter::once(tick).chain(std::iter::repeat("   ".to_owned()));
            let texts = lines.iter().map(|line| paint(line, style));
            rows = with_prefix(prefix, boxes.zip(texts).map(|(tick, text)| format!("{tick} {text}")));
        }
        rows
    }

    fn indent(&self) -> usize {
        if self.ticks.is_some() { 6 } else { 4 }
    }
}

impl Widget for Select<'_> {
    fn draw(&mut self, area: DrawArea<'_>) -> FrameContent {
        let DrawArea { config, mut head, help, room, width, .. } = area;
        let entries: Vec<Vec<String>> = self.entries.iter().map(|text| self.wrapped_entry(text, width, room)).collect();
        let visible = visible_range(self.cursor, &entries.iter().map(Vec::len).collect::<Vec<_>>(), room);
        for index in visible.clone() {
            head.extend(self.entry(config, index, &visible, &entries[index]));
        }
        head.extend(help);
        FrameContent::from_rows(head)
    }

    fn handle_key(&mut self, key: KeyEvent) {
        let last = self.entries.len() - 1;
        match key.code {
            KeyCode::Up => self.cursor = self.cursor.checked_sub(1).unwrap_or(last),
            KeyCode::Down => self.cursor = if self.cursor == last { 0 } else { self.cursor + 1 },
            KeyCode::PageUp => self.cursor = self.cursor.saturating_sub(MIN_BODY_ROWS),
            KeyCode::PageDown => self.cursor = last.min(self.cursor + MIN_BODY_ROWS),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = last,
            KeyCode::Char(' ') => {
                if let Some(ticks) = &mut self.ticks
                    && !ticks.remove(&self.cursor)
                {
                    ticks.insert(self.cursor);
                }
            }
            _ => {}
        }
    }
}
