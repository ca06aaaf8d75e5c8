//! Whole numbers on the command line.

use std::ops::{RangeFrom, RangeInclusive};

/// Numbers that an option takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberRange {
    least: u64,
    most: Option<u64>,
}

impl From<RangeFrom<u64>> for NumberRange {
    fn from(range: RangeFrom<u64>) -> Self {
        Self { least: range.start, most: None }
    }
}

impl From<RangeInclusive<u64>> for NumberRange {
    fn from(range: RangeInclusive<u64>) -> Self {
        Self { least: *range.start(), most: Some(*range.end()) }
    }
}

/// Reads one of these numbers, or says which they are.
pub(super) fn in_range<N: TryFrom<u64>>(
    fitting: impl Into<NumberRange>,
) -> impl Fn(&str) -> Result<N, String> + Clone + Send + Sync {
    let NumberRange { least, most } = fitting.into();
    move |text| {
        let is_whole = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<u64>();
        match (number, most) {
            (Err(_), None) if is_whole => Err(too_large()),
            (Ok(number), _) if is_whole && number >= least && most.is_none_or(|most| number <= most) => {
                N::try_from(number).map_err(|_| too_large())
            }
            (_, Some(most)) => Err(format!("write a whole number from {least} to {most}")),
            (_, None) => Err(format!("write a whole number from {least} up")),
        }
    }
}

fn too_large() -> String {
    "that is too large".to_owned()
}
