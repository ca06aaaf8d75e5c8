//! A clinic's own settings, `preconsult.toml` or `.json`: what they may say, checked.

use crate::located::{File, Problem, Problems, Sink};
use crate::printable::Printable;
use crate::render::{Format, letterhead::Paper};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The settings as written; every one may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    clinic: Option<String>,
    address: Option<Vec<String>>,
    phone: Option<String>,
    logo: Option<PathBuf>,
    privacy_notice: Option<String>,
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
    pub privacy_notice: Option<Printable>,
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
            let problem = Problem::new("config", error.span().unwrap_or(0..0), error.message().trim().to_owned());
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
            let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
            sink.report(
                Problem::new("config", at..(at + 1).min(text.len()).max(at), message)
                    .hint("`preconsult config init` writes an example with every setting"),
            );
            None
        }
    }
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
        Config {
            clinic: line(self.clinic),
            address: self.address.unwrap_or_default().into_iter().map(|part| Printable::line(&part)).collect(),
            phone: line(self.phone),
            logo: self.logo,
            privacy_notice: line(self.privacy_notice),
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
        }
    }
}

/// Where a value stands in the file: behind its key, as well as text can tell.
fn place(text: &str, key: &str, value: &str) -> std::ops::Range<usize> {
    let from = text.find(key).unwrap_or(0);
    let at = text[from..].find(value).map_or(from, |at| from + at);
    at..at + value.len()
}
