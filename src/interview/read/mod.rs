//! Reads answers files and validates them against a pack.
//!
//! The reader walks a JSON tree and reports each problem to a [`Reporter`]. The first tree has no spans: it builds
//! twice as fast, and most files have no problem. If a problem is reported, the reader walks a tree with spans, so that
//! each problem is reported with its position.

mod answers;
mod completeness;
mod name_index;

pub(crate) use answers::{read_answer, read_answers};

use super::{AnswersFile, Completeness, FilledInBy, Finished, MAX_UNREADABLE_CHARACTERS};
use crate::answer::{AnswerKey, parse_date};
use crate::diagnostics::{
    Decode, Diagnostic, Diagnostics, File, JsonPath, NumberTexts, Reporter, Span, Spanned, check_duplicate_keys,
};
use crate::diagnostics::{find_value, key_span, kind_of, parse, parse_spanless, shortened, span_of};
use crate::pack::Pack;
use jsonc_parser::ast::{Object, Value};
use name_index::NameIndex;

/// The fields of an answers file.
const FIELDS: [&str; 9] =
    ["format", "pack", "answers", "id", "pack_version", "language", "date", "filled_in_by", "unassigned"];

/// A file, and the questions that are asked, given its answers.
type Root = (AnswersFile, Vec<AnswerKey>);

/// Reader of many answers files for one pack.
#[derive(Debug)]
pub struct AnswersReader<'p> {
    pack: &'p Pack,
    names: NameIndex<'p>,
}

impl AnswersFile {
    /// Reads and validates the text of an answers file. `name` is the file name in messages.
    ///
    /// # Errors
    /// Returns all problems of the file, each with its JSON path and its span.
    pub fn read(pack: &Pack, name: &str, text: &str, completeness: Completeness) -> Result<Self, Diagnostics> {
        AnswersReader::new(pack).read(name, text, completeness)
    }
}

impl<'p> AnswersReader<'p> {
    /// Indexes the names of a pack.
    #[must_use]
    pub fn new(pack: &'p Pack) -> Self {
        Self { pack, names: NameIndex::new(pack) }
    }

