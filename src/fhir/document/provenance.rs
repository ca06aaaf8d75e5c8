//! Where each statement comes from: the answers that brought it, and the places of the source that it rests on.

use super::super::CanonicalBase;
use super::super::element::{Extension, Identifier, Narrative, Reference, Value, element};
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

/// A statement on the copy: where it stands, what it rests on, and what brought it.
struct Printed<'s> {
    element: String,
    cites: Vec<&'s str>,
    because: Vec<&'s Because>,
    /// Answers that stand beside it and bring nothing.
    beside: Vec<String>,
}

pub(super) fn of_statements(
    summary: &Summary,
    items: &ItemTree,
    base: &CanonicalBase,
    composition: &str,
    names: &ResourceUrls,
) -> Vec<Provenance> {
    let writer = Writer { summary, items, base, composition, names };
    printed(summary, items).iter().map(|printed| writer.provenance(printed)).collect()
}

fn printed<'s>(summary: &'s Summary, items: &ItemTree) -> Vec<Printed<'s>> {
    let fixed = |id: &str, cites: &'s [String]| Printed {
        element: narrative::statement_id(id),
        cites: cites.iter().map(String::as_str).collect(),
        because: Vec::new(),
        beside: Vec::new(),
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
        list.push(Printed { cites, because: benefit.because.iter().collect(), ..fixed(&benefit.line.id, &[]) });
    }
    if !summary.not_covered.is_empty() {
        let because = summary.not_covered.iter().flat_map(|line| &line.because).collect();
        let element = section_id(PartKind::NotCovered);
        list.push(Printed { element, cites: Vec::new(), because, beside: Vec::new() });
    }
    for variability in &summary.variability {
        let beside = variability.answers.iter().filter_map(|record| {
            let question = items.pack.question(&record.question)?;
            let slot = items.pack.questions[question].for_each.as_ref();
            match (&record.about, slot) {
                (Some(about), Some(each)) if about.code == "overall" => {
                    let overall = &items.pack.questions[each.question].shape.choices()[each.overall?];
                    Some(format!("{}.{}", record.question, overall.code))
                }
                (Some(about), _) => Some(format!("{}.{}", record.question, about.code)),
                (None, None) => Some(record.question.clone()),
                (None, Some(_)) => None,
            }
            .filter(|_| record.state != crate::summary::AnswerState::NotAsked)
        });
        list.push(Printed { beside: beside.collect(), ..fixed(&variability.line.id, &variability.line.cites) });
    }
    list.extend(summary.safety.iter().chain(&summary.consult).map(|line| fixed(&line.id, &line.cites)));
    list
}

struct Writer<'w> {
    summary: &'w Summary,
    items: &'w ItemTree,
    base: &'w CanonicalBase,
    composition: &'w str,
    names: &'w ResourceUrls,
}

impl Writer<'_> {
    fn provenance(&self, printed: &Printed<'_>) -> Provenance {
        let mut items: Vec<String> = printed.because.iter().map(|because| because.question.clone()).collect();
        items.dedup();
        items.extend(printed.beside.iter().cloned());
        let answers: Vec<String> =
            printed.because.iter().map(|because| format!("{} = {}", because.question, because.answer)).collect();
        let from_answers = (!items.is_empty()).then(|| Entity {
            role: "source",
            what: Some(Reference {
                extension: items.into_iter().map(at_element).collect(),
                display: answers.join("; "),
                ..reference("QuestionnaireResponse", &self.names.response)
            }),
        });
        let from_source = printed.cites.iter().map(|cites| Entity { role: "source", what: Some(self.citation(cites)) });
        let words = format!(
            "{} <- {}",
            printed.element,
            answers.iter().map(String::as_str).chain(printed.cites.iter().copied()).collect::<Vec<_>>().join("; ")
        );
        Provenance {
            resource_type: "Provenance",
            text: Some(narrative::generated(&narrative::of_text(&words), "en")),
            target: vec![Reference {
                extension: vec![at_element(printed.element.clone())],
                ..reference("Composition", self.composition)
            }],
            recorded: midnight(self.summary.date),
            agent: vec![Agent { who: Some(reference("Device", &self.names.device)) }],
            entity: from_answers.into_iter().chain(from_source).collect(),
            ..Provenance::default()
        }
    }

    /// A place in a source, which is a paper and has no resource.
    fn citation(&self, cites: &str) -> Reference {
        let source = cites.split('#').next().unwrap_or(cites);
        let title = self.summary.sources.iter().find(|known| known.id == source).map(|known| known.title.as_str());
        Reference {
            identifier: Some(Identifier { system: self.base.citations(&self.items.pack), value: cites.to_owned() }),
            display: format!("{} [{cites}]", title.unwrap_or(source)),
            ..Reference::default()
        }
    }
}

/// HL7's extension that points at one element of the resource referred to, by its id.
fn at_element(id: String) -> Extension {
    Extension::hl7("targetElement", Value::Uri(id))
}
