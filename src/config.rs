//! A clinic's settings, `preconsult.toml` or `.json`: their values, and the checks on them.

use crate::diagnostics::{
    self, Decode, Diagnostic, Diagnostics, Fields, File, Reporter, Span, Spanned, kind_of, span_of,
};
use crate::export::Format;
use crate::fhir::CanonicalBase;
use crate::letterhead::Paper;
use crate::printable::Printable;
use jsonc_parser::ast::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use unic_langid::LanguageIdentifier;

/// The clinic's privacy notice, as written in the settings.
#[derive(Debug, Clone)]
pub enum Notice {
    /// One text, in the clinic's language.
    Single(Printable),
    /// Texts by language tag.
    PerLanguage(BTreeMap<String, Printable>),
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
    /// True if pages have a signature line.
    pub signature: bool,
    /// The paper size.
    pub paper: Paper,
    /// The clinic's language: that of the clinician's copy, and of the questions unless another is chosen.
    pub language: Option<String>,
    /// The formats that are written if the command names none.
    pub formats: Vec<Format>,
    /// The copy that is written if the command names none: `patient`, `clinician` or `both`.
    pub copy: Option<String>,
    /// True if the patient's pages are set in large print.
    pub large_print: bool,
    /// The folder for summary files.
    pub out: Option<PathBuf>,
    /// Days after which records may be purged.
    pub retention_days: Option<u32>,
    /// Seconds without a key press after which the desk clears its screen and locks.
    pub idle_seconds: Option<u32>,
    /// The folder of the clinic's desk.
    pub desk: Option<PathBuf>,
    /// The group whose members share the clinic's folder.
    pub desk_group: Option<String>,
    /// Additional fonts for the PDF, for scripts that the built-in ones lack.
    pub fonts: Vec<PathBuf>,
    /// The clinic's own typst template for the summary.
    pub template: Option<PathBuf>,
    /// The base of the canonical URLs in FHIR files.
    pub fhir_base: Option<String>,
    /// True if questions are asked line by line, for screen readers.
    pub plain: bool,
    /// The positions of settings in their file.
    spans: SettingSpans,
}

/// The settings file, and the positions in it of the settings that are checked outside this module.
#[derive(Debug, Clone, Default)]
struct SettingSpans {
    file: Option<File>,
    spans: BTreeMap<String, Span>,
}

/// A problem with a value that can be checked only outside this module, such as a missing file.
#[derive(Debug, Clone)]
pub struct SettingFault {
    /// The setting; an item of `fonts` has the name that [`font_key`] returns.
    pub setting: String,
    /// The message.
    pub message: String,
    /// The hint.
    pub hint: Option<String>,
}

/// Shortest `idle_seconds`: systems report the time of the last key press only to eight seconds.
const MIN_IDLE_SECONDS: u32 = 10;

/// An example configuration that explains each setting.
pub const EXAMPLE: &str = include_str!("config.example.toml");

impl Config {
    /// Reads the text of a configuration file. `name` is its name in messages; the extension decides the format.
    ///
    /// # Errors
    /// Returns all problems, each with its position.
    pub fn read(name: &str, text: &str) -> Result<Self, Diagnostics> {
        let (config, problems) = Self::read_lenient(name, text);
        if problems.list().is_empty() { Ok(config) } else { Err(problems) }
    }

