//! The pack from `pack new`: it passes all checks, and the steps of its tutorial work as described.

use super::json_schema::schema_errors;
use super::today;
use crate::support::pack_files::everything;
use preconsult::Diagnostic;
use preconsult::authoring::{Case, Coverage, CoverageGroup, starter};
use preconsult::pack::{Pack, PackFiles};
use std::collections::{BTreeMap, BTreeSet};

fn files() -> BTreeMap<String, String> {
    starter("mine").into_iter().collect()
}

fn pack_files(all: &BTreeMap<String, String>) -> PackFiles {
    let texts = all.iter().filter(|(name, _)| name.ends_with(".json") && !name.contains('/'));
    PackFiles { folder: String::new(), texts: texts.map(|(name, text)| (name.clone(), text.clone())).collect() }
}

fn codes(all: &BTreeMap<String, String>) -> Vec<&'static str> {
    match Pack::check(&pack_files(all), today()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.list().iter().map(|problem| problem.code).collect(),
    }
}

/// Returns the items that no case covers. Panics if a case fails.
fn missing(all: &BTreeMap<String, String>) -> Vec<String> {
    let pack = Pack::load(&pack_files(all)).unwrap();
    let covered = all.iter().filter(|(name, _)| name.starts_with("cases/")).map(|(name, text)| {
        let case = Case::run(&pack, name, text).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(case.differences.is_empty(), "{name}: {:?}", case.differences);
        (name.clone(), case.covered)
    });
    let coverage = Coverage::new(&pack, &covered.collect());
    coverage.parts.iter().flat_map(CoverageGroup::missing).map(str::to_owned).collect()
}

/// Returns the indented blocks of the README in order.
fn blocks(readme: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in readme.lines() {
        match line.strip_prefix("    ") {
            Some(code) => *blocks.last_mut().unwrap() += &format!("{code}\n"),
            None if blocks.last().is_some_and(|block| !block.is_empty()) => blocks.push(String::new()),
            None => {}
        }
    }
    blocks
}

#[test]
fn a_new_pack_is_complete() {
    let all = files();
    assert_eq!(codes(&all), Vec::<&str>::new());
    assert_eq!(missing(&all), Vec::<String>::new());
    assert_eq!(Pack::load(&pack_files(&all)).unwrap().id, "mine");
    for (name, text) in all.iter().filter(|(name, _)| name.ends_with(".json") && !name.starts_with("schema/")) {
        let schema = text.parse::<serde_json::Value>().unwrap()["$schema"].as_str().unwrap().to_owned();
        let folder = if name.starts_with("cases/") { "../" } else { "" };
        let target = schema.strip_prefix(folder).unwrap_or_else(|| panic!("{name}: {schema}"));
        assert!(all.contains_key(target), "{name} names {schema}, which does not exist");
    }
}

/// Pastes the lines of a hint for missing wordings as the hint instructs.
fn paste(text: &str, problem: &Diagnostic) -> String {
    let (instruction, block) = problem.hint.as_deref().unwrap().split_once('\n').unwrap();
    if instruction.starts_with("paste this after the opening brace") {
        return text.replacen('{', &format!("{{\n{block}"), 1);
    }
    let comma =
        if instruction.starts_with("add a comma after this text, paste this below the line") { "," } else { "" };
    assert!(instruction.contains("paste this below the line"), "{instruction}");
    let line = |(index, line): (usize, &str)| {
        if index + 1 == problem.line { format!("{line}{comma}\n{block}\n") } else { format!("{line}\n") }
    };
    text.lines().enumerate().map(line).collect()
}

