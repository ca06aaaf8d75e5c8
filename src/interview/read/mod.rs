//! Reads answers files, and checks them against a pack.
//!
//! There is one reader. It walks the tree of a JSON text and reports each fault to a [`Reporter`]. At first that tree has no
//! places, because building it is then twice as fast, and most files have no fault. Only when something is reported does
//! the reader walk the tree with places, so that each fault is shown where it is.

mod answers;
mod completeness;
mod name_index;

pub(crate) use answers::{read_answer, read_answers};

use super::{AnswersFile, Completeness, FilledInBy, Finished};
use crate::answer::{AnswerKey, parse_date};
use crate::diagnostics::{
    Decode, Diagnostic, Diagnostics, File, JsonPath, NumberTexts, Reporter, Span, Spanned, check_duplicate_keys,
};
use crate::diagnostics::{find_value, key_span, kind_of, parse, parse_spanless, shortened, span_of};
use crate::pack::Pack;
use jsonc_parser::ast::{Object, Value};
use name_index::NameIndex;

/// The fields of an answers file.
const FIELDS: [&str; 8] = ["format", "pack", "answers", "id", "pack_version", "language", "date", "filled_in_by"];

/// A file, and the questions that its answers make askable.
type Root = (AnswersFile, Vec<AnswerKey>);

/// Reads many answers files for one pack.
#[derive(Debug)]
pub struct AnswersReader<'p> {
    pack: &'p Pack,
    names: NameIndex<'p>,
}

impl AnswersFile {
    /// Reads and checks the text of an answers file; `name` is what messages call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its JSON path and its place.
    pub fn read(pack: &Pack, name: &str, text: &str, need: Completeness) -> Result<Self, Diagnostics> {
        AnswersReader::new(pack).read(name, text, need)
    }
}

impl<'p> AnswersReader<'p> {
    /// Indexes the names of a pack.
    #[must_use]
    pub fn new(pack: &'p Pack) -> Self {
        Self { pack, names: NameIndex::new(pack) }
    }