    /// Reads like [`Self::read`], and returns the valid settings together with the problems.
    #[must_use]
    pub fn read_lenient(name: &str, text: &str) -> (Self, Diagnostics) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file = File { name: name.to_owned(), text: text.to_owned() };
        let sink = Reporter::new(&file);
        let is_json = Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
        let config: Option<Self> = if is_json { diagnostics::read(&sink) } else { diagnostics::toml::read(&sink) };
        let problems = sink.into_collected();
        let mut config = config.unwrap_or_default();
        config.spans.file = Some(file.clone());
        (config, Diagnostics::new(problems, vec![file]))
    }

    /// Turns faults into diagnostics, each at the position of its setting.
    #[must_use]
    pub fn faults(&self, faults: Vec<SettingFault>) -> Diagnostics {
        let Some(file) = &self.spans.file else { return Diagnostics::default() };
        let sink = Reporter::new(file);
        for SettingFault { setting, message, hint } in faults {
            let span = self.spans.spans.get(&setting).cloned().unwrap_or_default();
            let problem = Diagnostic::new("config", span, message);
            sink.report(match hint {
                Some(hint) => problem.hint(hint),
                None => problem,
            });
        }
        Diagnostics::new(sink.into_collected(), vec![file.clone()])
    }

    /// Returns the base of the canonical URLs in FHIR files.
    #[must_use]
    pub fn fhir(&self) -> CanonicalBase {
        self.fhir_base.as_deref().and_then(CanonicalBase::at).unwrap_or_default()
    }
}

/// Reads setting by setting, so that a problem in one does not hide the others.
impl Decode for Config {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        let mut fields = Fields::open(value, sink)?;
        let mut spans = SettingSpans::default();
        let config = Self {
            clinic: fields.optional::<String>("clinic").and_then(|text| line(&text)),
            address: fields.optional("address").map(|lines: Vec<String>| printable(&lines)).unwrap_or_default(),
            phone: fields.optional::<String>("phone").and_then(|text| line(&text)),
            logo: path(&mut fields, "logo", &mut spans),
            privacy_notice: fields.optional::<Notice>("privacy_notice").filter(|notice| !notice.is_empty()),
            signature: fields.optional("signature").unwrap_or_default(),
            paper: fields.optional::<Spanned<String>>("paper").and_then(|name| paper(&name, sink)).unwrap_or(Paper::A4),
            language: fields.optional("language").map(|tag| spans.record("language", tag)),
            formats: fields
                .optional::<Spanned<Vec<Spanned<String>>>>("formats")
                .map(|names| formats(&names, sink))
                .unwrap_or_default(),
            copy: fields.optional::<Spanned<String>>("copy").and_then(|name| copy(name, sink)),
            large_print: fields.optional("large_print").unwrap_or_default(),
            out: path(&mut fields, "out", &mut spans),
            retention_days: fields.optional("retention_days"),
            idle_seconds: fields.optional::<Spanned<u32>>("idle_seconds").and_then(|seconds| idle(&seconds, sink)),
            desk: path(&mut fields, "desk", &mut spans),
            desk_group: fields.optional("desk_group").map(|name| spans.record("desk_group", name)),
            fonts: fonts(&mut fields, &mut spans),
            template: path(&mut fields, "template", &mut spans),
            fhir_base: fields.optional::<Spanned<String>>("fhir_base").and_then(|base| fhir_base(base, sink)),
            plain: fields.optional("plain").unwrap_or_default(),
            spans,
        };
        fields.close_naming("setting");
        Some(config)
    }
}

/// A text, or a table of texts by language.
impl Decode for Notice {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        let Value::Object(object) = value else {
            if let Value::StringLit(text) = value {
                return Some(Self::Single(Printable::line(&text.value)));
            }
            let message = format!("expected a text, or a table of texts by language, not {}", kind_of(value));
            let problem = Diagnostic::new("wrong-type", span_of(value), message);
            sink.report(problem.hint("write it as \"...\" or as { en = \"...\", es = \"...\" }"));
            return None;
        };
        for property in object.properties.iter().filter(|property| !is_tag(property.name.as_str())) {
            use jsonc_parser::common::Ranged;
            let tag = diagnostics::shortened(property.name.as_str());
            let span = property.name.start()..property.name.end();
            let problem = Diagnostic::new("config", span, format!("`{tag}` is not a language tag"));
            sink.report(problem.hint("write it as `en` or `pt-BR`"));
        }
        let texts = BTreeMap::<String, String>::decode(value, sink)?;
        Some(Self::PerLanguage(texts.into_iter().filter_map(|(tag, text)| Some((tag, line(&text)?))).collect()))
    }
}

impl Notice {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Single(text) if text.as_str().is_empty())
    }
}

