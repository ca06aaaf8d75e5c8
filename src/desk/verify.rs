//! Compares the audit log with the store. Every entry must be in place, every item it mentions must exist unchanged,
//! and there must be no other items. The store's tables must have their original definitions.
//!
//! A consistent forgery is not detected: a log rewritten from some entry on, with a matching store. Only a hash that
//! was noted elsewhere reveals it.

use super::audit_trail::{Action, AuditEntry, sha256};
use super::discrepancy::{Discrepancy, EntryFault, Numbered, SealedFault, SealedItem};
use super::error::DeskError;
use super::key::PrivateKeys;
use super::record::{Record, label_from_text, pack_from_text};
use super::store::{DateRange, Intake, IntakeState, RowResult, Sealed, Sequences, Store};
use std::collections::{BTreeMap, BTreeSet};

/// The result of a verification.
#[derive(Debug, Default)]
pub struct Report {
    /// Number of entries in the audit log.
    pub entries: u64,
    /// Hash of the last entry.
    pub head: String,
    /// Number of intakes.
    pub intakes: usize,
    /// Number of encrypted records, packs and notes.
    pub sealed: usize,
    /// Number of those that were decrypted; `None` if the desk is locked.
    pub opened: Option<usize>,
    /// All discrepancies.
    pub problems: Vec<Discrepancy>,
}

/// The state of the store according to the audit log.
#[derive(Default)]
struct Expected {
    last_hash: String,
    hash_found: bool,
    sealed: BTreeMap<u64, (String, SealedKind)>,
    of_intake: BTreeMap<u64, Vec<u64>>,
    intakes: BTreeMap<u64, (String, IntakeState)>,
    /// The encrypted item of each version, and when it was stored.
    versions: BTreeMap<(u64, u32), (u64, String)>,
    /// The hash of the pack in each encrypted item; entries of an earlier version lack it.
    packs: BTreeMap<u64, String>,
    /// The encrypted item of each separate label, by intake.
    labels: BTreeMap<u64, u64>,
    /// Number of registered files, by intake and hash of the path.
    files: BTreeMap<(u64, String), usize>,
    sequences: Sequences,
}

/// The kind of an encrypted item.
#[derive(Clone, Copy)]
enum SealedKind {
    Note,
    Pack,
    Record(u64, u32),
    Label(u64),
}

impl SealedKind {
    /// Returns the item as reports name it; `id` is its number in the store.
    fn item(self, id: u64) -> SealedItem {
        match self {
            Self::Note => SealedItem::Note(id),
            Self::Pack => SealedItem::Pack(id),
            Self::Record(intake, version) => SealedItem::Record(intake, version),
            Self::Label(intake) => SealedItem::Label(intake),
        }
    }
}

/// Verifies a snapshot of a store. With the keys, it also decrypts every item and checks its content. `expect` is the
/// beginning of a hash that was noted elsewhere; an entry must have it.
///
/// # Errors
/// Returns an error if the store cannot be read at all.
pub fn verify(store: &dyn Store, keys: Option<&PrivateKeys>, expect: Option<&str>) -> Result<Report, DeskError> {
    let mut report = Report { opened: keys.map(|_| 0), ..Report::default() };
    store.snapshot(&mut || {
        check(store, keys, expect, &mut report);
        Ok(())
    })?;
    Ok(report)
}

