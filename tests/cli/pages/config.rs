//! The clinic's settings: letterhead, languages, defaults, and the reports of invalid settings.

use super::{flowing, page, patient, sandbox};
use crate::support::Sandbox;

const CLINIC: &str = "clinic = \"Hillside Skin Clinic\"
address = [\"14 Orchard Lane\", \"Bristol BS6 5QA\"]
phone = \"0117 555 0142\"
privacy_notice = \"We keep this form with your record.\"
signature = true
";

/// The built-in template.
#[cfg(feature = "pdf")]
const BUILT_IN_TEMPLATE: &str = concat!(
    include_str!("../../../src/render/pdf/summary_base.typ"),
    include_str!("../../../src/render/pdf/summary_clinician.typ"),
    include_str!("../../../src/render/pdf/summary_patient.typ"),
    include_str!("../../../src/render/pdf/summary_end.typ"),
);

#[test]
fn every_page_has_the_letterhead() {
    let mut sandbox = sandbox("short");
    sandbox.file("clinic.toml", CLINIC);
    for format in ["text", "markdown", "html"] {
        let page = page(&sandbox, format, "patient", "--config clinic.toml");
        let text = flowing(&std::fs::read_to_string(page).expect("the page can be read"));
        for words in [
            "Hillside Skin Clinic",
            "14 Orchard Lane",
            "0117 555 0142",
            "We keep this form with your record.",
            "Signature",
        ] {
            assert!(text.contains(words), "{format} lacks {words}");
        }
    }
}

#[test]
fn settings_are_in_the_users_folder_and_the_command_line_wins() {
    let mut sandbox = sandbox("short");
    sandbox.file("preconsult.toml", "formats = [\"text\", \"json\"]\ncopy = \"both\"\nout = \"pages\"\n");
    std::fs::create_dir(sandbox.path("pages")).expect("a folder");
    let settings = sandbox.run("summarize answers.json --config preconsult.toml").stdout_has(["pages"]).check();
    assert_eq!(settings.stdout.lines().count(), 4, "{}", settings.stdout);
    let line = "summarize answers.json --config preconsult.toml --format markdown --copy clinician --out .";
    let line = sandbox.run(line).stdout_has(["-clinician.md"]).check();
    assert_eq!(line.stdout.lines().count(), 1);
    let folder = sandbox.path("../home/.config/preconsult");
    std::fs::create_dir_all(&folder).expect("a configuration folder");
    std::fs::write(folder.join("preconsult.json"), "{\"formats\": [\"json\"]}").expect("settings");
    sandbox.run("summarize answers.json").stdout_has(["-patient.json"]).check();
}

#[test]
fn each_copy_has_its_language() {
    let mut sandbox = Sandbox::with("answers.json", patient("spanish"));
    sandbox.file("clinic.toml", "language = \"en\"\n");
    let done = sandbox
        .run("summarize answers.json --copy both --format text --config clinic.toml")
        .stdout_has(["-patient.txt", "-clinician.txt"])
        .check();
    let [patient, clinician] = [0, 1].map(|at| sandbox.read(done.stdout.lines().nth(at).expect("two files")));
    assert!(patient.contains("Copia para el paciente") && patient.contains("22 de noviembre de 2026"), "{patient}");
    assert!(clinician.contains("Clinician's copy") && clinician.contains("November 22, 2026"), "{clinician}");
    // Own words stay as typed, and the clinician's copy names their language.
    assert!(patient.contains("¿Cuánto dura el enrojecimiento?") && !patient.contains("[es]"), "{patient}");
    assert!(flowing(&clinician).contains("¿Puedo ir a trabajar?\u{201d} [es]"), "{clinician}");
}

#[test]
fn the_privacy_notice_uses_the_page_language_or_names_its_own() {
    let mut sandbox = Sandbox::with("answers.json", patient("spanish"));
    let of_both = "{ en = \"We keep this form.\", es = \"Guardamos este formulario.\" }";
    sandbox.file("both.toml", format!("privacy_notice = {of_both}\n"));
    sandbox.file(
        "both.json",
        "{\"privacy_notice\": {\"en\": \"We keep this form.\", \"es\": \"Guardamos este formulario.\"}}",
    );
    sandbox.file("one.toml", "privacy_notice = \"We keep this form.\"\n");
    for format in ["text", "markdown", "html"] {
        let stdout = |words: &str, config: &str| {
            let done =
                sandbox.run(&format!("{words} --config {config} --stdout --format {format}")).stdout_has([""]).check();
            flowing(&done.stdout.replace("\\[", "[").replace("\\]", "]").replace("<p lang=\"en\">", "<p>(en) "))
        };
        for config in ["both.toml", "both.json"] {
            let page = stdout("summarize answers.json", config);
            assert!(
                page.contains("Guardamos este formulario.") && !page.contains("We keep"),
                "{config}, {format}: {page}"
            );
            let page = stdout("summarize answers.json --copy clinician", config);
            assert!(page.contains("We keep this form.") && !page.contains("[en]"), "{config}, {format}: {page}");
        }
        let marked = if format == "html" { "(en) We keep this form. [en]" } else { "We keep this form. [en]" };
        assert!(stdout("summarize answers.json", "one.toml").contains(marked), "{format}");
        if format != "markdown" {
            assert!(stdout("form --lang es", "one.toml").contains(marked), "{format}");
            assert!(stdout("form --lang es", "both.toml").contains("Guardamos este"), "{format}");
        }
    }
    sandbox.run("config check --config both.toml").stdout_has(["no problems"]).check();
    let note = "note: privacy_notice has no text in es: the one in en is printed, marked [en]\n";
    sandbox.run("config check --config one.toml").stdout_has(["no problems"]).stderr(note).check();
    let shown = format!("privacy_notice = {of_both}\n");
    sandbox.run("config show --config both.toml").stdout_has([shown.as_str()]).check();
}

#[test]
fn invalid_settings_are_reported_with_their_place() {
    for (name, text, place, words) in [
        ("a.toml", "clinic = \"A\"\ncolour = 1\n", "a.toml:2:1", "there is no setting `colour` here"),
        ("w.toml", "formats = \"pdf\"\n", "w.toml:1:11", "put a list in square brackets here"),
        ("n.toml", "retention_days = -1\n", "n.toml:1:18", "expected a whole number from 0 up, found `-1`"),
        ("c.toml", "clinic = 5\n", "c.toml:1:10", "put a text in quotes here"),
        ("l.toml", "logo = []\n", "l.toml:1:8", "expected a text, found a list"),
        ("o.toml", "idle_seconds = 9999999999\n", "o.toml:1:16", "a whole number of at most 4294967295"),
        ("j.json", "{\"signature\":1}", "j.json:1:", "expected true or false, found a number"),
        ("b.toml", "signature = \"yes\"\n", "b.toml:1:13", "expected true or false, found a text"),
        ("c.toml", "formats = [\"pfd\"]\n", "c.toml:1:12", "`formats` cannot be `pfd`"),
        ("p.toml", "clinic = \"A\"\nformats = []\n", "p.toml:2:11", "`formats` names no format"),
        ("q.json", "{\"formats\": []}", "q.json:1:13", "`formats` names no format"),
        ("d.toml", "paper = \"a5\"\n", "d.toml:1:9", "`paper` cannot be `a5`"),
        ("e.json", "{\n  \"clinic\": 7\n}\n", "e.json:2:13", "expected a text, found a number"),
        ("f.toml", "clinic = \"A\n", "f.toml:1:", ""),
        ("k.toml", "paper = \"a4\"\npaper = \"a5\"\n", "k.toml:2:1", "the key `paper` occurs twice"),
        ("m.json", &"[".repeat(600), "m.json:1:", "the JSON is nested too deeply"),
        ("g.toml", "privacy_notice = 7\n", "g.toml:1:18", "a table of texts by language"),
        ("h.toml", "privacy_notice = { en = 7 }\n", "h.toml:1:25", "expected a text, found a number"),
        ("i.toml", "privacy_notice = { english-please = \"a\" }\n", "i.toml:1:20", "is not a language tag"),
    ] {
        let mut sandbox = Sandbox::new();
        sandbox.file(name, text);
        let done = sandbox.run(&format!("config check --config {name}")).code(2).stderr_any().check();
        assert!(done.stderr.contains(place) && done.stderr.contains(words), "{name}: {}", done.stderr);
        assert!(done.stderr.contains("help:"), "{name} has no hint: {}", done.stderr);
    }
}

#[test]
fn one_problem_does_not_hide_another() {
    let mut sandbox = Sandbox::new();
    let toml =
        "logo = \"logo.svg\"\nretention_days = -4\nformats = [\"html\", \"doc\"]\npaper = \"letter\"\ncopy = \"all\"
colour = 3\ndesk = \"nodesk\"\nfonts = [\"a.ttf\", \"b.ttf\"]\nprivacy_notice = { en = 1, english-please = \"a\" }\n";
    let json =
        "{\n\"logo\": \"logo.svg\", \"retention_days\": -4,\n\"formats\": [\"html\", \"doc\"], \"paper\": \"letter\",
\"copy\": \"all\", \"colour\": 3, \"desk\": \"nodesk\",\n\"fonts\": [\"a.ttf\", \"b.ttf\"],
\"privacy_notice\": {\"en\": 1, \"english-please\": \"a\"}\n}\n";
    for (name, text) in [("clinic.toml", toml), ("clinic.json", json)] {
        sandbox.file(name, text);
        let done = sandbox.run(&format!("config check --config {name}")).code(1).stderr_any().check();
        let problems = if cfg!(feature = "desk") { "error: 11 problems in" } else { "error: 10 problems in" };
        let all = [
            "found `-4`",
            "`formats` cannot be `doc`",
            "did you mean `us-letter`?",
            "`copy` cannot be `all`",
            "there is no setting `colour` here",
            "expected a text, found a number",
            "`english-please` is not a language tag",
            problems,
            "could not read the logo logo.svg",
            "could not read the font a.ttf",
            "could not read the font b.ttf",
        ];
        for words in all.into_iter().chain(cfg!(feature = "desk").then_some("there is no clinic in nodesk")) {
            assert_eq!(done.stderr.matches(words).count(), 1, "{name}: {words:?} in {}", done.stderr);
        }
    }
    // A file that is not TOML is reported at once too.
    sandbox.file("clinic.toml", "clinic = \"A\nphone = \npaper = \"a4\"\npaper = \"a5\"\n");
    let done =
        sandbox.run("config check --config clinic.toml").code(2).stderr_has(["3 problems in clinic.toml"]).check();
    for place in ["clinic.toml:1:12", "clinic.toml:2:9", "clinic.toml:4:1"] {
        assert!(done.stderr.contains(place), "{place}: {}", done.stderr);
    }
}

#[test]
fn a_logo_must_be_a_picture() {
    let mut sandbox = sandbox("short");
    sandbox.file("clinic.toml", "logo = \"logo.png\"\n");
    sandbox.file("logo.png", "not a picture");
    sandbox
        .run("summarize answers.json --config clinic.toml")
        .code(2)
        .stderr_has(["logo.png is neither SVG nor PNG", "hint: save the picture as SVG or PNG"])
        .check();
    sandbox.file(
        "logo.png",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>",
    );
    sandbox.run("config check --config clinic.toml").stdout_has(["no problems"]).check();
    let page = page(&sandbox, "html", "patient", "--config clinic.toml");
    assert!(std::fs::read_to_string(page).expect("the page can be read").contains("data:image/svg+xml;base64,"));
}

#[test]
#[cfg(feature = "pdf")]
fn config_template_writes_a_folder_to_edit_a_template_in() {
    let mut sandbox = sandbox("short");
    sandbox.file(
        "logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0h9v9z\"/></svg>",
    );
    sandbox.file("plain.toml", "clinic = \"Hillside\"\nlogo = \"logo.svg\"\n");
    let with = |sandbox: &Sandbox, config: &str| {
        let words = format!("summarize answers.json --date 2026-11-22 --config {config}");
        let done = sandbox.run(&words).stdout_has([".pdf"]).check();
        std::fs::read(sandbox.path(done.stdout.trim())).expect("the page can be read")
    };
    let before = with(&sandbox, "plain.toml");
    sandbox
        .run("config template ours answers.json --config plain.toml")
        .stdout("ours\n")
        .stderr_has(["change ours/summary.typ"])
        .check();
    let data: serde_json::Value = sandbox.read("ours/data.json").parse().expect("the data is JSON");
    assert_eq!(data["letterhead"]["name"], "Hillside");
    for name in
        ["ours/logo.svg", "ours/fonts/Roboto-Regular.ttf", "ours/fonts/Roboto-Bold.ttf", "ours/fonts/Roboto-Italic.ttf"]
    {
        assert!(sandbox.path(name).is_file(), "{name}");
    }
    #[cfg(unix)]
    for (name, mode) in [("ours", 0o700), ("ours/data.json", 0o600), ("ours/fonts", 0o700), ("ours/logo.svg", 0o600)] {
        use std::os::unix::fs::PermissionsExt as _;
        let metadata = std::fs::metadata(sandbox.path(name)).expect("the file exists");
        assert_eq!(metadata.permissions().mode() & 0o777, mode, "other users can read {name}");
    }
    sandbox.file("ours.toml", "clinic = \"Hillside\"\nlogo = \"logo.svg\"\ntemplate = \"ours/summary.typ\"\n");
    assert!(before == with(&sandbox, "ours.toml"), "the template as written makes another page than the one built in");
    sandbox
        .run("config template ours answers.json")
        .code(2)
        .stderr_has(["the folder ours is not empty", "hint:"])
        .check();
}

#[test]
fn config_example_prints_valid_settings() {
    let mut sandbox = Sandbox::new();
    sandbox
        .run("config init clinic.toml")
        .stdout("clinic.toml\n")
        .stderr_has(["the file explains every setting"])
        .check();
    sandbox.run("config init clinic.toml").code(1).stderr_has(["already exists", "hint: name another file"]).check();
    sandbox.run("config check --config clinic.toml").stdout_has(["no problems"]).check();
    // The example's settings are valid once the comment marks are removed.
    let switched_on: String = sandbox
        .read("clinic.toml")
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|line| line.contains(" = ")).unwrap_or(line).to_owned() + "\n")
        .filter(|line| !["logo", "fonts", "template"].iter().any(|key| line.starts_with(key)))
        // A build without PDF support does not have this format.
        .filter(|line| cfg!(feature = "pdf") || !line.starts_with("formats"))
        .collect();
    sandbox.file("on.toml", switched_on);
    sandbox.run("config show --config on.toml").stdout_has(["Hillside Skin Clinic", "retention_days = 365"]).check();
}

