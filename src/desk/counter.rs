//! The desk itself: what can be done at it, each thing whole and with its entry in the trail.

use super::clinic::{Clinic, RECORDS};
use super::key::{Keys, Locked, Passphrase, PublicKey};
use super::record::{Record, pack_from_text, pack_to_text};
use super::store::{File, Intake, Kept, Sealed, Span, Sqlite, Stamp, State, Store, Version};
use super::trail::{Entry, What};
use super::written::{self, Fate};
use crate::error::Error;
use crate::interview::{AnswersFile, Finished, Slot};
use crate::keep::drafts::{self, Drafts, Refused};
use crate::pack::{Pack, PackFiles, Role};
use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// A desk at work.
#[derive(Debug)]
pub struct Desk {
    clinic: Clinic,
    store: Box<dyn Store>,
    key: PublicKey,
}

/// Who does something, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// Who.
    pub who: String,
    /// Why, where somebody has to say so.
    pub why: Option<String>,
}

/// An intake as somebody finds it who has the key.
#[derive(Debug, Clone)]
pub struct Found {
    /// What is known without it.
    pub intake: Intake,
    /// What it is called.
    pub label: Option<String>,
    /// How often it was written; 0 before it is finished.
    pub version: u32,
}

/// An intake that was removed, or is to be.
#[derive(Debug, Clone)]
pub struct Removed {
    /// The intake as it was.
    pub intake: Intake,
    /// How many versions it had.
    pub versions: usize,
    /// What became of the files that were written of it.
    pub files: Vec<(String, Fate)>,
}

/// A finished interview, and what belongs to it.
#[derive(Debug)]
pub struct Interviewed<'i> {
    /// The answers.
    pub finished: &'i Finished<'i>,
    /// What stands beside them in an answers file.
    pub beside: AnswersFile,
    /// The files of the pack that was asked; none where the store has them for certain.
    pub pack: Option<&'i PackFiles>,
    /// When the interview began.
    pub started: DateTime<FixedOffset>,
}

impl Desk {
    /// Makes a new clinic in a folder with its keys and a store that knows of nothing else.
    ///
    /// # Errors
    /// When it cannot be made there; nothing is left of it then.
    pub fn make(
        folder: &Path,
        passphrase: &Passphrase,
        work: u8,
        settings: &str,
        now: DateTime<FixedOffset>,
        note: &Note,
    ) -> Result<Self, Error> {
        let new = Clinic::make(folder)?;
        let clinic = new.clinic().clone();
        crate::keep::output::replace(&clinic.path(super::clinic::SETTINGS), settings.as_bytes())?;
        let keys = Keys::generate();
        let store = Sqlite::make(&clinic.path(RECORDS), || {})?;
        // A folder is a clinic once its public key is there: it comes last.
        clinic.write_keys(&keys, passphrase, work)?;
        let mut desk = Self { clinic, store: Box::new(store), key: keys.public() };
        desk.mark(What::Made, None, now, note)?;
        new.keep();
        Ok(desk)
    }

    /// Opens a clinic's desk, locked; `waiting` is called when another desk has to be waited for.
    ///
    /// # Errors
    /// When its records or its public key cannot be read.
    pub fn open(clinic: Clinic, waiting: fn()) -> Result<Self, Error> {
        let store = Sqlite::open(&clinic.path(RECORDS), waiting)?;
        let key = clinic.public_key()?;
        Ok(Self { clinic, store: Box::new(store), key })
    }

