//! Writes a summary as JSON: keys, shapes and order are a contract with the programs that read it.
//!
//! One writer serves a single summary and a batch. It takes the answers and the rules' matches, both by index, and adds
//! the pack's texts, which are escaped once for all records in a language.

mod records;
mod text;

pub(crate) use text::push_quoted;

use super::matches::{BenefitMatch, NotCoveredMatch, Reason, RuleMatches, chosen_to_ask, related_keys};
use super::{CopyKind, SummaryOptions};
use crate::answer::{Answer, AnswerKey, AnswerValue, Answers};
use crate::interview::FilledInBy;
use crate::messages::Messages;
use crate::pack::{Choice, Language, LocalizedText, Pack, Question, Role, Source, SourceKind, Statement};
use crate::printable::Printable;
use records::RecordsWriter;
use std::borrow::Cow;
use std::io::Write as _;
use text::{escaped, push, push_list, quoted};

/// The inputs that differ from one summary to the next.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SummaryInput<'i> {
    pub(crate) options: SummaryOptions,
    /// The questions asked, in order.
    pub(crate) asked: &'i [AnswerKey],
    pub(crate) answers: &'i Answers,
    /// The results of the rules.
    pub(crate) matches: &'i RuleMatches,
    /// Answers that an import could assign to no question.
    pub(crate) unassigned: &'i [String],
}

/// Writes summaries as JSON; holds the texts of a pack in one language, escaped.
#[derive(Debug)]
pub(crate) struct JsonWriter<'p> {
    pack: &'p Pack,
    language: Language,
    messages: Messages,
    /// The fields `format` and `pack`.
    head: String,
    /// The fields `notice` and `procedure`.
    notice: String,
    /// The fields `safety` and `consult`.
    advice: String,
    /// Statements as JSON objects without their closing brace.
    benefits: Vec<String>,
    variability: Vec<String>,
    /// Statements as complete JSON objects.
    limits: Vec<String>,
    /// The escaped texts of statements, each as a field that precedes `because`.
    not_covered: Vec<String>,
    /// Questions to ask as JSON objects without their closing brace.
    asks: Vec<String>,
    /// The field `sources` and the closing brace.
    tail: String,
    questions: Vec<QuestionJson<'p>>,
    /// The escaped text for all subjects at once.
    overall: String,
    /// The end of an answer record with the state `skipped`.
    skipped: String,
    declined: String,
    not_asked: String,
    /// The escaped text of the state `unreadable`.
    unreadable: String,
}

/// A question's texts as JSON.
#[derive(Debug)]
struct QuestionJson<'p> {
    /// The start of an object, up to the question's id.
    start: String,
    /// The field `title`.
    title: String,
    /// The start of a record without a subject, up to its title.
    titled_start: String,
    not_asked: String,
    choices: Vec<ChoiceJson<'p>>,
}

/// The texts of an option or a unit as JSON.
#[derive(Debug)]
struct ChoiceJson<'p> {
    /// The code in quotes.
    code: String,
    /// The text, escaped.
    text: Cow<'p, str>,
    /// The end of a record whose only answer is this option.
    alone: String,
    /// A reason without its closing brace.
    reason: String,
}

