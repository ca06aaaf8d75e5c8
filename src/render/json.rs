//! JSON, indented, with a line break at the end.

pub(super) fn render(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
