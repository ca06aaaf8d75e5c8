//! What `pack diff` says of one change each.

use super::everything;
use preconsult::pack::{Diff, Pack, diff};

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
fn no_change_is_no_difference() {
    let diff = changed(&[]);
    assert!(diff.is_empty(), "{diff}");
    assert_eq!(diff.to_string(), "nothing changes for patients\n");
}

#[test]
fn the_same_conditions_in_other_words_change_no_page() {
    let diff = changed(&[(
        "rules.json",
        r#""when": { "question": "goals", "includes": "pests" }, "say": [{ "statement": "nets" }]"#,
        r#""when": { "any": [
            { "all": [{ "question": "goals", "includes": "pests" }, { "question": "indoors", "is": "yes" }] },
            { "all": [{ "question": "goals", "includes": "pests" }, { "question": "indoors", "is": "no" }] }
        ] }, "say": [{ "statement": "nets" }]"#,
    )]);
    assert!(diff.is_empty(), "{diff}");
}

#[test]
fn a_narrower_rule_shows_who_loses_a_line() {
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
fn a_bound_moves_by_one() {
    let diff = changed(&[("rules.json", r#""at_least": 20"#, r#""at_least": 19"#)]);
    assert_eq!(diff.summaries.len(), 1, "{diff}");
    assert!(diff.summaries[0].starts_with("benefits: `soil` is now printed because of pests"), "{diff}");
    assert!(diff.summaries[0].contains("pots=19"), "{diff}");
}

#[test]
fn limits_and_marks_are_part_of_a_page() {
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
fn questions_show_who_is_asked() {
    let diff = changed(&[("questions.json", r#""pots", "more_than": 3"#, r#""pots", "more_than": 4"#)]);
    assert_eq!(diff.questions.len(), 2, "{diff}");
    assert!(diff.questions[0].starts_with("the question `big`, asked when: "), "{diff}");
    assert!(diff.questions[1].starts_with("`big` is no longer asked of some\nfor example: pots=4"), "{diff}");
    assert!(diff.summaries.is_empty(), "{diff}");
}

#[test]
fn wording_and_strength_are_shown_as_they_were_and_are() {
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
fn a_new_option_brings_what_it_brings() {
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
