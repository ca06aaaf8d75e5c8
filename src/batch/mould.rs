//! JSON with gaps: cut once from a real one, filled for each record.
//!
//! So the shape of a summary as JSON, its keys and their order, stands in `summary::json` and nowhere else.

use serde_json::Value;

/// What a gap is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    Date,
    Label,
    FilledInBy,
    Benefits,
    Overview,
    NotCovered,
    /// The answers beside this variability statement.
    Variability(usize),
    Recorded,
    Questions,
    Answers,
    Limits,
    Because,
    For,
    Codes,
    Value,
    FreeText,
    Text,
}

/// Text, gap, text, … text. Each gap takes a whole JSON value.
#[derive(Debug, Default)]
pub(super) struct Mould {
    /// What comes before each gap.
    pub(super) pieces: Vec<(Box<str>, Gap)>,
    /// What comes after the last one.
    pub(super) rest: Box<str>,
}

/// Around the number of a gap. No text of a pack has it: [`crate::printable::Printable`] takes it out.
const MARK: char = '\u{200b}';

impl Mould {
    /// Cuts the values at these places out; those that are not there are left alone.
    pub(super) fn cut(mut json: Value, gaps: &[(&str, Gap)]) -> Self {
        for (number, (place, _)) in gaps.iter().enumerate() {
            if let Some(value) = json.pointer_mut(place) {
                *value = format!("{MARK}{number}{MARK}").into();
            }
        }
        let text = json.to_string();
        let mut parts = text.split(MARK);
        let mut mould = Self::default();
        let mut before = parts.next().unwrap_or_default();
        while let (Some(number), Some(after)) = (parts.next(), parts.next()) {
            let gap = number.parse::<usize>().ok().and_then(|number| gaps.get(number));
            // The quotes around the mark go with it.
            let piece = before.strip_suffix('"').unwrap_or(before);
            mould.pieces.extend(gap.map(|(_, gap)| (piece.into(), *gap)));
            before = after.strip_prefix('"').unwrap_or(after);
        }
        mould.rest = before.into();
        mould
    }

    /// Writes it, each gap by its turn.
    #[inline]
    pub(super) fn fill(&self, out: &mut Vec<u8>, mut fill: impl FnMut(Gap, &mut Vec<u8>)) {
        for (piece, gap) in &self.pieces {
            out.extend_from_slice(piece.as_bytes());
            fill(*gap, out);
        }
        out.extend_from_slice(self.rest.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::{Gap, Mould};
    use serde_json::json;

    #[test]
    fn what_is_cut_out_can_be_filled_in_again() {
        let whole = json!({ "a": 1, "text": "x", "list": [{ "codes": ["b"] }], "end": "y" });
        let gaps = [("/text", Gap::Text), ("/list/0/codes", Gap::Codes), ("/nowhere", Gap::For), ("/end", Gap::Date)];
        let mould = Mould::cut(whole.clone(), &gaps);
        let mut out = Vec::new();
        mould.fill(&mut out, |gap, out| {
            out.extend_from_slice(match gap {
                Gap::Text => br#""x""#,
                Gap::Codes => br#"["b"]"#,
                Gap::Date => br#""y""#,
                _ => unreachable!("{gap:?} is not there"),
            });
        });
        assert_eq!(String::from_utf8(out).expect("text"), whole.to_string());
        assert_eq!(&*Mould::cut(json!([1]), &[]).rest, "[1]");
    }
}
