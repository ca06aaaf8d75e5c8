//! A finished intake, as it is sealed: JSON that any program can read once it is opened.

use super::error::{DeskError, RecordDamage};
use crate::interview::{AnswersFile, Completeness};
use crate::pack::{Pack, PackFiles};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The format of the records that this program seals.
const FORMAT: u64 = 1;

/// One version of one intake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The intake's number; a record that is moved to another one is found out.
    pub intake: u64,
    /// Counted from 1; every correction is one more.
    pub version: u32,
    /// When the interview began, to the second.
    pub started: String,
    /// When it was finished or corrected.
    pub finished: String,
    /// What the intake is called, for whoever looks for it.
    pub label: Option<String>,
    /// The hash of the pack that was asked.
    pub pack: String,
    /// The answers, as answers files write them.
    pub answers: Value,
}

impl Record {
    /// The record as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "record": FORMAT, "intake": self.intake, "version": self.version, "started": self.started,
            "finished": self.finished, "label": self.label, "pack_hash": self.pack, "answers_file": self.answers,
        })
    }

    /// Reads a record back.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut value: Value = serde_json::from_str(text).ok()?;
        if value.get("record")?.as_u64()? != FORMAT {
            return None;
        }
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            intake: value.get("intake")?.as_u64()?,
            version: u32::try_from(value.get("version")?.as_u64()?).ok()?,
            started: text("started")?,
            finished: text("finished")?,
            label: text("label"),
            pack: text("pack_hash")?,
            answers: value.get_mut("answers_file")?.take(),
        })
    }

    /// The answers, checked against the pack that they were given to.
    ///
    /// # Errors
    /// When they do not fit it.
    pub fn answers(&self, pack: &Pack) -> Result<AnswersFile, DeskError> {
        let name = format!("the record of intake {}", self.intake);
        // What is wrong with it would be told with the answers.
        AnswersFile::read(pack, &name, &self.answers.to_string(), Completeness::Complete)
            .map_err(|_| DeskError::damaged(self.intake, RecordDamage::DoesNotFitPack))
    }
}

/// The files of a pack, as they are sealed beside the records: a page can be printed again as it was, whatever has become
/// of the pack since.
#[must_use]
pub fn pack_to_text(files: &PackFiles) -> String {
    json!({ "folder": files.folder, "texts": files.texts }).to_string()
}

/// The pack in such a text, if it is the one with this hash.
#[must_use]
pub fn pack_from_text(text: &str, hash: &str) -> Option<Pack> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    let texts: BTreeMap<String, String> = serde_json::from_value(value.get_mut("texts")?.take()).ok()?;
    let files = PackFiles { folder: value.get("folder")?.as_str()?.to_owned(), texts };
    Pack::load(&files).ok().filter(|pack| pack.hash == hash)
}