    /// The same to look at it for a moment, also on a full disk.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_to_read(clinic: Clinic, waiting: fn()) -> Result<Self, Error> {
        let store = Sqlite::open_to_read(&clinic.path(RECORDS), waiting)?;
        let key = clinic.public_key()?;
        Ok(Self { clinic, store: Box::new(store), key })
    }

    /// The clinic.
    #[must_use]
    pub fn clinic(&self) -> &Clinic {
        &self.clinic
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// The key that seals.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Begins an intake and gives its number.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn begin(&mut self, now: DateTime<FixedOffset>, note: &Note) -> Result<u64, Error> {
        let note = self.seal(note)?;
        self.store.begin(Stamp { at: &minute(now), note: Some(&note) })
    }

    /// Keeps a finished interview: the first version of an intake, or the one after `version`.
    ///
    /// # Errors
    /// When it cannot be kept, or somebody else has kept this version.
    pub fn finish(
        &mut self,
        intake: u64,
        version: u32,
        interviewed: Interviewed<'_>,
        now: DateTime<FixedOffset>,
        note: &Note,
    ) -> Result<(), Error> {
        let Interviewed { finished, mut beside, pack: files, started } = interviewed;
        let pack = finished.pack();
        let label = pack.with_role(Role::Label).and_then(|question| finished.answers().get(&Slot::plain(question)));
        let label = label.and_then(|answer| answer.given()).and_then(|given| match given {
            crate::interview::Given::Text(text) => Some(text.clone()),
            _ => None,
        });
        beside.answers = finished.answers().clone();
        beside.pack_version = Some(pack.version.clone());
        let record = Record {
            intake,
            version,
            started: second(started),
            finished: second(now),
            label,
            pack: pack.hash.clone(),
            answers: beside.write(pack),
        };
        let sealed = self.key.seal(&record.to_json().to_string())?;
        let is_known = self.store.packs()?.iter().any(|(hash, _)| *hash == pack.hash);
        let files = files.filter(|_| !is_known);
        let sealed_pack = files.map(|files| self.key.seal(&pack_to_text(files))).transpose()?;
        let note = self.seal(note)?;
        let kept = Kept { intake, version, sealed: &sealed, pack: &pack.hash, sealed_pack: sealed_pack.as_deref() };
        self.store.keep(kept, Stamp { at: &minute(now), note: Some(&note) })
    }

    /// Removes journals of intakes that are finished: the program was stopped after the record was kept and before its
    /// journal was removed. What cannot be removed now is removed another time.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tidy(&self) -> Result<(), Error> {
        let drafts = self.clinic.drafts();
        for draft in drafts.list().unwrap_or_default() {
            let Some(number) = drafts::number(&draft.id) else { continue };
            if self.store.intake(number)?.is_some_and(|intake| intake.state != State::Started) {
                let _ = drafts.discard(&draft.id);
            }
        }
        Ok(())
    }

    /// Writes down what was done with an intake, or at the desk.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn mark(
        &mut self,
        what: What,
        intake: Option<u64>,
        now: DateTime<FixedOffset>,
        note: &Note,
    ) -> Result<(), Error> {
        let note = self.seal(note)?;
        self.store.mark(what, intake, Stamp { at: &minute(now), note: Some(&note) })
    }

    /// How long nobody may try a passphrase: after each wrong one twice as long, up to a minute.
    ///
    /// # Errors
    /// When the trail cannot be read.
    pub fn wait(&self, now: DateTime<FixedOffset>) -> Result<Duration, Error> {
        let refusals = self.store.refusals()?;
        let Some(last) = refusals.last().and_then(|at| DateTime::parse_from_rfc3339(at).ok()) else {
            return Ok(Duration::ZERO);
        };
        let doubled = u32::try_from(refusals.len()).unwrap_or(u32::MAX).saturating_sub(1).min(6);
        let delay = TimeDelta::seconds((1 << doubled).min(60));
        // If the clock went back, the whole time is waited again and no longer.
        let left = (last + delay - now).clamp(TimeDelta::zero(), delay);
        Ok(left.to_std().unwrap_or_default())
    }

    /// Unlocks the desk.
    ///
    /// # Errors
    /// When the passphrase is wrong, or too many wrong ones came before it.
    pub fn unlock(&mut self, passphrase: &Passphrase, now: DateTime<FixedOffset>, note: &Note) -> Result<Keys, Error> {
        let wait = self.wait(now)?;
        if !wait.is_zero() {
            let seconds = wait.as_secs() + 1;
            return Err(Error::failed(format!("wrong passphrases were tried; the next try is in {seconds} s"))
                .hint("wait, then type the passphrase again; nothing but the right one unlocks the desk"));
        }
        let note = self.seal(note)?;
        let since = Instant::now();
        let unlocked = self.clinic.unlock(passphrase)?;
        // The wait begins when the work is done: what takes long must not take from it.
        let then = now + TimeDelta::from_std(since.elapsed()).unwrap_or_default();
        let at = then.to_rfc3339_opts(SecondsFormat::Millis, false);
        let what = if unlocked.is_ok() { What::Unlocked } else { What::Refused };
        self.store.mark(what, None, Stamp { at: &at, note: Some(&note) })?;
        match unlocked {
            Ok(keys) => Ok(keys),
            Err(Locked::WrongPassphrase | Locked::Damaged(_)) => Err(Error::input(
                "that is not the clinic's passphrase",
            )
            .hint(
                "look at capital letters and the keyboard's language; every wrong try doubles the wait for the next",
            )),
        }
    }

    /// The intakes of some days with their labels; `search` is a part of a label, in capital or small letters.
    ///
    /// # Errors
    /// When they cannot be read or opened.
    pub fn find(&self, keys: &Keys, span: Span<'_>, search: Option<&str>) -> Result<Vec<Found>, Error> {
        let records = self.store.records(span)?;
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let size = records.len().div_ceil(threads).max(1);
        let found: Result<Vec<Vec<Found>>, Error> = std::thread::scope(|scope| {
            let open = |part| scope.spawn(move || open_all(keys, part));
            let running: Vec<_> = records.chunks(size).map(open).collect();
            running
                .into_iter()
                .map(|part| part.join().unwrap_or_else(|_| Err(Error::failed("opening stopped"))))
                .collect()
        });
        let wanted = search.map(str::to_lowercase);
        let fits = |found: &Found| match &wanted {
            Some(wanted) => found.label.as_ref().is_some_and(|label| label.to_lowercase().contains(wanted)),
            None => true,
        };
        Ok(found?.into_iter().flatten().filter(fits).collect())
    }

    /// One version of a record, the last one if none is named.
    ///
    /// # Errors
    /// When there is none, or it does not open.
    pub fn record(&self, keys: &Keys, intake: u64, version: Option<u32>) -> Result<Record, Error> {
        let known = self.intake(intake)?;
        let versions = self.store.versions(intake)?;
        let wanted = |kept: &&Version| version.is_none_or(|version| kept.version == version);
        let Some(kept) = versions.iter().rfind(wanted) else {
            let error = match (known.state, version) {
                (State::Started, _) => Error::input(format!("intake {intake} is not finished")),
                (_, Some(version)) => Error::input(format!("intake {intake} has no version {version}")),
                _ => return Err(damaged(intake, "has no record")),
            };
            return Err(error.hint(format!("it has {} versions", versions.len())));
        };
        let sealed = self.store.sealed(kept.sealed)?.ok_or_else(|| damaged(intake, "has lost its record"))?;
        open(keys, intake, &sealed, Some(kept.version))
    }

    /// The pack that a record was taken with.
    ///
    /// # Errors
    /// When it is not there, or does not open.
    pub fn pack(&self, keys: &Keys, record: &Record) -> Result<Pack, Error> {
        let packs = self.store.packs()?;
        let id = packs.iter().find(|(hash, _)| *hash == record.pack).map(|(_, id)| *id);
        let sealed = id.map(|id| self.store.sealed(id)).transpose()?.flatten();
        let text = sealed.and_then(|sealed| keys.open(&sealed.bytes));
        text.and_then(|text| pack_from_text(&text, &record.pack))
            .ok_or_else(|| damaged(record.intake, "has lost its pack"))
    }

    /// One intake.
    ///
    /// # Errors
    /// When there is none of that number.
    pub fn intake(&self, number: u64) -> Result<Intake, Error> {
        self.store.intake(number)?.ok_or_else(|| {
            Error::input(format!("there is no intake {number}"))
                .hint("see which there are with `preconsult desk list --all`")
        })
    }

    /// Remembers a file of an intake before it is written.
    ///
    /// # Errors
    /// When it cannot.
    pub fn claim(&mut self, intake: u64, file: &File) -> Result<(), Error> {
        self.store.claim(intake, file)
    }

    /// Forgets a file that was not written after all: another one is there. If that is the same, as after an export before
    /// this one, it is remembered.
    ///
    /// # Errors
    /// When it cannot.
    pub fn disclaim(&mut self, intake: u64, file: &File) -> Result<(), Error> {
        if written::look(file) == Fate::Removed {
            return Ok(());
        }
        self.store.disclaim(intake, file)
    }

    /// What would go if these intakes were removed.
    ///
    /// # Errors
    /// When one is not there.
    pub fn to_remove(&self, intakes: &[u64]) -> Result<Vec<Removed>, Error> {
        let removed = |number: &u64| {
            let files = self.store.files(*number)?;
            Ok(Removed {
                intake: self.intake(*number)?,
                versions: self.store.versions(*number)?.len(),
                files: files.into_iter().map(|file| (file.path.clone(), written::look(&file))).collect(),
            })
        };
        intakes.iter().map(removed).collect()
    }

    /// Removes intakes for good: their files first, so that none is forgotten if this is stopped, then their journals,
    /// then their rows. What is left of them in the store's file goes with [`Self::compact`].
    ///
    /// # Errors
    /// When one is not there, or is being asked at the moment.
    pub fn remove(
        &mut self,
        what: What,
        intakes: &[u64],
        now: DateTime<FixedOffset>,
        note: &Note,
    ) -> Result<Vec<Removed>, Error> {
        let mut removed = self.to_remove(intakes)?;
        for drafts in [self.clinic.drafts(), self.clinic.corrections()] {
            discard(&drafts, intakes)?;
        }
        for gone in &mut removed {
            let files = self.store.files(gone.intake.number)?;
            gone.files = files.iter().map(|file| (file.path.clone(), written::remove(file))).collect();
        }
        let note = self.seal(note)?;
        self.store.remove(what, intakes, Stamp { at: &minute(now), note: Some(&note) })?;
        Ok(removed)
    }

    /// Leaves nothing of what was removed in the store's files. Gives whether another desk was in the way.
    ///
    /// # Errors
    /// When it cannot.
    pub fn compact(&mut self) -> Result<bool, Error> {
        self.store.compact()
    }

    /// The whole store, as a file of its own would hold it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn copy(&mut self) -> Result<Vec<u8>, Error> {
        self.store.copy()
    }

    /// Gives the clinic a new key, and seals everything for it. What was sealed for the old one leaves the store's file with
    /// [`Self::compact`].
    ///
    /// # Errors
    /// When something does not open, or cannot be written; everything still opens with the old keys and the new ones.
    pub fn rotate(
        &mut self,
        keys: Keys,
        passphrase: &Passphrase,
        work: u8,
        now: DateTime<FixedOffset>,
        note: &Note,
    ) -> Result<(Keys, usize), Error> {
        let keys = keys.rotated();
        // The old keys stay behind the passphrase, so whatever is stopped from here on leaves nothing that does not open.
        self.clinic.write_keys(&keys, passphrase, work)?;
        self.key = keys.public();
        let note = self.seal(note)?;
        let key = self.key.clone();
        let mut reseal = |bytes: &[u8]| {
            let text = keys.open(bytes).ok_or_else(|| {
                Error::failed("something in the records does not open with the clinic's key")
                    .hint("`preconsult desk verify` says what; nothing was sealed anew")
            })?;
            key.seal(&text)
        };
        let count = self.store.reseal(&mut reseal, Stamp { at: &minute(now), note: Some(&note) })?;
        Ok((keys, count))
    }

    /// The trail, each entry with its note where the key is there.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn trail(&self, keys: Option<&Keys>, intake: Option<u64>) -> Result<Vec<(Entry, Option<Note>)>, Error> {
        let mut entries = Vec::new();
        self.store.trail(&mut |entry| {
            if intake.is_none() || entry.intake == intake {
                entries.push(entry);
            }
            Ok(())
        })?;
        let open = |entry: Entry| {
            let sealed = keys
                .zip(entry.note.as_ref())
                .map(|(keys, note)| Ok::<_, Error>((keys, self.store.sealed(note.sealed)?)));
            let note = match sealed.transpose()? {
                Some((keys, Some(sealed))) => keys.open(&sealed.bytes).and_then(|text| Note::from_text(&text)),
                _ => None,
            };
            Ok((entry, note))
        };
        entries.into_iter().map(open).collect()
    }

    fn seal(&self, note: &Note) -> Result<Vec<u8>, Error> {
        self.key.seal(&json!({ "who": note.who, "why": note.why }).to_string())
    }
}

