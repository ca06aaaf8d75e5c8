//! Breaks a text into screen rows and maps its characters to columns.

use crate::printable::Printable;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A text in rows. Rows break anywhere, not only at spaces, so that typed text does not move while more is typed.
pub(super) struct TextLayout {
    /// The rows as shown. An empty row is left out unless the cursor is in it.
    pub(super) rows: Vec<String>,
    /// The position of each grapheme cluster, and of the end of the text.
    positions: Vec<GlyphPosition>,
    /// The index of the cursor's position.
    cursor: usize,
}

struct GlyphPosition {
    /// The number of Unicode scalar values before it.
    offset: usize,
    row: usize,
    column: usize,
}

impl TextLayout {
    /// Lays out a text in rows of `width` columns. The first row starts in the column `first_column`.
    ///
    /// `cursor` is the number of Unicode scalar values before the cursor.
    pub(super) fn new(text: &str, cursor: usize, first_column: usize, width: usize) -> Self {
        let mut layout = Self { rows: vec![String::new()], positions: Vec::new(), cursor: 0 };
        let (mut offset, mut column) = (0, first_column);
        // The cursor after the last character takes a column too.
        for grapheme in text.graphemes(true).chain([" "]) {
            let is_before_cursor = offset <= cursor;
            let is_break = grapheme == "\n";
            let text_shown = if is_break { Printable::default() } else { Printable::fragment(grapheme) };
            let after = offset + grapheme.chars().count();
            let columns =
                if is_break { usize::from((offset..after).contains(&cursor)) } else { text_shown.as_str().width() };
            if column > 0 && column + columns > width {
                layout.rows.push(String::new());
                column = 0;
            }
            let row = layout.rows.len() - 1;
            if is_before_cursor {
                layout.cursor = layout.positions.len();
            }
            layout.positions.push(GlyphPosition { offset, row, column });
            if !is_break {
                // Zero-width characters would otherwise combine with the previous one.
                layout.rows[row].push_str(if columns > 0 { text_shown.as_str() } else { "" });
                column += columns;
            } else if column > 0 || columns > 0 {
                layout.rows.push(String::new());
                column = 0;
            }
            offset = after;
        }
        layout
    }

    /// Returns the row and the column of the cursor, from 0.
    pub(super) fn cursor(&self) -> (usize, usize) {
        let GlyphPosition { row, column, .. } = self.positions[self.cursor];
        (row, column)
    }

    /// Returns the cursor one row up, as the number of scalar values before it.
    pub(super) fn cursor_up(&self) -> usize {
        self.nearest_in_row(self.cursor().0.checked_sub(1))
    }

    /// Returns the cursor one row down, as the number of scalar values before it.
    pub(super) fn cursor_down(&self) -> usize {
        self.nearest_in_row(Some(self.cursor().0 + 1))
    }

    fn nearest_in_row(&self, row: Option<usize>) -> usize {
        let (_, column) = self.cursor();
        let in_row = self.positions.iter().filter(|position| Some(position.row) == row);
        let nearest =
            in_row.clone().take_while(|position| position.column <= column).last().or_else(|| in_row.clone().next());
        nearest.unwrap_or(&self.positions[self.cursor]).offset
    }
}

#[cfg(test)]
mod tests {
    use super::TextLayout;

    #[test]
    fn cursor_is_on_the_next_grapheme() {
        for (text, cursor, first_column, rows, position) in [
            ("", 0, 4, &[" "][..], (0, 4)),
            ("ab", 1, 4, &["ab "], (0, 5)),
            // The last column is full: the cursor moves to the next row.
            ("abcdef", 6, 4, &["abcdef", " "], (1, 0)),
            ("", 0, 10, &["", " "], (1, 0)),
            ("日本", 2, 5, &["日本 "], (0, 9)),
            ("日本", 2, 7, &["日", "本 "], (1, 2)),
            ("日本", 1, 7, &["日", "本 "], (1, 0)),
            // Several scalar values in one grapheme cluster.
            ("e\u{301}x", 2, 0, &["e\u{301}x "], (0, 1)),
            ("🇩🇪x", 2, 0, &["🇩🇪x "], (0, 2)),
            ("e\u{301}\u{200b}\u{301}x", 4, 0, &["e\u{301}x "], (0, 1)),
            ("a\u{1b}\tb", 3, 0, &["a␛ b "], (0, 3)),
            // Line breaks: one after a full row adds no empty row, and an empty row appears if the cursor is in it.
            ("ab\nc", 2, 0, &["ab", "c "], (0, 2)),
            ("ab\nc", 3, 0, &["ab", "c "], (1, 0)),
            ("ab\n\nc", 4, 0, &["ab", "c "], (1, 0)),
            ("ab\n\nc", 3, 0, &["ab", "", "c "], (1, 0)),
            ("abcdefghij\nk", 12, 0, &["abcdefghij", "k "], (1, 1)),
            ("abcdefghij\nk", 10, 0, &["abcdefghij", "", "k "], (1, 0)),
        ] {
            let layout = TextLayout::new(text, cursor, first_column, 10);
            assert_eq!(
                (layout.rows.as_slice(), layout.cursor()),
                (&rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>()[..], position),
                "{text:?} {cursor}"
            );
        }
    }
}
