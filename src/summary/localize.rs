//! Localizes a pack's texts: statements, reasons and answer records in one language.

use super::matches::{BenefitMatch, NotCoveredMatch, Reason};
use super::{AnswerRecord, AnswerState, Because, BenefitLine, CopyKind, Line, NotCoveredLine, SubjectLine};
use crate::answer::{Answer, AnswerKey, AnswerValue, Subject};
use crate::interview::{answer_or_state_text, answer_text, subject_code};
use crate::messages::Messages;
use crate::pack::{Language, LocalizedText, Pack, QuestionType, Statement};
use crate::printable::Printable;

pub(crate) struct Localizer<'s> {
    pub(crate) pack: &'s Pack,
    pub(crate) language: Language,
    copy: CopyKind,
    messages: Messages,
}

impl<'s> Localizer<'s> {
    pub(crate) fn new(pack: &'s Pack, language: Language, copy: CopyKind) -> Self {
        Self { pack, language, copy, messages: Messages::new(pack.tag(language)) }
    }

    pub(crate) fn text(&self, wording: &LocalizedText) -> Printable {
        wording.in_language(self.language).clone()
    }

    pub(crate) fn line(&self, statement: &Statement) -> Line {
        Line {
            id: statement.id.clone(),
            cites: statement.cites.iter().map(|cites| self.pack.citation_text(*cites)).collect(),
            text: self.text(self.copy.wording(statement)),
            short: statement.short.as_ref().map(|text| self.text(text)),
        }
    }

    pub(crate) fn lines(&self, statements: &[Statement]) -> Vec<Line> {
        statements.iter().map(|statement| self.line(statement)).collect()
    }

    pub(crate) fn limit(&self, limit: usize) -> Line {
        self.line(&self.pack.statements.limits[limit])
    }

    pub(crate) fn benefit(&self, benefit: usize, benefit_match: &BenefitMatch) -> BenefitLine {
        BenefitLine {
            line: self.line(&self.pack.statements.benefits[benefit].statement),
            limits: benefit_match.limits.iter().map(|limit| self.limit(*limit)).collect(),
            because: benefit_match.because.iter().map(|reason| self.because(*reason)).collect(),
        }
    }

    pub(crate) fn not_covered(&self, not_covered: &NotCoveredMatch) -> NotCoveredLine {
        let statement = &self.pack.statements.not_covered[not_covered.statement];
        let because: Vec<Because> = not_covered.because.iter().map(|reason| self.because(*reason)).collect();
        NotCoveredLine {
            code: because[0].answer.clone(),
            id: statement.id.clone(),
            text: self.text(self.copy.wording(statement)),
            because,
        }
    }

    pub(crate) fn because(&self, Reason { question, choice, editorial, limited, rule }: Reason) -> Because {
        let question = &self.pack.questions[question];
        let option = &question.shape.choices()[choice];
        Because {
            question: question.id.clone(),
            answer: option.code.clone(),
            text: self.text(&option.text),
            editorial,
            limited,
            rule: self.pack.rules[rule].id.clone(),
        }
    }

    /// Returns the record of one question; without an answer, its state is "not asked".
    pub(crate) fn record(&self, key: AnswerKey, answer: Option<&Answer>) -> AnswerRecord {
        let question = &self.pack.questions[key.question];
        let mut record = AnswerRecord {
            question: question.id.clone(),
            role: question.role,
            for_professional: self.pack.sections[question.section].for_professional,
            about: key.subject.zip(question.for_each.as_ref()).map(|(subject, for_each)| {
                let subjects_question = &self.pack.questions[for_each.question];
                SubjectLine {
                    question: subjects_question.id.clone(),
                    code: subject_code(self.pack, key).to_owned(),
                    text: match subject {
                        Subject::Option(choice) => self.text(&subjects_question.shape.choices()[choice].text),
                        Subject::Overall => Printable::line(&self.messages.get("overall")),
                    },
                }
            }),
            title: self.text(&question.title),
            state: AnswerState::NotAsked,
            codes: Vec::new(),
            choices: Vec::new(),
            unsure: false,
            value: None,
            free_text: None,
            text: Printable::default(),
        };
        match answer {
            None => {}
            Some(Answer::Unreadable(words)) => {
                record.state = AnswerState::Unreadable;
                record.free_text = words.as_deref().map(Printable::text);
            }
            Some(Answer::Skipped) => record.state = AnswerState::Skipped,
            Some(Answer::Declined) => record.state = AnswerState::Declined,
            Some(Answer::Value(value)) => {
                record.state = AnswerState::Answered;
                self.fill(&mut record, value, &question.shape);
                return record;
            }
        }
        record.text = match answer {
            Some(answer) => {
                Printable::text(&answer_or_state_text(answer, &question.shape, self.language, &self.messages))
            }
            None => Printable::line(&self.messages.get("state-not-asked")),
        };
        record
    }

    fn fill(&self, record: &mut AnswerRecord, value: &AnswerValue, shape: &QuestionType) {
        match value {
            AnswerValue::Choice { chosen, text } => {
                let chosen = || chosen.iter().map(|choice| &shape.choices()[*choice]);
                record.codes = chosen().map(|choice| choice.code.clone()).collect();
                record.choices = chosen().map(|choice| self.text(&choice.text)).collect();
                record.unsure = chosen().any(|choice| choice.unknown);
                record.free_text = text.as_deref().map(Printable::text);
            }
            AnswerValue::Text(text) => record.free_text = Some(Printable::text(text)),
            AnswerValue::Number(number) => record.value = Some(number.to_string()),
            AnswerValue::Date(date) => record.value = Some(date.to_string()),
            AnswerValue::Quantity { amount, unit } => {
                record.value = Some(amount.to_string());
                record.codes = shape.choices().get(*unit).iter().map(|unit| unit.code.clone()).collect();
            }
        }
        record.text = Printable::text(&answer_text(value, shape, self.language, &self.messages));
    }
}
