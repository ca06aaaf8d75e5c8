//! The complete fixed table from concern to source item as text, for the person who signs it off.

use super::concern_links::{Link, links};
use super::condition_text::{condition_as_ids, condition_as_titles};
use crate::pack::{Language, Pack, QuestionType, Role, RuleOutcome, Statement};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Formats the table, the statements with their sources, and what waits for sign-off.
#[must_use]
pub fn show(pack: &Pack, language: Language) -> String {
    let mut page = String::new();
    let title = pack.title.in_language(language);
    let _ = writeln!(page, "{title}\n{} {} ({})\n", pack.id, pack.version, pack.hash);
    let _ = writeln!(page, "FROM CONCERN TO SOURCE");
    let mut editorial = Vec::new();
    let links = links(pack);
    if let Some(concerns) = pack.with_role(Role::Concerns) {
        for (index, choice) in pack.questions[concerns].shape.choices().iter().enumerate() {
            let _ = writeln!(page, "\n  {:<24} {}", choice.code, choice.text.in_language(language));
            for link in links.iter().filter(|link| link.choice == index) {
                write_link(&mut page, pack, language, link, &mut editorial);
            }
        }
    }
    let _ = writeln!(page, "\n\nSTATEMENTS");
    let statements = &pack.statements;
    let mut write = |kind: &str, statement: &Statement, more: &str| {
        let cites: Vec<String> = statement.cites.iter().map(|cites| pack.citation_text(*cites)).collect();
        let strength = statement.modality.as_ref().map(|modality| format!(", strength {modality}")).unwrap_or_default();
        let _ = writeln!(
            page,
            "\n  {} ({kind}{strength}{more})\n    {}",
            statement.id,
            statement.text.in_language(language)
        );
        let _ = writeln!(
            page,
            "    source: {}",
            if cites.is_empty() { "none: it makes no claim".to_owned() } else { cites.join(", ") }
        );
        if !statement.explains.is_empty() {
            let _ = writeln!(page, "    without a word of strength: {}", numbers(&statement.explains));
        }
    };
    write("note, on every copy", &statements.procedure, "");
    for benefit in &statements.benefits {
        let limits: Vec<&str> = benefit.limits.iter().map(|limit| statements.limits[*limit].id.as_str()).collect();
        let more = if limits.is_empty() { String::new() } else { format!(", always with {}", limits.join(", ")) };
        write("benefit", &benefit.statement, &more);
    }
    statements.limits.iter().for_each(|limit| write("limit", limit, ""));
    for variability in &statements.variability {
        let related: Vec<&str> =
            variability.questions.iter().map(|question| pack.questions[*question].id.as_str()).collect();
        write(
            "variability, on every copy",
            &variability.statement,
            &format!(", with the answers to {}", related.join(", ")),
        );
    }
    statements.safety.iter().for_each(|safety| write("safety, on every copy", safety, ""));
    statements.consult.iter().for_each(|consult| write("consult, on every copy", consult, ""));
    statements.not_covered.iter().for_each(|not_covered| write("not covered", not_covered, ""));

    let _ = writeln!(page, "\n\nOPEN");
    match (&pack.review.by, pack.review.on) {
        (Some(by), Some(on)) => drop(writeln!(page, "\n  reviewed by {by} on {on}")),
        _ => drop(writeln!(page, "\n  not yet reviewed by a clinician")),
    }
    for link in editorial {
        let _ = writeln!(page, "  editorial link, waits for sign-off: {link}");
    }
    for (index, source) in pack.sources.iter().enumerate() {
        let unnamed: Vec<&str> =
            [("author", &source.author), ("publisher", &source.publisher), ("date", &source.published)]
                .into_iter()
                .filter_map(|(what, value)| value.is_none().then_some(what))
                .collect();
        if !unnamed.is_empty() {
            let _ = writeln!(page, "  the source {} ({}) names no {}", source.id, source.title, unnamed.join(", no "));
        }
        for item in pack.uncited_items(index) {
            let title = item.title.in_language(language);
            let _ = writeln!(page, "  left out on purpose: {}#{} ({title})", source.id, item.id);
        }
        let _ = writeln!(page, "  the source {} has SHA-256 {}", source.id, source.sha256);
    }
    page
}

