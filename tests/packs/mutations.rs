//! Random mutations of a good pack: nothing panics, and what loads keeps its promises.

use super::{everything, today};
use preconsult::interview::{Answers, Interview, asked};
use preconsult::pack::{Language, Pack, PackFiles, Role, Say};
use preconsult::summary::{Copy, Setting, Summary};

/// A small generator of numbers, so that each run makes the same mutations (xorshift).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

/// One change to one file, of one of several kinds.
fn mutate(files: &mut PackFiles, random: &mut Random) -> String {
    let names: Vec<String> = files.texts.keys().cloned().collect();
    let name = names[random.below(names.len())].clone();
    let text = files.texts.get_mut(&name).unwrap();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = random.below(lines.len());
    let kind = random.below(8);
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
        "null",
        "true",
        "-1",
        "99999999999999999999999999999",
        "\\u0000",
        "💥",
        "{for}",
        "\"x\"",
    ];
    match kind {
        0 => *text = without(&lines, line),
        1 => *text = with_again(&lines, line),
        2 => {
            let at = (0..=random.below(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            text.insert_str(at, pieces[random.below(pieces.len())]);
        }
        3 => {
            let at = (0..=random.below(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            text.truncate(at);
        }
        4 => swap_values(text, random),
        5 => _ = files.texts.remove(&name),
        6 => {
            let at = text.char_indices().map(|(at, _)| at).nth(random.below(text.chars().count())).unwrap();
            text.remove(at);
        }
        _ => {
            let other = names[random.below(names.len())].clone();
            let taken = files.texts[&other].clone();
            files.texts.insert(name.clone(), taken);
        }
    }
    format!("mutation {kind} of {name}:{}", line + 1)
}

fn without(lines: &[String], line: usize) -> String {
    lines.iter().enumerate().filter(|(at, _)| *at != line).map(|(_, line)| format!("{line}\n")).collect()
}

fn with_again(lines: &[String], line: usize) -> String {
    lines
        .iter()
        .enumerate()
        .flat_map(|(at, text)| vec![text; if at == line { 2 } else { 1 }])
        .map(|l| format!("{l}\n"))
        .collect()
}

/// Exchanges two quoted texts, so that the file stays JSON and means something else.
fn swap_values(text: &mut String, random: &mut Random) {
    let parts: Vec<&str> = text.split('"').collect();
    let quoted = parts.len() / 2;
    let (one, other) = (random.below(quoted) * 2 + 1, random.below(quoted) * 2 + 1);
    let mut parts: Vec<String> = parts.into_iter().map(str::to_owned).collect();
    if one < parts.len() && other < parts.len() {
        parts.swap(one, other);
    }
    *text = parts.join("\"");
}

/// The promises that hold for any pack that has loaded.
fn keeps_its_promises(pack: &Pack) {
    let statements = &pack.statements;
    assert!(!statements.variability.is_empty() && !statements.safety.is_empty() && !statements.consult.is_empty());
    for (kind, statement) in statements.all() {
        assert!(kind == "not-covered" || !statement.cites.is_empty(), "{} has no source", statement.id);
        for cites in &statement.cites {
            assert!(cites.item < pack.sources[cites.source].items.len());
        }
    }
    let concerns = pack.with_role(Role::Concerns).expect("a pack asks for concerns");
    for rule in &pack.rules {
        assert!(!rule.say.is_empty());
        for say in &rule.say {
            match say {
                Say::Benefit { benefit, .. } => assert!(*benefit < statements.benefits.len()),
                Say::NotCovered(statement) => assert!(*statement < statements.not_covered.len()),
            }
        }
    }
    // Nothing is known yet: nothing is printed, and the first questions can be asked.
    assert!(asked(pack, &Answers::new()).iter().any(|slot| slot.question == concerns));
    let mut interview = Interview::new(pack, Answers::new());
    if let Ok(finished) = interview.finish() {
        for (tag, _) in pack.languages.iter().zip(0..) {
            let setting = Setting {
                date: today(),
                language: pack.language(tag).unwrap_or_default(),
                asked_in: Language::default(),
                copy: Copy::Patient,
                filled_in_by: None,
            };
            assert!(Summary::new(&finished, setting).benefits.is_empty());
        }
    }
}

#[test]
fn mutations_never_panic_and_never_load_with_a_promise_broken() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut loaded, mut refused) = (0, 0);
    for round in 0..240 {
        let mut files = everything();
        let changes: Vec<String> = (0..=random.below(2)).map(|_| mutate(&mut files, &mut random)).collect();
        let result = std::panic::catch_unwind(|| (Pack::load(&files), Pack::check(&files, today()).is_ok()));
        let (load, check) = result.unwrap_or_else(|_| panic!("round {round} panicked after {changes:?}"));
        assert!(load.is_ok() || !check, "round {round} checks and does not load after {changes:?}");
        match load {
            Ok(pack) => {
                keeps_its_promises(&pack);
                loaded += 1;
            }
            Err(problems) => {
                assert!(!problems.list().is_empty() && !problems.render(false).is_empty());
                refused += 1;
            }
        }
    }
    // A test in which all mutations are refused, or none is, would say nothing.
    assert!(loaded >= 10 && refused >= 60, "{loaded} loaded, {refused} refused");
}