    /// The pack that the answers have to fit.
    #[must_use]
    pub fn pack(&self) -> &'p Pack {
        self.pack
    }

    /// Reads and checks the text of an answers file; `name` is what messages call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its JSON path and its place.
    pub fn read(&self, name: &str, text: &str, need: Completeness) -> Result<AnswersFile, Diagnostics> {
        self.read_spanless(text, need).map_or_else(|| self.read_with_spans(name, text, need), Ok)
    }

    /// Reads a complete answers file as [`Self::read`] does, and ends the interview that it is. The answers are in the
    /// second result alone.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub fn read_finished(&self, name: &str, text: &str) -> Result<(AnswersFile, Finished<'p>), Diagnostics> {
        let read = self
            .try_spanless(text, Completeness::Complete)
            .map_or_else(|| self.try_with_spans(name, text, Completeness::Complete), Ok);
        read.map(|(mut file, asked)| {
            let answers = std::mem::take(&mut file.answers);
            (file, Finished::new(self.pack, asked, answers))
        })
    }

    /// Reads the text without places. `None` means that it has a fault, or JSON that only the parser with places reads.
    #[must_use]
    pub fn read_spanless(&self, text: &str, need: Completeness) -> Option<AnswersFile> {
        self.try_spanless(text, need).map(|(file, _)| file)
    }

    /// Reads the text as [`Self::read`] does, but at once with places: slower, unless it has a fault.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub fn read_with_spans(&self, name: &str, text: &str, need: Completeness) -> Result<AnswersFile, Diagnostics> {
        self.try_with_spans(name, text, need).map(|(file, _)| file)
    }

    fn try_spanless(&self, text: &str, need: Completeness) -> Option<Root> {
        let (file, numbers) = (File { name: String::new(), text: String::new() }, NumberTexts::default());
        let sink = Reporter::new(&file);
        let read = self.read_root(&parse_spanless(without_bom(text), &numbers)?, need, &sink)?;
        sink.is_empty().then_some(read)
    }

    fn try_with_spans(&self, name: &str, text: &str, need: Completeness) -> Result<Root, Diagnostics> {
        let file = File { name: name.to_owned(), text: without_bom(text).to_owned() };
        let sink = Reporter::new(&file);
        let read = parse(&sink).and_then(|value| self.read_root(&value, need, &sink));
        let problems = sink.into_problems();
        match read {
            Some(read) if problems.is_empty() => Ok(read),
            _ => Err(Diagnostics::new(problems, vec![file])),
        }
    }

    fn read_root(&self, value: &Value<'_>, need: Completeness, sink: &Reporter<'_>) -> Option<Root> {
        let Value::Object(object) = value else {
            let problem = Diagnostic::new(
                "wrong-type",
                span_of(value),
                format!("an object should be here, not {}", kind_of(value)),
            );
            sink.report(
                problem.path("$").hint("an answers file looks like {\"format\":1,\"pack\":\"…\",\"answers\":{…}}"),
            );
            return None;
        };
        let start = span_of(value).start..span_of(value).start + 1;
        if matches!(find_value(object, "pack"), Some(Value::Object(_))) && find_value(object, "benefits").is_some() {
            let problem =
                Diagnostic::new("wrong-file", start, "this is a summary, and not the answers that it was made from");
            sink.report(
                problem.path("$").hint("use the answers file instead: --format answers writes it beside the summary"),
            );
            return None;
        }
        check_duplicate_keys(object, JsonPath::Root, sink);
        for property in &object.properties {
            let name = property.name.as_str();
            if !FIELDS.contains(&name) && name != "$schema" {
                let message = format!("there is no field `{}` in an answers file", shortened(name));
                let problem = Diagnostic::new("unknown-field", key_span(property), message);
                sink.report(problem.path(JsonPath::Root.key(name).to_string()).suggest(name, FIELDS));
            }
        }
        for required in ["format", "pack", "answers"] {
            if find_value(object, required).is_none() {
                sink.report(
                    Diagnostic::new("missing-field", start.clone(), format!("the field `{required}` is missing"))
                        .path("$")
                        .hint(format!("add `\"{required}\": …`")),
                );
            }
        }
        let is_for_this_pack = self.check_pack(object, sink);
        let date = text(object, "date", sink).and_then(|(text, span)| {
            let date = parse_date(text);
            if date.is_none() {
                let message = format!("`{}` is not a date", shortened(text));
                sink.report(Diagnostic::new("bad-date", span, message).path("$.date").hint("write it as 2026-11-22"));
            }
            date
        });
        let filled_in_by = text(object, "filled_in_by", sink).and_then(|(name, span)| {
            let by = FilledInBy::ALL.into_iter().find(|by| by.name() == name);
            if by.is_none() {
                let message = format!("`{}` does not say who filled this in", shortened(name));
                let problem = Diagnostic::new("unknown-name", span, message).path("$.filled_in_by");
                sink.report(problem.hint("write patient, staff or together"));
            }
            by
        });
        let language = text(object, "language", sink).map(|(tag, span)| {
            if self.pack.language(tag).is_none() {
                let message = format!("the pack {} has no language {}", self.pack.id, shortened(tag));
                let problem = Diagnostic::new("unknown-language", span, message).path("$.language");
                sink.report(problem.suggest(tag, self.pack.languages.iter().map(String::as_str)));
            }
            tag.to_owned()
        });
        // The answers of another pack or format would only be reported as faults of this one.
        let answers = find_value(object, "answers").filter(|_| is_for_this_pack);
        let answers = answers.map(|value| answers::read_all(self.pack, &self.names, value, need, sink));
        let (answers, asked) = answers.unwrap_or_default();
        let plain = |name| text(object, name, sink).map(|(text, _)| text.to_owned());
        let (id, pack_version) = (plain("id"), plain("pack_version"));
        Some((AnswersFile { answers, id, pack_version, language, date, filled_in_by }, asked))
    }

    /// Whether the answers are in this format and for this pack, as far as the file says; if not, it is reported.
    fn check_pack(&self, object: &Object<'_>, sink: &Reporter<'_>) -> bool {
        let format = find_value(object, "format")
            .and_then(|value| sink.at("$.format", |sink| Spanned::<u32>::decode(value, sink)));
        let other_format = format.filter(|format| format.value != 1);
        if let Some(format) = &other_format {
            let message = format!("this program reads answers of format 1, not {}", format.value);
            let problem = Diagnostic::new("unknown-format", format.span.clone(), message);
            sink.report(problem.path("$.format").hint("write 1"));
        }
        let named = find_value(object, "pack")
            .and_then(|value| sink.at("$.pack", |sink| Spanned::<String>::decode(value, sink)));
        let other_pack = named.filter(|id| id.value != self.pack.id);
        if let Some(id) = &other_pack {
            let message =
                format!("these answers are for the pack `{}`, not for `{}`", shortened(&id.value), self.pack.id);
            let problem = Diagnostic::new("wrong-pack", id.span.clone(), message);
            sink.report(problem.path("$.pack").hint("choose the pack with --pack DIR"));
        }
        other_format.is_none() && other_pack.is_none()
    }
}

fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// An optional text field, and its place.
fn text<'v>(object: &'v Object<'_>, name: &str, sink: &Reporter<'_>) -> Option<(&'v str, Span)> {
    match find_value(object, name)? {
        Value::StringLit(text) => Some((&text.value, text.range.start..text.range.end)),
        Value::NullKeyword(_) => None,
        other => {
            sink.at(JsonPath::Root.key(name), |sink| String::decode(other, sink));
            None
        }
    }
}