impl<'p> JsonWriter<'p> {
    /// Escapes the texts of a pack for one copy in one language.
    pub(crate) fn new(pack: &'p Pack, language: Language, copy: CopyKind) -> Self {
        let messages = Messages::new(pack.tag(language));
        let message = |key: &str| quoted(Printable::line(&messages.get(key)).as_str());
        let inner_message = |key: &str| escaped(Printable::line(&messages.get(key)).as_str()).into_owned();
        let without_answer =
            |state: &str| format!(r#","state":"{state}","text":{}}}"#, message(&format!("state-{state}")));
        let open_line =
            |statement: &Statement| open_line(pack, statement, copy.wording(statement).in_language(language));
        let line = |statement: &Statement| format!("{}}}", open_line(statement));
        let lines = |statements: &[Statement]| statements.iter().map(line).collect::<Vec<_>>().join(",");
        let not_asked = without_answer("not-asked");
        let question = |question: &'p Question| {
            let start = format!(r#"{{"question":{}"#, quoted(&question.id));
            let title = format!(r#","title":{}"#, quoted(question.title.in_language(language).as_str()));
            let titled_start = format!("{start}{title}");
            let choice = |choice: &'p Choice| {
                let (code, text) = (quoted(&choice.code), escaped(choice.text.in_language(language).as_str()));
                let alone = format!(r#","state":"answered","codes":[{code}],"text":"{text}"}}"#);
                let reason = format!(r#"{start},"answer":{code},"text":"{text}""#);
                ChoiceJson { code, text, alone, reason }
            };
            let choices = question.shape.choices().iter().map(choice).collect();
            QuestionJson { not_asked: format!("{titled_start}{not_asked}"), start, title, titled_start, choices }
        };
        let statements = &pack.statements;
        Self {
            pack,
            language,
            messages: messages.clone(),
            head: format!(
                r#"{{"format":1,"pack":{{"id":{},"version":{},"hash":{},{}}},"date":""#,
                quoted(&pack.id),
                quoted(&pack.version),
                quoted(&pack.hash),
                declarations(pack, language)
            ),
            notice: format!(
                r#","notice":{{"text":{}}},"procedure":{},"benefits":"#,
                quoted(copy.notice(pack).in_language(language).as_str()),
                line(&statements.procedure)
            ),
            advice: format!(
                r#","safety":[{}],"consult":[{}],"to_ask":"#,
                lines(&statements.safety),
                lines(&statements.consult)
            ),
            benefits: statements.benefits.iter().map(|benefit| open_line(&benefit.statement)).collect(),
            variability: statements.variability.iter().map(|variability| open_line(&variability.statement)).collect(),
            limits: statements.limits.iter().map(line).collect(),
            not_covered: statements
                .not_covered
                .iter()
                .map(|statement| {
                    format!(r#","text":{},"because":"#, quoted(copy.wording(statement).in_language(language).as_str()))
                })
                .collect(),
            asks: statements.ask.iter().map(|ask| open_line(&ask.statement)).collect(),
            tail: format!(r#","sources":[{}]}}"#, pack.sources.iter().map(source).collect::<Vec<_>>().join(",")),
            questions: pack.questions.iter().map(question).collect(),
            overall: inner_message("overall"),
            unreadable: inner_message("state-unreadable"),
            skipped: without_answer("skipped"),
            declined: without_answer("declined"),
            not_asked,
        }
    }

    /// Appends a summary as one JSON object without white space.
    pub(crate) fn write(&self, input: &SummaryInput<'_>, out: &mut Vec<u8>) {
        let SummaryOptions { date, language, copy, filled_in_by, .. } = input.options;
        let records = RecordsWriter::new(self, input);
        push(out, &self.head);
        let _ = write!(out, "{date}");
        push(out, r#"","language":"#);
        push_quoted(out, Some(self.pack.tag(language)));
        push(out, r#","copy":""#);
        push(out, copy.name());
        push(out, r#"","label":"#);
        push_quoted(out, label(self.pack, input.answers).as_ref().map(Printable::as_str));
        push(out, r#","filled_in_by":"#);
        push_quoted(out, filled_in_by.map(FilledInBy::name));
        push(out, &self.notice);
        push_list(out, input.matches.benefits(), |out, (benefit, benefit_match)| {
            self.benefit(out, benefit, benefit_match);
        });
        push(out, r#","overview":"#);
        push_list(out, input.matches.overview(), |out, (benefit, benefit_match)| {
            self.benefit(out, benefit, benefit_match);
        });
        push(out, r#","not_covered":"#);
        push_list(out, input.matches.not_covered(), |out, not_covered| self.not_covered(out, not_covered));
        push(out, r#","variability":"#);
        push_list(out, self.variability.iter().enumerate(), |out, (index, line)| {
            push(out, line);
            push(out, r#","answers":"#);
            let questions = &self.pack.statements.variability[index].questions;
            push_list(out, related_keys(self.pack, input.asked, input.matches, questions), |out, key| {
                records.push_related(out, key);
            });
            out.push(b'}');
        });
        push(out, &self.advice);
        let chosen = chosen_to_ask(self.pack, input.answers);
        push_list(out, input.matches.asks(), |out, ask| {
            push(out, &self.asks[ask]);
            push(out, r#","chosen":"#);
            push(out, chosen.map_or("null", |chosen| if chosen.contains(&ask) { "true" } else { "false" }));
            out.push(b'}');
        });
        push(out, r#","recorded":"#);
        let recorded = (0..self.questions.len()).filter(|index| self.pack.questions[*index].role == Role::Recorded);
        push_list(out, recorded, |out, question| records.push_all(out, question));
        push(out, r#","questions":"#);
        match self.pack.with_role(Role::Questions) {
            Some(question) => patient_question(out, input.answers.get(&AnswerKey::of_question(question))),
            None => push(out, "null"),
        }
        push(out, r#","answers":"#);
        push_list(out, 0..self.questions.len(), |out, question| {
            records.push_all(out, question);
        });
        if !input.unassigned.is_empty() {
            push(out, r#","unassigned":"#);
            push_list(out, input.unassigned, |out, text| push_quoted(out, Some(&Printable::cleaned(text))));
        }
        push(out, &self.tail);
    }

    fn benefit(&self, out: &mut Vec<u8>, benefit: usize, benefit_match: &BenefitMatch) {
        push(out, &self.benefits[benefit]);
        push(out, r#","limits":"#);
        push_list(out, &benefit_match.limits, |out, limit| push(out, &self.limits[*limit]));
        push(out, r#","because":"#);
        push_list(out, &benefit_match.because, |out, reason| {
            push(out, &self.choice(reason).reason);
            push(out, if reason.editorial { r#","editorial":true}"# } else { r#","editorial":false}"# });
        });
        out.push(b'}');
    }

    fn not_covered(&self, out: &mut Vec<u8>, NotCoveredMatch { statement, because }: &NotCoveredMatch) {
        push(out, r#"{"code":"#);
        push(out, &self.choice(&because[0]).code);
        push(out, &self.not_covered[*statement]);
        push_list(out, because, |out, reason| {
            push(out, &self.choice(reason).reason);
            out.push(b'}');
        });
        out.push(b'}');
    }

    fn choice(&self, reason: &Reason) -> &ChoiceJson<'p> {
        &self.questions[reason.question].choices[reason.choice]
    }
}

/// Returns the label of the intake, if it has one.
pub(super) fn label(pack: &Pack, answers: &Answers) -> Option<Printable> {
    let question = pack.with_role(Role::Label)?;
    match answers.get(&AnswerKey::of_question(question))?.value()? {
        AnswerValue::Text(text) | AnswerValue::Choice { text: Some(text), .. } => Some(Printable::line(text)),
        _ => None,
    }
}

/// Appends the state and the text of the patient's own questions.
fn patient_question(out: &mut Vec<u8>, answer: Option<&Answer>) {
    let state = match answer {
        Some(Answer::Value(_)) => "answered",
        Some(Answer::Skipped) => "skipped",
        Some(Answer::Declined) => "declined",
        Some(Answer::Unreadable(_)) => "unreadable",
        None => "not-asked",
    };
    push(out, r#"{"state":""#);
    push(out, state);
    out.push(b'"');
    if let Some(
        Answer::Value(AnswerValue::Text(text) | AnswerValue::Choice { text: Some(text), .. })
        | Answer::Unreadable(Some(text)),
    ) = answer
    {
        push(out, r#","free_text":"#);
        push_quoted(out, Some(&Printable::cleaned(text)));
    }
    out.push(b'}');
}

/// Returns what the authors declare about a pack as JSON fields.
fn declarations(pack: &Pack, language: Language) -> String {
    let declared = &pack.declarations;
    let text = |text: &Option<LocalizedText>| or_null(text.as_ref().map(|text| text.in_language(language).as_str()));
    format!(
        r#""published_on":{},"update_policy":{},"funding":{},"interests":{}"#,
        or_null(declared.published_on.map(|day| day.to_string()).as_deref()),
        text(&declared.update_policy),
        text(&declared.funding),
        text(&declared.interests)
    )
}

/// Returns a source as a JSON object.
fn source(source: &Source) -> String {
    let text = |text: &Option<Printable>| or_null(text.as_ref().map(Printable::as_str));
    format!(
        r#"{{"id":{},"title":{},"kind":{},"author":{},"publisher":{},"published":{}}}"#,
        quoted(&source.id),
        quoted(source.title.as_str()),
        or_null(source.kind.map(SourceKind::name)),
        text(&source.author),
        text(&source.publisher),
        text(&source.published)
    )
}

fn or_null(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), quoted)
}

/// Returns a statement as a JSON object without its closing brace.
fn open_line(pack: &Pack, statement: &Statement, text: &Printable) -> String {
    let cites = statement.cites.iter().map(|cites| quoted(&pack.citation_text(*cites))).collect::<Vec<_>>().join(",");
    let text = quoted(text.as_str());
    format!(r#"{{"id":{},"cites":[{cites}],"text":{text}"#, quoted(&statement.id))
}