/// Runs all parts of the verification. A part that cannot read the store reports a problem, and the other parts still
/// run.
fn check(store: &dyn Store, keys: Option<&PrivateKeys>, expect: Option<&str>, report: &mut Report) {
    let mut expected = Expected { hash_found: expect.is_none(), ..Expected::default() };
    let integrity =
        store.integrity_problems().map(|faults| report.problems.extend(faults.into_iter().map(Discrepancy::from)));
    report.add_error(integrity);
    let trail = store.trail(&mut |entry| {
        if let Ok(entry) = &entry {
            expected.hash_found |= expect.is_some_and(|expect| entry.hash.starts_with(expect));
        }
        expected.follow_row(entry, report);
        Ok(())
    });
    report.add_error(trail);
    report.head.clone_from(&expected.last_hash);
    if !expected.hash_found {
        report.problems.push(Discrepancy::HashNotFound);
    }
    let sequences = check_sequences(store, &expected, report);
    report.add_error(sequences);
    let intakes = check_intakes(store, &expected, report);
    report.add_error(intakes);
    let labels = check_labels(store, &expected, report);
    report.add_error(labels);
    let packs = check_packs(store, &expected, report);
    report.add_error(packs);
    let sealed = check_sealed(store, keys, &mut expected, report);
    report.add_error(sealed);
}

impl Report {
    fn add_error(&mut self, part: Result<(), DeskError>) {
        self.problems.extend(part.err().map(Discrepancy::from));
    }
}

impl Expected {
    fn follow_row(&mut self, entry: RowResult<AuditEntry>, report: &mut Report) {
        match entry {
            Ok(entry) => self.apply_entry(&entry, report),
            Err(damaged) => {
                report.problems.push(damaged.into());
                report.entries = damaged.row;
            }
        }
    }

    fn apply_entry(&mut self, entry: &AuditEntry, report: &mut Report) {
        let mut problem = |fault| report.problems.push(Discrepancy::Entry { place: entry.place, fault });
        report.entries += 1;
        if entry.place != report.entries {
            problem(EntryFault::OutOfPlace);
            report.entries = entry.place;
        }
        if entry.chain_hash(&self.last_hash) != entry.hash {
            problem(EntryFault::Changed);
        }
        self.last_hash.clone_from(&entry.hash);
        let sealed = [&entry.record, &entry.note].into_iter().flatten().map(|item| item.sealed);
        self.sequences.sealed = sealed.chain([self.sequences.sealed]).max().unwrap_or_default();
        self.sequences.intakes = self.sequences.intakes.max(entry.intake.unwrap_or_default());
        if let (Action::Deleted | Action::Purged, Some(intake)) = (entry.what, entry.intake) {
            for id in self.of_intake.remove(&intake).unwrap_or_default() {
                self.sealed.remove(&id);
            }
            self.versions.retain(|(number, _), _| *number != intake);
            self.files.retain(|(number, _), _| *number != intake);
            self.labels.remove(&intake);
            if self.intakes.remove(&intake).is_none() {
                problem(EntryFault::RemovesUnknownIntake);
            }
        }
        if let Some(record) = &entry.record {
            let kind = match (entry.what, entry.intake, entry.version) {
                (Action::Reencrypted, ..) => self.sealed.get(&record.sealed).map(|(_, kind)| *kind),
                (Action::PackStored, ..) => {
                    self.packs.extend(entry.file.clone().map(|hash| (record.sealed, hash)));
                    Some(SealedKind::Pack)
                }
                (Action::Labelled, Some(intake), _) => Some(SealedKind::Label(intake)),
                (_, Some(intake), Some(version)) => Some(SealedKind::Record(intake, version)),
                _ => None,
            };
            match kind {
                Some(kind) => drop(self.sealed.insert(record.sealed, (record.hash.clone(), kind))),
                None => problem(EntryFault::ReencryptsUnknown),
            }
            match kind.filter(|_| entry.what != Action::Reencrypted) {
                Some(SealedKind::Record(intake, version)) => {
                    self.versions.insert((intake, version), (record.sealed, entry.at.clone()));
                    self.of_intake.entry(intake).or_default().push(record.sealed);
                }
                Some(SealedKind::Label(intake)) => {
                    self.labels.insert(intake, record.sealed);
                    self.of_intake.entry(intake).or_default().push(record.sealed);
                }
                _ => {}
            }
        }
        if let Some(note) = &entry.note {
            self.sealed.insert(note.sealed, (note.hash.clone(), SealedKind::Note));
            if let Some(intake) = entry.intake.filter(|_| !matches!(entry.what, Action::Deleted | Action::Purged)) {
                self.of_intake.entry(intake).or_default().push(note.sealed);
            }
        }
        let Some(intake) = entry.intake else { return };
        if let Some(file) = &entry.file {
            let count = self.files.entry((intake, file.clone())).or_default();
            match entry.what {
                Action::NotWritten if *count == 0 => problem(EntryFault::UnregistersUnknownFile),
                Action::NotWritten => *count -= 1,
                _ => *count += 1,
            }
        }
        match (entry.what, self.intakes.get_mut(&intake)) {
            (Action::Invited, None) => drop(self.intakes.insert(intake, (entry.at.clone(), IntakeState::Invited))),
            (Action::Started, None) => drop(self.intakes.insert(intake, (entry.at.clone(), IntakeState::Started))),
            (Action::Started, Some(begun @ (_, IntakeState::Invited))) => {
                *begun = (entry.at.clone(), IntakeState::Started);
            }
            (Action::Finished | Action::Corrected, Some((_, state))) => *state = IntakeState::Finished,
            (Action::Printed, Some((_, state))) => *state = IntakeState::Printed,
            (Action::Deleted | Action::Purged, _)
            | (
                Action::Shown
                | Action::Exported
                | Action::Written
                | Action::NotWritten
                | Action::Labelled
                | Action::InvitedAgain
                | Action::Withdrawn,
                Some(_),
            ) => {}
            _ => problem(EntryFault::DoesNotFollow),
        }
    }
}

