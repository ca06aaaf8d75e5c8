//! Checks that FHIR R4 can express a pack's questions.

use super::item_tree::ItemTree;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::pack::Checked;

/// Reports every condition of a checked pack that FHIR R4 cannot express, at its place in the pack's files.
#[must_use]
pub fn check_pack(checked: &Checked) -> Diagnostics {
    let Err(unsupported) = ItemTree::new(&checked.pack) else { return Diagnostics::default() };
    let problems = unsupported.refusals.into_iter().map(|refusal| {
        let span = checked.question_spans.condition(refusal.question, &refusal.path);
        Diagnostic::new(refusal.code, span, refusal.message).hint(refusal.hint)
    });
    checked.question_spans.problems(problems)
}
