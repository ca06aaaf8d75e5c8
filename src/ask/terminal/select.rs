//! List prompt for one or several choices.
//!
//! `inquire` has lists, but they scroll by entries instead of rows, ignore a resize, and lose the selection when the
//! prompt is left.

use super::PromptOutcome;
use super::frame::FrameContent;
use super::prompt::{DrawArea, MIN_BODY_ROWS, Prompt, Widget, cut};
use super::style::{paint, visible_range, with_prefix};
use super::typing::{ListChoice, Selection};
use crate::ask::options::NamedOption;
use crate::ask::{Menu, MenuItem, PromptError};
use crate::messages::Messages;
use crate::wrap::wrapped;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use inquire::ui::RenderConfig;
use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

/// A list, its cursor and its ticks.
pub(super) struct Select<'l> {
    pub(super) choice: ListChoice<'l>,
    words: &'l Messages,
    /// The message for Enter without an entry under the cursor.
    pub(super) nothing_chosen: &'static str,
    /// The source of fresh entries, if they can change while the list is open.
    live: Option<LiveMenu<'l>>,
}

/// A menu that can change while it is open.
struct LiveMenu<'l> {
    /// The question in its present wording.
    question: String,
    /// Returns the present menu, or `None` if it cannot be read.
    source: &'l dyn Fn() -> Option<Menu>,
}

/// A selection that cannot be submitted.
pub(super) struct InvalidSelection {
    pub(super) message: String,
    /// The entry that is wrong. The cursor moves to it, so that it is in view.
    pub(super) entry: Option<usize>,
}

impl<'l> Select<'l> {
    /// Creates a list for one choice, with the cursor on the entry `cursor`, if any. Its entries are numbered from 1.
    pub(super) fn one(entries: &'l [String], cursor: Option<usize>, words: &'l Messages) -> Self {
        let entries = (1..).zip(entries).map(|(number, text)| NamedOption::new(number, text.as_str()));
        Self::of(entries.collect(), cursor, words)
    }

    /// Creates a list of the items of a menu, with the cursor on the item `cursor`.
    pub(super) fn menu(items: &'l [MenuItem], cursor: usize, words: &'l Messages) -> Self {
        let entries = items.iter().map(|item| NamedOption::new(item.number, item.text.as_str()));
        Self::of(entries.collect(), Some(cursor), words)
    }

    /// Creates a list of a menu whose items can change, with the cursor on its first item.
    pub(super) fn live(menu: &'l Menu, source: &'l dyn Fn() -> Option<Menu>, words: &'l Messages) -> Self {
        let live = Some(LiveMenu { question: menu.question.to_string(), source });
        Self { live, ..Self::menu(&menu.items, 0, words) }
    }

    fn of(entries: Vec<NamedOption<'l>>, cursor: Option<usize>, words: &'l Messages) -> Self {
        let choice = ListChoice::new(entries, Selection { cursor, ticks: None }, words);
        Self { choice, words, nothing_chosen: "refused-no-choice", live: None }
    }

    /// Creates a list for several choices, with these ticked and the cursor on the first of them.
    pub(super) fn many(entries: &'l [String], ticks: BTreeSet<usize>, words: &'l Messages) -> Self {
        let mut list = Self::one(entries, ticks.first().copied(), words);
        list.choice.selection.ticks = Some(ticks);
        list
    }

    /// Shows the list once the keyboard has been quiet for `quiet`. `check` validates the selection.
    pub(super) fn prompt_user(
        &mut self,
        prompt: &Prompt<'_>,
        quiet: Duration,
        check: impl Fn(&BTreeSet<usize>) -> Result<(), InvalidSelection>,
    ) -> Result<PromptOutcome<()>, PromptError> {
        prompt.run(quiet, self, |list| {
            let choice = &mut list.choice;
            choice.submit()?;
            let selected = choice.selected();
            if choice.selection.ticks.is_none() && selected.is_empty() {
                return Err(list.words.get(list.nothing_chosen));
            }
            check(&selected).map_err(|invalid| {
                choice.selection.cursor = invalid.entry.or(choice.selection.cursor);
                invalid.message
            })?;
            // Entries contain commas, so they are joined with semicolons, as at the review.
            Ok(selected.iter().map(|index| choice.entries[*index].text.as_ref()).collect::<Vec<_>>().join("; "))
        })
    }

