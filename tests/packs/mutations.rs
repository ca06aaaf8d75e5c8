//! Random mutations of a good pack: nothing panics, and what loads keeps its promises.

use super::draw::Draw;
use super::{everything, today};
use preconsult::interview::{Answers, Given, Slot, asked};
use preconsult::pack::{Language, Pack, PackFiles, Role, Say};
use preconsult::summary::{Because, BenefitLine, Copy, Setting, Summary};

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
    assert!(asked(pack, &Answers::new()).iter().any(|slot| slot.question == concerns));
}

/// The promises that hold for every page of a pack that has loaded; whether the page had a benefit.
fn keeps_its_promises_in_print(pack: &Pack, checks: bool, random: &mut Random) -> bool {
    let numbers: Vec<u16> = (0..random.below(120)).map(|_| u16::try_from(random.below(65_536)).unwrap()).collect();
    let finished = Draw::of(&numbers).finished(pack);
    let language = pack.language(&pack.languages[random.below(pack.languages.len())]).unwrap();
    let copy = [Copy::Patient, Copy::Clinician][random.below(2)];
    let setting = Setting { date: today(), language, asked_in: Language::default(), copy, filled_in_by: None };
    let summary = Summary::new(&finished, setting);
    let lines: Vec<&BenefitLine> = summary.benefits.iter().chain(&summary.overview).collect();
    let concerns = pack.with_role(Role::Concerns).unwrap();
    let chosen: Vec<&str> = finished.answers()[&Slot::plain(concerns)]
        .given()
        .map_or(&[][..], Given::chosen)
        .iter()
        .map(|choice| pack.questions[concerns].shape.choices()[*choice].code.as_str())
        .collect();
    let is_reason = |because: &Because| {
        because.question != pack.questions[concerns].id || chosen.contains(&because.answer.as_str())
    };
    let statement = |id: &str| pack.statements.all().find(|(_, statement)| statement.id == id).unwrap().1;
    for line in &lines {
        let benefit = pack.statements.benefits.iter().find(|benefit| benefit.statement.id == line.line.id).unwrap();
        assert!(
            !line.line.cites.is_empty() && !line.because.is_empty() && line.because.iter().all(is_reason),
            "{line:?}"
        );
        assert_eq!(line.line.text.as_str(), statement(&line.line.id).text.in_language(language).as_str());
        let limits: Vec<&str> = line.limits.iter().map(|limit| limit.id.as_str()).collect();
        let has = |limit: &usize| limits.contains(&pack.statements.limits[*limit].id.as_str());
        assert!(benefit.limits.iter().all(has), "{line:?} lacks a limit");
        assert!(line.limits.iter().all(|limit| !limit.cites.is_empty()), "{line:?}");
    }
    assert_eq!(summary.variability.len(), pack.statements.variability.len());
    assert_eq!(summary.safety.len(), pack.statements.safety.len());
    assert_eq!(summary.consult.len(), pack.statements.consult.len());
    let caveats = summary.variability.iter().map(|line| &line.line).chain(&summary.safety).chain(&summary.consult);
    assert!(caveats.chain([&summary.procedure]).all(|line| !line.cites.is_empty() && !line.text.as_str().is_empty()));
    // That every concern ends somewhere is what a check proves.
    let brought =
        lines.iter().flat_map(|line| &line.because).chain(summary.not_covered.iter().flat_map(|line| &line.because));
    let brought: Vec<&str> = brought.map(|because| because.answer.as_str()).collect();
    assert!(!checks || chosen.iter().all(|code| brought.contains(code)), "{chosen:?} brought {brought:?}");
    !lines.is_empty()
}

#[test]
fn mutations_never_panic_and_never_load_with_a_promise_broken() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut loaded, mut refused, mut benefits) = (0, 0, 0);
    for round in 0..240 {
        let mut files = everything();
        let changes: Vec<String> = (0..=random.below(2)).map(|_| mutate(&mut files, &mut random)).collect();
        let result = std::panic::catch_unwind(|| (Pack::load(&files), Pack::check(&files, today()).is_ok()));
        let (load, checks) = result.unwrap_or_else(|_| panic!("round {round} panicked after {changes:?}"));
        assert!(load.is_ok() || !checks, "round {round} checks and does not load after {changes:?}");
        match load {
            Ok(pack) => {
                keeps_its_promises(&pack);
                benefits += (0..8).filter(|_| keeps_its_promises_in_print(&pack, checks, &mut random)).count();
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
    // Nor would pages without a benefit.
    assert!(benefits >= 40, "{benefits} pages with a benefit");
}
