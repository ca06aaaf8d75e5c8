//! A clinic's letterhead: its name, address, logo, privacy notice and paper size.

mod logo;

#[cfg(feature = "pdf")]
pub(crate) use logo::check_pixels;
pub use logo::{InvalidLogo, Logo, LogoKind};

use crate::foreign_text::ForeignText;
use crate::printable::Printable;
use std::collections::BTreeMap;

/// A clinic's letterhead. Every part is optional; without one, the page has a plain header.
#[derive(Debug, Clone, Default)]
pub struct Letterhead {
    /// The clinic's name.
    pub name: Option<Printable>,
    /// The clinic's address, line by line.
    pub address: Vec<Printable>,
    /// The clinic's telephone number.
    pub phone: Option<Printable>,
    /// The clinic's logo.
    pub logo: Option<Logo>,
    /// The clinic's own privacy notice, printed under the notice.
    pub privacy_notice: Option<ClinicText>,
    /// Whether to print a line for a signature.
    pub signature: bool,
    /// The paper size.
    pub paper: Paper,
}

/// A text written by the clinic, in one language or several.
#[derive(Debug, Clone)]
pub struct ClinicText {
    /// The tag of the clinic's language.
    pub language: String,
    /// The texts, by the tags of their languages.
    pub texts: BTreeMap<String, Printable>,
}

impl ClinicText {
    /// Returns the text for a page in this language. Without one, returns the text in the clinic's language, marked
    /// with that language.
    #[must_use]
    pub fn in_language(&self, tag: &str) -> Option<ForeignText> {
        let (language, text) =
            self.find(tag).or_else(|| self.find(&self.language)).or_else(|| self.texts.iter().next())?;
        Some(ForeignText { text: text.clone(), language: (!is_same(language, tag)).then(|| language.clone()) })
    }

    fn find(&self, tag: &str) -> Option<(&String, &Printable)> {
        let exact = self.texts.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag));
        exact.or_else(|| self.texts.iter().find(|(known, _)| is_same(known, tag)))
    }
}

/// Returns whether two tags name the same language; regions are ignored.
#[must_use]
pub fn is_same(tag: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    primary(tag) == primary(other)
}

/// A paper size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Paper {
    /// Every size.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// Returns the name used in the settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "us-letter",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ClinicText;
    use crate::printable::Printable;

    #[test]
    fn a_text_in_another_language_than_the_page_is_marked() {
        let text = |clinic: &str, tags: &[&str]| ClinicText {
            language: clinic.to_owned(),
            texts: tags.iter().map(|tag| ((*tag).to_owned(), Printable::line(&format!("in {tag}")))).collect(),
        };
        for (clinic, tags, page, expected, marked) in [
            ("en", &["en", "es"][..], "es", "in es", None),
            ("en", &["en", "es"], "es-MX", "in es", None),
            ("en", &["es", "es-MX"], "es-MX", "in es-MX", None),
            ("en", &["en"], "es", "in en", Some("en")),
            ("en", &["de", "en"], "es", "in en", Some("en")),
            ("en", &["de"], "es", "in de", Some("de")),
        ] {
            let own = text(clinic, tags).in_language(page).expect("there is a text");
            assert_eq!(
                (own.text.as_str(), own.language.as_deref()),
                (expected, marked),
                "{tags:?} on a page in {page}"
            );
        }
        assert!(text("en", &[]).in_language("en").is_none());
    }
}