    /// Returns the entry that a key moves to.
    fn target(&self, code: KeyCode) -> Option<usize> {
        let last = self.choice.entries.len() - 1;
        Some(match (code, self.choice.selection.cursor) {
            (KeyCode::Home, _) | (KeyCode::Down | KeyCode::PageDown, None) => 0,
            (KeyCode::End, _) | (KeyCode::Up, None) => last,
            (KeyCode::Up, Some(cursor)) => cursor.checked_sub(1).unwrap_or(last),
            (KeyCode::Down, Some(cursor)) => (cursor + 1) % self.choice.entries.len(),
            (KeyCode::PageUp, cursor) => cursor.unwrap_or(0).saturating_sub(MIN_BODY_ROWS),
            (KeyCode::PageDown, Some(cursor)) => last.min(cursor + MIN_BODY_ROWS),
            _ => return None,
        })
    }

    /// Returns the width of the checkbox and the number before an entry.
    fn marker_width(&self) -> usize {
        let checkbox = if self.choice.selection.ticks.is_some() { 4 } else { 0 };
        checkbox + self.number_width() + 2
    }

    fn number_width(&self) -> usize {
        self.choice.entries.iter().map(|entry| entry.number).max().map_or(1, |number| number.to_string().len())
    }

    /// Returns the rows of an entry: the checkbox, the number and the text, with continuation lines below the text.
    fn entry_rows(
        &self,
        config: &RenderConfig<'_>,
        index: usize,
        visible: &Range<usize>,
        lines: &[String],
    ) -> Vec<String> {
        let is_current = Some(index) == self.choice.selection.cursor;
        let prefix = match index {
            _ if is_current => config.highlighted_option_prefix,
            _ if index == visible.start && index > 0 => config.scroll_up_prefix,
            _ if index + 1 == visible.end && visible.end < self.choice.entries.len() => config.scroll_down_prefix,
            _ => config.unhighlighted_option_prefix,
        };
        let style = if is_current { config.selected_option.unwrap_or(config.option) } else { config.option };
        let mut marker = String::new();
        if let Some(ticks) = &self.choice.selection.ticks {
            let tick = if ticks.contains(&index) { config.selected_checkbox } else { config.unselected_checkbox };
            marker = format!("{} ", paint(tick.content, if is_current { style } else { tick.style }));
        }
        let number = format!("{:>width$}. ", self.choice.entries[index].number, width = self.number_width());
        let markers = std::iter::once(marker + &paint(&number, style));
        let markers = markers.chain(std::iter::repeat(" ".repeat(self.marker_width())));
        with_prefix(prefix, markers.zip(lines).map(|(marker, line)| format!("{marker}{}", paint(line, style))))
    }
}

impl Widget for Select<'_> {
    fn draw(&mut self, area: DrawArea<'_>) -> FrameContent {
        let DrawArea { config, head: mut rows, help, room, width, .. } = area;
        let indent = 2 + self.marker_width();
        let entries: Vec<Vec<String>> =
            self.choice.entries.iter().map(|entry| cut(wrapped(&entry.text, width, indent), room)).collect();
        let heights: Vec<usize> = entries.iter().map(Vec::len).collect();
        let visible = visible_range(self.choice.selection.cursor.unwrap_or(0), &heights, room);
        // Screen readers read the row of the cursor: the highlighted entry, or else the message or the question.
        let mut cursor_row = 0;
        for index in visible.clone() {
            if Some(index) == self.choice.selection.cursor {
                cursor_row = rows.len();
            }
            rows.extend(self.entry_rows(config, index, &visible, &entries[index]));
        }
        rows.extend(help);
        FrameContent { rows, cursor: (cursor_row, 0) }
    }

    fn handle_key(&mut self, key: KeyEvent, at: Duration) -> Result<(), String> {
        match key.code {
            KeyCode::Char(c) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
                self.choice.type_char(c, at)
            }
            code => {
                let target = self.target(code).ok_or_else(|| self.choice.hint())?;
                self.choice.move_to(target);
                Ok(())
            }
        }
    }

    fn paste(&mut self, _: &str) -> Result<(), String> {
        Err(self.choice.paste())
    }

    fn is_live(&self) -> bool {
        self.live.is_some()
    }

    fn refresh(&mut self) -> bool {
        let Some(live) = &mut self.live else { return false };
        let Some(Menu { question, items }) = (live.source)() else { return false };
        let entries: Vec<_> = items.iter().map(|item| NamedOption::new(item.number, item.text.to_string())).collect();
        if live.question == question.as_str() && self.choice.entries == entries {
            return false;
        }
        live.question = question.to_string();
        self.choice.replace_entries(entries);
        true
    }

    fn question(&self) -> Option<&str> {
        self.live.as_ref().map(|live| live.question.as_str())
    }
}
