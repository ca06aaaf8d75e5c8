//! The mapping: which statements the answers bring, and because of what.

use super::{
    AboutLine, Because, BenefitLine, Line, NotCoveredLine, Record, Setting, SourceLine, State, Summary, VariabilityLine,
};
use crate::interview::{About, Answer, Finished, Given, Slot, code_of_about};
use crate::messages::Words;
use crate::pack::{Language, Pack, Role, Say, Shape, Statement};
use crate::printable::Printable;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

pub(super) fn build(finished: &Finished<'_>, setting: Setting) -> Summary {
    let pack = finished.pack();
    let builder = Builder { pack, finished, language: setting.language, words: Words::new(pack.tag(setting.language)) };
    let role = |role| pack.with_role(role).map(|question| builder.record(Slot::plain(question)));
    let (benefits, overview, not_covered) = builder.say();
    let statements = &pack.statements;
    Summary {
        pack_id: pack.id.clone(),
        pack_version: pack.version.clone(),
        pack_hash: pack.hash.clone(),
        title: builder.text(&pack.title),
        date: setting.date,
        language: pack.tag(setting.language).to_owned(),
        asked_in: pack.tag(setting.asked_in).to_owned(),
        copy: setting.copy,
        label: role(Role::Label).and_then(|record| record.free_text).map(|label| Printable::line(label.as_str())),
        filled_in_by: setting.filled_in_by,
        notice: builder.text(&pack.notice),
        procedure: builder.line(&statements.procedure),
        benefits,
        overview,
        not_covered,
        variability: statements
            .variability
            .iter()
            .map(|variability| VariabilityLine {
                line: builder.line(&variability.statement),
                answers: variability.questions.iter().flat_map(|question| builder.records(*question)).collect(),
            })
            .collect(),
        safety: builder.lines(&statements.safety),
        consult: builder.lines(&statements.consult),
        recorded: builder.records_of(|role| role == Role::Recorded),
        questions: role(Role::Questions),
        answers: builder.records_of(|_| true),
        concerns: role(Role::Concerns).unwrap_or_else(|| builder.record(Slot::plain(0))),
        sources: pack
            .sources
            .iter()
            .map(|source| SourceLine {
                id: source.id.clone(),
                title: source.title.clone(),
                author: source.author.clone(),
                publisher: source.publisher.clone(),
                published: source.published.clone(),
            })
            .collect(),
        reviewed_by: pack.review.by.clone(),
        reviewed_on: pack.review.on,
        review_overdue: pack.overdue(setting.date),
        content_id: content_id(finished),
        fhir: crate::fhir::given(finished),
    }
}

struct Builder<'b> {
    pack: &'b Pack,
    finished: &'b Finished<'b>,
    language: Language,
    words: Words,
}

impl Builder<'_> {
    fn text(&self, wording: &crate::pack::Wording) -> Printable {
        wording.in_language(self.language).clone()
    }

    fn line(&self, statement: &Statement) -> Line {
        Line {
            id: statement.id.clone(),
            cites: statement.cites.iter().map(|cites| self.pack.cite(*cites)).collect(),
            text: self.text(&statement.text),
        }
    }

    fn lines(&self, statements: &[Statement]) -> Vec<Line> {
        statements.iter().map(|statement| self.line(statement)).collect()
    }

    /// What the rules say: benefits, overview, not covered.
    fn say(&self) -> (Vec<BenefitLine>, Vec<BenefitLine>, Vec<NotCoveredLine>) {
        let statements = &self.pack.statements;
        let (mut benefits, mut overview) = (Collected::new(self), Collected::new(self));
        let mut not_covered: Vec<(usize, NotCoveredLine)> = Vec::new();
        let answer_to = |question: usize| self.finished.answers().get(&Slot::plain(question));
        for rule in &self.pack.rules {
            let mut chosen = rule.when.because(self.pack, &answer_to);
            chosen.sort_unstable();
            chosen.dedup();
            for say in &rule.say {
                let because = |editorial| chosen.iter().map(move |choice| (*choice, editorial, rule.id.as_str()));
                match say {
                    Say::Benefit { benefit, limits, editorial, .. } => {
                        let place = if rule.overview { &mut overview } else { &mut benefits };
                        place.add(*benefit, limits, because(*editorial));
                    }
                    Say::NotCovered(statement) => {
                        let because: Vec<Because> = because(false).map(|because| self.because(because)).collect();
                        let Some(&(_, choice)) = chosen.first() else { continue };
                        let statement = &statements.not_covered[*statement];
                        let text = self.text(&statement.text);
                        let code = because[0].answer.clone();
                        not_covered.push((choice, NotCoveredLine { code, id: statement.id.clone(), text, because }));
                    }
                }
            }
        }
        not_covered.sort_by_key(|(choice, _)| *choice);
        (benefits.lines(), overview.lines(), not_covered.into_iter().map(|(_, line)| line).collect())
    }

    fn because(&self, ((question, choice), editorial, rule): ((usize, usize), bool, &str)) -> Because {
        let question = &self.pack.questions[question];
        let option = &question.shape.choices()[choice];
        Because {
            question: question.id.clone(),
            answer: option.code.clone(),
            text: self.text(&option.text),
            editorial,
            rule: rule.to_owned(),
        }
    }

    /// Every question of some roles: one record, or one for each thing that it was asked about.
    fn records_of(&self, wanted: impl Fn(Role) -> bool) -> Vec<Record> {
        let questions = self.pack.questions.iter().enumerate().filter(|(_, question)| wanted(question.role));
        questions.flat_map(|(at, _)| self.records(at)).collect()
    }

    fn records(&self, question: usize) -> Vec<Record> {
        let asked = self.finished.asked().iter().filter(|slot| slot.question == question);
        let records: Vec<Record> = asked.map(|slot| self.record(*slot)).collect();
        if records.is_empty() { vec![self.record(Slot::plain(question))] } else { records }
    }

    fn record(&self, slot: Slot) -> Record {
        let question = &self.pack.questions[slot.question];
        let mut record = Record {
            question: question.id.clone(),
            role: question.role,
            about: slot.about.zip(question.for_each.as_ref()).map(|(about, each)| {
                let through = &self.pack.questions[each.question];
                AboutLine {
                    question: through.id.clone(),
                    code: code_of_about(self.pack, slot).to_owned(),
                    text: match about {
                        About::Option(choice) => self.text(&through.shape.choices()[choice].text),
                        About::Overall => Printable::line(&self.words.say("overall")),
                    },
                }
            }),
            title: self.text(&question.title),
            state: State::NotAsked,
            codes: Vec::new(),
            choices: Vec::new(),
            unsure: false,
            value: None,
            free_text: None,
            text: Printable::default(),
        };
        match self.finished.answers().get(&slot) {
            None => {}
            Some(Answer::Skipped) => record.state = State::Skipped,
            Some(Answer::Declined) => record.state = State::Declined,
            Some(Answer::Given(given)) => {
                record.state = State::Answered;
                self.fill(&mut record, given, &question.shape);
                return record;
            }
        }
        record.text = Printable::line(&self.words.say(&format!("state-{}", record.state.name())));
        record
    }

    fn fill(&self, record: &mut Record, given: &Given, shape: &Shape) {
        match given {
            Given::Choice { chosen, text } => {
                let chosen = || chosen.iter().map(|choice| &shape.choices()[*choice]);
                record.codes = chosen().map(|choice| choice.code.clone()).collect();
                record.choices = chosen().map(|choice| self.text(&choice.text)).collect();
                record.unsure = chosen().any(|choice| choice.unknown);
                record.free_text = text.as_deref().map(Printable::text);
            }
            Given::Text(text) => record.free_text = Some(Printable::text(text)),
            Given::Number(number) => record.value = Some(number.to_string()),
            Given::Date(date) => record.value = Some(date.to_string()),
            Given::Quantity { amount, unit } => {
                record.value = Some(amount.to_string());
                record.codes = shape.choices().get(*unit).iter().map(|unit| unit.code.clone()).collect();
            }
        }
        record.text = Printable::text(&given_in_words(given, shape, self.language));
    }
}

