//! A disk that fails at every single operation, for once or for good, and a crash at any moment after.

use crate::support::scripted_interview::{entries, header, pack};
use crate::support::thoroughness::thoroughness;
use preconsult::pack::Pack;
use preconsult::storage::journal::{Journal, JournalEntry, Storage, recover};
use std::io;

/// A disk with a cache before it: what is not synced may be lost from any byte on.
#[derive(Debug, Default)]
struct Disk {
    synced: Vec<u8>,
    cached: Vec<u8>,
    operations: usize,
    /// From which operation on it fails, and for how many.
    fails: Option<(usize, usize)>,
    /// How much of a failing write is written all the same.
    through: usize,
}

impl Disk {
    fn operate(&mut self) -> io::Result<()> {
        self.operations += 1;
        match self.fails {
            Some((from, count)) if (from..from.saturating_add(count)).contains(&self.operations) => {
                Err(io::ErrorKind::StorageFull.into())
            }
            _ => Ok(()),
        }
    }

    /// States in which a crash now could leave the file. That every other cut reads the same is tested elsewhere.
    fn crashes(&self) -> Vec<&[u8]> {
        let same = self.synced.iter().zip(&self.cached).take_while(|(a, b)| a == b).count();
        let end = self.cached.len();
        let lengths = [same, (same + 1).min(end), same.midpoint(end), end.saturating_sub(1).max(same), end];
        let cut = lengths.into_iter().map(|length| &self.cached[..length]);
        cut.chain([&self.synced[..]]).collect()
    }
}

impl Storage for Disk {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let works = self.operate();
        let written = if works.is_ok() { bytes.len() } else { self.through.min(bytes.len()) };
        self.cached.extend_from_slice(&bytes[..written]);
        works
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

/// An interview of a dozen lines; what a disk does to them does not hang on how many there are.
fn short(pack: &Pack) -> Vec<JournalEntry> {
    entries(pack).into_iter().rev().take(12).collect()
}

/// Keeps every entry on this disk; gives how often it was told that one was not kept.
fn check(disk: Disk) -> usize {
    let pack = pack();
    let entries = short(pack);
    let fails = (disk.fails, disk.through);
    let mut journal = Journal::begin(disk, &header(pack));
    let (mut kept, mut refused) = (0, 0);
    for (at, entry) in entries.iter().enumerate() {
        match journal.append(entry) {
            Ok(()) => kept = at + 1,
            Err(_) => refused += 1,
        }
        assert_eq!(journal.has_pending(), kept != at + 1);
        for crashed in journal.storage().crashes() {
            let read = recover(crashed).map_or_else(|_| Vec::new(), |read| read.entries);
            assert!(entries[..=at].starts_with(&read), "{fails:?}: a wrong answer after {at}");
            assert!(read.len() >= kept, "{fails:?}: {kept} answers were kept, {} are there", read.len());
        }
    }
    if fails.0.is_none_or(|(_, count)| count < usize::MAX) {
        let works = (0..=3).any(|_| journal.flush().is_ok());
        assert!(works && !journal.has_pending(), "{fails:?}: the disk works again");
        assert_eq!(recover(&journal.storage().synced).expect("a journal").entries, entries);
    }
    refused
}

#[test]
fn a_full_disk_at_every_write_loses_nothing_that_was_kept() {
    assert_eq!(check(Disk::default()), 0);
    let operations = 2 * short(pack()).len();
    for from in thoroughness().sample(1..=operations, 5, 0) {
        for (count, through) in [(1, 0), (1, 7), (3, 40), (usize::MAX, 0), (usize::MAX, 33)] {
            let refused = check(Disk { fails: Some((from, count)), through, ..Disk::default() });
            assert!(refused > 0, "a failure at operation {from} is told");
        }
    }
}
