//! Parses whole numbers on the command line.

use std::ops::{RangeFrom, RangeInclusive};

/// The range of numbers that an option accepts.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberRange {
    min: u64,
    max: Option<u64>,
}

impl From<RangeFrom<u64>> for NumberRange {
    fn from(range: RangeFrom<u64>) -> Self {
        Self { min: range.start, max: None }
    }
}

impl From<RangeInclusive<u64>> for NumberRange {
    fn from(range: RangeInclusive<u64>) -> Self {
        Self { min: *range.start(), max: Some(*range.end()) }
    }
}

/// Returns a parser for numbers in a range; its error names the range.
pub(super) fn in_range<N: TryFrom<u64>>(
    range: impl Into<NumberRange>,
) -> impl Fn(&str) -> Result<N, String> + Clone + Send + Sync {
    let NumberRange { min, max } = range.into();
    move |text| {
        let is_whole = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<u64>();
        match (number, max) {
            (Err(_), None) if is_whole => Err(too_large()),
            (Ok(number), _) if is_whole && number >= min && max.is_none_or(|max| number <= max) => {
                N::try_from(number).map_err(|_| too_large())
            }
            (_, Some(max)) => Err(format!("write a whole number from {min} to {max}")),
            (_, None) => Err(format!("write a whole number from {min} up")),
        }
    }
}

fn too_large() -> String {
    "the number is too large".to_owned()
}
