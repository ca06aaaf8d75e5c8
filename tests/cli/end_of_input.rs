//! The end of input is never an answer: at every prompt it is an error that names the question, and no file is made.

use crate::answers::{QUESTIONS, SHORT_REPLIES, replies_to};
use crate::world::World;

#[test]
fn at_every_prompt_the_question_is_named_and_no_file_is_made() {
    let replies = replies_to("area", "/skip");
    let lines: Vec<&str> = replies.split_inclusive('\n').collect();
    let questions: Vec<&str> =
        ["concerns", "severity", "skin-health", "treatments-had", "more"].into_iter().chain(QUESTIONS).collect();
    assert_eq!(lines.len(), questions.len() + 1, "one reply a question, and /done");
    for (at, question) in questions.iter().enumerate() {
        let world = World::new();
        let named = format!("error: the input ended at question {} ({question}: ", at + 1);
        world
            .run("--plain")
            .stdin(lines[..at].concat())
            .code(2)
            .stderr_has([&named, "), before /done; no summary was written\n", "hint: end the replies with /done"])
            .check();
        assert_eq!(world.made(), [""; 0], "at {question}");
    }
    let world = World::new();
    let all_but_done = lines[..questions.len()].concat();
    world
        .run("--plain")
        .stdin(all_but_done)
        .code(2)
        .stderr_has(["error: the input ended at the review, before /done; no summary was written\n"])
        .check();
    assert_eq!(world.made(), [""; 0]);
}

#[test]
fn a_last_line_without_a_line_break_is_a_reply() {
    let world = World::new();
    world.run("").stdin(SHORT_REPLIES.trim_end()).stdout_has(["-patient."]).stderr_has(["Your answers"]).check();
}

#[test]
fn half_a_reply_before_the_end_is_no_answer_to_the_next_question() {
    let world = World::new();
    world
        .run("ask")
        .stdin("acne-scars\nmild\ngo")
        .code(2)
        .stderr_has(["There is no option “go”", "ended at question 3 (skin-health: "])
        .check();
    assert_eq!(world.made(), [""; 0]);
}

#[test]
fn standard_input_that_is_closed_is_at_its_end() {
    for script in ["exec \"$P\" <&-", "exec \"$P\" ask --plain </dev/null"] {
        let world = World::new();
        let said =
            "error: the input ended at question 1 (concerns: Concerns), before /done; no summary was written\nhint: ";
        world.shell(script).code(2).stderr_has([said]).check();
        assert_eq!(world.made(), [""; 0], "{script}");
    }
}

#[test]
fn standard_input_that_cannot_be_read_is_an_error() {
    let world = World::new();
    world
        .shell("exec \"$P\" < .")
        .code(1)
        .stderr_has(["error: could not go on asking", "is a directory\nhint: "])
        .check();
    assert_eq!(world.made(), [""; 0]);
}

#[test]
fn questions_that_nobody_can_read_are_not_asked() {
    let world = World::new();
    // Standard error is full: the program stops, and says nothing since it cannot.
    world
        .shell(&format!("printf '{}' | \"$P\" --plain 2>/dev/full", SHORT_REPLIES.replace('\n', "\\n")))
        .code(1)
        .check();
    assert_eq!(world.made(), [""; 0]);
}
