//! Notes about an interview in progress: on its autosave, and on the draft that it was resumed from.

use super::error_text::intake::save_reason;
use super::error_text::io::io_reason;
use super::{now, print_note};
use crate::intake::autosave::{AutosaveNotice, Notify};
use crate::intake::drafts::{discard_expired, started_at};
use crate::intake::resume::ResumedDraft;
use crate::messages::Messages;
use crate::pack::{Pack, Role};
use crate::printable::Printable;
use crate::storage::drafts::Drafts;
use crate::storage::journal::{JournalEntry, QuestionRef};
use serde_json::Value;
use std::collections::BTreeMap;

/// Prints the notices of an autosave in the language of `words`.
pub(super) fn autosave_notes(words: &Messages) -> Notify {
    let words = words.clone();
    Box::new(move |notice| print_note(&autosave_text(notice, &words)))
}

fn autosave_text(notice: &AutosaveNotice<'_>, words: &Messages) -> String {
    match notice {
        AutosaveNotice::NotSaved(error) => words.format("draft-not-kept", [("why", save_reason(error, words).into())]),
        AutosaveNotice::SavedAgain => words.get("draft-kept-again"),
        AutosaveNotice::NotRemoved { id, source } => {
            words.format("draft-not-removed", [("id", (*id).into()), ("why", io_reason(source, words).into())])
        }
    }
}

/// Discards the drafts that are older than the clinic's limit, and prints which.
pub(super) fn discard_old_drafts(drafts: &Drafts, days: Option<u32>, words: &Messages) {
    let Some(days) = days else { return };
    // A folder that cannot be read is reported later, if it matters.
    for draft in discard_expired(drafts, now(), days).unwrap_or_default() {
        let started = started_at(&draft);
        let parameters = [("id", draft.id.as_str().into()), ("began", started.into()), ("days", days.into())];
        print_note(&words.format("draft-old", parameters));
    }
}

/// Prints what was resumed: the number of answers, any damage, and the answers that a changed pack drops.
pub(super) fn report_resumed(pack: &Pack, draft: &ResumedDraft, words: &Messages) {
    let (recovered, replayed) = (&draft.recovered, &draft.replayed);
    let header = &recovered.header;
    let started = header.started.format("%Y-%m-%d %H:%M").to_string();
    let label = pack.with_role(Role::Label).filter(|index| header.label.as_deref() == Some(&pack.questions[*index].id));
    let answered = replayed.answers.keys().filter(|slot| Some(slot.question) != label).count();
    print_note(&words.format("draft-going-on", [("began", started.into()), ("answered", answered.into())]));
    match recovered.damage {
        Some(damage) if damage.is_torn => print_note(&words.get("draft-torn")),
        Some(damage) => {
            print_note(&words.format("draft-damaged", [("line", damage.line.into()), ("lines", damage.lines.into())]));
        }
        None => {}
    }
    if !draft.is_same_version(pack) {
        let (before, now) = (header.version.as_str().into(), pack.version.as_str().into());
        print_note(&words.format("draft-changed", [("before", before), ("now", now)]));
        for (question, answer) in last_answers(&recovered.entries) {
            print_note(&format!("  {}", answer_line(question, answer)));
        }
    }
    if !replayed.dropped.is_empty() {
        print_note(&words.get("draft-not-carried"));
    }
    for dropped in &replayed.dropped {
        let answer = answer_line(&dropped.question, &dropped.answer);
        let parameters = [("answer", answer.into()), ("why", dropped.reason.as_str().into())];
        print_note(&format!("  {}", Printable::line(&words.format("draft-not-carried-line", parameters))));
    }
}

fn last_answers(entries: &[JournalEntry]) -> BTreeMap<&QuestionRef, &Value> {
    let answers = entries.iter().filter_map(|entry| match entry {
        JournalEntry::Answer(question, answer) => Some((question, answer)),
        _ => None,
    });
    answers.collect()
}

fn answer_line(question: &QuestionRef, answer: &Value) -> String {
    Printable::line(&format!("{question}: {answer}")).to_string()
}
