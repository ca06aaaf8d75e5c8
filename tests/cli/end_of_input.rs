//! The end of input is never an answer: at every prompt it is an error that names the question, and no file is written.

use crate::cli::answers::{QUESTIONS, SHORT_REPLIES, replies_to};
use crate::support::Sandbox;

#[test]
fn at_every_prompt_the_question_is_named_and_no_file_is_written() {
    let replies = replies_to("area", "/skip");
    let lines: Vec<&str> = replies.split_inclusive('\n').collect();
    let questions: Vec<&str> =
        ["concerns", "severity", "skin-health", "treatments-had", "more"].into_iter().chain(QUESTIONS).collect();
    assert_eq!(lines.len(), questions.len() + 1, "one reply for each question, and /done");
    for (at, question) in questions.iter().enumerate() {
        let sandbox = Sandbox::new();
        let named = format!("error: the input ended at question {} ({question}: ", at + 1);
        sandbox
            .run("--plain")
            .stdin(lines[..at].concat())
            .code(2)
            .stderr_has([&named, "), before /done; no summary was written\n", "hint: end the replies with /done"])
            .check();
        assert_eq!(sandbox.outputs(), [""; 0], "at {question}");
    }
    let sandbox = Sandbox::new();
    let all_but_done = lines[..questions.len()].concat();
    sandbox
        .run("--plain")
        .stdin(all_but_done)
        .code(2)
        .stderr_has(["error: the input ended at the review, before /done; no summary was written\n"])
        .check();
    assert_eq!(sandbox.outputs(), [""; 0]);
}

/// An unterminated reply may be incomplete: `1` is the beginning of `12`.
#[test]
fn an_unterminated_reply_is_not_an_answer() {
    for (cut, at) in [
        ("1", "question 1 (concerns: "),
        ("acne-scars", "question 1 (concerns: "),
        ("acne-scars\nmild\ngood", "question 3 (skin-health: "),
        ("acne-scars\nmild\ngood\nnone\nno", "question 5 (more: "),
        ("acne-scars\nmild\ngood\nnone\nyes\n/skip", "question 6 (area: "),
        ("acne-scars\nmild\ngood\nnone\nno\n3", "the review, "),
    ] {
        let sandbox = Sandbox::new();
        sandbox
            .run("--plain")
            .stdin(cut)
            .code(2)
            .stderr_has(["The input ended in the middle of a line, so that line was ignored.\n", at])
            .check();
        assert_eq!(sandbox.outputs(), [""; 0], "{cut:?}");
        if let Some(whole) = cut.rfind('\n') {
            let resumed = sandbox.run("ask --resume --plain").stdin("").code(2).stderr_has([at]).check();
            let answers = cut[..whole].lines().count();
            assert!(resumed.stderr.contains(&format!("{answers} question")), "{cut:?}\n{}", resumed.stderr);
        }
    }
}

#[test]
fn done_needs_no_line_break() {
    for replies in [SHORT_REPLIES.trim_end().to_owned(), SHORT_REPLIES.replace("/done\n", " /done ")] {
        let sandbox = Sandbox::new();
        sandbox.run("").stdin(replies).stdout_has(["-patient."]).stderr_has(["Your answers"]).check();
    }
    // A part of the command is not accepted.
    let sandbox = Sandbox::new();
    sandbox
        .run("")
        .stdin(SHORT_REPLIES.replace("/done\n", "/don"))
        .code(2)
        .stderr_has(["in the middle of a line", "ended at the review"])
        .check();
}

#[test]
fn a_closed_standard_input_is_the_end_of_input() {
    for script in ["exec \"$P\" <&-", "exec \"$P\" ask --plain </dev/null"] {
        let sandbox = Sandbox::new();
        let message =
            "error: the input ended at question 1 (concerns: Concerns), before /done; no summary was written\nhint: ";
        sandbox.shell(script).code(2).stderr_has([message]).check();
        assert_eq!(sandbox.outputs(), [""; 0], "{script}");
    }
}

#[test]
fn standard_input_that_cannot_be_read_is_an_error() {
    let sandbox = Sandbox::new();
    sandbox
        .shell("exec \"$P\" < .")
        .code(1)
        .stderr_has(["error: could not continue the interview", "is a directory\nhint: "])
        .check();
    assert_eq!(sandbox.outputs(), [""; 0]);
}

#[test]
fn questions_are_not_asked_if_standard_error_fails() {
    let sandbox = Sandbox::new();
    // Standard error is full: the program stops without a message.
    sandbox
        .shell(&format!("printf '{}' | \"$P\" --plain 2>/dev/full", SHORT_REPLIES.replace('\n', "\\n")))
        .code(1)
        .check();
    assert_eq!(sandbox.outputs(), [""; 0]);
}
