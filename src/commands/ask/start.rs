//! The start of an interview: empty, from an answers file, or from a draft.

use super::resume::{OfferError, offer_drafts};
use crate::answer::{AnswerValue, Answers};
use crate::ask::PromptError;
use crate::cli::AskArgs;
use crate::commands::error_text::ErrorText;
use crate::commands::error_text::io::io_error;
use crate::commands::interview_notes::{autosave_notes, discard_old_drafts, report_resumed};
use crate::commands::prompter::prompter;
use crate::commands::{apply_label, now, output_plan, print_note};
use crate::error::Error;
use crate::intake::autosave::Autosave;
use crate::intake::resume::{ResumedDraft, claim, claim_latest};
use crate::intake::{label_id, label_slot};
use crate::interview::{AnswersFile, Completeness, Interview};
use crate::messages::Messages;
use crate::pack::{Language, Pack};
use crate::printable::comparison_form;
use crate::storage::config_file::Settings;
use crate::storage::drafts::Drafts;
use crate::storage::error::StorageError;
use crate::storage::journal::Header;
use crate::storage::read_text;
use std::io::IsTerminal;
use std::path::Path;

/// The initial state of an interview.
pub(super) struct InterviewStart {
    /// The initial answers and the settings that came with them.
    pub(super) file: AnswersFile,
    source: DraftSource,
}

/// The draft that the answers are saved in.
enum DraftSource {
    /// A new draft.
    New(Drafts),
    /// A draft that is resumed.
    Resumed(Drafts, Box<ResumedDraft>),
    /// None, because there is no folder for drafts.
    Unavailable(StorageError),
}

impl InterviewStart {
    /// Chooses a draft or a new start, and asks the person if necessary.
    pub(super) fn choose_draft(args: &AskArgs, pack: &Pack, settings: &Settings, plain: bool) -> Result<Self, Error> {
        let source = match Drafts::for_user() {
            Ok(drafts) => match choose_draft(args, pack, settings, &drafts, plain)? {
                Some(draft) => DraftSource::Resumed(drafts, Box::new(draft)),
                None => DraftSource::New(drafts),
            },
            Err(error) if args.resume.is_some() => return Err(error.into()),
            Err(error) => DraftSource::Unavailable(error),
        };
        let file = initial_answers(args, pack, &source)?;
        Ok(Self { file, source })
    }

    /// Starts the interview and its autosave.
    pub(super) fn begin<'p>(
        self,
        args: &AskArgs,
        pack: &'p Pack,
        words: &Messages,
        language: Language,
    ) -> Result<(Interview<'p>, Autosave<'p>), Error> {
        let Self { file, source } = self;
        let mut interview = match &source {
            DraftSource::Resumed(_, draft) => draft.interview(pack),
            DraftSource::New(_) | DraftSource::Unavailable(_) => Interview::new(pack, file.answers.clone()),
        };
        let before = interview.answers().clone();
        apply_label(&mut interview, args.output.metadata.label.as_deref())?;
        let started = now();
        let mut header = Header {
            pack: pack.id.clone(),
            version: pack.version.clone(),
            hash: pack.hash.clone(),
            language: pack.tag(language).to_owned(),
            started,
            date: args.output.metadata.date.or(file.date),
            filled_in_by: args.output.metadata.filled_in_by.or(file.filled_in_by),
            label: args.output.metadata.label.as_ref().and_then(|_| label_id(pack)),
            unassigned: file.unassigned.clone(),
            browser: None,
        };
        let notify = autosave_notes(words);
        let (drafts, draft) = match source {
            DraftSource::New(drafts) => {
                let autosave = Autosave::begin(&drafts, &header, &interview, started, notify);
                return Ok((interview, autosave));
            }
            DraftSource::Unavailable(error) => {
                let autosave = Autosave::unavailable(&interview, error, notify);
                return Ok((interview, autosave));
            }
            DraftSource::Resumed(drafts, draft) => (drafts, draft),
        };
        check_label(&interview, &before)?;
        report_resumed(pack, &draft, words);
        let old = &draft.recovered.header;
        header.started = old.started;
        header.label = header.label.or_else(|| old.label.clone());
        let is_same_version = draft.is_same_version(pack);
        let mut autosave = draft.autosave(&drafts, &header, &interview, started, notify);
        // A new draft has the label from the command line already.
        let label = label_slot(pack).and_then(|slot| Some((slot, interview.answers().get(&slot)?)));
        if let Some((slot, label)) = label.filter(|(slot, label)| is_same_version && before.get(slot) != Some(label)) {
            autosave.add(&interview, slot, label);
        }
        Ok((interview, autosave))
    }
}