/// Returns the text; `None` if it is empty.
fn line(text: &str) -> Option<Printable> {
    Some(Printable::line(text)).filter(|text| !text.as_str().is_empty())
}

fn printable(lines: &[String]) -> Vec<Printable> {
    lines.iter().map(|line| Printable::line(line)).collect()
}

fn path(fields: &mut Fields<'_, '_, '_>, name: &'static str, spans: &mut SettingSpans) -> Option<PathBuf> {
    // Like an empty text, an empty path counts as not set.
    fields.optional::<Spanned<String>>(name).filter(|path| !path.is_empty()).map(|path| spans.record(name, path).into())
}

fn fonts(fields: &mut Fields<'_, '_, '_>, spans: &mut SettingSpans) -> Vec<PathBuf> {
    let fonts = fields.optional::<Vec<Spanned<String>>>("fonts").unwrap_or_default().into_iter().enumerate();
    fonts.map(|(index, font)| spans.record(&font_key(index), font).into()).collect()
}

/// Returns the name of an item of `fonts` in [`SettingFault::setting`].
#[must_use]
pub fn font_key(index: usize) -> String {
    format!("fonts[{index}]")
}

impl SettingSpans {
    fn record(&mut self, key: &str, value: Spanned<String>) -> String {
        self.spans.insert(key.to_owned(), value.span);
        value.value
    }
}

/// Creates the diagnostic for a value that a setting does not accept.
fn invalid_value(key: &str, value: &Spanned<impl ToString>) -> Diagnostic {
    let text = value.value.to_string();
    let message = format!("`{key}` cannot be `{}`", diagnostics::shortened(&text));
    Diagnostic::new("config", value.span.clone(), message)
}

fn paper(name: &Spanned<String>, sink: &Reporter<'_>) -> Option<Paper> {
    let paper = Paper::ALL.into_iter().find(|paper| paper.name() == name.as_str());
    if paper.is_none() {
        sink.report(invalid_value("paper", name).suggest(name, Paper::ALL.map(Paper::name)));
    }
    paper
}

fn formats(names: &Spanned<Vec<Spanned<String>>>, sink: &Reporter<'_>) -> Vec<Format> {
    if names.is_empty() {
        let problem = Diagnostic::new("config", names.span.clone(), "`formats` names no format".to_owned());
        sink.report(problem.hint("name at least one, such as [\"html\"], or leave the setting out"));
    }
    let known = |name: &Spanned<String>| {
        let format = Format::named(name);
        if format.is_none() {
            sink.report(invalid_value("formats", name).suggest(name, Format::ALL.iter().map(|format| format.name())));
        }
        format
    };
    names.iter().filter_map(known).collect()
}

fn copy(name: Spanned<String>, sink: &Reporter<'_>) -> Option<String> {
    let known = ["patient", "clinician", "both"];
    if known.contains(&name.as_str()) {
        return Some(name.value);
    }
    sink.report(invalid_value("copy", &name).suggest(&name, known));
    None
}

fn idle(seconds: &Spanned<u32>, sink: &Reporter<'_>) -> Option<u32> {
    if seconds.value >= MIN_IDLE_SECONDS {
        return Some(seconds.value);
    }
    let message = format!("`idle_seconds` cannot be less than {MIN_IDLE_SECONDS}");
    sink.report(
        Diagnostic::new("config", seconds.span.clone(), message)
            .hint("set a higher value: a patient needs time to read the question"),
    );
    None
}

fn fhir_base(base: Spanned<String>, sink: &Reporter<'_>) -> Option<String> {
    if CanonicalBase::at(&base).is_some() {
        return Some(base.value);
    }
    let hint = "write an address of the clinic's own, such as https://clinic.example/fhir";
    sink.report(invalid_value("fhir_base", &base).hint(hint));
    None
}

/// Returns true if this is the tag of a language that a page can have.
fn is_tag(tag: &str) -> bool {
    let parsed = tag.parse::<LanguageIdentifier>();
    parsed.is_ok_and(|parsed| matches!(parsed.language.as_str().len(), 2 | 3) && parsed.language.as_str() != "und")
}
