//! Writes the answers file from which a summary can be built again.

use super::Summary;
use crate::interview::AnswersFile;
use serde_json::Value;

pub(super) fn to_answers(summary: &Summary) -> Value {
    let file = AnswersFile {
        id: summary.id.clone(),
        pack_version: Some(summary.pack_version.clone()),
        language: Some(summary.asked_in.clone()),
        date: Some(summary.date),
        filled_in_by: summary.filled_in_by,
        unassigned: summary.unassigned.clone(),
        answers: summary.given_answers().clone(),
    };
    file.write(summary.pack())
}
