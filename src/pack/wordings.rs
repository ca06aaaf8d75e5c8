//! The wordings of a pack, in every language.

use super::Wording;
use super::load::Loaded;
use crate::located::{At, Problem, Sink};
use crate::printable::Printable;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

pub(super) type Catalogue = BTreeMap<String, At<String>>;

/// The wordings in every language of the pack.
pub(super) struct Wordings<'f> {
    /// The default language and the others; the default has no catalogue of its own.
    pub(super) tags: Vec<String>,
    pub(super) others: Vec<Loaded<'f, Catalogue>>,
    pub(super) used: RefCell<BTreeSet<String>>,
}

impl Wordings<'_> {
    /// The wording with this id: as it stands where it is defined, and as the other languages have it.
    pub(super) fn get(&self, id: &str, default: &At<String>, sink: &Sink<'_>) -> Wording {
        self.used.borrow_mut().insert(id.to_owned());
        let mut texts = vec![clean(default, sink)];
        for other in &self.others {
            texts.push(if let Some(text) = other.raw.as_ref().and_then(|catalogue| catalogue.get(id)) {
                clean(text, &other.sink)
            } else {
                if other.raw.is_some() {
                    let problem = Problem::new("missing-wording", 0..0, format!("there is no wording for `{id}`"));
                    other.sink.report(problem.hint(format!("add `\"{id}\": \"…\"`: it says “{}”", default.as_str())));
                }
                Printable::default()
            });
        }
        Wording(texts)
    }

    /// A wording that comes from the interface's own words.
    pub(super) fn own(&self, key: &str) -> Wording {
        Wording::own(&self.tags, key)
    }

    /// Runs over every wording with the sink of the file that it stands in.
    pub(super) fn each_in<'t>(
        &'t self,
        id: &str,
        default: &'t At<String>,
        sink: &'t Sink<'t>,
    ) -> impl Iterator<Item = (&'t str, &'t At<String>, &'t Sink<'t>)> + use<'t> {
        let others = self.tags.iter().skip(1).zip(&self.others);
        let id = id.to_owned();
        let default_tag = self.tags.first().map_or("en", String::as_str);
        std::iter::once((default_tag, default, sink)).chain(
            others.filter_map(move |(tag, other)| Some((tag.as_str(), other.raw.as_ref()?.get(&id)?, &other.sink))),
        )
    }

    pub(super) fn report_unused(&self) {
        let used = self.used.borrow();
        for other in &self.others {
            for (id, text) in other.raw.iter().flatten().filter(|(id, _)| !used.contains(*id)) {
                let problem =
                    Problem::new("unknown-wording", text.span.clone(), format!("nothing has the wording `{id}`"));
                let problem = problem.hint("look at the spelling, or take the line out");
                other.sink.report(problem.suggest(id, used.iter().map(String::as_str)));
            }
        }
    }
}

/// A text that shows as it is written.
pub(super) fn clean(text: &At<String>, sink: &Sink<'_>) -> Printable {
    let clean = Printable::line(text);
    if clean.as_str().is_empty() {
        sink.report(Problem::new("empty-text", text.span.clone(), "this text is empty").hint("write the wording here"));
    } else if clean.as_str() != text.as_str() {
        sink.report(
            Problem::new(
                "unprintable",
                text.span.clone(),
                "this text holds spaces, breaks or characters that cannot be printed as they are",
            )
            .hint(format!("it would print as “{}”", clean.as_str())),
        );
    }
    clean
}
