//! Line prompter: replies of a script that are refused.

use crate::cli::answers::{QUESTIONS, replies_to};
use crate::support::Sandbox;

/// Replies that are refused, each with its question and the message about it.
fn refused_replies() -> Vec<(&'static str, String, String)> {
    let no_scar = |typed: &str| {
        format!("There is no option “{typed}”. Type a number from 1 to 7, or the beginning of an option.")
    };
    let nothing_of_many = "Nothing was chosen. Choose at least one option, or type /skip to go on without one.";
    let replies = [
        ("scar-kind", "", nothing_of_many),
        ("scar-kind", "   ", nothing_of_many),
        ("scar-kind", ",", nothing_of_many),
        ("scar-kind", "0", &no_scar("0")),
        ("scar-kind", "8", &no_scar("8")),
        ("scar-kind", "-1", &no_scar("-1")),
        ("scar-kind", "1，2", &no_scar("1，2")),
        ("scar-kind", "1-3", &no_scar("1-3")),
        ("scar-kind", "1,nothing", &no_scar("nothing")),
        ("scar-kind", "1 but not 2", &no_scar("but not 2")),
        ("scar-kind", "Nickel, I get a rash", &no_scar("Nickel")),
        ("scar-kind", "1: own words", &no_scar("1: own words")),
        ("scar-kind", "/back 2", "There is no command “/back 2”. Type /help to see what you can type."),
        (
            "scar-kind",
            "dented,unsure",
            "“I am not sure” cannot be combined with other options. Choose it alone, or leave it out.",
        ),
        (
            "pregnancy",
            "i am",
            "Several options begin with “i am”: 1. I am pregnant; 3. I am nursing; 6. I am not sure. Type more of it, or the \
             number.",
        ),
        ("medicines", "no", "There is no option “no”. Type a number from 1 to 8, or the beginning of an option."),
        ("medicines", "n, 1", "There is no option “n”. Type a number from 1 to 8, or the beginning of an option."),
        ("duration", "", "Nothing was chosen. Choose one option, or type /skip to go on without one."),
        ("duration", "1,2", "Only one option is allowed here. Choose one."),
        ("duration", "1 and 2", "Only one option is allowed here. Choose one."),
        ("duration", "6", "There is no option “6”. Type a number from 1 to 5, or the beginning of an option."),
        ("duration", "/done", "You can type /done once you have looked at all your answers. Type /review to see them."),
        (
            "questions",
            "/done",
            "You can type /done once you have looked at all your answers. Type /review to see them.",
        ),
        ("duration", "/quit", "There is no command “/quit”. Type /help to see what you can type."),
        (
            "history",
            "none, unsure",
            "“None of these” cannot be combined with other options. Choose it alone, or leave it out.",
        ),
        ("questions", "", "Nothing was typed. Type an answer, or /skip to go on without one."),
        ("questions", "\u{200b}", "Nothing was typed. Type an answer, or /skip to go on without one."),
        ("questions", "/nothing", "There is no command “/nothing”. To start a text with a slash, type it twice."),
        ("label", &"x".repeat(61), "The text has 61 characters; the limit is 60. Please shorten it."),
        (
            "products",
            &format!("other: {}", "ü".repeat(1001)),
            "The text has 1001 characters; the limit is 1000. Please shorten it.",
        ),
    ];
    replies.map(|(question, reply, message)| (question, reply.to_owned(), message.to_owned())).to_vec()
}

/// The lines after a refused reply would answer other questions, so none of them is read.
#[test]
fn in_a_script_a_refused_reply_ends_the_run_and_keeps_the_draft() {
    for (question, invalid, message) in refused_replies() {
        let sandbox = Sandbox::new();
        let line = 6 + QUESTIONS.iter().position(|known| *known == question).expect("a question of the list");
        let ended = sandbox
            .run("--plain --format json")
            .stdin(replies_to(question, &format!("{invalid}\n/skip")))
            .code(2)
            .stderr_has([
                &format!("error: line {line} was refused at question {line} ({question}: "),
                &format!("), and no summary was written. {message}\n"),
                &format!("hint: correct line {line} and run it again; the answers are saved: continue with `"),
            ])
            .check();
        assert!(!ended.stderr.contains("Your answers"), "{question} after {invalid:?}:\n{}", ended.stderr);
        assert_eq!(sandbox.outputs(), [""; 0], "{question} after {invalid:?}");
        // The draft goes on at the same question, with the answers before it.
        let position = format!("Question {line} of about ");
        let resumed = sandbox.run("ask --resume --plain").stdin("").code(2).stderr_has([&position]).check();
        assert!(resumed.stderr.contains(&format!("; {} questions are answered.", line - 1)), "{}", resumed.stderr);
    }
}

