//! What is printed beside an interview under way: about its autosave, and about the draft that it was resumed from.

use super::error_text::intake::save_reason;
use super::error_text::io::io_reason;
use super::print_note;
use crate::intake::autosave::{AutosaveNotice, Notify};
use crate::intake::resume::ResumedDraft;
use crate::messages::Messages;
use crate::pack::{Pack, Role};
use crate::printable::Printable;
use crate::storage::journal::{JournalEntry, QuestionRef};
use serde_json::Value;
use std::collections::BTreeMap;

/// Prints what an autosave reports, in the language of these words.
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

/// Prints what was resumed: how many answers there are, what was damaged, and what a changed pack drops.
pub(super) fn report_resumed(pack: &Pack, draft: &ResumedDraft, words: &Messages) {
    let (recovered, replayed) = (&draft.recovered, &draft.replayed);
    let header = &recovered.header;
    let began = header.started.format("%Y-%m-%d %H:%M").to_string();
    let label = pack.with_role(Role::Label).filter(|at| header.label.as_deref() == Some(&pack.questions[*at].id));
    let answered = replayed.answers.keys().filter(|slot| Some(slot.question) != label).count();
    print_note(&words.format("draft-going-on", [("began", began.into()), ("answered", answered.into())]));
    match recovered.cut {
        Some(cut) if cut.torn => print_note(&words.get("draft-torn")),
        Some(cut) => {
            print_note(&words.format("draft-damaged", [("line", cut.line.into()), ("lines", cut.lines.into())]))
        }
        None => {}
    }
    if !draft.is_same_version(pack) {
        let (before, now) = (header.version.as_str().into(), pack.version.as_str().into());
        print_note(&words.format("draft-changed", [("before", before), ("now", now)]));
        for (place, answer) in last_answers(&recovered.entries) {
            print_note(&format!("  {}", answer_line(place, answer)));
        }
    }
    if !replayed.left.is_empty() {
        print_note(&words.get("draft-not-carried"));
    }
    for dropped in &replayed.left {
        let answer = answer_line(&dropped.place, &dropped.answer);
        let parameters = [("answer", answer.into()), ("why", dropped.why.as_str().into())];
        print_note(&format!("  {}", Printable::line(&words.format("draft-not-carried-line", parameters))));
    }
}

fn last_answers(entries: &[JournalEntry]) -> BTreeMap<&QuestionRef, &Value> {
    let answers = entries.iter().filter_map(|entry| match entry {
        JournalEntry::Answer(place, answer) => Some((place, answer)),
        _ => None,
    });
    answers.collect()
}

fn answer_line(place: &QuestionRef, answer: &Value) -> String {
    Printable::line(&format!("{place}: {answer}")).to_string()
}
