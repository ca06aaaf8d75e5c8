//! Promise 1: every printed claim has a source, its limits and the answer that led to it, and its caveats are printed.

use crate::properties::page::{PAGES, one_line, page, plain, setting};
use crate::properties::{CASES, FEWER};
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::strategies::{Draw, numbers};
use crate::support::thoroughness::cases;
use preconsult::answer::{Answer, AnswerKey, AnswerValue};
use preconsult::interview::Finished;
use preconsult::pack::{Language, Pack, Role, RuleOutcome, Statement};
use preconsult::summary::{Because, BenefitLine, Line, Summary};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseResult;

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn every_line_has_its_source_its_limits_and_its_answer(draw in numbers()) {
        check_lines(&BUILT_IN, draw)?;
    }

    #[test]
    fn every_page_prints_the_claims_with_their_marks_and_all_caveats(draw in numbers()) {
        check_pages(&BUILT_IN, draw)?;
    }

    #[test]
    fn every_concern_leads_to_a_benefit_the_overview_or_a_not_covered_line(draw in numbers()) {
        check_concerns(&BUILT_IN, draw)?;
    }
}

proptest! {
    #![proptest_config(cases(FEWER))]

    #[test]
    fn every_line_has_its_source_its_limits_and_its_answer_in_another_pack(draw in numbers()) {
        check_lines(&EVERY_KIND, draw)?;
    }

    #[test]
    fn every_concern_leads_to_a_benefit_the_overview_or_a_not_covered_line_in_another_pack(draw in numbers()) {
        check_concerns(&EVERY_KIND, draw)?;
    }

    #[test]
    fn every_page_prints_the_claims_with_their_marks_and_all_caveats_in_another_pack(draw in numbers()) {
        check_pages(&EVERY_KIND, draw)?;
    }
}

/// Returns whether a statement may cite this item.
fn is_source(pack: &Pack, cite: &str) -> bool {
    cite.split_once('#').is_some_and(|(source, item)| {
        let source = pack.sources.iter().find(|known| known.id == source);
        source.is_some_and(|source| source.items.iter().any(|known| known.id == item))
    })
}

fn check_lines(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let finished = draw.finished(pack);
    let summary = Summary::new(&finished, setting(&mut draw, pack));
    for benefit in summary.benefits.iter().chain(&summary.overview) {
        check_benefit(pack, &finished, benefit)?;
    }
    let ids = |lines: &[Line]| lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>();
    let statement_ids =
        |statements: &[Statement]| statements.iter().map(|statement| statement.id.clone()).collect::<Vec<_>>();
    prop_assert_eq!(&summary.procedure.id, &pack.statements.procedure.id);
    prop_assert_eq!(ids(&summary.safety), statement_ids(&pack.statements.safety));
    prop_assert_eq!(ids(&summary.consult), statement_ids(&pack.statements.consult));
    let variability: Vec<&str> = summary.variability.iter().map(|line| line.line.id.as_str()).collect();
    let expected: Vec<&str> = pack.statements.variability.iter().map(|line| line.statement.id.as_str()).collect();
    prop_assert_eq!(variability, expected);
    let varying = summary.variability.iter().map(|line| &line.line);
    for line in varying.chain(&summary.safety).chain(&summary.consult).chain([&summary.procedure]) {
        prop_assert!(!line.cites.is_empty() && line.cites.iter().all(|cite| is_source(pack, cite)), "{line:?}");
    }
    Ok(())
}

fn check_benefit(pack: &Pack, finished: &Finished<'_>, benefit: &BenefitLine) -> TestCaseResult {
    let BenefitLine { line, limits, because } = benefit;
    let at =
        pack.statements.benefits.iter().position(|known| known.statement.id == line.id).expect("a benefit of the pack");
    for line in limits.iter().chain([line]) {
        prop_assert!(!line.cites.is_empty() && line.cites.iter().all(|cite| is_source(pack, cite)), "{line:?}");
    }
    prop_assert!(!because.is_empty(), "{benefit:?}");
    let mut expected = pack.statements.benefits[at].limits.clone();
    for Because { question, answer, rule, editorial, .. } in because {
        prop_assert!(is_chosen(finished, question, answer), "{question} = {answer} was not answered");
        let rule = pack.rules.iter().find(|known| known.id == *rule).expect("a rule of the pack");
        let says = rule.say.iter().find_map(|say| match say {
            RuleOutcome::Benefit { benefit, limits, editorial, .. } if *benefit == at => Some((limits, *editorial)),
            _ => None,
        });
        let (further, is_editorial) = says.expect("the rule says this benefit");
        prop_assert_eq!(*editorial, is_editorial);
        expected.extend(further);
    }
    let expected = pack.statements.limits.iter().enumerate().filter(|(at, _)| expected.contains(at));
    let expected: Vec<&str> = expected.map(|(_, limit)| limit.id.as_str()).collect();
    prop_assert_eq!(limits.iter().map(|limit| limit.id.as_str()).collect::<Vec<_>>(), expected);
    Ok(())
}

fn is_chosen(finished: &Finished<'_>, question: &str, code: &str) -> bool {
    let pack = finished.pack();
    let Some(at) = pack.question(question) else { return false };
    let chosen = finished
        .answers()
        .get(&AnswerKey::of_question(at))
        .and_then(Answer::value)
        .map_or(&[][..], AnswerValue::chosen);
    chosen.iter().any(|choice| pack.questions[at].shape.choices()[*choice].code == code)
}

