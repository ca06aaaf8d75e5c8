//! From the files of a pack to a checked [`Pack`], or to all their problems.

use super::raw::{PackFile, QuestionsFile, RawSource, RulesFile, StatementsFile};
use super::{Item, Pack, Review, Source, Wording, prove, questions, rules, statements, words};
use crate::located::{At, Decode, File, Problem, Problems, Sink, parse};
use crate::printable::Printable;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The files that make up a pack, by name: the four, and one for each further language.
#[derive(Debug, Clone, Default)]
pub struct PackFiles {
    /// What messages put before a file's name: the folder, or nothing.
    pub folder: String,
    /// Name → text.
    pub texts: BTreeMap<String, String>,
}

impl PackFiles {
    fn file(&self, name: &str) -> File {
        File { name: format!("{}{name}", self.folder), text: self.texts.get(name).cloned().unwrap_or_default() }
    }

    /// A hash over everything that can change a question or a page: names, lengths and bytes, in order of name.
    fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (name, text) in &self.texts {
            for part in [name, text] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        hasher.finalize().iter().fold("sha256:".to_owned(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        })
    }
}

/// One file on its way in: what it holds, and where its problems go.
pub(super) struct Loaded<'f, T> {
    pub(super) sink: Sink<'f>,
    pub(super) raw: Option<T>,
    /// Whether it had the right shape throughout. What refers into a file that has not is not called dangling.
    pub(super) whole: bool,
}

impl<'f, T: Decode> Loaded<'f, T> {
    fn new(files: &PackFiles, name: &str, file: &'f File) -> Self {
        let sink = Sink::new(file);
        let raw = if files.texts.contains_key(name) {
            parse(&sink).and_then(|value| T::decode(&value, &sink))
        } else {
            sink.report(
                Problem::new("missing-file", 0..0, format!("the pack has no {name}"))
                    .hint("a pack is a folder with pack.json, questions.json, statements.json, rules.json and one <language>.json for each further language"),
            );
            None
        };
        Self { whole: sink.is_empty(), sink, raw }
    }
}

/// The names that something may refer to, in the order of what they name.
pub(super) struct Names<'n> {
    what: &'static str,
    list: Vec<&'n str>,
    whole: bool,
}

impl<'n> Names<'n> {
    pub(super) fn new(what: &'static str, list: impl Iterator<Item = &'n str>, whole: bool) -> Self {
        Self { what, list: list.collect(), whole }
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|known| *known == name)
    }

    /// The place of what is referred to; a name that nothing has is reported.
    pub(super) fn find(&self, name: &At<String>, sink: &Sink<'_>) -> Option<usize> {
        let found = self.position(name);
        if found.is_none() && self.whole {
            sink.report(
                Problem::new("unknown-id", name.span.clone(), format!("there is no {} `{}`", self.what, name.as_str()))
                    .suggest(name, self.list.iter().copied()),
            );
        }
        found
    }
}

type Catalogue = BTreeMap<String, At<String>>;

/// The wordings in every language of the pack.
pub(super) struct Wordings<'f> {
    /// The default language and the others; the default has no catalogue of its own.
    pub(super) tags: Vec<String>,
    others: Vec<Loaded<'f, Catalogue>>,
    used: RefCell<BTreeSet<String>>,
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
        Wording(self.tags.iter().map(|tag| Printable::line(&crate::messages::Words::new(tag).say(key))).collect())
    }

    /// Runs over every wording with the sink of the file that it stands in.
    pub(super) fn each_in<'t>(
        &'t self,
        id: &str,
        default: &'t At<String>,
        sink: &'t Sink<'t>,
    ) -> impl Iterator<Item = (&'t str, &'t At<String>, &'t Sink<'t>)> {
        let others = self.tags.iter().skip(1).zip(&self.others);
        let id = id.to_owned();
        let default_tag = self.tags.first().map_or("en", String::as_str);
        std::iter::once((default_tag, default, sink)).chain(
            others.filter_map(move |(tag, other)| Some((tag.as_str(), other.raw.as_ref()?.get(&id)?, &other.sink))),
        )
    }

    fn report_unused(&self) {
        let used = self.used.borrow();
        for other in &self.others {
            for (id, text) in other.raw.iter().flatten().filter(|(id, _)| !used.contains(*id)) {
                let problem =
                    Problem::new("unknown-wording", text.span.clone(), format!("nothing has the wording `{id}`"));
                other.sink.report(problem.suggest(id, used.iter().map(String::as_str)));
            }
        }
    }
}

