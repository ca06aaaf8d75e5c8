//! Problems in an answers file: every kind, with its JSON path and position.

use crate::cli::answers::{SHORT, file, more};
use crate::support::Sandbox;

/// A faulty file and the expected report.
struct Fault {
    text: String,
    code: &'static str,
    path: &'static str,
    hint: &'static str,
}

fn fault(text: impl Into<String>, code: &'static str, path: &'static str, hint: &'static str) -> Fault {
    Fault { text: text.into(), code, path, hint }
}

/// Runs `summarize` on each file, and checks for one problem with its code, path, position and hint, and no summary.
fn check(faults: impl IntoIterator<Item = Fault>) {
    for Fault { text, code, path, hint } in faults {
        let sandbox = Sandbox::with("a.json", &text);
        let done = sandbox
            .run("summarize a.json")
            .code(2)
            .stderr_has([&format!("error[{code}]: {path}: "), " --> a.json:", hint, "error: 1 problem in a.json\n"])
            .check();
        assert_eq!(done.stderr.matches("error[").count(), 1, "{}", done.stderr);
        assert_eq!(sandbox.outputs(), [""; 0], "{text}");
    }
}

fn with_field(field: &str) -> String {
    SHORT.replace("\"answers\"", &format!("{field},\"answers\""))
}

fn short(from: &str, to: &str) -> String {
    assert!(SHORT.contains(from), "{from}");
    SHORT.replace(from, to)
}

