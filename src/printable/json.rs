//! JSON without control characters, for terminals and logs.

use super::is_hidden;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns a value as indented JSON with a final line break, without characters that control a terminal.
#[must_use]
pub(crate) fn indented_json(value: &Value) -> String {
    escape_json(&format!("{value:#}\n")).into_owned()
}

/// Escapes the characters of JSON text that control a terminal, hide text or change its direction. The values stay the
/// same: outside its strings, JSON has no such characters but line breaks.
///
/// Joiners and variation selectors stay: names and emoji need them.
#[must_use]
pub(crate) fn escape_json(json: &str) -> Cow<'_, str> {
    if !json.contains(is_unsafe) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 6);
    for c in json.chars() {
        if is_unsafe(c) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| _ = write!(escaped, "\\u{unit:04x}"));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

fn is_unsafe(c: char) -> bool {
    let is_needed = matches!(c, '\n' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    !is_needed && (c.is_control() || is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}'))
}

#[cfg(test)]
mod tests {
    use super::{escape_json, indented_json};
    use serde_json::Value;

    #[test]
    fn json_keeps_its_value_without_unsafe_characters() {
        for text in
            ["a", "Zo\u{eb}", "\u{1b}[31m\t\n", "\u{9b}31m\u{7f}", "\u{202e}abc\u{2066}", "\u{e0041}", "\u{2028}"]
        {
            let value = Value::from(text);
            let json = indented_json(&value);
            assert!(json.trim_end().chars().all(|c| c == '\u{eb}' || matches!(c, ' '..='~')), "{json:?}");
            assert_eq!(serde_json::from_str::<Value>(&json).expect("JSON"), value);
        }
        let names = "[\"می\u{200c}خواهم\",\n\"👩\u{200d}👧\",\"❤\u{fe0f}\"]";
        assert_eq!(escape_json(names), names);
    }
}
