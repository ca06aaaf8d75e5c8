//! The PDF: pages, reading order, tags, the same bytes, nothing lost.

use super::tools::{fetched, output, program};
use super::{PATIENTS, assert_in_order, flowing, page, sentences, world};
use crate::world::World;
use expect_test::expect_file;
use std::process::Command;

const COPIES: [&str; 2] = ["patient", "clinician"];

/// How many pages a patient's copies may take: one for a usual intake, more only for the longest.
fn most_pages(name: &str) -> usize {
    match name {
        "longest" => 3,
        "all-concerns" => 2,
        _ => 1,
    }
}

#[test]
fn pages_and_text_in_reading_order() {
    let (Some(pdftotext), Some(pdfinfo)) = (program("pdftotext"), program("pdfinfo")) else { return };
    for name in PATIENTS {
        let world = world(name);
        for copy in COPIES {
            let of = format!("{name}, {copy}");
            let path = page(&world, "pdf", copy, "");
            let info = output(Command::new(&pdfinfo).arg(&path)).stdout;
            let info = String::from_utf8_lossy(&info).into_owned();
            let field = |key: &str| {
                let line = info.lines().find(|line| line.starts_with(key));
                line.and_then(|line| line.split(':').nth(1)).unwrap_or_default().trim().to_owned()
            };
            let pages: usize = field("Pages").parse().expect("a number of pages");
            assert!(pages <= most_pages(name), "{of}: {pages} pages");
            assert_eq!(field("Tagged"), "yes", "{of}");
            assert!(!field("Title").is_empty(), "{of}: no title");
            assert_eq!(field("JavaScript"), "no", "{of}");
            let text = output(Command::new(&pdftotext).args(["-raw", "-enc", "UTF-8"]).arg(&path).arg("-")).stdout;
            let text = String::from_utf8_lossy(&text).into_owned();
            // Without the head and foot of pages that a sentence may run across.
            assert_in_order(&text, &sentences(name, copy), &of);
        }
    }
}

#[test]
fn the_text_layer_is_as_it_was() {
    let Some(pdftotext) = program("pdftotext") else { return };
    for name in PATIENTS {
        let world = world(name);
        for copy in COPIES {
            let path = page(&world, "pdf", copy, "");
            let text = output(Command::new(&pdftotext).args(["-raw", "-enc", "UTF-8"]).arg(&path).arg("-")).stdout;
            // Where lines break is a matter of the font's last thousandth; what they say is not. The pack's hash changes
            // with every wording and has tests of its own.
            let text: Vec<String> = String::from_utf8_lossy(&text)
                .split('\u{c}')
                .map(flowing)
                .filter(|page| !page.is_empty())
                .map(|page| {
                    page.split(" · ").filter(|part| part.len() != 12 || !is_hash(part)).collect::<Vec<_>>().join(" · ")
                })
                .collect();
            let snapshot = format!("snapshots/{name}-{copy}-pdf.txt");
            expect_file![snapshot].assert_eq(&(text.join("\n=== next page ===\n") + "\n"));
        }
    }
}

/// Each page can be read by itself, wherever it ends.
#[test]
fn a_mark_is_explained_on_the_page_where_it_stands() {
    let Some(pdftotext) = program("pdftotext") else { return };
    let mut seen = 0;
    for name in ["all-concerns", "longest", "usual", "spanish"] {
        let mut world = world(name);
        world.file("clinic.toml", "paper = \"us-letter\"\nprivacy_notice = \"We keep this form.\"\nsignature = true\n");
        for copy in COPIES {
            let path = page(&world, "pdf", copy, "--config clinic.toml");
            let text = output(Command::new(&pdftotext).args(["-raw", "-enc", "UTF-8"]).arg(&path).arg("-")).stdout;
            for page in String::from_utf8_lossy(&text).split('\u{c}').map(flowing) {
                for (mark, meaning) in [
                    ("\u{2020}", "This link is the editors' own"),
                    ("[es]", "These words are in Spanish"),
                    ("[en]", "Estas palabras est\u{e1}n en ingl\u{e9}s"),
                ] {
                    seen += usize::from(page.contains(mark));
                    assert_eq!(page.contains(mark), page.contains(meaning), "{name}, {copy}: {mark} in {page}");
                }
            }
        }
    }
    assert!(seen > 6, "{seen}");
}

