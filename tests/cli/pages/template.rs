//! A clinic's typst template: what it may do, and what it must print.

use super::sandbox;
use crate::support::Sandbox;

/// A template that prints only the required content.
const PLAIN: &str = "#let data = json(\"/data.json\")
#set document(title: data.title)
#title(data.title)
#let claim(block) = par[#block.text #block.mark]
#for part in data.parts {
  heading(part.heading)
  for block in part.blocks {
    if block.kind in (\"text\", \"legend\") { par(block.text) }
    if block.kind in (\"meaning\", \"to-ask\") { claim(block) }
    if block.kind == \"factors\" { par(block.text) + block.factors.map(claim).join() }
    if block.kind == \"claim\" { claim(block) + block.limits.map(claim).join() }
    if block.kind == \"fact\" { par(block.term + \": \" + block.entry.text) }
  }
}
#data.sources.map(par).join()
";

fn with(name: &str, template: &str) -> Sandbox {
    let mut sandbox = sandbox(name);
    sandbox.file("clinic.toml", "template = \"own.typ\"\n");
    sandbox.file("own.typ", template);
    sandbox
}

/// Replaces a text in the template; fails if the template does not contain it.
fn changed(from: &str, to: &str) -> String {
    assert!(PLAIN.contains(from), "{from}");
    PLAIN.replace(from, to)
}

const SUMMARIZE: &str = "summarize answers.json --format pdf --config clinic.toml";

#[test]
fn any_complete_page_is_accepted() {
    let turned =
        "#set page(width: 9cm, height: 7cm, margin: 8mm, header: [Head], footer: [Foot])\n#set text(hyphenate: true)\n";
    let columns = "#set page(columns: 2)\n#set text(hyphenate: true, size: 7pt)\n#set par(justify: true)\n";
    for name in ["all-concerns", "not-sure", "right-to-left", "hostile"] {
        for page in ["", turned, columns] {
            let sandbox = with(name, &PLAIN.replacen('\n', &format!("\n{page}"), 1));
            sandbox.run(SUMMARIZE).stdout_has([".pdf"]).stderr_any().check();
        }
    }
}

#[test]
fn an_error_is_reported_with_its_place() {
    let sandbox = with("short", &changed("#title(data.title)", "#title(data.titel)"));
    sandbox.run(SUMMARIZE).code(2).stderr_has(["titel", "own.typ:3:"]).check();
    let sandbox = with("short", "#read(\"/etc/passwd\")\n");
    sandbox.run(SUMMARIZE).code(2).stderr_has(["own.typ:1:"]).check();
}

#[test]
fn benefits_without_their_required_content_are_refused() {
    let only = |kinds: &str| {
        changed(
            "{\n  heading(part.heading)",
            &format!("{{\n  if not ({kinds}) {{ continue }}\n  heading(part.heading)"),
        )
    };
    let caveats = |to: &str| changed("  heading(part.heading)", &format!("  {to}\n  heading(part.heading)"));
    let missing = "does not print this text, which every summary must contain:\n  ";
    for (what, template, why, sentence) in [
        ("no caveats", only("part.kind != \"caveats\""), missing, "caveats: \u{201c}Results can vary"),
        ("no notice", only("part.kind != \"notice\""), missing, "notice: \u{201c}This form"),
        (
            "nothing that is not covered",
            only("part.kind != \"not-covered\""),
            missing,
            "not covered: \u{201c}The source does not cover",
        ),
        ("no limits", changed(" + block.limits.map(claim).join()", ""), missing, "limits: \u{201c}"),
        ("no marks", changed(" #block.mark", ""), missing, "marks of the source: \u{201c}["),
        ("no sources", changed("#data.sources.map(par).join()", ""), missing, "sources: \u{201c}Source ["),
        (
            "hidden",
            caveats("show: it => if part.kind == \"caveats\" { hide(it) } else { it }"),
            missing,
            "caveats: \u{201c}Results can vary",
        ),
        (
            "tiny",
            caveats("set text(size: 1pt) if part.kind == \"caveats\""),
            missing,
            "caveats: \u{201c}Results can vary",
        ),
        (
            "scaled",
            caveats("show: it => if part.kind == \"caveats\" { scale(30%, it) } else { it }"),
            missing,
            "caveats: \u{201c}Results can vary",
        ),
        (
            "off the paper",
            caveats("show: it => if part.kind == \"caveats\" { place(dx: 40cm, it) } else { it }"),
            missing,
            "caveats: \u{201c}Results can vary",
        ),
        (
            "clipped",
            caveats("show: it => if part.kind == \"caveats\" { box(height: 1mm, clip: true, it) } else { it }"),
            missing,
            "caveats: \u{201c}Results can vary",
        ),
        (
            "white",
            caveats("set text(fill: white) if part.kind == \"caveats\""),
            missing,
            "caveats: \u{201c}Results can vary",
        ),
        (
            "transparent",
            caveats("set text(fill: black.transparentize(95%)) if part.kind == \"caveats\""),
            missing,
            "caveats: \u{201c}Results can vary",
        ),
        (
            "below a white box",
            format!("#set page(foreground: place(top, rect(width: 100%, height: 100%, fill: white)))\n{PLAIN}"),
            missing,
            "notice: \u{201c}This form",
        ),
        (
            "smaller",
            caveats("set text(size: 8pt) if part.kind == \"caveats\""),
            "prints this text smaller than the benefits:\n  ",
            "",
        ),
        (
            "limits smaller",
            changed("block.limits.map(claim)", "block.limits.map(limit => text(size: 8pt, claim(limit)))"),
            "prints this text smaller than the benefits:\n  ",
            "",
        ),
    ] {
        let sandbox = with("all-concerns", &template);
        let done = sandbox.run(SUMMARIZE).code(2).stderr_any().check();
        for words in ["the template own.typ ", &format!("{why}{sentence}"), "hint: print every required text"] {
            assert!(done.stderr.contains(words), "{what}: {words:?} is not in {}", done.stderr);
        }
        assert_eq!(sandbox.outputs(), [""; 0], "{what}");
    }
}

/// A template from before the questions to ask and the shared start of the variability sentences.
#[test]
fn an_older_template_is_refused_with_what_it_lacks() {
    let older = changed("in (\"meaning\", \"to-ask\")", "== \"meaning\"");
    let older =
        older.replace("    if block.kind == \"factors\" { par(block.text) + block.factors.map(claim).join() }\n", "");
    let sandbox = with("usual", &older);
    let lacks = ["caveats: \u{201c}Results can vary", "questions to ask: \u{201c}Does it suit"];
    sandbox.run(SUMMARIZE).code(2).stderr_has(lacks).stderr_has(["preconsult config template --help"]).check();
}

#[test]
fn all_missing_content_is_reported_at_once() {
    let sandbox = with("all-concerns", "#let data = json(\"/data.json\")\n#set document(title: data.title)\nHello\n");
    let done = sandbox.run(SUMMARIZE).code(2).stderr_any().check();
    for part in ["notice", "benefits", "marks of the source", "limits", "not covered", "caveats", "sources"] {
        assert_eq!(done.stderr.matches(&format!("\n  {part}: \u{201c}")).count(), 1, "{part}: {}", done.stderr);
    }
    // One report lists both the missing texts and those that are too small.
    let both = changed("block.limits.map(claim)", "block.limits.map(limit => text(size: 8pt, claim(limit)))");
    let sandbox = with("all-concerns", &both.replace("#data.sources.map(par).join()", ""));
    let expected = ["must contain:\n  sources: ", "smaller than the benefits:\n  limits: "];
    sandbox.run(SUMMARIZE).code(2).stderr_has(expected).check();
}

/// A run that was killed leaves whole files, and the next one writes the others.
#[test]
fn a_template_folder_that_was_begun_is_completed_and_no_other_is_touched() {
    let sandbox = with("usual", PLAIN);
    let template = "config template made answers.json --config clinic.toml";
    sandbox.run(template).stdout("made\n").stderr_any().check();
    let path = |name: &str| sandbox.path(&format!("made/{name}"));
    let whole = std::fs::read(path("data.json")).expect("a file");
    sandbox.run(template).code(2).stderr_has(["the folder made is not empty"]).check();
    std::fs::remove_file(path("data.json")).expect("the file can be removed");
    sandbox.run(template).stdout("made\n").stderr_any().check();
    assert!(std::fs::read(path("data.json")).expect("a file") == whole);
    std::fs::write(path("data.json"), "mine").expect("a file");
    sandbox.run(template).code(2).stderr_has(["the folder made is not empty"]).check();
    assert_eq!(sandbox.read("made/data.json"), "mine");
}
