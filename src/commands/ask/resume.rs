//! Offers the drafts that can be resumed, when an interview starts.

use crate::ask::{PromptError, Prompter, confirm, menu_items};
use crate::commands::error_text::ErrorText;
use crate::commands::print_note;
use crate::intake::drafts::{discard, resumable, started_at};
use crate::intake::resume::{ResumedDraft, claim};
use crate::messages::Messages;
use crate::pack::Pack;
use crate::printable::Printable;
use crate::storage::drafts::{Draft, DraftState, Drafts};
use crate::storage::error::StorageError;

/// Maximum number of offered drafts; `drafts list` shows all.
const MAX_OFFERED: usize = 5;

/// The reason why no draft was chosen.
pub(super) enum OfferError {
    /// The prompt failed, or the person stopped.
    Prompt(PromptError),
    /// The drafts cannot be read.
    Drafts(StorageError),
}

impl From<PromptError> for OfferError {
    fn from(error: PromptError) -> Self {
        Self::Prompt(error)
    }
}

impl From<StorageError> for OfferError {
    fn from(error: StorageError) -> Self {
        Self::Drafts(error)
    }
}

/// Asks whether to resume or discard a draft; `None` starts a new interview.
///
/// No answer is shown, because the person at the machine may be another patient.
pub(super) fn offer_drafts(
    pack: &Pack,
    drafts: &Drafts,
    prompter: &mut dyn Prompter,
    words: &Messages,
) -> Result<Option<ResumedDraft>, OfferError> {
    loop {
        let all = resumable(pack, drafts)?;
        let offered = &all[..all.len().min(MAX_OFFERED)];
        if offered.is_empty() {
            return Ok(None);
        }
        let more = match all.len() - offered.len() {
            0 => String::new(),
            more => words.format("draft-more", [("offered", offered.len().into()), ("more", more.into())]),
        };
        let question = words.format("draft-question", [("count", all.len().into()), ("more", more.into())]);
        let resume = offered.iter().map(|draft| draft_message("draft-go-on", draft, words));
        let new = std::iter::once(words.get("draft-new"));
        let remove = offered.iter().map(|draft| draft_message("draft-discard", draft, words));
        let choices = menu_items(resume.chain(new).chain(remove).map(|text| Printable::line(&text)));
        let choice = prompter.choose(&Printable::line(&question), &choices, offered.len(), None)?;
        let result = match offered.get(choice) {
            Some(draft) => claim(pack, drafts, &draft.id).map(Some),
            None if choice == offered.len() => return Ok(None),
            None => {
                let draft = &offered[choice - offered.len() - 1];
                if !confirm_discard(draft, prompter, words)? {
                    continue;
                }
                let discarded = discard(drafts, &draft.id);
                discarded.map(|()| print_note(&draft_message("draft-discarded", draft, words))).map(|()| None)
            }
        };
        match result {
            Ok(Some(draft)) => return Ok(Some(draft)),
            Ok(None) => {}
            Err(error) => print_note(&error.to_error(words).message),
        }
    }
}

/// Asks for confirmation before a draft is discarded.
fn confirm_discard(draft: &Draft, prompter: &mut dyn Prompter, words: &Messages) -> Result<bool, PromptError> {
    let question = draft_message("draft-discard-sure", draft, words);
    confirm(prompter, &question, &words.get("draft-discard-no"), &words.get("draft-discard-yes"))
}

fn draft_message(key: &str, draft: &Draft, words: &Messages) -> String {
    let DraftState::Resumable(recovered) = &draft.state else { return draft.id.clone() };
    let parameters = [
        ("id", draft.id.as_str().into()),
        ("began", started_at(draft).into()),
        ("answered", recovered.answered().into()),
        ("version", recovered.header.version.as_str().into()),
    ];
    words.format(key, parameters)
}
