//! A clinic's own settings, `preconsult.toml` or `.json`: what they may say, checked.

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

/// The clinic's privacy notice as it is set.
#[derive(Debug, Clone)]
pub enum Notice {
    /// One text, in the clinic's language.
    One(Printable),
    /// A text for each of some languages, by their tags.
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
    /// Where what the settings name stands in their file.
    places: SettingSpans,
}

/// The file of the settings, and where in it those stand that name something outside it.
#[derive(Debug, Clone, Default)]
struct SettingSpans {
    file: Option<File>,
    spans: BTreeMap<String, Span>,
}

/// What is wrong with what a setting names.
#[derive(Debug, Clone)]
pub struct SettingFault {
    /// The setting, or the one of a list as [`font_at`] calls it.
    pub setting: String,
    /// The sentence.
    pub message: String,
    /// The way out.
    pub hint: Option<String>,
}

/// Systems tell the time of the last key only to eight seconds.
const MIN_IDLE_SECONDS: u32 = 10;

/// A configuration to start from, each setting explained.
pub const EXAMPLE: &str = include_str!("config.example.toml");

impl Config {
    /// Reads the text of a configuration file; `name` is what messages call it, and its ending says the format.
    ///
    /// # Errors
    /// All that is wrong with it, each with its place.
    pub fn read(name: &str, text: &str) -> Result<Self, Diagnostics> {
        let (config, problems) = Self::read_lenient(name, text);
        if problems.list().is_empty() { Ok(config) } else { Err(problems) }
    }

    /// As [`Self::read`], and gives what holds beside what is wrong.
    #[must_use]
    pub fn read_lenient(name: &str, text: &str) -> (Self, Diagnostics) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file = File { name: name.to_owned(), text: text.to_owned() };
        let sink = Reporter::new(&file);
        let is_json = Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
        let config: Option<Self> = if is_json { diagnostics::read(&sink) } else { diagnostics::toml::read(&sink) };
        let problems = sink.into_problems();
        let mut config = config.unwrap_or_default();
        config.places.file = Some(file.clone());
        (config, Diagnostics::new(problems, vec![file]))
    }

    /// Faults of what settings name, each at the place of its setting.
    #[must_use]
    pub fn faults(&self, faults: Vec<SettingFault>) -> Diagnostics {
        let Some(file) = &self.places.file else { return Diagnostics::default() };
        let sink = Reporter::new(file);
        for SettingFault { setting, message, hint } in faults {
            let place = self.places.spans.get(&setting).cloned().unwrap_or_default();
            let problem = Diagnostic::new("config", place, message);
            sink.report(match hint {
                Some(hint) => problem.hint(hint),
                None => problem,
            });
        }
        Diagnostics::new(sink.into_problems(), vec![file.clone()])
    }

    /// Where the addresses in FHIR files start.
    #[must_use]
    pub fn fhir(&self) -> CanonicalBase {
        self.fhir_base.as_deref().and_then(CanonicalBase::at).unwrap_or_default()
    }
}

/// Setting by setting: what is wrong with one hides nothing of the next.
impl Decode for Config {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        let mut fields = Fields::open(value, sink)?;
        let mut places = SettingSpans::default();
        let config = Self {
            clinic: fields.optional::<String>("clinic").and_then(|text| line(&text)),
            address: fields.optional("address").map(|lines: Vec<String>| printable(&lines)).unwrap_or_default(),
            phone: fields.optional::<String>("phone").and_then(|text| line(&text)),
            logo: path(&mut fields, "logo", &mut places),
            privacy_notice: fields.optional::<Notice>("privacy_notice").filter(|notice| !notice.is_empty()),
            signature: fields.optional("signature").unwrap_or_default(),
            paper: fields.optional::<Spanned<String>>("paper").and_then(|name| paper(&name, sink)).unwrap_or(Paper::A4),
            language: fields.optional("language").map(|tag| places.note("language", tag)),
            formats: fields
                .optional::<Spanned<Vec<Spanned<String>>>>("formats")
                .map(|names| formats(&names, sink))
                .unwrap_or_default(),
            copy: fields.optional::<Spanned<String>>("copy").and_then(|name| copy(name, sink)),
            out: path(&mut fields, "out", &mut places),
            retention_days: fields.optional("retention_days"),
            idle_seconds: fields.optional::<Spanned<u32>>("idle_seconds").and_then(|seconds| idle(&seconds, sink)),
            desk: path(&mut fields, "desk", &mut places),
            fonts: fonts(&mut fields, &mut places),
            template: path(&mut fields, "template", &mut places),
            fhir_base: fields.optional::<Spanned<String>>("fhir_base").and_then(|base| fhir_base(base, sink)),
            places,
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
                return Some(Self::One(Printable::line(&text.value)));
            }
            let message = format!("a text, or a table of texts by language, should be here, not {}", kind_of(value));
            let problem = Diagnostic::new("wrong-type", span_of(value), message);
            sink.report(problem.hint("write it as \"...\" or as { en = \"...\", es = \"...\" }"));
            return None;
        };
        for property in object.properties.iter().filter(|property| !is_tag(property.name.as_str())) {
            use jsonc_parser::common::Ranged;
            let tag = diagnostics::shortened(property.name.as_str());
            let place = property.name.start()..property.name.end();
            let problem = Diagnostic::new("config", place, format!("`{tag}` is no tag of a language"));
            sink.report(problem.hint("write it as `en` or `pt-BR`"));
        }
        let texts = BTreeMap::<String, String>::decode(value, sink)?;
        Some(Self::PerLanguage(texts.into_iter().filter_map(|(tag, text)| Some((tag, line(&text)?))).collect()))
    }
}

