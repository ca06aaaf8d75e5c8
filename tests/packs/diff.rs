//! Reports of `pack diff`, each for one change.

use crate::support::pack_files::everything;
use preconsult::authoring::{Diff, diff};
use preconsult::pack::Pack;

fn changed(edits: &[(&str, &str, &str)]) -> Diff {
    let old = Pack::load(&everything()).unwrap();
    let mut files = everything();
    for (file, from, to) in edits {
        let text = files.texts.get_mut(*file).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        *text = text.replacen(from, to, 1);
    }
    diff(&old, &Pack::load(&files).unwrap_or_else(|problems| panic!("{problems}")))
}

fn lists(lines: &[&str]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

#[test]
fn equal_packs_have_no_difference() {
    let diff = changed(&[]);
    assert!(diff.is_empty(), "{diff}");
    assert_eq!(diff.to_string(), "nothing changes for patients\n");
}

const BUGS: &str = r#""when": { "question": "goals", "includes": "pests" }, "say": [{ "statement": "nets" }]"#;

#[test]
fn an_equivalent_condition_changes_no_page() {
    let diff = changed(&[(
        "rules.json",
        BUGS,
        r#""when": { "all": [
            { "question": "goals", "includes": "pests" },
            { "not": { "question": "goals", "includes": "not-sure" } }
        ] }, "say": [{ "statement": "nets" }]"#,
    )]);
    assert!(diff.is_empty(), "{diff}");
}

#[test]
fn an_additional_reason_changes_the_page_even_with_the_same_statements() {
    let diff = changed(&[(
        "rules.json",
        BUGS,
        r#""when": { "any": [
            { "all": [{ "question": "goals", "includes": "pests" }, { "question": "indoors", "is": "yes" }] },
            { "all": [{ "question": "goals", "includes": "pests" }, { "question": "indoors", "is": "no" }] }
        ] }, "say": [{ "statement": "nets" }]"#,
    )]);
    let line = |code: &str| {
        format!("benefits: `nets` now names indoors={code} among its reasons\nfor example: goals=pests, indoors={code}")
    };
    assert_eq!(diff.summaries, [line("no"), line("yes")], "{diff}");
    let reverse = {
        let (old, mut files) = (everything(), everything());
        let text = files.texts.get_mut("rules.json").unwrap();
        *text = text.replacen(
            BUGS,
            r#""when": { "all": [{ "question": "goals", "includes": "pests" }, { "any": [{ "question": "light", "is": "much" }, { "question": "goals", "includes": "pests" }] }] }, "say": [{ "statement": "nets" }]"#,
            1,
        );
        preconsult::authoring::diff(&Pack::load(&files).unwrap(), &Pack::load(&old).unwrap())
    };
    assert_eq!(reverse.summaries.len(), 1, "{reverse}");
    assert!(
        reverse.summaries[0].starts_with("benefits: `nets` no longer names light=much among its reasons"),
        "{reverse}"
    );
}

#[test]
fn sources_reviews_and_sign_offs_are_compared() {
    for (file, from, to, expected) in [
        (
            "pack.json",
            "The Small Book of Pots",
            "The Big Book of Pots",
            "the source `pots`, title: The Small Book of Pots became The Big Book of Pots",
        ),
        ("pack.json", "Nobody & Sons", "Somebody", "the source `pots`, publisher: Nobody & Sons became Somebody"),
        ("pack.json", "\"published\": \"2019\"", "\"published\": null", "the source `pots`, date: 2019 became none"),
        (
            "pack.json",
            "e3b0c442",
            "e3b0c443",
            "the source `pots`, SHA-256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 became e3b0c44398fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            "pack.json",
            "\"reviewed_by\": \"Nobody real (test pack)\"",
            "\"reviewed_by\": \"Somebody\"",
            "the pack, reviewed by: Nobody real (test pack) became Somebody",
        ),
        ("pack.json", "2099-01-15", "2098-01-15", "the pack, next review due: 2099-01-15 became 2098-01-15"),
        (
            "statements.json",
            "2098-02-01",
            "2097-02-01",
            "the statement `soil`, next review due: 2098-02-01 became 2097-02-01",
        ),
        (
            "rules.json",
            "\"2026-01-15\"",
            "\"2026-01-16\"",
            "the editorial link `pale` -> `soil`, signed off: by Nobody real (test pack) on 2026-01-15 became by Nobody real (test pack) on 2026-01-16",
        ),
    ] {
        let diff = changed(&[(file, from, to)]);
        assert_eq!(diff.sources, [expected], "{diff}");
        assert!(!diff.is_empty() && diff.summaries.is_empty() && diff.wording.is_empty(), "{diff}");
    }
}

