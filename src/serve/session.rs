//! One interview in a browser: its answers, their autosave, and the forms that were left or refused.

use super::form::{Entry, Fields, refusal};
use super::kept::{Kept, NewInterview};
use super::secret::SessionId;
use super::site::Site;
use crate::answer::{AnswerKey, Answers};
use crate::ask::{BackTarget, InterviewEvent, PromptError, QuestionView, question_view, report_answer};
use crate::desk::store::Progress;
use crate::intake::autosave::Autosave;
use crate::intake::error::IntakeError;
use crate::intake::label_id;
use crate::intake::resume::claim;
use crate::interview::{AnswersFile, Interview, Step, subject_code};
use crate::messages::Messages;
use crate::pack::{Language, Pack};
use crate::storage::journal::Header;
use std::collections::BTreeMap;

/// One interview in a browser.
pub(super) struct Session {
    pub(super) interview: Interview<'static>,
    pub(super) language: Language,
    autosave: Autosave<'static>,
    header: Header,
    kept: Kept,
    /// The forms that were left or refused. They are not answers; they are shown again.
    entries: BTreeMap<AnswerKey, Entry>,
    /// The reason why the interview could not be finished.
    pub(super) check_error: Option<CheckError>,
    /// Whether the answers are handed in.
    pub(super) is_finished: bool,
    /// Whether this browser has not answered a question yet.
    is_new: bool,
}

/// The reason why an interview could not be finished.
#[derive(Debug, Clone, Copy)]
pub(super) enum CheckError {
    /// This question still needs an answer.
    Open(AnswerKey),
    /// The summary could not be written.
    NotHandedIn,
}

/// The button that a form was sent with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Go {
    Continue,
    Back,
    /// Shows the same question again.
    Stay,
}

impl Go {
    /// Parses the field `go`. A form that was sent with the Enter key may have none.
    pub(super) fn of(fields: &Fields) -> Self {
        if fields.get("go") == Some("back") { Self::Back } else { Self::Continue }
    }
}

impl Session {
    /// Starts an interview. Its draft is created with the first answer.
    pub(super) fn begin(site: &Site, new: NewInterview, id: &SessionId) -> Self {
        let NewInterview { kept, language, label, date, filled_in_by, .. } = new;
        let mut interview = Interview::new(site.pack, Answers::new());
        if let Some(label) = &label {
            // The label was checked when the server started.
            let _ = interview.label(label.clone());
        }
        let now = chrono::Local::now().fixed_offset();
        let header = Header {
            pack: site.pack.id.clone(),
            version: site.pack.version.clone(),
            hash: site.pack.hash.clone(),
            language: site.pack.tag(language).to_owned(),
            started: now,
            date,
            filled_in_by,
            label: label.as_ref().and_then(|_| label_id(site.pack)),
            unassigned: Vec::new(),
            browser: Some(id.0.clone()),
        };
        let autosave = Autosave::begin(&kept.drafts, &header, &interview, now, (site.notify)());
        Self { is_new: true, ..Self::new(interview, language, autosave, header, kept) }
    }

    /// Resumes an interview from its draft.
    pub(super) fn resume(site: &Site, kept: Kept, draft: &str) -> Result<Self, IntakeError> {
        let resumed = claim(site.pack, &kept.drafts, draft)?;
        let interview = resumed.interview(site.pack);
        let mut header = resumed.recovered.header.clone();
        (header.version, header.hash) = (site.pack.version.clone(), site.pack.hash.clone());
        let language = site.pack.language(&header.language).unwrap_or(site.first_language);
        let now = chrono::Local::now().fixed_offset();
        let autosave = resumed.autosave(&kept.drafts, &header, &interview, now, (site.notify)());
        Ok(Self::new(interview, language, autosave, header, kept))
    }

    /// Takes over an interview from another browser. Its draft is rewritten, encrypted with the key of this browser.
    pub(super) fn take_over(
        site: &Site,
        (old, draft): (&Kept, &str),
        new: NewInterview,
        id: &SessionId,
    ) -> Result<Self, IntakeError> {
        let resumed = claim(site.pack, &old.drafts, draft)?;
        let interview = resumed.interview(site.pack);
        let header = Header {
            version: site.pack.version.clone(),
            hash: site.pack.hash.clone(),
            language: site.pack.tag(new.language).to_owned(),
            browser: Some(id.0.clone()),
            ..resumed.recovered.header.clone()
        };
        let now = chrono::Local::now().fixed_offset();
        let autosave = resumed.rewrite(&new.kept.drafts, &header, &interview, now, (site.notify)());
        Ok(Self { is_new: true, ..Self::new(interview, new.language, autosave, header, new.kept) })
    }

    fn new(
        interview: Interview<'static>,
        language: Language,
        autosave: Autosave<'static>,
        header: Header,
        kept: Kept,
    ) -> Self {
        let (entries, check_error, is_finished, is_new) = (BTreeMap::new(), None, false, false);
        Self { interview, language, autosave, header, kept, entries, check_error, is_finished, is_new }
    }

    /// Returns where the interview is kept.
    pub(super) fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Returns how far the interview has come.
    pub(super) fn progress(&self) -> Progress {
        let (position, total) = self.interview.position();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Progress { position: count(position), total: count(total) }
    }

    /// Returns the id of the draft; `None` before the first answer.
    pub(super) fn draft(&self) -> Option<&str> {
        self.autosave.draft()
    }

