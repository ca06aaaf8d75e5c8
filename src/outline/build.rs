//! Builds the outline of a summary.

use super::{
    AnswerText, Block, Choices, EDITORIAL, Fact, Factor, HeaderField, Outline, Part, PartKind, legends, sources,
};
use crate::foreign_text::ForeignText;
use crate::interview::{FilledInBy, free_text_delimiters};
use crate::letterhead::Letterhead;
use crate::messages::Messages;
use crate::pack::Role;
use crate::printable::Printable;
use crate::summary::{AnswerRecord, AnswerState, BenefitLine, CopyKind, Line, Summary, VariabilityLine};

/// The fewest words that variability sentences must share for their start to be printed once.
const MIN_LEAD_WORDS: usize = 3;

/// Arranges a summary for its reader: the patient's has the benefits first, the clinician's the recorded answers.
#[must_use]
pub fn outline(summary: &Summary, letterhead: &Letterhead) -> Outline {
    let writer = OutlineWriter { summary, letterhead, messages: Messages::new(&summary.language) };
    let (notice, concerns, recorded) = (writer.notice(), writer.concerns_table(), writer.recorded());
    let questions = writer.to_ask().into_iter().chain(writer.questions());
    let claims = writer.benefits().into_iter().chain(writer.not_covered()).chain([writer.caveats()]);
    let mut parts: Vec<Part> = match summary.copy {
        CopyKind::Patient => [writer.short(), notice]
            .into_iter()
            .chain(claims)
            .chain([writer.steps()])
            .chain(questions)
            .chain([concerns])
            .chain(recorded)
            .collect(),
        CopyKind::Clinician => {
            [concerns].into_iter().chain(recorded).chain(questions).chain([notice]).chain(claims).collect()
        }
    };
    legends::of_languages(&mut parts, &writer.messages);
    Outline {
        language: summary.language.clone(),
        title: summary.title.clone(),
        audience: summary.copy,
        copy: writer.word(&format!("copy-{}", summary.copy.name())),
        day: summary.date,
        date: Printable::line(&writer.messages.date(summary.date)),
        header: writer.header(),
        letterhead: letterhead.clone(),
        signature: letterhead.signature.then(|| (writer.word("field-signature"), writer.word("field-date"))),
        because: writer.word(&writer.for_reader("because")),
        parts,
        sources: sources::lines(summary, &writer.messages),
        pack: Printable::line(&format!("{} {}", summary.pack_id, summary.pack_version)),
        hash: Printable::line(&summary.pack_hash),
    }
}

pub(super) struct OutlineWriter<'w> {
    pub(super) summary: &'w Summary,
    letterhead: &'w Letterhead,
    messages: Messages,
}

