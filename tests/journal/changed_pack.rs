//! Resuming a draft with another version of its pack.

use crate::journal::drafts::script;
use crate::support::Sandbox;
use crate::support::scripted_interview::{entries, header, pack};
use preconsult::pack::{Pack, QuestionType, built_in};
use preconsult::storage::journal::{JournalEntry, recover, replay};

/// An option that the script chooses in a single-choice question, and that no rule reads.
const BEFORE: &str = "\"severe\"";
const AFTER: &str = "\"grave\"";

/// Returns a version of the built-in pack in which an option has another code.
fn changed_pack() -> preconsult::pack::PackFiles {
    let mut files = built_in();
    for text in files.texts.values_mut() {
        *text = text
            .replace(BEFORE, AFTER)
            .replace("option.severity.severe", "option.severity.grave")
            .replace("\"version\": \"1.1.0\"", "\"version\": \"1.2.0\"");
    }
    files
}

fn changed_folder(sandbox: &Sandbox) -> String {
    let folder = sandbox.path("../pack");
    std::fs::create_dir(&folder).expect("a folder");
    for (name, text) in changed_pack().texts {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    "--pack ../pack".to_owned()
}

#[test]
fn fitting_answers_are_carried_over_and_dropped_ones_are_named() {
    let (old, new) = (pack(), Pack::load(&changed_pack()).expect("the changed pack loads"));
    assert_ne!(old.hash, new.hash);
    let entries: Vec<JournalEntry> = entries(old);
    let (before, after) = (replay(old, &entries), replay(&new, &entries));
    let dropped: Vec<String> = after.dropped.iter().map(|dropped| dropped.answer.to_string()).collect();
    assert!(dropped.contains(&BEFORE.to_owned()), "{dropped:?}");
    assert!(after.dropped.iter().all(|dropped| !dropped.reason.is_empty()));
    assert_eq!(before.answers.len() + before.dropped.len(), after.answers.len() + after.dropped.len());
    for (slot, answer) in &after.answers {
        assert_eq!(before.answers.get(slot), Some(answer));
    }
}

#[test]
fn the_old_answers_are_shown_and_a_new_journal_is_started() {
    let sandbox = Sandbox::new();
    let script = script();
    let at = script.iter().position(|line| line == BEFORE.trim_matches('"')).expect("the script chooses it");
    let lines: Vec<&str> = script[..=at].iter().map(String::as_str).collect();
    sandbox.answer("ask", &lines);
    let old = sandbox.drafts();
    let before = recover(&sandbox.journal(&old[0])).expect("a journal");

    let folder = changed_folder(&sandbox);
    let resumed = sandbox.answer(&format!("ask --resume {folder}"), &[]);
    assert_eq!(resumed.code, Some(2), "{resumed:?}");
    let Some(JournalEntry::Answer(question, _)) = before.entries.last() else { panic!("an answer") };
    for text in ["from version 1.1.0 to version 1.2.0", &format!("  {question}: {BEFORE} (there is no option")] {
        assert!(resumed.stderr.contains(text), "{text:?} is missing: {}", resumed.stderr);
    }
    let new = sandbox.drafts();
    assert!(new.len() == 1 && new != old, "the new draft replaced the old one: {new:?}");
    let after = recover(&sandbox.journal(&new[0])).expect("a journal");
    assert_eq!((after.header.version.as_str(), after.header.started), ("1.2.0", before.header.started));
    assert_eq!(after.answered(), before.answered() - 1);
    let is_dropped = |entry: &&JournalEntry| matches!(entry, JournalEntry::Dropped(dropped, answer, _) if dropped == question && answer == "severe");
    assert_eq!(after.entries.iter().filter(is_dropped).count(), 1, "the dropped answer is saved");

    let again = sandbox.answer(&format!("ask --resume {folder}"), &["grave"]);
    assert!(again.stderr.contains("no longer fit and are not used"), "shown again: {again:?}");
    assert!(!again.stderr.contains("The questions have changed"), "{again:?}");
    let saved = recover(&sandbox.journal(&new[0])).expect("a journal");
    assert_eq!(saved.answered(), before.answered());
}

#[test]
fn a_draft_for_another_pack_is_refused() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path("../pack");
    std::fs::create_dir(&folder).expect("a folder");
    for (name, text) in built_in().texts {
        std::fs::write(folder.join(name), text.replace("\"id\": \"microneedling\"", "\"id\": \"other\""))
            .expect("a file");
    }
    let id = crate::journal::drafts::leave_a_draft(&sandbox);
    let refused = sandbox.answer(&format!("ask --pack ../pack --resume {id}"), &[]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.stderr.contains("is for the pack microneedling, not for other"), "{refused:?}");
    assert_eq!(sandbox.answer("ask --pack ../pack --resume", &[]).code, Some(2));
    assert_eq!(sandbox.drafts(), [id]);
}

#[test]
fn the_changed_option_belongs_to_a_single_choice_question() {
    let pack = pack();
    let holds = |shape: &QuestionType| shape.choices().iter().any(|choice| BEFORE.trim_matches('"') == choice.code);
    assert!(
        pack.questions
            .iter()
            .any(|question| matches!(question.shape, QuestionType::SingleChoice(_)) && holds(&question.shape))
    );
    assert_eq!(header(pack).version, "1.1.0", "the replacements above name this version");
}
