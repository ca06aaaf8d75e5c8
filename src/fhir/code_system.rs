//! The options and units of a pack as a FHIR R4 `CodeSystem`: one concept per question, with a child concept per choice.

use super::element::{Narrative, Translations, element};
use super::narrative;
use super::questionnaire::{QuestionnaireMetadata, QuestionnaireWriter, code, computer_name};
use crate::pack::{Choice, LocalizedText, Pack, Question};

element! {
    CodeSystem {
        resource_type: &'static str,
        id: String,
        language: String,
        text: Option<Narrative>,
        url: String,
        version: String,
        name: String,
        title: String,
        #[serde(rename = "_title")]
        title_more: Option<Translations>,
        status: &'static str,
        date: String,
        publisher: String,
        case_sensitive: bool,
        hierarchy_meaning: &'static str,
        content: &'static str,
        count: Option<usize>,
        concept: Vec<Concept>,
    }
}

element! {
    Concept {
        code: String,
        display: String,
        designation: Vec<Designation>,
        concept: Vec<Concept>,
    }
}

element! {
    Designation {
        language: String,
        value: String,
    }
}

pub(super) fn code_system(pack: &Pack, metadata: QuestionnaireMetadata<'_>) -> CodeSystem {
    let tag = pack.tag(metadata.language);
    let writer = QuestionnaireWriter { pack, base: metadata.base, language: metadata.language };
    let (title, title_more) = writer.text(&pack.title);
    let concepts: Vec<Concept> = pack
        .questions
        .iter()
        .filter(|question| coded(question).next().is_some())
        .map(|question| Concept {
            concept: coded(question)
                .map(|choice| concept(pack, metadata, code(question, choice), &choice.text))
                .collect(),
            ..concept(pack, metadata, question.id.clone(), &question.title)
        })
        .collect();
    CodeSystem {
        resource_type: "CodeSystem",
        id: pack.id.clone(),
        language: tag.to_owned(),
        text: Some(narrative::generated(&narrative::of_codes(&title), tag)),
        url: metadata.base.code_system(pack),
        version: pack.version.clone(),
        name: format!("{}_codes", computer_name(&pack.id)),
        title,
        title_more,
        status: if pack.review.by.is_some() { "active" } else { "draft" },
        date: metadata.date.to_string(),
        publisher: metadata.publisher.unwrap_or_default().to_owned(),
        case_sensitive: true,
        hierarchy_meaning: "grouped-by",
        content: "complete",
        count: Some(concepts.iter().map(|concept| 1 + concept.concept.len()).sum()),
        concept: concepts,
    }
}

/// The choices of a question that have a code. Yes/no questions have none: FHIR answers them with a `boolean`.
fn coded(question: &Question) -> impl Iterator<Item = &Choice> {
    let yes_no = question.shape.options().is_some_and(|options| options.yes_no);
    question.shape.choices().iter().filter(move |_| !yes_no)
}

fn concept(pack: &Pack, metadata: QuestionnaireMetadata<'_>, code: String, wording: &LocalizedText) -> Concept {
    let others = pack.each_language().filter(|language| *language != metadata.language);
    let designation = others.map(|language| Designation {
        language: pack.tag(language).to_owned(),
        value: wording.in_language(language).to_string(),
    });
    Concept {
        code,
        display: wording.in_language(metadata.language).to_string(),
        designation: designation.collect(),
        concept: Vec::new(),
    }
}
