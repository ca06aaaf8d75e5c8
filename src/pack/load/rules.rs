//! Rules as written → rules that fire, each resting on an answer that the page can name.

use super::conditions::condition;
use super::references::{KnownNames, check_unique};
use super::reviews::review;
use super::statements::Sorted;
use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use crate::pack::condition::Test;
use crate::pack::files::ParsedFile;
use crate::pack::question::{Question, Role};
use crate::pack::raw::{QuestionsFile, RawKind, RawRule, RawSay, RulesFile, StatementsFile};
use crate::pack::statement::{Rule, RuleOutcome};

pub(super) fn check(
    file: &ParsedFile<'_, RulesFile>,
    sorted: &Sorted<'_>,
    said: &ParsedFile<'_, StatementsFile>,
    all_questions: &[Question],
    asked: &ParsedFile<'_, QuestionsFile>,
) -> Vec<Rule> {
    let Some(raw) = &file.raw else { return Vec::new() };
    let sink = &file.sink;
    check_unique("rules", raw.rules.iter().map(|rule| &rule.id), sink);
    let names = SayNames {
        benefits: sorted.names(RawKind::Benefit, "benefit or not-covered statement", said.whole),
        not_covered: sorted.names(RawKind::NotCovered, "not-covered statement", said.whole),
        limits: sorted.names(RawKind::Limit, "limit", said.whole),
    };
    let concerns = all_questions.iter().position(|question| question.role == Role::Concerns);
    let rules: Vec<Rule> = raw
        .rules
        .iter()
        .filter_map(|raw| check_rule(raw, &names, concerns, all_questions, asked.whole, sink))
        .collect();
    if let (Some(concerns), true) = (concerns, file.whole && asked.whole && rules.len() == raw.rules.len()) {
        check_every_option_ends(asked, all_questions, concerns, &rules);
    }
    rules
}

struct SayNames<'n> {
    benefits: KnownNames<'n>,
    not_covered: KnownNames<'n>,
    limits: KnownNames<'n>,
}

fn check_rule(
    raw: &RawRule,
    names: &SayNames<'_>,
    concerns: Option<usize>,
    all: &[Question],
    whole: bool,
    sink: &Reporter<'_>,
) -> Option<Rule> {
    if raw.say.is_empty() {
        sink.report(
            Diagnostic::new("empty-rule", raw.id.span.clone(), "this rule says nothing")
                .hint("name a statement in `say`"),
        );
    }
    check_unique("statements in this rule", raw.say.iter().map(|say| &say.statement), sink);
    let overview = raw.overview.as_ref().is_some_and(|flag| flag.value);
    let say: Vec<RuleOutcome> = raw.say.iter().filter_map(|say| check_say(say, overview, names, sink)).collect();
    let when = condition(&raw.when, all, whole, sink)?;
    if concerns.is_some_and(|concerns| !when.requires_option_of(concerns)) {
        sink.report(
            Diagnostic::new("rule-without-answer", raw.id.span.clone(), format!("the rule `{}` can fire without a concern that was chosen", raw.id.as_str()))
                .hint("let `when` include an option of the question with the role `concerns`: the page names the answer that brought each line"),
        );
    }
    Some(Rule { id: raw.id.value.clone(), when, overview, say })
}

fn check_say(raw: &RawSay, overview: bool, names: &SayNames<'_>, sink: &Reporter<'_>) -> Option<RuleOutcome> {
    let editorial = raw.editorial.as_ref().is_some_and(|flag| flag.value);
    let signed = review(raw.signed_off_by.as_ref(), raw.signed_off_on.as_ref(), None, sink);
    if let (Some(by), false) = (&raw.signed_off_by, editorial) {
        sink.report(
            Diagnostic::new("useless-field", by.span.clone(), "only an editorial link is signed off by itself")
                .hint("take it out, or mark the link with `\"editorial\": true`"),
        );
    }
    if let Some(statement) = names.not_covered.position(&raw.statement) {
        let place: Option<&Spanned<String>> = raw.limits.first().or((overview || editorial).then_some(&raw.statement));
        if let Some(place) = place {
            sink.report(
                Diagnostic::new(
                    "useless-field",
                    place.span.clone(),
                    "what is not covered has no limits, no overview and no editorial link",
                )
                .hint("take that out"),
            );
        }
        return Some(RuleOutcome::NotCovered(statement));
    }
    let benefit = names.benefits.find(&raw.statement, sink)?;
    check_unique("limits", raw.limits.iter(), sink);
    let limits = raw.limits.iter().filter_map(|limit| names.limits.find(limit, sink)).collect();
    Some(RuleOutcome::Benefit { benefit, limits, editorial, signed_off: signed.by.zip(signed.on) })
}

/// Every concern that can be chosen ends in a benefit, in the overview, or in "not covered".
fn check_every_option_ends(asked: &ParsedFile<'_, QuestionsFile>, all: &[Question], concerns: usize, rules: &[Rule]) {
    let raw = asked.raw.iter().flat_map(|file| &file.questions).nth(concerns);
    for (at, option) in raw.iter().flat_map(|raw| &raw.options).enumerate() {
        let named = |rule: &Rule| {
            rule.when.tests().iter().any(|(question, test)| *question == concerns && **test == Test::Chosen(at))
        };
        if !rules.iter().any(named) {
            let message = format!("no rule speaks of the option `{}` of `{}`", option.code.as_str(), all[concerns].id);
            asked.sink.report(
                Diagnostic::new("option-without-rule", option.code.span.clone(), message)
                    .hint("add a rule that says a benefit for it, or that it is not covered"),
            );
        }
    }
}
