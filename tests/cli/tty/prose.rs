//! Sentences on standard output: on a terminal in lines that fit, elsewhere as they are.

use crate::cli::answers::SHORT;
use crate::support::Sandbox;

#[test]
fn sentences_on_standard_output_break_between_words() {
    let mut sandbox = Sandbox::with("a.json", SHORT);
    sandbox.file("c.toml", "clinic = \"A clinic\"\n");
    for words in [
        "explain a.json",
        "pack check --verbose",
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
            let shown = ended.bytes.replace('\r', "");
            // No word is cut, and none is lost.
            let (wanted, came): (Vec<_>, Vec<_>) =
                (piped.split_whitespace().collect(), shown.split_whitespace().collect());
            assert_eq!(came, wanted, "{words}");
            for line in shown.lines().filter(|line| line.split_whitespace().count() > 1) {
                assert!(line.chars().count() <= columns.into(), "{words} at {columns}: {line}");
            }
        }
    }
}