/// An answer in words, as the review and every output show it.
pub(crate) fn given_in_words(given: &Given, shape: &Shape, language: Language) -> String {
    let wording = |at: usize| shape.choices()[at].text.in_language(language).to_string();
    match given {
        Given::Choice { chosen, text } => {
            let chosen: Vec<String> = chosen.iter().map(|choice| wording(*choice)).collect();
            std::iter::once(chosen.join("; ")).chain(text.clone()).collect::<Vec<_>>().join(": ")
        }
        Given::Text(text) => text.clone(),
        Given::Number(number) => number.to_string(),
        Given::Date(date) => date.to_string(),
        Given::Quantity { amount, unit } => format!("{amount} {}", wording(*unit)),
    }
}

/// What rules have said of one benefit.
#[derive(Clone, Default)]
struct Found {
    limits: Vec<usize>,
    because: Vec<((usize, usize), Because)>,
}

/// Benefits as the rules bring them, each once, in the source's order.
struct Collected<'c> {
    builder: &'c Builder<'c>,
    /// By benefit.
    found: Vec<Option<Found>>,
}

impl<'c> Collected<'c> {
    fn new(builder: &'c Builder<'c>) -> Self {
        Self { builder, found: vec![None; builder.pack.statements.benefits.len()] }
    }

    fn add<'r>(
        &mut self,
        benefit: usize,
        limits: &[usize],
        because: impl Iterator<Item = ((usize, usize), bool, &'r str)>,
    ) {
        let mut because = because.map(|because| (because.0, self.builder.because(because))).peekable();
        // A rule that does not fire has no answers behind it.
        if because.peek().is_none() {
            return;
        }
        let found = self.found[benefit].get_or_insert_default();
        found.limits.extend(limits);
        found.because.extend(because);
    }

    fn lines(self) -> Vec<BenefitLine> {
        let statements = &self.builder.pack.statements;
        let found =
            self.found.into_iter().zip(&statements.benefits).filter_map(|(found, benefit)| Some((found?, benefit)));
        found
            .map(|(Found { limits: further, mut because }, benefit)| {
                let mut limits: Vec<usize> = benefit.limits.iter().copied().chain(further).collect();
                limits.sort_unstable();
                limits.dedup();
                because.sort_by_key(|(choice, _)| *choice);
                BenefitLine {
                    line: self.builder.line(&benefit.statement),
                    limits: limits.into_iter().map(|limit| self.builder.line(&statements.limits[limit])).collect(),
                    because: because.into_iter().map(|(_, because)| because).collect(),
                }
            })
            .collect()
    }
}

/// Names a file after its content: the pack and the answers, not the date.
fn content_id(finished: &Finished<'_>) -> String {
    let pack = finished.pack();
    let file = crate::interview::AnswersFile { answers: finished.answers().clone(), ..Default::default() };
    let mut hasher = Sha256::new();
    hasher.update(pack.hash.as_bytes());
    hasher.update(file.write(pack).to_string().as_bytes());
    hasher.finalize().iter().take(4).fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}
