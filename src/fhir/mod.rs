//! HL7 FHIR R4, the exchange format of clinical systems: exports questionnaires, answers and summaries, imports answers.
//!
//! The module defines only the data types it uses, as structs. So the output holds exactly what a resource needs, numbers
//! keep their digits, and compile times stay short. `item_tree` builds the items that a `Questionnaire` and its responses
//! share. `enable_when` translates conditions exactly, or reports that it cannot.

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
pub(crate) use document::{DocumentPage, document};
pub use import::{ImportError, Imported, import};
pub(crate) use item_tree::ItemTree;
pub use item_tree::UnsupportedPack;
pub use pack_check::check_pack;
pub use questionnaire::QuestionnaireMetadata;
pub use response::ResponseMetadata;

use crate::interview::Finished;
use crate::pack::Pack;
use document::Resource;

/// Writes a pack as a `Questionnaire`, in JSON.
///
/// # Errors
/// Returns an error if FHIR R4 cannot express the pack.
pub fn questionnaire(pack: &Pack, about: QuestionnaireMetadata<'_>) -> Result<String, UnsupportedPack> {
    Ok(document::to_json_text(&questionnaire::questionnaire(&ItemTree::new(pack)?, about)))
}

/// Writes a pack as a `Questionnaire` and the `CodeSystem` of its options, in one `collection` Bundle.
///
/// # Errors
/// Returns an error if FHIR R4 cannot express the pack.
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

/// Writes answers as a `QuestionnaireResponse`, in JSON.
///
/// # Errors
/// Returns an error if FHIR R4 cannot express the pack.
pub fn response(finished: &Finished<'_>, origin: ResponseMetadata<'_>) -> Result<String, UnsupportedPack> {
    let items = ItemTree::new(finished.pack())?;
    Ok(document::to_json_text(&response::response(&items, finished.answers(), origin)))
}
