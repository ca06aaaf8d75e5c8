//! Codes that a person reads on one screen and types at another.

/// Letters and digits that are not confused with others, and form no words.
const LETTERS: &[u8] = b"CDFGHJKMNPRTVWXY34679";

/// Forms a code from random bytes. Each letter is equally likely, so a few bytes are skipped; the code is shorter if
/// there are too few.
#[must_use]
pub fn from_random(bytes: impl IntoIterator<Item = u8>, length: usize) -> String {
    let fair = 256 - 256 % LETTERS.len();
    let indices = bytes.into_iter().map(usize::from).filter(|byte| *byte < fair);
    indices.map(|byte| char::from(LETTERS[byte % LETTERS.len()])).take(length).collect()
}

/// Returns a typed code as [`from_random`] forms it: case, spaces and hyphens do not matter.
#[must_use]
pub fn normalize(typed: &str) -> String {
    typed.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
}
