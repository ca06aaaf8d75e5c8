//! What our FHIR resources are called: canonical addresses, extensions, ids.

use crate::pack::Pack;
use serde::Serialize;
use uuid::Uuid;

/// The space of names in which every id of this program is made.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d2f_6f0c_93b5_4e0a_8c1d_27a4_f1be_5d39);

/// Where canonical addresses start.
///
/// A canonical address should be one that its owner controls, and this program owns none. So without a setting every
/// address is a `urn:uuid:` that follows from its name (RFC 4122, version 5): the same on every machine, and nobody
/// else's. A clinic that has an address of its own sets `fhir_base` to it, and gets `BASE/Questionnaire/PACK` and so on.
/// What is read is known by either.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CanonicalBase(Option<String>);

/// The extensions that are our own, since FHIR R4 has no element or extension of HL7's for what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnExtension {
    /// On an item of a response, `valueBoolean` true: the question was asked, and the person went on without answering.
    /// HL7's codes for absent data have "asked but declined" and "asked but unknown", and nothing for this.
    Skipped,
    /// On a response, `valueCode`: `patient`, `staff` or `together` filled it in. `author` and `source` of FHIR want a
    /// known person, and here nobody is.
    FilledInBy,
    /// On a response, `valueString`: the sender's own name for this set of answers.
    AnswersId,
}

impl OwnExtension {
    const ALL: [Self; 3] = [Self::Skipped, Self::FilledInBy, Self::AnswersId];

    fn name(self) -> &'static str {
        match self {
            Self::Skipped => "answer-skipped",
            Self::FilledInBy => "filled-in-by",
            Self::AnswersId => "answers-id",
        }
    }
}

impl CanonicalBase {
    /// Addresses below this one, which has to be an absolute `https:` or `http:` address without query or fragment.
    #[must_use]
    pub fn at(address: &str) -> Option<Self> {
        let address = address.trim_end_matches('/');
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
        let fits = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]%".contains(c);
        let is_address = host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') && host.chars().all(fits);
        is_address.then(|| Self(Some(address.to_owned())))
    }

    fn name(&self, kind: &str, name: &str) -> String {
        match &self.0 {
            Some(base) => format!("{base}/{kind}/{name}"),
            None => urn(&id(&format!("{kind}/{name}"))),
        }
    }

    /// The address of a pack's questionnaire, without its version.
    #[must_use]
    pub fn questionnaire(&self, pack: &Pack) -> String {
        self.name("Questionnaire", &pack.id)
    }

    /// The address of a pack's codes.
    #[must_use]
    pub fn code_system(&self, pack: &Pack) -> String {
        self.name("CodeSystem", &pack.id)
    }

    /// The space of names for the items of a pack's sources, each written as `source#item`.
    pub(super) fn citations(&self, pack: &Pack) -> String {
        self.name("NamingSystem", &format!("{}-citations", pack.id))
    }

    pub(super) fn extension(&self, own: OwnExtension) -> String {
        self.name("StructureDefinition", own.name())
    }

    /// Which of our own extensions this address names, under this base or under the one without a setting.
    pub(super) fn known_extension(&self, url: &str) -> Option<OwnExtension> {
        OwnExtension::ALL.into_iter().find(|own| self.extension(*own) == url || Self::default().extension(*own) == url)
    }

    /// Whether an address names the thing, under this base or under the one without a setting.
    pub(super) fn matches(&self, url: &str, name: impl Fn(&Self) -> String) -> bool {
        url == name(self) || url == name(&Self::default())
    }
}

/// An id that follows from a text.
pub(super) fn id(text: &str) -> String {
    Uuid::new_v5(&NAMESPACE, text.as_bytes()).to_string()
}

/// An id that follows from what a resource says.
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
    fn a_base_is_an_absolute_address() {
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
