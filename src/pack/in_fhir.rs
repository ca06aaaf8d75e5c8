//! What FHIR R4 cannot say of a pack's questions, each at its place.

use super::content::Pack;
use super::files::Loaded;
use super::raw::{QuestionsFile, RawCondition};
use crate::located::{Problem, Span};

/// Reports what cannot be said; it is never said in another way.
pub(super) fn check(pack: &Pack, asked: &Loaded<'_, QuestionsFile>) {
    let Err(refusals) = pack.layout() else { return };
    for refusal in refusals {
        let Some(raw) = asked.raw.as_ref().and_then(|file| file.questions.get(refusal.question)) else { continue };
        let whole = raw.when.as_ref().map_or_else(|| raw.id.span.clone(), |when| when.span.clone());
        let place = raw.when.as_ref().and_then(|when| place(when, &refusal.path)).unwrap_or(whole);
        asked.sink.report(Problem::new(refusal.code, place, refusal.message.clone()).hint(refusal.hint));
    }
}

/// The test at the end of a path into a condition.
fn place(condition: &RawCondition, path: &[usize]) -> Option<Span> {
    match (condition, path.split_first()) {
        (RawCondition::All { all: parts } | RawCondition::Any { any: parts }, Some((at, rest))) => {
            place(parts.get(*at)?, rest)
        }
        (RawCondition::Not { not }, Some((_, rest))) => place(not, rest),
        (RawCondition::Test(test), None) => Some(test.span.clone()),
        _ => None,
    }
}
