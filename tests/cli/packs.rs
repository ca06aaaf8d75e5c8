//! `pack`: the built-in pack, its folder, and folders with problems.

use crate::cli::answers::SHORT;
use crate::support::Sandbox;
use serde_json::Value;
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/microneedling");

/// Returns a sandbox with a copy of the built-in pack in which one file is changed.
fn changed(file: &str, from: &str, to: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    copy(Path::new(FOLDER), &sandbox.path("pack"));
    let path = sandbox.path("pack").join(file);
    let text = std::fs::read_to_string(&path).expect("a file of the pack");
    assert!(text.contains(from), "{file} has no {from:?}");
    std::fs::write(path, text.replacen(from, to, 1)).expect("the changed file");
    sandbox
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, &target).map(drop).expect("a copy") }
    }
}

#[test]
fn the_built_in_pack_and_its_folder_are_equal_and_valid() {
    let sandbox = Sandbox::new();
    let built_in = sandbox
        .run("pack check")
        .stdout_has(["microneedling 1.1.0: no problems in 24 questions, 29 statements, 23 rules", "sha256:"])
        .check()
        .stdout;
    sandbox.run(&format!("pack check {FOLDER}")).stdout(built_in).check();
    let tested = sandbox.run("pack test").stdout_has(["microneedling 1.1.0: ", " cases passed\n"]).check().stdout;
    sandbox.run(&format!("pack test {FOLDER}")).stdout(tested).check();
    for show in ["pack show", "pack show --questions"] {
        let built_in = sandbox.run(show).stdout_has(["acne-scars"]).check().stdout;
        sandbox.run(&format!("{show} {FOLDER}")).stdout(built_in).check();
    }
    let from_folder = Sandbox::with("a.json", SHORT);
    let built_in = from_folder.run("summarize a.json --stdout").stdout_has(["sha256:"]).check().stdout;
    from_folder.run(&format!("summarize a.json --stdout --pack {FOLDER}")).stdout(built_in).check();
}

