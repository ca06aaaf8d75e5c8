//! A pack's own tests: answers → exactly what is printed, and why.

use super::case_file::{CaseFile, RawExpectedBenefit};
use super::coverage::CaseCoverage;
use crate::answer::AnswerKey;
use crate::diagnostics::{Decode, Diagnostics, File, Reporter, Spanned, parse};
use crate::interview::{Completeness, Interview, read_answers, subject_code};
use crate::pack::{Language, Pack};
use crate::summary::{Because, BenefitLine, CopyKind, Summary, SummaryOptions};
use chrono::NaiveDate;
use jsonc_parser::ast::Value;
use std::fmt;

/// One case, run.
#[derive(Debug, Clone)]
pub struct Case {
    /// Who the invented patient is.
    pub patient: String,
    /// What came and was not expected, or the other way round; empty if the case passes.
    pub differences: Vec<Difference>,
    /// What of the pack the case has been through.
    pub covered: CaseCoverage,
}

/// Something that is not as a case expects it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where: `asked`, `never_asked`, `benefits`, `overview`, `not_covered` or `answers`.
    pub place: &'static str,
    /// Which statement, and what of it.
    pub of: Option<(String, &'static str)>,
    /// What the case expects.
    pub expected: Vec<String>,
    /// What came.
    pub actual: Vec<String>,
    /// The answers behind it: those that brought what came, or those that were expected to bring what did not come.
    pub because: Vec<String>,
}

impl Difference {
    fn new(place: &'static str, expected: Vec<String>, actual: Vec<String>) -> Self {
        Self { place, of: None, expected, actual, because: Vec::new() }
    }

    /// The difference as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let (statement, what) = self.of.as_ref().map(|(id, what)| (id.as_str(), *what)).unzip();
        serde_json::json!({
            "place": self.place, "statement": statement, "what": what,
            "expected": self.expected, "came": self.actual, "because": self.because,
        })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.place)?;
        if let Some((statement, what)) = &self.of {
            write!(f, ": `{statement}`, {what}")?;
        }
        write!(f, ": expected {}; came {}", listed(&self.expected), listed(&self.actual))?;
        if !self.because.is_empty() {
            write!(f, "; because of {}", self.because.join(", "))?;
        }
        Ok(())
    }
}

impl Case {
    /// Reads a case and compares it with what the pack does.
    ///
    /// # Errors
    /// What is wrong with the file itself, its answers included.
    pub fn run(pack: &Pack, name: &str, text: &str) -> Result<Self, Diagnostics> {
        let file = File { name: name.to_owned(), text: text.to_owned() };
        let sink = Reporter::new(&file);
        let read = parse(&sink).and_then(|value| {
            let case = CaseFile::decode(&value, &sink)?;
            let Value::Object(object) = &value else { return None };
            let answers = object.properties.iter().find(|property| property.name.as_str() == "answers")?;
            Some((case, read_answers(pack, &answers.value, Completeness::Complete, &sink)))
        });
        let problems = sink.into_problems();
        let Some((case, answers)) = read.filter(|_| problems.is_empty()) else {
            return Err(Diagnostics::new(problems, vec![file]));
        };
        let mut interview = Interview::new(pack, answers);
        let mut differences = Vec::new();
        let mut covered = CaseCoverage::default();
        compare_asked(&case, &interview, &mut differences);
        match interview.finish() {
            Err(slot) => {
                differences.push(Difference::new("answers", vec![name_of(pack, slot)], Vec::new()));
            }
            Ok(finished) => {
                let setting = SummaryOptions {
                    date: NaiveDate::default(),
                    language: Language::default(),
                    asked_in: Language::default(),
                    copy: CopyKind::Patient,
                    filled_in_by: None,
                };
                let summary = Summary::new(&finished, setting);
                covered = CaseCoverage::new(&finished, &summary);
                compare(&case, &summary, &mut differences);
            }
        }
        Ok(Self { patient: case.patient.value, differences, covered })
    }
}

