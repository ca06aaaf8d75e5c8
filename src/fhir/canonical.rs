//! Canonical URLs, extension URLs and ids of the FHIR resources that this program writes.

use crate::pack::Pack;
use serde::Serialize;
use uuid::Uuid;

/// The UUID namespace of every id that this program generates.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d2f_6f0c_93b5_4e0a_8c1d_27a4_f1be_5d39);

/// The base of canonical URLs.
///
/// A canonical URL should be one that its owner controls, and this program owns no domain. So without a setting every URL
/// is a `urn:uuid:` derived from its name (RFC 4122, version 5): globally unique, and the same on every machine. A clinic
/// with its own domain sets `fhir_base` and gets URLs such as `BASE/Questionnaire/PACK`. Imports recognize both forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CanonicalBase(Option<String>);

/// Extensions defined by this program, for facts that no FHIR R4 element and no HL7 extension can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnExtension {
    /// On an item of a response, `valueBoolean` true: the question was asked, and the person skipped it. HL7's codes for
    /// absent data include "asked but declined" and "asked but unknown", but no code for a skipped question.
    Skipped,
    /// On a response, `valueCode`: `patient`, `staff` or `together` filled it in. FHIR's `author` and `source` need an
    /// identified person, and answers are anonymous.
    FilledInBy,
    /// On a response, `valueString`: the sender's own id for this set of answers.
    AnswersId,
    /// On an item of a response with the reason `error`, `valueString`: the words of the answer that could not be read.
    UnreadableText,
    /// On a response, `valueString`, once for each answer that belongs to no question. FHIR requires a `linkId` of items.
    Unassigned,
}

impl OwnExtension {
    const ALL: [Self; 5] = [Self::Skipped, Self::FilledInBy, Self::AnswersId, Self::UnreadableText, Self::Unassigned];

    fn name(self) -> &'static str {
        match self {
            Self::Skipped => "answer-skipped",
            Self::FilledInBy => "filled-in-by",
            Self::AnswersId => "answers-id",
            Self::UnreadableText => "unreadable-text",
            Self::Unassigned => "unassigned-answer",
        }
    }
}

impl CanonicalBase {
    /// Creates a base from an absolute `https:` or `http:` URL without query or fragment; `None` for any other text.
    #[must_use]
    pub fn at(address: &str) -> Option<Self> {
        let address = address.trim_end_matches('/');
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]%".contains(c);
        let is_address =
            host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') && host.chars().all(is_allowed);
        is_address.then(|| Self(Some(address.to_owned())))
    }

    fn name(&self, kind: &str, name: &str) -> String {
        match &self.0 {
            Some(base) => format!("{base}/{kind}/{name}"),
            None => urn(&id(&format!("{kind}/{name}"))),
        }
    }

    /// The canonical URL of a pack's questionnaire, without its version.
    #[must_use]
    pub fn questionnaire(&self, pack: &Pack) -> String {
        self.name("Questionnaire", &pack.id)
    }

    /// The canonical URL of a pack's code system.
    #[must_use]
    pub fn code_system(&self, pack: &Pack) -> String {
        self.name("CodeSystem", &pack.id)
    }

    /// The identifier system for cited items of a pack's sources, each written as `source#item`.
    pub(super) fn citations(&self, pack: &Pack) -> String {
        self.name("NamingSystem", &format!("{}-citations", pack.id))
    }

    pub(super) fn extension(&self, extension: OwnExtension) -> String {
        self.name("StructureDefinition", extension.name())
    }

    /// Returns the extension of this program that a URL names, under this base or under the default one.
    pub(super) fn known_extension(&self, url: &str) -> Option<OwnExtension> {
        OwnExtension::ALL
            .into_iter()
            .find(|known| self.extension(*known) == url || Self::default().extension(*known) == url)
    }

    /// Returns true if `url` is the URL that `name` builds, under this base or under the default one.
    pub(super) fn matches(&self, url: &str, name: impl Fn(&Self) -> String) -> bool {
        url == name(self) || url == name(&Self::default())
    }
}

/// Derives an id from a text.
pub(super) fn id(text: &str) -> String {
    Uuid::new_v5(&NAMESPACE, text.as_bytes()).to_string()
}

/// Derives an id from the content of a resource.
pub(super) fn id_of(resource: &impl Serialize) -> String {
    id(&serde_json::to_string(resource).unwrap_or_default())
}

pub(super) fn urn(id: &str) -> String {
    format!("urn:uuid:{id}")
}

#[cfg(test)]
mod tests {
    use super::CanonicalBase;

    #[test]
    fn a_base_is_an_absolute_url() {
        for good in ["https://clinic.example/fhir", "http://localhost:8080/", "https://[::1]/x"] {
            assert!(CanonicalBase::at(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "clinic.example",
            "ftp://a.b",
            "https://",
            "https://a b",
            "https://a/?x=1",
            "https://a/#x",
            "https:///x",
        ] {
            assert!(CanonicalBase::at(bad).is_none(), "{bad}");
        }
    }
}
