//! Lists intakes and searches their labels.

use super::error::{DeskError, RecordDamage};
use super::key::PrivateKeys;
use super::sealing::{open, open_label};
use super::service::Desk;
use super::store::{DateRange, Intake, IntakeWithRecord, RowResult, Sealed};
use crate::printable::comparison_form;

/// An intake in a list or a search result.
#[derive(Debug, Clone)]
pub struct IntakeMatch {
    /// The data that is available without a key.
    pub intake: Intake,
    /// The label, if the desk is unlocked and the record has one.
    pub label: Option<String>,
    /// The last version of the record; 0 if the intake is unfinished or the desk locked.
    pub version: u32,
}

/// The intakes of a list or search, and errors for what could not be read.
#[derive(Debug, Default)]
pub struct SearchResult {
    /// The intakes, in order of number.
    pub found: Vec<IntakeMatch>,
    /// Errors for damaged rows and records.
    pub damaged: Vec<DeskError>,
}

impl Desk {
    /// Lists the intakes of a date range, without labels.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn intakes(&self, range: DateRange<'_>) -> Result<SearchResult, DeskError> {
        let mut search = SearchResult::default();
        for intake in self.store.intakes(range)? {
            match intake {
                Ok(intake) => search.found.push(IntakeMatch { intake, label: None, version: 0 }),
                Err(damaged) => search.damaged.push(damaged.into()),
            }
        }
        Ok(search)
    }

    /// Lists the intakes of a date range with their labels. `search` restricts them to labels that contain it, ignoring
    /// case and the variants of
    /// letters, quotation marks and dashes. An intake with a damaged record has no label.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn find(
        &self,
        keys: &PrivateKeys,
        range: DateRange<'_>,
        search: Option<&str>,
    ) -> Result<SearchResult, DeskError> {
        let records = self.store.records(range)?;
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let size = records.len().div_ceil(threads).max(1);
        let parts: Result<Vec<SearchResult>, DeskError> = std::thread::scope(|scope| {
            let open = |part| scope.spawn(move || open_all(keys, part));
            let running: Vec<_> = records.chunks(size).map(open).collect();
            running.into_iter().map(|part| part.join().map_err(|_| DeskError::SearchStopped)).collect()
        });
        let part = search.map(comparison_form);
        let is_match = |intake: &IntakeMatch| match &part {
            Some(part) => intake.label.as_ref().is_some_and(|label| comparison_form(label).contains(part)),
            None => true,
        };
        let mut search = SearchResult::default();
        for part in parts? {
            search.found.extend(part.found.into_iter().filter(is_match));
            search.damaged.extend(part.damaged);
        }
        Ok(search)
    }
}

fn open_all(keys: &PrivateKeys, part: &[RowResult<IntakeWithRecord>]) -> SearchResult {
    let mut search = SearchResult::default();
    for row in part {
        let IntakeWithRecord { intake, record, label } = match row {
            Ok(row) => row,
            Err(damaged) => {
                search.damaged.push((*damaged).into());
                continue;
            }
        };
        let sealed = |sealed: &RowResult<Sealed>| {
            sealed.clone().map_err(|row| DeskError::damaged(intake.number, RecordDamage::Row(row)))
        };
        let record = record.as_ref().map(|record| open(keys, intake.number, &sealed(record)?, None)).transpose();
        let beside = label.as_ref().map(|label| open_label(keys, intake.number, &sealed(label)?)).transpose();
        let mut or_damaged = |damaged| search.damaged.push(damaged);
        let record = record.map_err(&mut or_damaged).unwrap_or_default();
        let beside = beside.map_err(&mut or_damaged).unwrap_or_default();
        let (in_record, version) = record.map(|record| (record.label, record.version)).unwrap_or_default();
        let label = beside.unwrap_or(in_record);
        search.found.push(IntakeMatch { intake: intake.clone(), label, version });
    }
    search
}
