//! Words that no statement may use.

use super::load::{Loaded, Wordings};
use super::raw::{PackFile, StatementsFile};
use crate::located::Problem;
use unicode_segmentation::UnicodeSegmentation;

/// Reports every banned word in a statement, in every language of the pack.
pub(super) fn check(file: &Loaded<'_, StatementsFile>, head: &Loaded<'_, PackFile>, wordings: &Wordings<'_>) {
    let Some(banned) = head.raw.as_ref().map(|head| &head.banned_words) else { return };
    for statement in file.raw.iter().flat_map(|file| &file.statements) {
        for (tag, text, sink) in
            wordings.each_in(&format!("statement.{}", statement.id.value), &statement.text, &file.sink)
        {
            for pattern in banned.get(tag).into_iter().flatten().filter(|pattern| contains(text, pattern)) {
                sink.report(
                    Problem::new(
                        "banned-word",
                        text.span.clone(),
                        format!("the statement `{}` uses `{}`", statement.id.as_str(), pattern.as_str()),
                    )
                    .hint("say it without a promise: the pack bans this word in statements"),
                );
            }
        }
    }
}

/// Whether a text has a phrase of whole words; `*` at the start or the end of a word stands for any letters.
pub(super) fn contains(text: &str, phrase: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.unicode_words().collect();
    let phrase = phrase.to_lowercase();
    let wanted: Vec<&str> = phrase.split_whitespace().collect();
    !wanted.is_empty()
        && words.windows(wanted.len()).any(|window| window.iter().zip(&wanted).all(|(word, wanted)| fits(word, wanted)))
}

fn fits(word: &str, wanted: &str) -> bool {
    match (wanted.strip_prefix('*'), wanted.strip_suffix('*')) {
        (Some(_), Some(_)) => word.contains(wanted.trim_matches('*')),
        (Some(end), None) => word.ends_with(end),
        (None, Some(start)) => word.starts_with(start),
        (None, None) => word == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::contains;

    #[test]
    fn whole_words_and_their_forms() {
        for (text, phrase, found) in [
            ("It can help skin", "can help", true),
            ("It can also help skin", "can help", false),
            ("Scars CAN fade", "can", true),
            ("a scan shows", "can", false),
            ("removal of scars", "remov*", true),
            ("goodwill", "will", false),
            ("La piel mejorará.", "*ará", true),
            ("para la piel", "*ará", false),
            ("es la mejor opción para", "mejor opción", true),
        ] {
            assert_eq!(contains(text, phrase), found, "{phrase} in {text}");
        }
    }
}
