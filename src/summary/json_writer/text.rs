//! Appends JSON to a buffer.

use crate::printable::escape_json;
use std::borrow::Cow;

/// Appends valid JSON unchanged.
pub(super) fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// Appends a JSON list.
pub(super) fn push_list<T>(
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = T>,
    mut push_item: impl FnMut(&mut Vec<u8>, T),
) {
    out.push(b'[');
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        push_item(out, item);
    }
    out.push(b']');
}

/// Appends a text as a JSON string, or `null`.
pub(crate) fn push_quoted(out: &mut Vec<u8>, text: Option<&str>) {
    let Some(text) = text else { return push(out, "null") };
    out.push(b'"');
    push_escaped(out, text);
    out.push(b'"');
}

/// Appends a text as a JSON string without its quotes.
pub(super) fn push_escaped(out: &mut Vec<u8>, text: &str) {
    push(out, &escaped(text));
}

/// Returns a text as a JSON string without its quotes.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    // Checking all bytes is faster than stopping at the first match, because the loop is vectorized.
    let needs_escapes = |byte: u8| matches!(byte, b'"' | b'\\' | ..b' ' | 0x7f);
    if !text.bytes().fold(false, |needed, byte| needed | needs_escapes(byte)) {
        return if text.is_ascii() { Cow::Borrowed(text) } else { escape_json(text) };
    }
    let quoted = quoted(text);
    Cow::Owned(quoted[1..quoted.len() - 1].to_owned())
}

/// Returns a text as a JSON string.
pub(super) fn quoted(text: &str) -> String {
    escape_json(&serde_json::Value::from(text).to_string()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{push_list, push_quoted};
    use crate::printable::escape_json;

    #[test]
    fn texts_are_escaped_as_other_json_is() {
        let mut text = String::new();
        for c in (0..=0x2ff).chain(0x2020..0x2030).filter_map(char::from_u32).chain(['\u{10ffff}']) {
            text.push(c);
            for text in [&text, &c.to_string()] {
                let mut out = Vec::new();
                push_quoted(&mut out, Some(text));
                let json = serde_json::Value::from(text.as_str()).to_string();
                assert_eq!(String::from_utf8(out).expect("text"), escape_json(&json));
            }
        }
    }

    #[test]
    fn lists_have_commas_between_their_items() {
        for (items, json) in [(&[][..], "[]"), (&["a"], "[a]"), (&["a", "b"], "[a,b]")] {
            let mut out = Vec::new();
            push_list(&mut out, items, |out, item| super::push(out, item));
            assert_eq!(out, json.as_bytes());
        }
    }
}