#[test]
fn missing_wordings_of_a_language_are_lines_to_paste() {
    for id in ["mine", "everything"] {
        let mut files = if id == "mine" { pack_files(&files()) } else { everything() };
        let head = files.texts.get_mut("pack.json").unwrap();
        let languages = head.lines().find(|line| line.contains("\"languages\"")).unwrap().to_owned();
        *head = head.replace(&languages, "  \"languages\": [\"en\", \"es\", \"de\"],");
        let problems_of_languages = |files: &PackFiles| -> Vec<Diagnostic> {
            let problems = Pack::check(files, today()).unwrap_err();
            let is_in_catalogue =
                |problem: &&Diagnostic| ["es.json", "de.json"].iter().any(|name| problem.file.ends_with(name));
            problems.list().iter().filter(is_in_catalogue).cloned().collect()
        };
        let paste_all = |files: &mut PackFiles| {
            // From the end, so that the line numbers of earlier problems stay valid.
            for problem in problems_of_languages(files).iter().rev().filter(|problem| problem.code == "missing-wording")
            {
                let text = files.texts.get_mut(&problem.file).unwrap();
                *text = paste(text, problem);
            }
            // Now each wording exists once, empty, and the files have no other problems.
            let left: BTreeSet<&str> = problems_of_languages(files).iter().map(|problem| problem.code).collect();
            let structural = ["missing-wording", "unknown-wording", "duplicate-key", "syntax", "wrong-type"];
            assert!(left.contains("empty-text"), "{id}: {left:?}");
            assert!(structural.iter().all(|code| !left.contains(code)), "{id}: {left:?} in {}", files.texts["es.json"]);
        };
        for (name, text) in [("es.json", "{ }\n"), ("de.json", "{ \"$schema\": \"x\" }\n")] {
            files.texts.insert(name.to_owned(), text.to_owned());
        }
        assert_eq!(problems_of_languages(&files).len(), 2, "one block for each language");
        paste_all(&mut files);
        // Wordings that are removed at the start, in the middle and at the end are restored in place.
        let whole: Vec<String> = files.texts["es.json"]
            .lines()
            .filter_map(|line| Some(line.trim().trim_end_matches(',').to_owned()).filter(|line| line.starts_with('"')))
            .collect();
        let removed = [0, 3, 4, whole.len() - 2, whole.len() - 1];
        let remaining =
            whole.iter().enumerate().filter(|(index, _)| !removed.contains(index)).map(|(_, line)| line.as_str());
        let text = format!("{{\n  {}\n}}\n", remaining.collect::<Vec<_>>().join(",\n  "));
        files.texts.insert("es.json".to_owned(), text);
        assert_eq!(problems_of_languages(&files).iter().filter(|problem| problem.code == "missing-wording").count(), 3);
        paste_all(&mut files);
    }
}

#[test]
fn the_hash_of_its_source_is_correct() {
    use sha2::{Digest, Sha256};
    let all = files();
    let hash: String = Sha256::digest(&all["source.txt"]).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(Pack::load(&pack_files(&all)).unwrap().sources[0].sha256, hash);
}

/// A temporary folder with a pack, in which commands run as an author would run them.
struct Author(tempfile::TempDir);

impl Author {
    fn new(command: &str) -> Self {
        let author = Self(tempfile::tempdir().unwrap());
        let (code, out) = author.run_in(".", command);
        assert_eq!(code, 0, "{out}");
        author
    }

    fn run_in(&self, folder: &str, command: &str) -> (i32, String) {
        let programs = std::path::Path::new(env!("CARGO_BIN_EXE_preconsult")).parent().unwrap().display().to_string();
        let path = format!("{programs}:{}", std::env::var("PATH").unwrap_or_default());
        let done = std::process::Command::new("sh")
            .args(["-c", command])
            .env("PATH", path)
            .current_dir(self.0.path().join(folder))
            .output()
            .unwrap();
        let text = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (done.status.code().unwrap(), text)
    }

    /// Runs a command in the pack. Checks its exit code and that its output contains the texts.
    fn run(&self, command: &str, code: i32, expected: &[&str]) -> String {
        let (actual, text) = self.run_in("mine", command.trim());
        assert_eq!(actual, code, "{command}: {text}");
        for expected in expected {
            assert!(text.contains(expected), "{command} does not print {expected:?}: {text}");
        }
        text
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join("mine").join(name)
    }

    fn edit(&self, name: &str, edit: impl Fn(&str) -> String) {
        let text = std::fs::read_to_string(self.file(name)).unwrap();
        let edited = edit(&text);
        assert_ne!(text, edited, "{name} is unchanged");
        std::fs::write(self.file(name), edited).unwrap();
    }

    fn add_below(&self, name: &str, mark: &str, new: &str) {
        self.edit(name, |text| {
            let lines = text
                .lines()
                .map(|line| if line.contains(mark) { format!("{line}\n{new}") } else { format!("{line}\n") });
            lines.collect()
        });
    }

