//! The program killed after every answer, interrupted, and asked to go on.

use crate::interview::{pack, replies};
use crate::program::{Talk, World, leave_a_draft, script};
use preconsult::storage::journal::{recover, replay};
use std::io::Write;

const OUT: &str = "--date 2026-11-22 --out ../out --format json";

#[test]
fn killed_after_every_answer_only_the_one_being_typed_is_lost() {
    let (pack, replies) = (pack(), replies(&pack()));
    let mut script = script();
    script.push("/done".to_owned());
    let lines: Vec<&str> = script.iter().map(String::as_str).collect();
    let world = World::new();
    let whole = world.run(OUT, &lines);
    assert_eq!(whole.code, Some(0), "{whole:?}");
    assert!(world.drafts().is_empty(), "a finished interview leaves no draft");
    let expected = world.summary();

    for answered in 1..=replies.len() {
        let world = World::new();
        let mut talk = Talk::start(world.command("ask"));
        for line in &lines[..answered] {
            talk.reply(line);
        }
        write!(talk.stdin, "half of the next rep").expect("it reads");
        talk.kill();
        let id = world.drafts().pop().expect("a draft");
        let read = recover(&world.journal(&id)).expect("a journal");
        assert_eq!(replay(&pack, &read.entries).answers, replies[answered - 1].1, "after {answered} answers");

        let resumed = world.run(&format!("{OUT} --resume"), &lines[answered..]);
        assert_eq!(resumed.code, Some(0), "after {answered} answers: {resumed:?}");
        assert_eq!(world.summary(), expected, "after {answered} answers");
        assert!(world.drafts().is_empty());
    }
}

#[test]
fn resuming_lands_on_the_question_that_was_open() {
    let script = script();
    let world = World::new();
    let mut talk = Talk::start(world.command("ask"));
    for line in &script[..4] {
        talk.reply(line);
    }
    talk.reply("/back");
    talk.reply("/back");
    let open = talk.said.rsplit("\nQuestion ").next().expect("a question").to_owned();
    talk.kill();
    let mut talk = Talk::start(world.command("ask --resume"));
    let again = talk.said.rsplit("\nQuestion ").next().expect("a question").to_owned();
    assert_eq!(again, open);
    talk.reply("/review");
    let review = talk.said.rsplit("Your answers\n").next().expect("the review").to_owned();
    talk.kill();
    let talk = Talk::start(world.command("ask --resume"));
    assert_eq!(talk.said.rsplit("Your answers\n").next(), Some(review.as_str()));
    talk.kill();
}

#[cfg(unix)]
#[test]
fn signals_stop_it_with_the_draft_kept() {
    for (signal, code) in [("INT", Some(130)), ("TERM", None), ("HUP", None)] {
        let world = World::new();
        let mut talk = Talk::start(world.command("ask"));
        talk.reply(&script()[0]);
        let process = talk.child.id().to_string();
        let sent = std::process::Command::new("sh").args(["-c", &format!("kill -{signal} {process}")]).status();
        assert!(sent.expect("a shell").success());
        let ran = talk.end();
        let id = world.drafts().pop().expect("a draft");
        assert_eq!(ran.code, code, "{signal}: {ran:?}");
        if code.is_some() {
            assert!(ran.stderr.contains("stopped: "), "{ran:?}");
            assert!(ran.stderr.contains(&format!("preconsult ask --resume {id}")), "{ran:?}");
        }
        assert_eq!(recover(&world.journal(&id)).expect("a journal").answered(), 1);
    }
}

#[test]
fn a_summary_that_cannot_be_written_leaves_the_draft() {
    let world = World::new();
    let mut talk = Talk::start(world.command(OUT));
    for line in script() {
        talk.reply(&line);
    }
    std::fs::remove_dir(world.path("out")).expect("an empty folder");
    writeln!(talk.stdin, "/done").expect("it reads");
    let ran = talk.end();
    std::fs::create_dir(world.path("out")).expect("a folder");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let id = world.drafts().pop().expect("a draft");
    assert!(ran.stderr.contains(&format!("preconsult ask --resume {id}")), "{}", ran.stderr);
    let again = world.run(&format!("{OUT} --resume {id}"), &["/done"]);
    assert_eq!((again.code, world.drafts().len()), (Some(0), 0), "{again:?}");
    world.summary();
}

