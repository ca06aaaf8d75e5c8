//! What a copy says, in order, without saying how it looks.

use crate::interview::FilledInBy;
use crate::messages::Words;
use crate::printable::Printable;
use crate::summary::{Because, BenefitLine, Copy, Line, Record, State, Summary};

/// A whole copy.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The title of the questionnaire.
    pub title: Printable,
    /// For whom the copy is, and of when.
    pub subtitle: Printable,
    /// The lines to fill in by hand, and what is known already.
    pub header: Vec<Fill>,
    /// The parts, in reading order.
    pub sections: Vec<Part>,
    /// Pack, version, hash, source, review: one line each.
    pub footer: Vec<Printable>,
}

/// A line at the head of the page.
#[derive(Debug, Clone)]
pub enum Fill {
    /// To be written by hand.
    Blank(Printable),
    /// Known.
    Known(Printable, Printable),
    /// One of these, to be ticked by hand; the flag says which is ticked already.
    Tick(Printable, Vec<(Printable, bool)>),
}

/// A part of a copy.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its heading.
    pub heading: Printable,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// One thing on the page.
#[derive(Debug, Clone)]
pub enum Block {
    /// A sentence of the form's own, which claims nothing.
    Text(Printable),
    /// A sentence of the pack, with its item mark, and what belongs to it.
    Claim {
        /// The sentence.
        text: Printable,
        /// Where it comes from, as printed; empty where it claims nothing.
        mark: String,
        /// Its limits, each with its mark, at the same size.
        limits: Vec<(Printable, String)>,
        /// What stands under it: the answers that brought it, or the patient's own.
        notes: Vec<Printable>,
    },
    /// A question in a few words, and its answer.
    Fact {
        /// The question.
        term: Printable,
        /// The answer; may run over several lines.
        text: Printable,
        /// Whether it is an answer, or the absence of one.
        answered: bool,
    },
    /// So many empty lines to write on.
    Space(usize),
}

/// Orders a summary for its copy: the patient's has the benefits first, the clinician's what was recorded.
#[must_use]
pub fn outline(summary: &Summary) -> Outline {
    let writer = Writer { summary, words: Words::new(&summary.language) };
    let benefits = [
        Some(writer.procedure()),
        writer.benefits("heading-benefits", &summary.benefits),
        writer.benefits("heading-overview", &summary.overview),
        writer.not_covered(),
        Some(writer.variability()),
        Some(writer.statements("heading-safety", &summary.safety)),
        Some(writer.statements("heading-consult", &summary.consult)),
    ];
    let (notice, told, recorded, questions) = (writer.notice(), writer.told(), writer.recorded(), writer.questions());
    let sections: Vec<Part> = match summary.copy {
        Copy::Patient => {
            [Some(notice), Some(told)].into_iter().chain(benefits).chain([recorded, questions]).flatten().collect()
        }
        Copy::Clinician => {
            [Some(told), recorded, questions, Some(notice)].into_iter().chain(benefits).flatten().collect()
        }
    };
    let subtitle = format!("{} · {}", writer.words.say(&format!("copy-{}", summary.copy.name())), summary.date);
    Outline {
        title: summary.title.clone(),
        subtitle: Printable::line(&subtitle),
        header: writer.header(),
        sections,
        footer: writer.footer(),
    }
}

struct Writer<'w> {
    summary: &'w Summary,
    words: Words,
}

