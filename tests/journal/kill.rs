//! Kills the program after every answer, interrupts it, and resumes it.

use crate::journal::drafts::{leave_a_draft, script};
use crate::support::run::send_signal;
use crate::support::scripted_interview::{pack, replies};
use crate::support::thoroughness::thoroughness;
use crate::support::{LineSession, Sandbox};
use preconsult::storage::journal::{recover, replay};
use std::io::Write;

const OUT: &str = "--date 2026-11-22 --out ../out --format json";

#[test]
fn a_kill_after_any_answer_loses_only_the_reply_being_typed() {
    let (pack, replies) = (pack(), replies(pack()));
    let mut script = script();
    script.push("/done".to_owned());
    let lines: Vec<&str> = script.iter().map(String::as_str).collect();
    let sandbox = Sandbox::new();
    let whole = sandbox.answer(OUT, &lines);
    assert_eq!(whole.code, Some(0), "{whole:?}");
    assert!(sandbox.drafts().is_empty(), "a finished interview leaves no draft");
    let expected = sandbox.summary();

    for answered in thoroughness().sample(1..=replies.len(), 5, 0) {
        let sandbox = Sandbox::new();
        let mut session = LineSession::start(sandbox.command("ask"));
        for line in &lines[..answered] {
            session.reply(line);
        }
        write!(session.stdin, "half of the next rep").expect("stdin is open");
        session.kill();
        let id = sandbox.drafts().pop().expect("a draft");
        let read = recover(&sandbox.journal(&id)).expect("a journal");
        assert_eq!(replay(pack, &read.entries).answers, replies[answered - 1].1, "after {answered} answers");

        let resumed = sandbox.answer(&format!("{OUT} --resume"), &lines[answered..]);
        assert_eq!(resumed.code, Some(0), "after {answered} answers: {resumed:?}");
        assert_eq!(sandbox.summary(), expected, "after {answered} answers");
        assert!(sandbox.drafts().is_empty());
    }
}

#[test]
fn resuming_shows_the_question_that_was_open() {
    let script = script();
    let sandbox = Sandbox::new();
    let mut session = LineSession::start(sandbox.command("ask"));
    for line in &script[..4] {
        session.reply(line);
    }
    session.reply("/back");
    session.reply("/back");
    let open = session.shown.rsplit("\nQuestion ").next().expect("a question").to_owned();
    session.kill();
    let mut session = LineSession::start(sandbox.command("ask --resume"));
    let again = session.shown.rsplit("\nQuestion ").next().expect("a question").to_owned();
    assert_eq!(again, open);
    session.reply("/review");
    let review = session.shown.rsplit("Your answers\n").next().expect("the review").to_owned();
    session.kill();
    let session = LineSession::start(sandbox.command("ask --resume"));
    assert_eq!(session.shown.rsplit("Your answers\n").next(), Some(review.as_str()));
    session.kill();
}

#[cfg(unix)]
#[test]
fn a_signal_stops_the_program_and_keeps_the_draft() {
    for (signal, code) in [("INT", Some(130)), ("TERM", None), ("HUP", None)] {
        let sandbox = Sandbox::new();
        let mut session = LineSession::start(sandbox.command("ask"));
        session.reply(&script()[0]);
        send_signal(signal, session.child.id());
        let output = session.end();
        let id = sandbox.drafts().pop().expect("a draft");
        assert_eq!(output.code, code, "{signal}: {output:?}");
        if code.is_some() {
            assert!(output.stderr.contains("stopped: "), "{output:?}");
            assert!(output.stderr.contains(&format!("preconsult ask --resume {id}")), "{output:?}");
        }
        assert_eq!(recover(&sandbox.journal(&id)).expect("a journal").answered(), 1);
    }
}

#[test]
fn a_summary_that_cannot_be_written_leaves_the_draft() {
    let sandbox = Sandbox::new();
    let mut session = LineSession::start(sandbox.command(OUT));
    for line in script() {
        session.reply(&line);
    }
    std::fs::remove_dir(sandbox.path("../out")).expect("an empty folder");
    writeln!(session.stdin, "/done").expect("stdin is open");
    let output = session.end();
    std::fs::create_dir(sandbox.path("../out")).expect("a folder");
    assert_eq!(output.code, Some(1), "{output:?}");
    let id = sandbox.drafts().pop().expect("a draft");
    assert!(output.stderr.contains(&format!("preconsult ask --resume {id}")), "{}", output.stderr);
    let again = sandbox.answer(&format!("{OUT} --resume {id}"), &["/done"]);
    assert_eq!((again.code, sandbox.drafts().len()), (Some(0), 0), "{again:?}");
    sandbox.summary();
}

