//! What may stand behind the options of the desk.

use super::number::in_range;

/// A reason that says something.
pub(super) fn reason(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("say why: it goes into the trail, sealed".to_owned()),
        reason => Ok(reason.to_owned()),
    }
}

/// A hash of the trail, or enough of its beginning.
pub(super) fn hash(text: &str) -> Result<String, String> {
    if (8..=64).contains(&text.len()) && text.chars().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(text.to_ascii_lowercase());
    }
    Err("a hash is 8 to 64 of the digits 0-9 and a-f, as `last hash` shows them".to_owned())
}

/// How much work a passphrase may cost.
pub(super) fn work() -> impl Fn(&str) -> Result<u8, String> + Clone + Send + Sync {
    let works = crate::desk::key::WORK_FACTORS;
    in_range(u64::from(*works.start())..=u64::from(*works.end()))
}