#[test]
fn a_script_that_is_refused_at_once_leaves_no_draft() {
    for (arguments, replies, message) in [
        (
            "",
            "7，8\nacne-scars\n",
            "There is no option “7，8”. Type a number from 1 to 23, or the beginning of an option.",
        ),
        ("", "\n", "Nothing was chosen. Choose at least one option."),
        ("", "/skip\n", "This question needs an answer and cannot be skipped."),
        ("--lang es", "Níquel, me sale un sarpullido\n", "No hay ninguna opción «Níquel»."),
    ] {
        let sandbox = Sandbox::new();
        let ended = sandbox.run(&format!("--plain {arguments}")).stdin(replies).code(2).stderr_has([message]).check();
        assert!(!ended.stderr.contains("--resume"), "{}", ended.stderr);
        assert!(sandbox.drafts().is_empty(), "{replies:?}");
    }
}

#[test]
fn an_empty_reply_to_a_required_question_does_not_mention_skip() {
    for reply in ["", ","] {
        let message = "and no summary was written. Nothing was chosen. Choose one option.\n";
        let replies = format!("acne-scars\n{reply}\nmoderate\n");
        let ended = Sandbox::new().run("--plain").stdin(replies).code(2).stderr_has([message]).check();
        assert!(!ended.stderr.contains("/skip"), "{}", ended.stderr);
    }
}

#[test]
fn required_questions_can_be_neither_skipped_nor_declined() {
    let answers = ["acne-scars", "mild", "good", "none", "no"];
    for (at, reply) in ["/skip", "decline", "SKIP", "/decline", "skip"].into_iter().enumerate() {
        let replies = [&answers[..at], &[reply], &answers[at..], &["/done"]].concat().join("\n");
        let message = "This question needs an answer and cannot be skipped.\n";
        Sandbox::new().run("--plain").stdin(replies).code(2).stderr_has([message]).check();
    }
}

#[test]
fn text_that_is_not_utf8_ends_a_script() {
    let replies = [b"\xff\xfe\n", replies_to("questions", "/skip").as_bytes()].concat();
    let message =
        "line 1 was refused at question 1 (concerns: Concerns), and no summary was written. That is not UTF-8 text.";
    Sandbox::new().run("--plain").stdin(replies).code(2).stderr_has([message]).check();
}

#[test]
fn a_line_of_ten_megabytes_is_refused() {
    let long = "x".repeat(10_000_000);
    let replies = [
        format!("acne-scars\n{long}\n"),
        format!("acne-scars\n{}\n", "x ".repeat(5_000_000)),
        replies_to("questions", &long),
    ];
    for replies in replies {
        let refused = ["That line is longer than any answer. Please type a shorter one."];
        let ended = Sandbox::new().run("--plain").stdin(replies).code(2).stderr_has(refused).check();
        assert!(ended.stderr.len() < 100_000, "the long line is repeated");
    }
}

#[test]
fn numbers_in_other_notations_are_refused() {
    const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/everything");
    let refused = |replies: &[&str], message: &str| {
        let replies = format!("{}\n", replies.join("\n"));
        Sandbox::new().run_with(["--plain", "--pack", PACK]).stdin(replies).code(2).stderr_has([message]).check();
    };
    for typed in ["+1", "01"] {
        refused(&[typed], &format!("There is no option “{typed}”."));
        refused(&["1", "mild", "12", "yes", "/skip", "1.50 2", "/review", typed], "Type /done, or a number from 1 to");
    }
    for number in ["1_0", "+5", ".5", "5.", "1e2", "０", "-"] {
        refused(&["1", "mild", number], "That is not a number.");
    }
    for amount in ["1_0 cups", "+1 cups", "1. cups"] {
        refused(&["1", "mild", "12", "yes", "/skip", amount], "Type a number, a space and the unit, such as 12 cm.");
    }
    refused(&["1", "mild", "12", "yes", "/skip", "1 +1"], "There is no option “+1”.");
    Sandbox::new()
        .run_with(["--plain", "--pack", PACK])
        .stdin("1\nmild\n12\nyes\n/skip\n1.50 2\n/review\n")
        .code(2)
        .stderr_has([
            "You typed: 12\n",
            "You typed: 1.50 cups\n",
            "Your answers",
            "Number of pots: 12\n",
            "Water a week: 1.50 cups\n",
            "ended at the review",
        ])
        .check();
}
