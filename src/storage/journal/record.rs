//! The content of a journal's lines: a header, then answers and open questions, each as one JSON object.

use super::checksum::{Chain, DamagedTail, damaged_tail, verify_lines};
use super::cipher::{CipherError, LineCipher, Plaintext};
use crate::answer::{Answer, AnswerKey, parse_date};
use crate::interview::{FilledInBy, Step, subject_code, write_answer};
use crate::pack::Pack;
use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Format number of the journals that this program writes.
const FORMAT: u64 = 1;

/// The pack and settings that an interview was started with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The pack's id.
    pub pack: String,
    /// The pack's version.
    pub version: String,
    /// The hash of the pack's content.
    pub hash: String,
    /// The language of the questions, as a tag.
    pub language: String,
    /// The time when the interview started.
    pub started: DateTime<FixedOffset>,
    /// The date on the page, if set at the start.
    pub date: Option<NaiveDate>,
    /// The person who fills it in, if set at the start.
    pub filled_in_by: Option<FilledInBy>,
    /// The id of the label's question, if the label was set at the start.
    pub label: Option<String>,
    /// Answers of the answers file that belong to no question.
    pub unassigned: Vec<String>,
    /// The hash of the secret of the browser that the interview runs in.
    pub browser: Option<String>,
}

/// Reference to a question by ids that are stable across versions of the pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionRef {
    /// The question's id.
    pub question: String,
    /// The subject of a for-each answer: an option's code or `overall`.
    pub about: Option<String>,
}

/// One entry of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalEntry {
    /// The question has this answer, in the format of answers files.
    Answer(QuestionRef, Value),
    /// The question is shown, or (`None`) the review.
    Open(Option<QuestionRef>),
    /// An answer to another version of the pack that does not fit this one, and the reason.
    Dropped(QuestionRef, Value, String),
}

/// The verified content of a journal.
#[derive(Debug, Clone)]
pub struct Recovered {
    /// The header.
    pub header: Header,
    /// The entries, in order.
    pub entries: Vec<JournalEntry>,
    /// The damaged end that was cut off, if any.
    pub damage: Option<DamagedTail>,
    /// The number of verified bytes.
    pub verified_len: usize,
    pub(super) chain: Chain,
}

/// The reason why nothing in a journal can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Its first line was never finished: no answer was saved.
    #[error("the journal is empty")]
    NotBegun,
    /// Its first line is damaged.
    #[error("the journal is damaged from its first line on")]
    Damaged,
    /// It was written by another version of the program.
    #[error("the journal has format {0}, written by another version of this program")]
    OtherFormat(u64),
    /// It is encrypted and the key is not available.
    #[error("the journal is encrypted and its key is not available")]
    Sealed,
}

/// Reads a journal up to its last verified line.
///
/// # Errors
/// Returns an error if the header cannot be read.
pub fn recover(bytes: &[u8]) -> Result<Recovered, Unreadable> {
    recover_with(bytes, &Plaintext)
}

/// Reads a journal whose lines are encrypted.
///
/// # Errors
/// Returns the errors of [`recover`], and an error if the key is not available.
pub fn recover_with(bytes: &[u8], cipher: &dyn LineCipher) -> Result<Recovered, Unreadable> {
    let lines = verify_lines(bytes);
    let (Some(first), Some((end, chain))) = (lines.payloads.first(), lines.ends.first()) else {
        return Err(if bytes.contains(&b'\n') { Unreadable::Damaged } else { Unreadable::NotBegun });
    };
    let header = match cipher.open(first) {
        Ok(text) => Header::from_text(&text)?,
        Err(CipherError::Locked) => return Err(Unreadable::Sealed),
        Err(CipherError::Damaged) => return Err(Unreadable::Damaged),
    };
    let mut recovered =
        Recovered { header, entries: Vec::new(), damage: lines.damage, verified_len: *end, chain: chain.clone() };
    for (payload, (end, chain)) in lines.payloads.iter().zip(&lines.ends).skip(1) {
        let Some(entry) = cipher.open(payload).ok().as_deref().and_then(JournalEntry::from_text) else {
            recovered.damage = damaged_tail(bytes, recovered.verified_len, recovered.entries.len() + 1);
            break;
        };
        recovered.entries.push(entry);
        (recovered.verified_len, recovered.chain) = (*end, chain.clone());
    }
    Ok(recovered)
}

impl Recovered {
    /// Returns true if no answer was saved: the program was stopped while writing the first one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.damage.is_none_or(|damage| damage.is_torn)
    }

    /// Returns the number of answered questions. A label that was set at the start is not counted.
    #[must_use]
    pub fn answered(&self) -> usize {
        let questions = self.entries.iter().filter_map(|entry| match entry {
            JournalEntry::Answer(question, _) if self.header.label.as_ref() != Some(&question.question) => {
                Some(question)
            }
            _ => None,
        });
        questions.collect::<std::collections::BTreeSet<_>>().len()
    }
}

