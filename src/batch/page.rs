//! A summary in one language for one copy, as moulds: everything in it that no record changes, escaped once.

use super::mould::{Gap, Mould};
use crate::answer::{Answer, AnswerKey, AnswerValue, Subject};
use crate::pack::{Language, Pack, Question, Role, Shape};
use crate::summary::said::Reason;
use crate::summary::speak::Speaker;
use crate::summary::{BenefitLine, NotCoveredLine, Record, Summary, json};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;
use std::ops::Range;

/// The moulds.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) language: Language,
    pub(super) whole: Mould,
    /// By benefit.
    pub(super) benefits: Vec<Mould>,
    /// By limit.
    pub(super) limits: Vec<Box<str>>,
    /// By not-covered statement, each with the option that names it left open.
    pub(super) not_covered: Vec<Mould>,
    /// By question.
    pub(super) questions: Vec<Asked>,
    /// What stands among the answers for questions that nobody asked, which mostly come in runs.
    pub(super) not_asked: Run,
    /// The questions in parts that follow on each other, and of each whether it is written down for the professional.
    pub(super) parts: Vec<(bool, Range<usize>)>,
    /// What the patient wants to ask.
    pub(super) to_ask: Option<(usize, Forms)>,
    /// What stands for everything at once.
    pub(super) overall: Option<Words>,
}

/// A code as JSON, and its wording escaped and without quotes.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) code: Box<str>,
    pub(super) text: Box<str>,
}

/// A question and its records.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) choices: Vec<Words>,
    /// For each option, how a line says that it was brought by it: from the source, editorial, not covered.
    pub(super) because: Vec<[Box<str>; 3]>,
    /// Among the answers.
    pub(super) titled: Forms,
    /// Beside a variability statement, where it stands beside one.
    pub(super) beside: Option<Forms>,
}

/// JSON values with commas between, and where each one stands.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) places: Vec<Range<usize>>,
}

/// The records of one question.
#[derive(Debug)]
pub(super) struct Forms {
    /// Of a question that nobody asked, about whatever.
    pub(super) not_asked: Box<str>,
    /// Asked, and nothing came of it but what is known beforehand: by what it was asked about.
    pub(super) ready: Vec<Ready>,
    pub(super) answered: Mould,
    /// Answered with words of one's own beside the choice.
    pub(super) with_words: Mould,
}

/// Records in which nothing is left open.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) open: Box<str>,
    pub(super) skipped: Box<str>,
    pub(super) declined: Box<str>,
    /// One option and no more, as most answers are: by option.
    pub(super) one: Vec<Box<str>>,
}

impl Page {
    /// Cuts the moulds for all pages like this one: of its pack, language and copy.
    pub(super) fn of(pack: &Pack, language: Language, summary: &Summary) -> Self {
        let speaker = Speaker::new(pack, language);
        let statements = &pack.statements;
        let because = [("/limits", Gap::Limits), ("/because", Gap::Because)];
        let benefits = statements.benefits.iter().map(|benefit| {
            let line = speaker.line(&benefit.statement);
            Mould::cut(json::benefit(&BenefitLine { line, limits: Vec::new(), because: Vec::new() }), &because)
        });
        let not_covered = statements.not_covered.iter().map(|statement| {
            let text = speaker.text(&statement.text);
            let line = NotCoveredLine { code: String::new(), id: statement.id.clone(), text, because: Vec::new() };
            Mould::cut(json::not_covered(&line), &[("/code", Gap::Codes), ("/because", Gap::Because)])
        });
        let to_ask = pack.with_role(Role::Questions);
        let overall = pack.questions.iter().position(|question| question.for_each.is_some()).and_then(|question| {
            let about = speaker.record(AnswerKey { question, about: Some(Subject::Overall) }, None).about?;
            Some(Words { code: quoted(&about.code), text: escaped(about.text.as_str()) })
        });
        let questions: Vec<Asked> = (0..pack.questions.len()).map(|question| Asked::new(&speaker, question)).collect();
        Self {
            language,
            whole: whole(summary),
            benefits: benefits.collect(),
            limits: (0..statements.limits.len())
                .map(|limit| json::line(&speaker.limit(limit)).to_string().into())
                .collect(),
            not_covered: not_covered.collect(),
            not_asked: questions.iter().map(|question| &*question.titled.not_asked).collect(),
            questions,
            parts: parts(pack),
            to_ask: to_ask.map(|question| (question, Forms::new(&speaker, question, json::to_ask))),
            overall,
        }
    }
}

impl<'v> FromIterator<&'v str> for Run {
    fn from_iter<I: IntoIterator<Item = &'v str>>(values: I) -> Self {
        let mut run = Self::default();
        for value in values {
            if !run.text.is_empty() {
                run.text.push(',');
            }
            let start = run.text.len();
            run.text.push_str(value);
            run.places.push(start..run.text.len());
        }
        run
    }
}