#[test]
fn fields_other_than_the_answers() {
    check([
        fault("[]", "wrong-type", "$", "write an answers file, such as"),
        fault("5", "wrong-type", "$", "write an answers file, such as"),
        fault(short("\"format\":1,", ""), "missing-field", "$", "add `\"format\": …`"),
        fault(short("\"pack\":\"microneedling\",", ""), "missing-field", "$", "add `\"pack\": …`"),
        fault(r#"{"format":1,"pack":"microneedling"}"#, "missing-field", "$", "add `\"answers\": …`"),
        fault(short("\"format\":1", "\"format\":2"), "unknown-format", "$.format", "write 1"),
        fault(short("\"format\":1", "\"format\":\"1\""), "wrong-type", "$.format", ""),
        fault(short("\"format\":1", "\"format\":1.5"), "wrong-type", "$.format", ""),
        fault(short("microneedling", "peeling"), "wrong-pack", "$.pack", "--pack DIR"),
        fault(short("\"microneedling\"", "7"), "wrong-type", "$.pack", ""),
        fault(short("\"microneedling\"", "null"), "wrong-type", "$.pack", ""),
        fault(with_field(r#""pack":"microneedling""#), "duplicate-key", "$.pack", "remove one of the two"),
        fault(with_field(r#""formt":1"#), "unknown-field", "$.formt", "did you mean `format`?"),
        fault(with_field(r#""answer":{}"#), "unknown-field", "$.answer", "did you mean `answers`?"),
        fault(short("2026-11-22", "2026-11-31"), "bad-date", "$.date", "2026-11-22"),
        fault(short("2026-11-22", "22.11.2026"), "bad-date", "$.date", "2026-11-22"),
        fault(short("\"2026-11-22\"", "20261122"), "wrong-type", "$.date", ""),
        fault(with_field(r#""filled_in_by":"doctor""#), "unknown-name", "$.filled_in_by", "patient, staff or together"),
        fault(with_field(r#""language":["en"]"#), "wrong-type", "$.language", ""),
        fault(with_field(r#""id":17"#), "wrong-type", "$.id", ""),
    ]);
}

#[test]
fn answers_that_do_not_fit_their_question() {
    check([
        fault(file("[]"), "wrong-type", "$.answers", "write {"),
        fault(short("[\"acne-scars\"]", "\"acne-scars\""), "wrong-type", "$.answers.concerns", "even for one option"),
        fault(short("[\"acne-scars\"]", "[]"), "empty", "$.answers.concerns", ""),
        fault(
            short("[\"acne-scars\"]", "[\"acne-scars\",\"acne-scars\"]"),
            "duplicate",
            "$.answers.concerns[1]",
            "remove one of the two",
        ),
        fault(
            short("[\"acne-scars\"]", "[\"acne-scar\"]"),
            "unknown-code",
            "$.answers.concerns[0]",
            "did you mean `acne-scars`?",
        ),
        fault(short("[\"acne-scars\"]", "[\"not-sure\",\"acne-scars\"]"), "exclusive", "$.answers.concerns", ""),
        fault(short("[\"acne-scars\"]", "[null]"), "wrong-type", "$.answers.concerns[0]", ""),
        fault(short("\"good\"", "\"excellent\""), "unknown-code", "$.answers.skin-health", "good, fair, poor, unsure"),
        fault(short("\"good\"", "[\"good\"]"), "wrong-type", "$.answers.skin-health", ""),
        fault(short("\"good\"", "null"), "wrong-type", "$.answers.skin-health", ""),
        fault(short("\"good\"", "{\"unknown\":\"skipped\"}"), "required", "$.answers.skin-health", ""),
        fault(short("\"good\"", "{\"unknown\":\"declined\"}"), "required", "$.answers.skin-health", ""),
        fault(short("\"good\"", "{\"unknown\":\"lost\"}"), "unknown-name", "$.answers.skin-health.unknown", ""),
        fault(short("\"good\"", "{\"chosen\":\"good\",\"text\":\"very\"}"), "wrong-type", "$.answers.skin-health", ""),
        fault(short("\"good\"", "{\"text\":\"good\"}"), "wrong-type", "$.answers.skin-health", "chosen"),
        fault(short("false", "\"no\""), "wrong-type", "$.answers.more", "without quotes"),
        fault(short("false", "0"), "wrong-type", "$.answers.more", "without quotes"),
        fault(
            short("{\"acne-scars\":\"moderate\"}", "\"moderate\""),
            "wrong-type",
            "$.answers.severity",
            "for each of `concerns`",
        ),
        fault(
            short("{\"acne-scars\":\"moderate\"}", "{\"acne-scars\":3}"),
            "wrong-type",
            "$.answers.severity.acne-scars",
            "",
        ),
        fault(short("{\"acne-scars\":", "{\"acne\":"), "unknown-id", "$.answers.severity.acne", ""),
        fault(more(r#""questions":["a"]"#), "wrong-type", "$.answers.questions", ""),
        fault(more(r#""questions":"""#), "empty", "$.answers.questions", ""),
        fault(more("\"questions\":\"\u{200b} \u{202e}\""), "empty", "$.answers.questions", ""),
        fault(more(r#""history":["none","unsure"]"#), "exclusive", "$.answers.history", ""),
        fault(more(r#""products":{"chosen":["other"],"text":5}"#), "wrong-type", "$.answers.products.text", ""),
        fault(
            more(r#""products":{"chosen":["other"],"txt":"a"}"#),
            "unknown-field",
            "$.answers.products.txt",
            "did you mean `text`?",
        ),
        fault(more(r#""sun":{"unknown":"skipped","text":"a"}"#), "unknown-field", "$.answers.sun.text", ""),
        fault(more(r#""sun":{"unknown":"skipped","unknown":"skipped"}"#), "duplicate-key", "$.answers.sun.unknown", ""),
    ]);
}

#[test]
fn unexpected_and_missing_answers() {
    check([
        fault(
            short("\"more\":false", "\"more\":false,\"sun\":\"sun-1\""),
            "not-asked",
            "$.answers.sun",
            "remove this answer",
        ),
        fault(
            short("\"more\":false", "\"more\":false,\"concern-other\":\"x\""),
            "not-asked",
            "$.answers.concern-other",
            "",
        ),
        fault(
            short("\"moderate\"}", "\"moderate\",\"redness\":\"mild\"}"),
            "not-asked",
            "$.answers.severity.redness",
            "",
        ),
        fault(
            short("\"moderate\"}", "\"moderate\",\"overall\":\"mild\"}"),
            "not-asked",
            "$.answers.severity.overall",
            "",
        ),
        fault(short("\"more\":false", "\"more\":false,\"consern\":1"), "unknown-id", "$.answers.consern", ""),
        fault(short(",\"more\":false", ""), "missing-answer", "$.answers.more", "`preconsult ask --answers FILE`"),
        fault(short("\"skin-health\":\"good\",", ""), "missing-answer", "$.answers.skin-health", "ask --answers"),
        fault(
            short("\"severity\":{\"acne-scars\":\"moderate\"},", ""),
            "missing-answer",
            "$.answers.severity.acne-scars",
            "",
        ),
        fault(
            short("[\"acne-scars\"]", "[\"acne-scars\",\"redness\"]"),
            "missing-answer",
            "$.answers.severity.redness",
            "",
        ),
        fault(
            short("\"more\":false", "\"more\":false,\"more\":false"),
            "duplicate-key",
            "$.answers.more",
            "remove one",
        ),
    ]);
}

#[test]
fn texts_that_are_too_long_are_refused_with_their_length() {
    let long = |length: usize| "é".repeat(length);
    for (question, limit) in [("label", 60), ("questions", 1000)] {
        let fits = Sandbox::with("a.json", more(&format!(r#""{question}":"{}""#, long(limit))));
        fits.run("summarize a.json --stdout").stdout_has([""]).check();
        for length in [limit + 1, 10_000_000] {
            let sandbox = Sandbox::with("a.json", more(&format!(r#""{question}":"{}""#, long(length))));
            let message = format!(
                "error[too-long]: $.answers.{question}: The text has {length} characters; the limit is {limit}"
            );
            let done = sandbox.run("summarize a.json").code(2).stderr_has([&message, "a.json:2:"]).check();
            assert!(done.stderr.len() < 5_000, "the text is not repeated: {} bytes", done.stderr.len());
            assert_eq!(sandbox.outputs(), [""; 0]);
        }
    }
    let sandbox =
        Sandbox::with("a.json", more(&format!(r#""reactions":{{"chosen":["other"],"text":"{}"}}"#, long(1001))));
    sandbox
        .run("summarize a.json")
        .code(2)
        .stderr_has(["$.answers.reactions: The text has 1001 characters; the limit is 1000"])
        .check();
}

#[test]
fn all_problems_are_reported_at_once_in_file_order() {
    let text = r#"{
  "format": 1, "pack": "microneedling", "colour": "red",
  "answers": {
    "concerns": ["acne-scars", "rednes"],
    "skin-health": "well",
    "treatments-had": "none",
    "treatments-had": "none",
    "sun": "sun-9",
    "more": "yes"
  }
}"#;
    let sandbox = Sandbox::with("a.json", text);
    sandbox
        .run("summarize a.json")
        .code(2)
        .stderr_has([
            "error[unknown-field]: $.colour: ",
            " --> a.json:2:41\n",
            "error[missing-answer]: $.answers.severity.acne-scars: ",
            " --> a.json:3:14\n",
            "error[unknown-code]: $.answers.concerns[1]: ",
            " --> a.json:4:32\n",
            "did you mean `redness`?",
            "error[unknown-code]: $.answers.skin-health: ",
            " --> a.json:5:20\n",
            "\"skin-health\": \"well\",",
            "^^^^^^",
            "one of: good, fair, poor, unsure",
            "error[duplicate-key]: $.answers.treatments-had: ",
            " --> a.json:7:5\n",
            "error[unknown-code]: $.answers.sun: ",
            " --> a.json:8:12\n",
            "error[wrong-type]: $.answers.more: ",
            " --> a.json:9:13\n",
            "error: 7 problems in a.json\n",
        ])
        .check();
}

#[test]
fn invalid_json_is_reported_with_its_position() {
    for (text, place) in [
        ("", "1:1"),
        ("   \n", "1:1"),
        ("{\"format\":1,}", "1:12"),
        ("{\"format\":1 // no\n}", "1:13"),
        ("{'format':1}", "1:2"),
        ("{format:1}", "1:2"),
        ("{\"format\":1}{}", "1:13"),
        ("{\"format\":01}", "1:"),
        ("{\"format\":\n  nul}", "2:3"),
        ("{\"a\":\"\n\"}", "1:"),
        ("{\"a\":\"\\ud800\"}", "1:"),
        ("{\"a\":\"\\x41\"}", "1:"),
        ("hello", "1:1"),
    ] {
        let sandbox = Sandbox::with("a.json", text);
        let place = format!(" --> a.json:{place}");
        sandbox
            .run("summarize a.json")
            .code(2)
            .stderr_has(["error[syntax]: ", &place, "help: ", "1 problem in a.json\n"])
            .check();
    }
}

#[test]
fn a_truncated_file_is_refused() {
    let whole = SHORT.trim_end();
    let ends = (0..20).chain((20..whole.len()).step_by(7)).chain([whole.len() - 1]);
    for end in ends {
        let sandbox = Sandbox::with("a.json", &whole[..end]);
        sandbox
            .run("summarize a.json")
            .code(2)
            .stderr_has(["error[syntax]", " --> a.json:", "1 problem in a.json\n"])
            .check();
        assert_eq!(sandbox.outputs(), [""; 0]);
    }
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        for text in [deep.clone(), file(&deep), open.repeat(100_000)] {
            let done = Sandbox::new()
                .run("summarize")
                .stdin(text)
                .code(2)
                .stderr_has(["error[", "<stdin>:1:", "in <stdin>\n"])
                .check();
            assert!(done.stderr.len() < 5_000, "{} bytes", done.stderr.len());
        }
    }
}

#[test]
fn invalid_utf8_is_reported_with_its_line() {
    let sandbox = Sandbox::with("a.json", b"{\n\"format\":1,\n\"x\":\"\xff\"}");
    sandbox
        .run("summarize a.json")
        .code(2)
        .stderr("error: a.json:3 is not UTF-8 text\nhint: save the file as UTF-8\n")
        .check();
    sandbox
        .run("summarize")
        .stdin(b"\xc3".to_vec())
        .code(2)
        .stderr_has(["<stdin>:1 is not UTF-8 text\nhint: "])
        .check();
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_with_a_hint() {
    let sandbox = Sandbox::new();
    sandbox
        .run("summarize nowhere.json")
        .code(1)
        .stderr_has(["error: could not read nowhere.json: ", "\nhint: check the spelling"])
        .check();
    sandbox
        .run("summarize .")
        .code(1)
        .stderr_has(["error: could not read .: is a directory", "\nhint: that is a folder: name a file\n"])
        .check();
    sandbox.run("ask --answers nowhere.json").code(1).stderr_has(["could not read nowhere.json", "hint: "]).check();
}

#[test]
fn hostile_names_and_values_are_safe_in_a_report() {
    let text = file("{\"\\u001b[31m\\u202e\":1,\"concerns\":[\"\\u001b[2J\u{1b}]0;x\u{7}\u{202e}\"]}");
    let sandbox = Sandbox::with("a.json", text);
    let done = sandbox.run("summarize a.json").code(2).stderr_has(["error["]).check();
    let harmful: Vec<char> =
        done.stderr.chars().filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}').collect();
    assert!(harmful.is_empty(), "{harmful:?}\n{:?}", done.stderr);
}
