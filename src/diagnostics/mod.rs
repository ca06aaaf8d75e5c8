//! JSON parsing with positions: all errors of a file are reported at once, each with its place.
//!
//! `serde` stops at the first error and drops positions. Authors of packs and answers files need the whole list, so
//! [`Decode`] walks the syntax tree of `jsonc-parser` (set to strict JSON) and reports errors to a [`Reporter`]. The
//! parser limits the depth, so no input overflows the stack.

mod decode;
mod diagnostic;
mod json_path;
mod object;
mod reporter;
mod spanless;
mod spanned;
pub(crate) mod toml;

pub(crate) use decode::{Decimal, Decode, Fields, record};
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub(crate) use diagnostic::{File, nearest, shortened};
pub(crate) use json_path::JsonPath;
pub(crate) use object::{check_duplicate_keys, check_known_fields, duplicate_keys, find_value, key_span};
pub(crate) use reporter::Reporter;
pub(crate) use spanless::{NumberTexts, parse_spanless, spanless_tree};
pub(crate) use spanned::Spanned;

use jsonc_parser::ast::Value;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// A place in a file: byte offsets, end exclusive.
pub(crate) type Span = std::ops::Range<usize>;

/// The most values of a JSON text that is read into memory. A value takes up to 100 times its bytes there. The largest
/// pack has a tenth of them.
const MAX_VALUES: usize = 100_000;

/// Returns whether a JSON text has more than the most values. Counts what comes before a value: an opening bracket or a
/// comma.
pub(crate) fn has_too_many_values(text: &str) -> bool {
    let comes_before = |byte: u8| matches!(byte, b',' | b'[' | b'{');
    // Counting all bytes is fast, because the loop is vectorized. Few texts need the exact count, without strings.
    if text.len() <= MAX_VALUES || text.bytes().filter(|byte| comes_before(*byte)).count() <= MAX_VALUES {
        return false;
    }
    let (mut in_text, mut is_escaped, mut count) = (false, false, 0);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = in_text,
            b'"' => in_text = !in_text,
            _ => count += usize::from(!in_text && comes_before(byte)),
        }
    }
    count > MAX_VALUES
}

/// Parses strict JSON and reports syntax errors.
pub(crate) fn parse<'f>(sink: &Reporter<'f>) -> Option<Value<'f>> {
    if has_too_many_values(sink.text()) {
        let message = format!("the JSON has more than {MAX_VALUES} values");
        let hint = "check that this is the right file: no file that this program reads has so many";
        sink.report(Diagnostic::new("syntax", 0..0, message).hint(hint));
        return None;
    }
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match parse_to_ast(sink.text(), &CollectOptions::default(), &strict) {
        Ok(parsed) => {
            if parsed.value.is_none() {
                sink.report(
                    Diagnostic::new("syntax", 0..0, "the file is empty")
                        .hint("write a JSON object: it starts with `{` and ends with `}`"),
                );
            }
            if let Some((offset, message, hint)) = stray_character(sink.text()) {
                sink.report(Diagnostic::new("syntax", offset..offset + 1, message).hint(hint));
                return None;
            }
            parsed.value
        }
        Err(error) => {
            let range = error.range();
            if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
                let message = "the JSON is nested too deeply";
                sink.report(
                    Diagnostic::new("syntax", range.start..range.end, message)
                        .hint("check that this is the right file: no file that this program reads is so deep"),
                );
                return None;
            }
            let (span, message, hint) = explain_syntax_error(sink.text(), range.start).unwrap_or_else(|| {
                let message = error.kind().to_string().to_lowercase();
                (
                    range.start..range.end,
                    message,
                    "check this place and just before it for a missing or extra comma, quote or bracket",
                )
            });
            sink.report(Diagnostic::new("syntax", span, format!("this is not JSON: {message}")).hint(hint));
            None
        }
    }
}

/// Explains errors that word processors and deleted lines cause: curly quotes, a byte order mark, a trailing comma.
fn explain_syntax_error(text: &str, offset: usize) -> Option<(Span, String, &'static str)> {
    let (before, after) = (text.get(..offset)?, text.get(offset..)?);
    if let Some(quote) = after.chars().next().filter(|c| matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»'))
    {
        let message = format!("{quote} is a curly quote");
        return Some((
            offset..offset + quote.len_utf8(),
            message,
            "write straight quotes (\"…\"), in an editor for code or plain text",
        ));
    }
    if after.starts_with('\u{feff}') {
        let message = "invisible byte order mark (BOM)".to_owned();
        return Some((offset..offset + 3, message, "save the file as UTF-8 without BOM"));
    }
    let comma = before.trim_end().strip_suffix(',').map(str::len);
    let comma = comma.filter(|_| after.starts_with([']', '}'])).or_else(|| {
        let close = after.strip_prefix(',')?.trim_start();
        close.starts_with([']', '}']).then_some(offset)
    })?;
    let message = "trailing comma in a list or object".to_owned();
    Some((comma..comma + 1, message, "remove this comma: no comma goes before a closing bracket"))
}

/// Finds the first character that jsonc-parser accepts and strict JSON does not: a control character in a string, or
/// white space other than JSON's four characters between values.
fn stray_character(text: &str) -> Option<(usize, &'static str, &'static str)> {
    let (mut inside, mut escaped) = (false, false);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'"' => inside = !inside,
            b'\\' => escaped = inside,
            0..0x20 if inside => {
                let message = "this is not JSON: control character in a text";
                return Some((offset, message, "write a line break as \\n and a tab as \\t"));
            }
            b'\t' | b'\n' | b'\r' | b' '..=b'~' => {}
            _ if !inside => {
                let message = "this is not JSON: unexpected character between values";
                return Some((offset, message, "remove it; it may be invisible, such as a wide space"));
            }
            _ => {}
        }
    }
    None
}

/// Reads strict JSON. `None` means that the errors have been reported.
pub(crate) fn read<T: Decode>(sink: &Reporter<'_>) -> Option<T> {
    T::decode(&parse(sink)?, sink)
}

/// Names the kind of a JSON value, for messages.
pub(crate) fn kind_of(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "a text",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(_) => "true or false",
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::NullKeyword(_) => "null",
    }
}

/// Returns the span of a value.
pub(crate) fn span_of(value: &Value<'_>) -> Span {
    use jsonc_parser::common::Ranged;
    value.start()..value.end()
}