/// Returns an item as citation marks print it.
fn item_mark(pack: &Pack, cite: &str, language: Language) -> String {
    let (source, item) = cite.split_once('#').expect("a source and an item");
    let items = &pack.sources.iter().find(|known| known.id == source).expect("a source of the pack").items;
    let mark = items.iter().find(|known| known.id == item).and_then(|item| item.mark.as_ref());
    let item = mark.map_or_else(|| item.to_owned(), |mark| mark.in_language(language).to_string());
    if pack.sources.len() == 1 { item } else { format!("{source}#{item}") }
}

/// Returns the words that all sentences share at their start, with the space after them.
fn shared_start(lines: &[&Line]) -> String {
    let first = lines[0].text.as_str();
    let ends = first.match_indices(' ').map(|(index, _)| index + 1);
    let mut shared = ends.filter(|end| lines.iter().all(|line| line.text.as_str().starts_with(&first[..*end])));
    first[..shared.next_back().unwrap_or_default()].to_owned()
}

fn check_pages(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let finished = draw.finished(pack);
    let setting = setting(&mut draw, pack);
    let summary = Summary::new(&finished, setting);
    let mark = |cites: &[String]| {
        let items: Vec<String> = cites.iter().map(|cite| item_mark(pack, cite, setting.language)).collect();
        format!("[{}]", items.join(", "))
    };
    let says = |line: &Line| one_line(&format!("{} {}", line.text, mark(&line.cites)));
    let format = PAGES[draw.below(PAGES.len())];
    let text = plain(&page(&summary, format), format);
    let benefits = || summary.benefits.iter().chain(&summary.overview);
    let limits = benefits().flat_map(|benefit| &benefit.limits);
    let printed = benefits().map(|benefit| &benefit.line).chain(limits);
    // The words that all variability sentences share at their start may be printed once.
    let varying: Vec<&Line> = summary.variability.iter().map(|line| &line.line).collect();
    let shared = shared_start(&varying);
    for line in varying {
        let rest = line.text.as_str().strip_prefix(&shared).unwrap_or_default();
        let is_whole = text.contains(&says(line));
        let in_parts =
            text.contains(shared.trim()) && text.contains(&one_line(rest)) && text.contains(&mark(&line.cites));
        prop_assert!(is_whole || in_parts, "{format:?} lacks {:?}\n{text}", says(line));
    }
    for line in printed.chain(&summary.safety).chain(&summary.consult).chain([&summary.procedure]) {
        prop_assert!(text.contains(&says(line)), "{format:?} lacks {:?}\n{text}", says(line));
    }
    for because in benefits().flat_map(|benefit| &benefit.because) {
        prop_assert!(text.contains(&one_line(because.text.as_str())), "{format:?} lacks {:?}\n{text}", because.text);
    }
    prop_assert!(text.contains(&one_line(summary.notice.as_str())), "{format:?} lacks the notice\n{text}");
    for line in &summary.not_covered {
        prop_assert!(text.contains(&one_line(line.text.as_str())), "{format:?} lacks {:?}\n{text}", line.text);
    }
    // A glossary word that a sentence of this copy uses is explained, with its mark; no other word is.
    let printed = benefits().flat_map(|benefit| benefit.limits.iter().chain([&benefit.line]));
    let varying = summary.variability.iter().map(|line| &line.line);
    let printed: Vec<String> = printed
        .chain(varying)
        .chain(summary.safety.iter().chain(&summary.consult).chain([&summary.procedure]))
        .map(|line| line.text.to_string().to_lowercase())
        .collect();
    for term in &pack.glossary {
        let word = term.word.in_language(setting.language).to_string();
        let cites: Vec<String> = term.cites.iter().map(|cites| pack.citation_text(*cites)).collect();
        let meaning = one_line(&format!("{} {}", term.text.in_language(setting.language), mark(&cites)));
        let uses = printed.iter().any(|text| text.contains(&word.to_lowercase()));
        prop_assert_eq!(text.contains(&meaning), uses, "{:?}: {} is explained, or not\n{}", format, word, text);
    }
    // No benefit and no limit is printed that the summary does not have.
    let statements = &pack.statements;
    for statement in statements.benefits.iter().map(|benefit| &benefit.statement).chain(&statements.limits) {
        let has = benefits().any(|benefit| {
            benefit.line.id == statement.id || benefit.limits.iter().any(|limit| limit.id == statement.id)
        });
        let words = one_line(setting.copy.wording(statement).in_language(setting.language).as_str());
        prop_assert_eq!(text.contains(&words), has, "{:?}: {}\n{}", format, words, text);
    }
    Ok(())
}

fn check_concerns(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let finished = draw.finished(pack);
    let summary = Summary::new(&finished, setting(&mut draw, pack));
    let concerns = pack.with_role(Role::Concerns).expect("a pack asks for concerns");
    let brought = summary.benefits.iter().chain(&summary.overview).flat_map(|benefit| &benefit.because);
    let brought: Vec<&str> = brought
        .chain(summary.not_covered.iter().flat_map(|line| &line.because))
        .map(|because| because.answer.as_str())
        .collect();
    let chosen = finished.answers()[&AnswerKey::of_question(concerns)].value().map_or(&[][..], AnswerValue::chosen);
    for choice in chosen {
        let code = &pack.questions[concerns].shape.choices()[*choice].code;
        prop_assert!(brought.contains(&code.as_str()), "{code} led to no statement");
    }
    prop_assert!(summary.overview.is_empty() || summary.benefits.is_empty());
    // In the source's order, each once.
    for lines in [&summary.benefits, &summary.overview] {
        let order: Vec<usize> = lines
            .iter()
            .map(|benefit| {
                pack.statements.benefits.iter().position(|known| known.statement.id == benefit.line.id).expect("known")
            })
            .collect();
        prop_assert!(order.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}");
    }
    Ok(())
}