#[test]
fn an_added_help_text_and_changed_explanations_are_shown() {
    let diff = changed(&[
        (
            "questions.json",
            r#""text": "How many pots do you have?""#,
            r#""text": "How many pots do you have?", "help": "A guess is fine.""#,
        ),
        ("es.json", r#""question.indoors.title""#, r#""question.pots.help": "Más o menos.", "question.indoors.title""#),
        ("pack.json", r#""cites": ["pots#1"] }"#, r#""cites": ["pots#1", "pots#2"] }"#),
        ("statements.json", r#""explains": [1], "#, ""),
        ("statements.json", "A pot full of soil weighs a lot.", "A pot full of soil can weigh a lot."),
        ("es.json", "Una maceta con tierra pesa mucho.", "Una maceta con tierra puede pesar mucho."),
    ]);
    assert_eq!(
        diff.wording[..2],
        lists(&["question.pots.help (en)\n+ A guess is fine.", "question.pots.help (es)\n+ Más o menos."])
    );
    assert_eq!(
        diff.statements,
        lists(&[
            "the statement `lift`, only explains: sentence 1 became none",
            "the word `loam` in the glossary, source: pots#1 became pots#1, pots#2",
        ])
    );
}

#[test]
fn a_narrower_rule_shows_answers_that_lose_a_statement() {
    let diff = changed(&[(
        "rules.json",
        r#""when": { "question": "goals", "includes": "pests" }, "say": [{ "statement": "nets" }]"#,
        r#""when": { "all": [{ "question": "goals", "includes": "pests" }, { "question": "pots", "at_least": 3 }] }, "say": [{ "statement": "nets" }]"#,
    )]);
    let example = "for example: goals=pests, pots=1";
    assert_eq!(diff.summaries, lists(&[&format!("benefits: `nets` is no longer printed because of pests\n{example}")]));
    assert!(diff.questions.is_empty() && diff.statements.is_empty() && diff.wording.is_empty(), "{diff}");
}

#[test]
fn a_bound_that_moves_by_one_is_shown() {
    let diff = changed(&[("rules.json", r#""at_least": 20"#, r#""at_least": 19"#)]);
    assert_eq!(diff.summaries.len(), 1, "{diff}");
    assert!(diff.summaries[0].starts_with("benefits: `soil` is now printed because of pests"), "{diff}");
    assert!(diff.summaries[0].contains("pots=19"), "{diff}");
}

#[test]
fn limits_and_editorial_marks_are_compared() {
    let diff = changed(&[
        ("rules.json", r#""limits": ["light-slow"]"#, r#""limits": ["nets-size"]"#),
        (
            "rules.json",
            r#""editorial": true, "signed_off_by": "Nobody real (test pack)", "signed_off_on": "2026-01-15" "#,
            r#""limits": [] "#,
        ),
    ]);
    assert_eq!(
        diff.summaries,
        lists(&[
            "benefits: `more-light` no longer has the limit `light-slow` because of pale-leaves\nfor example: goals=pale-leaves",
            "benefits: `more-light` now has the limit `nets-size` because of pale-leaves\nfor example: goals=pale-leaves",
            "benefits: `soil` no longer has the mark of an editorial link because of pale-leaves\nfor example: goals=pale-leaves",
        ])
    );
}

#[test]
fn a_changed_condition_shows_who_is_no_longer_asked() {
    let diff = changed(&[("questions.json", r#""pots", "more_than": 3"#, r#""pots", "more_than": 4"#)]);
    assert_eq!(diff.questions.len(), 2, "{diff}");
    assert!(diff.questions[0].starts_with("the question `big`, asked when: "), "{diff}");
    assert!(diff.questions[1].starts_with("`big` is no longer asked of some\nfor example: pots=4"), "{diff}");
    assert!(diff.summaries.is_empty(), "{diff}");
}

#[test]
fn wording_and_strength_are_shown_before_and_after() {
    let diff = changed(&[
        ("statements.json", "A net may keep bugs off.", "A net can help keep bugs off."),
        ("statements.json", r#""modality": "may", "limits""#, r#""modality": "can-help", "limits""#),
        ("es.json", "Una red podría parar a los bichos.", "Una red puede ayudar a parar a los bichos."),
    ]);
    assert_eq!(diff.statements, lists(&["the statement `nets`, strength: may became can-help"]));
    assert_eq!(
        diff.wording,
        lists(&[
            "statement.nets (en)\n- A net may keep bugs off.\n+ A net can help keep bugs off.",
            "statement.nets (es)\n- Una red podría parar a los bichos.\n+ Una red puede ayudar a parar a los bichos.",
        ])
    );
    assert!(diff.summaries.is_empty(), "{diff}");
}

#[test]
fn a_new_option_shows_its_statements() {
    let diff = changed(&[
        (
            "questions.json",
            r#"{ "code": "frost", "text": "Frost" },"#,
            r#"{ "code": "frost", "text": "Frost" }, { "code": "wind", "text": "Wind" },"#,
        ),
        (
            "es.json",
            r#""option.goals.frost": "Hielo","#,
            r#""option.goals.frost": "Hielo", "option.goals.wind": "Viento","#,
        ),
        (
            "rules.json",
            r#"{ "question": "goals", "includes": "frost" }"#,
            r#"{ "any": [{ "question": "goals", "includes": "frost" }, { "question": "goals", "includes": "wind" }] }"#,
        ),
    ]);
    assert_eq!(diff.questions, lists(&["the question `goals`: the option `wind` is new"]));
    assert_eq!(
        diff.summaries,
        lists(&["not covered: `not-frost` is now printed because of wind\nfor example: goals=wind"])
    );
}
