//! The list of intakes, and those with a label that is looked for.

use super::error::{DeskError, RecordDamage};
use super::key::PrivateKeys;
use super::service::{Desk, open};
use super::store::{DateRange, Intake, IntakeWithRecord, RowResult};

/// An intake as somebody finds it who has the key.
#[derive(Debug, Clone)]
pub struct IntakeMatch {
    /// What is known without it.
    pub intake: Intake,
    /// What it is called.
    pub label: Option<String>,
    /// How often it was written; 0 before it is finished.
    pub version: u32,
}

/// Intakes as somebody finds them, and what could not be read.
#[derive(Debug, Default)]
pub struct SearchResult {
    /// What was found.
    pub found: Vec<IntakeMatch>,
    /// What is damaged: rows of the store and records.
    pub damaged: Vec<DeskError>,
}

impl Desk {
    /// The intakes of some days as they are known without a key.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn intakes(&self, span: DateRange<'_>) -> Result<SearchResult, DeskError> {
        let mut search = SearchResult::default();
        for intake in self.store.intakes(span)? {
            match intake {
                Ok(intake) => search.found.push(IntakeMatch { intake, label: None, version: 0 }),
                Err(damaged) => search.damaged.push(damaged.into()),
            }
        }
        Ok(search)
    }

    /// The intakes of some days with their labels; `search` is a part of a label, in capital or small letters. One whose
    /// record cannot be read is there without a label.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn find(
        &self,
        keys: &PrivateKeys,
        span: DateRange<'_>,
        search: Option<&str>,
    ) -> Result<SearchResult, DeskError> {
        let records = self.store.records(span)?;
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let size = records.len().div_ceil(threads).max(1);
        let parts: Result<Vec<SearchResult>, DeskError> = std::thread::scope(|scope| {
            let open = |part| scope.spawn(move || open_all(keys, part));
            let running: Vec<_> = records.chunks(size).map(open).collect();
            running.into_iter().map(|part| part.join().map_err(|_| DeskError::SearchStopped)).collect()
        });
        let wanted = search.map(str::to_lowercase);
        let fits = |found: &IntakeMatch| match &wanted {
            Some(wanted) => found.label.as_ref().is_some_and(|label| label.to_lowercase().contains(wanted)),
            None => true,
        };
        let mut search = SearchResult::default();
        for part in parts? {
            search.found.extend(part.found.into_iter().filter(fits));
            search.damaged.extend(part.damaged);
        }
        Ok(search)
    }
}

fn open_all(keys: &PrivateKeys, part: &[RowResult<IntakeWithRecord>]) -> SearchResult {
    let mut search = SearchResult::default();
    for row in part {
        let (intake, sealed) = match row {
            Ok(row) => row,
            Err(damaged) => {
                search.damaged.push((*damaged).into());
                continue;
            }
        };
        let record = sealed.as_ref().map(|sealed| match sealed {
            Ok(sealed) => open(keys, intake.number, sealed, None),
            Err(row) => Err(DeskError::damaged(intake.number, RecordDamage::Row(*row))),
        });
        let record = record.transpose().unwrap_or_else(|damaged| {
            search.damaged.push(damaged);
            None
        });
        let (label, version) = record.map(|record| (record.label, record.version)).unwrap_or_default();
        search.found.push(IntakeMatch { intake: intake.clone(), label, version });
    }
    search
}