impl Notice {
    fn is_empty(&self) -> bool {
        matches!(self, Self::One(text) if text.as_str().is_empty())
    }
}

/// A text that says something.
fn line(text: &str) -> Option<Printable> {
    Some(Printable::line(text)).filter(|text| !text.as_str().is_empty())
}

fn printable(lines: &[String]) -> Vec<Printable> {
    lines.iter().map(|line| Printable::line(line)).collect()
}

fn path(fields: &mut Fields<'_, '_, '_>, name: &'static str, places: &mut SettingSpans) -> Option<PathBuf> {
    // As with texts, one that says nothing counts as not set.
    fields.optional::<Spanned<String>>(name).filter(|path| !path.is_empty()).map(|path| places.note(name, path).into())
}

fn fonts(fields: &mut Fields<'_, '_, '_>, places: &mut SettingSpans) -> Vec<PathBuf> {
    let fonts = fields.optional::<Vec<Spanned<String>>>("fonts").unwrap_or_default().into_iter().enumerate();
    fonts.map(|(at, font)| places.note(&font_at(at), font).into()).collect()
}

/// What faults call a font of the list.
#[must_use]
pub fn font_at(at: usize) -> String {
    format!("fonts[{at}]")
}

impl SettingSpans {
    fn note(&mut self, key: &str, value: Spanned<String>) -> String {
        self.spans.insert(key.to_owned(), value.span);
        value.value
    }
}

/// Says that a setting cannot be this.
fn cannot_be(key: &str, value: &Spanned<impl ToString>) -> Diagnostic {
    let value_shown = value.value.to_string();
    let message = format!("`{key}` cannot be `{}`", diagnostics::shortened(&value_shown));
    Diagnostic::new("config", value.span.clone(), message)
}

fn paper(name: &Spanned<String>, sink: &Reporter<'_>) -> Option<Paper> {
    let found = Paper::ALL.into_iter().find(|paper| paper.name() == name.as_str());
    if found.is_none() {
        sink.report(cannot_be("paper", name).suggest(name, Paper::ALL.map(Paper::name)));
    }
    found
}

fn formats(names: &Spanned<Vec<Spanned<String>>>, sink: &Reporter<'_>) -> Vec<Format> {
    if names.is_empty() {
        let problem = Diagnostic::new("config", names.span.clone(), "`formats` names no format".to_owned());
        sink.report(problem.hint("name at least one, such as [\"html\"], or leave the setting out"));
    }
    let known = |name: &Spanned<String>| {
        let found = Format::named(name);
        if found.is_none() {
            sink.report(cannot_be("formats", name).suggest(name, Format::ALL.iter().map(|format| format.name())));
        }
        found
    };
    names.iter().filter_map(known).collect()
}

fn copy(name: Spanned<String>, sink: &Reporter<'_>) -> Option<String> {
    let known = ["patient", "clinician", "both"];
    if known.contains(&name.as_str()) {
        return Some(name.value);
    }
    sink.report(cannot_be("copy", &name).suggest(&name, known));
    None
}

fn idle(seconds: &Spanned<u32>, sink: &Reporter<'_>) -> Option<u32> {
    if seconds.value >= MIN_IDLE_SECONDS {
        return Some(seconds.value);
    }
    let message = format!("`idle_seconds` cannot be less than {MIN_IDLE_SECONDS}");
    sink.report(Diagnostic::new("config", seconds.span.clone(), message).hint("a patient has to read the question"));
    None
}

fn fhir_base(base: Spanned<String>, sink: &Reporter<'_>) -> Option<String> {
    if CanonicalBase::at(&base).is_some() {
        return Some(base.value);
    }
    let hint = "write an address that is the clinic's own, such as https://clinic.example/fhir";
    sink.report(cannot_be("fhir_base", &base).hint(hint));
    None
}

/// Whether this is the tag of a language that a page can be in.
fn is_tag(tag: &str) -> bool {
    let parsed = tag.parse::<LanguageIdentifier>();
    parsed.is_ok_and(|parsed| matches!(parsed.language.as_str().len(), 2 | 3) && parsed.language.as_str() != "und")
}