#[test]
fn show_prints_the_whole_table_for_sign_off() {
    let page =
        Sandbox::new().run("pack show").stdout_has(["FROM CONCERN TO SOURCE", "STATEMENTS", "OPEN"]).check().stdout;
    for line in [
        "      -> microneedling-effects#3      scars  with scars-kinds-named\n",
        "      -> microneedling-effects#6      products-after  with products-none-named  EDITORIAL  and asks products\n",
        "  editorial link, waits for sign-off: dull-complexion -> microneedling-effects#1\n",
        "  editorial link, waits for sign-off: dull-complexion -> microneedling-effects#9\n",
        "  editorial link, waits for sign-off: loose-skin -> microneedling-effects#1\n",
        "  editorial link, waits for sign-off: products-not-working -> microneedling-effects#6\n",
        "  not yet reviewed by a clinician\n",
        " names no author, no publisher, no date\n",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    assert_eq!(page.matches("editorial link").count(), 4);
    assert_eq!(page.matches("(overview, unmatched)").count(), 9);
    Sandbox::new().run("pack show --lang es").stdout_has(["FROM CONCERN TO SOURCE"]).check();
}

#[test]
fn show_questions_names_every_question_and_code() {
    let sandbox = Sandbox::new();
    let pieces =
        ["concerns: a list of codes, required\n", "more: true or false, required\n", "    true  ", "    false  "];
    let page = sandbox.run("pack show --questions").stdout_has(pieces).check().stdout;
    assert!(!page.lines().any(|line| line.starts_with("    yes ")), "{page}");
    let questions: Value =
        serde_json::from_str(&std::fs::read_to_string(format!("{FOLDER}/questions.json")).expect("the file"))
            .expect("JSON");
    for question in questions["questions"].as_array().expect("a list") {
        let id = question["id"].as_str().expect("an id");
        assert!(page.lines().any(|line| line.starts_with(&format!("{id}: "))), "{id}");
        for option in question["options"].as_array().into_iter().flatten() {
            let code = option["code"].as_str().expect("a code");
            assert!(page.lines().any(|line| line.trim_start().starts_with(&format!("{code} "))), "{id}: {code}");
        }
    }
}

#[test]
fn schemas_are_json_and_name_every_file_of_a_pack() {
    let sandbox = Sandbox::new();
    let all: Value = serde_json::from_str(&sandbox.run("pack schema").stdout_has(["{"]).check().stdout).expect("JSON");
    let names: Vec<&str> = all.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(names, ["pack", "questions", "statements", "rules", "language", "case", "answers", "summary"]);
    for name in names {
        let one: Value =
            serde_json::from_str(&sandbox.run(&format!("pack schema {name}")).stdout_has(["{"]).check().stdout)
                .expect("JSON");
        assert_eq!(one, all[name]);
        assert!(one["$schema"].is_string(), "{name}");
    }
}

#[test]
fn check_names_the_place_shows_the_line_and_hints() {
    for (file, from, to, code, pieces) in [
        (
            "rules.json",
            "\"includes\": \"acne-scars\"",
            "\"includes\": \"acne-scar\"",
            "unknown",
            ["did you mean `acne-scars`?", "^^^"],
        ),
        ("statements.json", "\"kind\": \"benefit\"", "\"kind\": \"benefits\"", "unknown", ["benefit", ""]),
        ("statements.json", "microneedling-effects#1", "microneedling-effects#11", "", ["microneedling-effects", ""]),
        ("questions.json", "\"sections\"", "\"section\"", "unknown-field", ["did you mean `sections`?", ""]),
        ("pack.json", "\"version\": \"1.1.0\",", "", "missing-field", ["version", ""]),
        (
            "statements.json",
            "can help to make the skin's",
            "will help to make the skin's",
            "banned-word",
            ["help: ", ""],
        ),
        (
            "rules.json",
            "[{ \"statement\": \"texture-and-tone\" }]",
            "[{ \"statement\": \"texture-and-tone\" }],",
            "syntax",
            ["help: ", ""],
        ),
    ] {
        let sandbox = changed(file, from, to);
        let place = format!(" --> pack/{file}:");
        let code = format!("error[{code}");
        let done = sandbox.run("pack check pack").code(2).stderr_has([code.as_str(), &place, "error: "]).check();
        for piece in pieces {
            assert!(done.stderr.contains(piece), "{piece}\n{}", done.stderr);
        }
        // No command uses an invalid pack.
        sandbox.run("pack show pack").code(2).stderr_has([&place]).check();
        sandbox.run("summarize --stdout --pack pack").stdin(SHORT).code(2).stderr_has([&place]).check();
        sandbox.run("--plain --pack pack").stdin("").code(2).stderr_has([&place]).check();
    }
}

#[test]
fn a_failing_case_reports_the_actual_result() {
    let sandbox = changed("cases/redness.json", "\"concerns=redness\"", "\"concerns=melasma\"");
    sandbox
        .run("pack test pack")
        .code(2)
        .stderr_has([
            "FAILED cases/redness.json\n",
            "  - not_covered: expected concerns=melasma; came concerns=redness\n",
            "error: 1 of ",
            " cases failed\n",
            "hint: ",
        ])
        .check();
}

#[test]
fn a_pack_without_cases_or_without_files_is_refused() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("empty")).expect("a folder");
    sandbox.run("pack check empty").code(2).stderr_has(["pack.json", "error: "]).check();
    sandbox
        .run("pack check nowhere")
        .code(1)
        .stderr_has(["error: could not read nowhere", "hint: name the folder of a pack"])
        .check();
    copy(Path::new(FOLDER), &sandbox.path("pack"));
    std::fs::remove_dir_all(sandbox.path("pack/cases")).expect("the cases can be removed");
    sandbox.run("pack test pack").code(2).stderr_has(["error: the pack has no cases\nhint: write one"]).check();
}

#[test]
fn another_pack_gives_another_interview() {
    let sandbox = changed("pack.json", "\"title\": \"", "\"title\": \"Ours: ");
    sandbox
        .run("--plain --pack pack --format text")
        .stdin(crate::cli::answers::SHORT_REPLIES)
        .stdout_has(["-patient.txt"])
        .stderr_has(["Ours: Before your visit"])
        .check();
    let one = sandbox.run("pack check pack").stdout_has(["sha256:"]).check().stdout;
    let other = sandbox.run("pack check").stdout_has(["sha256:"]).check().stdout;
    assert_ne!(one, other, "their hashes differ");
}

#[test]
fn the_page_for_sign_off_replaces_only_an_earlier_one() {
    let mut sandbox = Sandbox::new();
    sandbox.run("pack show --html page.html").stdout("page.html\n").check();
    sandbox.run("pack show --html page.html --lang es").stdout("page.html\n").check();
    let page = sandbox.read("page.html");
    assert!(page.contains("<html lang=\"es\">"));
    sandbox.file("a.json", SHORT);
    sandbox.run("summarize a.json --label A --format html").stdout("2026-11-22-A-patient.html\n").check();
    let message = |name: &str| {
        format!("error: {name} already exists and was not generated by this program\nhint: name another file")
    };
    for name in ["a.json", "2026-11-22-A-patient.html"] {
        let before = sandbox.read(name);
        sandbox.run(&format!("pack show --html {name}")).code(1).stderr_has([&message(name)]).check();
        assert_eq!(sandbox.read(name), before);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("page.html", sandbox.path("link.html")).expect("a link");
        sandbox.run("pack show --html link.html").code(1).stderr_has([&message("link.html")]).check();
        assert_eq!(sandbox.read("page.html"), page);
    }
}

