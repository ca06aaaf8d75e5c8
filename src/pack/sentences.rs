//! Splits a text into sentences.

/// Iterates over the sentences of a text. A sentence ends at `.`, `?`, `!` or `…` before white space.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut marks = rest.match_indices(['.', '?', '!', '…']).map(|(start, mark)| start + mark.len());
        let end = marks.find(|end| rest[*end..].starts_with(char::is_whitespace));
        let (sentence, more) = rest.split_at(end.unwrap_or(rest.len()));
        rest = more.trim_start();
        (!sentence.is_empty()).then_some(sentence)
    })
}
