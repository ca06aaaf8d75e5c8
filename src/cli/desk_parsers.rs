//! Value parsers of the desk's options.

use super::number::in_range;

/// Parses a reason, which must not be empty.
pub(super) fn reason(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("give a reason: it is kept, encrypted, in the audit log".to_owned()),
        reason => Ok(reason.to_owned()),
    }
}

/// Parses a hash of the audit log: at least its first 8 hexadecimal digits.
pub(super) fn hash(text: &str) -> Result<String, String> {
    if (8..=64).contains(&text.len()) && text.chars().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(text.to_ascii_lowercase());
    }
    Err("write 8 to 64 hexadecimal digits (0-9, a-f) of a hash that `desk verify` printed".to_owned())
}

/// Parses a work factor: the base-2 logarithm of scrypt's cost.
pub(super) fn work_factor() -> impl Fn(&str) -> Result<u8, String> + Clone + Send + Sync {
    let range = crate::desk::key::WORK_FACTORS;
    in_range(u64::from(*range.start())..=u64::from(*range.end()))
}
