//! The PDF: pages, reading order, tags, reproducible bytes, and complete text.

use super::{PATIENTS, assert_in_order, flowing, page, sandbox, sentences};
use crate::support::Sandbox;
use crate::support::tools::{fetched, find_program, output};
use expect_test::expect_file;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

const COPIES: [&str; 2] = ["patient", "clinician"];

/// The page limit of a copy. The patient's is a leaflet of two pages for a usual intake, and of three in Spanish, with many
/// claims or with a long note. The clinician's has one page. Only the longest intakes have more.
fn max_pages(name: &str, copy: &str) -> usize {
    match (copy, name) {
        ("patient", "longest") => 8,
        ("patient", "all-concerns") => 5,
        ("patient", "younger-look" | "note" | "not-sure") => 3,
        ("patient", _) => 2,
        (_, "longest") => 4,
        (_, "all-concerns") => 2,
        _ => 1,
    }
}

/// The bytes of a patient's PDF under the default settings, rendered once for all tests.
fn default_bytes(name: &'static str, copy: &'static str) -> &'static [u8] {
    type PdfByPage = BTreeMap<(&'static str, &'static str), &'static OnceLock<Vec<u8>>>;
    static BYTES: LazyLock<Mutex<PdfByPage>> = LazyLock::new(Mutex::default);
    let mut all = BYTES.lock().unwrap_or_else(PoisonError::into_inner);
    let bytes = *all.entry((name, copy)).or_insert_with(|| Box::leak(Box::default()));
    drop(all);
    bytes.get_or_init(|| std::fs::read(page(&sandbox(name), "pdf", copy, "")).expect("a readable page"))
}

/// A file with a patient's PDF under the default settings.
fn default_pdf(folder: &Sandbox, name: &'static str, copy: &'static str) -> PathBuf {
    let path = folder.path(&format!("{name}-{copy}.pdf"));
    std::fs::write(&path, default_bytes(name, copy)).expect("a file");
    path
}