fn is_hash(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_hexdigit())
}

#[test]
fn a_second_tool_finds_nothing_against_pdf_ua() {
    let Some(pdfua) = fetched("py/bin/pdfua") else { return };
    let mut paths = Vec::new();
    let worlds: Vec<World> = ["usual", "longest", "right-to-left", "hostile"].map(world).into();
    for world in &worlds {
        paths.extend(COPIES.map(|copy| page(world, "pdf", copy, "")));
        let done = world.run("form --format pdf").stdout_has(["form"]).check();
        paths.push(world.path(done.stdout.trim()));
    }
    // It ends with 0 only without a finding: untagged content, a missing title or language, a table without heads.
    let report = output(Command::new(pdfua).arg("check").args(&paths)).stdout;
    let report = String::from_utf8_lossy(&report).into_owned();
    assert_eq!(report.matches("result: PASS").count(), paths.len(), "{report}");
}

#[test]
fn the_file_holds_together() {
    let Some(qpdf) = program("qpdf") else { return };
    for name in ["short", "longest"] {
        let world = world(name);
        output(Command::new(&qpdf).arg("--check").arg(page(&world, "pdf", "patient", "")));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for name in ["usual", "hostile"] {
        let [first, second] = [world(name), world(name)].map(|world| {
            let path = page(&world, "pdf", "clinician", "");
            std::fs::read(path).expect("the page can be read")
        });
        assert!(first == second, "{name}: two runs wrote different bytes");
        assert!(first.starts_with(b"%PDF-"), "{name}");
    }
}

#[test]
fn what_no_font_has_gets_a_visible_mark_and_is_named() {
    let world = world("right-to-left");
    world
        .run("summarize answers.json --format pdf")
        .stdout_has([".pdf"])
        .stderr_has(["note: no font has these characters", "U+05D4", "U+0643", "hint: name a font file"])
        .check();
}

#[test]
fn fonts_of_the_clinic_show_what_ours_lack() {
    let fonts = ["NotoSansHebrew-Regular.ttf", "NotoSansArabic-Regular.ttf"]
        .map(|name| std::path::Path::new("/usr/share/fonts/truetype/noto").join(name));
    if !fonts.iter().all(|font| font.is_file()) {
        return crate::world::skipped("Debian's fonts-noto-core is not installed");
    }
    let Some(pdftotext) = program("pdftotext") else { return };
    let mut world = world("right-to-left");
    let listed = fonts.map(|font| format!("{:?}", font.display().to_string())).join(", ");
    world.file("clinic.toml", format!("fonts = [{listed}]\n"));
    let done = world.run("summarize answers.json --config clinic.toml").stdout_has([".pdf"]).check();
    let path = world.path(done.stdout.trim());
    let text = output(Command::new(pdftotext).arg(path).arg("-")).stdout;
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(!text.contains('\u{fffd}'), "{text}");
    assert!(text.contains("שרה") || text.contains("הרש"), "the Hebrew name is not on the page: {text}");
}

#[test]
fn hostile_words_stay_words() {
    let Some(pdftotext) = program("pdftotext") else { return };
    let world = world("hostile");
    let path = page(&world, "pdf", "patient", "");
    let text = output(Command::new(pdftotext).args(["-raw"]).arg(path).arg("-")).stdout;
    let text = flowing(&String::from_utf8_lossy(&text));
    for words in [
        "#import \"x.typ\": *",
        "#set page(height: 1cm)",
        "*bold* _em_ <script>alert(1)</script> & `code` = heading",
        "@label",
    ] {
        assert!(text.contains(words), "{words} is not on the page as typed: {text}");
    }
}
