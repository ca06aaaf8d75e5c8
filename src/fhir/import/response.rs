//! Finds the response in a file, and reads its fields other than the items.

use super::super::CanonicalBase;
use super::super::canonical::OwnExtension;
use super::super::item_tree::ItemTree;
use super::items::ItemReader;
use super::reporter::ImportReporter;
use super::words;
use crate::answer::parse_date;
use crate::diagnostics::{Diagnostic, Reporter, find_value, span_of};
use crate::interview::{AnswersFile, FilledInBy};
use crate::printable::Printable;
use chrono::{DateTime, NaiveDate, NaiveTime};
use jsonc_parser::ast::{Object, Value};

/// Fields that an answers file does not hold. A leading `_` (extensions of a primitive) is ignored too.
const IGNORED_FIELDS: [&str; 13] = [
    "_questionnaire",
    "resourceType",
    "id",
    "meta",
    "text",
    "contained",
    "identifier",
    "basedOn",
    "partOf",
    "subject",
    "encounter",
    "author",
    "source",
];

/// Fields that the import reads.
const KNOWN_FIELDS: [&str; 6] = ["language", "extension", "questionnaire", "status", "authored", "item"];

/// Returns the response in a file and its path.
pub(super) fn find<'v, 'f>(value: &'v Value<'f>, sink: &Reporter<'_>) -> Option<(&'v Object<'f>, String)> {
    let refuse = |value: &Value<'_>, message: String, path: &str| {
        let hint = "export a response from the form filler; it starts with {\"resourceType\":\"QuestionnaireResponse\"";
        sink.report(Diagnostic::new("no-response", span_of(value), message).path(path).hint(hint));
        None
    };
    match kind(value) {
        Some("QuestionnaireResponse") => Some((object(value)?, "$".to_owned())),
        Some("Bundle") => {
            let entries = match object(value).and_then(|object| find_value(object, "entry")) {
                Some(Value::Array(list)) => list.elements.as_slice(),
                _ => &[],
            };
            let mut responses = entries.iter().enumerate().filter_map(|(index, entry)| {
                let resource = find_value(object(entry)?, "resource")?;
                let response = object(resource).filter(|_| kind(resource) == Some("QuestionnaireResponse"))?;
                Some((response, format!("$.entry[{index}].resource")))
            });
            match (responses.next(), responses.next()) {
                (Some(response), None) => Some(response),
                (Some(_), Some(_)) => refuse(value, "there are several responses in this bundle".to_owned(), "$.entry"),
                (None, _) => refuse(value, "there is no response in this bundle".to_owned(), "$.entry"),
            }
        }
        Some(other) => {
            let other = Printable::line(other);
            refuse(value, format!("this is a {other}, not a QuestionnaireResponse"), "$.resourceType")
        }
        None => refuse(value, "this is not a FHIR resource".to_owned(), "$"),
    }
}

fn object<'v, 'f>(value: &'v Value<'f>) -> Option<&'v Object<'f>> {
    if let Value::Object(object) = value { Some(object) } else { None }
}

fn kind<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match find_value(object(value)?, "resourceType")? {
        Value::StringLit(text) => Some(&text.value),
        _ => None,
    }
}

/// Reads the parts of a response that fit the pack; `None` if the response must not be used.
pub(super) fn read(
    tree: &ItemTree,
    base: &CanonicalBase,
    response: &Object<'_>,
    path: &str,
    sink: &Reporter<'_>,
) -> Option<AnswersFile> {
    let header = ResponseHeader { tree, base, reporter: ImportReporter { sink }, response, path };
    header.reporter.check_duplicate_keys(response, path);
    let is_ignored =
        |name: &str| IGNORED_FIELDS.contains(&name) || IGNORED_FIELDS.contains(&name.trim_start_matches('_'));
    header.reporter.report_unknown_fields(response, |name| KNOWN_FIELDS.contains(&name) || is_ignored(name), path);
    header.check_status()?;
    let (filled_in_by, id, unassigned) = header.extensions();
    let pack_version = header.version();
    let language = header.language();
    let titles = language.as_deref().and_then(|tag| tree.pack.language(tag)).unwrap_or_default();
    let mut reader = ItemReader::new(tree, base, header.reporter, titles);
    if let Some(items) = header.field("item") {
        reader.items(items, Some(""), &format!("{path}.item"));
    }
    reader.unassigned.extend(unassigned);
    let date = header.date();
    let (answers, unassigned) = reader.into_answers(span_of_object(response), path)?;
    Some(AnswersFile { answers, id, pack_version, language, date, filled_in_by, unassigned })
}

/// The calendar day of a FHIR `dateTime`; `None` without a full date.
///
/// Earlier exports wrote a day as midnight UTC, and servers may return that instant with another offset. It is the day in
/// UTC. Any other instant is taken at its own offset.
fn day(authored: &str) -> Option<NaiveDate> {
    let (day, time) = (parse_date(authored.get(..10)?)?, &authored[10..]);
    if time.is_empty() {
        return Some(day);
    }
    let instant = DateTime::parse_from_rfc3339(authored).ok().filter(|_| time.starts_with('T'))?.naive_utc();
    Some(if instant.time() == NaiveTime::MIN { instant.date() } else { day })
}

fn span_of_object(object: &Object<'_>) -> crate::diagnostics::Span {
    use jsonc_parser::common::Ranged;
    object.start()..object.start() + 1
}

struct ResponseHeader<'t, 'v, 'f> {
    tree: &'t ItemTree,
    base: &'t CanonicalBase,
    reporter: ImportReporter<'t>,
    response: &'v Object<'f>,
    path: &'t str,
}

