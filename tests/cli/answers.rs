//! Answers that many tests share.

/// The shortest complete answers, as a file.
pub(crate) const SHORT: &str = r#"{"format":1,"pack":"microneedling","date":"2026-11-22","answers":{
  "concerns":["acne-scars"],"severity":{"acne-scars":"moderate"},"skin-health":"good","treatments-had":"none","more":false}}
"#;

/// The same answers, as replies to plain lines.
pub(crate) const SHORT_REPLIES: &str = "acne-scars\nmoderate\ngood\nnone\nno\n/done\n";

/// Returns an answers file with these answers, given as JSON.
pub(crate) fn file(answers: &str) -> String {
    format!(r#"{{"format":1,"pack":"microneedling","date":"2026-11-22","answers":{answers}}}"#)
}

/// Returns the answers of [`SHORT`] with others, with `more` set so that all questions are asked.
pub(crate) fn more(further: &str) -> String {
    file(&format!(
        r#"{{"concerns":["acne-scars"],"severity":{{"acne-scars":"moderate"}},"skin-health":"good",
  "treatments-had":"none","more":true,{further}}}"#
    ))
}

/// The questions that follow `more`, for one scar concern.
pub(crate) const QUESTIONS: [&str; 18] = [
    "area",
    "duration",
    "tried",
    "scar-kind",
    "treatments-planned",
    "products",
    "change-hoped-for",
    "history",
    "recent",
    "medicines",
    "reactions",
    "pregnancy",
    "sun",
    "home-roller",
    "to-ask",
    "questions",
    "label",
    "age-band",
];

/// Returns replies for the line prompter: to the required questions and to `question`; all others are skipped.
pub(crate) fn replies_to(question: &str, replies: &str) -> String {
    let position = QUESTIONS.iter().position(|known| *known == question).expect("a question of the list");
    let skips = |count: usize| "/skip\n".repeat(count);
    let (before, after) = (skips(position), skips(QUESTIONS.len() - position - 1));
    format!("acne-scars\nmild\ngood\nnone\nyes\n{before}{replies}\n{after}/done\n")
}
