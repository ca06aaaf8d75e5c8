//! HL7 FHIR R4, the language of clinics' systems: questionnaires, answers and summaries go out, and answers come in.
//!
//! Only the few data types that are used stand here, as structs of our own: what is written is exactly what a resource
//! needs, numbers keep their digits, and the whole builds in a moment. `item_tree` has the items that a
//! `Questionnaire` and its responses share; `enable` says when an item is enabled, exactly or not at all.

mod canonical;
mod code_system;
mod document;
mod element;
mod enable_when;
mod import;
mod item_tree;
mod narrative;
mod pack_check;
mod questionnaire;
mod response;

pub use canonical::CanonicalBase;
pub(crate) use document::{Page, document};
pub use import::{ImportError, Imported, import};
pub(crate) use item_tree::ItemTree;
pub use item_tree::UnsupportedPack;
pub use pack_check::check_pack;
pub use questionnaire::QuestionnaireMetadata;
pub use response::ResponseMetadata;

use crate::interview::Finished;
use crate::pack::Pack;
use document::Resource;

/// A pack as a `Questionnaire`.
///
/// # Errors
/// When FHIR R4 cannot say what the pack asks.
pub fn questionnaire(pack: &Pack, about: QuestionnaireMetadata<'_>) -> Result<String, UnsupportedPack> {
    Ok(document::to_json_text(&questionnaire::questionnaire(&ItemTree::new(pack)?, about)))
}

/// The same with the `CodeSystem` that its options come from, in one `collection` Bundle.
///
/// # Errors
/// When FHIR R4 cannot say what the pack asks.
pub fn questionnaire_with_codes(pack: &Pack, about: QuestionnaireMetadata<'_>) -> Result<String, UnsupportedPack> {
    let questionnaire = questionnaire::questionnaire(&ItemTree::new(pack)?, about);
    let codes = code_system::code_system(pack, about);
    let url = |kind: &str, id: String| canonical::urn(&canonical::id(&format!("{kind} {id}")));
    let resources = vec![
        (url("Questionnaire", canonical::id_of(&questionnaire)), Resource::Questionnaire(Box::new(questionnaire))),
        (url("CodeSystem", canonical::id_of(&codes)), Resource::Codes(Box::new(codes))),
    ];
    Ok(document::to_json_text(&document::collection(resources, about.date)))
}

/// Answers as a `QuestionnaireResponse`.
///
/// # Errors
/// When FHIR R4 cannot say what the pack asks.
pub fn response(finished: &Finished<'_>, origin: ResponseMetadata<'_>) -> Result<String, UnsupportedPack> {
    let items = ItemTree::new(finished.pack())?;
    Ok(document::to_json_text(&response::response(&items, finished.answers(), origin)))
}
