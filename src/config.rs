//! A clinic's own settings, `preconsult.toml` or `.json`: what they may say, checked.

use crate::fhir::Base;
use crate::located::{File, Problem, Problems, Sink};
use crate::printable::Printable;
use crate::render::{Format, letterhead::Paper};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use unic_langid::LanguageIdentifier;

/// The settings as written; every one may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    clinic: Option<String>,
    address: Option<Vec<String>>,
    phone: Option<String>,
    logo: Option<PathBuf>,
    privacy_notice: Option<RawNotice>,
    signature: Option<bool>,
    paper: Option<String>,
    language: Option<String>,
    formats: Option<Vec<String>>,
    copy: Option<String>,
    out: Option<PathBuf>,
    retention_days: Option<u32>,
    idle_seconds: Option<u32>,
    desk: Option<PathBuf>,
    fonts: Option<Vec<PathBuf>>,
    template: Option<PathBuf>,
    fhir_base: Option<String>,
}

/// A text, or a table of texts by language.
#[derive(Debug, Clone)]
enum RawNotice {
    One(String),
    Each(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for RawNotice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = RawNotice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or a table of texts by language such as { en = \"...\", es = \"...\" }")
            }

            fn visit_str<E>(self, text: &str) -> Result<RawNotice, E> {
                Ok(RawNotice::One(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<RawNotice, A::Error> {
                Deserialize::deserialize(MapAccessDeserializer::new(table)).map(RawNotice::Each)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// The clinic's privacy notice as it is set.
#[derive(Debug, Clone)]
pub enum Notice {
    /// One text, in the clinic's language.
    One(Printable),
    /// A text for each of some languages, by their tags.
    Each(BTreeMap<String, Printable>),
}

/// Checked settings. Paths are as written: relative ones start at the file's folder.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The clinic's name.
    pub clinic: Option<Printable>,
    /// Its address, line by line.
    pub address: Vec<Printable>,
    /// Its telephone number.
    pub phone: Option<Printable>,
    /// Its logo, SVG or PNG.
    pub logo: Option<PathBuf>,
    /// Its own privacy notice.
    pub privacy_notice: Option<Notice>,
    /// Whether pages have a line to sign on.
    pub signature: bool,
    /// The paper.
    pub paper: Paper,
    /// The clinic's language: that of the clinician's copy, and of questions where nobody chose another.
    pub language: Option<String>,
    /// The formats written where the command names none.
    pub formats: Vec<Format>,
    /// The copy written where the command names none: patient, clinician or both.
    pub copy: Option<String>,
    /// The folder for summary files.
    pub out: Option<PathBuf>,
    /// After how many days records may be purged.
    pub retention_days: Option<u32>,
    /// After how many seconds without a key the desk clears its screen and locks.
    pub idle_seconds: Option<u32>,
    /// The folder of the clinic's desk.
    pub desk: Option<PathBuf>,
    /// Further fonts for the PDF, for scripts that the built-in ones lack.
    pub fonts: Vec<PathBuf>,
    /// The clinic's own typst template for the summary.
    pub template: Option<PathBuf>,
    /// Where the addresses in FHIR files start.
    pub fhir_base: Option<String>,
}

/// Systems tell the time of the last key only to eight seconds.
const LEAST_IDLE: u32 = 10;

/// A configuration to start from, each setting explained.
pub const EXAMPLE: &str = include_str!("config.example.toml");

impl Config {
    /// Reads the text of a configuration file; `name` is what messages call it, and its ending says the format.
    ///
    /// # Errors
    /// What is wrong with it, with its place.
    pub fn read(name: &str, text: &str) -> Result<Self, Problems> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file = File { name: name.to_owned(), text: text.to_owned() };
        let sink = Sink::new(&file);
        let is_json = Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
        let raw = if is_json { from_json(text, &sink) } else { from_toml(text, &sink) };
        let config = raw.map(|raw| raw.check(text, &sink));
        let problems = sink.into_problems();
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(Problems::new(problems, vec![file])),
        }
    }
}

fn from_toml(text: &str, sink: &Sink<'_>) -> Option<RawConfig> {
    match toml::from_str(text) {
        Ok(raw) => Some(raw),
        Err(error) => {
            let problem = Problem::new("config", error.span().unwrap_or(0..0), in_words(error.message().trim()));
            sink.report(problem.hint("`preconsult config init` writes an example with every setting"));
            None
        }
    }
}

fn from_json(text: &str, sink: &Sink<'_>) -> Option<RawConfig> {
    match serde_json::from_str(text) {
        Ok(raw) => Some(raw),
        Err(error) => {
            let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let at = (before + error.column().saturating_sub(1)).min(text.len());
            let message = error.to_string();
            let message = in_words(message.split(" at line ").next().unwrap_or(&message));
            sink.report(
                Problem::new("config", at..(at + 1).min(text.len()).max(at), message)
                    .hint("`preconsult config init` writes an example with every setting"),
            );
            None
        }
    }
}

impl Config {
    /// Where the addresses in FHIR files start.
    #[must_use]
    pub fn fhir(&self) -> Base {
        self.fhir_base.as_deref().and_then(Base::at).unwrap_or_default()
    }
}

/// What a parser says of a setting, in words that are no programmer's.
fn in_words(message: &str) -> String {
    let wanted = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    if let Some((found, wanted)) = wanted.and_then(|rest| rest.rsplit_once(", expected ")) {
        let wanted = match wanted {
            "u32" => "a whole number from 0 up",
            "a sequence" => "a list in square brackets",
            "a boolean" => "true or false",
            "a string" | "path string" | "a path string" => "a text in quotes",
            other => other,
        };
        let kinds = [("integer", "a number"), ("floating point", "a number"), ("boolean", "true or false")];
        let kinds =
            kinds.into_iter().chain([("string", "a text"), ("sequence", "a list"), ("map", "a group of settings")]);
        let found = kinds.into_iter().find(|(kind, _)| found.starts_with(kind)).map_or(found, |(_, words)| words);
        return format!("{wanted} should be here, not {found}");
    }
    if let Some((name, known)) =
        message.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", expected one of "))
    {
        return format!("there is no setting {name}; there are {known}");
    }
    message.to_owned()
}

