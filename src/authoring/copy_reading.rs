//! Reading difficulty of a whole copy: headings, labels and options as well as sentences.
//!
//! Each heading, label, option and cell counts as a sentence; running text counts by its sentences. The patient's and the
//! clinic's own words, citation marks, and the pack's id and hash are left out.

use super::case_copies::CaseCopies;
use crate::outline::{AnswerText, Block, Choices, Fact, HeaderField, Outline};
use crate::pack::{Count, Measure};
use std::collections::BTreeMap;

/// The maximum school grade of a whole copy, for a general reader.
const MAX_GRADE: u32 = 6;

/// A part of a copy that is measured by itself too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyPart {
    /// The title and the headings.
    Headings,
    /// The titles of fields, questions and columns.
    Labels,
    /// The options and states that are printed as answers.
    Options,
    /// The statements, the notice and other running text.
    Sentences,
    /// The explanations of marks.
    Legends,
    /// The next steps.
    Steps,
    /// The questions that the patient can ask.
    ToAsk,
    /// The sources, the reviews and the declarations.
    Sources,
}

impl CopyPart {
    /// Returns the name of the part for reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Headings => "headings",
            Self::Labels => "labels",
            Self::Options => "options",
            Self::Sentences => "running text",
            Self::Legends => "legends",
            Self::Steps => "steps",
            Self::ToAsk => "questions to ask",
            Self::Sources => "sources",
        }
    }
}

/// Reading difficulty of a whole copy, and of each of its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyReading {
    /// The case that the copy is of.
    pub case: String,
    /// The measure of the figures.
    pub measure: Measure,
    /// The figure of the whole copy.
    pub figure: f64,
    /// The figure of each part that the copy has.
    pub parts: Vec<(CopyPart, f64)>,
}

impl CopyReading {
    /// Measures a copy. Returns `None` if its language has no measure.
    #[must_use]
    pub fn new(case: &str, copy: &Outline) -> Option<Self> {
        let measure = Measure::for_language(&copy.language)?;
        let mut counter = Counter { measure, counts: BTreeMap::new() };
        counter.copy(copy);
        let parts = counter.counts.iter().map(|(part, count)| (*part, measure.figure(*count)));
        let figure = measure.figure(counter.counts.values().copied().sum());
        Some(Self { case: case.to_owned(), measure, figure, parts: parts.collect() })
    }

    /// Returns the limit of the figure of the whole copy.
    #[must_use]
    pub fn limit(&self) -> f64 {
        self.measure.limit(MAX_GRADE)
    }

    /// Returns true if the whole copy is harder than its limit.
    #[must_use]
    pub fn is_too_hard(&self) -> bool {
        self.measure.exceeds(self.figure, self.limit())
    }

    /// Returns the hardest copy in a language. Returns `None` without a case or a measure.
    #[must_use]
    pub fn hardest(cases: &[CaseCopies], tag: &str) -> Option<Self> {
        let copies = cases.iter().flat_map(|case| case.copies.iter().map(|copy| (case.case.as_str(), copy)));
        let readings = copies.filter(|(_, copy)| copy.language == tag).filter_map(|(case, copy)| Self::new(case, copy));
        readings.max_by(|one, other| one.measure.compare(one.figure, other.figure))
    }
}

/// Counts the words of a copy by part.
struct Counter {
    measure: Measure,
    counts: BTreeMap<CopyPart, Count>,
}

impl Counter {
    fn add(&mut self, part: CopyPart, text: &str) {
        let count = self.measure.count(text);
        if count.words > 0 {
            let sum = self.counts.entry(part).or_default();
            *sum = [*sum, count].into_iter().sum();
        }
    }

    /// Counts each text of a joined list by itself, and a sentence among them as running text.
    fn add_list(&mut self, part: CopyPart, texts: &str) {
        for text in texts.split("; ") {
            let is_sentence = text.ends_with(['.', '?', '!', '…']);
            self.add(if is_sentence { CopyPart::Sentences } else { part }, text);
        }
    }