#[test]
fn two_runs_at_once_do_not_affect_each_other() {
    let script = script();
    let sandbox = Sandbox::new();
    let mut first = LineSession::start(sandbox.command("ask"));
    first.reply(&script[0]);
    let mut second = LineSession::start(sandbox.command("ask"));
    second.reply(&script[0]);
    second.reply(&script[1]);
    assert_eq!(sandbox.drafts().len(), 2);
    let listed = sandbox.answer("drafts list", &[]);
    assert_eq!(listed.stdout.matches("(in use)").count(), 2, "{listed:?}");
    let refused = sandbox.answer(&format!("ask --resume {}", sandbox.drafts()[0]), &[]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("is in use"), "{refused:?}");
    assert_eq!(sandbox.answer("ask --resume", &[]).code, Some(2), "no draft can be claimed");
    let discarded = sandbox.answer("drafts discard --all", &[]);
    assert_eq!((discarded.code, discarded.stderr.matches("skipped, in use").count()), (Some(0), 2));
    first.kill();
    let resumed = sandbox.answer("ask --resume", &[]);
    assert!(resumed.stderr.contains("1 question is answered"), "the draft of the killed process: {resumed:?}");
    second.reply(&script[2]);
    second.kill();
    assert_eq!(recover(&sandbox.journal(&sandbox.drafts()[1])).expect("a journal").answered(), 3);
}

/// A truncated or changed draft is resumed after its last complete answer, and the loss is reported.
#[test]
fn lost_answers_of_a_damaged_draft_are_reported() {
    let script = script();
    let sandbox = Sandbox::new();
    let id = leave_a_draft(&sandbox);
    let whole = sandbox.journal(&id);
    let path = sandbox.journal_path(&id);
    std::fs::write(&path, &whole[..whole.len() - 5]).expect("a file");
    let resumed = sandbox.answer("ask --resume", &[]);
    assert!(resumed.stderr.contains("1 question is answered"), "{resumed:?}");
    assert!(resumed.stderr.contains("The last answer was not saved completely"), "{resumed:?}");
    assert!(resumed.stderr.contains("Question 2 of"), "{resumed:?}");
    // Once the answer is given again, the journal is complete.
    let again = sandbox.answer("ask --resume", &[&script[1]]);
    assert!(again.stderr.contains("Question 3 of"), "{again:?}");
    let after = sandbox.answer("ask --resume", &[]);
    assert!(after.stderr.contains("2 questions are answered") && !after.stderr.contains("stopped while"));

    let mut flipped = whole.clone();
    let second = whole.iter().position(|byte| *byte == b'\n').expect("a line") + 50;
    flipped[second] ^= 1;
    std::fs::write(&path, &flipped).expect("a file");
    let damaged = sandbox.answer("ask --resume", &[]);
    assert!(damaged.stderr.contains("The draft is damaged from line 2. 2 lines were removed"), "{damaged:?}");
    assert!(damaged.stderr.contains("Question 1 of"), "{damaged:?}");
}

#[test]
fn drafts_are_listed_and_discarded_without_showing_an_answer() {
    let sandbox = Sandbox::new();
    let none = sandbox.answer("drafts list", &[]);
    assert_eq!((none.code, none.stdout.as_str()), (Some(0), ""), "{none:?}");
    let id = leave_a_draft(&sandbox);
    let listed = sandbox.answer("drafts list", &[]);
    let row = listed.stdout.lines().nth(1).expect("a row");
    assert!(row.starts_with(&id) && row.contains(" 0 minutes ") && row.contains(" 2 "), "{listed:?}");
    for answer in script()[0].split(", ").chain(script()[1].split(", ")) {
        assert!(!listed.stdout.contains(answer), "{answer} shows in {listed:?}");
    }
    assert_eq!(sandbox.answer("drafts discard", &[]).code, Some(2), "a draft must be named");
    assert_eq!(sandbox.answer("drafts discard 20200101-000000", &[]).code, Some(2));
    assert_eq!(sandbox.answer("drafts discard --older-than 1", &[]).stdout, "");
    let gone = sandbox.answer(&format!("drafts discard {id}"), &[]);
    assert!(gone.stdout.starts_with(&format!("discarded {id} (started ")), "{gone:?}");
    assert!(gone.stdout.ends_with(", 2 questions answered)\n"), "{gone:?}");
    assert_eq!(sandbox.drafts().len(), 0);
}

#[test]
fn a_label_from_the_command_line_does_not_count_as_an_answer() {
    let sandbox = Sandbox::new();
    let output = sandbox.answer("ask --label A12", &[&script()[0], &script()[1]]);
    assert_eq!(output.code, Some(2), "{output:?}");
    let listed = sandbox.answer("drafts list", &[]);
    let row = listed.stdout.lines().nth(1).expect("a row");
    assert!(row.contains(" 2 ") && !row.contains(" 3 "), "{listed:?}");
    let resumed = sandbox.answer("ask --resume", &[]);
    assert!(resumed.stderr.contains("; 2 questions are answered."), "{resumed:?}");
}

#[test]
fn a_draft_is_not_resumed_with_a_different_label() {
    let sandbox = Sandbox::new();
    let lines = script();
    sandbox.answer("ask --label A12", &[&lines[0]]);
    let wrong = sandbox.answer("ask --resume --label B7", &[]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    assert!(wrong.stderr.contains("a different label") && !wrong.stderr.contains("A12"), "{wrong:?}");
    let right = sandbox.answer("ask --resume --label A12", &[]);
    assert!(right.stderr.contains("This resumes the interview"), "{right:?}");
}