/// Checks that the audit log knows every number that the store has assigned.
fn check_sequences(store: &dyn Store, expected: &Expected, report: &mut Report) -> Result<(), DeskError> {
    let assigned = store.sequences()?;
    let intakes = (Numbered::Intakes, assigned.intakes, expected.sequences.intakes);
    let sealed = (Numbered::Sealed, assigned.sealed, expected.sequences.sealed);
    for (numbered, assigned, known) in [intakes, sealed] {
        if assigned != known {
            report.problems.push(Discrepancy::Numbers { numbered, assigned, known });
        }
    }
    Ok(())
}

fn check_intakes(store: &dyn Store, expected: &Expected, report: &mut Report) -> Result<(), DeskError> {
    let mut missing: BTreeSet<u64> = expected.intakes.keys().copied().collect();
    let (mut versions, mut files) = (expected.versions.clone(), expected.files.clone());
    for intake in store.intakes(DateRange::default())? {
        report.intakes += 1;
        let number = match intake {
            Ok(Intake { number, started, state }) => {
                if expected.intakes.get(&number) != Some(&(started, state)) {
                    report.problems.push(Discrepancy::IntakeDiffers(number));
                }
                number
            }
            Err(damaged) => {
                report.problems.push(damaged.into());
                damaged.row
            }
        };
        missing.remove(&number);
        for version in store.versions(number)? {
            if versions.remove(&(number, version.version)) != Some((version.sealed, version.stored)) {
                report.problems.push(Discrepancy::VersionDiffers { intake: number, version: version.version });
            }
        }
        for file in store.files(number)? {
            if let Some(count) = files.get_mut(&(number, sha256(file.path.as_bytes()))).filter(|count| **count > 0) {
                *count -= 1;
            } else {
                report.problems.push(Discrepancy::UnknownFile(number));
            }
        }
    }
    report.problems.extend(missing.into_iter().map(Discrepancy::IntakeMissing));
    let lost = versions.into_keys().map(|(intake, version)| Discrepancy::VersionMissing { intake, version });
    report.problems.extend(lost);
    let lost = files.into_iter().flat_map(|((number, _), count)| std::iter::repeat_n(number, count));
    report.problems.extend(lost.map(Discrepancy::FileMissing));
    Ok(())
}

