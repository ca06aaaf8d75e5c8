//! JSON, read from left to right without building anything.
//!
//! It accepts or gives up: `None` says that something else stands here than was asked for, and not what. Whoever calls it
//! goes the long way then, which tells what is wrong.

use std::borrow::Cow;

pub(super) struct Cursor<'l> {
    text: &'l str,
    at: usize,
}

/// Where the first byte is that ends a text or cannot stand in it as it is: a quote, a backslash, a control character.
#[inline]
pub(super) fn stop(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    while let Some(chunk) = rest.first_chunk() {
        let stops = stops(*chunk);
        if stops != 0 {
            return Some(bytes.len() - rest.len() + stops.trailing_zeros() as usize / 8);
        }
        rest = &rest[size_of_val(chunk)..];
    }
    let at = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '))?;
    Some(bytes.len() - rest.len() + at)
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
    pub(super) fn new(text: &'l str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte that is no space, which stays.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at)? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    #[inline]
    fn eat(&mut self, wanted: u8) -> Option<()> {
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    /// Nothing but spaces is left.
    pub(super) fn end(&mut self) -> Option<()> {
        if self.peek().is_none() { Some(()) } else { None }
    }

    /// A text; its escapes are read, if it has any.
    #[inline]
    pub(super) fn string(&mut self) -> Option<Cow<'l, str>> {
        self.eat(b'"')?;
        let rest = &self.text.as_bytes()[self.at..];
        let end = stop(rest)?;
        if rest[end] != b'"' {
            return self.escaped().map(Cow::Owned);
        }
        let text = &self.text[self.at..self.at + end];
        self.at += end + 1;
        Some(Cow::Borrowed(text))
    }

    /// The text behind the quote that was just read, escapes and all.
    #[cold]
    fn escaped(&mut self) -> Option<String> {
        let start = self.at - 1;
        loop {
            self.at += stop(self.text.as_bytes().get(self.at..)?)?;
            match self.text.as_bytes()[self.at] {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => return None,
            }
        }
        self.at += 1;
        serde_json::from_str(self.text.get(start..self.at)?).ok()
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
        self.text[self.at..].starts_with(word).then(|| self.at += word.len())
    }

    /// A number without an exponent, as it is written.
    pub(super) fn number(&mut self) -> Option<&'l str> {
        self.peek()?;
        let start = self.at;
        self.at += usize::from(self.text.as_bytes().get(self.at) == Some(&b'-'));
        let whole = self.digits()?;
        if whole.len() > 1 && whole.starts_with('0') {
            return None;
        }
        if self.text.as_bytes().get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        Some(&self.text[start..self.at])
    }

    fn digits(&mut self) -> Option<&'l str> {
        let start = self.at;
        while self.text.as_bytes().get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        (self.at > start).then(|| &self.text[start..self.at])
    }

    /// An object: each key, with the cursor before its value.
    pub(super) fn object(&mut self, mut member: impl FnMut(&mut Self, &str) -> Option<()>) -> Option<()> {
        self.items(b'{', b'}', |cursor| {
            let key = cursor.string()?;
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
            self.at += 1;
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
            assert_eq!(Cursor::new(text).string().map(std::borrow::Cow::into_owned), read, "{text}");
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
            assert_eq!(Cursor::new(control).string(), None, "{control:?}");
        }
        for (text, number) in
            [("0", Some("0")), ("-7.50 ", Some("-7.50")), ("01", None), (".5", None), ("1.", None), ("-", None)]
        {
            assert_eq!(Cursor::new(text).number(), number, "{text}");
        }
    }
}