/// Lists the numbers of sentences, counted from 1.
pub(super) fn numbers(sentences: &[usize]) -> String {
    let numbers: Vec<String> = sentences.iter().map(|index| format!("sentence {}", index + 1)).collect();
    numbers.join(", ")
}

/// Formats every question with its type, its codes and its condition, for authors of answers files.
#[must_use]
pub fn show_questions(pack: &Pack, language: Language) -> String {
    let mut page = String::new();
    for question in &pack.questions {
        let text = question.text.in_language(language);
        let kind = match &question.shape {
            QuestionType::SingleChoice(options) if options.yes_no => "true or false".to_owned(),
            QuestionType::SingleChoice(_) => "one code".to_owned(),
            QuestionType::MultipleChoice(_) => "a list of codes".to_owned(),
            QuestionType::Text(limit) => format!("text, at most {limit} characters"),
            QuestionType::Number(_) => "a number".to_owned(),
            QuestionType::Date(..) => "a date, YYYY-MM-DD".to_owned(),
            QuestionType::Quantity(..) => "{\"value\": number, \"unit\": code}".to_owned(),
        };
        let repeats = question
            .for_each
            .as_ref()
            .map(|for_each| format!(", for each of {}", pack.questions[for_each.question].id));
        let required = if question.required { ", required" } else { "" };
        let own = question.shape.options().and_then(|options| options.free_text);
        let own = own.map(|limit| format!(", optional free text, at most {limit} characters")).unwrap_or_default();
        let when = question
            .when
            .as_ref()
            .map(|when| format!("\n  asked when {}", condition_as_ids(when, pack)))
            .unwrap_or_default();
        let _ = writeln!(page, "{}: {kind}{}{required}{own}{when}\n  {text}", question.id, repeats.unwrap_or_default());
        for choice in question.shape.choices() {
            // Answers files have true and false; conditions and the line prompter have yes and no.
            let code = match (&question.shape, choice.code.as_str()) {
                (QuestionType::SingleChoice(options), code) if options.yes_no => {
                    if code == "yes" {
                        "true"
                    } else {
                        "false"
                    }
                }
                (_, code) => code,
            };
            let _ = writeln!(page, "    {code:<24} {}", choice.text.in_language(language));
        }
        page.push('\n');
    }
    page
}

fn write_link(page: &mut String, pack: &Pack, language: Language, link: &Link<'_>, waiting: &mut Vec<String>) {
    let statements = &pack.statements;
    let code = pack.with_role(Role::Concerns).map(|index| &pack.questions[index].shape.choices()[link.choice].code);
    for outcome in &link.rule.say {
        let _ = match outcome {
            RuleOutcome::NotCovered(statement) => writeln!(page, "      -> {}", statements.not_covered[*statement].id),
            RuleOutcome::Benefit { benefit, limits, ask, editorial, signed_off } => {
                let benefit = &statements.benefits[*benefit];
                let cites: Vec<String> =
                    benefit.statement.cites.iter().map(|cites| pack.citation_text(*cites)).collect();
                let all: BTreeSet<usize> = benefit.limits.iter().chain(limits).copied().collect();
                let limits: Vec<&str> = all.iter().map(|limit| statements.limits[*limit].id.as_str()).collect();
                let mut notes = String::new();
                if link.rule.overview {
                    notes.push_str("  (overview, unmatched)");
                }
                if !limits.is_empty() {
                    let _ = write!(notes, "  with {}", limits.join(", "));
                }
                match (editorial, signed_off) {
                    (false, _) => {}
                    (true, Some((by, on))) => _ = write!(notes, "  EDITORIAL, signed off by {by} on {on}"),
                    (true, None) => {
                        notes.push_str("  EDITORIAL");
                        waiting.extend(code.map(|code| format!("{code} -> {}", cites.join(", "))));
                    }
                }
                if !ask.is_empty() {
                    let asks: Vec<&str> = ask.iter().map(|ask| statements.ask[*ask].statement.id.as_str()).collect();
                    let _ = write!(notes, "  and asks {}", asks.join(", "));
                }
                writeln!(page, "      -> {:<28} {}{notes}", cites.join(", "), benefit.statement.id)
            }
        };
        if let Some(only_if) = &link.only_if {
            let _ = writeln!(page, "         only if {}", condition_as_titles(only_if, pack, language));
        }
    }
}
