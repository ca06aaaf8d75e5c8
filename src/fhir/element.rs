//! The few data types of FHIR R4 that the resources here are made of, as they are written.

use serde::Serialize;
use serde_json::Number;

/// What is left out of the JSON where it says nothing: FHIR forbids null and empty lists.
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

/// Declares a FHIR element or resource: names as FHIR writes them, and nothing where there is nothing.
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

/// A value of one of the types that FHIR lets stand in this place, under its own key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) enum Value {
    #[serde(rename = "valueBoolean")]
    Boolean(bool),
    #[serde(rename = "valueCode")]
    Code(String),
    #[serde(rename = "valueCoding")]
    Coding(Coding),
    #[serde(rename = "valueCodeableConcept")]
    Concept(Concept),
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
    /// An extension: a value under a name that says what it means, or further extensions.
    Extension {
        url: String,
        extension: Vec<Extension>,
        #[serde(flatten)]
        value: Option<Value>,
        /// What stands beside a text.
        #[serde(rename = "_valueString")]
        text_more: Option<Translations>,
    }
}

impl Extension {
    pub(super) fn new(url: impl Into<String>, value: Value) -> Self {
        Self { url: url.into(), value: Some(value), ..Self::default() }
    }

    /// One that HL7 has defined for FHIR itself.
    pub(super) fn hl7(name: &str, value: Value) -> Self {
        Self::new(hl7(name), value)
    }
}

/// The name of an extension that HL7 has defined for FHIR itself.
pub(super) fn hl7(name: &str) -> String {
    format!("http://hl7.org/fhir/StructureDefinition/{name}")
}

element! {
    /// What stands beside a primitive value: its extensions.
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
    Concept {
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
    /// A resource in words: XHTML.
    Narrative {
        status: &'static str,
        div: String,
    }
}

impl Concept {
    /// A concept of a code system outside, with its own name for it.
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