fn check_labels(store: &dyn Store, expected: &Expected, report: &mut Report) -> Result<(), DeskError> {
    let mut labels = expected.labels.clone();
    for (intake, sealed) in store.labels()? {
        if labels.remove(&intake) != Some(sealed) {
            report.problems.push(Discrepancy::LabelDiffers(intake));
        }
    }
    report.problems.extend(labels.into_keys().map(Discrepancy::LabelDiffers));
    Ok(())
}

fn check_packs(store: &dyn Store, expected: &Expected, report: &mut Report) -> Result<(), DeskError> {
    let of_trail = expected.sealed.iter().filter(|(_, (_, kind))| matches!(kind, SealedKind::Pack)).map(|(id, _)| *id);
    let mut missing: BTreeSet<u64> = of_trail.collect();
    for (hash, id) in store.packs()? {
        if !missing.remove(&id) {
            report.problems.push(Discrepancy::UnknownPack(id));
        } else if expected.packs.get(&id).is_some_and(|expected| *expected != hash) {
            report.problems.push(Discrepancy::PackHashDiffers(id));
        }
    }
    report.problems.extend(missing.into_iter().map(Discrepancy::PackNotListed));
    Ok(())
}

fn check_sealed(
    store: &dyn Store,
    keys: Option<&PrivateKeys>,
    expected: &mut Expected,
    report: &mut Report,
) -> Result<(), DeskError> {
    let packs: BTreeMap<u64, String> = store.packs()?.into_iter().map(|(hash, id)| (id, hash)).collect();
    let mut read_packs = BTreeMap::new();
    store.every_sealed(&mut |Sealed { id, bytes }, row_hash| {
        report.sealed += 1;
        let Some((hash, kind)) = expected.sealed.remove(&id) else {
            report.problems.push(Discrepancy::UnknownSealed(id));
            return Ok(());
        };
        let item = kind.item(id);
        if sha256(&bytes) != hash {
            report.problems.push(Discrepancy::Sealed { item, fault: SealedFault::Changed });
        } else if row_hash != hash {
            report.problems.push(Discrepancy::Sealed { item, fault: SealedFault::HashDiffers });
        } else if let Some(keys) = keys {
            let Some(text) = keys.open(&bytes) else {
                report.problems.push(Discrepancy::Sealed { item, fault: SealedFault::DoesNotOpen });
                return Ok(());
            };
            report.opened = report.opened.map(|opened| opened + 1);
            let is_right = match kind {
                SealedKind::Note => true,
                SealedKind::Label(intake) => label_from_text(&text, intake).is_some(),
                // `check_packs` reports a pack that is missing from the list.
                SealedKind::Pack => packs.get(&id).is_none_or(|hash| {
                    let pack = pack_from_text(&text, hash);
                    pack.map(|pack| read_packs.insert(hash.clone(), pack)).is_some()
                }),
                SealedKind::Record(intake, version) => Record::from_text(&text).is_some_and(|record| {
                    if !packs.values().any(|hash| *hash == record.pack) {
                        report.problems.push(Discrepancy::PackOfRecordMissing(item));
                    }
                    // A pack is always stored before its records.
                    let fits = read_packs.get(&record.pack).is_none_or(|pack| record.answers(pack).is_ok());
                    if !fits {
                        report.problems.push(Discrepancy::Sealed { item, fault: SealedFault::DoesNotFitPack });
                    }
                    (record.intake, record.version) == (intake, version)
                }),
            };
            if !is_right {
                report.problems.push(Discrepancy::Sealed { item, fault: SealedFault::OtherContent });
            }
        }
        Ok(())
    })?;
    report.problems.extend(expected.sealed.iter().map(|(id, (_, kind))| match kind {
        SealedKind::Record(..) | SealedKind::Label(_) => Discrepancy::RecordMissing(kind.item(*id)),
        SealedKind::Note | SealedKind::Pack => Discrepancy::SealedMissing(*id),
    }));
    Ok(())
}
