//! Line prompter: valid replies, and the messages for invalid ones.

use crate::cli::answers::{QUESTIONS, replies_to};
use crate::support::Sandbox;
use serde_json::{Value, json};

/// Returns the JSON of the summary after these replies.
fn summary(replies: &str) -> Value {
    let sandbox = Sandbox::new();
    let done = sandbox
        .run("--plain --format json --date 2026-11-22")
        .stdin(replies)
        .stdout_has([".json\n"])
        .stderr_has(["Your answers"])
        .check();
    serde_json::from_str(&sandbox.read(done.stdout.trim_end())).expect("the summary is JSON")
}

/// Returns the record of one question.
fn record(summary: &Value, question: &str) -> Value {
    let answers = summary["answers"].as_array().expect("a list of answers");
    let mut record =
        answers.iter().find(|record| record["question"] == question).expect("every question has a record").clone();
    let fields = record.as_object_mut().expect("a record");
    for field in ["question", "title", "text", "for"] {
        fields.remove(field);
    }
    record
}

fn chosen(codes: &[&str]) -> Value {
    json!({ "state": "answered", "codes": codes })
}

#[test]
fn a_reply_is_a_number_or_a_code_in_any_case_and_order() {
    for (question, reply, expected) in [
        ("scar-kind", "1", chosen(&["dented"])),
        ("scar-kind", "dented", chosen(&["dented"])),
        ("scar-kind", "DENTED", chosen(&["dented"])),
        ("scar-kind", "  3 ,1,  ", chosen(&["dented", "raised"])),
        ("scar-kind", "raised,dented", chosen(&["dented", "raised"])),
        ("scar-kind", "1,dented,1", chosen(&["dented"])),
        ("scar-kind", "Flat", chosen(&["flat"])),
        ("duration", "2,2", chosen(&["6-12-months"])),
        ("duration", "Less than 6 months", chosen(&["under-6-months"])),
        ("treatments-planned", "2-3", chosen(&["2-3"])),
        ("treatments-planned", "2", chosen(&["one"])),
        ("treatments-planned", "none", chosen(&["none"])),
        ("history", "none", chosen(&["none"])),
        ("history", "UNSURE", chosen(&["unsure"])),
        ("sun", "7", chosen(&["unsure"])),
        ("age-band", "18-21", chosen(&["18-21"])),
    ] {
        let summary = summary(&replies_to(question, reply));
        assert_eq!(record(&summary, question), expected, "{question} with the reply {reply:?}");
    }
}

#[test]
fn free_text_follows_a_colon() {
    let words = |codes: &[&str], text: &str| json!({ "state": "answered", "codes": codes, "free_text": text });
    for (question, reply, expected) in [
        (
            "products",
            "cleanser, 3: From the shop: the blue one, at night",
            words(&["cleanser", "sunscreen"], "From the shop: the blue one, at night"),
        ),
        ("products", "other:   ", chosen(&["other"])),
        ("change-hoped-for", "complete:For my wedding", words(&["complete"], "For my wedding")),
        ("medicines", "1 : /skip", words(&["blood-thinner"], "/skip")),
    ] {
        let summary = summary(&replies_to(question, reply));
        assert_eq!(record(&summary, question), expected, "{question} with the reply {reply:?}");
    }
}

#[test]
fn commands_work_with_and_without_a_slash_where_a_reply_is_a_choice() {
    for (reply, state) in [
        ("/skip", "skipped"),
        ("skip", "skipped"),
        ("SKIP", "skipped"),
        ("/decline", "declined"),
        ("decline", "declined"),
    ] {
        let summary = summary(&replies_to("history", reply));
        assert_eq!(record(&summary, "history"), json!({ "state": state }), "{reply}");
    }
}

#[test]
fn in_a_text_only_commands_with_a_slash_are_commands() {
    let text = |text: &str| json!({ "state": "answered", "free_text": text });
    for (reply, expected) in [
        ("skip", text("skip")),
        ("back", text("back")),
        ("done", text("done")),
        ("1", text("1")),
        ("//skip", text("/skip")),
        ("///", text("//")),
        ("//1/2 of it", text("/1/2 of it")),
        ("/skip", json!({ "state": "skipped" })),
        ("/Decline", json!({ "state": "declined" })),
    ] {
        let summary = summary(&replies_to("questions", reply));
        assert_eq!(record(&summary, "questions"), expected, "{reply}");
    }
}