    /// Returns the pack.
    #[must_use]
    pub fn pack(&self) -> &'p Pack {
        self.pack
    }

    /// Reads and validates the text of an answers file. `name` is the file name in messages.
    ///
    /// # Errors
    /// Returns all problems of the file, each with its JSON path and its span.
    pub fn read(&self, name: &str, text: &str, completeness: Completeness) -> Result<AnswersFile, Diagnostics> {
        self.read_spanless(text, completeness).map_or_else(|| self.read_with_spans(name, text, completeness), Ok)
    }

    /// Reads a complete answers file as [`Self::read`] does, and returns it with the finished interview. The answers
    /// are only in the finished interview.
    ///
    /// # Errors
    /// Returns all problems of the file, each with its JSON path and its span.
    pub fn read_finished(&self, name: &str, text: &str) -> Result<(AnswersFile, Finished<'p>), Diagnostics> {
        let result = self
            .try_spanless(text, Completeness::Complete)
            .map_or_else(|| self.try_with_spans(name, text, Completeness::Complete), Ok);
        result.map(|(mut file, asked)| {
            let answers = std::mem::take(&mut file.answers);
            (file, Finished::new(self.pack, asked, answers))
        })
    }

    /// Reads the text without spans. Returns `None` if it has a problem, or JSON that only the parser with spans
    /// accepts.
    #[must_use]
    pub fn read_spanless(&self, text: &str, completeness: Completeness) -> Option<AnswersFile> {
        self.try_spanless(text, completeness).map(|(file, _)| file)
    }

    /// Reads the text as [`Self::read`] does, but with spans from the start. Slower, unless the file has a problem.
    ///
    /// # Errors
    /// Returns all problems of the file, each with its JSON path and its span.
    pub fn read_with_spans(
        &self,
        name: &str,
        text: &str,
        completeness: Completeness,
    ) -> Result<AnswersFile, Diagnostics> {
        self.try_with_spans(name, text, completeness).map(|(file, _)| file)
    }

    fn try_spanless(&self, text: &str, completeness: Completeness) -> Option<Root> {
        let (file, numbers) = (File { name: String::new(), text: String::new() }, NumberTexts::default());
        let reporter = Reporter::new(&file);
        let result = self.read_root(&parse_spanless(without_bom(text), &numbers)?, completeness, &reporter)?;
        reporter.is_empty().then_some(result)
    }

    fn try_with_spans(&self, name: &str, text: &str, completeness: Completeness) -> Result<Root, Diagnostics> {
        let file = File { name: name.to_owned(), text: without_bom(text).to_owned() };
        let reporter = Reporter::new(&file);
        let result = parse(&reporter).and_then(|value| self.read_root(&value, completeness, &reporter));
        let problems = reporter.into_collected();
        match result {
            Some(result) if problems.is_empty() => Ok(result),
            _ => Err(Diagnostics::new(problems, vec![file])),
        }
    }

    fn read_root(&self, value: &Value<'_>, completeness: Completeness, reporter: &Reporter<'_>) -> Option<Root> {
        let Value::Object(object) = value else {
            let problem =
                Diagnostic::new("wrong-type", span_of(value), format!("expected an object, not {}", kind_of(value)));
            reporter.report(
                problem.path("$").hint("write an answers file, such as {\"format\":1,\"pack\":\"…\",\"answers\":{…}}"),
            );
            return None;
        };
        let start = span_of(value).start..span_of(value).start + 1;
        if matches!(find_value(object, "pack"), Some(Value::Object(_))) && find_value(object, "benefits").is_some() {
            let problem = Diagnostic::new("wrong-file", start, "this is a summary, not an answers file");
            reporter.report(
                problem.path("$").hint("use the answers file, which `--format answers` writes next to the summary"),
            );
            return None;
        }
        check_duplicate_keys(object, JsonPath::Root, reporter);
        for property in &object.properties {
            let name = property.name.as_str();
            if !FIELDS.contains(&name) && name != "$schema" {
                let message = format!("there is no field `{}` in an answers file", shortened(name));
                let problem = Diagnostic::new("unknown-field", key_span(property), message);
                reporter.report(problem.path(JsonPath::Root.key(name).to_string()).suggest(name, FIELDS));
            }
        }
        for required in ["format", "pack", "answers"] {
            if find_value(object, required).is_none() {
                reporter.report(
                    Diagnostic::new("missing-field", start.clone(), format!("the field `{required}` is missing"))
                        .path("$")
                        .hint(format!("add `\"{required}\": …`")),
                );
            }
        }
        let is_for_this_pack = self.check_pack(object, reporter);
        let date = text(object, "date", reporter).and_then(|(text, span)| {
            let date = parse_date(text);
            if date.is_none() {
                let message = format!("`{}` is not a date", shortened(text));
                reporter.report(
                    Diagnostic::new("bad-date", span, message)
                        .path("$.date")
                        .hint("write the date as YYYY-MM-DD, such as 2026-11-22"),
                );
            }
            date
        });
        let filled_in_by = text(object, "filled_in_by", reporter).and_then(|(name, span)| {
            let filled_in_by = FilledInBy::ALL.into_iter().find(|filled_in_by| filled_in_by.name() == name);
            if filled_in_by.is_none() {
                let message = format!("`{}` is not a valid value of `filled_in_by`", shortened(name));
                let problem = Diagnostic::new("unknown-name", span, message).path("$.filled_in_by");
                reporter.report(problem.hint("write patient, staff or together"));
            }
            filled_in_by
        });
        let language = text(object, "language", reporter).map(|(tag, span)| {
            if self.pack.language(tag).is_none() {
                let message = format!("the pack {} has no language {}", self.pack.id, shortened(tag));
                let problem = Diagnostic::new("unknown-language", span, message).path("$.language");
                reporter.report(problem.suggest(tag, self.pack.languages.iter().map(String::as_str)));
            }
            tag.to_owned()
        });
        // The answers of another pack or format would only cause misleading problems.
        let answers = find_value(object, "answers").filter(|_| is_for_this_pack);
        let answers = answers.map(|value| answers::read_all(self.pack, &self.names, value, completeness, reporter));
        let (answers, asked) = answers.unwrap_or_default();
        let text_field = |name| text(object, name, reporter).map(|(text, _)| text.to_owned());
        let (id, pack_version) = (text_field("id"), text_field("pack_version"));
        let unassigned = unassigned(object, reporter);
        Some((AnswersFile { answers, id, pack_version, language, date, filled_in_by, unassigned }, asked))
    }

    /// Returns whether the format and the pack of the file are right, or missing. Reports a problem otherwise.
    fn check_pack(&self, object: &Object<'_>, reporter: &Reporter<'_>) -> bool {
        let format = find_value(object, "format")
            .and_then(|value| reporter.at("$.format", |reporter| Spanned::<u32>::decode(value, reporter)));
        let other_format = format.filter(|format| format.value != 1);
        if let Some(format) = &other_format {
            let message = format!("this program reads answers of format 1, not {}", format.value);
            let problem = Diagnostic::new("unknown-format", format.span.clone(), message);
            reporter.report(problem.path("$.format").hint("write 1"));
        }
        let pack_id = find_value(object, "pack")
            .and_then(|value| reporter.at("$.pack", |reporter| Spanned::<String>::decode(value, reporter)));
        let other_pack = pack_id.filter(|id| id.value != self.pack.id);
        if let Some(id) = &other_pack {
            let message =
                format!("these answers are for the pack `{}`, not for `{}`", shortened(&id.value), self.pack.id);
            let problem = Diagnostic::new("wrong-pack", id.span.clone(), message);
            reporter.report(problem.path("$.pack").hint("choose the pack with --pack DIR"));
        }
        other_format.is_none() && other_pack.is_none()
    }
}

/// Returns the answers that an import could assign to no question.
fn unassigned(object: &Object<'_>, reporter: &Reporter<'_>) -> Vec<String> {
    let path = JsonPath::Root.key("unassigned");
    let Some(value) = find_value(object, "unassigned") else { return Vec::new() };
    let texts: Vec<Spanned<String>> = reporter.at(path, |reporter| Vec::decode(value, reporter)).unwrap_or_default();
    let mut unassigned = Vec::new();
    for (index, text) in texts.into_iter().enumerate() {
        let length = text.value.chars().count();
        if length > MAX_UNREADABLE_CHARACTERS {
            let message = format!("the text has {length} characters, and the maximum is {MAX_UNREADABLE_CHARACTERS}");
            let problem = Diagnostic::new("too-long", text.span, message).path(path.index(index).to_string());
            reporter.report(problem.hint(format!("shorten it to at most {MAX_UNREADABLE_CHARACTERS} characters")));
        } else {
            unassigned.push(text.value);
        }
    }
    unassigned
}

fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Returns the value of an optional text field, and its span.
fn text<'v>(object: &'v Object<'_>, name: &str, reporter: &Reporter<'_>) -> Option<(&'v str, Span)> {
    match find_value(object, name)? {
        Value::StringLit(text) => Some((&text.value, text.range.start..text.range.end)),
        Value::NullKeyword(_) => None,
        other => {
            reporter.at(JsonPath::Root.key(name), |reporter| String::decode(other, reporter));
            None
        }
    }
}
