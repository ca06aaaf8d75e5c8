//! An intake on the screen: begun, handed over, asked, handed back; or gone on with.

use super::session::{ScreenExit, Session, error_text, ignore_interrupt};
use crate::answer::Answers;
use crate::ask::{PromptError, run_interview};
use crate::commands::error_text::Localize;
use crate::commands::interview_notes::{autosave_notes, report_resumed};
use crate::commands::prompter::{is_plain, prompter};
use crate::commands::{now, print_note, set_label};
use crate::desk::journal::{SealedLines, claim_journal};
use crate::desk::{DeskError, FinishedIntake};
use crate::error::Error;
use crate::intake::autosave::Autosave;
use crate::intake::label_id;
use crate::intake::resume::ResumedDraft;
use crate::interview::{AnswersFile, FilledInBy, Interview};
use crate::messages::Messages;
use crate::pack::Language;
use crate::printable::with_plain_breaks;
use crate::storage::drafts::Drafts;
use crate::storage::journal::Header;
use std::sync::Arc;

/// An interview that is to be asked, and where it is kept.
struct ActiveInterview<'p> {
    number: u64,
    interview: Interview<'p>,
    keeper: Autosave<'p>,
    header: Header,
    language: Language,
}

impl ActiveInterview<'_> {
    /// What is said to whoever was asked; that something is kept only where it is.
    fn handback_message(&self, finished: bool, saved: bool) -> &'static str {
        match (finished, saved || !self.keeper.has_unsaved()) {
            (true, true) => "desk-thanks",
            (true, false) => "desk-thanks-unsaved",
            (false, true) => "desk-stopped",
            (false, false) => "desk-stopped-unsaved",
        }
    }
}

