//! JSON whose every value knows its place, so that all faults are reported at once, each where it stands.
//!
//! `serde` stops at the first fault and forgets positions; packs and answers files are written by people who
//! want the whole list. [`Decode`] walks the syntax tree of `jsonc-parser` (set to strict JSON) instead, and
//! tells a [`Reporter`] what it finds. Depth is limited by that parser, so no input overflows the stack.

mod decode;
mod diagnostic;
mod json_path;
mod object;
mod spanless;
mod spanned;
pub(crate) mod toml;

pub(crate) use decode::{Decimal, Decode, Fields, record};
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub(crate) use diagnostic::{File, Reporter, nearest, shortened};
pub(crate) use json_path::JsonPath;
pub(crate) use object::{check_duplicate_keys, check_known_fields, duplicate_keys, find_value, key_span};
pub(crate) use spanless::{NumberTexts, parse_spanless, spanless_tree};
pub(crate) use spanned::Spanned;

use jsonc_parser::ast::Value;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// A place in a file: byte offsets, end exclusive.
pub(crate) type Span = std::ops::Range<usize>;

/// Parses strict JSON; a syntax fault goes to the sink.
pub(crate) fn parse<'f>(sink: &Reporter<'f>) -> Option<Value<'f>> {
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
            if let Some((at, message, hint)) = stray_character(sink.text()) {
                sink.report(Diagnostic::new("syntax", at..at + 1, message).hint(hint));
                return None;
            }
            parsed.value
        }
        Err(error) => {
            let range = error.range();
            if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
                let message = "lists and objects stand inside one another too many times";
                sink.report(
                    Diagnostic::new("syntax", range.start..range.end, message)
                        .hint("no file that this program reads is so deep: see whether it is the right one"),
                );
                return None;
            }
            let (at, message, hint) = explain_syntax_error(sink.text(), range.start).unwrap_or_else(|| {
                let message = error.kind().to_string().to_lowercase();
                (range.start..range.end, message, "look at this place and just before it: a comma, a quote or a bracket may be missing or one too many")
            });
            sink.report(Diagnostic::new("syntax", at, format!("this is not JSON: {message}")).hint(hint));
            None
        }
    }
}

/// What an editor for prose does to JSON, and what is left over when a line is taken out, if that is the fault here.
fn explain_syntax_error(text: &str, at: usize) -> Option<(Span, String, &'static str)> {
    let (before, after) = (text.get(..at)?, text.get(at..)?);
    if let Some(quote) = after.chars().next().filter(|c| matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»'))
    {
        let message = format!("{quote} is a curly quote");
        return Some((
            at..at + quote.len_utf8(),
            message,
            "write straight quotes, \"…\": an editor for code or plain text does not exchange them",
        ));
    }
    if after.starts_with('\u{feff}') {
        let message = "an invisible mark (BOM) stands here".to_owned();
        return Some((at..at + 3, message, "save the file as UTF-8 without BOM"));
    }
    let comma = before.trim_end().strip_suffix(',').map(str::len);
    let comma = comma.filter(|_| after.starts_with([']', '}'])).or_else(|| {
        let close = after.strip_prefix(',')?.trim_start();
        close.starts_with([']', '}']).then_some(at)
    })?;
    let message = "a comma stands behind the last thing of a list or an object".to_owned();
    Some((
        comma..comma + 1,
        message,
        "take this comma out: there is one between two things, and none before the closing bracket",
    ))
}

/// The first character that this parser lets pass, and no other one would: a control character in a string, or a space
/// between the values that is not one of JSON's four.
fn stray_character(text: &str) -> Option<(usize, &'static str, &'static str)> {
    let (mut inside, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'"' => inside = !inside,
            b'\\' => escaped = inside,
            0..0x20 if inside => {
                let message = "this is not JSON: a control character stands in a text";
                return Some((at, message, "write a line break as \\n and a tab as \\t"));
            }
            b'\t' | b'\n' | b'\r' | b' '..=b'~' => {}
            _ if !inside => {
                let message = "this is not JSON: a character stands here that is part of no value";
                return Some((at, message, "take it out; it may be an invisible one, such as a wide space"));
            }
            _ => {}
        }
    }
    None
}

/// Reads strict JSON. `None` means that the sink has been told why not.
pub(crate) fn read<T: Decode>(sink: &Reporter<'_>) -> Option<T> {
    T::decode(&parse(sink)?, sink)
}

/// What a JSON value is, in words for a message.
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

/// Where a value stands.
pub(crate) fn span_of(value: &Value<'_>) -> Span {
    use jsonc_parser::common::Ranged;
    value.start()..value.end()
}
