//! A text in the rows of a screen, and where its characters are in them.

use crate::printable::Printable;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A text in rows. They break anywhere, so that what is typed stays where it is while more is typed.
pub(super) struct TextLayout {
    /// What is shown; an empty row is left out unless the cursor is in it.
    pub(super) rows: Vec<String>,
    /// Where what a person takes for one character begins, and where the text ends.
    places: Vec<GlyphPosition>,
    /// Which of them the cursor is at.
    cursor: usize,
}

struct GlyphPosition {
    /// The characters before it, as Unicode counts them.
    before: usize,
    row: usize,
    column: usize,
}

impl TextLayout {
    /// Lays out a text, with the cursor behind so many of its characters, in rows of this width. The first begins in the
    /// column `from`.
    pub(super) fn new(text: &str, cursor: usize, from: usize, width: usize) -> Self {
        let mut laid = Self { rows: vec![String::new()], places: Vec::new(), cursor: 0 };
        let (mut before, mut column) = (0, from);
        // The cursor behind the last character takes room too.
        for grapheme in text.graphemes(true).chain([" "]) {
            let is_here = before <= cursor;
            let is_break = grapheme == "\n";
            let shown = if is_break { Printable::default() } else { Printable::fragment(grapheme) };
            let behind = before + grapheme.chars().count();
            let room = if is_break { usize::from((before..behind).contains(&cursor)) } else { shown.as_str().width() };
            if column > 0 && column + room > width {
                laid.rows.push(String::new());
                column = 0;
            }
            let row = laid.rows.len() - 1;
            if is_here {
                laid.cursor = laid.places.len();
            }
            laid.places.push(GlyphPosition { before, row, column });
            if !is_break {
                // What takes no column by itself would pile up on its neighbour.
                laid.rows[row].push_str(if room > 0 { shown.as_str() } else { "" });
                column += room;
            } else if column > 0 || room > 0 {
                laid.rows.push(String::new());
                column = 0;
            }
            before = behind;
        }
        laid
    }

    /// The row and the column of the cursor.
    pub(super) fn cursor(&self) -> (usize, usize) {
        let GlyphPosition { row, column, .. } = self.places[self.cursor];
        (row, column)
    }

    /// Where the cursor is after a step up, in characters before it.
    pub(super) fn cursor_up(&self) -> usize {
        self.nearest_in_row(self.cursor().0.checked_sub(1))
    }

    /// Where the cursor is after a step down.
    pub(super) fn cursor_down(&self) -> usize {
        self.nearest_in_row(Some(self.cursor().0 + 1))
    }

    fn nearest_in_row(&self, row: Option<usize>) -> usize {
        let (_, column) = self.cursor();
        let in_row = self.places.iter().filter(|place| Some(place.row) == row);
        let near = in_row.clone().take_while(|place| place.column <= column).last().or_else(|| in_row.clone().next());
        near.unwrap_or(&self.places[self.cursor]).before
    }
}

#[cfg(test)]
mod tests {
    use super::TextLayout;

    #[test]
    fn the_cursor_stands_on_what_it_is_before() {
        for (text, cursor, from, rows, place) in [
            ("", 0, 4, &[" "][..], (0, 4)),
            ("ab", 1, 4, &["ab "], (0, 5)),
            // The last column is taken: the cursor goes on below.
            ("abcdef", 6, 4, &["abcdef", " "], (1, 0)),
            ("", 0, 10, &["", " "], (1, 0)),
            ("日本", 2, 5, &["日本 "], (0, 9)),
            ("日本", 2, 7, &["日", "本 "], (1, 2)),
            ("日本", 1, 7, &["日", "本 "], (1, 0)),
            // One character to a person.
            ("e\u{301}x", 2, 0, &["e\u{301}x "], (0, 1)),
            ("🇩🇪x", 2, 0, &["🇩🇪x "], (0, 2)),
            ("e\u{301}\u{200b}\u{301}x", 4, 0, &["e\u{301}x "], (0, 1)),
            ("a\u{1b}\tb", 3, 0, &["a␛ b "], (0, 3)),
            // Breaks; one behind a full row makes no empty one, and an empty one shows where the cursor is in it.
            ("ab\nc", 2, 0, &["ab", "c "], (0, 2)),
            ("ab\nc", 3, 0, &["ab", "c "], (1, 0)),
            ("ab\n\nc", 4, 0, &["ab", "c "], (1, 0)),
            ("ab\n\nc", 3, 0, &["ab", "", "c "], (1, 0)),
            ("abcdefghij\nk", 12, 0, &["abcdefghij", "k "], (1, 1)),
            ("abcdefghij\nk", 10, 0, &["abcdefghij", "", "k "], (1, 0)),
        ] {
            let laid = TextLayout::new(text, cursor, from, 10);
            assert_eq!(
                (laid.rows.as_slice(), laid.cursor()),
                (&rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>()[..], place),
                "{text:?} {cursor}"
            );
        }
    }
}
