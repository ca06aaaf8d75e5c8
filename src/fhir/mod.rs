//! HL7 FHIR R4, the language of clinics' systems: questionnaires, answers and summaries go out, and answers come in.
//!
//! Only the few data types that are used stand here, as structs of our own: what is written is exactly what a resource
//! needs, numbers keep their digits, and the whole builds in a moment. `layout` is the tree of items that a
//! `Questionnaire` and its responses share; `enable` says when an item is enabled, exactly or not at all.

mod base;
mod code_system;
mod document;
mod element;
mod enable;
mod import;
mod layout;
mod narrative;
mod questionnaire;
mod response;

pub use base::Base;
pub(crate) use document::document;
pub use import::{Imported, import};
pub(crate) use layout::{Layout, LayoutCell};
pub use questionnaire::About;
pub use response::Origin;

use crate::error::Error;
use crate::interview::Finished;
use crate::pack::Pack;
use document::Resource;
use std::sync::Arc;

/// A pack as a `Questionnaire`.
///
/// # Errors
/// When FHIR R4 cannot say what the pack asks.
pub fn questionnaire(pack: &Pack, about: About<'_>) -> Result<String, Error> {
    Ok(document::written(&questionnaire::questionnaire(&*layout_of(pack)?, about)))
}

/// The same with the `CodeSystem` that its options come from, in one `collection` Bundle.
///
/// # Errors
/// When FHIR R4 cannot say what the pack asks.
pub fn questionnaire_with_codes(pack: &Pack, about: About<'_>) -> Result<String, Error> {
    let questionnaire = questionnaire::questionnaire(&*layout_of(pack)?, about);
    let codes = code_system::code_system(pack, about);
    let url = |kind: &str, id: String| base::urn(&base::id(&format!("{kind} {id}")));
    let resources = vec![
        (url("Questionnaire", base::id_of(&questionnaire)), Resource::Questionnaire(Box::new(questionnaire))),
        (url("CodeSystem", base::id_of(&codes)), Resource::Codes(Box::new(codes))),
    ];
    Ok(document::written(&document::collection(resources, about.date)))
}

/// Answers as a `QuestionnaireResponse`.
///
/// # Errors
/// When FHIR R4 cannot say what the pack asks.
pub fn response(finished: &Finished<'_>, origin: Origin<'_>) -> Result<String, Error> {
    let layout = layout_of(finished.pack())?;
    Ok(document::written(&response::response(&layout, finished.answers(), origin)))
}

fn layout_of(pack: &Pack) -> Result<Arc<Layout>, Error> {
    pack.layout().map_err(|refusals| {
        let first = refusals.first().map(|refusal| refusal.message.as_str()).unwrap_or_default();
        Error::input(format!("the pack {} cannot be written as FHIR: {first}", pack.id))
            .hint("`preconsult pack check --fhir` shows each such place, and the way out")
    })
}