/// The text layer of a PDF.
fn raw_text(pdftotext: &Path, path: &Path) -> String {
    let text = output(Command::new(pdftotext).args(["-raw", "-enc", "UTF-8"]).arg(path).arg("-")).stdout;
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn pages_and_text_in_reading_order() {
    let (Some(pdftotext), Some(pdfinfo)) = (find_program("pdftotext"), find_program("pdfinfo")) else { return };
    let folder = Sandbox::new();
    for name in PATIENTS {
        for copy in COPIES {
            let of = format!("{name}, {copy}");
            let path = default_pdf(&folder, name, copy);
            let info = output(Command::new(&pdfinfo).arg(&path)).stdout;
            let info = String::from_utf8_lossy(&info).into_owned();
            let field = |key: &str| {
                let line = info.lines().find(|line| line.starts_with(key));
                line.and_then(|line| line.split(':').nth(1)).unwrap_or_default().trim().to_owned()
            };
            let pages: usize = field("Pages").parse().expect("a number of pages");
            assert!(pages <= max_pages(name, copy), "{of}: {pages} pages");
            assert_eq!(field("Tagged"), "yes", "{of}");
            assert!(!field("Title").is_empty(), "{of}: no title");
            assert_eq!(field("JavaScript"), "no", "{of}");
            let text = raw_text(&pdftotext, &path);
            // Without the headers and footers inside a sentence that spans two pages.
            assert_in_order(&text, &sentences(name, copy), &of);
        }
    }
}

#[test]
fn the_text_layer_matches_its_snapshot() {
    let Some(pdftotext) = find_program("pdftotext") else { return };
    let folder = Sandbox::new();
    for name in PATIENTS {
        for copy in COPIES {
            let text = raw_text(&pdftotext, &default_pdf(&folder, name, copy));
            // Line breaks depend on tiny font differences, so only the text is compared. The pack's hash changes with every
            // text and has its own tests.
            let text: Vec<String> = text
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

/// Each page can be read alone, wherever it ends.
#[test]
fn a_mark_is_explained_on_its_own_page() {
    let Some(pdftotext) = find_program("pdftotext") else { return };
    let mut seen = 0;
    for name in ["all-concerns", "longest", "usual", "spanish"] {
        let mut sandbox = sandbox(name);
        sandbox
            .file("clinic.toml", "paper = \"us-letter\"\nprivacy_notice = \"We keep this form.\"\nsignature = true\n");
        for copy in COPIES {
            let path = page(&sandbox, "pdf", copy, "--config clinic.toml");
            for page in raw_text(&pdftotext, &path).split('\u{c}').map(flowing) {
                for (mark, meaning) in [
                    ("\u{2020}", "We made this link"),
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
fn an_independent_validator_accepts_pdf_ua() {
    let Some(pdfua) = fetched("py/bin/pdfua") else { return };
    let mut paths = Vec::new();
    let sandbox = Sandbox::new();
    for name in ["usual", "longest", "right-to-left", "hostile"] {
        paths.extend(COPIES.map(|copy| default_pdf(&sandbox, name, copy)));
    }
    let form = sandbox.run("form --format pdf").stdout_has(["form"]).check();
    paths.push(sandbox.path(form.stdout.trim()));
    // The exit code is 0 only without findings, such as untagged content, a missing title, or a table without headers.
    let report = output(Command::new(pdfua).arg("check").args(&paths)).stdout;
    let report = String::from_utf8_lossy(&report).into_owned();
    assert_eq!(report.matches("result: PASS").count(), paths.len(), "{report}");
}

#[test]
fn the_file_is_a_valid_pdf() {
    let Some(qpdf) = find_program("qpdf") else { return };
    let folder = Sandbox::new();
    for name in ["short", "longest"] {
        output(Command::new(&qpdf).arg("--check").arg(default_pdf(&folder, name, "patient")));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for name in ["usual", "hostile"] {
        let first = default_bytes(name, "clinician");
        let second = std::fs::read(page(&sandbox(name), "pdf", "clinician", "")).expect("a readable page");
        assert!(first == second, "{name}: two runs wrote different bytes");
        assert!(first.starts_with(b"%PDF-"), "{name}");
    }
}

#[test]
fn a_character_that_no_font_has_gets_a_mark_and_is_reported() {
    let sandbox = sandbox("right-to-left");
    sandbox
        .run("summarize answers.json --format pdf")
        .stdout_has([".pdf"])
        .stderr_has(["note: no font has these characters", "U+05D4", "U+0643", "hint: add a font file"])
        .check();
}

#[test]
fn clinic_fonts_show_characters_that_the_built_in_fonts_lack() {
    let fonts = ["NotoSansHebrew-Regular.ttf", "NotoSansArabic-Regular.ttf"]
        .map(|name| std::path::Path::new("/usr/share/fonts/truetype/noto").join(name));
    if !fonts.iter().all(|font| font.is_file()) {
        return crate::support::tools::skip("Debian's fonts-noto-core is not installed");
    }
    let Some(pdftotext) = find_program("pdftotext") else { return };
    let mut sandbox = sandbox("right-to-left");
    let listed = fonts.map(|font| format!("{:?}", font.display().to_string())).join(", ");
    sandbox.file("clinic.toml", format!("fonts = [{listed}]\n"));
    let done = sandbox.run("summarize answers.json --config clinic.toml").stdout_has([".pdf"]).check();
    let path = sandbox.path(done.stdout.trim());
    let text = output(Command::new(pdftotext).arg(path).arg("-")).stdout;
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(!text.contains('\u{fffd}'), "{text}");
    assert!(text.contains("שרה") || text.contains("הרש"), "the Hebrew name is not on the page: {text}");
}

#[test]
fn hostile_text_stays_text() {
    let Some(pdftotext) = find_program("pdftotext") else { return };
    let text = flowing(&raw_text(&pdftotext, &default_pdf(&Sandbox::new(), "hostile", "patient")));
    for words in [
        "#import \"x.typ\": *",
        "#set page(height: 1cm)",
        "*bold* _em_ <script>alert(1)</script> & `code` = heading",
        "@label",
    ] {
        assert!(text.contains(words), "{words} is not on the page as typed: {text}");
    }
}
