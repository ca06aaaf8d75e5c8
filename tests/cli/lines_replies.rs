//! Line prompter: valid replies, their echo, and the help.

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
        ("scar-kind", "7.", chosen(&["unsure"])),
        ("scar-kind", "1 2", chosen(&["dented", "flat"])),
        ("scar-kind", "1, 2. and 3", chosen(&["dented", "flat", "raised"])),
        ("scar-kind", "dented and raised", chosen(&["dented", "raised"])),
        ("scar-kind", "a color, less than 1 year old", chosen(&["coloured", "under-1-year"])),
        ("scar-kind", "GREW past, flat", chosen(&["flat", "grew-past-edge"])),
        ("area", "back legs", chosen(&["back", "legs"])),
        ("area", "hips or buttocks and face", chosen(&["face", "hips-buttocks"])),
        ("sun", "seldom burns", chosen(&["sun-4"])),
        ("pregnancy", "i am not sure.", chosen(&["unsure"])),
        ("pregnancy", "not", chosen(&["no"])),
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
fn a_yes_no_question_takes_words_and_letters_of_the_language() {
    for (language, reply, expected) in [
        ("en", "yes", "yes"),
        ("en", "Y", "yes"),
        ("en", "y.", "yes"),
        ("en", "1", "yes"),
        ("en", "n", "no"),
        ("en", "2.", "no"),
        ("es", "si", "yes"),
        ("es", "SÍ", "yes"),
        ("es", "s", "yes"),
        ("es", "y", "yes"),
        ("es", "n", "no"),
        ("es", "No.", "no"),
    ] {
        let sandbox = Sandbox::new();
        let replies = format!("acne-scars\nmild\ngood\nnone\n{reply}\n/review\n/done\n");
        let options = format!("--plain --format json --lang {language}");
        let done = sandbox.run(&options).stdin(replies).stdout_has([".json\n"]).stderr_any().check();
        let summary: Value = serde_json::from_str(&sandbox.read(done.stdout.trim_end())).expect("JSON");
        assert_eq!(record(&summary, "more"), chosen(&[expected]), "{reply:?} in {language}");
    }
    for (language, message) in [
        ("en", "“maybe” is no answer here. Type Yes or No.\n"),
        ("es", "«maybe» no es una respuesta aquí. Escriba Sí o No.\n"),
    ] {
        let replies = "acne-scars\nmild\ngood\nnone\nmaybe\n";
        Sandbox::new().run(&format!("--plain --lang {language}")).stdin(replies).code(2).stderr_has([message]).check();
    }
}

#[test]
fn words_of_the_language_stand_between_several_options() {
    for (language, reply) in [("en", "1 and 3"), ("en", "1, AND 3"), ("es", "1 y 3"), ("es", "hundidas e abultadas")] {
        let sandbox = Sandbox::new();
        let options = format!("--plain --format json --lang {language}");
        let done =
            sandbox.run(&options).stdin(replies_to("scar-kind", reply)).stdout_has([".json\n"]).stderr_any().check();
        let summary: Value = serde_json::from_str(&sandbox.read(done.stdout.trim_end())).expect("JSON");
        assert_eq!(record(&summary, "scar-kind"), chosen(&["dented", "raised"]), "{reply:?} in {language}");
    }
}

#[test]
fn each_reply_is_echoed_in_words() {
    for (question, reply, echo) in [
        ("scar-kind", "3, 1", "You chose: Dented or sunken; Raised\n"),
        ("sun", "7", "You chose: I am not sure\n"),
        ("products", "8, 1: The blue jar", "You chose: Soap or face wash; Something else; “The blue jar”\n"),
        ("questions", "//Does it hurt?", "You typed: /Does it hurt?\n"),
        ("label", "A12", "You typed: A12\n"),
        ("history", "/skip", "You skipped this question.\n"),
        ("history", "decline", "You would rather not say.\n"),
    ] {
        let replies = replies_to(question, reply);
        Sandbox::new().run("--plain").stdin(replies).stdout_has(["2"]).stderr_has([echo, "Your answers"]).check();
    }
    // A refused reply is not echoed.
    let replies = "acne-scars\nmild, severe\n";
    let ended = Sandbox::new().run("--plain").stdin(replies).code(2).stderr_has(["You chose: Acne scars"]).check();
    assert_eq!(ended.stderr.matches("You chose: ").count(), 1, "{}", ended.stderr);
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
    assert_eq!(prompts(" or /help.\n"), 5 + QUESTIONS.len() - 7);
    // In seven questions, the note on own words follows.
    assert_eq!(prompts(", /skip, /decline or /help.\n"), QUESTIONS.len() - 7);
    assert_eq!(prompts(", /skip, /decline or /help. Your own words can follow after a colon.\n"), 7);
}

#[test]
fn help_names_the_commands_and_codes_and_asks_again() {
    let replies = replies_to("questions", "/help\n/skip").replacen("acne-scars\n", "help\n/HELP\nacne-scars\n", 1);
    let question = "What would you like to talk about at your visit?";
    let coded = "  7. Acne scars (dents) (code acne-scars)\n";
    let required = "This question needs an answer; \"not sure\" is fine where it is offered. /back returns";
    let done = Sandbox::new()
        .run("--plain")
        .stdin(replies)
        .stdout_has(["2"])
        .stderr_has([
            "  7. Acne scars (dents)\n",
            "Type numbers of options, their codes, or the beginnings of their texts.",
            required,
            question,
            coded,
            required,
            question,
            coded,
            "Type your answer on one line. To start it with a slash, type two.",
            "/skip moves on without an answer. /decline means: I'd rather not say.",
            "What else would you like to ask at your visit?",
            "Your answers",
        ])
        .check();
    assert_eq!(done.stderr.matches("(code acne-scars)").count(), 2, "{}", done.stderr);
}

#[test]
fn repeat_asks_again_in_full() {
    let question =
        "How healthy is your skin overall, as you see it?\n  1. Good\n  2. Fair\n  3. Poor\n  4. I am not sure\n";
    for repeat in ["repeat", "/repeat", "/Repeat"] {
        let replies = format!("acne-scars\nmild\n{repeat}\ngood\nnone\nno\n/done\n");
        let done = Sandbox::new().run("--plain").stdin(replies).stdout_has(["2"]).stderr_has(["Your answers"]).check();
        assert_eq!(done.stderr.matches(&format!("Question 3 of about 5\n{question}")).count(), 2, "{}", done.stderr);
    }
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
    for (replies, code, message) in [
        (replies_to("label", "\u{1b}[2J\u{202e}A12\u{7}"), 0, "You typed: ␛[2JA12␇"),
        ("acne-scars\n\u{1b}]0;title\u{7}\n".to_owned(), 2, "There is no option “␛]0;title␇”"),
        ("acne-scars\n/\u{1b}[31m\n".to_owned(), 2, "There is no command “/␛[31m”"),
    ] {
        let sandbox = Sandbox::new();
        let run = sandbox.run("--plain").stdin(replies).code(code).stderr_has([message]);
        let done = if code == 0 { run.stdout_has(["2"]) } else { run }.check();
        let control: Vec<char> =
            format!("{}{}", done.stdout, done.stderr).chars().filter(|c| c.is_control() && *c != '\n').collect();
        assert!(control.is_empty(), "{control:?}");
    }
}
