//! An intake on the screen: begun, handed over, asked, handed back; or gone on with.

use super::{Leave, Session};
use crate::ask::{Stop, conduct};
use crate::commands::ask::asker;
use crate::commands::keeper::Keeper;
use crate::commands::resume;
use crate::desk::Interviewed;
use crate::desk::journal::SealedLines;
use crate::error::Error;
use crate::interview::{Answer, Answers, AnswersFile, FilledInBy, Given, Interview, Slot};
use crate::keep::drafts::{self, DraftFile, Drafts, Refused};
use crate::keep::journal::{Header, Recovered, replay};
use crate::messages::Words;
use crate::pack::{Language, Role};
use std::sync::Arc;

/// An interview that is to be asked, and where it is kept.
struct Sitting<'p> {
    number: u64,
    interview: Interview<'p>,
    keeper: Keeper<'p>,
    header: Header,
    language: Language,
}

impl Session<'_> {
    pub(super) fn new_intake(&mut self) -> Result<(), Leave> {
        self.head(&self.words.say("desk-new"));
        let mut interview = Interview::new(self.pack, Answers::new());
        loop {
            let label = self.line("desk-label", "")?;
            if label.is_empty() {
                break;
            }
            match crate::commands::apply_label(&mut interview, Some(&label)) {
                Ok(()) => break,
                Err(error) => super::note(&error.message),
            }
        }
        let language = self.language()?;
        let fills = FilledInBy::ALL.map(|by| self.words.say(&format!("desk-fills-{}", by.name())));
        let filled_in_by = FilledInBy::ALL[self.choose(&self.words.say("desk-fills"), &fills, true)?];
        let started = super::this_moment();
        let number = self.desk.begin(started, &self.by(None))?;
        let header = Header {
            pack: self.pack.id.clone(),
            version: self.pack.version.clone(),
            hash: self.pack.hash.clone(),
            language: self.pack.tag(language).to_owned(),
            started,
            date: Some(started.date_naive()),
            filled_in_by: Some(filled_in_by),
        };
        let words = Words::new(self.pack.tag(language));
        let drafts = Ok(self.sealed(false)?.numbered(number));
        let mut keeper = Keeper::begin(&drafts, &header, &interview, started, &words);
        keeper.keep_now();
        self.sit(Sitting { number, interview, keeper, header, language }, &words)
    }

    /// Goes on with an intake whose answers so far are kept.
    pub(super) fn go_on(&mut self, number: u64) -> Result<(), Leave> {
        let drafts = self.sealed(true)?;
        let (read, file) = take(&drafts, number, &self.words)?;
        // From here on the journal can only be added to, and nothing here keeps the keys.
        drop(drafts);
        let file = file.covered(self.sealed(false)?.cover());
        let language = self.pack.language(&read.header.language).unwrap_or_default();
        let words = Words::new(self.pack.tag(language));
        let replayed = replay(self.pack, &read.entries);
        let interview = replayed.interview(self.pack);
        self.head(&self.words.say("desk-go-on"));
        resume::tell(self.pack, &read, &replayed, &self.words);
        let mut header = read.header.clone();
        let keeper = if header.hash == self.pack.hash {
            Keeper::go_on(&interview, &read, file, &words)
        } else {
            (header.version, header.hash) = (self.pack.version.clone(), self.pack.hash.clone());
            let drafts = Ok(self.sealed(false)?.numbered(number));
            let mut keeper = Keeper::begin(&drafts, &header, &interview, super::this_moment(), &words);
            keeper.replace(&interview, &replayed.left, file);
            keeper
        };
        self.choose(&self.words.say("desk-menu"), &[self.words.say("desk-go-on")], true)?;
        self.sit(Sitting { number, interview, keeper, header, language }, &words)
    }

    /// Asks, and keeps what comes of it.
    fn sit(&mut self, sitting: Sitting<'_>, words: &Words) -> Result<(), Leave> {
        let Sitting { number, mut interview, mut keeper, header, language } = sitting;
        let by_staff = header.filled_in_by == Some(FilledInBy::Staff);
        let asked = if by_staff {
            super::clear();
            Ok(())
        } else {
            self.hand_over(words)
        };
        let asked = asked.and_then(|()| {
            let watch = self.watch.clone();
            watch.touch();
            conduct(&mut interview, asker(self.args.plain, words).as_mut(), words, language, &mut |event| {
                let mut since = watch.hold();
                keeper.event(&event);
                *since = std::time::Instant::now();
                Ok(())
            })
        });
        let kept = match &asked {
            Ok(()) => self.keep(number, &mut interview, &header),
            Err(_) => Ok(()),
        };
        if asked.is_ok() && kept.is_ok() {
            keeper.finish();
        } else {
            drop(keeper);
        }
        let told = if asked.is_ok() { "desk-thanks" } else { "desk-stopped" };
        match asked {
            Ok(()) | Err(Stop::Interrupted) if by_staff => super::clear(),
            Ok(()) | Err(Stop::Interrupted) => self.take_back(words, told)?,
            Err(stop) => return Err(stop.into()),
        }
        kept?;
        let key = if told == "desk-thanks" { "desk-finished" } else { "desk-begun" };
        self.message = Some(self.words.with(key, [("number", number.into())]));
        Ok(())
    }

    fn keep(&mut self, number: u64, interview: &mut Interview<'_>, header: &Header) -> Result<(), Error> {
        let _whole = self.watch.clone();
        let finished = interview.finish().map_err(|_| Error::input("a required question has no answer"))?;
        let beside = AnswersFile {
            language: Some(header.language.clone()),
            date: header.date,
            filled_in_by: header.filled_in_by,
            ..AnswersFile::default()
        };
        let interviewed = Interviewed { finished: &finished, beside, pack: Some(&self.files), started: header.started };
        let by = self.by(None);
        let watch = self.watch.clone();
        let _whole = watch.hold();
        self.desk.finish(number, 1, interviewed, super::this_moment(), &by)
    }

    /// The language of the questions.
    fn language(&self) -> Result<Language, Leave> {
        let tags = &self.pack.languages;
        if tags.len() < 2 {
            return Ok(Language::default());
        }
        let language = |tag: &String| self.pack.language(tag).unwrap_or_default();
        let titles: Vec<String> =
            tags.iter().map(|tag| format!("{tag} · {}", self.pack.title.in_language(language(tag)))).collect();
        let chosen = self.choose(&self.words.say("desk-language"), &titles, true)?;
        Ok(language(&tags[chosen]))
    }

    /// The label in a journal that nobody is writing, where the desk is unlocked.
    pub(super) fn label_so_far(&self, number: u64) -> Option<String> {
        let list = self.sealed(self.keys.is_some()).ok()?.list().ok()?;
        let draft = list.into_iter().find(|draft| drafts::number(&draft.id) == Some(number))?;
        let drafts::State::Waiting(read) = draft.state else { return None };
        let question = self.pack.with_role(Role::Label)?;
        match replay(self.pack, &read.entries).answers.remove(&Slot::plain(question))? {
            Answer::Given(Given::Text(label)) => Some(label),
            _ => None,
        }
    }

    /// The journals of intakes, sealed; with the keys they can be read as well.
    fn sealed(&self, readable: bool) -> Result<Drafts, Error> {
        let keys = self.keys.clone().filter(|_| readable);
        Ok(self.desk.clinic().drafts().covered(Arc::new(SealedLines::new(self.desk.key()?, keys))))
    }
}

/// Takes over the journal of an intake; if one for another version of the pack is left beside it, the later one.
pub(super) fn take(drafts: &Drafts, number: u64, words: &Words) -> Result<(Recovered, DraftFile), Leave> {
    let failed = |error: &std::io::Error| Error::io("use the journals in", drafts.folder(), error);
    let list = drafts.list().map_err(|error| failed(&error))?;
    let id = list.into_iter().map(|draft| draft.id).find(|id| drafts::number(id) == Some(number));
    let taken = id.ok_or(Refused::Missing).and_then(|id| drafts.take(&id));
    taken.map_err(|why| {
        Leave::Error(match why {
            Refused::Io(error) => failed(&error),
            Refused::InUse => Error::failed(words.say("desk-draft-in-use")),
            Refused::Missing => Error::failed(words.say("desk-draft-gone")),
            Refused::Unreadable(_) => Error::failed(words.say("desk-draft-damaged")),
        })
    })
}
