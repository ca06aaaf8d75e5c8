//! Format of ids in a pack.

/// Returns true if a text is a valid id: 1 to 60 of `a-z`, `0-9` and `-`, without a leading hyphen.
#[must_use]
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 60
        && !id.starts_with('-')
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
