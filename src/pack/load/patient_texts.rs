//! Collects the texts that a patient can see, in every language, with their spans.

use super::translations::Translations;
use crate::diagnostics::{Reporter, Spanned};
use crate::pack::files::ParsedFile;
use crate::pack::raw::{PackFile, QuestionsFile, RawOption, RawQuestion, StatementsFile};

/// A text in one language.
pub(super) struct Text<'t> {
    pub(super) id: String,
    pub(super) tag: &'t str,
    pub(super) wording: &'t Spanned<String>,
    pub(super) sink: &'t Reporter<'t>,
    pub(super) kind: TextKind,
    /// Wordings in this language that can replace `{for}`.
    pub(super) for_texts: Vec<&'t str>,
}

/// Kind of a text; decides which language checks apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// A claim. It must not promise anything.
    Claim,
    /// Complete sentences of a question.
    Prose,
    /// A title of the page or of an item. It must not promise anything.
    Heading,
    /// The notice, in complete sentences. It must not promise anything.
    Notice,
    /// A few words: the title of a section or question, or an option.
    Label,
}

impl TextKind {
    /// Returns true if the text must not contain claim words. Questions and options may, as patients use these words.
    pub(super) fn forbids_claim_words(self) -> bool {
        matches!(self, Self::Claim | Self::Heading | Self::Notice)
    }

    /// Returns true if the text is a few words, not a sentence.
    pub(super) fn is_fragment(self) -> bool {
        matches!(self, Self::Heading | Self::Label)
    }
}

/// Files that contain the texts.
pub(super) struct Texts<'t> {
    pub(super) manifest: &'t ParsedFile<'t, PackFile>,
    pub(super) questions_file: &'t ParsedFile<'t, QuestionsFile>,
    pub(super) statements_file: &'t ParsedFile<'t, StatementsFile>,
    pub(super) translations: &'t Translations<'t>,
}

impl<'t> Texts<'t> {
    /// Returns all texts, grouped by file.
    pub(super) fn all(&self) -> Vec<Text<'t>> {
        let mut texts = self.claims_and_headings();
        if let Some(file) = &self.questions_file.raw {
            for section in &file.sections {
                let id = format!("section.{}", section.id.value);
                self.add(&mut texts, &id, &section.title, &self.questions_file.sink, TextKind::Label, None);
            }
            for question in &file.questions {
                self.add_question(&mut texts, question, file);
            }
        }
        texts
    }

    /// Returns the texts that must not promise anything: statements, glossary, notice and titles.
    pub(super) fn claims_and_headings(&self) -> Vec<Text<'t>> {
        let mut texts = Vec::new();
        for statement in self.statements_file.raw.iter().flat_map(|file| &file.statements) {
            let id = format!("statement.{}", statement.id.value);
            self.add(&mut texts, &id, &statement.text, &self.statements_file.sink, TextKind::Claim, None);
            for (part, text) in [("short", &statement.short), ("clinician", &statement.clinician)] {
                if let Some(text) = text {
                    let id = format!("{id}.{part}");
                    self.add(&mut texts, &id, text, &self.statements_file.sink, TextKind::Claim, None);
                }
            }
        }
        for term in self.manifest.raw.iter().flat_map(|manifest| &manifest.glossary) {
            let id = format!("term.{}.text", term.id.value);
            self.add(&mut texts, &id, &term.text, &self.manifest.sink, TextKind::Claim, None);
        }
        if let Some(manifest) = &self.manifest.raw {
            let sink = &self.manifest.sink;
            self.add(&mut texts, "title", &manifest.title, sink, TextKind::Heading, None);
            self.add(&mut texts, "notice", &manifest.notice, sink, TextKind::Notice, None);
            if let Some(notice) = &manifest.notice_clinician {
                self.add(&mut texts, "notice.clinician", notice, sink, TextKind::Notice, None);
            }
            for (id, text) in [
                ("update_policy", &manifest.update_policy),
                ("funding", &manifest.funding),
                ("interests", &manifest.interests),
            ] {
                if let Some(text) = text {
                    self.add(&mut texts, id, text, sink, TextKind::Notice, None);
                }
            }
            for (source, item) in manifest.sources.iter().flat_map(|s| s.items.iter().map(move |item| (s, item))) {
                let id = format!("item.{}.{}", source.id.value, item.id.value);
                self.add(&mut texts, &id, &item.title, sink, TextKind::Heading, None);
            }
        }
        texts
    }

    fn add_question(&self, texts: &mut Vec<Text<'t>>, question: &'t RawQuestion, file: &'t QuestionsFile) {
        let sink = &self.questions_file.sink;
        let id = &question.id.value;
        let source = question.for_each.as_ref().and_then(|for_each| {
            let source = file.questions.iter().find(|source| source.id.value == for_each.question.value)?;
            Some((source, for_each.overall.as_ref().map(|code| code.as_str())))
        });
        self.add(texts, &format!("question.{id}.title"), &question.title, sink, TextKind::Label, None);
        self.add(texts, &format!("question.{id}.text"), &question.text, sink, TextKind::Prose, source);
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
        source: Option<(&'t RawQuestion, Option<&'t str>)>,
    ) {
        for (tag, wording, sink) in self.translations.in_all_languages(id, default, sink) {
            let for_texts = source.map(|(source, overall)| {
                let options = source.options.iter().filter(|option| Some(option.code.as_str()) != overall);
                options.filter_map(|option| self.wording(source, option, tag)).collect()
            });
            texts.push(Text { id: id.to_owned(), tag, wording, sink, kind, for_texts: for_texts.unwrap_or_default() });
        }
    }

    fn wording(&self, question: &RawQuestion, option: &'t RawOption, tag: &str) -> Option<&'t str> {
        let Some(other) = self.translations.tags.iter().skip(1).position(|known| known == tag) else {
            return Some(&option.text);
        };
        let catalogue = self.translations.others[other].raw.as_ref()?;
        catalogue.get(&format!("option.{}.{}", question.id.value, option.code.value)).map(|text| text.as_str())
    }
}
