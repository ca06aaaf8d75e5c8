//! The wordings of a pack, in every language.

use crate::diagnostics::{Diagnostic, Reporter, Span, Spanned, nearest};
use crate::pack::files::ParsedFile;
use crate::pack::localized_text::LocalizedText;
use crate::printable::Printable;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

pub(super) type Catalogue = BTreeMap<String, Spanned<String>>;

/// The wordings in every language of the pack.
pub(super) struct Translations<'f> {
    /// The default language and the others; the default has no catalogue of its own.
    pub(super) tags: Vec<String>,
    pub(super) others: Vec<ParsedFile<'f, Catalogue>>,
    used: RefCell<BTreeSet<String>>,
    missing: RefCell<Vec<Missing>>,
    /// In each catalogue, the wording that was found last.
    last: RefCell<Vec<Span>>,
}

/// A wording that a catalogue lacks.
struct Missing {
    /// Which catalogue.
    other: usize,
    id: String,
    /// As the default language has it.
    default: String,
    /// The wording that stands before it in the order of the pack.
    after: Span,
}

impl<'f> Translations<'f> {
    pub(super) fn new(tags: Vec<String>, others: Vec<ParsedFile<'f, Catalogue>>) -> Self {
        let last = RefCell::new(vec![0..0; others.len()]);
        Self { tags, others, used: RefCell::default(), missing: RefCell::default(), last }
    }

    /// Whether every catalogue could be read.
    pub(super) fn are_whole(&self) -> bool {
        self.others.iter().all(|other| other.whole)
    }

    /// The wording with this id: as it stands where it is defined, and as the other languages have it.
    pub(super) fn get(&self, id: &str, default: &Spanned<String>, sink: &Reporter<'_>) -> LocalizedText {
        self.used.borrow_mut().insert(id.to_owned());
        let mut texts = vec![clean(default, sink)];
        for (at, other) in self.others.iter().enumerate() {
            let Some(catalogue) = &other.raw else {
                texts.push(Printable::default());
                continue;
            };
            let last = &mut self.last.borrow_mut()[at];
            texts.push(if let Some(text) = catalogue.get(id) {
                last.clone_from(&text.span);
                clean(text, &other.sink)
            } else {
                let (id, default) = (id.to_owned(), default.value.clone());
                self.missing.borrow_mut().push(Missing { other: at, id, default, after: last.clone() });
                Printable::default()
            });
        }
        LocalizedText(texts)
    }

    /// A wording that comes from the interface's own words.
    pub(super) fn own(&self, key: &str) -> LocalizedText {
        LocalizedText::from_messages(&self.tags, key)
    }

    /// Runs over every wording with the sink of the file that it stands in.
    pub(super) fn each_in<'t>(
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

    /// Reports what the catalogues lack: what belongs together in one block, ready to be pasted below its neighbour.
    pub(super) fn report_missing(&self) {
        let mut missing = self.missing.borrow_mut();
        // They came in the order of the pack, each in every catalogue.
        missing.sort_by_key(|missing| missing.other);
        for block in missing.chunk_by(|one, next| (one.other, &one.after) == (next.other, &next.after)) {
            let Some(first) = block.first() else { continue };
            let sink = &self.others[first.other].sink;
            let said: Vec<String> = block.iter().map(|missing| format!("“{}”", missing.default)).collect();
            let message = match block {
                [one] => format!("there is no wording for `{}`: {}", one.id, said[0]),
                _ => format!("{} wordings are missing here, in this order: {}", block.len(), said.join(" ")),
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
        for (at, other) in self.others.iter().enumerate() {
            for (id, text) in other.raw.iter().flatten().filter(|(id, _)| !used.contains(*id)) {
                let problem =
                    Diagnostic::new("unknown-wording", text.span.clone(), format!("nothing has the wording `{id}`"));
                // Only what is missing can be meant, and only beside it: ids of the same kind are all much alike.
                let parent = |id: &str| id.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned();
                let lacks = missing.iter().filter(|missing| missing.other == at).map(|missing| missing.id.as_str());
                let (beside, elsewhere): (Vec<&str>, Vec<&str>) = lacks.partition(|lack| parent(lack) == parent(id));
                let last = |id: &'_ str| id.rsplit('.').next().unwrap_or_default().to_owned();
                let is_slip = |lack: &&&str| nearest(&last(id), [last(lack).as_str()]).is_some();
                let meant = beside.iter().find(is_slip).copied().or_else(|| nearest(id, elsewhere.iter().copied()));
                let hint = match (meant, beside.as_slice()) {
                    (Some(meant), _) => format!("did you mean `{meant}`?"),
                    (None, []) => "look at the spelling, or take the line out".to_owned(),
                    (None, lacks) => {
                        format!(
                            "take the line out, or if it is the wording that is missing, name it: {}",
                            lacks.join(", ")
                        )
                    }
                };
                other.sink.report(problem.hint(hint));
            }
        }
    }
}

/// Where lines go behind this wording, none being the first, and what they end in, so that the file stays JSON.
fn insertion_hint(text: &str, after: &Span) -> (&'static str, &'static str) {
    let is_start = after.end == 0;
    let rest = if is_start { text.trim_start().get(1..) } else { text.get(after.end..) };
    let is_last = rest.is_none_or(|rest| rest.trim_start().starts_with('}'));
    match (is_start, is_last) {
        (true, is_last) => ("paste this behind the opening brace", if is_last { "" } else { "," }),
        (false, true) => ("put a comma behind this text, paste this below the line", ""),
        (false, false) => ("paste this below the line", ","),
    }
}

/// A text that shows as it is written.
pub(super) fn clean(text: &Spanned<String>, sink: &Reporter<'_>) -> Printable {
    let clean = Printable::line(text);
    if clean.as_str().is_empty() {
        sink.report(
            Diagnostic::new("empty-text", text.span.clone(), "this text is empty").hint("write the wording here"),
        );
    } else if clean.as_str() != text.as_str() {
        sink.report(
            Diagnostic::new(
                "unprintable",
                text.span.clone(),
                "this text holds spaces, breaks or characters that cannot be printed as they are",
            )
            .hint(format!("it would print as “{}”", clean.as_str())),
        );
    }
    clean
}
