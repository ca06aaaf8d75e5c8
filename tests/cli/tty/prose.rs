//! Sentences on standard output are wrapped on a terminal and nowhere else.

use crate::cli::answers::SHORT;
use crate::support::Sandbox;

#[test]
fn sentences_on_standard_output_break_between_words() {
    let mut sandbox = Sandbox::with("a.json", SHORT);
    sandbox.file("c.toml", "clinic = \"A clinic\"\n");
    for words in [
        "explain a.json",
        "pack check --verbose",
        "pack check --criteria",
        "pack check --explain unknown-field",
        "pack show",
        "pack show --questions --lang es",
        "pack test",
        "config check --config c.toml",
    ] {
        let piped = sandbox.run(words).stdout_has([]).check().stdout;
        for columns in [24, 40, 60] {
            let ended = sandbox.terminal(words).size(200, columns).env("NO_COLOR", "1").start().end();
            assert_eq!(ended.code, 0, "{words}\n{}", ended.screen);
            let text = ended.bytes.replace('\r', "");
            // No word is cut or lost.
            let (expected, actual): (Vec<_>, Vec<_>) =
                (piped.split_whitespace().collect(), text.split_whitespace().collect());
            assert_eq!(actual, expected, "{words}");
            for line in text.lines().filter(|line| line.split_whitespace().count() > 1) {
                assert!(line.chars().count() <= columns.into(), "{words} at {columns}: {line}");
            }
        }
    }
}
