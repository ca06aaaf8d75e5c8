//! Converts raw rules and checks that each depends on a chosen concern.

use super::conditions::condition;
use super::references::{KnownNames, check_unique};
use super::reviews::review;
use super::statements::StatementsByKind;
use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use crate::pack::condition::{Condition, Test};
use crate::pack::files::ParsedFile;
use crate::pack::question::{Question, Role};
use crate::pack::raw::{QuestionsFile, RawKind, RawRule, RawSay, RulesFile, StatementsFile};
use crate::pack::statement::{Ask, Rule, RuleOutcome};

pub(super) fn check(
    file: &ParsedFile<'_, RulesFile>,
    by_kind: &StatementsByKind<'_>,
    statements_file: &ParsedFile<'_, StatementsFile>,
    all_questions: &[Question],
    questions_file: &ParsedFile<'_, QuestionsFile>,
) -> Vec<Rule> {
    let Some(raw) = &file.raw else { return Vec::new() };
    let sink = &file.sink;
    check_unique("rules", raw.rules.iter().map(|rule| &rule.id), sink);
    let names = StatementNames {
        benefits: by_kind.names(RawKind::Benefit, "benefit or not-covered statement", statements_file.is_complete),
        not_covered: by_kind.names(RawKind::NotCovered, "not-covered statement", statements_file.is_complete),
        limits: by_kind.names(RawKind::Limit, "limit", statements_file.is_complete),
        asks: by_kind.names(RawKind::Ask, "statement of the kind `ask`", statements_file.is_complete),
    };
    let concerns = all_questions.iter().position(|question| question.role == Role::Concerns);
    let rules: Vec<Rule> = raw
        .rules
        .iter()
        .filter_map(|raw| check_rule(raw, &names, concerns, all_questions, questions_file.is_complete, sink))
        .collect();
    if let (Some(concerns), true) =
        (concerns, file.is_complete && questions_file.is_complete && rules.len() == raw.rules.len())
    {
        check_every_option_has_rule(questions_file, all_questions, concerns, &rules);
    }
    rules
}

/// Sets the condition of each question to ask: it applies if one of the rules that name it fires.
pub(super) fn set_ask_conditions(asks: &mut [Ask], rules: &[Rule]) {
    for (index, ask) in asks.iter_mut().enumerate() {
        let names_it = |outcome: &RuleOutcome| match outcome {
            RuleOutcome::Benefit { ask, .. } => ask.contains(&index),
            RuleOutcome::NotCovered(_) => false,
        };
        let naming = rules.iter().filter(|rule| rule.say.iter().any(names_it));
        let conditions: Vec<Condition> = naming.map(|rule| rule.when.clone()).collect();
        ask.when = (!conditions.is_empty()).then_some(Condition::Any(conditions));
    }
}

struct StatementNames<'n> {
    benefits: KnownNames<'n>,
    not_covered: KnownNames<'n>,
    limits: KnownNames<'n>,
    asks: KnownNames<'n>,
}

fn check_rule(
    raw: &RawRule,
    names: &StatementNames<'_>,
    concerns: Option<usize>,
    all: &[Question],
    is_complete: bool,
    sink: &Reporter<'_>,
) -> Option<Rule> {
    if raw.say.is_empty() {
        sink.report(
            Diagnostic::new("empty-rule", raw.id.span.clone(), "this rule prints no statement")
                .hint("add a statement to `say`"),
        );
    }
    check_unique("statements in this rule", raw.say.iter().map(|say| &say.statement), sink);
    let overview = raw.overview.as_ref().is_some_and(|flag| flag.value);
    let say: Vec<RuleOutcome> = raw.say.iter().filter_map(|say| check_outcome(say, overview, names, sink)).collect();
    let when = condition(&raw.when, all, is_complete, sink)?;
    if concerns.is_some_and(|concerns| !when.requires_option_of(concerns)) {
        sink.report(
            Diagnostic::new("rule-without-answer", raw.id.span.clone(), format!("the rule `{}` can fire without a chosen concern", raw.id.as_str()))
                .hint("require an option of the `concerns` question in `when`: the page names the answer that led to each line"),
        );
    }
    Some(Rule { id: raw.id.value.clone(), when, overview, say })
}

fn check_outcome(raw: &RawSay, overview: bool, names: &StatementNames<'_>, sink: &Reporter<'_>) -> Option<RuleOutcome> {
    let editorial = raw.editorial.as_ref().is_some_and(|flag| flag.value);
    let sign_off = review(raw.signed_off_by.as_ref(), raw.signed_off_on.as_ref(), None, sink);
    if let (Some(by), false) = (&raw.signed_off_by, editorial) {
        sink.report(
            Diagnostic::new("useless-field", by.span.clone(), "only an editorial link can have a sign-off")
                .hint("remove it, or mark the link with `\"editorial\": true`"),
        );
    }
    if let Some(statement) = names.not_covered.position(&raw.statement) {
        let list = raw.limits.first().or(raw.ask.first());
        let place: Option<&Spanned<String>> = list.or((overview || editorial).then_some(&raw.statement));
        if let Some(place) = place {
            sink.report(
                Diagnostic::new(
                    "useless-field",
                    place.span.clone(),
                    "a not-covered statement has no limits, questions to ask, overview or editorial link",
                )
                .hint("remove it"),
            );
        }
        return Some(RuleOutcome::NotCovered(statement));
    }
    let benefit = names.benefits.find(&raw.statement, sink)?;
    check_unique("limits", raw.limits.iter(), sink);
    let limits = raw.limits.iter().filter_map(|limit| names.limits.find(limit, sink)).collect();
    check_unique("questions to ask", raw.ask.iter(), sink);
    let ask = raw.ask.iter().filter_map(|ask| names.asks.find(ask, sink)).collect();
    Some(RuleOutcome::Benefit { benefit, limits, ask, editorial, signed_off: sign_off.by.zip(sign_off.on) })
}

/// Checks that at least one rule tests each option of the concerns question.
fn check_every_option_has_rule(
    questions_file: &ParsedFile<'_, QuestionsFile>,
    all: &[Question],
    concerns: usize,
    rules: &[Rule],
) {
    let raw = questions_file.raw.iter().flat_map(|file| &file.questions).nth(concerns);
    for (index, option) in raw.iter().flat_map(|raw| &raw.options).enumerate() {
        let tests_option = |rule: &Rule| {
            rule.when.tests().iter().any(|(question, test)| *question == concerns && **test == Test::Chosen(index))
        };
        if !rules.iter().any(tests_option) {
            let message = format!("no rule tests the option `{}` of `{}`", option.code.as_str(), all[concerns].id);
            questions_file.sink.report(
                Diagnostic::new("option-without-rule", option.code.span.clone(), message)
                    .hint("add a rule that prints a benefit or a not-covered statement for it"),
            );
        }
    }
}