#[test]
fn an_invalid_reply_is_explained_and_asked_again() {
    for (question, invalid, message) in [
        ("scar-kind", "", "Nothing was chosen. Choose at least one option, or type /skip to go on without one.\n"),
        ("scar-kind", "   ", "Nothing was chosen. Choose at least one option, or type /skip to go on without one.\n"),
        ("scar-kind", ",", "Nothing was chosen. Choose at least one option, or type /skip to go on without one.\n"),
        ("scar-kind", "0", "There is no option “0”. Type a number from 1 to 7, or the word after “or type”.\n"),
        ("scar-kind", "8", "There is no option “8”. Type a number from 1 to 7, or the word after “or type”.\n"),
        ("scar-kind", "-1", "There is no option “-1”. Type a number from 1 to 7"),
        ("scar-kind", "1 2", "There is no option “1 2”."),
        ("scar-kind", "1,nothing", "There is no option “nothing”."),
        (
            "scar-kind",
            "dented,unsure",
            "“I am not sure” cannot be combined with other options. Choose it alone, or leave it out.\n",
        ),
        ("scar-kind", "1: own words", "There is no option “1: own words”."),
        ("duration", "", "Nothing was chosen. Choose one option, or type /skip to go on without one.\n"),
        ("duration", "1,2", "Only one option is allowed here. Choose one.\n"),
        (
            "duration",
            "/done",
            "You can type /done once you have looked at all your answers. Type /review to see them.\n",
        ),
        ("questions", "/done", "You can type /done once you have looked at all your answers."),
        ("duration", "/quit", "There is no command “/quit”. Type /help to see what you can type.\n"),
        ("history", "none, unsure", "“None of these” cannot be combined with other options."),
        ("questions", "", "Nothing was typed. Type an answer, or /skip to go on without one.\n"),
        ("questions", "\u{200b}", "Nothing was typed. Type an answer, or /skip to go on without one.\n"),
        ("questions", "/nothing", "There is no command “/nothing”. To start a text with a slash, type it twice.\n"),
        ("label", &"x".repeat(61), "The text has 61 characters; the limit is 60. Please shorten it.\n"),
        ("products", &format!("other: {}", "ü".repeat(1001)), "The text has 1001 characters; the limit is 1000."),
    ] {
        let sandbox = Sandbox::new();
        let replies = replies_to(question, &format!("{invalid}\n/skip"));
        let done = sandbox
            .run("--plain --format json")
            .stdin(replies)
            .stdout_has([".json\n"])
            .stderr_has([message, "Your answers"])
            .check();
        let summary: Value = serde_json::from_str(&sandbox.read(done.stdout.trim_end())).expect("JSON");
        assert_eq!(record(&summary, question), json!({ "state": "skipped" }), "{question} after {invalid:?}");
    }
}

#[test]
fn an_empty_reply_to_a_required_question_does_not_mention_skip() {
    let sandbox = Sandbox::new();
    let message = "Nothing was chosen. Choose one option.\n";
    let replies = crate::cli::answers::SHORT_REPLIES.replacen("moderate", "\n,\nmoderate", 1);
    let done =
        sandbox.run("--plain").stdin(replies).stdout_has(["2"]).stderr_has([message, message, "Your answers"]).check();
    assert!(!done.stderr.contains("/skip"), "{}", done.stderr);
}

#[test]
fn required_questions_can_be_neither_skipped_nor_declined() {
    let replies = "/skip\ndecline\nacne-scars\n/decline\nmild\n/skip\ngood\nskip\nnone\n/decline\nno\n/done\n";
    let sandbox = Sandbox::new();
    let done = sandbox.run("--plain").stdin(replies).stdout_has(["2"]).stderr_has(["Your answers"]).check();
    let refused = done.stderr.matches("This question needs an answer and cannot be skipped.\n").count();
    assert_eq!(refused, 6, "{}", done.stderr);
}

#[test]
fn only_optional_questions_offer_skip() {
    let sandbox = Sandbox::new();
    let done = sandbox
        .run("--plain")
        .stdin(replies_to("area", "/skip"))
        .stdout_has(["2"])
        .stderr_has(["Your answers"])
        .check();
    let prompts = |commands: &str| done.stderr.matches(commands).count();
    assert_eq!(prompts("This question needs an answer. Or type /back, /review or /help.\n"), 5);
    assert_eq!(prompts("Or type /skip, /decline, /back, /review or /help.\n"), QUESTIONS.len());
}