#[test]
fn a_review_past_due_is_named_at_the_foot_with_its_sentence() {
    let sandbox = changed(
        "statements.json",
        r#""modality": "can", "explains": [2, 3],"#,
        r#""modality": "can", "explains": [2, 3], "review_due": "2026-01-01","#,
    );
    std::fs::write(sandbox.path("a.json"), SHORT).expect("answers");
    let page = sandbox
        .run("summarize a.json --stdout --pack pack --date 2026-11-22")
        .stdout_has(["A review was due on January 1, 2026"])
        .check()
        .stdout;
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        page.contains("It is the one of this text: “Microneedling can make scars show less. This includes"),
        "{page}"
    );
    sandbox.run("pack check pack --strict --date 2026-01-01").stdout_has(["no problems"]).check();
}

#[test]
fn check_measures_whole_copies_by_part() {
    let sandbox = changed("cases/redness.json", "\"concerns=redness\"", "\"concerns=redness\"");
    let page = sandbox.run("pack check --verbose").stdout_has(["whole copy, en: ", "whole copy, es: "]).check().stdout;
    let (_, whole) = page.split_once("\nwhole copy, en: ").expect("the figures of whole copies");
    assert!(whole.starts_with("Flesch-Kincaid grade of the hardest case "), "{whole}");
    assert!(whole.contains(", limit 6: cases/"), "{whole}");
    let (english, spanish) = whole.split_once("\nwhole copy, es: ").expect("both languages");
    assert!(spanish.starts_with("Szigriszt-Pazos score of the hardest case "), "{spanish}");
    assert!(spanish.contains(", limit 65: cases/"), "{spanish}");
    for text in [english, spanish] {
        let parts: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split("  ").last()).collect();
        for part in ["headings", "labels", "options", "running text", "steps", "questions to ask", "sources"] {
            assert!(parts.contains(&part), "{part}\n{text}");
        }
    }
    // The folder's cases are measured, not those of the built-in pack.
    let cases = sandbox.path("pack/cases");
    for entry in std::fs::read_dir(&cases).expect("the cases") {
        let path = entry.expect("a case").path();
        if !path.ends_with("redness.json") {
            std::fs::remove_file(path).expect("the case can be removed");
        }
    }
    sandbox.run("pack check pack --verbose").stdout_has([": cases/redness.json\n"]).check();
    std::fs::write(cases.join("redness.json"), "{").expect("a broken case");
    sandbox.run("pack check pack --verbose").code(2).stderr_has(["cases/redness.json:1:"]).check();
    std::fs::remove_dir_all(&cases).expect("the cases can be removed");
    sandbox
        .run("pack check pack --verbose")
        .stdout_has(["\nwhole copies: not measured, because the pack has no cases\n"])
        .check();
    let plain = sandbox.run("pack check pack").stdout_has(["no problems"]).check().stdout;
    assert!(!plain.contains("whole cop") && !plain.contains("criteria"), "{plain}");
}

#[test]
fn criteria_are_listed_without_a_score() {
    let sandbox = Sandbox::new();
    let plain = sandbox.run("pack check").stdout_has(["no problems"]).check().stdout;
    let page = sandbox.run("pack check --criteria").stdout_has([&plain]).check().stdout;
    let criteria = page.strip_prefix(&plain).expect("the criteria follow the report");
    for line in [
        "  met               1 purpose: It says what it is for. Every copy prints the notice.",
        "  open              5 active-voice: Its sentences say who does what. Only a person can say.",
        "  open              v4 2.2.2 publication-date: It says when it was published. `published_on` is null.",
        "  declared not met  v4 2.1.1 harms: It tells of harms in as much detail as of benefits. The pack says: “The article says \
         little about harms: it names two possible effects after the treatment.”",
    ] {
        assert!(criteria.lines().any(|known| known == line), "{line}\n{criteria}");
    }
    // The only numbers are those of the items.
    for line in criteria.lines() {
        let rest = line.split_once(": ").map_or(line, |(_, rest)| rest);
        let is_about_items = line.starts_with("PEMAT-P 16");
        assert!(is_about_items || !rest.contains(|c: char| c.is_ascii_digit() || c == '%'), "{line}");
    }
    for word in ["score", "percent", "total", "passed"] {
        assert!(!criteria.contains(word), "{word}\n{criteria}");
    }
    sandbox.run("pack check --criteria --explain bad-criterion").code(2).stderr_has(["cannot be used with"]).check();
    sandbox.run("pack check --explain bad-criterion").stdout_has(["bad-criterion\n", "how to fix it\n"]).check();
    let page = sandbox.run("pack check --help").stdout_has(["--criteria"]).check().stdout;
    assert!(page.contains("  preconsult pack check mine --criteria      also PEMAT-P and IPDAS criteria\n"), "{page}");
    sandbox.run("man pack check").stdout_has(["criteria", "PEMAT"]).check();
}
