//! An interview in progress: its autosave, and the draft that it is resumed from.
//!
//! The command line, the desk and the browser all start, save and resume interviews here. They word the messages
//! themselves.

pub mod autosave;
pub mod drafts;
pub mod error;
pub mod resume;
pub mod typed_code;

use crate::answer::AnswerKey;
use crate::pack::{Pack, Role};

/// Returns the id of the label's question, as journals name it.
#[must_use]
pub fn label_id(pack: &Pack) -> Option<String> {
    pack.with_role(Role::Label).map(|question| pack.questions[question].id.clone())
}

/// Returns the slot of the label's answer.
#[must_use]
pub fn label_slot(pack: &Pack) -> Option<AnswerKey> {
    pack.with_role(Role::Label).map(AnswerKey::of_question)
}