#[test]
fn two_runs_at_once_do_not_touch_each_other() {
    let script = script();
    let world = World::new();
    let mut first = Talk::start(world.command("ask"));
    first.reply(&script[0]);
    let mut second = Talk::start(world.command("ask"));
    second.reply(&script[0]);
    second.reply(&script[1]);
    assert_eq!(world.drafts().len(), 2);
    let listed = world.run("drafts list", &[]);
    assert_eq!(listed.stdout.matches("(in use)").count(), 2, "{listed:?}");
    let refused = world.run(&format!("ask --resume {}", world.drafts()[0]), &[]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("is in use"), "{refused:?}");
    assert_eq!(world.run("ask --resume", &[]).code, Some(2), "none is free");
    let left = world.run("drafts discard --all", &[]);
    assert_eq!((left.code, left.stderr.matches("left alone, in use").count()), (Some(0), 2));
    first.kill();
    let resumed = world.run("ask --resume", &[]);
    assert!(resumed.stderr.contains("1 question has its answer"), "the dead one's draft: {resumed:?}");
    second.reply(&script[2]);
    second.kill();
    assert_eq!(recover(&world.journal(&world.drafts()[1])).expect("a journal").answered(), 3);
}

/// Cut or changed behind the program's back, a draft goes on from its last whole answer, and that is said.
#[test]
fn what_was_cut_out_of_a_draft_is_told() {
    let script = script();
    let world = World::new();
    let id = leave_a_draft(&world);
    let whole = world.journal(&id);
    let path = world.path(&format!("state/preconsult/drafts/{id}.journal"));
    std::fs::write(&path, &whole[..whole.len() - 5]).expect("a file");
    let resumed = world.run("ask --resume", &[]);
    assert!(resumed.stderr.contains("1 question has its answer"), "{resumed:?}");
    assert!(resumed.stderr.contains("The last answer was not written whole"), "{resumed:?}");
    assert!(resumed.stderr.contains("Question 2 of"), "{resumed:?}");
    // The answer is given again, and the journal is whole from then on.
    let again = world.run("ask --resume", &[&script[1]]);
    assert!(again.stderr.contains("Question 3 of"), "{again:?}");
    let after = world.run("ask --resume", &[]);
    assert!(after.stderr.contains("2 questions have their answers") && !after.stderr.contains("stopped while"));

    let mut flipped = whole.clone();
    let second = whole.iter().position(|byte| *byte == b'\n').expect("a line") + 50;
    flipped[second] ^= 1;
    std::fs::write(&path, &flipped).expect("a file");
    let damaged = world.run("ask --resume", &[]);
    assert!(damaged.stderr.contains("The draft is damaged from line 2 on. 2 lines were cut out"), "{damaged:?}");
    assert!(damaged.stderr.contains("Question 1 of"), "{damaged:?}");
}

#[test]
fn drafts_are_listed_and_discarded_without_an_answer() {
    let world = World::new();
    let none = world.run("drafts list", &[]);
    assert_eq!((none.code, none.stdout.as_str()), (Some(0), ""), "{none:?}");
    let id = leave_a_draft(&world);
    let listed = world.run("drafts list", &[]);
    let row = listed.stdout.lines().nth(1).expect("a row");
    assert!(row.starts_with(&id) && row.contains(" 0 minutes ") && row.contains(" 2 "), "{listed:?}");
    for answer in script()[0].split(", ").chain(script()[1].split(", ")) {
        assert!(!listed.stdout.contains(answer), "{answer} shows in {listed:?}");
    }
    assert_eq!(world.run("drafts discard", &[]).code, Some(2), "which one has to be said");
    assert_eq!(world.run("drafts discard 20200101-000000", &[]).code, Some(2));
    assert_eq!(world.run("drafts discard --older-than 1", &[]).stdout, "");
    let gone = world.run(&format!("drafts discard {id}"), &[]);
    assert!(gone.stdout.starts_with(&format!("discarded {id} (begun ")), "{gone:?}");
    assert!(gone.stdout.ends_with(", 2 questions answered)\n"), "{gone:?}");
    assert_eq!(world.drafts().len(), 0);
}

#[test]
fn a_label_that_was_given_at_the_start_is_no_question_answered() {
    let world = World::new();
    let ran = world.run("ask --label A12", &[&script()[0], &script()[1]]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let listed = world.run("drafts list", &[]);
    let row = listed.stdout.lines().nth(1).expect("a row");
    assert!(row.contains(" 2 ") && !row.contains(" 3 "), "{listed:?}");
    let resumed = world.run("ask --resume", &[]);
    assert!(resumed.stderr.contains("; 2 questions have their answers."), "{resumed:?}");
}

#[test]
fn a_label_of_somebody_else_does_not_go_on_a_draft() {
    let world = World::new();
    let lines = script();
    world.run("ask --label A12", &[&lines[0]]);
    let wrong = world.run("ask --resume --label B7", &[]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    assert!(wrong.stderr.contains("another label") && !wrong.stderr.contains("A12"), "{wrong:?}");
    let right = world.run("ask --resume --label A12", &[]);
    assert!(right.stderr.contains("Going on with the interview"), "{right:?}");
}
