//! Every text of a pack that a patient may see, in every language, with its place.

use super::translations::Translations;
use crate::diagnostics::{Reporter, Spanned};
use crate::pack::files::ParsedFile;
use crate::pack::raw::{PackFile, QuestionsFile, RawOption, RawQuestion, StatementsFile};

/// One text in one language.
pub(super) struct Text<'t> {
    pub(super) id: String,
    pub(super) tag: &'t str,
    pub(super) wording: &'t Spanned<String>,
    pub(super) sink: &'t Reporter<'t>,
    pub(super) kind: TextKind,
    /// The wordings, in this language, that may stand for `{for}`.
    pub(super) fills: Vec<&'t str>,
}

/// What a text is, as far as its language is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// It claims something, so that it has to be careful.
    Claim,
    /// Whole sentences.
    Prose,
    /// What stands over the whole page, or beside its claims: it has to be careful as well.
    Heading,
    /// The same, in whole sentences.
    Notice,
    /// A few words: a section, a question in short, an option.
    Label,
}

impl TextKind {
    /// Whether it may hold no word that promises. Questions and options may: they are what patients say.
    pub(super) fn is_careful(self) -> bool {
        matches!(self, Self::Claim | Self::Heading | Self::Notice)
    }

    /// Whether it is a few words, and no sentence.
    pub(super) fn is_fragment(self) -> bool {
        matches!(self, Self::Heading | Self::Label)
    }
}

/// Where texts are taken from.
pub(super) struct Texts<'t> {
    pub(super) head: &'t ParsedFile<'t, PackFile>,
    pub(super) asked: &'t ParsedFile<'t, QuestionsFile>,
    pub(super) said: &'t ParsedFile<'t, StatementsFile>,
    pub(super) wordings: &'t Translations<'t>,
}

impl<'t> Texts<'t> {
    /// All of them, file by file.
    pub(super) fn all(&self) -> Vec<Text<'t>> {
        let mut texts = self.claims_and_headings();
        if let Some(file) = &self.asked.raw {
            for section in &file.sections {
                let id = format!("section.{}", section.id.value);
                self.add(&mut texts, &id, &section.title, &self.asked.sink, TextKind::Label, None);
            }
            for question in &file.questions {
                self.add_question(&mut texts, question, file);
            }
        }
        texts
    }

    /// The texts that may promise nothing: statements and what the glossary says, the notice, and titles.
    pub(super) fn claims_and_headings(&self) -> Vec<Text<'t>> {
        let mut texts = Vec::new();
        for statement in self.said.raw.iter().flat_map(|file| &file.statements) {
            let id = format!("statement.{}", statement.id.value);
            self.add(&mut texts, &id, &statement.text, &self.said.sink, TextKind::Claim, None);
        }
        for term in self.head.raw.iter().flat_map(|head| &head.glossary) {
            let id = format!("term.{}.text", term.id.value);
            self.add(&mut texts, &id, &term.text, &self.head.sink, TextKind::Claim, None);
        }
        if let Some(head) = &self.head.raw {
            let sink = &self.head.sink;
            self.add(&mut texts, "title", &head.title, sink, TextKind::Heading, None);
            self.add(&mut texts, "notice", &head.notice, sink, TextKind::Notice, None);
            for (source, item) in head.sources.iter().flat_map(|s| s.items.iter().map(move |item| (s, item))) {
                let id = format!("item.{}.{}", source.id.value, item.id.value);
                self.add(&mut texts, &id, &item.title, sink, TextKind::Heading, None);
            }
        }
        texts
    }

    fn add_question(&self, texts: &mut Vec<Text<'t>>, question: &'t RawQuestion, file: &'t QuestionsFile) {
        let sink = &self.asked.sink;
        let id = &question.id.value;
        let through = question.for_each.as_ref().and_then(|each| {
            let through = file.questions.iter().find(|through| through.id.value == each.question.value)?;
            Some((through, each.overall.as_ref().map(|code| code.as_str())))
        });
        self.add(texts, &format!("question.{id}.title"), &question.title, sink, TextKind::Label, None);
        self.add(texts, &format!("question.{id}.text"), &question.text, sink, TextKind::Prose, through);
        for (part, text) in [("overall_text", &question.overall_text), ("help", &question.help)] {
            if let Some(text) = text {
                self.add(texts, &format!("question.{id}.{part}"), text, sink, TextKind::Prose, None);
            }
        }
        for option in question.options.iter().chain(&question.units) {
            self.add(texts, &format!("option.{id}.{}", option.code.value), &option.text, sink, TextKind::Label, None);
        }
    }

    fn add(
        &self,
        texts: &mut Vec<Text<'t>>,
        id: &str,
        default: &'t Spanned<String>,
        sink: &'t Reporter<'t>,
        kind: TextKind,
        through: Option<(&'t RawQuestion, Option<&'t str>)>,
    ) {
        for (tag, wording, sink) in self.wordings.each_in(id, default, sink) {
            let fills = through.map(|(through, overall)| {
                let options = through.options.iter().filter(|option| Some(option.code.as_str()) != overall);
                options.filter_map(|option| self.wording(through, option, tag)).collect()
            });
            texts.push(Text { id: id.to_owned(), tag, wording, sink, kind, fills: fills.unwrap_or_default() });
        }
    }

    fn wording(&self, question: &RawQuestion, option: &'t RawOption, tag: &str) -> Option<&'t str> {
        let Some(other) = self.wordings.tags.iter().skip(1).position(|known| known == tag) else {
            return Some(&option.text);
        };
        let catalogue = self.wordings.others[other].raw.as_ref()?;
        catalogue.get(&format!("option.{}.{}", question.id.value, option.code.value)).map(|text| text.as_str())
    }
}
