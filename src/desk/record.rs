//! The plaintext of an encrypted intake: JSON that any program can read after decryption.

use super::error::{DeskError, RecordDamage};
use crate::answer::{Answer, AnswerKey, AnswerValue};
use crate::interview::{AnswersFile, Completeness};
use crate::pack::{Pack, PackFiles, Role};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The format version of the records.
const FORMAT: u64 = 1;

/// One version of one intake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The intake's number; it reveals a record that was moved to another intake.
    pub intake: u64,
    /// Version number, from 1; every correction adds one.
    pub version: u32,
    /// Start of the interview: RFC 3339, to the second.
    pub started: String,
    /// Time of the finish or correction: RFC 3339, to the second.
    pub finished: String,
    /// The label by which staff find the intake. A label that is stored separately replaces the one in the record.
    pub label: Option<String>,
    /// Hash of the interview's pack.
    pub pack: String,
    /// The answers, in the answers-file format.
    pub answers: Value,
}

impl Record {
    /// Returns the record as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "record": FORMAT, "intake": self.intake, "version": self.version, "started": self.started,
            "finished": self.finished, "label": self.label, "pack_hash": self.pack, "answers_file": self.answers,
        })
    }

    /// Parses a record. `None` if the text is not a record of this format.
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

    /// Returns the answers, validated against their pack.
    ///
    /// # Errors
    /// Returns an error if they do not fit the pack.
    pub fn answers(&self, pack: &Pack) -> Result<AnswersFile, DeskError> {
        let name = format!("the record of intake {}", self.intake);
        // The details are dropped because they quote answers.
        let mut file = AnswersFile::read(pack, &name, &self.answers.to_string(), Completeness::Complete)
            .map_err(|_| DeskError::damaged(self.intake, RecordDamage::DoesNotFitPack))?;
        if let Some(question) = pack.with_role(Role::Label) {
            let label = self.label.clone().map(|label| Answer::Value(AnswerValue::Text(label)));
            match label {
                Some(label) => drop(file.answers.insert(AnswerKey::of_question(question), label)),
                None => drop(file.answers.remove(&AnswerKey::of_question(question))),
            }
        }
        Ok(file)
    }
}

/// Serializes a label that is stored separately from the record. The number reveals a label that was moved to another intake.
#[must_use]
pub fn label_to_text(intake: u64, label: &str) -> String {
    json!({ "intake": intake, "label": label }).to_string()
}

/// Parses the text of [`label_to_text`]. `None` if it is not the label of this intake.
#[must_use]
pub fn label_from_text(text: &str, intake: u64) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    let label = value.get("label")?.as_str()?.to_owned();
    (value.get("intake")?.as_u64()? == intake).then_some(label)
}

/// Serializes the files of a pack. The store keeps them, encrypted, so that a record can be printed again with the pack
/// it was taken with.
#[must_use]
pub fn pack_to_text(files: &PackFiles) -> String {
    json!({ "folder": files.folder, "texts": files.texts }).to_string()
}

/// Parses the text of [`pack_to_text`]. `None` if it is not the pack with this hash.
#[must_use]
pub fn pack_from_text(text: &str, hash: &str) -> Option<Pack> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    let texts: BTreeMap<String, String> = serde_json::from_value(value.get_mut("texts")?.take()).ok()?;
    let files = PackFiles { folder: value.get("folder")?.as_str()?.to_owned(), texts };
    Pack::load(&files).ok().filter(|pack| pack.hash == hash)
}
