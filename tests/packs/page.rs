//! Output of `pack show` for the reviewer, as text and as HTML.

use super::today;
use crate::support::pack_files::everything;
use chrono::NaiveDate;
use preconsult::authoring::{html, show};
use preconsult::pack::{Language, Pack, PackFiles};

fn changed(edits: &[(&str, &str, &str)]) -> Pack {
    let mut files: PackFiles = everything();
    for (file, from, to) in edits {
        let text = files.texts.get_mut(*file).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        *text = text.replacen(from, to, 1);
    }
    Pack::load(&files).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Returns a pack with a rule that fires for slow growth without frost.
fn narrowed() -> Pack {
    changed(&[(
        "rules.json",
        r#""id": "slow", "when": { "question": "goals", "includes": "slow-growth" }"#,
        r#""id": "slow", "when": { "all": [{ "question": "goals", "includes": "slow-growth" }, { "not": { "question": "goals", "includes": "frost" } }] }"#,
    )])
}

/// Returns the lines below a concern in the table.
fn under<'t>(text: &'t str, code: &str) -> Vec<&'t str> {
    let table = text.split("FROM CONCERN TO SOURCE").nth(1).unwrap().split("STATEMENTS").next().unwrap();
    let after = table.lines().skip_while(|line| !line.trim_start().starts_with(&format!("{code} "))).skip(1);
    after.take_while(|line| !line.is_empty()).map(str::trim).collect()
}

#[test]
fn a_negated_concern_has_no_link() {
    let text = show(&narrowed(), Language::default());
    assert_eq!(under(&text, "frost"), ["-> not-frost"]);
    assert_eq!(
        under(&text, "slow-growth"),
        ["-> pots#1                       soil", "only if not: “What it is about” (goals) includes “Frost” (frost)"]
    );
}

#[test]
fn each_line_of_a_narrowed_rule_shows_its_other_conditions() {
    let text = show(&changed(&[]), Language::default());
    let lines = under(&text, "pests");
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[2].starts_with("only if (“Number of pots” (pots) is at least 20 or “Water a week” (water) is more than 12.5 “liters” (litres)) and not: "), "{}", lines[2]);
    // A sufficient choice has no other condition, even if the rule is written differently.
    let text = show(
        &changed(&[(
            "rules.json",
            r#"{ "question": "goals", "includes": "frost" }"#,
            r#"{ "all": [{ "question": "goals", "includes": "frost" }, { "not": { "question": "goals", "includes": "not-sure" } }] }"#,
        )]),
        Language::default(),
    );
    assert_eq!(under(&text, "frost"), ["-> not-frost"]);
}

#[test]
fn a_signed_off_link_is_not_pending() {
    let text = show(&changed(&[]), Language::default());
    assert!(text.contains("soil  EDITORIAL, signed off by Nobody real (test pack) on 2026-01-15"), "{text}");
    assert!(!text.contains("waits for sign-off: pale-leaves"), "{text}");
    assert!(text.contains("waits for sign-off: pests -> pots#1"), "{text}");
    assert!(text.contains("left out on purpose: pots#history (Pots of old)"), "{text}");
    assert!(text.contains("without a word of strength: sentence 1"), "{text}");
}

#[test]
fn a_pending_editorial_link_shows_both_texts() {
    let page = page(&Pack::built_in().expect("the built-in pack loads"), today());
    let open = page.split("<ul class=\"open\">").nth(1).unwrap().split("</ul>").next().unwrap();
    let link = open.lines().find(|line| line.contains("dull-complexion → texture-and-tone")).unwrap();
    for piece in [
        "“Dull skin”",
        "Piel apagada",
        "“Microneedling can help to make the skin's overall",
        "(microneedling-effects#1)",
    ] {
        assert!(link.contains(piece), "{piece} is not in {link}");
    }
    assert_eq!(open.matches("class=\"tag editorial\"").count(), 4, "{open}");
}

fn page(pack: &Pack, date: NaiveDate) -> String {
    html(pack, Language::default(), None, date)
}

#[test]
fn the_diagram_marks_links_with_a_condition() {
    let lines = |page: &str, class: &str| {
        let diagram = page.split("role=\"img\"").nth(1).unwrap().split("</svg>").next().unwrap().to_owned();
        diagram.matches(&format!("<path class=\"{class}\"")).count()
    };
    let before = page(&changed(&[]), today());
    // Links: slow to soil, pale to light and (cited by light) to soil, bugs to nets.
    assert_eq!((lines(&before, "own"), lines(&before, "own only-if")), (4, 0));
    assert_eq!((lines(&before, "editorial"), lines(&before, "editorial only-if")), (1, 1));
    let after = page(&narrowed(), today());
    assert_eq!((lines(&after, "own"), lines(&after, "own only-if")), (3, 1));
    assert_eq!(lines(&after, "none"), 2);
}

#[test]
fn the_page_shows_all_parts_of_a_pack() {
    let page = page(&changed(&[]), today());
    for text in [
        "Left out on purpose: Pots of old <code>pots#history</code>",
        "<p class=\"other\" lang=\"es\">¿Cuántas plantas tiene?</p>",
        "<small class=\"other\" lang=\"es\">Pala</small>",
        "<p class=\"other\" lang=\"es\">Este es un paquete de prueba",
        "number from 1 to 500, 0 decimals",
        "number with a unit, from 0 to 20, 2 decimals",
        "date from 2000-01-01 to 2040-12-31",
        "next review due 2098-02-01",
        "(alone; means not known)",
        "when “Inside” (indoors) is “Yes” (yes)",
        "As of 2026-11-22",
        "<span class=\"explains\">A pot full of soil weighs a lot.</span> It can hurt your back.",
        "no word of strength: sentence 1",
    ] {
        assert!(page.contains(text), "the page lacks {text}");
    }
    assert_eq!(page.matches("<table").count(), page.matches("<thead>").count());
    assert!(!page.contains("past due"));
}

#[test]
fn the_date_of_the_page_decides_what_is_overdue() {
    let pack = changed(&[]);
    let day = |day: &str| day.parse::<NaiveDate>().unwrap();
    assert_eq!(page(&pack, day("2098-06-01")).matches("past due</span>").count(), 1);
    assert_eq!(page(&pack, day("2099-06-01")).matches("past due</span>").count(), 2);
    assert_eq!(page(&pack, today()), page(&pack, today()));
}