/// Returns the draft that the command line or the person chooses, if any.
fn choose_draft(
    args: &AskArgs,
    pack: &Pack,
    settings: &Settings,
    drafts: &Drafts,
    plain: bool,
) -> Result<Option<ResumedDraft>, Error> {
    match &args.resume {
        Some(Some(id)) => return Ok(Some(claim(pack, drafts, id)?)),
        Some(None) => return Ok(Some(claim_latest(pack, drafts)?)),
        None => {}
    }
    let on_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !on_terminal || args.new || args.answers.is_some() || drafts.is_empty() {
        return Ok(None);
    }
    let language = output_plan::language(pack, [args.pack.lang.as_deref(), settings.config.language.as_deref()])?;
    let words = Messages::new(pack.tag(language));
    discard_old_drafts(drafts, settings.config.retention_days, &words);
    offer_drafts(pack, drafts, prompter(plain, &words).as_mut(), &words).or_else(|error| match error {
        // Drafts are offered only on a terminal, where no reply ends the run.
        OfferError::Prompt(PromptError::EndOfInput | PromptError::Refused { .. }) => {
            Err(Error::input(words.get("ended-before")).hint(words.get("ended-before-way-out")).localized(&words))
        }
        OfferError::Prompt(PromptError::Interrupted) => {
            Err(Error::stopped(words.get("stopped-before")).localized(&words))
        }
        OfferError::Prompt(PromptError::Io(error)) => Err(io_error("ask on", Path::new("the terminal"), &error)),
        // The interview can start without the drafts.
        OfferError::Drafts(error) => {
            print_note(&error.to_error(&words).message);
            Ok(None)
        }
    })
}

/// Returns the initial answers from the answers file, or the settings of the resumed draft.
fn initial_answers(args: &AskArgs, pack: &Pack, source: &DraftSource) -> Result<AnswersFile, Error> {
    if let DraftSource::Resumed(_, draft) = source {
        let header = &draft.recovered.header;
        let language = Some(header.language.clone()).filter(|tag| pack.language(tag).is_some());
        let Header { date, filled_in_by, ref unassigned, .. } = *header;
        let unassigned = unassigned.clone();
        return Ok(AnswersFile { language, date, filled_in_by, unassigned, ..AnswersFile::default() });
    }
    let Some(path) = &args.answers else { return Ok(AnswersFile::default()) };
    let (name, text) = read_text(Some(path))?;
    Ok(AnswersFile::read(pack, &name, &text, Completeness::Partial)?)
}

/// A label that differs from the draft's own is most likely another patient's.
fn check_label(interview: &Interview<'_>, before: &Answers) -> Result<(), Error> {
    let Some(slot) = label_slot(interview.pack()) else { return Ok(()) };
    let form = |answers: &Answers| match answers.get(&slot)?.value()? {
        AnswerValue::Text(label) => Some(comparison_form(label)),
        _ => None,
    };
    let before = form(before);
    if before.is_none() || before == form(interview.answers()) {
        return Ok(());
    }
    Err(Error::input("the draft has a different label from --label")
        .hint("leave out --label to resume this draft, or start a new interview with --new"))
}
