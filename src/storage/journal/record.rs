//! What the lines of a journal say: a header first, then answers and places, each as one JSON object.

use super::checksum::{Chain, DamagedTail, cut, verify_lines};
use super::cipher::{CipherError, LineCipher, Plaintext};
use crate::answer::{Answer, AnswerKey, parse_date};
use crate::interview::{FilledInBy, Step, subject_code, write_answer};
use crate::pack::Pack;
use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use serde_json::{Map, Value, json};

/// The format of the journals that this program writes.
const FORMAT: u64 = 1;

/// What an interview is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The pack's name.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// The hash of its content.
    pub hash: String,
    /// The language asked in.
    pub language: String,
    /// When the interview began.
    pub started: DateTime<FixedOffset>,
    /// The date on the page, if it was given at the start.
    pub date: Option<NaiveDate>,
    /// Who fills it in, if it was given at the start.
    pub filled_in_by: Option<FilledInBy>,
    /// The id of the question whose answer is the label that was given at the start.
    pub label: Option<String>,
}

/// Which question, by the names that outlive a version of the pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionRef {
    /// The question's id.
    pub question: String,
    /// What it is asked about: an option's code or `overall`.
    pub about: Option<String>,
}

/// One thing that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalEntry {
    /// This question has this answer now, as answers files write it.
    Answer(QuestionRef, Value),
    /// This question is open, or the review.
    Open(Option<QuestionRef>),
    /// An answer to another version of the pack, which does not fit this one, and why.
    Left(QuestionRef, Value, String),
}

/// What could be read of a journal.
#[derive(Debug, Clone)]
pub struct Recovered {
    /// What the interview is bound to.
    pub header: Header,
    /// What was kept, in order.
    pub entries: Vec<JournalEntry>,
    /// What could not be trusted, and was cut out.
    pub cut: Option<DamagedTail>,
    /// How many bytes can be trusted.
    pub whole: usize,
    pub(super) chain: Chain,
}

/// Why a journal gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Its first line was never finished: no answer had been kept.
    #[error("the journal is empty")]
    NotBegun,
    /// Its first line is damaged.
    #[error("the journal is damaged from its first line on")]
    Damaged,
    /// It was written by another version of the program.
    #[error("the journal has format {0}, of another version of this program")]
    OtherFormat(u64),
    /// It is sealed, and the key is not here.
    #[error("the journal is encrypted, and its key is not here")]
    Sealed,
}

/// Reads a journal up to the last line that can be trusted.
///
/// # Errors
/// When not even the header can.
pub fn recover(bytes: &[u8]) -> Result<Recovered, Unreadable> {
    recover_covered(bytes, &Plaintext)
}

/// Reads a journal whose lines are covered.
///
/// # Errors
/// As [`recover`], and when the key is not here.
pub fn recover_covered(bytes: &[u8], cover: &dyn LineCipher) -> Result<Recovered, Unreadable> {
    let frames = verify_lines(bytes);
    let (Some(first), Some((end, chain))) = (frames.payloads.first(), frames.ends.first()) else {
        return Err(if bytes.contains(&b'\n') { Unreadable::Damaged } else { Unreadable::NotBegun });
    };
    let header = match cover.uncover(first) {
        Ok(text) => Header::from_text(&text)?,
        Err(CipherError::Locked) => return Err(Unreadable::Sealed),
        Err(CipherError::Damaged) => return Err(Unreadable::Damaged),
    };
    let mut read = Recovered { header, entries: Vec::new(), cut: frames.cut, whole: *end, chain: chain.clone() };
    for (payload, (end, chain)) in frames.payloads.iter().zip(&frames.ends).skip(1) {
        let Some(entry) = cover.uncover(payload).ok().as_deref().and_then(JournalEntry::from_text) else {
            read.cut = cut(bytes, read.whole, read.entries.len() + 1);
            break;
        };
        read.entries.push(entry);
        (read.whole, read.chain) = (*end, chain.clone());
    }
    Ok(read)
}

impl Recovered {
    /// Whether nothing was kept: the program was stopped while it wrote the first answer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.cut.is_none_or(|cut| cut.torn)
    }

    /// How many questions have an answer. A label that was given at the start is nobody's answer.
    #[must_use]
    pub fn answered(&self) -> usize {
        let places = self.entries.iter().filter_map(|entry| match entry {
            JournalEntry::Answer(place, _) if self.header.label.as_ref() != Some(&place.question) => Some(place),
            _ => None,
        });
        places.collect::<std::collections::BTreeSet<_>>().len()
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
        if let Some(by) = self.filled_in_by {
            text["filled_in_by"] = json!(by.name());
        }
        if let Some(label) = &self.label {
            text["label"] = json!(label);
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
        let by = |name| FilledInBy::ALL.into_iter().find(|by| by.name() == name);
        Some(Self {
            pack: text("pack")?.to_owned(),
            version: text("pack_version")?.to_owned(),
            hash: text("pack_hash")?.to_owned(),
            language: text("language")?.to_owned(),
            started: DateTime::parse_from_rfc3339(text("started")?).ok()?,
            date: text("date").map_or(Some(None), |date| parse_date(date).map(Some))?,
            filled_in_by: text("filled_in_by").map_or(Some(None), |name| by(name).map(Some))?,
            label: text("label").map(str::to_owned),
        })
    }
}

impl QuestionRef {
    /// The names of a slot.
    #[must_use]
    pub fn of(pack: &Pack, slot: AnswerKey) -> Self {
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
    /// That a question has an answer now.
    #[must_use]
    pub fn answered(pack: &Pack, slot: AnswerKey, answer: &Answer) -> Self {
        Self::Answer(QuestionRef::of(pack, slot), write_answer(&pack.questions[slot.question].shape, answer))
    }

    /// That a question is open, or the review.
    #[must_use]
    pub fn opened(pack: &Pack, step: Step) -> Self {
        Self::Open(match step {
            Step::Ask(slot) => Some(QuestionRef::of(pack, slot)),
            Step::Review => None,
        })
    }

    pub(super) fn to_text(&self) -> String {
        let map = match self {
            Self::Answer(place, answer) => with(place.to_map(), [("answer", answer.clone())]),
            Self::Open(Some(place)) => with(Map::new(), [("open", place.to_map().into())]),
            Self::Open(None) => with(Map::new(), [("open", json!("review"))]),
            Self::Left(place, answer, why) => with(
                Map::new(),
                [("left", with(place.to_map(), [("answer", answer.clone()), ("why", json!(why))]).into())],
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
            (None, Some(Value::Object(mut left))) => {
                let Some(Value::String(why)) = left.remove("why") else { return None };
                Self::Left(QuestionRef::from_map(&mut left)?, left.remove("answer")?, why)
            }
            _ => return None,
        };
        // What a later version adds is not passed over in silence.
        map.is_empty().then_some(entry)
    }
}

fn with<const N: usize>(mut map: Map<String, Value>, more: [(&str, Value); N]) -> Map<String, Value> {
    map.extend(more.map(|(name, value)| (name.to_owned(), value)));
    map
}