#[test]
fn help_lists_the_commands_and_asks_again() {
    let sandbox = Sandbox::new();
    let replies = replies_to("questions", "/help\n/skip").replacen("acne-scars\n", "help\n/HELP\nacne-scars\n", 1);
    sandbox
        .run("--plain")
        .stdin(replies)
        .stdout_has(["2"])
        .stderr_has([
            "This question needs an answer; \"not sure\" is fine where it is offered. /back returns",
            "This question needs an answer; \"not sure\" is fine where it is offered. /back returns",
            "/skip moves on without an answer. /decline means: I'd rather not say.",
            "Your answers",
        ])
        .check();
}

#[test]
fn the_output_is_plain_ascii_without_colours() {
    let sandbox = Sandbox::new();
    let done =
        sandbox.run("ask --plain").stdin(replies_to("area", "/skip")).stdout_has(["2"]).stderr_has(["Part: "]).check();
    let strange: Vec<char> = done.stderr.chars().filter(|c| !c.is_ascii() || (c.is_control() && *c != '\n')).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_ignored() {
    let summary = summary(&format!("\u{feff}{}", replies_to("questions", "Does it hurt?").replace('\n', "\r\n")));
    assert_eq!(summary["questions"], json!({ "state": "answered", "free_text": "Does it hurt?" }));
}

#[test]
fn typed_escape_sequences_do_not_reach_the_terminal() {
    let sandbox = Sandbox::new();
    let replies = replies_to("label", "\u{1b}[2J\u{202e}A12\u{7}").replacen(
        "mild\n",
        "\u{1b}]0;title\u{7}\n/\u{1b}[31m\nmild\n",
        1,
    );
    let done = sandbox
        .run("--plain")
        .stdin(replies)
        .stdout_has(["2"])
        .stderr_has(["There is no option “␛]0;title␇”", "There is no command “/␛[31m”", "␛[2JA12␇"])
        .check();
    let control: Vec<char> =
        format!("{}{}", done.stdout, done.stderr).chars().filter(|c| c.is_control() && *c != '\n').collect();
    assert!(control.is_empty(), "{control:?}");
}

#[test]
fn text_that_is_not_utf8_is_refused_and_asked_for_again() {
    let sandbox = Sandbox::new();
    let replies = [b"\xff\xfe\n", replies_to("questions", "/skip").as_bytes()].concat();
    let message = "That is not UTF-8 text. Please type it again.\n";
    sandbox
        .run("--plain")
        .stdin(replies)
        .stdout_has(["2"])
        .stderr_has(["Question 1 of", message, "Question 2 of"])
        .check();
}

#[test]
fn a_line_of_ten_megabytes_is_refused_with_its_length() {
    let long = "x".repeat(10_000_000);
    let sandbox = Sandbox::new();
    let replies = replies_to("questions", &format!("{long}\n/skip")).replacen("mild\n", &format!("{long}\nmild\n"), 1);
    let done = sandbox
        .run("--plain --format json")
        .stdin(replies)
        .stdout_has([".json\n"])
        .stderr_has([
            "There is no option “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”.",
            "The text has 10000000 characters; the limit is 1000. Please shorten it.\n",
            "Your answers",
        ])
        .check();
    assert!(done.stderr.len() < 100_000, "the long line is repeated");
}

#[test]
fn numbers_in_other_notations_are_refused() {
    let sandbox = Sandbox::new();
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/everything");
    let (numbers, amounts) = (["1_0", "+5", ".5", "5.", "1e2", "０", "-"], ["1_0 cups", "+1 cups", "1. cups", "1 +1"]);
    let replies = format!(
        "+1\n01\n1\nmild\n{}\n12\nyes\n/skip\n{}\n1.50 2\n/review\n+1\n01\n1_0\n",
        numbers.join("\n"),
        amounts.join("\n")
    );
    let done = sandbox
        .run_with(["--plain", "--pack", pack])
        .stdin(replies)
        .code(2)
        .stderr_has([
            "There is no option “+1”.",
            "There is no option “01”.",
            "How many pots",
            "Your answers",
            "Number of pots: 12\n",
            "Water a week: 1.50 cups\n",
            "ended at the review",
        ])
        .check();
    for (message, count) in [
        ("That is not a number.", numbers.len()),
        ("Type a number, a space and the unit, such as 12 cm.", amounts.len() - 1),
        ("There is no option “+1”.", 2),
        ("Type /done, or a number from 1 to", 3),
    ] {
        assert_eq!(done.stderr.matches(message).count(), count, "{message}\n{}", done.stderr);
    }
}