impl Header {
    pub(super) fn to_text(&self) -> String {
        let mut text = json!({
            "journal": FORMAT, "pack": self.pack, "pack_version": self.version, "pack_hash": self.hash,
            "language": self.language, "started": self.started.to_rfc3339_opts(SecondsFormat::Secs, false),
        });
        if let Some(date) = self.date {
            text["date"] = json!(date.to_string());
        }
        if let Some(person) = self.filled_in_by {
            text["filled_in_by"] = json!(person.name());
        }
        if let Some(label) = &self.label {
            text["label"] = json!(label);
        }
        if !self.unassigned.is_empty() {
            text["unassigned"] = json!(self.unassigned);
        }
        if let Some(browser) = &self.browser {
            text["browser"] = json!(browser);
        }
        text.to_string()
    }

    fn from_text(text: &str) -> Result<Self, Unreadable> {
        let value: Value = serde_json::from_str(text).map_err(|_| Unreadable::Damaged)?;
        match value.get("journal").and_then(Value::as_u64) {
            Some(FORMAT) => Self::from_value(&value).ok_or(Unreadable::Damaged),
            Some(other) => Err(Unreadable::OtherFormat(other)),
            None => Err(Unreadable::Damaged),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        let text = |name| value.get(name).and_then(Value::as_str);
        let person = |name| FilledInBy::ALL.into_iter().find(|person| person.name() == name);
        Some(Self {
            pack: text("pack")?.to_owned(),
            version: text("pack_version")?.to_owned(),
            hash: text("pack_hash")?.to_owned(),
            language: text("language")?.to_owned(),
            started: DateTime::parse_from_rfc3339(text("started")?).ok()?,
            date: text("date").map_or(Some(None), |date| parse_date(date).map(Some))?,
            filled_in_by: text("filled_in_by").map_or(Some(None), |name| person(name).map(Some))?,
            label: text("label").map(str::to_owned),
            unassigned: value.get("unassigned").map_or(Some(Vec::new()), |texts| Vec::deserialize(texts).ok())?,
            browser: text("browser").map(str::to_owned),
        })
    }
}

impl QuestionRef {
    /// Returns the reference to the question of a slot.
    #[must_use]
    pub fn new(pack: &Pack, slot: AnswerKey) -> Self {
        let about = slot.subject.map(|_| subject_code(pack, slot).to_owned());
        Self { question: pack.questions[slot.question].id.clone(), about }
    }

    fn to_map(&self) -> Map<String, Value> {
        let about = self.about.iter().map(|about| ("about".to_owned(), json!(about)));
        std::iter::once(("question".to_owned(), json!(self.question))).chain(about).collect()
    }

    fn from_map(map: &mut Map<String, Value>) -> Option<Self> {
        let Some(Value::String(question)) = map.remove("question") else { return None };
        let about = match map.remove("about") {
            Some(Value::String(about)) => Some(about),
            None => None,
            Some(_) => return None,
        };
        Some(Self { question, about })
    }
}

impl std::fmt::Display for QuestionRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.about {
            Some(about) => write!(f, "{}({about})", self.question),
            None => f.write_str(&self.question),
        }
    }
}

impl JournalEntry {
    /// Creates the entry for an answer.
    #[must_use]
    pub fn answered(pack: &Pack, slot: AnswerKey, answer: &Answer) -> Self {
        Self::Answer(QuestionRef::new(pack, slot), write_answer(&pack.questions[slot.question].shape, answer))
    }

    /// Creates the entry for the question or review that is shown.
    #[must_use]
    pub fn opened(pack: &Pack, step: Step) -> Self {
        Self::Open(match step {
            Step::Ask(slot) => Some(QuestionRef::new(pack, slot)),
            Step::Review => None,
        })
    }

    pub(super) fn to_text(&self) -> String {
        let map = match self {
            Self::Answer(question, answer) => with(question.to_map(), [("answer", answer.clone())]),
            Self::Open(Some(question)) => with(Map::new(), [("open", question.to_map().into())]),
            Self::Open(None) => with(Map::new(), [("open", json!("review"))]),
            Self::Dropped(question, answer, reason) => with(
                Map::new(),
                [("left", with(question.to_map(), [("answer", answer.clone()), ("why", json!(reason))]).into())],
            ),
        };
        Value::Object(map).to_string()
    }

    fn from_text(text: &str) -> Option<Self> {
        let Ok(Value::Object(mut map)) = serde_json::from_str(text) else { return None };
        let entry = match (map.remove("open"), map.remove("left")) {
            (None, None) => Self::Answer(QuestionRef::from_map(&mut map)?, map.remove("answer")?),
            (Some(Value::String(review)), None) if review == "review" => Self::Open(None),
            (Some(Value::Object(mut open)), None) => Self::Open(Some(QuestionRef::from_map(&mut open)?)),
            (None, Some(Value::Object(mut dropped))) => {
                let Some(Value::String(reason)) = dropped.remove("why") else { return None };
                Self::Dropped(QuestionRef::from_map(&mut dropped)?, dropped.remove("answer")?, reason)
            }
            _ => return None,
        };
        // Unknown fields are rejected: a later version of the program wrote them.
        map.is_empty().then_some(entry)
    }
}

fn with<const N: usize>(mut map: Map<String, Value>, more: [(&str, Value); N]) -> Map<String, Value> {
    map.extend(more.map(|(name, value)| (name.to_owned(), value)));
    map
}