#[test]
fn check_finds_the_problems_that_printing_would_find() {
    let mut sandbox = Sandbox::new();
    let mut wrong = |settings: &str, code: i32, words: [&str; 2]| {
        sandbox.file("clinic.toml", settings);
        sandbox.run("config check --config clinic.toml").code(code).stderr_has(words).check();
    };
    wrong("language = \"xx\"\n", 2, ["has no language xx", "help: set `language` to one of: en, es"]);
    let make = "help: make it with `mkdir -p nowhere`, or set `out` to another folder";
    wrong("out = \"nowhere\"\n", 1, ["nowhere: there is no such folder", make]);
    wrong("clinic = \"A\"\nout = \"nowhere\"\n", 1, ["no such folder", "clinic.toml:2:7"]);
    wrong("clinic = \"A\"\nlogo = \"no.png\"\n", 1, ["could not read the logo no.png", "clinic.toml:2:8"]);
    wrong("fonts = [\n\"a.ttf\",\n\"b.ttf\",\n]\n", 1, ["clinic.toml:2:1", "clinic.toml:3:1"]);
    wrong("out = \"clinic.toml\"\n", 1, ["that is a file", "help: set `out` to a folder"]);
    // All problems are reported, not just the first.
    wrong("language = \"xx\"\nlogo = \"no.png\"\n", 1, ["has no language xx", "could not read the logo no.png"]);
}

