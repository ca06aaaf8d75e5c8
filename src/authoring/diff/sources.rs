//! Compares the sources of two packs, their reviews and their sign-offs.

use super::texts::{compare_facts, compare_names};
use crate::pack::{Pack, Review, RuleOutcome, Source};
use std::collections::BTreeMap;

pub(super) fn compare(old: &Pack, new: &Pack, report: &mut Vec<String>) {
    let names = |pack: &Pack| pack.sources.iter().map(|source| source.id.clone()).collect::<Vec<_>>();
    compare_names("the source", &names(old), &names(new), report);
    for source in &old.sources {
        let Some(now) = new.sources.iter().find(|known| known.id == source.id) else { continue };
        let what = format!("the source `{}`", source.id);
        compare_facts(&what, &source_facts(source), &source_facts(now), report);
        let items = |source: &Source| source.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
        compare_names(&format!("{what}: the item"), &items(source), &items(now), report);
    }
    compare_facts("the pack", &review_facts(&old.review), &review_facts(&new.review), report);
    for (_, statement) in old.statements.all() {
        let Some((_, now)) = new.statements.all().find(|(_, known)| known.id == statement.id) else { continue };
        let what = format!("the statement `{}`", statement.id);
        compare_facts(&what, &review_facts(&statement.review), &review_facts(&now.review), report);
    }
    let (before, after) = (sign_offs(old), sign_offs(new));
    for (link, signed) in &before {
        let Some(now) = after.get(link) else { continue };
        let what = format!("the editorial link `{}` -> `{}`", link.0, link.1);
        compare_facts(&what, &[("signed off", signed.clone())], &[("signed off", now.clone())], report);
    }
}

fn source_facts(source: &Source) -> Vec<(&'static str, String)> {
    let or_none =
        |text: &Option<crate::printable::Printable>| text.as_ref().map(ToString::to_string).unwrap_or_default();
    vec![
        ("title", source.title.to_string()),
        ("author", or_none(&source.author)),
        ("publisher", or_none(&source.publisher)),
        ("date", or_none(&source.published)),
        ("SHA-256", source.sha256.clone()),
    ]
}

fn review_facts(review: &Review) -> Vec<(&'static str, String)> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    vec![
        ("reviewed by", review.by.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("reviewed on", day(review.on)),
        ("next review due", day(review.due)),
    ]
}

/// Maps the rule and the statement of each editorial link to who signed it off, and when.
fn sign_offs(pack: &Pack) -> BTreeMap<(&str, &str), String> {
    let mut all = BTreeMap::new();
    for rule in &pack.rules {
        for outcome in &rule.say {
            if let RuleOutcome::Benefit { benefit, editorial: true, signed_off, .. } = outcome {
                let statement = pack.statements.benefits[*benefit].statement.id.as_str();
                let signed = signed_off.as_ref().map(|(by, on)| format!("by {by} on {on}"));
                all.insert((rule.id.as_str(), statement), signed.unwrap_or_default());
            }
        }
    }
    all
}