impl<'v, 'f> ResponseHeader<'_, 'v, 'f> {
    fn field(&self, name: &str) -> Option<&'v Value<'f>> {
        find_value(self.response, name)
    }

    fn text(&self, name: &str) -> Option<(&'v Value<'f>, &'v str, String)> {
        let value = self.field(name)?;
        let path = format!("{}.{name}", self.path);
        let text = self.reporter.text(value, &path)?;
        Some((value, text, path))
    }

    /// Checks the status; `None` if it forbids using the response.
    fn check_status(&self) -> Option<()> {
        let Some((value, status, path)) = self.text("status") else {
            if self.field("status").is_none() {
                let problem =
                    Diagnostic::warning("status", span_of_object(self.response), "the response has no status");
                self.reporter.report(problem, self.path, "add one, such as \"completed\"");
            }
            return Some(());
        };
        if status == "entered-in-error" {
            let message = "the status says that this response was entered in error, so it must not be used";
            let problem = Diagnostic::new("status", span_of(value), message);
            self.reporter.report(problem, &path, "export the response that replaced it, or ask the patient again");
            return None;
        }
        if !["completed", "amended"].contains(&status) {
            let status = Printable::line(status);
            let problem =
                Diagnostic::warning("status", span_of(value), format!("the status of this response is `{status}`"));
            self.reporter.report(problem, &path, "check that these are the right answers");
        }
        Some(())
    }

    /// The version of the questionnaire that was asked, if the response names it.
    fn version(&self) -> Option<String> {
        let pack = &self.tree.pack;
        let Some((value, canonical, path)) = self.text("questionnaire") else {
            if self.field("questionnaire").is_none() {
                let problem = Diagnostic::warning(
                    "wrong-questionnaire",
                    span_of_object(self.response),
                    format!("the response does not name its questionnaire; `{}` is assumed", pack.id),
                );
                let hint = format!("write \"questionnaire\": \"{}|{}\"", self.base.questionnaire(pack), pack.version);
                self.reporter.report(problem, self.path, &hint);
            }
            return None;
        };
        let (url, version) = canonical.split_once('|').map_or((canonical, None), |(url, version)| (url, Some(version)));
        if !self.base.matches(url, |base| base.questionnaire(pack)) {
            let message = format!("this response answers another questionnaire than that of `{}`", pack.id);
            let problem = Diagnostic::warning("wrong-questionnaire", span_of(value), message);
            let hint = "choose the pack with --pack DIR, and the clinic's addresses with --config FILE";
            self.reporter.report(problem, &path, hint);
        }
        if let Some(version) = version.filter(|version| **version != pack.version) {
            let message =
                format!("version {} was asked, but this is version {}", Printable::line(version), pack.version);
            let problem = Diagnostic::warning("wrong-version", span_of(value), message);
            self.reporter.report(problem, &path, "check the answers; those that fit this version are imported");
        }
        version.filter(|version| !version.is_empty()).map(str::to_owned)
    }

    fn language(&self) -> Option<String> {
        let (value, tag, path) = self.text("language")?;
        let pack = &self.tree.pack;
        let Some(language) = pack.language(tag) else {
            let message = format!("the pack has no language `{}`", Printable::line(tag));
            let hint = format!("it has: {}", pack.languages.join(", "));
            self.reporter.report(Diagnostic::warning("unknown-language", span_of(value), message), &path, &hint);
            return None;
        };
        Some(pack.tag(language).to_owned())
    }

    /// The day on which the answers were given.
    fn date(&self) -> Option<NaiveDate> {
        let (value, authored, path) = self.text("authored")?;
        let date = day(authored);
        if date.is_none() {
            let problem =
                Diagnostic::warning("bad-date", span_of(value), "this is neither a date nor a date with a time");
            self.reporter.report(problem, &path, "write it like 2026-11-22 or 2026-11-22T09:30:00Z");
        }
        date
    }

    fn extensions(&self) -> (Option<FilledInBy>, Option<String>, Vec<String>) {
        let (mut filled_in_by, mut id, mut unassigned) = (None, None, Vec::new());
        let Some(list) = self.field("extension") else { return (None, None, unassigned) };
        for (element, path) in self.reporter.list(list, &format!("{}.extension", self.path)) {
            let Some(extension) = self.reporter.object(element, &path) else { continue };
            let text = |name: &str| match find_value(extension, name) {
                Some(Value::StringLit(text)) => Some(text.value.as_ref()),
                _ => None,
            };
            match text("url").and_then(|url| self.base.known_extension(url)) {
                Some(OwnExtension::FilledInBy) if filled_in_by.is_none() => {
                    let name = text("valueCode");
                    filled_in_by = FilledInBy::ALL.into_iter().find(|known| Some(known.name()) == name);
                    if filled_in_by.is_some() {
                        continue;
                    }
                }
                Some(OwnExtension::AnswersId) if id.is_none() => {
                    id = text("valueString").map(str::to_owned);
                    if id.is_some() {
                        continue;
                    }
                }
                Some(OwnExtension::Unassigned) => {
                    let words =
                        find_value(extension, "valueString").and_then(|value| words::of_value(value, &|_| true));
                    unassigned.extend(words.clone());
                    if words.is_some() {
                        continue;
                    }
                }
                _ => {}
            }
            let problem = Diagnostic::warning("unknown-extension", span_of(element), "this extension is not imported");
            self.reporter.report(problem, &path, "its content is lost");
        }
        (filled_in_by, id, unassigned)
    }
}