/// A text that shows as it is written.
fn clean(text: &At<String>, sink: &Sink<'_>) -> Printable {
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

/// A name: small letters, digits and hyphens.
pub(super) fn check_id(id: &At<String>, sink: &Sink<'_>) {
    let fits = !id.is_empty()
        && id.len() <= 60
        && !id.starts_with('-')
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !fits {
        sink.report(
            Problem::new("bad-id", id.span.clone(), "this cannot be a name")
                .hint("a name is at most 60 small letters a-z, digits and hyphens, and starts with no hyphen"),
        );
    }
}

/// Refuses the second of two equal names.
pub(super) fn check_unique<'i>(what: &str, ids: impl Iterator<Item = &'i At<String>>, sink: &Sink<'_>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.as_str()) {
            sink.report(
                Problem::new(
                    "duplicate-id",
                    id.span.clone(),
                    format!("there are two {what} with the name `{}`", id.as_str()),
                )
                .hint("rename or delete one of them"),
            );
        }
    }
}

/// A calendar date as packs and answers write it.
pub(crate) fn date(text: &At<String>, sink: &Sink<'_>) -> Option<NaiveDate> {
    let parsed = crate::interview::parse_date(text);
    if parsed.is_none() {
        sink.report(
            Problem::new("bad-date", text.span.clone(), format!("`{}` is not a date", text.as_str()))
                .hint("write year, month and day, such as 2026-11-22"),
        );
    }
    parsed
}

/// What pack.json says for itself.
fn check_head(raw: &PackFile, sink: &Sink<'_>) {
    if raw.format.value != 1 {
        sink.report(
            Problem::new(
                "unknown-format",
                raw.format.span.clone(),
                format!("this program reads pack format 1, not {}", raw.format.value),
            )
            .hint("write 1, or use a newer preconsult"),
        );
    }
    check_id(&raw.id, sink);
    if !is_version(&raw.version) {
        sink.report(
            Problem::new(
                "bad-version",
                raw.version.span.clone(),
                format!("`{}` is not a version", raw.version.as_str()),
            )
            .hint("write three numbers, such as 1.0.0"),
        );
    }
    if raw.languages.is_empty() {
        sink.report(
            Problem::new("no-language", raw.span.start..raw.span.start + 1, "the pack names no language")
                .hint("write `\"languages\": [\"en\"]`: the first is the language of the wording in these files"),
        );
    }
    check_unique("languages", raw.languages.iter(), sink);
    for tag in &raw.languages {
        if tag.parse::<unic_langid::LanguageIdentifier>().is_err() || tag.contains(['/', '\\', '.']) {
            sink.report(
                Problem::new("bad-language", tag.span.clone(), format!("`{}` is not a language tag", tag.as_str()))
                    .hint("write a tag such as en, es or pt-BR"),
            );
        }
    }
    check_unique("sources", raw.sources.iter().map(|source| &source.id), sink);
}

fn is_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('.').collect();
    parts.len() == 3
        && parts.iter().all(|part| !part.is_empty() && part.len() < 6 && part.bytes().all(|b| b.is_ascii_digit()))
}

fn check_source(raw: &RawSource, wordings: &Wordings<'_>, sink: &Sink<'_>) -> Source {
    check_id(&raw.id, sink);
    check_unique("items", raw.items.iter().map(|item| &item.id), sink);
    if raw.sha256.len() != 64 || !raw.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        sink.report(
            Problem::new("bad-hash", raw.sha256.span.clone(), "this is not a SHA-256 hash")
                .hint("write the 64 hexadecimal digits, in small letters, that `sha256sum FILE` prints"),
        );
    }
    let optional = |text: &Option<At<String>>| text.as_ref().map(|text| clean(text, sink));
    Source {
        id: raw.id.value.clone(),
        title: clean(&raw.title, sink),
        author: optional(&raw.author),
        publisher: optional(&raw.publisher),
        published: optional(&raw.published),
        sha256: raw.sha256.value.clone(),
        items: raw
            .items
            .iter()
            .map(|item| {
                check_id(&item.id, sink);
                let title = wordings.get(&format!("item.{}.{}", raw.id.value, item.id.value), &item.title, sink);
                Item { id: item.id.value.clone(), title }
            })
            .collect(),
    }
}

