//! The lines of a journal: a checksum, a space, the payload, a line break.
//!
//! The checksum covers the payload and the checksum of the previous line. A line that was changed, moved, lost or
//! copied from another journal therefore ends the trusted part: after a lost correction, the earlier answer would be
//! wrong.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Number of hexadecimal digits of a checksum: the first half of a SHA-256 hash.
const CHECKSUM_DIGITS: usize = 32;

/// The checksum of the previous line; empty offset the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain(String);

/// The lines whose checksums match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifiedLines<'b> {
    /// The payload of each line, in order.
    pub payloads: Vec<&'b str>,
    /// For each line, its end as a byte offset, and the chain there.
    pub ends: Vec<(usize, Chain)>,
    /// The bytes after them, if any.
    pub damage: Option<DamagedTail>,
}

/// The end of a journal that cannot be trusted and is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DamagedTail {
    /// Its first line, counted from 1.
    pub line: usize,
    /// Its number of lines, including a last one without a line break.
    pub lines: usize,
    /// True if it is only one line without a line break: the program was stopped while writing it.
    pub is_torn: bool,
}

impl Chain {
    /// Adds the checksum to the next line. `payload` has no line break.
    pub fn append_checksum(&mut self, payload: &str) -> String {
        self.0 = self.checksum(payload.as_bytes());
        format!("{} {payload}\n", self.0)
    }

    fn checksum(&self, payload: &[u8]) -> String {
        let hash = Sha256::new().chain_update(&self.0).chain_update(b" ").chain_update(payload).finalize();
        hash.iter().take(CHECKSUM_DIGITS / 2).fold(String::with_capacity(CHECKSUM_DIGITS), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Returns the payload of a line if it is complete and follows the previous one.
    fn check<'b>(&mut self, line: &'b [u8]) -> Option<&'b str> {
        let (checksum, rest) = line.split_at_checked(CHECKSUM_DIGITS)?;
        let payload = rest.strip_prefix(b" ")?.strip_suffix(b"\n")?;
        let expected = self.checksum(payload);
        if checksum != expected.as_bytes() {
            return None;
        }
        self.0 = expected;
        std::str::from_utf8(payload).ok()
    }
}

/// Reads the lines of a journal up to the first that does not match its checksum.
#[must_use]
pub fn verify_lines(bytes: &[u8]) -> VerifiedLines<'_> {
    let mut verified = VerifiedLines::default();
    let (mut offset, mut chain) = (0, Chain::default());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let Some(payload) = chain.check(line) else {
            verified.damage = damaged_tail(bytes, offset, verified.payloads.len());
            break;
        };
        offset += line.len();
        verified.payloads.push(payload);
        verified.ends.push((offset, chain.clone()));
    }
    verified
}

/// Describes the bytes from `offset` on, which come after a number of verified lines.
pub(super) fn damaged_tail(bytes: &[u8], offset: usize, verified_lines: usize) -> Option<DamagedTail> {
    let rest = bytes.get(offset..).filter(|rest| !rest.is_empty())?;
    let lines = rest.split_inclusive(|byte| *byte == b'\n').count();
    Some(DamagedTail { line: verified_lines + 1, lines, is_torn: lines == 1 && !rest.ends_with(b"\n") })
}

#[cfg(test)]
mod tests {
    use super::{Chain, verify_lines};

    fn journal(lines: &[&str]) -> Vec<u8> {
        let mut chain = Chain::default();
        lines.iter().flat_map(|line| chain.append_checksum(line).into_bytes()).collect()
    }

    #[test]
    fn written_lines_are_read_back() {
        let bytes = journal(&["one", "", "drei ✓"]);
        let verified = verify_lines(&bytes);
        assert_eq!((verified.payloads, verified.damage), (vec!["one", "", "drei ✓"], None));
        assert_eq!(verified.ends.last().map(|(end, _)| *end), Some(bytes.len()));
    }

    #[test]
    fn a_lost_or_foreign_line_ends_the_verified_part() {
        let text = String::from_utf8(journal(&["one", "two", "three"])).expect("text");
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for wrong in [[0, 2, 1], [0, 0, 1], [0, 2, 2]] {
            let bytes = wrong.map(|line| lines[line]).concat().into_bytes();
            let verified = verify_lines(&bytes);
            assert_eq!(verified.payloads, ["one"], "{wrong:?}");
            assert_eq!(verified.damage.map(|damage| (damage.line, damage.lines, damage.is_torn)), Some((2, 2, false)));
        }
    }
}