fn parts(pack: &Pack) -> Vec<(bool, Range<usize>)> {
    let is_recorded = |question: &Question| question.role == Role::Recorded;
    let mut start = 0;
    let parts = pack.questions.chunk_by(|one, next| is_recorded(one) == is_recorded(next)).map(|part| {
        start += part.len();
        (is_recorded(&part[0]), start - part.len()..start)
    });
    parts.collect()
}

/// The page around its lines and records.
fn whole(summary: &Summary) -> Mould {
    let places: Vec<String> = (0..summary.variability.len()).map(|at| format!("/variability/{at}/answers")).collect();
    let mut gaps = vec![
        ("/date", Gap::Date),
        ("/label", Gap::Label),
        ("/filled_in_by", Gap::FilledInBy),
        ("/benefits", Gap::Benefits),
        ("/overview", Gap::Overview),
        ("/not_covered", Gap::NotCovered),
        ("/recorded", Gap::Recorded),
        ("/questions", Gap::Questions),
        ("/answers", Gap::Answers),
    ];
    gaps.extend(places.iter().enumerate().map(|(at, place)| (place.as_str(), Gap::Variability(at))));
    Mould::cut(summary.to_json(), &gaps)
}

impl Asked {
    fn new(speaker: &Speaker<'_>, at: usize) -> Self {
        let question = &speaker.pack.questions[at];
        let choices = question
            .shape
            .choices()
            .iter()
            .map(|choice| Words { code: quoted(&choice.code), text: escaped(speaker.text(&choice.text).as_str()) });
        let is_tested = |rule: &crate::pack::Rule| rule.when.tests().iter().any(|(question, _)| *question == at);
        let because = |choice| {
            let reason = |editorial| speaker.because(Reason { question: at, choice, editorial, rule: 0 });
            [json::because(&reason(false)), json::because(&reason(true)), json::not_covered_because(&reason(false))]
                .map(|json| json.to_string().into())
        };
        let reasons = if speaker.pack.rules.iter().any(is_tested) { question.shape.choices().len() } else { 0 };
        let is_factor = speaker.pack.statements.variability.iter().any(|line| line.questions.contains(&at));
        Self {
            choices: choices.collect(),
            because: (0..reasons).map(because).collect(),
            titled: Forms::new(speaker, at, json::titled),
            beside: is_factor.then(|| Forms::new(speaker, at, json::beside)),
        }
    }
}

impl Forms {
    fn new(speaker: &Speaker<'_>, at: usize, to_json: fn(&Record) -> Value) -> Self {
        const ALL: [(&str, Gap); 5] = [
            ("/for", Gap::For),
            ("/codes", Gap::Codes),
            ("/value", Gap::Value),
            ("/free_text", Gap::FreeText),
            ("/text", Gap::Text),
        ];
        let question = &speaker.pack.questions[at];
        let slots: Vec<AnswerKey> = match &question.for_each {
            None => vec![AnswerKey::of_question(at)],
            Some(through) => (0..speaker.pack.questions[through.question].shape.choices().len())
                .map(|choice| AnswerKey { question: at, about: Some(through.subject(choice)) })
                .collect(),
        };
        let given = |text: Option<&str>| {
            let example = Answer::Value(example(question, text));
            Mould::cut(to_json(&speaker.record(slots[0], Some(&example))), &ALL)
        };
        Self {
            not_asked: to_json(&speaker.record(AnswerKey::of_question(at), None)).to_string().into(),
            answered: given(None),
            with_words: given(Some("x")),
            ready: slots.iter().map(|slot| Ready::new(speaker, *slot, to_json)).collect(),
        }
    }
}

impl Ready {
    fn new(speaker: &Speaker<'_>, slot: AnswerKey, to_json: fn(&Record) -> Value) -> Self {
        let record = |answer: Option<&Answer>| to_json(&speaker.record(slot, answer)).to_string().into();
        let one = |choice| record(Some(&Answer::Value(AnswerValue::Choice { chosen: vec![choice], text: None })));
        let options = speaker.pack.questions[slot.question].shape.options();
        Self {
            open: record(None),
            skipped: record(Some(&Answer::Skipped)),
            declined: record(Some(&Answer::Declined)),
            one: (0..options.map_or(0, |options| options.choices.len())).map(one).collect(),
        }
    }
}

/// Any answer of a question's kind: a mould keeps its shape, and nothing of what it says.
fn example(question: &Question, text: Option<&str>) -> AnswerValue {
    match &question.shape {
        Shape::One(_) | Shape::Many(_) => AnswerValue::Choice { chosen: vec![0], text: text.map(str::to_owned) },
        Shape::Text(_) => AnswerValue::Text("x".to_owned()),
        Shape::Number(_) => AnswerValue::Number(Decimal::ZERO),
        Shape::Date(..) => AnswerValue::Date(NaiveDate::default()),
        Shape::Quantity(..) => AnswerValue::Quantity { amount: Decimal::ZERO, unit: 0 },
    }
}

/// A text as JSON.
fn quoted(text: &str) -> Box<str> {
    Value::from(text).to_string().into()
}

/// A text as JSON, without its quotes.
fn escaped(text: &str) -> Box<str> {
    let quoted = quoted(text);
    quoted[1..quoted.len() - 1].into()
}