impl Writer<'_> {
    fn word(&self, key: &str) -> Printable {
        Printable::line(&self.words.say(key))
    }

    fn header(&self) -> Vec<Fill> {
        let mut header = vec![Fill::Blank(self.word("field-name")), Fill::Blank(self.word("field-birth"))];
        if let Some(label) = &self.summary.label {
            header.push(Fill::Known(self.word("field-label"), label.clone()));
        }
        let who = FilledInBy::ALL
            .map(|by| (self.word(&format!("filled-in-by-{}", by.name())), self.summary.filled_in_by == Some(by)));
        header.push(Fill::Tick(self.word("field-filled-in-by"), who.into()));
        header
    }

    fn notice(&self) -> Part {
        self.part("heading-notice", vec![Block::Text(self.summary.notice.clone())])
    }

    /// The patient's own choices, and next to them what they wrote about a concern.
    fn told(&self) -> Part {
        self.part("heading-told", vec![fact(&self.summary.concerns)])
    }

    fn procedure(&self) -> Part {
        self.part("heading-procedure", vec![self.claim(&self.summary.procedure)])
    }

    fn benefits(&self, heading: &str, benefits: &[BenefitLine]) -> Option<Part> {
        let blocks = benefits.iter().map(|benefit| Block::Claim {
            text: benefit.line.text.clone(),
            mark: self.mark(&benefit.line.cites),
            limits: benefit.limits.iter().map(|limit| (limit.text.clone(), self.mark(&limit.cites))).collect(),
            notes: self.because(&benefit.because),
        });
        (!benefits.is_empty()).then(|| self.part(heading, blocks.collect()))
    }

    fn because(&self, because: &[Because]) -> Vec<Printable> {
        let listed = |editorial: bool| {
            let texts: Vec<&str> =
                because.iter().filter(|b| b.editorial == editorial).map(|b| b.text.as_str()).collect();
            let key = if editorial { "because-editorial" } else { "because" };
            (!texts.is_empty()).then(|| Printable::line(&self.words.with(key, [("answers", texts.join("; ").into())])))
        };
        [listed(false), listed(true)].into_iter().flatten().collect()
    }

    fn not_covered(&self) -> Option<Part> {
        let blocks: Vec<Block> = self
            .summary
            .not_covered
            .iter()
            .map(|line| {
                let texts: Vec<&str> = line.because.iter().map(|because| because.text.as_str()).collect();
                Block::Fact { term: Printable::line(&texts.join("; ")), text: line.text.clone(), answered: true }
            })
            .collect();
        (!blocks.is_empty()).then(|| self.part("heading-not-covered", blocks))
    }

    fn variability(&self) -> Part {
        let blocks = self.summary.variability.iter().map(|variability| {
            let notes = variability.answers.iter().map(|answer| {
                let about = answer.about.as_ref().map(|(_, about)| format!(" ({about})")).unwrap_or_default();
                let text = shown(answer);
                Printable::line(&self.words.with(
                    "own-answer",
                    [("question", format!("{}{about}", answer.title).into()), ("answer", text.as_str().into())],
                ))
            });
            Block::Claim {
                text: variability.line.text.clone(),
                mark: self.mark(&variability.line.cites),
                limits: Vec::new(),
                notes: notes.collect(),
            }
        });
        self.part("heading-variability", blocks.collect())
    }

    fn statements(&self, heading: &str, lines: &[Line]) -> Part {
        self.part(heading, lines.iter().map(|line| self.claim(line)).collect())
    }

    /// What was asked, one line each; what was not asked, named together at the end.
    fn recorded(&self) -> Option<Part> {
        let (not_asked, asked): (Vec<&Record>, Vec<&Record>) =
            self.summary.recorded.iter().partition(|record| record.state == State::NotAsked);
        let mut blocks: Vec<Block> = asked.into_iter().map(fact).collect();
        if !not_asked.is_empty() {
            // A for-each question that was asked about nothing is named once.
            let asked_at_all = |question: &str| {
                self.summary.recorded.iter().any(|r| r.question == question && r.state != State::NotAsked)
            };
            let name =
                |record: &&Record| if asked_at_all(&record.question) { term(record) } else { record.title.clone() };
            let mut titles: Vec<String> = not_asked.iter().map(|record| name(record).to_string()).collect();
            titles.dedup();
            blocks.push(Block::Fact {
                term: self.word("state-not-asked"),
                text: Printable::line(&titles.join("; ")),
                answered: true,
            });
        }
        (!blocks.is_empty()).then(|| self.part("heading-recorded", blocks))
    }

    fn questions(&self) -> Option<Part> {
        let record = self.summary.questions.as_ref()?;
        let mut blocks = Vec::new();
        match &record.free_text {
            Some(text) => blocks.push(Block::Text(text.clone())),
            None => blocks.push(fact(record)),
        }
        blocks.push(Block::Space(3));
        Some(self.part("heading-questions", blocks))
    }

    fn claim(&self, line: &Line) -> Block {
        Block::Claim { text: line.text.clone(), mark: self.mark(&line.cites), limits: Vec::new(), notes: Vec::new() }
    }

    /// The item mark: the items alone where the pack has one source, with the source's name where it has several.
    fn mark(&self, cites: &[String]) -> String {
        let one = self.summary.sources.len() == 1;
        let items: Vec<&str> = cites
            .iter()
            .map(|cites| if one { cites.split_once('#').map_or("", |(_, item)| item) } else { cites })
            .collect();
        if items.is_empty() { String::new() } else { format!("[{}]", items.join(", ")) }
    }

    fn part(&self, heading: &str, blocks: Vec<Block>) -> Part {
        Part { heading: self.word(heading), blocks }
    }

    fn footer(&self) -> Vec<Printable> {
        let summary = self.summary;
        let unnamed = self.words.say("source-unnamed");
        let or_unnamed = |name: &Option<Printable>| name.as_ref().map_or(unnamed.clone(), Printable::to_string);
        let mut footer: Vec<String> = Vec::new();
        for source in &summary.sources {
            footer.push(self.words.with(
                "footer-source",
                [
                    ("id", source.id.as_str().into()),
                    ("title", source.title.as_str().into()),
                    ("author", or_unnamed(&source.author).into()),
                    ("publisher", or_unnamed(&source.publisher).into()),
                    ("published", or_unnamed(&source.published).into()),
                ],
            ));
        }
        footer.push(match (&summary.reviewed_by, summary.reviewed_on) {
            (Some(by), Some(on)) => {
                self.words.with("footer-reviewed", [("by", by.as_str().into()), ("on", on.to_string().into())])
            }
            _ => self.words.say("footer-not-reviewed"),
        });
        footer.push(format!("{} {} · {}", summary.pack_id, summary.pack_version, summary.pack_hash));
        footer.iter().map(|line| Printable::line(line)).collect()
    }
}

/// One question and its answer.
fn fact(record: &Record) -> Block {
    Block::Fact { term: term(record), text: shown(record), answered: record.state == State::Answered }
}

/// The question in a few words, and what it was asked about.
fn term(record: &Record) -> Printable {
    match &record.about {
        Some((_, about)) => Printable::line(&format!("{} ({about})", record.title)),
        None => record.title.clone(),
    }
}

/// The answer; the absence of one stands in brackets, so that no option's wording can look like it.
fn shown(record: &Record) -> Printable {
    if record.state == State::Answered { record.text.clone() } else { Printable::line(&format!("[{}]", record.text)) }
}
