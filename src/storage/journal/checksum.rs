//! The lines of a journal: a checksum, a space, what is kept, a line break.
//!
//! The checksum covers the line and the checksum before it. So a line that was changed, moved, lost or brought in
//! from another journal ends what can be trusted: after a lost correction the answer before it would be wrong.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Hexadecimal digits of a checksum: the first half of a SHA-256.
const DIGITS: usize = 32;

/// The checksum of the line before; empty at the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain(String);

/// The lines that can be trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifiedLines<'b> {
    /// What each line holds, in order.
    pub payloads: Vec<&'b str>,
    /// For each line, the byte after it, and the chain there.
    pub ends: Vec<(usize, Chain)>,
    /// What comes after them.
    pub cut: Option<DamagedTail>,
}

/// What of a journal cannot be trusted, and is cut out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DamagedTail {
    /// The line where it begins, counted from 1.
    pub line: usize,
    /// How many lines it is, counting a last one without a line break.
    pub lines: usize,
    /// Whether it is only a last line without its line break: the program was stopped while it wrote.
    pub torn: bool,
}

impl Chain {
    /// Frames the next line. `payload` holds no line break.
    pub fn frame(&mut self, payload: &str) -> String {
        self.0 = self.checksum(payload.as_bytes());
        format!("{} {payload}\n", self.0)
    }

    fn checksum(&self, payload: &[u8]) -> String {
        let hash = Sha256::new().chain_update(&self.0).chain_update(b" ").chain_update(payload).finalize();
        hash.iter().take(DIGITS / 2).fold(String::with_capacity(DIGITS), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// What a line holds, if it is whole and follows the one before.
    fn check<'b>(&mut self, line: &'b [u8]) -> Option<&'b str> {
        let (checksum, rest) = line.split_at_checked(DIGITS)?;
        let payload = rest.strip_prefix(b" ")?.strip_suffix(b"\n")?;
        let expected = self.checksum(payload);
        if checksum != expected.as_bytes() {
            return None;
        }
        self.0 = expected;
        std::str::from_utf8(payload).ok()
    }
}

/// Reads the lines of a journal up to the first that is not whole.
#[must_use]
pub fn verify_lines(bytes: &[u8]) -> VerifiedLines<'_> {
    let mut frames = VerifiedLines::default();
    let (mut at, mut chain) = (0, Chain::default());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let Some(payload) = chain.check(line) else {
            frames.cut = cut(bytes, at, frames.payloads.len());
            break;
        };
        at += line.len();
        frames.payloads.push(payload);
        frames.ends.push((at, chain.clone()));
    }
    frames
}

/// Describes what stands from byte `at` on, after `whole` lines.
pub(super) fn cut(bytes: &[u8], at: usize, whole: usize) -> Option<DamagedTail> {
    let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
    let lines = rest.split_inclusive(|byte| *byte == b'\n').count();
    Some(DamagedTail { line: whole + 1, lines, torn: lines == 1 && !rest.ends_with(b"\n") })
}

#[cfg(test)]
mod tests {
    use super::{Chain, verify_lines};

    fn journal(lines: &[&str]) -> Vec<u8> {
        let mut chain = Chain::default();
        lines.iter().flat_map(|line| chain.frame(line).into_bytes()).collect()
    }

    #[test]
    fn what_is_framed_comes_back() {
        let bytes = journal(&["one", "", "drei ✓"]);
        let frames = verify_lines(&bytes);
        assert_eq!((frames.payloads, frames.cut), (vec!["one", "", "drei ✓"], None));
        assert_eq!(frames.ends.last().map(|(end, _)| *end), Some(bytes.len()));
    }

    #[test]
    fn a_line_lost_or_from_elsewhere_ends_it() {
        let text = String::from_utf8(journal(&["one", "two", "three"])).expect("text");
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for wrong in [[0, 2, 1], [0, 0, 1], [0, 2, 2]] {
            let bytes = wrong.map(|line| lines[line]).concat().into_bytes();
            let frames = verify_lines(&bytes);
            assert_eq!(frames.payloads, ["one"], "{wrong:?}");
            assert_eq!(frames.cut.map(|cut| (cut.line, cut.lines, cut.torn)), Some((2, 2, false)));
        }
    }
}
