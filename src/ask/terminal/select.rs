//! List prompt for one or several choices.
//!
//! `inquire` has lists, but they scroll by entries instead of rows, ignore a resize, and lose the selection when the
//! prompt is left.

use super::PromptOutcome;
use super::frame::FrameContent;
use super::prompt::{DrawArea, MIN_BODY_ROWS, Prompt, Widget, cut};
use super::style::{paint, visible_range, with_prefix};
use super::typing::{Selection, TypedRun, begins_with};
use crate::ask::PromptError;
use crate::messages::Messages;
use crate::wrap::wrapped;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use inquire::ui::RenderConfig;
use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

/// A list, its cursor and its ticks.
pub(super) struct Select<'l> {
    entries: &'l [String],
    /// The number before each entry.
    pub(super) numbers: Vec<u64>,
    words: &'l Messages,
    pub(super) selection: Selection,
    /// The message for Enter without an entry under the cursor.
    pub(super) nothing_chosen: &'static str,
    /// The characters typed last.
    typed: Option<TypedRun>,
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
        let numbers = (1..).take(entries.len()).collect();
        let selection = Selection { cursor, ticks: None };
        Self { entries, numbers, words, selection, nothing_chosen: "refused-no-choice", typed: None }
    }

    /// Creates a list for several choices, with these ticked and the cursor on the first of them.
    pub(super) fn many(entries: &'l [String], ticks: BTreeSet<usize>, words: &'l Messages) -> Self {
        let mut list = Self::one(entries, ticks.first().copied(), words);
        list.selection.ticks = Some(ticks);
        list
    }

    /// Returns the indices of the selected entries.
    pub(super) fn selected(&self) -> BTreeSet<usize> {
        self.selection.ticks.clone().unwrap_or_else(|| self.selection.cursor.into_iter().collect())
    }

    /// Shows the list once the keyboard has been quiet for `quiet`. `check` validates the selection.
    pub(super) fn prompt_user(
        &mut self,
        prompt: &Prompt<'_>,
        quiet: Duration,
        check: impl Fn(&BTreeSet<usize>) -> Result<(), InvalidSelection>,
    ) -> Result<PromptOutcome<()>, PromptError> {
        prompt.run(quiet, self, |list| {
            if list.end_typing() {
                return Err(list.hint());
            }
            let selected = list.selected();
            if list.selection.ticks.is_none() && selected.is_empty() {
                return Err(list.words.get(list.nothing_chosen));
            }
            check(&selected).map_err(|invalid| {
                list.selection.cursor = invalid.entry.or(list.selection.cursor);
                invalid.message
            })?;
            // Entries contain commas, so they are joined with semicolons, as at the review.
            Ok(selected.iter().map(|index| list.entries[*index].as_str()).collect::<Vec<_>>().join("; "))
        })
    }

    /// Returns the message for a key that does nothing in a list.
    fn hint(&self) -> String {
        self.words.get(if self.selection.ticks.is_some() { "list-hint-many" } else { "list-hint-one" })
    }

    /// Ends the characters typed so far. If they were words, restores the selection before them and returns true.
    fn end_typing(&mut self) -> bool {
        let Some(run) = self.typed.take() else { return false };
        let entry = self.selection.cursor.map(|index| self.entries[index].as_str());
        let is_words = run.is_words || run.ends_in_word(entry);
        if is_words {
            self.selection = run.before;
        }
        is_words
    }

    /// Handles a typed character.
    fn type_char(&mut self, c: char, at: Duration) -> Result<(), String> {
        if self.typed.as_ref().is_some_and(|run| !run.continues(at)) {
            self.end_typing();
        }
        let mut run = self.typed.take().unwrap_or_else(|| TypedRun::new(self.selection.clone(), at));
        let entry = self.selection.cursor.map(|index| self.entries[index].as_str());
        if c == ' ' && !run.is_words && run.ends_in_word(entry) {
            run.is_words = true;
            self.selection = run.before.clone();
        }
        let result = if run.is_words {
            run.add(c, at);
            Err(self.hint())
        } else if c == ' ' {
            run.add_space(at);
            self.toggle_tick()
        } else if let Some(digit) = c.to_digit(10) {
            self.type_digit(&mut run, digit, at)
        } else {
            run.add(c, at);
            let result = self.go_to_letter(c);
            if run.spells(entry) { Ok(()) } else { result }
        };
        if result.is_err() && c != ' ' {
            run.add_stray();
        }
        self.typed = Some(run);
        result
    }

    /// Moves to the entry with the typed number. Without such an entry, moves back to where the cursor was before it.
    fn type_digit(&mut self, run: &mut TypedRun, digit: u32, at: Duration) -> Result<(), String> {
        let (number, before) = run.add_digit(digit, self.selection.cursor, at);
        let index = self.numbers.iter().position(|entry| *entry == number);
        self.selection.cursor = index.or(before);
        // More digits may follow.
        let begins = |entry: &u64| entry.to_string().starts_with(&number.to_string());
        if self.numbers.iter().any(begins) {
            return Ok(());
        }
        Err(self.words.format("list-no-number", [("number", number.into())]))
    }

    /// Moves to the next entry that begins with this letter.
    fn go_to_letter(&mut self, letter: char) -> Result<(), String> {
        let first = self.selection.cursor.map_or(0, |cursor| cursor + 1);
        let mut order = (first..self.entries.len()).chain(0..first);
        let index = order.find(|index| begins_with(&self.entries[*index], letter)).ok_or_else(|| self.hint())?;
        self.selection.cursor = Some(index);
        Ok(())
    }

    fn toggle_tick(&mut self) -> Result<(), String> {
        let hint = self.hint();
        let Some(ticks) = &mut self.selection.ticks else { return Err(hint) };
        let cursor = self.selection.cursor.ok_or(hint)?;
        if !ticks.remove(&cursor) {
            ticks.insert(cursor);
        }
        Ok(())
    }

    /// Returns the entry that a key moves to.
    fn target(&self, code: KeyCode) -> Option<usize> {
        let last = self.entries.len() - 1;
        Some(match (code, self.selection.cursor) {
            (KeyCode::Home, _) | (KeyCode::Down | KeyCode::PageDown, None) => 0,
            (KeyCode::End, _) | (KeyCode::Up, None) => last,
            (KeyCode::Up, Some(cursor)) => cursor.checked_sub(1).unwrap_or(last),
            (KeyCode::Down, Some(cursor)) => (cursor + 1) % self.entries.len(),
            (KeyCode::PageUp, cursor) => cursor.unwrap_or(0).saturating_sub(MIN_BODY_ROWS),
            (KeyCode::PageDown, Some(cursor)) => last.min(cursor + MIN_BODY_ROWS),
            _ => return None,
        })
    }

    /// Returns the width of the checkbox and the number before an entry.
    fn marker_width(&self) -> usize {
        let checkbox = if self.selection.ticks.is_some() { 4 } else { 0 };
        checkbox + self.number_width() + 2
    }

    fn number_width(&self) -> usize {
        self.numbers.iter().max().map_or(1, |number| number.to_string().len())
    }

    /// Returns the rows of an entry: the checkbox, the number and the text, with continuation lines below the text.
    fn entry_rows(
        &self,
        config: &RenderConfig<'_>,
        index: usize,
        visible: &Range<usize>,
        lines: &[String],
    ) -> Vec<String> {
        let is_current = Some(index) == self.selection.cursor;
        let prefix = match index {
            _ if is_current => config.highlighted_option_prefix,
            _ if index == visible.start && index > 0 => config.scroll_up_prefix,
            _ if index + 1 == visible.end && visible.end < self.entries.len() => config.scroll_down_prefix,
            _ => config.unhighlighted_option_prefix,
        };
        let style = if is_current { config.selected_option.unwrap_or(config.option) } else { config.option };
        let mut marker = String::new();
        if let Some(ticks) = &self.selection.ticks {
            let tick = if ticks.contains(&index) { config.selected_checkbox } else { config.unselected_checkbox };
            marker = format!("{} ", paint(tick.content, if is_current { style } else { tick.style }));
        }
        let number = format!("{:>width$}. ", self.numbers[index], width = self.number_width());
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
            self.entries.iter().map(|text| cut(wrapped(text, width, indent), room)).collect();
        let heights: Vec<usize> = entries.iter().map(Vec::len).collect();
        let visible = visible_range(self.selection.cursor.unwrap_or(0), &heights, room);
        // Screen readers read the row of the cursor: the highlighted entry, or else the message or the question.
        let mut cursor_row = 0;
        for index in visible.clone() {
            if Some(index) == self.selection.cursor {
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
                self.type_char(c, at)
            }
            code => {
                self.end_typing();
                self.selection.cursor = Some(self.target(code).ok_or_else(|| self.hint())?);
                Ok(())
            }
        }
    }

    fn paste(&mut self, _: &str) -> Result<(), String> {
        self.end_typing();
        Err(self.hint())
    }
}

#[cfg(test)]
mod tests {
    use super::Select;
    use crate::ask::terminal::prompt::Widget;
    use crate::messages::Messages;
    use crossterm::event::{KeyCode, KeyEvent};
    use std::time::Duration;

    #[test]
    fn an_entry_is_found_by_the_number_before_it() {
        let (words, entries) = (Messages::default(), ["one", "two", "three"].map(str::to_owned));
        for (typed, cursor, is_found) in [
            ("103", Some(0), true),
            ("102", Some(1), true),
            ("7", Some(2), true),
            ("10", None, true),
            ("2", None, false),
        ] {
            let mut list = Select::one(&entries, None, &words);
            list.numbers = vec![103, 102, 7];
            let press = |c| list.handle_key(KeyEvent::from(KeyCode::Char(c)), Duration::ZERO);
            assert_eq!(typed.chars().map(press).all(|result| result.is_ok()), is_found, "{typed}");
            assert_eq!(list.selection.cursor, cursor, "{typed}");
            assert!(!is_found || !list.end_typing(), "{typed}");
        }
    }
}
