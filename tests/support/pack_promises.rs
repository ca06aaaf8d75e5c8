//! Invariants of every loaded pack and of its summaries.

use super::strategies::Draw;
use chrono::NaiveDate;
use preconsult::answer::{AnswerKey, AnswerValue, Answers};
use preconsult::interview::asked;
use preconsult::pack::{Language, Pack, Role, RuleOutcome};
use preconsult::summary::{Because, BenefitLine, CopyKind, Summary, SummaryOptions};

/// Asserts the invariants of a loaded pack.
pub(crate) fn keeps_its_promises(pack: &Pack) {
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
                RuleOutcome::Benefit { benefit, .. } => assert!(*benefit < statements.benefits.len()),
                RuleOutcome::NotCovered(statement) => assert!(*statement < statements.not_covered.len()),
            }
        }
    }
    assert!(asked(pack, &Answers::new()).iter().any(|key| key.question == concerns));
}

/// Asserts the invariants of a random summary of a loaded pack. Returns whether the summary had a benefit.
pub(crate) fn keeps_its_promises_in_print(
    pack: &Pack,
    is_checked: bool,
    below: &mut dyn FnMut(usize) -> usize,
) -> bool {
    let date = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    let numbers: Vec<u16> = (0..below(120)).map(|_| u16::try_from(below(65_536)).expect("16 bits")).collect();
    let finished = Draw::of(&numbers).finished(pack);
    let language = pack.language(&pack.languages[below(pack.languages.len())]).expect("a language of the pack");
    let copy = [CopyKind::Patient, CopyKind::Clinician][below(2)];
    let options = SummaryOptions { date, language, asked_in: Language::default(), copy, filled_in_by: None };
    let summary = Summary::new(&finished, options);
    let lines: Vec<&BenefitLine> = summary.benefits.iter().chain(&summary.overview).collect();
    let concerns = pack.with_role(Role::Concerns).expect("concerns");
    let chosen: Vec<&str> = finished.answers()[&AnswerKey::of_question(concerns)]
        .value()
        .map_or(&[][..], AnswerValue::chosen)
        .iter()
        .map(|choice| pack.questions[concerns].shape.choices()[*choice].code.as_str())
        .collect();
    let is_reason = |because: &Because| {
        because.question != pack.questions[concerns].id || chosen.contains(&because.answer.as_str())
    };
    let statement = |id: &str| pack.statements.all().find(|(_, statement)| statement.id == id).expect("a statement").1;
    for line in &lines {
        let benefit =
            pack.statements.benefits.iter().find(|benefit| benefit.statement.id == line.line.id).expect("a benefit");
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
    // Only a checked pack is proven to cover every concern.
    let explained =
        lines.iter().flat_map(|line| &line.because).chain(summary.not_covered.iter().flat_map(|line| &line.because));
    let explained: Vec<&str> = explained.map(|because| because.answer.as_str()).collect();
    assert!(!is_checked || chosen.iter().all(|code| explained.contains(code)), "{chosen:?} explained {explained:?}");
    !lines.is_empty()
}
