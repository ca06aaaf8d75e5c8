//! JSON, indented, with a line break at the end.

use crate::summary::Summary;

pub(super) fn render(summary: &Summary) -> String {
    format!("{:#}\n", summary.to_json())
}