    /// Returns whether this browser has not answered a question yet, so that its patient has to see the return code.
    pub(super) fn is_new(&self) -> bool {
        self.is_new
    }

    /// Finds the question of an address, if it is asked now.
    pub(super) fn find(&self, question: &str, concern: Option<&str>) -> Option<AnswerKey> {
        let pack = self.interview.pack();
        let is_named = |key: &AnswerKey| {
            pack.questions[key.question].id == question && key.subject.map(|_| subject_code(pack, *key)) == concern
        };
        self.interview.asked().into_iter().find(is_named)
    }

    /// Moves to a question that is asked.
    pub(super) fn open(&mut self, key: AnswerKey) {
        if self.interview.step() != Step::Ask(key) {
            self.interview.jump(key);
        }
    }

    /// Returns the current question with its texts, and the state of its form.
    pub(super) fn question(&self, key: AnswerKey, words: &Messages) -> (QuestionView<'_>, Entry) {
        let view = question_view(&self.interview, key, words, self.language);
        let answer = self.interview.current_answer(key);
        let entry = self.entries.get(&key).cloned();
        let entry = entry.unwrap_or_else(|| Entry::of_answer(answer.as_ref(), &view.question.shape, words));
        (view, entry)
    }

    /// Takes the form of a question. Every accepted answer is on disk when this returns.
    pub(super) fn submit(&mut self, key: AnswerKey, entry: Entry, go: Go, words: &Messages) {
        self.open(key);
        self.check_error = None;
        match go {
            Go::Stay => _ = self.entries.insert(key, entry),
            Go::Back => self.go_back(key, entry, words),
            Go::Continue => match self.answer(key, &entry, words) {
                Ok(()) => {
                    self.entries.remove(&key);
                    self.is_new = false;
                }
                Err(message) => {
                    self.entries.insert(key, Entry { error: Some(message), ..entry });
                    // An answer that could not be saved is asked for again.
                    self.open(key);
                }
            },
        }
    }

    fn go_back(&mut self, key: AnswerKey, entry: Entry, words: &Messages) {
        let (view, shown) = self.question(key, words);
        let (back, is_changed) = (view.back, entry != Entry { error: None, ..shown });
        match back {
            // Its answer stays as it was.
            BackTarget::Review => _ = self.entries.remove(&key),
            _ if is_changed => _ = self.entries.insert(key, entry),
            _ => {
                if let Some(entry) = self.entries.get_mut(&key) {
                    entry.error = None;
                }
            }
        }
        match back {
            BackTarget::Nowhere => return,
            BackTarget::Question => self.interview.back(),
            BackTarget::Review => self.interview.review(),
        }
        self.autosave.event(&InterviewEvent::Moved(self.interview.step()));
    }

    fn answer(&mut self, key: AnswerKey, entry: &Entry, words: &Messages) -> Result<(), String> {
        let answer = entry.answer(&question_view(&self.interview, key, words, self.language), words)?;
        if let Err(error) = self.interview.answer(answer) {
            return Err(refusal(&error, &question_view(&self.interview, key, words, self.language), words));
        }
        let autosave = &mut self.autosave;
        let mut save = |event: InterviewEvent<'_>| -> Result<(), PromptError> {
            autosave.event(&event);
            Ok(())
        };
        // Saving reports its own errors below.
        let _ = report_answer(&self.interview, key, &mut save);
        if self.autosave.has_unsaved() { Err(words.get("serve-not-saved")) } else { Ok(()) }
    }

    /// Moves to the review.
    pub(super) fn review(&mut self) {
        self.interview.review();
    }

    /// Goes back from the review to the last question.
    pub(super) fn leave_review(&mut self) {
        self.interview.review();
        self.interview.back();
        self.check_error = None;
        self.autosave.event(&InterviewEvent::Moved(self.interview.step()));
    }

    /// Finishes the interview and hands the answers in.
    pub(super) fn finish(&mut self, site: &Site) {
        self.check_error = match self.interview.finish() {
            Err(open) => {
                self.autosave.event(&InterviewEvent::Moved(Step::Ask(open)));
                Some(CheckError::Open(open))
            }
            Ok(finished) => {
                let (intake, started) = (self.kept.intake, self.header.started);
                self.is_finished = site.keeper.hand_in(&finished, self.metadata(), intake, started).is_ok();
                if !self.is_finished {
                    // A disk that was full before may have space now.
                    self.autosave.flush();
                }
                (!self.is_finished).then_some(CheckError::NotHandedIn)
            }
        };
    }

    /// Returns the data of the interview that belongs to no question.
    fn metadata(&self) -> AnswersFile {
        AnswersFile {
            language: Some(self.interview.pack().tag(self.language).to_owned()),
            date: self.header.date,
            filled_in_by: self.header.filled_in_by,
            unassigned: self.header.unassigned.clone(),
            ..AnswersFile::default()
        }
    }

    /// Removes the draft of a finished interview.
    pub(super) fn end(self) {
        self.autosave.finish();
    }

    /// Returns the address of the current step.
    pub(super) fn address(&self) -> String {
        match self.interview.step() {
            Step::Ask(key) => question_address(self.interview.pack(), key),
            Step::Review => "/check".to_owned(),
        }
    }
}

/// Returns the address of a question.
pub(super) fn question_address(pack: &Pack, key: AnswerKey) -> String {
    let concern = key.subject.map(|_| format!("/{}", subject_code(pack, key))).unwrap_or_default();
    format!("/question/{}{concern}", pack.questions[key.question].id)
}
