//! A pack's own tests: for a set of answers, exactly what is printed and why.

use super::case_file::{CaseFile, RawExpectedBenefit};
use super::coverage::CaseCoverage;
use crate::answer::{AnswerKey, Answers};
use crate::diagnostics::{Decode, Diagnostics, File, Reporter, Spanned, parse};
use crate::interview::{Completeness, Finished, Interview, read_answers, subject_code};
use crate::pack::{Language, Pack};
use crate::summary::{Because, BenefitLine, CopyKind, Summary, SummaryOptions};
use chrono::NaiveDate;
use jsonc_parser::ast::Value;
use std::fmt;

/// The result of one case.
#[derive(Debug, Clone)]
pub struct Case {
    /// A description of the invented patient.
    pub patient: String,
    /// The differences from what the case expects; empty if the case passes.
    pub differences: Vec<Difference>,
    /// The parts of the pack that the case covers.
    pub covered: CaseCoverage,
}

/// A difference between a case's expectation and the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The list that differs: `asked`, `never_asked`, `benefits`, `overview`, `not_covered` or `answers`.
    pub place: &'static str,
    /// The id of the statement and the aspect of it that differs, if the difference is about one statement.
    pub subject: Option<(String, &'static str)>,
    /// The values that the case expects.
    pub expected: Vec<String>,
    /// The actual values.
    pub actual: Vec<String>,
    /// The answers that led to the actual line or, if the line is missing, the answers that were expected to.
    pub because: Vec<String>,
}

impl Difference {
    fn new(place: &'static str, expected: Vec<String>, actual: Vec<String>) -> Self {
        Self { place, subject: None, expected, actual, because: Vec::new() }
    }

    /// Returns the difference as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let (statement, what) = self.subject.as_ref().map(|(id, what)| (id.as_str(), *what)).unzip();
        serde_json::json!({
            "place": self.place, "statement": statement, "what": what,
            "expected": self.expected, "came": self.actual, "because": self.because,
        })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.place)?;
        if let Some((statement, what)) = &self.subject {
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
    /// Reads a case and compares its expectations with what the pack prints.
    ///
    /// # Errors
    /// Returns the errors in the file, including those in its answers.
    pub fn run(pack: &Pack, name: &str, text: &str) -> Result<Self, Diagnostics> {
        let (case, answers) = read_case(pack, name, text)?;
        let mut interview = Interview::new(pack, answers);
        let mut differences = Vec::new();
        let mut covered = CaseCoverage::default();
        compare_asked(&case, &interview, &mut differences);
        match interview.finish() {
            Err(key) => {
                differences.push(Difference::new("answers", vec![question_name(pack, key)], Vec::new()));
            }
            Ok(finished) => {
                let summary = patient_summary(&finished, Language::default());
                covered = CaseCoverage::new(&finished, &summary);
                compare(&case, &summary, &mut differences);
            }
        }
        Ok(Self { patient: case.patient.value, differences, covered })
    }
}

/// Reads a case and its answers.
pub(super) fn read_case(pack: &Pack, name: &str, text: &str) -> Result<(CaseFile, Answers), Diagnostics> {
    let file = File { name: name.to_owned(), text: text.to_owned() };
    let sink = Reporter::new(&file);
    let case = parse(&sink).and_then(|value| {
        let case = CaseFile::decode(&value, &sink)?;
        let Value::Object(object) = &value else { return None };
        let answers = object.properties.iter().find(|property| property.name.as_str() == "answers")?;
        Some((case, read_answers(pack, &answers.value, Completeness::Complete, &sink)))
    });
    let problems = sink.into_collected();
    case.filter(|_| problems.is_empty()).ok_or_else(|| Diagnostics::new(problems, vec![file]))
}

/// Returns the summary of the patient's copy; its date does not matter.
pub(super) fn patient_summary(finished: &Finished<'_>, language: Language) -> Summary {
    let options = SummaryOptions {
        date: NaiveDate::default(),
        language,
        asked_in: language,
        copy: CopyKind::Patient,
        filled_in_by: None,
    };
    Summary::new(finished, options)
}