impl Session<'_> {
    pub(super) fn new_intake(&mut self) -> Result<(), ScreenExit> {
        self.start_screen(&self.words.get("desk-new"));
        let mut interview = Interview::new(self.pack, Answers::new());
        self.typed_label(&mut interview, "")?;
        let language = self.language()?;
        let fills = FilledInBy::ALL.map(|by| self.words.get(&format!("desk-fills-{}", by.name())));
        let filled_in_by = FilledInBy::ALL[self.choose(&self.words.get("desk-fills"), &fills, true)?];
        let words = Messages::new(self.pack.tag(language));
        let by = self.by(None);
        if !self.hand_over_to(filled_in_by, self.pack.tag(language), &words)? {
            return Ok(());
        }
        // An intake begins with its first question: a look at the screen before leaves none behind.
        let started = now();
        let number = match self.desk.begin(started, &by) {
            Ok(number) => number,
            Err(error) => {
                if filled_in_by != FilledInBy::Staff {
                    self.take_back(&words, "desk-not-begun")?;
                }
                return Err(error.into());
            }
        };
        let header = Header {
            pack: self.pack.id.clone(),
            version: self.pack.version.clone(),
            hash: self.pack.hash.clone(),
            language: self.pack.tag(language).to_owned(),
            started,
            date: Some(started.date_naive()),
            filled_in_by: Some(filled_in_by),
            label: if interview.answers().is_empty() { None } else { label_id(self.pack) },
        };
        let drafts = self.sealed(false)?.with_number(number);
        let mut keeper = Autosave::begin(&drafts, &header, &interview, started, autosave_notes(&words));
        keeper.flush();
        self.run_interview(ActiveInterview { number, interview, keeper, header, language }, &words)
    }

    /// Asks for a label until one fits, and puts it into the interview; gives whether it is another than `kept`. An empty line
    /// changes nothing.
    pub(super) fn typed_label(&self, interview: &mut Interview<'_>, kept: &str) -> Result<bool, ScreenExit> {
        let mut before = kept.to_owned();
        loop {
            // What is pasted may come in lines, and a label is one.
            let label = with_plain_breaks(&self.line("desk-label", &before)?).replace('\n', " ");
            if label.is_empty() || label == kept {
                return Ok(false);
            }
            let Err(why) = set_label(interview, &label, &self.words) else { return Ok(true) };
            print_note(&why);
            // In plain lines nothing can be changed in what stands there, and an empty line would bring it back.
            if !is_plain(self.args.plain) {
                before = label;
            }
        }
    }

    /// Goes on with an intake whose answers so far are kept.
    pub(super) fn go_on(&mut self, number: u64) -> Result<(), ScreenExit> {
        let drafts = self.sealed(true)?;
        let (read, file) = claim_journal(&drafts, number).localize(&self.words)?;
        // From here on the journal can only be added to, and nothing here keeps the keys.
        drop(drafts);
        let file = file.with_cipher(self.sealed(false)?.cipher());
        let language = self.pack.language(&read.header.language).unwrap_or_default();
        let words = Messages::new(self.pack.tag(language));
        let draft = ResumedDraft::new(self.pack, read, file);
        let interview = draft.interview(self.pack);
        self.start_screen(&self.words.get("desk-go-on"));
        report_resumed(self.pack, &draft, &self.words);
        let mut header = draft.recovered.header.clone();
        (header.version, header.hash) = (self.pack.version.clone(), self.pack.hash.clone());
        let drafts = self.sealed(false)?.with_number(number);
        let keeper = draft.autosave(&drafts, &header, &interview, now(), autosave_notes(&words));
        self.choose(&self.words.get("desk-menu"), &[self.words.get("desk-go-on")], true)?;
        if !self.hand_over_to(header.filled_in_by.unwrap_or(FilledInBy::Patient), &header.language, &words)? {
            return Ok(());
        }
        self.run_interview(ActiveInterview { number, interview, keeper, header, language }, &words)
    }

    /// Lets whoever fills it in have the device; gives whether the questions begin.
    fn hand_over_to(&mut self, who: FilledInBy, language: &str, words: &Messages) -> Result<bool, ScreenExit> {
        if who == FilledInBy::Staff {
            self.clear();
            return Ok(true);
        }
        self.watch.set_language(Some(language));
        match self.hand_over(words) {
            Ok(()) => Ok(true),
            Err(stop) => {
                ignore_interrupt(stop)?;
                self.take_back(words, "desk-not-begun")?;
                Ok(false)
            }
        }
    }

    /// Asks, and keeps what comes of it. What cannot be kept stays in this process until it can, or until staff give it up.
    fn run_interview(&mut self, mut sitting: ActiveInterview<'_>, words: &Messages) -> Result<(), ScreenExit> {
        let finished = match self.ask(&mut sitting, words) {
            Ok(()) => true,
            Err(stop) => {
                sitting.keeper.flush();
                ignore_interrupt(stop)?;
                false
            }
        };
        self.watch.unsaved(true);
        let mut saved = self.save(&mut sitting, finished);
        if sitting.header.filled_in_by == Some(FilledInBy::Staff) {
            self.clear();
        } else {
            self.take_back(words, sitting.handback_message(finished, saved.is_ok()))?;
        }
        while let Err(error) = &saved {
            self.message = Some(error_text(error));
            self.start_screen(&self.words.format("desk-unsaved", [("number", sitting.number.into())]));
            let give_up = if sitting.keeper.has_unsaved() { "desk-give-up" } else { "desk-go-on-later" };
            let ways = ["desk-try-again", give_up].map(|way| self.words.get(way));
            match self.choose(&self.words.get("desk-menu"), &ways, false) {
                Ok(0) => saved = self.save(&mut sitting, finished),
                Ok(_) => break,
                Err(ScreenExit::Stop(stop)) => ignore_interrupt(stop)?,
                Err(other) => return Err(other),
            }
        }
        self.watch.unsaved(false);
        let is_finished = finished && saved.is_ok();
        if is_finished {
            sitting.keeper.finish();
        }
        let key = if is_finished { "desk-finished" } else { "desk-begun" };
        self.message = Some(self.words.format(key, [("number", sitting.number.into())]));
        Ok(())
    }

    fn ask(&self, sitting: &mut ActiveInterview<'_>, words: &Messages) -> Result<(), PromptError> {
        let ActiveInterview { interview, keeper, language, .. } = sitting;
        let watch = self.watch.clone();
        watch.touch();
        run_interview(interview, prompter(self.args.plain, words).as_mut(), words, *language, &mut |event| {
            let mut seen = watch.hold();
            keeper.event(&event);
            seen.answered(keeper.has_unsaved());
            Ok(())
        })
    }

    /// Puts a finished interview into the store, or what there is of it into its journal.
    fn save(&mut self, sitting: &mut ActiveInterview<'_>, finished: bool) -> Result<(), Error> {
        if !finished {
            return sitting.keeper.save().localize(&self.words);
        }
        self.keep(sitting.number, &mut sitting.interview, &sitting.header)
            // What the disk did not take before it may take now.
            .inspect_err(|_| sitting.keeper.flush())
    }

    fn keep(&mut self, number: u64, interview: &mut Interview<'_>, header: &Header) -> Result<(), Error> {
        let finished = interview.finish().map_err(|_| Error::input("a required question has no answer"))?;
        let beside = AnswersFile {
            language: Some(header.language.clone()),
            date: header.date,
            filled_in_by: header.filled_in_by,
            ..AnswersFile::default()
        };
        let interviewed =
            FinishedIntake { finished: &finished, beside, pack: Some(&self.files), started: header.started };
        let by = self.by(None);
        let watch = self.watch.clone();
        let _whole = watch.hold();
        Ok(self.desk.finish(number, 1, interviewed, now(), &by)?)
    }

    /// The language of the questions.
    fn language(&self) -> Result<Language, ScreenExit> {
        let tags = &self.pack.languages;
        if tags.len() < 2 {
            return Ok(Language::default());
        }
        let language = |tag: &String| self.pack.language(tag).unwrap_or_default();
        let titles: Vec<String> =
            tags.iter().map(|tag| format!("{tag} · {}", self.pack.title.in_language(language(tag)))).collect();
        let chosen = self.choose(&self.words.get("desk-language"), &titles, true)?;
        Ok(language(&tags[chosen]))
    }

    /// The journals of intakes, sealed; with the keys they can be read as well.
    fn sealed(&self, readable: bool) -> Result<Drafts, DeskError> {
        let keys = self.keys.clone().filter(|_| readable);
        Ok(self.desk.clinic().drafts().with_cipher(Arc::new(SealedLines::new(self.desk.key()?, keys))))
    }

    /// Lets the device go to a patient: nothing can be read on it from here on.
    fn hand_over(&mut self, words: &Messages) -> Result<(), PromptError> {
        self.keys = None;
        self.who = None;
        self.clear();
        self.say(&format!("\n{}", self.words.get("desk-hand-over")));
        self.confirm(words, "desk-ready", "desk-ready-yes")?;
        self.clear();
        Ok(())
    }

    /// Gets the device back; whoever leaves that screen in another way gives it back too.
    fn take_back(&mut self, words: &Messages, told: &str) -> Result<(), PromptError> {
        self.clear();
        self.confirm(words, told, "desk-given-back").or_else(ignore_interrupt)?;
        self.clear();
        Ok(())
    }
}