impl Note {
    fn from_text(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let why = value.get("why").and_then(Value::as_str).map(str::to_owned);
        Some(Self { who: value.get("who")?.as_str()?.to_owned(), why })
    }
}

fn open_all(keys: &Keys, part: &[(Intake, Option<Sealed>)]) -> Result<Vec<Found>, Error> {
    let found = |(intake, sealed): &(Intake, Option<Sealed>)| {
        let intake = intake.clone();
        let Some(sealed) = sealed else { return Ok(Found { intake, label: None, version: 0 }) };
        let record = open(keys, intake.number, sealed, None)?;
        Ok(Found { intake, label: record.label, version: record.version })
    };
    part.iter().map(found).collect()
}

/// Opens a record, and sees to it that it is the one that was looked for.
fn open(keys: &Keys, intake: u64, sealed: &Sealed, version: Option<u32>) -> Result<Record, Error> {
    let text = keys.open(&sealed.bytes).ok_or_else(|| damaged(intake, "does not open with the clinic's key"))?;
    let record = Record::from_text(&text).ok_or_else(|| damaged(intake, "is of another version of this program"))?;
    if record.intake != intake || version.is_some_and(|version| record.version != version) {
        return Err(damaged(intake, "holds another record"));
    }
    Ok(record)
}

/// Removes the journals of these intakes.
fn discard(drafts: &Drafts, intakes: &[u64]) -> Result<(), Error> {
    let failed = |error: &std::io::Error| Error::io("remove the journal in", drafts.folder(), error);
    for draft in drafts.list().map_err(|error| failed(&error))? {
        let Some(number) = drafts::number(&draft.id).filter(|number| intakes.contains(number)) else { continue };
        match drafts.discard(&draft.id) {
            Err(Refused::InUse) => {
                return Err(Error::failed(format!("the interview of intake {number} is going on"))
                    .hint("finish or stop that interview first"));
            }
            Err(Refused::Io(error)) => return Err(failed(&error)),
            Ok(()) | Err(Refused::Missing | Refused::Unreadable(_)) => {}
        }
    }
    Ok(())
}

fn damaged(intake: u64, what: &str) -> Error {
    Error::failed(format!("intake {intake} {what}")).hint("`preconsult desk verify` looks at all records")
}

/// A time as it stands in the clear: no finer than whoever looks at the list needs.
fn minute(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%dT%H:%M%:z").to_string()
}

fn second(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}
