//! Wordings of a pack in all languages.

use crate::diagnostics::{Diagnostic, Reporter, Span, Spanned, nearest};
use crate::pack::files::ParsedFile;
use crate::pack::localized_text::LocalizedText;
use crate::printable::Printable;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

pub(super) type Catalogue = BTreeMap<String, Spanned<String>>;

/// Wordings of a pack in all languages.
pub(super) struct Translations<'f> {
    /// Language tags. The first is the default language, which has no catalogue.
    pub(super) tags: Vec<String>,
    pub(super) others: Vec<ParsedFile<'f, Catalogue>>,
    used: RefCell<BTreeSet<String>>,
    missing: RefCell<Vec<Missing>>,
    /// Span of the last wording found in each catalogue.
    last: RefCell<Vec<Span>>,
}

/// A wording that a catalogue lacks.
struct Missing {
    /// Index of the catalogue.
    other: usize,
    id: String,
    /// Text in the default language.
    default: String,
    /// Span of the wording before it, in the order of the pack.
    after: Span,
}

impl<'f> Translations<'f> {
    pub(super) fn new(tags: Vec<String>, others: Vec<ParsedFile<'f, Catalogue>>) -> Self {
        let last = RefCell::new(vec![0..0; others.len()]);
        Self { tags, others, used: RefCell::default(), missing: RefCell::default(), last }
    }

    /// Returns true if every catalogue was decoded without problems.
    pub(super) fn are_complete(&self) -> bool {
        self.others.iter().all(|other| other.is_complete)
    }

    /// Returns a text in all languages: `default` and the wordings with this id. Records wordings that are missing.
    pub(super) fn get(&self, id: &str, default: &Spanned<String>, sink: &Reporter<'_>) -> LocalizedText {
        self.used.borrow_mut().insert(id.to_owned());
        let mut texts = vec![clean(default, sink)];
        for (index, other) in self.others.iter().enumerate() {
            let Some(catalogue) = &other.raw else {
                texts.push(Printable::default());
                continue;
            };
            let last = &mut self.last.borrow_mut()[index];
            texts.push(if let Some(text) = catalogue.get(id) {
                last.clone_from(&text.span);
                clean(text, &other.sink)
            } else {
                let (id, default) = (id.to_owned(), default.value.clone());
                self.missing.borrow_mut().push(Missing { other: index, id, default, after: last.clone() });
                Printable::default()
            });
        }
        LocalizedText(texts)
    }

    /// Returns a message of the interface in the languages of the pack.
    pub(super) fn message(&self, key: &str) -> LocalizedText {
        LocalizedText::from_messages(&self.tags, key)
    }

    /// Iterates over a text in all languages, with its language tag and the sink of its file.
    pub(super) fn in_all_languages<'t>(
        &'t self,
        id: &str,
        default: &'t Spanned<String>,
        sink: &'t Reporter<'t>,
    ) -> impl Iterator<Item = (&'t str, &'t Spanned<String>, &'t Reporter<'t>)> + use<'t> {
        let others = self.tags.iter().skip(1).zip(&self.others);
        let id = id.to_owned();
        let default_tag = self.tags.first().map_or("en", String::as_str);
        std::iter::once((default_tag, default, sink)).chain(
            others.filter_map(move |(tag, other)| Some((tag.as_str(), other.raw.as_ref()?.get(&id)?, &other.sink))),
        )
    }

    /// Reports missing wordings. Adjacent ones are reported together, with lines to paste after the previous wording.
    pub(super) fn report_missing(&self) {
        let mut missing = self.missing.borrow_mut();
        // They are in the order of the pack; a stable sort groups them by catalogue.
        missing.sort_by_key(|missing| missing.other);
        for block in missing.chunk_by(|one, next| (one.other, &one.after) == (next.other, &next.after)) {
            let Some(first) = block.first() else { continue };
            let sink = &self.others[first.other].sink;
            let texts: Vec<String> = block.iter().map(|missing| format!("“{}”", missing.default)).collect();
            let message = match block {
                [one] => format!("the wording `{}` is missing: {}", one.id, texts[0]),
                _ => format!("{} wordings are missing here, in this order: {}", block.len(), texts.join(" ")),
            };
            let lines: Vec<String> = block.iter().map(|missing| format!("\n  \"{}\": \"\"", missing.id)).collect();
            let (place, comma) = insertion_hint(sink.text(), &first.after);
            let problem = Diagnostic::new("missing-wording", first.after.clone(), message)
                .hint(format!("{place}, and write the wording between the quotes:"))
                .paste(&format!("{}{comma}", lines.join(",")));
            sink.report(problem);
        }
    }

    pub(super) fn report_unused(&self) {
        let (used, missing) = (self.used.borrow(), self.missing.borrow());
        for (index, other) in self.others.iter().enumerate() {
            for (id, text) in other.raw.iter().flatten().filter(|(id, _)| !used.contains(*id)) {
                let problem =
                    Diagnostic::new("unknown-wording", text.span.clone(), format!("nothing uses the wording `{id}`"));
                // Ids of the same kind are similar, so only ids that are missing are suggested.
                let parent = |id: &str| id.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned();
                let missing_ids =
                    missing.iter().filter(|missing| missing.other == index).map(|missing| missing.id.as_str());
                let (siblings, others): (Vec<&str>, Vec<&str>) =
                    missing_ids.partition(|missing| parent(missing) == parent(id));
                let last = |id: &'_ str| id.rsplit('.').next().unwrap_or_default().to_owned();
                let is_similar = |missing: &&&str| nearest(&last(id), [last(missing).as_str()]).is_some();
                let suggestion =
                    siblings.iter().find(is_similar).copied().or_else(|| nearest(id, others.iter().copied()));
                let hint = match (suggestion, siblings.as_slice()) {
                    (Some(suggestion), _) => format!("did you mean `{suggestion}`?"),
                    (None, []) => "check the spelling, or remove the line".to_owned(),
                    (None, missing_ids) => {
                        format!("remove the line, or rename it to a missing wording: {}", missing_ids.join(", "))
                    }
                };
                other.sink.report(problem.hint(hint));
            }
        }
    }
}

/// Returns an instruction for pasting lines after a wording (an empty span means the start), and the comma they need.
fn insertion_hint(text: &str, after: &Span) -> (&'static str, &'static str) {
    let is_start = after.end == 0;
    let rest = if is_start { text.trim_start().get(1..) } else { text.get(after.end..) };
    let is_last = rest.is_none_or(|rest| rest.trim_start().starts_with('}'));
    match (is_start, is_last) {
        (true, is_last) => ("paste this after the opening brace", if is_last { "" } else { "," }),
        (false, true) => ("add a comma after this text, paste this below the line", ""),
        (false, false) => ("paste this below the line", ","),
    }
}

/// Converts a text to a printable line. Reports a text that is empty or that would print differently.
pub(super) fn clean(text: &Spanned<String>, sink: &Reporter<'_>) -> Printable {
    let clean = Printable::line(text);
    if clean.as_str().is_empty() {
        sink.report(Diagnostic::new("empty-text", text.span.clone(), "this text is empty").hint("write a text"));
    } else if clean.as_str() != text.as_str() {
        sink.report(
            Diagnostic::new(
                "unprintable",
                text.span.clone(),
                "this text has spaces, line breaks or characters that cannot be printed",
            )
            .hint(format!("write it as “{}”", clean.as_str())),
        );
    }
    clean
}