    /// Checks that every JSON file of the pack names an existing schema and matches it.
    fn check_schemas(&self) {
        let mut seen = 0;
        for folder in ["", "cases"] {
            for entry in std::fs::read_dir(self.file(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_none_or(|end| end != "json") {
                    continue;
                }
                let value: serde_json::Value = std::fs::read_to_string(&path).unwrap().parse().unwrap();
                let named = value["$schema"].as_str().unwrap_or_else(|| panic!("{} names none", path.display()));
                let schema = std::fs::read_to_string(path.parent().unwrap().join(named))
                    .unwrap_or_else(|error| panic!("{} names {named}: {error}", path.display()));
                assert_eq!(schema_errors(&schema.parse().unwrap(), &value), [""; 0], "{}", path.display());
                seen += 1;
            }
        }
        assert!(seen >= 8, "{seen} files");
    }
}

#[test]
fn the_tutorial_works_as_described() {
    let author = Author::new("preconsult pack new mine");
    let readme = std::fs::read_to_string(author.file("README.md")).unwrap();
    let tutorial = readme.split("## The files").next().unwrap();
    let blocks: Vec<String> = blocks(tutorial).into_iter().filter(|block| !block.is_empty()).collect();
    let [show, page, both, again, explain, copy, option, rule, case, strict, diff] = blocks.as_slice() else {
        panic!("the tutorial has other blocks: {blocks:#?}")
    };
    author.run(show, 0, &["FROM CONCERN TO SOURCE"]);
    author.run(page, 0, &["page.html"]);
    assert!(author.file("page.html").is_file());
    author.run(both, 0, &["no problems", "4 cases passed"]);

    author.edit("statements.json", |text| text.replace("A lower seat can help", "A lower seat will help"));
    let broken =
        author.run(again, 2, &["error[claim-word]", "error[modality-lost]", "2 problems in ./statements.json"]);
    assert_eq!(broken.matches("error[").count(), 2, "{broken}");
    author.run(explain, 0, &["modality-lost\n", "how to fix it"]);
    author.edit("statements.json", |text| text.replace("A lower seat will help", "A lower seat can help"));

    author.run(copy, 0, &[]);
    author.add_below("questions.json", "\"code\": \"nice-color\"", option);
    let report = author.run("preconsult pack check .", 2, &["error[option-without-rule]"]);
    assert_eq!(report.matches("error[").count(), 1, "{report}");
    author.add_below("rules.json", "\"id\": \"color\"", rule);
    author.run("preconsult pack check .", 0, &["no problems"]);
    author.run("preconsult pack test .", 0, &["missing: wishes=soft-seat", "missing: soft\n"]);
    author.run(strict, 2, &[]);
    std::fs::write(author.file("cases/soft-seat.json"), case).unwrap();
    author.run(strict, 0, &["5 cases passed"]);
    author.run(
        diff,
        0,
        &[
            "the option `soft-seat` is new",
            "`not-covered` is now printed because of soft-seat",
            "for example: wishes=soft-seat",
        ],
    );
    author.check_schemas();
}

#[test]
fn a_copy_of_the_built_in_pack_is_complete_and_equal() {
    let author = Author::new("preconsult pack new mine --from microneedling");
    author.run("preconsult pack check .", 0, &["mine 1.1.0: no problems"]);
    author.run("preconsult pack test . --strict", 0, &["47 cases passed"]);
    author.run("preconsult pack diff microneedling .", 0, &["nothing changes for patients"]);
    author.check_schemas();
    let readme = std::fs::read_to_string(author.file("README.md")).unwrap();
    assert!(!readme.contains("rules/microneedling") && readme.contains("preconsult pack show .\n"), "{readme}");
    // The schemas can be written again with the same content.
    let before = std::fs::read_to_string(author.file("schema/rules.schema.json")).unwrap();
    std::fs::remove_dir_all(author.file("schema")).unwrap();
    author.run("preconsult pack schema --out schema", 0, &["schema/rules.schema.json"]);
    assert_eq!(std::fs::read_to_string(author.file("schema/rules.schema.json")).unwrap(), before);
    author.check_schemas();
}

#[test]
fn the_guide_mentions_all_that_an_author_needs() {
    let guide = include_str!("../../rules/microneedling/README.md");
    for word in [
        "signed_off_by",
        "signed_off_on",
        "reviewed_by",
        "review_due",
        "reading_grade",
        "reading_ease",
        "`terms`",
        "`glossary`",
        "allowed_words",
        "banned_words",
        "`explains`",
        "statement_length",
        "pack new",
        "--from microneedling",
        "pack check",
        "pack test",
        "pack diff",
        "--html",
        "pack schema --out",
        "--explain",
        "CHANGES.md",
    ] {
        assert!(guide.contains(word), "rules/microneedling/README.md does not mention {word}");
    }
    let author = Author::new("preconsult pack new mine --from microneedling");
    // Signing off a link as in the guide removes it from the pending items.
    author.edit("rules.json", |text| {
        text.replacen(
            r#"{ "statement": "products-after", "ask": ["products"], "editorial": true }"#,
            r#"{ "statement": "products-after", "ask": ["products"], "editorial": true, "signed_off_by": "A. Clinician", "signed_off_on": "2026-11-20" }"#,
            1,
        )
    });
    let checked = author.run("preconsult pack check . --date 2026-11-24", 0, &["dull-complexion -> texture-and-tone"]);
    assert!(!checked.contains("products-not-working"), "{checked}");
}
