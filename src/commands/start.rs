//! Where an interview starts: anew, from an answers file, or where a draft was left.

use super::error_text::io_error;
use super::keeper::Keeper;
use super::resume::{self, Taken};
use super::{apply_label, note, page};
use crate::ask::Stop;
use crate::cli::AskArgs;
use crate::error::Error;
use crate::interview::{Answers, AnswersFile, Interview, Need, Slot};
use crate::messages::Words;
use crate::pack::{Language, Pack, Role};
use crate::storage::config_file;
use crate::storage::drafts::Drafts;
use crate::storage::journal::{Header, Replayed, replay};
use crate::storage::read_text;
use std::io::IsTerminal;

/// What an interview starts with.
pub(super) struct Start {
    /// What was given beside the answers.
    pub(super) file: AnswersFile,
    drafts: Result<Drafts, Error>,
    taken: Option<(Taken, Replayed)>,
}

impl Start {
    /// Finds out where to start, and asks if need be.
    pub(super) fn choose(args: &AskArgs, pack: &Pack) -> Result<Self, Error> {
        let drafts = Drafts::of_user().map_err(Error::from);
        let taken = choose(args, pack, drafts.as_ref())?;
        let file = given(args, pack, taken.as_ref())?;
        let taken = taken.map(|taken| {
            let replayed = replay(pack, &taken.0.entries);
            (taken, replayed)
        });
        Ok(Self { file, drafts, taken })
    }

    /// Starts, and keeps the answers from then on.
    pub(super) fn begin<'k>(
        self,
        args: &AskArgs,
        pack: &'k Pack,
        words: &'k Words,
        language: Language,
    ) -> Result<(Interview<'k>, Keeper<'k>), Error> {
        let mut interview = match &self.taken {
            Some((_, replayed)) => replayed.interview(pack),
            None => Interview::new(pack, self.file.answers.clone()),
        };
        let before = interview.answers().clone();
        apply_label(&mut interview, args.output.beside.label.as_deref())?;
        let now = super::now();
        let mut header = Header {
            pack: pack.id.clone(),
            version: pack.version.clone(),
            hash: pack.hash.clone(),
            language: pack.tag(language).to_owned(),
            started: now,
            date: args.output.beside.date.or(self.file.date),
            filled_in_by: args.output.beside.filled_in_by.or(self.file.filled_in_by),
            label: args.output.beside.label.as_ref().and_then(|_| label_id(pack)),
        };
        let Some(((read, draft), replayed)) = self.taken else {
            let keeper = Keeper::begin(&self.drafts, &header, &interview, now, words);
            return Ok((interview, keeper));
        };
        check_label(&interview, &before)?;
        resume::tell(pack, &read, &replayed, words);
        let keeper = if read.header.hash == pack.hash {
            let mut keeper = Keeper::go_on(&interview, &read, draft, words);
            let label = label_slot(pack).and_then(|slot| Some((slot, interview.answers().get(&slot)?)));
            if let Some((slot, label)) = label.filter(|(slot, label)| before.get(slot) != Some(label)) {
                keeper.add(&interview, slot, label);
            }
            keeper
        } else {
            header.started = read.header.started;
            header.label = header.label.or(read.header.label.clone());
            let mut keeper = Keeper::begin(&self.drafts, &header, &interview, now, words);
            keeper.replace(&interview, &replayed.left, draft);
            keeper
        };
        Ok((interview, keeper))
    }
}

/// The draft to go on with, if it is one.
fn choose(args: &AskArgs, pack: &Pack, drafts: Result<&Drafts, &Error>) -> Result<Option<Taken>, Error> {
    if let Some(id) = &args.resume {
        let drafts =
            drafts.map_err(|error| Error::failed(&error.message).hint(error.hint.clone().unwrap_or_default()))?;
        return resume::take(pack, drafts, id.as_deref()).map(Some);
    }
    let (Ok(drafts), true) = (drafts, std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) else {
        return Ok(None);
    };
    if args.new || args.answers.is_some() || drafts.are_none() {
        return Ok(None);
    }
    let settings = config_file::load(args.output.config.config.as_deref())?;
    let language = page::language(pack, [args.pack.lang.as_deref(), settings.config.language.as_deref()])?;
    let words = Words::new(pack.tag(language));
    if let Some(days) = settings.config.retention_days {
        // What is wrong with the drafts is told below, if it matters.
        let _ = super::drafts::discard_old(drafts, days, &words);
    }
    resume::offer(pack, drafts, super::ask::asker(args.plain, &words).as_mut(), &words).or_else(|why| match why {
        Ok(Stop::EndOfInput) => {
            Err(Error::input(words.say("ended-before")).hint(words.say("ended-before-way-out")).spoken(&words))
        }
        Ok(Stop::Interrupted) => Err(Error::stopped(words.say("stopped-before")).spoken(&words)),
        Ok(Stop::Io(error)) => Err(io_error("ask on", std::path::Path::new("the terminal"), &error)),
        // What is wrong with the drafts is no reason not to ask.
        Err(error) => {
            note(&error.message);
            Ok(None)
        }
    })
}

/// What was given at the start: by an answers file, or by the one who began the draft.
fn given(args: &AskArgs, pack: &Pack, taken: Option<&Taken>) -> Result<AnswersFile, Error> {
    if let Some((read, _)) = taken {
        let language = Some(read.header.language.clone()).filter(|tag| pack.language(tag).is_some());
        let (date, filled_in_by) = (read.header.date, read.header.filled_in_by);
        return Ok(AnswersFile { language, date, filled_in_by, ..AnswersFile::default() });
    }
    let Some(path) = &args.answers else { return Ok(AnswersFile::default()) };
    let (name, text) = read_text(Some(path))?;
    Ok(AnswersFile::read(pack, &name, &text, Need::Partial)?)
}

/// A label that is not the draft's own is most likely another patient's.
fn check_label(interview: &Interview<'_>, before: &Answers) -> Result<(), Error> {
    let Some(slot) = label_slot(interview.pack()) else { return Ok(()) };
    match before.get(&slot).and_then(|answer| answer.given()) {
        Some(_) if before.get(&slot) != interview.answers().get(&slot) => {
            Err(Error::input("the draft has another label than the one in --label")
                .hint("leave --label out to go on with this draft, or start anew with --new"))
        }
        _ => Ok(()),
    }
}

/// The question that a label is the answer to, as journals name it.
pub(super) fn label_id(pack: &Pack) -> Option<String> {
    pack.with_role(Role::Label).map(|at| pack.questions[at].id.clone())
}

fn label_slot(pack: &Pack) -> Option<Slot> {
    pack.with_role(Role::Label).map(Slot::plain)
}