/// Formats a question as cases name it: `severity(acne-scars)`.
fn question_name(pack: &Pack, key: AnswerKey) -> String {
    let id = &pack.questions[key.question].id;
    if key.subject.is_some() { format!("{id}({})", subject_code(pack, key)) } else { id.clone() }
}

fn compare_asked(case: &CaseFile, interview: &Interview<'_>, differences: &mut Vec<Difference>) {
    let pack = interview.pack();
    let asked: Vec<String> = interview.asked().into_iter().map(|key| question_name(pack, key)).collect();
    if let Some(expected) = &case.asked {
        let expected = strings(expected);
        if asked != expected {
            differences.push(Difference::new("asked", expected, asked.clone()));
        }
    }
    for never in &case.never_asked {
        let is_never_asked =
            |name: &&String| **name == never.value || name.starts_with(&format!("{}(", never.as_str()));
        let actual: Vec<String> = asked.iter().filter(is_never_asked).cloned().collect();
        if !actual.is_empty() {
            differences.push(Difference::new("never_asked", vec![format!("no {}", never.as_str())], actual));
        } else if pack.question(never).is_none() {
            let unknown = vec!["no question with that id in the pack".to_owned()];
            differences.push(Difference::new("never_asked", vec![format!("no {}", never.as_str())], unknown));
        }
    }
}

fn compare(case: &CaseFile, summary: &Summary, differences: &mut Vec<Difference>) {
    compare_benefits("benefits", &case.expect.benefits, &summary.benefits, differences);
    compare_benefits("overview", &case.expect.overview, &summary.overview, differences);
    let expected = strings(&case.expect.not_covered);
    let actual: Vec<String> = summary.not_covered.iter().flat_map(|line| line.because.iter().map(answer)).collect();
    if expected != actual {
        differences.push(Difference::new("not_covered", expected, actual));
    }
}

fn compare_benefits(
    place: &'static str,
    expected: &[RawExpectedBenefit],
    actual: &[BenefitLine],
    differences: &mut Vec<Difference>,
) {
    let before = differences.len();
    let is_expected = |line: &&BenefitLine| expected.iter().any(|benefit| benefit.statement.value == line.line.id);
    for line in actual.iter().filter(|line| !is_expected(line)) {
        differences.push(Difference {
            subject: Some((line.line.id.clone(), "statement")),
            because: line.because.iter().map(answer).collect(),
            ..Difference::new(place, Vec::new(), vec![line.line.id.clone()])
        });
    }
    for benefit in expected {
        let id = &benefit.statement.value;
        let Some(line) = actual.iter().find(|line| line.line.id == *id) else {
            differences.push(Difference {
                subject: Some((id.clone(), "statement")),
                because: strings(&benefit.because),
                ..Difference::new(place, vec![id.clone()], Vec::new())
            });
            continue;
        };
        let because: Vec<String> = line.because.iter().map(answer).collect();
        let editorial = line.because.iter().filter(|because| because.editorial).map(answer).collect();
        for (what, expected, actual) in [
            ("limits", strings(&benefit.limits), line.limits.iter().map(|limit| limit.id.clone()).collect()),
            ("because", strings(&benefit.because), because.clone()),
            ("editorial", strings(&benefit.editorial), editorial),
        ] {
            if expected != actual {
                let subject = Some((id.clone(), what));
                differences.push(Difference {
                    subject,
                    because: because.clone(),
                    ..Difference::new(place, expected, actual)
                });
            }
        }
    }
    let expected: Vec<String> = expected.iter().map(|benefit| benefit.statement.value.clone()).collect();
    let actual: Vec<String> = actual.iter().map(|line| line.line.id.clone()).collect();
    if differences.len() == before && expected != actual {
        differences.push(Difference::new(place, expected, actual));
    }
}

fn answer(because: &Because) -> String {
    format!("{}={}", because.question, because.answer)
}

fn strings(list: &[Spanned<String>]) -> Vec<String> {
    list.iter().map(|text| text.value.clone()).collect()
}

fn listed(list: &[String]) -> String {
    if list.is_empty() { "none".to_owned() } else { list.join(", ") }
}