#[test]
#[cfg(feature = "pdf")]
fn check_typesets_a_page_in_every_language() {
    let mut sandbox = Sandbox::new();
    let fault = |sandbox: &Sandbox, code: i32, words: [&str; 2]| {
        sandbox.run("config check --config clinic.toml").code(code).stderr_has(words).check();
    };
    sandbox.file("clinic.toml", "fonts = [\"our.otf\"]\n");
    sandbox.file("our.otf", "OTTO garbage");
    fault(&sandbox, 2, ["our.otf is not a font file, or it is damaged", "help: name a TrueType"]);
    sandbox.file("clinic.toml", "template = \"own.typ\"\n");
    sandbox.file("own.typ", "#let data = json(\"/data.json\")\n#data.titel\n");
    fault(&sandbox, 2, ["titel", "own.typ:2:"]);
    sandbox.file("own.typ", "#let data = json(\"/data.json\")\n#set document(title: data.title)\n#data.copy\n");
    fault(&sandbox, 2, ["the template own.typ does not print this", "hint: "]);
    // A problem in only one language is found too.
    let ours = BUILT_IN_TEMPLATE;
    sandbox.file("own.typ", format!("{ours}\n#if data.language == \"es\" {{ panic(\"not in Spanish\") }}\n"));
    fault(&sandbox, 2, ["not in Spanish", "own.typ:"]);
    sandbox.file("own.typ", ours);
    sandbox.run("config check --config clinic.toml").stdout_has(["no problems"]).check();
}