    fn copy(&mut self, copy: &Outline) {
        self.add(CopyPart::Headings, copy.title.as_str());
        self.add(CopyPart::Labels, copy.copy.as_str());
        self.add(CopyPart::Labels, copy.date.as_str());
        for field in &copy.header {
            match field {
                HeaderField::Blank(label) | HeaderField::Known(label, _) => self.add(CopyPart::Labels, label.as_str()),
                HeaderField::Tick(label, choices) => {
                    self.add(CopyPart::Labels, label.as_str());
                    for (choice, _) in choices {
                        self.add(CopyPart::Options, choice.as_str());
                    }
                }
            }
        }
        if let Some((signature, date)) = &copy.signature {
            self.add(CopyPart::Labels, signature.as_str());
            self.add(CopyPart::Labels, date.as_str());
        }
        for part in &copy.parts {
            self.add(CopyPart::Headings, part.heading.as_str());
            part.blocks.iter().for_each(|block| self.block(block, copy.because.as_str()));
        }
        copy.sources.iter().for_each(|source| self.add(CopyPart::Sources, &without_mark(source.as_str())));
    }

    fn block(&mut self, block: &Block, because_label: &str) {
        match block {
            Block::Text(text) | Block::Meaning { text, .. } => self.add(CopyPart::Sentences, text.as_str()),
            Block::Because { label, choices } => self.choices(label.as_str(), choices),
            Block::Claim { subject, text, limits, because, beside, .. } => {
                self.add(CopyPart::Sentences, text.as_str());
                for (limit, _) in limits {
                    self.add(CopyPart::Sentences, limit.as_str());
                }
                // The side head is the choices or, without any, the subject.
                if because.is_empty() {
                    self.add(CopyPart::Labels, subject.as_str());
                } else {
                    self.choices(because_label, because);
                }
                for fact in beside {
                    self.fact(fact);
                }
            }
            Block::Factors { subject, lead, factors } => {
                self.add(CopyPart::Labels, subject.as_str());
                self.add(CopyPart::Sentences, lead.as_str());
                for factor in factors {
                    self.add(CopyPart::Sentences, factor.text.as_str());
                    factor.beside.iter().for_each(|fact| self.fact(fact));
                }
            }
            Block::Short { label, lines } => {
                self.add(CopyPart::Labels, label.as_str());
                for (line, _) in lines {
                    self.add_list(CopyPart::Options, line.as_str());
                }
            }
            Block::Step(_, text) => self.add(CopyPart::Steps, text.as_str()),
            Block::ToAsk { text, .. } => self.add(CopyPart::ToAsk, text.as_str()),
            Block::Legend { text, .. } => self.add(CopyPart::Legends, text.as_str()),
            Block::Table { columns, rows } => {
                for head in columns {
                    self.add(CopyPart::Labels, head.as_str());
                }
                rows.iter().flatten().for_each(|cell| self.answer(cell));
            }
            Block::Fact(fact) => self.fact(fact),
            Block::NotAsked(fact) => {
                self.add(CopyPart::Labels, fact.title.as_str());
                self.add_list(CopyPart::Labels, fact.entry.text.as_str());
            }
            Block::ClinicText(_) | Block::OwnWords(_) | Block::Space(_) => {}
        }
    }

    fn choices(&mut self, label: &str, choices: &Choices) {
        self.add(CopyPart::Labels, label);
        for (choice, _) in choices {
            self.add(CopyPart::Options, choice.as_str());
        }
    }

    fn fact(&mut self, fact: &Fact) {
        self.add_list(CopyPart::Labels, fact.title.as_str());
        fact.about.iter().for_each(|about| self.add_list(CopyPart::Options, about.as_str()));
        self.answer(&fact.entry);
    }

    fn answer(&mut self, answer: &AnswerText) {
        self.add_list(CopyPart::Options, answer.text.as_str());
    }
}

/// Removes the id of a source, which is printed in brackets.
fn without_mark(source: &str) -> String {
    let id = source.find('[').zip(source.find(']')).filter(|(start, end)| start < end);
    id.map_or_else(|| source.to_owned(), |(start, end)| format!("{}{}", &source[..start], &source[end + 1..]))
}