impl RawConfig {
    fn check(self, text: &str, sink: &Sink<'_>) -> Config {
        let line =
            |text: Option<String>| text.map(|text| Printable::line(&text)).filter(|text| !text.as_str().is_empty());
        let known = |key: &str, value: &str, names: &[&str]| {
            let problem = Problem::new("config", place(text, key, value), format!("`{key}` cannot be `{value}`"));
            sink.report(problem.suggest(value, names.iter().copied()));
        };
        let format_names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        let mut formats = Vec::new();
        for name in self.formats.unwrap_or_default() {
            match Format::named(&name) {
                Some(format) => formats.push(format),
                None => known("formats", &name, &format_names),
            }
        }
        let paper = self.paper.map_or(Paper::A4, |name| {
            Paper::ALL.into_iter().find(|paper| paper.name() == name).unwrap_or_else(|| {
                known("paper", &name, &Paper::ALL.map(Paper::name));
                Paper::A4
            })
        });
        if let Some(seconds) = self.idle_seconds.filter(|seconds| *seconds < LEAST_IDLE) {
            let problem = Problem::new(
                "config",
                place(text, "idle_seconds", &seconds.to_string()),
                format!("`idle_seconds` cannot be less than {LEAST_IDLE}"),
            );
            sink.report(problem.hint("a patient has to read the question"));
        }
        if let Some(copy) = self.copy.as_ref().filter(|copy| !["patient", "clinician", "both"].contains(&copy.as_str()))
        {
            known("copy", copy, &["patient", "clinician", "both"]);
        }
        let privacy_notice = match self.privacy_notice {
            Some(RawNotice::One(text)) => line(Some(text)).map(Notice::One),
            Some(RawNotice::Each(texts)) => {
                for tag in texts.keys().filter(|tag| !is_tag(tag)) {
                    let message = format!("`{tag}` is no tag of a language");
                    let problem = Problem::new("config", place(text, "privacy_notice", tag), message);
                    sink.report(problem.hint("write it as `en` or `pt-BR`"));
                }
                let texts = texts.into_iter().filter_map(|(tag, text)| Some((tag, line(Some(text))?)));
                Some(Notice::Each(texts.collect()))
            }
            None => None,
        };
        if let Some(base) = self.fhir_base.as_ref().filter(|base| Base::at(base).is_none()) {
            let message = format!("`fhir_base` cannot be `{base}`");
            let problem = Problem::new("config", place(text, "fhir_base", base), message);
            sink.report(problem.hint("write an address that is the clinic's own, such as https://clinic.example/fhir"));
        }
        Config {
            clinic: line(self.clinic),
            address: self.address.unwrap_or_default().into_iter().map(|part| Printable::line(&part)).collect(),
            phone: line(self.phone),
            logo: self.logo,
            privacy_notice,
            signature: self.signature.unwrap_or(false),
            paper,
            language: self.language,
            formats,
            copy: self.copy,
            out: self.out,
            retention_days: self.retention_days,
            idle_seconds: self.idle_seconds,
            desk: self.desk,
            fonts: self.fonts.unwrap_or_default(),
            template: self.template,
            fhir_base: self.fhir_base,
        }
    }
}

/// Whether this is the tag of a language that a page can be in.
fn is_tag(tag: &str) -> bool {
    let parsed = tag.parse::<LanguageIdentifier>();
    parsed.is_ok_and(|parsed| matches!(parsed.language.as_str().len(), 2 | 3) && parsed.language.as_str() != "und")
}

/// Where a value stands in the file: behind its key, as well as text can tell.
fn place(text: &str, key: &str, value: &str) -> std::ops::Range<usize> {
    let from = text.find(key).unwrap_or(0);
    let at = text[from..].find(value).map_or(from, |at| from + at);
    at..at + value.len()
}
