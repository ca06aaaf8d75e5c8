//! The FHIR R4 data types that the resources of this program use, in their JSON form.

use serde::Serialize;
use serde_json::Number;

/// Values that are omitted from the JSON when empty: FHIR forbids null and empty lists.
pub(super) trait IsEmpty {
    fn is_absent(&self) -> bool;
}

impl<T> IsEmpty for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> IsEmpty for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl IsEmpty for bool {
    fn is_absent(&self) -> bool {
        !self
    }
}

impl IsEmpty for String {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl IsEmpty for &'static str {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// Declares a FHIR element or resource. Fields get FHIR's camel-case names, and empty fields are omitted.
macro_rules! element {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[allow(clippy::struct_field_names, reason = "the names are FHIR's")]
        #[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        pub(in $crate::fhir) struct $name {
            $(
                $(#[$field_meta])*
                #[serde(skip_serializing_if = "crate::fhir::element::IsEmpty::is_absent")]
                pub(in $crate::fhir) $field: $type,
            )*
        }
    };
}
pub(super) use element;

/// A `value[x]` of FHIR: the key names the type of the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) enum FhirValue {
    #[serde(rename = "valueBoolean")]
    Boolean(bool),
    #[serde(rename = "valueCode")]
    Code(String),
    #[serde(rename = "valueCoding")]
    Coding(Coding),
    #[serde(rename = "valueCodeableConcept")]
    Concept(CodeableConcept),
    #[serde(rename = "valueDate")]
    Date(String),
    #[serde(rename = "valueDecimal")]
    Decimal(Number),
    #[serde(rename = "valueInteger")]
    Integer(Number),
    #[serde(rename = "valueQuantity")]
    Quantity(Quantity),
    #[serde(rename = "valueString")]
    String(String),
    #[serde(rename = "valueUri")]
    Uri(String),
}

element! {
    /// An extension: a URL that defines its meaning, with a value or with nested extensions.
    Extension {
        url: String,
        extension: Vec<Extension>,
        #[serde(flatten)]
        value: Option<FhirValue>,
        /// The translations of a string value.
        #[serde(rename = "_valueString")]
        text_more: Option<Translations>,
    }
}

impl Extension {
    pub(super) fn new(url: impl Into<String>, value: FhirValue) -> Self {
        Self { url: url.into(), value: Some(value), ..Self::default() }
    }

    /// Creates an extension that HL7 defines for FHIR itself.
    pub(super) fn hl7(name: &str, value: FhirValue) -> Self {
        Self::new(hl7(name), value)
    }
}

/// The URL of an extension that HL7 defines for FHIR itself.
pub(super) fn hl7(name: &str) -> String {
    format!("http://hl7.org/fhir/StructureDefinition/{name}")
}

element! {
    /// The extensions of a primitive value, written under its name with a leading `_`.
    Translations {
        extension: Vec<Extension>,
    }
}

element! {
    Coding {
        system: String,
        code: String,
        display: String,
        #[serde(rename = "_display")]
        display_more: Option<Translations>,
    }
}

element! {
    CodeableConcept {
        coding: Vec<Coding>,
        text: String,
    }
}

element! {
    Quantity {
        value: Option<Number>,
        unit: String,
        system: String,
        code: String,
    }
}

element! {
    Identifier {
        system: String,
        value: String,
    }
}

element! {
    Reference {
        extension: Vec<Extension>,
        reference: String,
        r#type: &'static str,
        identifier: Option<Identifier>,
        display: String,
    }
}

element! {
    /// The human-readable text of a resource, as XHTML.
    Narrative {
        status: &'static str,
        div: String,
    }
}

impl CodeableConcept {
    /// A concept with one coding of an external code system, and that system's display name.
    pub(super) fn coded(system: &str, code: &str, display: &str) -> Self {
        let coding = Coding {
            system: system.to_owned(),
            code: code.to_owned(),
            display: display.to_owned(),
            display_more: None,
        };
        Self { coding: vec![coding], text: String::new() }
    }
}
