//! Text and Markdown as they are: wording and layout as snapshots.

use super::world;

#[test]
fn text_and_markdown_are_as_they_were() {
    for name in ["short", "usual", "spanish", "not-sure", "only-not-covered", "note", "hostile"] {
        let world = world(name);
        for copy in ["patient", "clinician"] {
            for format in ["text", "markdown"] {
                let words =
                    format!("summarize answers.json --stdout --date 2026-11-22 --format {format} --copy {copy}");
                let done = world.run(&words).stdout_has(["sha256:"]).check();
                insta::assert_snapshot!(format!("{name}-{copy}-{format}"), without_hash(&done.stdout));
            }
        }
    }
}

/// The pack's hash changes with every wording and has tests of its own.
fn without_hash(page: &str) -> String {
    let (before, after) = page.split_once("sha256:").expect("a hash");
    let rest = after.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    assert_eq!(after.len() - rest.len(), 64, "a whole hash");
    format!("{before}sha256:<hash>{rest}")
}