/// This includes pages that cannot show the logo or lack the language that the settings name.
#[test]
#[cfg(feature = "pdf")]
fn problems_of_the_page_are_reported_with_all_others() {
    let mut sandbox = Sandbox::new();
    let assert_reported = |sandbox: &Sandbox, code: i32, all: &[&str]| {
        let done = sandbox.run("config check --config clinic.toml").code(code).stderr_any().check();
        for words in all {
            assert_eq!(done.stderr.matches(words).count(), 1, "{words:?} in {}", done.stderr);
        }
    };
    let rest = "colour = 1\nlanguage = \"xx\"\nlogo = \"no.png\"\n";
    sandbox.file("clinic.toml", format!("template = \"own.typ\"\n{rest}"));
    let wrong = ["there is no setting `colour` here", "has no language xx", "could not read the logo no.png"];
    sandbox.file("own.typ", "#let data = json(\"/data.json\")\n#data.titel\n");
    assert_reported(&sandbox, 1, &[&wrong[..], &["own.typ:2:", "4 problems in clinic.toml, own.typ"]].concat());
    // A problem without a place in the template is reported at its setting.
    sandbox.file("own.typ", "#let data = json(\"/data.json\")\n#set document(title: data.title)\n#data.copy\n");
    let at_setting = ["the template own.typ does not print this", "clinic.toml:1:12", "4 problems in clinic.toml\n"];
    assert_reported(&sandbox, 1, &[&wrong[..], &at_setting].concat());
    // A template that needs a logo is not reported for a missing logo.
    let ours = BUILT_IN_TEMPLATE;
    sandbox.file("own.typ", format!("{ours}\n#assert(letterhead.logo != none)\n"));
    assert_reported(&sandbox, 1, &[&wrong[..], &["3 problems in clinic.toml\n"]].concat());
}

#[test]
#[cfg(feature = "pdf")]
fn a_failing_template_is_reported_before_the_first_question() {
    let mut sandbox = Sandbox::new();
    sandbox.file("clinic.toml", "template = \"own.typ\"\n");
    sandbox.file("own.typ", "#let data = json(\"/data.json\")\n#data.titel\n");
    let done = sandbox.run("ask --plain --config clinic.toml").stdin("").code(2).stderr_has(["own.typ:2:"]).check();
    assert!(!done.stderr.contains("Question 1"), "{}", done.stderr);
    // A format that does not use the template is not affected.
    let done = sandbox.run("ask --plain --format text --config clinic.toml").stdin("").code(2).stderr_any().check();
    assert!(done.stderr.contains("Question 1"), "{}", done.stderr);
}

#[test]
fn a_byte_order_mark_is_accepted() {
    for (name, text) in [("c.json", "{\"clinic\":\"Rose\"}"), ("c.toml", "clinic = \"Rose\"\n")] {
        let sandbox = Sandbox::with(name, format!("\u{feff}{text}"));
        sandbox.run(&format!("config show --config {name}")).stdout_has(["clinic = \"Rose\"\n"]).check();
    }
}
