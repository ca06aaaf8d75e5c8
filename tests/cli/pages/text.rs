//! Text and Markdown: wording and layout as snapshots.

use super::sandbox;
use expect_test::expect_file;

#[test]
fn text_and_markdown_match_their_snapshots() {
    for name in ["short", "usual", "spanish", "not-sure", "only-not-covered", "note", "hostile"] {
        let sandbox = sandbox(name);
        for copy in ["patient", "clinician"] {
            for format in ["text", "markdown"] {
                let words =
                    format!("summarize answers.json --stdout --date 2026-11-22 --format {format} --copy {copy}");
                let done = sandbox.run(&words).stdout_has(["sha256:"]).check();
                let snapshot = format!("snapshots/{name}-{copy}-{format}.txt");
                expect_file![snapshot].assert_eq(&without_hash(&done.stdout));
            }
        }
    }
}

/// Removes the pack's hash, which changes with every text and has its own tests.
fn without_hash(page: &str) -> String {
    let (before, after) = page.split_once("sha256:").expect("a hash");
    let rest = after.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    assert_eq!(after.len() - rest.len(), 64, "a whole hash");
    format!("{before}sha256:<hash>{rest}")
}

/// A choice that triggered all claims of a part is printed once at its start, in every format.
#[test]
fn a_choice_shared_by_all_claims_is_printed_once() {
    let sandbox = sandbox("not-sure");
    for format in ["text", "markdown", "html"] {
        let page =
            sandbox.run(&format!("summarize answers.json --stdout --format {format}")).stdout_has(["[intro]"]).check();
        let page = page.stdout.replace("<strong>", "").replace("</strong>", "");
        let (before, after) =
            page.split_once("Each of these, because you chose: I am not sure yet").unwrap_or_else(|| panic!("{page}"));
        assert!(before.contains("[intro]") && after.contains("[1]") && after.contains("[9]"), "{format}: {page}");
        assert!(!page.contains("Because you chose"), "{format}: {page}");
    }
    // Each claim still has the choice in the JSON.
    let done = sandbox.run("summarize answers.json --stdout --format json").stdout_has(["\"overview\""]).check();
    let summary: serde_json::Value = serde_json::from_str(&done.stdout).expect("the summary is JSON");
    let overview = summary["overview"].as_array().expect("a list");
    assert_eq!(overview.len(), 9);
    assert!(overview.iter().all(|line| line["because"][0]["answer"] == "not-sure"), "{overview:?}");
}

#[test]
fn words_in_another_language_are_marked_and_the_mark_is_explained_once() {
    let sandbox = sandbox("spanish");
    for format in ["text", "markdown", "html"] {
        let words = format!("summarize answers.json --stdout --copy clinician --format {format}");
        let page = sandbox.run(&words).stdout_has(["Puedo ir a trabajar"]).check().stdout.replace('\\', "");
        let (before, after) = page.split_once("[es] These words are in Spanish").unwrap_or_else(|| panic!("{page}"));
        assert!(before.contains("trabajar?") && before.contains("[es]") && !after.contains("[es]"), "{format}: {page}");
        // On the patient's copy the words are in the language of the page.
        let page = sandbox.run(&words.replace("clinician", "patient")).stdout_has(["trabajar"]).check().stdout;
        assert!(!page.replace('\\', "").contains("[es]"), "{format}: {page}");
    }
}
