//! A pack's own tests: answers → exactly what is printed, and why.

use super::raw::{CaseFile, RawExpectedBenefit};
use super::{Language, Pack};
use crate::interview::{Interview, Need, Slot, code_of_about, read_answers};
use crate::located::{At, Decode, File, Problems, Sink, parse};
use crate::summary::{Because, BenefitLine, Copy, Setting, Summary};
use chrono::NaiveDate;
use jsonc_parser::ast::Value;

/// One case, run.
#[derive(Debug, Clone)]
pub struct Case {
    /// Who the invented patient is.
    pub patient: String,
    /// What came and was not expected, or the other way round: one line each; empty if the case passes.
    pub differences: Vec<String>,
}

impl Case {
    /// Reads a case and compares it with what the pack does.
    ///
    /// # Errors
    /// What is wrong with the file itself, its answers included.
    pub fn run(pack: &Pack, name: &str, text: &str) -> Result<Self, Problems> {
        let file = File { name: name.to_owned(), text: text.to_owned() };
        let sink = Sink::new(&file);
        let read = parse(&sink).and_then(|value| {
            let case = CaseFile::decode(&value, &sink)?;
            let Value::Object(object) = &value else { return None };
            let answers = object.properties.iter().find(|property| property.name.as_str() == "answers")?;
            Some((case, read_answers(pack, &answers.value, Need::Complete, &sink)))
        });
        let problems = sink.into_problems();
        let Some((case, answers)) = read.filter(|_| problems.is_empty()) else {
            return Err(Problems::new(problems, vec![file]));
        };
        let mut interview = Interview::new(pack, answers);
        let mut differences = Vec::new();
        compare_asked(&case, &interview, &mut differences);
        match interview.finish() {
            Err(slot) => differences.push(format!("the question {} is not answered", name_of(pack, slot))),
            Ok(finished) => {
                let setting = Setting {
                    date: NaiveDate::default(),
                    language: Language::default(),
                    asked_in: Language::default(),
                    copy: Copy::Patient,
                    filled_in_by: None,
                };
                compare(&case, &Summary::new(&finished, setting), &mut differences);
            }
        }
        Ok(Self { patient: case.patient.value, differences })
    }
}

/// A question as cases name it: `severity(acne-scars)`.
fn name_of(pack: &Pack, slot: Slot) -> String {
    let id = &pack.questions[slot.question].id;
    if slot.about.is_some() { format!("{id}({})", code_of_about(pack, slot)) } else { id.clone() }
}

fn compare_asked(case: &CaseFile, interview: &Interview<'_>, differences: &mut Vec<String>) {
    let pack = interview.pack();
    let asked: Vec<String> = interview.asked().into_iter().map(|slot| name_of(pack, slot)).collect();
    if let Some(expected) = &case.asked {
        let expected = strings(expected);
        if asked != expected {
            differences.push(format!("asked: expected {}; came {}", expected.join(", "), asked.join(", ")));
        }
    }
    for never in &case.never_asked {
        if pack.question(never).is_none() {
            differences.push(format!("never_asked: the pack has no question `{}`", never.as_str()));
        }
        if asked.iter().any(|name| name == never.as_str() || name.starts_with(&format!("{}(", never.as_str()))) {
            differences.push(format!("never_asked: {} is asked", never.as_str()));
        }
    }
}

fn compare(case: &CaseFile, summary: &Summary, differences: &mut Vec<String>) {
    compare_benefits("benefits", &case.expect.benefits, &summary.benefits, differences);
    compare_benefits("overview", &case.expect.overview, &summary.overview, differences);
    let expected = strings(&case.expect.not_covered);
    let came: Vec<String> = summary.not_covered.iter().flat_map(|line| line.because.iter().map(answer)).collect();
    if expected != came {
        differences.push(format!("not_covered: expected {}; came {}", listed(&expected), listed(&came)));
    }
}

fn compare_benefits(place: &str, expected: &[RawExpectedBenefit], came: &[BenefitLine], differences: &mut Vec<String>) {
    let expected_ids: Vec<&str> = expected.iter().map(|benefit| benefit.statement.as_str()).collect();
    let came_ids: Vec<&str> = came.iter().map(|benefit| benefit.line.id.as_str()).collect();
    for unexpected in came.iter().filter(|benefit| !expected_ids.contains(&benefit.line.id.as_str())) {
        let because: Vec<String> = unexpected.because.iter().map(answer).collect();
        differences.push(format!(
            "{place}: `{}` came because of {}, and was not expected",
            unexpected.line.id,
            because.join(", ")
        ));
    }
    for missing in expected_ids.iter().filter(|id| !came_ids.contains(id)) {
        differences.push(format!("{place}: `{missing}` was expected and did not come"));
    }
    for benefit in expected {
        let Some(line) = came.iter().find(|line| line.line.id == benefit.statement.value) else { continue };
        let limits: Vec<String> = line.limits.iter().map(|limit| limit.id.clone()).collect();
        let because: Vec<String> = line.because.iter().map(answer).collect();
        let editorial: Vec<String> = line.because.iter().filter(|because| because.editorial).map(answer).collect();
        for (what, expected, came) in [
            ("limits", strings(&benefit.limits), limits),
            ("because", strings(&benefit.because), because),
            ("editorial", strings(&benefit.editorial), editorial),
        ] {
            if expected != came {
                differences.push(format!(
                    "{place}: `{}`, {what}: expected {}; came {}",
                    line.line.id,
                    listed(&expected),
                    listed(&came)
                ));
            }
        }
    }
    if differences.is_empty() && expected_ids != came_ids {
        differences.push(format!("{place}: the order is {}", came_ids.join(", ")));
    }
}

fn answer(because: &Because) -> String {
    format!("{}={}", because.question, because.answer)
}

fn strings(list: &[At<String>]) -> Vec<String> {
    list.iter().map(|at| at.value.clone()).collect()
}

fn listed(list: &[String]) -> String {
    if list.is_empty() { "none".to_owned() } else { list.join(", ") }
}
