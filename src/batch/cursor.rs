//! JSON, read from left to right without building anything.
//!
//! It accepts or gives up: `None` says that something else stands here than was asked for, and not what. Whoever calls it
//! goes the long way then, which tells what is wrong.

use std::borrow::Cow;

pub(super) struct Cursor<'l> {
    /// What has not been read yet.
    rest: &'l [u8],
}

/// Where the first byte is that ends a text or cannot stand in it as it is: a quote, a backslash, a control character.
#[inline]
pub(super) fn stop(bytes: &[u8]) -> Option<usize> {
    let (chunks, tail) = bytes.as_chunks();
    for (number, chunk) in chunks.iter().enumerate() {
        let stops = stops(*chunk);
        if stops != 0 {
            return Some(size_of_val(chunk) * number + stops.trailing_zeros() as usize / 8);
        }
    }
    stop_in_tail(tail).map(|at| bytes.len() - tail.len() + at)
}

#[cold]
fn stop_in_tail(tail: &[u8]) -> Option<usize> {
    tail.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '))
}

/// Eight bytes at once: of the bits that are set in the result, the lowest is in the first byte that stops.
///
/// Subtracting borrows from the byte above only where a byte below has stopped already.
#[inline]
fn stops(chunk: [u8; 8]) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let bytes = u64::from_le_bytes(chunk);
    let below = |bytes: u64, limit: u64| bytes.wrapping_sub(ONES * limit);
    // With its second bit turned over the quote comes right behind the control characters, and nothing else does.
    let ends = below(bytes ^ (ONES * 0x02), 0x21) | below(bytes ^ (ONES * 0x5c), 1);
    // No byte of a longer character stops, whatever the bits below it say.
    ends & !bytes & (ONES << 7)
}

impl<'l> Cursor<'l> {
    pub(super) fn new(line: &'l [u8]) -> Self {
        Self { rest: line }
    }

    /// The next byte that is no space, which stays.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        match *self.rest.first()? {
            ..=b' ' => self.peek_behind_spaces(),
            byte => Some(byte),
        }
    }

    #[cold]
    fn peek_behind_spaces(&mut self) -> Option<u8> {
        let spaces = self.rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.rest = &self.rest[spaces..];
        self.rest.first().copied()
    }

    #[inline]
    fn eat(&mut self, wanted: u8) -> Option<()> {
        self.peek()?;
        self.rest = self.rest.strip_prefix(&[wanted])?;
        Some(())
    }

    /// Nothing but spaces is left.
    pub(super) fn end(&mut self) -> Option<()> {
        if self.peek().is_none() { Some(()) } else { None }
    }

    /// A text as bytes, for what is only compared; its escapes are read, if it has any.
    #[inline]
    pub(super) fn bytes(&mut self) -> Option<Cow<'l, [u8]>> {
        self.eat(b'"')?;
        let (text, behind) = self.rest.split_at_checked(stop(self.rest)?)?;
        match behind {
            [b'"', rest @ ..] => self.rest = rest,
            _ => return self.escaped().map(|text| Cow::Owned(text.into_bytes())),
        }
        Some(Cow::Borrowed(text))
    }

    /// A text.
    pub(super) fn string(&mut self) -> Option<Cow<'l, str>> {
        match self.bytes()? {
            Cow::Borrowed(text) => std::str::from_utf8(text).ok().map(Cow::Borrowed),
            Cow::Owned(text) => String::from_utf8(text).ok().map(Cow::Owned),
        }
    }

    /// The text behind the quote that was just read, escapes and all.
    #[cold]
    fn escaped(&mut self) -> Option<String> {
        let mut length = 0;
        loop {
            length += stop(self.rest.get(length..)?)?;
            match self.rest[length] {
                b'"' => break,
                b'\\' => length += 2,
                _ => return None,
            }
        }
        let (text, rest) = self.rest.split_at(length + 1);
        self.rest = rest;
        serde_json::from_slice(&[b"\"", text].concat()).ok()
    }

    /// A text, or `null`.
    #[allow(clippy::option_option, reason = "`None` is that neither stands here")]
    pub(super) fn optional(&mut self) -> Option<Option<Cow<'l, str>>> {
        if self.peek()? == b'"' { self.string().map(Some) } else { self.word("null").map(|()| None) }
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self) -> Option<bool> {
        let yes = self.peek()? == b't';
        self.word(if yes { "true" } else { "false" }).map(|()| yes)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.peek()?;
        self.rest = self.rest.strip_prefix(word.as_bytes())?;
        Some(())
    }

    /// A number without an exponent, as it is written.
    pub(super) fn number(&mut self) -> Option<&'l str> {
        self.peek()?;
        let from = self.rest;
        self.rest = self.rest.strip_prefix(b"-").unwrap_or(self.rest);
        let whole = self.digits()?;
        if whole.len() > 1 && whole.starts_with(b"0") {
            return None;
        }
        if let Some(rest) = self.rest.strip_prefix(b".") {
            self.rest = rest;
            self.digits()?;
        }
        std::str::from_utf8(&from[..from.len() - self.rest.len()]).ok()
    }

    fn digits(&mut self) -> Option<&'l [u8]> {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        (count > 0).then_some(digits)
    }

    /// An object: each key, with the cursor before its value.
    pub(super) fn object(&mut self, mut member: impl FnMut(&mut Self, &[u8]) -> Option<()>) -> Option<()> {
        self.items(b'{', b'}', |cursor| {
            let key = cursor.bytes()?;
            cursor.eat(b':')?;
            member(cursor, &key)
        })
    }

    /// A list, with the cursor before each element.
    pub(super) fn list(&mut self, element: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.items(b'[', b']', element)
    }

    fn items(&mut self, open: u8, close: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.eat(open)?;
        if self.peek()? == close {
            return self.eat(close);
        }
        loop {
            item(self)?;
            let next = self.peek()?;
            self.rest = &self.rest[1..];
            if next == close {
                return Some(());
            }
            (next == b',').then_some(())?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn texts_and_numbers_are_those_of_json_or_none() {
        for text in
            [r#""""#, r#""a b""#, r#""\"\\\/\b\u00e9\ud83d\ude00""#, "\"é\u{7f}\"", r#""\ud800""#, r#""\x""#, r#"""#]
        {
            let read = serde_json::from_str::<String>(text).ok();
            assert_eq!(Cursor::new(text.as_bytes()).string().map(std::borrow::Cow::into_owned), read, "{text}");
        }
        // Whatever stands around them, the eight that are looked at together included.
        for stop in (0..=u8::MAX).map(char::from).chain(['é', '\u{2028}', '\u{10ffff}']) {
            for before in 0..20 {
                let text = format!("{}{stop}{}\\n\"tail", "\u{7f}!".repeat(before), "#\u{80}".repeat(before % 5));
                let expected = text.find(|c: char| c < ' ' || c == '"' || c == '\\');
                assert_eq!(super::stop(text.as_bytes()), expected, "{text:?}");
            }
        }
        for control in ["\"\u{1}\"", "\"\n\"", "\"\\"] {
            assert_eq!(Cursor::new(control.as_bytes()).string(), None, "{control:?}");
        }
        for (text, number) in
            [("0", Some("0")), ("-7.50 ", Some("-7.50")), ("01", None), (".5", None), ("1.", None), ("-", None)]
        {
            assert_eq!(Cursor::new(text.as_bytes()).number(), number, "{text}");
        }
    }
}
