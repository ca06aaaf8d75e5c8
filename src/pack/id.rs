//! The form of ids in a pack.

/// Whether a text can be an id: at most 60 lower-case letters, digits and hyphens, not starting with a hyphen.
#[must_use]
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 60
        && !id.starts_with('-')
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