fn check_review(raw: &PackFile, sink: &Sink<'_>) -> Review {
    let (by, on) = (&raw.reviewed_by, &raw.reviewed_on);
    if let (Some(one), None) | (None, Some(one)) = (by, on) {
        sink.report(
            Problem::new(
                "half-review",
                one.span.clone(),
                "a review has a name and a day, and only one of them is here",
            )
            .hint("fill in both `reviewed_by` and `reviewed_on`, or leave both null"),
        );
    }
    Review {
        by: by.as_ref().map(|by| clean(by, sink)),
        on: on.as_ref().and_then(|on| date(on, sink)),
        due: raw.review_due.as_ref().and_then(|due| date(due, sink)),
    }
}

/// Refuses a JSON file that no part of the pack is.
fn check_strays(files: &PackFiles, known: &[&str], tags: &[String], sink: &Sink<'_>) {
    let of_language = |name: &str| tags.iter().skip(1).any(|tag| name.strip_suffix(".json") == Some(tag));
    for name in files.texts.keys().filter(|name| !known.contains(&name.as_str()) && !of_language(name)) {
        sink.report(
            Problem::new("stray-file", 0..1, format!("{name} is no part of this pack"))
                .hint("take it away, or name its language in `languages`"),
        );
    }
}

/// Checks the files; with `thorough`, also proves of every condition that it can be true.
pub(super) fn load(files: &PackFiles, thorough: bool) -> Result<Pack, Problems> {
    let names = ["pack.json", "questions.json", "statements.json", "rules.json"];
    let [pack_file, questions_file, statements_file, rules_file] = names.map(|name| files.file(name));
    let head = Loaded::<PackFile>::new(files, names[0], &pack_file);
    let asked = Loaded::<QuestionsFile>::new(files, names[1], &questions_file);
    let said = Loaded::<StatementsFile>::new(files, names[2], &statements_file);
    let ruled = Loaded::<RulesFile>::new(files, names[3], &rules_file);

    let tags: Vec<String> = head.raw.iter().flat_map(|head| &head.languages).map(|tag| tag.value.clone()).collect();
    let other_files: Vec<File> = tags.iter().skip(1).map(|tag| files.file(&format!("{tag}.json"))).collect();
    let others =
        tags.iter().skip(1).zip(&other_files).map(|(tag, file)| Loaded::new(files, &format!("{tag}.json"), file));
    let wordings = Wordings { others: others.collect(), tags, used: RefCell::default() };

    if let Some(raw) = &head.raw {
        check_head(raw, &head.sink);
        check_strays(files, &names, &wordings.tags, &head.sink);
    }
    let sources =
        head.raw.iter().flat_map(|raw| &raw.sources).map(|source| check_source(source, &wordings, &head.sink));
    let sources: Vec<Source> = sources.collect();
    let (sections, questions) = questions::check(&asked, &wordings);
    let sorted = statements::Sorted::new(&said, &sources);
    let statements = statements::check(&sorted, &said, &head, &questions, &asked, &sources, &wordings);
    let rules = rules::check(&ruled, &sorted, &said, &questions, &asked);
    words::check(&said, &head, &wordings);

    let pack = head.raw.as_ref().zip(statements).map(|(raw, statements)| Pack {
        id: raw.id.value.clone(),
        version: raw.version.value.clone(),
        hash: files.hash(),
        languages: wordings.tags.clone(),
        title: wordings.get("title", &raw.title, &head.sink),
        notice: wordings.get("notice", &raw.notice, &head.sink),
        review: check_review(raw, &head.sink),
        sources,
        sections,
        questions,
        statements,
        rules,
    });
    if head.whole && asked.whole && said.whole {
        wordings.report_unused();
    }
    if let (true, Some(pack)) = (thorough, &pack) {
        prove::check(pack, &asked, &ruled);
    }

    let mut problems = head.sink.into_problems();
    problems.extend([asked.sink, said.sink, ruled.sink].into_iter().flat_map(Sink::into_problems));
    problems.extend(wordings.others.into_iter().flat_map(|other| other.sink.into_problems()));
    match pack {
        Some(pack) if problems.is_empty() => Ok(pack),
        _ => {
            let mut all = vec![pack_file, questions_file, statements_file, rules_file];
            all.extend(other_files);
            Err(Problems::new(problems, all))
        }
    }
}
