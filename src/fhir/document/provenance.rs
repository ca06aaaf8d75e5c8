//! One `Provenance` for each statement: the answers that triggered it, and the items of the source that it cites.

use super::super::CanonicalBase;
use super::super::element::{Extension, FhirValue, Identifier, Narrative, Reference, element};
use super::super::item_tree::ItemTree;
use super::super::narrative;
use super::super::response::midnight;
use super::composition::section_id;
use super::references::{ResourceUrls, reference};
use crate::outline::PartKind;
use crate::summary::{Because, Summary};

element! {
    Provenance {
        resource_type: &'static str,
        id: String,
        text: Option<Narrative>,
        target: Vec<Reference>,
        recorded: String,
        agent: Vec<Agent>,
        entity: Vec<Entity>,
    }
}

element! {
    Agent {
        who: Option<Reference>,
    }
}

element! {
    Entity {
        role: &'static str,
        what: Option<Reference>,
    }
}

/// A statement on the copy and its origin.
struct StatementOrigin<'s> {
    /// The id of its element in the composition.
    element: String,
    /// The cited items of the source, each as `source#item`.
    cites: Vec<&'s str>,
    /// The answers that triggered it.
    because: Vec<&'s Because>,
    /// The link ids of answers printed with it that did not trigger it.
    related: Vec<String>,
}

pub(super) fn of_statements(
    summary: &Summary,
    items: &ItemTree,
    base: &CanonicalBase,
    composition: &str,
    urls: &ResourceUrls,
) -> Vec<Provenance> {
    let writer = ProvenanceWriter { summary, items, base, composition, urls };
    statement_origins(summary, items).iter().map(|origin| writer.provenance(origin)).collect()
}

fn statement_origins<'s>(summary: &'s Summary, items: &ItemTree) -> Vec<StatementOrigin<'s>> {
    let fixed = |id: &str, cites: &'s [String]| StatementOrigin {
        element: narrative::statement_id(id),
        cites: cites.iter().map(String::as_str).collect(),
        because: Vec::new(),
        related: Vec::new(),
    };
    let mut list = vec![fixed(&summary.procedure.id, &summary.procedure.cites)];
    for benefit in summary.benefits.iter().chain(&summary.overview) {
        let limits = benefit.limits.iter().flat_map(|limit| &limit.cites).map(String::as_str);
        let mut cites: Vec<&str> = benefit.line.cites.iter().map(String::as_str).chain(limits).collect();
        let mut seen = Vec::new();
        cites.retain(|cites| {
            !seen.contains(cites) && {
                seen.push(*cites);
                true
            }
        });
        list.push(StatementOrigin { cites, because: benefit.because.iter().collect(), ..fixed(&benefit.line.id, &[]) });
    }
    if !summary.not_covered.is_empty() {
        let because = summary.not_covered.iter().flat_map(|line| &line.because).collect();
        let element = section_id(PartKind::NotCovered);
        list.push(StatementOrigin { element, cites: Vec::new(), because, related: Vec::new() });
    }
    for variability in &summary.variability {
        let related = variability.answers.iter().filter_map(|record| {
            let question = items.pack.question(&record.question)?;
            let for_each = items.pack.questions[question].for_each.as_ref();
            match (&record.about, for_each) {
                (Some(about), Some(for_each)) if about.code == "overall" => {
                    let overall = &items.pack.questions[for_each.question].shape.choices()[for_each.overall?];
                    Some(format!("{}.{}", record.question, overall.code))
                }
                (Some(about), _) => Some(format!("{}.{}", record.question, about.code)),
                (None, None) => Some(record.question.clone()),
                (None, Some(_)) => None,
            }
            .filter(|_| record.state != crate::summary::AnswerState::NotAsked)
        });
        list.push(StatementOrigin {
            related: related.collect(),
            ..fixed(&variability.line.id, &variability.line.cites)
        });
    }
    let fixed_lines = summary.safety.iter().chain(&summary.consult);
    let lines = fixed_lines.chain(summary.to_ask.iter().map(|question| &question.line));
    list.extend(lines.map(|line| fixed(&line.id, &line.cites)));
    list
}

struct ProvenanceWriter<'w> {
    summary: &'w Summary,
    items: &'w ItemTree,
    base: &'w CanonicalBase,
    composition: &'w str,
    urls: &'w ResourceUrls,
}

impl ProvenanceWriter<'_> {
    fn provenance(&self, origin: &StatementOrigin<'_>) -> Provenance {
        let mut items: Vec<String> = origin.because.iter().map(|because| because.question.clone()).collect();
        items.dedup();
        items.extend(origin.related.iter().cloned());
        let answers: Vec<String> =
            origin.because.iter().map(|because| format!("{} = {}", because.question, because.answer)).collect();
        let from_answers = (!items.is_empty()).then(|| Entity {
            role: "source",
            what: Some(Reference {
                extension: items.into_iter().map(at_element).collect(),
                display: answers.join("; "),
                ..reference("QuestionnaireResponse", &self.urls.response)
            }),
        });
        let from_source = origin.cites.iter().map(|cites| Entity { role: "source", what: Some(self.citation(cites)) });
        let text = format!(
            "{} <- {}",
            origin.element,
            answers.iter().map(String::as_str).chain(origin.cites.iter().copied()).collect::<Vec<_>>().join("; ")
        );
        Provenance {
            resource_type: "Provenance",
            text: Some(narrative::generated(&narrative::of_text(&text), "en")),
            target: vec![Reference {
                extension: vec![at_element(origin.element.clone())],
                ..reference("Composition", self.composition)
            }],
            recorded: midnight(self.summary.date),
            agent: vec![Agent { who: Some(reference("Device", &self.urls.device)) }],
            entity: from_answers.into_iter().chain(from_source).collect(),
            ..Provenance::default()
        }
    }

    /// A reference to an item of a source, by identifier: a source is a paper and has no FHIR resource.
    fn citation(&self, cites: &str) -> Reference {
        let source = cites.split('#').next().unwrap_or(cites);
        let title = self.summary.sources.iter().find(|entry| entry.id == source).map(|entry| entry.title.as_str());
        Reference {
            identifier: Some(Identifier { system: self.base.citations(&self.items.pack), value: cites.to_owned() }),
            display: format!("{} [{cites}]", title.unwrap_or(source)),
            ..Reference::default()
        }
    }
}

/// HL7's extension that narrows a reference to the element with this id.
fn at_element(id: String) -> Extension {
    Extension::hl7("targetElement", FhirValue::Uri(id))
}
