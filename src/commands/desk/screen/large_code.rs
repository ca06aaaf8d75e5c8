//! A code in letters that can be read from some steps away.

/// Columns between two letters, and between the two groups of a code.
const GAPS: (usize, usize) = (2, 6);

/// The letters of codes: seven rows of five pixels, from top to bottom.
const LETTERS: [(char, [u8; 7]); 21] = [
    ('C', [0b01110, 0b10001, 0b10000, 0b10000, 0b10000, 0b10001, 0b01110]),
    ('D', [0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110]),
    ('F', [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b10000]),
    ('G', [0b01110, 0b10001, 0b10000, 0b10111, 0b10001, 0b10001, 0b01111]),
    ('H', [0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001]),
    ('J', [0b00111, 0b00010, 0b00010, 0b00010, 0b00010, 0b10010, 0b01100]),
    ('K', [0b10001, 0b10010, 0b10100, 0b11000, 0b10100, 0b10010, 0b10001]),
    ('M', [0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001]),
    ('N', [0b10001, 0b10001, 0b11001, 0b10101, 0b10011, 0b10001, 0b10001]),
    ('P', [0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000]),
    ('R', [0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001]),
    ('T', [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100]),
    ('V', [0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01010, 0b00100]),
    ('W', [0b10001, 0b10001, 0b10001, 0b10101, 0b10101, 0b10101, 0b01010]),
    ('X', [0b10001, 0b10001, 0b01010, 0b00100, 0b01010, 0b10001, 0b10001]),
    ('Y', [0b10001, 0b10001, 0b10001, 0b01010, 0b00100, 0b00100, 0b00100]),
    ('3', [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110]),
    ('4', [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010]),
    ('6', [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110]),
    ('7', [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000]),
    ('9', [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100]),
];

/// Draws a code in two groups, in seven rows. `None` if it does not fit into `columns`.
pub(super) fn large_code(spaced_code: &str, columns: usize) -> Option<Vec<String>> {
    let row = |index: usize| {
        let mut row = String::new();
        for letter in spaced_code.chars() {
            match LETTERS.iter().find(|(known, _)| *known == letter) {
                Some((_, rows)) => {
                    row.extend((0..5).rev().map(|bit| if rows[index] >> bit & 1 == 1 { "██" } else { "  " }));
                    row.push_str(&" ".repeat(GAPS.0));
                }
                None => row.push_str(&" ".repeat(GAPS.1 - GAPS.0)),
            }
        }
        row.trim_end().to_owned()
    };
    let letters = spaced_code.chars().filter(|letter| *letter != ' ').count();
    let width = letters * (10 + GAPS.0) + GAPS.1;
    (width <= columns).then(|| (0..7).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::{LETTERS, large_code};
    use crate::intake::typed_code;
    use std::collections::BTreeSet;

    #[test]
    fn every_letter_of_a_code_has_its_own_shape() {
        let letters: BTreeSet<char> = typed_code::from_random(0..=255, 256).chars().collect();
        assert!(letters.iter().all(|letter| LETTERS.iter().any(|(known, _)| known == letter)), "{letters:?}");
        let shapes: BTreeSet<[u8; 7]> = LETTERS.iter().map(|(_, rows)| *rows).collect();
        assert_eq!((letters.len(), shapes.len()), (LETTERS.len(), LETTERS.len()));
        assert!(large_code("K7M 4PX", 80).is_some_and(|rows| rows.iter().all(|row| row.chars().count() <= 76)));
        assert_eq!(large_code("K7M 4PX", 60), None);
    }
}