impl OutlineWriter<'_> {
    pub(super) fn word(&self, key: &str) -> Printable {
        Printable::line(&self.messages.get(key))
    }

    /// Returns the key of a text that speaks to the patient, or about the patient on the clinician's copy.
    fn for_reader(&self, key: &str) -> String {
        match self.summary.copy {
            CopyKind::Patient => key.to_owned(),
            CopyKind::Clinician => format!("{key}-clinician"),
        }
    }

    pub(super) fn part(&self, kind: PartKind, heading: &str, blocks: Vec<Block>) -> Part {
        Part { kind, heading: self.word(heading), blocks }
    }

    fn header(&self) -> Vec<HeaderField> {
        let mut header =
            vec![HeaderField::Blank(self.word("field-name")), HeaderField::Blank(self.word("field-birth"))];
        let choices = FilledInBy::ALL.map(|filler| {
            (self.word(&format!("filled-in-by-{}", filler.name())), self.summary.filled_in_by == Some(filler))
        });
        header.push(HeaderField::Tick(self.word("field-filled-in-by"), choices.into()));
        if let Some(label) = &self.summary.label {
            header.push(HeaderField::Known(self.word("field-label"), label.clone()));
        }
        header
    }

    fn notice(&self) -> Part {
        let privacy = self.letterhead.privacy_notice.as_ref().and_then(|text| text.in_language(&self.summary.language));
        let blocks = std::iter::once(Block::Text(self.summary.notice.clone())).chain(privacy.map(Block::ClinicText));
        self.part(PartKind::Notice, "heading-notice", blocks.collect())
    }

    /// Returns the numbered steps that the patient can take next.
    fn steps(&self) -> Part {
        let tick = (!self.summary.to_ask.is_empty()).then_some("step-tick");
        let keys = ["step-read"].into_iter().chain(tick).chain(["step-take"]);
        self.part(
            PartKind::Steps,
            "heading-steps",
            (1..).zip(keys).map(|(number, key)| Block::Step(number, self.word(key))).collect(),
        )
    }

    /// Returns the questions that the patient can ask, each with its box.
    fn to_ask(&self) -> Option<Part> {
        let blocks = self.summary.to_ask.iter().map(|question| Block::ToAsk {
            id: question.line.id.clone(),
            ticked: question.chosen == Some(true),
            text: question.line.text.clone(),
            mark: self.mark(&question.line.cites),
        });
        let blocks: Vec<Block> = blocks.collect();
        (!blocks.is_empty()).then(|| self.part(PartKind::ToAsk, &self.for_reader("heading-to-ask"), blocks))
    }

    /// Returns the table of the patient's concerns: a row for each, and a column for each question about them.
    fn concerns_table(&self) -> Part {
        let concerns = &self.summary.concerns;
        let about_concerns =
            |record: &&AnswerRecord| record.state != AnswerState::NotAsked && is_about(record, &concerns.question);
        let mut columns: Vec<&AnswerRecord> = Vec::new();
        for record in self.summary.answers.iter().filter(about_concerns) {
            if !columns.iter().any(|column| column.question == record.question) {
                columns.push(record);
            }
        }
        let rows = concerns.codes.iter().zip(&concerns.choices).map(|(code, text)| {
            let name = AnswerText::without_words(text.clone());
            let cells = columns.iter().map(|column| {
                let about_this = |record: &&AnswerRecord| {
                    record.question == column.question
                        && record.about.as_ref().is_some_and(|about| about.code == *code || concerns.codes.len() == 1)
                };
                self.summary
                    .answers
                    .iter()
                    .find(about_this)
                    .map_or_else(|| self.not_asked(), |record| self.entry(record))
            });
            std::iter::once(name).chain(cells).collect()
        });
        let heads = std::iter::once(concerns.title.clone()).chain(columns.iter().map(|column| column.title.clone()));
        let table = Block::Table { columns: heads.collect(), rows: rows.collect() };
        self.part(PartKind::Concerns, &self.for_reader("heading-told"), vec![table])
    }

    fn not_asked(&self) -> AnswerText {
        AnswerText { says: false, ..AnswerText::without_words(self.not_asked_word()) }
    }

    /// Returns the word for a question without an answer. If answers are unassigned, one of them may be its answer.
    fn not_asked_word(&self) -> Printable {
        self.word(if self.summary.unassigned.is_empty() { "state-not-asked" } else { "state-no-answer" })
    }

    /// Returns the procedure with the benefits, then the overview; a single part if there is only one of the two.
    fn benefits(&self) -> Vec<Part> {
        let (benefits, overview) = (&self.summary.benefits, &self.summary.overview);
        let procedure = self.claim(&self.summary.procedure, Vec::new());
        let first = |heading, lines| {
            let blocks = self.with_meanings(procedure).chain(self.benefit_lines(lines)).collect();
            self.part(PartKind::Benefits, heading, blocks)
        };
        match (benefits.is_empty(), overview.is_empty()) {
            (true, true) => vec![first("heading-procedure", benefits)],
            (false, true) => vec![first("heading-benefits", benefits)],
            (true, false) => vec![first("heading-overview", overview)],
            (false, false) => {
                let second = self.part(PartKind::Overview, "heading-overview", self.benefit_lines(overview));
                vec![first("heading-benefits", benefits), second]
            }
        }
    }

    /// Returns the claims, each with the explanations of its words, and the legend of their marks.
    fn benefit_lines(&self, lines: &[BenefitLine]) -> Vec<Block> {
        let choices = |benefit: &BenefitLine| -> Choices {
            benefit.because.iter().map(|because| (because.text.clone(), because.editorial)).collect()
        };
        let shared = match lines {
            [first, rest @ ..] if !rest.is_empty() => {
                Some(choices(first)).filter(|shared| rest.iter().all(|benefit| choices(benefit) == *shared))
            }
            _ => None,
        };
        let claims = lines.iter().map(|benefit| Block::Claim {
            id: benefit.line.id.clone(),
            subject: self.subject(&benefit.line),
            text: benefit.line.text.clone(),
            mark: self.mark(&benefit.line.cites),
            limits: benefit.limits.iter().map(|limit| (limit.text.clone(), self.mark(&limit.cites))).collect(),
            because: if shared.is_some() { Choices::new() } else { choices(benefit) },
            beside: Vec::new(),
        });
        let editorial = lines.iter().flat_map(|benefit| &benefit.because).any(|because| because.editorial);
        let legend = editorial.then(|| Block::Legend { mark: EDITORIAL.to_owned(), text: self.word("editorial-note") });
        let label = self.word(&self.for_reader("because-all"));
        let head = shared.clone().map(|choices| Block::Because { label, choices });
        head.into_iter().chain(claims.flat_map(|claim| self.with_meanings(claim))).chain(legend).collect()
    }

    /// Returns a block of statements, then the explanations of the words that they are the first to use.
    fn with_meanings(&self, block: Block) -> impl Iterator<Item = Block> {
        let ids: Vec<&String> = match &block {
            Block::Claim { id, .. } => vec![id],
            Block::Factors { factors, .. } => factors.iter().map(|factor| &factor.id).collect(),
            _ => Vec::new(),
        };
        let words = self.summary.words.iter().filter(|word| ids.contains(&&word.used_in));
        let meanings: Vec<Block> = words
            .map(|word| {
                let arguments = [("word", word.word.as_str().into()), ("text", word.line.text.as_str().into())];
                let text = Printable::line(&self.messages.format("word-meaning", arguments));
                Block::Meaning { id: word.line.id.clone(), text, mark: self.mark(&word.line.cites) }
            })
            .collect();
        std::iter::once(block).chain(meanings)
    }

    fn not_covered(&self) -> Option<Part> {
        let blocks: Vec<Block> = self
            .summary
            .not_covered
            .iter()
            .map(|line| {
                let texts: Vec<&str> = line.because.iter().map(|because| because.text.as_str()).collect();
                Block::Fact(Fact::new(Printable::line(&texts.join("; ")), line.text.clone()))
            })
            .collect();
        (!blocks.is_empty()).then(|| self.part(PartKind::NotCovered, "heading-not-covered", blocks))
    }

    fn caveats(&self) -> Part {
        let variability = match self.factors() {
            Some(factors) => vec![factors],
            None => self
                .summary
                .variability
                .iter()
                .map(|variability| self.claim(&variability.line, self.related_answers(variability)))
                .collect(),
        };
        let fixed = self.summary.safety.iter().chain(&self.summary.consult).map(|line| self.claim(line, Vec::new()));
        let statements = variability.into_iter().chain(fixed).flat_map(|block| self.with_meanings(block));
        self.part(PartKind::Caveats, "heading-caveats", statements.collect())
    }

    /// Returns the variability sentences with their common start only once; `None` if they have none.
    fn factors(&self) -> Option<Block> {
        let lines: Vec<&VariabilityLine> = self.summary.variability.iter().collect();
        let words = |line: &VariabilityLine| line.line.text.as_str().split(' ').map(str::to_owned).collect::<Vec<_>>();
        let sentences: Vec<Vec<String>> = lines.iter().map(|line| words(line)).collect();
        let (first, others) = sentences.split_first()?;
        let shared = |other: &Vec<String>| first.iter().zip(other).take_while(|(one, other)| one == other).count();
        let length = others.iter().map(shared).min()?;
        // A start of a few words is not worth its own line, and every factor needs words of its own.
        if length < MIN_LEAD_WORDS || sentences.iter().any(|sentence| sentence.len() == length) {
            return None;
        }
        let join = |words: &[String]| Printable::line(&words.join(" "));
        let factors = lines.iter().zip(&sentences).map(|(variability, sentence)| Factor {
            id: variability.line.id.clone(),
            text: join(&sentence[length..]),
            mark: self.mark(&variability.line.cites),
            beside: self.related_answers(variability),
        });
        let subject = self.subject(&lines.first()?.line);
        Some(Block::Factors { subject, lead: join(&first[..length]), factors: factors.collect() })
    }

    /// Returns the answers to print with a sentence; subjects with equal answers are merged.
    fn related_answers(&self, variability: &VariabilityLine) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Vec::new();
        for fact in variability.answers.iter().map(|record| self.fact(record)) {
            let same = |other: &&mut Fact| other.title == fact.title && other.entry == fact.entry;
            match (facts.iter_mut().find(same), &fact.about) {
                (Some(Fact { about: Some(others), .. }), Some(about)) => {
                    *others = Printable::line(&format!("{others}; {about}"));
                }
                _ => facts.push(fact),
            }
        }
        facts
    }

    /// Returns one line for each question asked; those not asked are listed together at the end.
    fn recorded(&self) -> Option<Part> {
        let concerns = &self.summary.concerns.question;
        let caveats = || self.summary.variability.iter().flat_map(|line| &line.answers);
        let is_included = |record: &&AnswerRecord| match record.role {
            Role::Recorded => true,
            // The patient's copy prints these next to what they may change.
            Role::Factor => {
                self.summary.copy == CopyKind::Clinician || !caveats().any(|other| other.question == record.question)
            }
            // No other part prints these.
            Role::Branch | Role::Label => record.state == AnswerState::Unreadable,
            // Ticks show an answer. Without any, "none" must differ from no answer.
            Role::ToAsk => !self.summary.to_ask.iter().any(|question| question.chosen == Some(true)),
            Role::Concerns | Role::Questions => false,
        };
        let mut records: Vec<&AnswerRecord> = self.summary.answers.iter().filter(is_included).collect();
        if self.summary.copy == CopyKind::Clinician {
            // The same order for every patient.
            records.sort_by_key(|record| !record.for_professional);
        }
        let (not_asked, asked): (Vec<&AnswerRecord>, Vec<&AnswerRecord>) =
            records.into_iter().partition(|record| record.state == AnswerState::NotAsked);
        let in_table = |record: &&AnswerRecord| is_about(record, concerns);
        let mut blocks: Vec<Block> =
            asked.iter().filter(|record| !in_table(record)).map(|record| Block::Fact(self.fact(record))).collect();
        blocks.extend(self.summary.unassigned.iter().map(|text| {
            let mut fact = Fact::new(self.word("unassigned"), Printable::default());
            fact.entry.own = Some(self.own(&Printable::text(text)));
            Block::Fact(fact)
        }));
        let mut not_asked_titles: Vec<String> = Vec::new();
        for record in not_asked {
            // A column of the table shows it for each concern.
            let has_column = asked.iter().any(|other| other.question == record.question && in_table(other));
            if !has_column && not_asked_titles.last().is_none_or(|last| last != record.title.as_str()) {
                not_asked_titles.push(record.title.to_string());
            }
        }
        if !not_asked_titles.is_empty() {
            let titles = Printable::line(&not_asked_titles.join("; "));
            blocks.push(Block::NotAsked(Fact::new(self.not_asked_word(), titles)));
        }
        (!blocks.is_empty()).then(|| self.part(PartKind::Recorded, &self.for_reader("heading-recorded"), blocks))
    }

    fn questions(&self) -> Option<Part> {
        let record = self.summary.questions.as_ref()?;
        let answer = match &record.free_text {
            Some(text) if record.state == AnswerState::Answered => Block::OwnWords(self.own(text)),
            _ => Block::Fact(self.fact(record)),
        };
        // Who has written questions needs less space for more.
        let space = if matches!(answer, Block::OwnWords(_)) { 1 } else { 2 };
        Some(self.part(PartKind::Questions, &self.for_reader("heading-questions"), vec![answer, Block::Space(space)]))
    }

    fn claim(&self, line: &Line, related: Vec<Fact>) -> Block {
        Block::Claim {
            id: line.id.clone(),
            subject: self.subject(line),
            text: line.text.clone(),
            mark: self.mark(&line.cites),
            limits: Vec::new(),
            because: Vec::new(),
            beside: related,
        }
    }

    fn subject(&self, line: &Line) -> Printable {
        line.cites.first().and_then(|cites| self.summary.item_title(cites)).unwrap_or_default()
    }

    /// Returns the citation mark: the items alone if the pack has one source, else with the source's id.
    pub(super) fn mark(&self, cites: &[String]) -> String {
        let has_one_source = self.summary.sources.len() == 1;
        let item = |cites: &String| {
            let item = self.summary.item_mark(cites);
            let source = cites.split_once('#').map_or("", |(source, _)| source);
            if has_one_source { item } else { format!("{source}#{item}") }
        };
        let items: Vec<String> = cites.iter().map(item).collect();
        if items.is_empty() { String::new() } else { format!("[{}]", items.join(", ")) }
    }

    /// Returns the question's title with its subject, and the answer.
    fn fact(&self, record: &AnswerRecord) -> Fact {
        let about = record.about.as_ref().map(|about| about.text.clone());
        Fact { title: record.title.clone(), about, entry: self.entry(record) }
    }

    fn entry(&self, record: &AnswerRecord) -> AnswerText {
        let chosen: Vec<&str> = record.choices.iter().map(Printable::as_str).collect();
        let text = match (record.state, &record.free_text) {
            (AnswerState::Unreadable, _) => self.word("state-unreadable"),
            (AnswerState::NotAsked, _) => self.not_asked_word(),
            (AnswerState::Answered, own) if own.is_some() || !chosen.is_empty() => Printable::line(&chosen.join("; ")),
            _ => record.text.clone(),
        };
        let own = record.free_text.as_ref().map(|text| self.own(text));
        let joint = match (record.state, &own) {
            (_, None) => "",
            (AnswerState::Unreadable, _) => ": ",
            _ => free_text_delimiters(chosen.len()).0,
        };
        AnswerText { text, own, joint, says: record.state == AnswerState::Answered && !record.unsure }
    }

    fn own(&self, text: &Printable) -> ForeignText {
        let summary = self.summary;
        let language = (summary.asked_in != summary.language).then(|| summary.asked_in.clone());
        ForeignText { text: text.clone(), language }
    }
}

/// Returns whether a record is about one option of that question.
fn is_about(record: &AnswerRecord, question: &str) -> bool {
    record.about.as_ref().is_some_and(|about| about.question == question)
}
