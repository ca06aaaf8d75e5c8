//! An interview under way: its autosave, and the draft that it is resumed from. The command line, the desk and the browser
//! all start, save and resume interviews through here; what a person reads about it is theirs.

pub mod autosave;
pub mod drafts;
pub mod error;
pub mod resume;

use crate::answer::AnswerKey;
use crate::pack::{Pack, Role};

/// The id of the question whose answer is the label, as journals name it.
#[must_use]
pub fn label_id(pack: &Pack) -> Option<String> {
    pack.with_role(Role::Label).map(|question| pack.questions[question].id.clone())
}

/// The slot of the label's answer.
#[must_use]
pub fn label_slot(pack: &Pack) -> Option<AnswerKey> {
    pack.with_role(Role::Label).map(AnswerKey::of_question)
}
