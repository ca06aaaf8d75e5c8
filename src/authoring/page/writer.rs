//! The elements that every section uses: texts in all languages, conditions, marks and tables.

use crate::authoring::condition_text::condition_as_titles;
use crate::authoring::coverage::Coverage;
use crate::pack::{Condition, Language, LocalizedText, Pack};
use chrono::NaiveDate;

/// The inputs of every section.
pub(super) struct SignOffPage<'p> {
    pub(super) pack: &'p Pack,
    pub(super) language: Language,
    pub(super) coverage: Option<&'p Coverage>,
    pub(super) date: NaiveDate,
}

impl SignOffPage<'_> {
    pub(super) fn text(&self, wording: &LocalizedText) -> String {
        escape(wording.in_language(self.language).as_str())
    }

    /// Returns the text in the pack's other languages, each as an element with the given name.
    pub(super) fn translations(&self, wording: &LocalizedText, element: &str) -> String {
        let languages = self.pack.each_language().map(|language| (language, self.pack.tag(language)));
        languages
            .filter(|(language, _)| *language != self.language)
            .map(|(language, tag)| {
                let (tag, text) = (escape(tag), escape(wording.in_language(language).as_str()));
                format!("<{element} class=\"other\" lang=\"{tag}\">{text}</{element}>")
            })
            .collect()
    }

    /// Formats a condition with titles and ids.
    pub(super) fn condition(&self, condition: &Condition) -> String {
        escape(&condition_as_titles(condition, self.pack, self.language))
    }

    /// Formats the due date of a review, with a mark if it has passed.
    pub(super) fn due(&self, due: NaiveDate) -> String {
        let past = if due < self.date { " <span class=\"tag gap\">past due</span>" } else { "" };
        format!("{due}{past}")
    }

    /// Returns a mark if no case covers this part of the pack.
    pub(super) fn coverage_gap(&self, part: &str, thing: &str) -> &'static str {
        let part = self.coverage.and_then(|coverage| coverage.parts.iter().find(|known| known.name == part));
        let is_missing = part.is_some_and(|part| part.missing().any(|missing| missing == thing));
        if is_missing { " <span class=\"tag gap\">no case</span>" } else { "" }
    }
}

/// Returns a table; its head is repeated on each printed page.
pub(super) fn table(class: &str, head: &[&str], rows: impl Iterator<Item = String>) -> String {
    let head: String = head.iter().map(|head| format!("<th>{head}</th>")).collect();
    format!(
        "<table class=\"{class}\">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n",
        rows.collect::<Vec<_>>().concat()
    )
}

/// Escapes text for HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
