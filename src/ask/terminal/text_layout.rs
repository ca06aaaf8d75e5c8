//! Breaks a text into screen rows and maps its characters to columns.

use crate::printable::Printable;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A text in rows. Rows break between words; a word that is longer than a row breaks anywhere.
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

/// A grapheme cluster of the text.
struct Glyph {
    /// The number of Unicode scalar values before it.
    offset: usize,
    /// The text as shown; empty for a line break.
    shown: String,
    columns: usize,
    kind: GlyphKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum GlyphKind {
    /// A character of a word.
    Letter,
    /// A character with two columns, such as an ideograph: a row may break before and after it.
    Wide,
    Space,
    LineBreak,
    /// The end of the text, where the cursor takes a column too.
    End,
}

impl TextLayout {
    /// Lays out a text in rows of `width` columns. The first row starts in the column `first_column`.
    ///
    /// `cursor` is the number of Unicode scalar values before the cursor.
    pub(super) fn new(text: &str, cursor: usize, first_column: usize, width: usize) -> Self {
        let glyphs = glyphs(text, cursor);
        let mut layout = Self { rows: vec![String::new()], positions: Vec::new(), cursor: 0 };
        let mut column = first_column;
        let mut word_end = 0;
        for (index, glyph) in glyphs.iter().enumerate() {
            let mut columns = glyph.columns;
            let mut needed = columns;
            if glyph.kind == GlyphKind::Letter && index >= word_end {
                let letters = glyphs[index..].iter().take_while(|glyph| glyph.kind == GlyphKind::Letter);
                let word: usize = letters.clone().map(|glyph| glyph.columns).sum();
                word_end = index + letters.count();
                if word <= width {
                    needed = word;
                }
            }
            if column > 0 && column + needed > width {
                layout.rows.push(String::new());
                column = 0;
                // A space after a full row is the break itself.
                columns = if glyph.kind == GlyphKind::Space { 0 } else { columns };
            }
            let row = layout.rows.len() - 1;
            if glyph.offset <= cursor {
                layout.cursor = layout.positions.len();
            }
            layout.positions.push(GlyphPosition { offset: glyph.offset, row, column });
            if glyph.kind != GlyphKind::LineBreak {
                // Zero-width characters would otherwise combine with the previous one.
                layout.rows[row].push_str(if columns > 0 { &glyph.shown } else { "" });
                column += columns;
            } else if column > 0 || columns > 0 {
                layout.rows.push(String::new());
                column = 0;
            }
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

/// Splits a text into grapheme clusters. A line break takes a column only if the cursor is on it.
fn glyphs(text: &str, cursor: usize) -> Vec<Glyph> {
    let mut offset = 0;
    let glyph = |grapheme: &str| {
        let at = offset;
        offset += grapheme.chars().count();
        if grapheme == "\n" {
            let columns = usize::from((at..offset).contains(&cursor));
            return Glyph { offset: at, shown: String::new(), columns, kind: GlyphKind::LineBreak };
        }
        let shown = Printable::fragment(grapheme).to_string();
        let columns = shown.width();
        let kind = match columns {
            _ if shown == " " => GlyphKind::Space,
            0 | 1 => GlyphKind::Letter,
            _ => GlyphKind::Wide,
        };
        Glyph { offset: at, shown, columns, kind }
    };
    let mut glyphs: Vec<Glyph> = text.graphemes(true).map(glyph).collect();
    glyphs.push(Glyph { offset, shown: " ".to_owned(), columns: 1, kind: GlyphKind::End });
    glyphs
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
            // Between words. A space after a full row is the break, and a second one is shown.
            ("one two", 7, 4, &["one ", "two "], (1, 3)),
            ("one two", 4, 4, &["one ", "two "], (1, 0)),
            ("one two", 3, 4, &["one ", "two "], (0, 7)),
            ("abcdef gh", 9, 4, &["abcdef", "gh "], (1, 2)),
            ("abcdef gh", 6, 4, &["abcdef", "gh "], (1, 0)),
            ("abcdef  gh", 10, 4, &["abcdef", " gh "], (1, 3)),
            ("abcdefg", 7, 4, &["", "abcdefg "], (1, 7)),
            // A word that is longer than a row starts where it is.
            ("abcdefghijk", 11, 4, &["abcdef", "ghijk "], (1, 5)),
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
