//! A disk that fails at each operation, once or permanently, and a crash at any moment.

use crate::support::scripted_interview::{entries, header, pack};
use crate::support::thoroughness::thoroughness;
use preconsult::pack::Pack;
use preconsult::storage::journal::{Journal, JournalEntry, Storage, recover};
use std::io;

/// A disk with a cache: bytes that are not synced may be lost from any position on.
#[derive(Debug, Default)]
struct Disk {
    synced: Vec<u8>,
    cached: Vec<u8>,
    operations: usize,
    /// The first operation that fails, and the number of failures.
    failures: Option<(usize, usize)>,
    /// The number of bytes that a failing write still writes.
    partial_bytes: usize,
}

impl Disk {
    fn operate(&mut self) -> io::Result<()> {
        self.operations += 1;
        match self.failures {
            Some((from, count)) if (from..from.saturating_add(count)).contains(&self.operations) => {
                Err(io::ErrorKind::StorageFull.into())
            }
            _ => Ok(()),
        }
    }

    /// Returns states that a crash now could leave. `damage.rs` tests all other lengths.
    fn crash_states(&self) -> Vec<&[u8]> {
        let same = self.synced.iter().zip(&self.cached).take_while(|(a, b)| a == b).count();
        let end = self.cached.len();
        let lengths = [same, (same + 1).min(end), same.midpoint(end), end.saturating_sub(1).max(same), end];
        let cut = lengths.into_iter().map(|length| &self.cached[..length]);
        cut.chain([&self.synced[..]]).collect()
    }
}

impl Storage for Disk {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let result = self.operate();
        let written = if result.is_ok() { bytes.len() } else { self.partial_bytes.min(bytes.len()) };
        self.cached.extend_from_slice(&bytes[..written]);
        result
    }

    fn sync(&mut self) -> io::Result<()> {
        self.operate()?;
        self.synced.clone_from(&self.cached);
        Ok(())
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.operate()?;
        self.cached.truncate(usize::try_from(length).expect("a length"));
        Ok(())
    }
}

/// An interview of a dozen lines: the effect of a failure does not depend on their number.
fn short_interview(pack: &Pack) -> Vec<JournalEntry> {
    entries(pack).into_iter().rev().take(12).collect()
}

/// Appends every entry to a journal on this disk, and returns the number of reported failures.
fn check(disk: Disk) -> usize {
    let pack = pack();
    let entries = short_interview(pack);
    let failures = (disk.failures, disk.partial_bytes);
    let mut journal = Journal::begin(disk, &header(pack));
    let (mut saved, mut refused) = (0, 0);
    for (index, entry) in entries.iter().enumerate() {
        match journal.append(entry) {
            Ok(()) => saved = index + 1,
            Err(_) => refused += 1,
        }
        assert_eq!(journal.has_pending(), saved != index + 1);
        for crashed in journal.storage().crash_states() {
            let read = recover(crashed).map_or_else(|_| Vec::new(), |read| read.entries);
            assert!(entries[..=index].starts_with(&read), "{failures:?}: a wrong answer after {index}");
            assert!(read.len() >= saved, "{failures:?}: {saved} answers were saved, {} were read", read.len());
        }
    }
    if failures.0.is_none_or(|(_, count)| count < usize::MAX) {
        let works = (0..=3).any(|_| journal.flush().is_ok());
        assert!(works && !journal.has_pending(), "{failures:?}: the disk works again");
        assert_eq!(recover(&journal.storage().synced).expect("a journal").entries, entries);
    }
    refused
}

#[test]
fn a_full_disk_at_any_write_loses_no_saved_answer() {
    assert_eq!(check(Disk::default()), 0);
    let operations = 2 * short_interview(pack()).len();
    for from in thoroughness().sample(1..=operations, 5, 0) {
        for (count, partial_bytes) in [(1, 0), (1, 7), (3, 40), (usize::MAX, 0), (usize::MAX, 33)] {
            let refused = check(Disk { failures: Some((from, count)), partial_bytes, ..Disk::default() });
            assert!(refused > 0, "a failure at operation {from} is reported");
        }
    }
}