/// A question as cases name it: `severity(acne-scars)`.
fn name_of(pack: &Pack, slot: AnswerKey) -> String {
    let id = &pack.questions[slot.question].id;
    if slot.subject.is_some() { format!("{id}({})", subject_code(pack, slot)) } else { id.clone() }
}

fn compare_asked(case: &CaseFile, interview: &Interview<'_>, differences: &mut Vec<Difference>) {
    let pack = interview.pack();
    let asked: Vec<String> = interview.asked().into_iter().map(|slot| name_of(pack, slot)).collect();
    if let Some(expected) = &case.asked {
        let expected = strings(expected);
        if asked != expected {
            differences.push(Difference::new("asked", expected, asked.clone()));
        }
    }
    for never in &case.never_asked {
        let is_it = |name: &&String| **name == never.value || name.starts_with(&format!("{}(", never.as_str()));
        let came: Vec<String> = asked.iter().filter(is_it).cloned().collect();
        if !came.is_empty() {
            differences.push(Difference::new("never_asked", vec![format!("no {}", never.as_str())], came));
        } else if pack.question(never).is_none() {
            let unknown = vec!["no question of that name in the pack".to_owned()];
            differences.push(Difference::new("never_asked", vec![format!("no {}", never.as_str())], unknown));
        }
    }
}

fn compare(case: &CaseFile, summary: &Summary, differences: &mut Vec<Difference>) {
    compare_benefits("benefits", &case.expect.benefits, &summary.benefits, differences);
    compare_benefits("overview", &case.expect.overview, &summary.overview, differences);
    let expected = strings(&case.expect.not_covered);
    let came: Vec<String> = summary.not_covered.iter().flat_map(|line| line.because.iter().map(answer)).collect();
    if expected != came {
        differences.push(Difference::new("not_covered", expected, came));
    }
}

fn compare_benefits(
    place: &'static str,
    expected: &[RawExpectedBenefit],
    came: &[BenefitLine],
    differences: &mut Vec<Difference>,
) {
    let before = differences.len();
    let is_expected = |line: &&BenefitLine| expected.iter().any(|benefit| benefit.statement.value == line.line.id);
    for line in came.iter().filter(|line| !is_expected(line)) {
        differences.push(Difference {
            of: Some((line.line.id.clone(), "statement")),
            because: line.because.iter().map(answer).collect(),
            ..Difference::new(place, Vec::new(), vec![line.line.id.clone()])
        });
    }
    for benefit in expected {
        let id = &benefit.statement.value;
        let Some(line) = came.iter().find(|line| line.line.id == *id) else {
            differences.push(Difference {
                of: Some((id.clone(), "statement")),
                because: strings(&benefit.because),
                ..Difference::new(place, vec![id.clone()], Vec::new())
            });
            continue;
        };
        let because: Vec<String> = line.because.iter().map(answer).collect();
        let editorial = line.because.iter().filter(|because| because.editorial).map(answer).collect();
        for (what, expected, came) in [
            ("limits", strings(&benefit.limits), line.limits.iter().map(|limit| limit.id.clone()).collect()),
            ("because", strings(&benefit.because), because.clone()),
            ("editorial", strings(&benefit.editorial), editorial),
        ] {
            if expected != came {
                let of = Some((id.clone(), what));
                differences.push(Difference { of, because: because.clone(), ..Difference::new(place, expected, came) });
            }
        }
    }
    let expected: Vec<String> = expected.iter().map(|benefit| benefit.statement.value.clone()).collect();
    let came: Vec<String> = came.iter().map(|line| line.line.id.clone()).collect();
    if differences.len() == before && expected != came {
        differences.push(Difference::new(place, expected, came));
    }
}

fn answer(because: &Because) -> String {
    format!("{}={}", because.question, because.answer)
}

fn strings(list: &[Spanned<String>]) -> Vec<String> {
    list.iter().map(|at| at.value.clone()).collect()
}

fn listed(list: &[String]) -> String {
    if list.is_empty() { "none".to_owned() } else { list.join(", ") }
}
