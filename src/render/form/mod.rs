//! The blank questionnaire on paper, to be filled in by pen.

mod condition_text;
mod html;
mod text;

#[cfg(feature = "pdf")]
pub use super::pdf::render_form as pdf;
pub use html::render as html;
pub use text::render as text;

use crate::foreign_text::ForeignText;
use crate::interview::FilledInBy;
use crate::letterhead::Letterhead;
use crate::messages::Messages;
use crate::outline::HeaderField;
use crate::pack::{Language, Pack, Question, QuestionType, Role};
use crate::printable::Printable;

/// A blank questionnaire.
#[derive(Debug, Clone)]
pub struct Form {
    /// The language tag of its texts.
    pub language: String,
    /// The title of the questionnaire.
    pub title: Printable,
    /// The clinic's letterhead.
    pub letterhead: Letterhead,
    /// The lines to fill in by hand.
    pub header: Vec<HeaderField>,
    /// The pack's notice, the privacy notice, and how to fill the form in.
    pub notice: Vec<ForeignText>,
    /// The parts.
    pub parts: Vec<FormPart>,
    /// The pack, its version and its hash.
    pub pack: Printable,
}

/// A part of the questionnaire.
#[derive(Debug, Clone)]
pub struct FormPart {
    /// Its heading.
    pub heading: Printable,
    /// The condition for filling it in, if there is one.
    pub branch: Option<Printable>,
    /// Its questions.
    pub questions: Vec<FormQuestion>,
}

/// A question on paper.
#[derive(Debug, Clone)]
pub struct FormQuestion {
    /// Its number, counted from 1 through the whole form.
    pub number: usize,
    /// The text of the question.
    pub text: Printable,
    /// The help text.
    pub help: Option<Printable>,
    /// The condition for answering it, if there is one.
    pub branch: Option<Printable>,
    /// True if it needs an answer.
    pub required: bool,
    /// The instruction (tick one, tick all that apply, write), unless the help text gives one.
    pub instruction: Option<Printable>,
    /// True if only one box may be ticked.
    pub single: bool,
    /// The options, with "rather not say" last if `declines` is true.
    pub options: Vec<Printable>,
    /// The rows of a for-each question.
    pub repeat_rows: Option<RepeatRows>,
    /// True if the last option is "rather not say".
    pub declines: bool,
    /// The number of lines to write on.
    pub lines: usize,
    /// The label of the lines, if there are options too.
    pub own_words: Option<Printable>,
}

/// The rows of a for-each question.
#[derive(Debug, Clone)]
pub struct RepeatRows {
    /// The label before the line to write on.
    pub row: Printable,
    /// The instruction for when the rows are full.
    pub full: Printable,
}

/// The rows of a for-each question on paper: enough for a usual patient, so that the form stays at six pages.
pub(super) const ROWS: usize = 3;

/// Builds the blank questionnaire of a pack.
#[must_use]
pub fn form(pack: &Pack, language: Language, letterhead: &Letterhead) -> Form {
    let words = Messages::new(pack.tag(language));
    let word = |key: &str| Printable::line(&words.get(key));
    let roles = FilledInBy::ALL.map(|role| (word(&format!("filled-in-by-{}", role.name())), false));
    let mut header = vec![HeaderField::Blank(word("field-name")), HeaderField::Blank(word("field-birth"))];
    header
        .extend([HeaderField::Tick(word("field-filled-in-by"), roles.into()), HeaderField::Blank(word("field-date"))]);
    let privacy = letterhead.privacy_notice.as_ref().and_then(|text| text.in_language(pack.tag(language)));
    let from_pack = |text: Printable| ForeignText { text, language: None };
    let notice = std::iter::once(from_pack(pack.notice.in_language(language).clone())).chain(privacy);
    let parts = pack.sections.iter().enumerate().map(|(index, section)| {
        let asked: Vec<usize> =
            (0..pack.questions.len()).filter(|question| pack.questions[*question].section == index).collect();
        let (shared, others) = condition_text::split(pack, &asked);
        let vocabulary = condition_text::FormVocabulary { pack, words: &words, language };
        let questions = asked.iter().zip(others).map(|(question, conditions)| {
            form_question(
                &pack.questions[*question],
                question + 1,
                vocabulary.instruction("form-branch", &conditions),
                &words,
                language,
            )
        });
        FormPart {
            heading: section.title.in_language(language).clone(),
            branch: vocabulary.instruction("form-branch-part", &shared),
            questions: questions.collect(),
        }
    });
    Form {
        language: pack.tag(language).to_owned(),
        title: pack.title.in_language(language).clone(),
        letterhead: letterhead.clone(),
        header,
        notice: notice.chain([from_pack(word("form-how"))]).collect(),
        parts: parts.filter(|part| !part.questions.is_empty()).collect(),
        pack: Printable::line(&format!("{} {} {}", pack.id, pack.version, pack.hash)),
    }
}

fn form_question(
    question: &Question,
    number: usize,
    branch: Option<Printable>,
    words: &Messages,
    language: Language,
) -> FormQuestion {
    let word = |key: &str| Printable::line(&words.get(key));
    let repeat_rows = question.for_each.as_ref().map(|for_each| RepeatRows {
        row: Printable::line(&words.format("form-each-row", [("number", (for_each.question + 1).into())])),
        full: Printable::line(&words.format("form-each-full", [("rows", ROWS.into())])),
    });
    let text = match &question.for_each {
        Some(for_each) => {
            let subject = words.format("form-each", [("number", (for_each.question + 1).into())]);
            question.text.in_language(language).fill("{for}", &Printable::line(&subject))
        }
        None => question.text.in_language(language).clone(),
    };
    let mut options: Vec<Printable> = match &question.shape {
        QuestionType::Quantity(..) => Vec::new(),
        shape => shape.choices().iter().map(|choice| choice.text.in_language(language).clone()).collect(),
    };
    let declines = !question.required && question.role != Role::Label;
    if declines {
        options.push(word("choice-decline"));
    }
    let has_free_text = question.shape.options().is_some_and(|options| options.free_text.is_some());
    let (instruction, lines) = match &question.shape {
        QuestionType::SingleChoice(_) => ("form-one", usize::from(has_free_text)),
        QuestionType::MultipleChoice(_) => ("form-many", usize::from(has_free_text)),
        QuestionType::Text(limit) => ("form-write", if *limit > 200 { 3 } else { 1 }),
        QuestionType::Number(_) | QuestionType::Quantity(..) => ("form-number", 1),
        QuestionType::Date(..) => ("form-date", 1),
    };
    FormQuestion {
        number,
        text,
        // A help text usually includes the instruction, and the shape of the boxes shows it too.
        instruction: (question.help.is_none() || matches!(instruction, "form-number" | "form-date"))
            .then(|| word(instruction)),
        help: question.help.as_ref().map(|help| help.in_language(language).clone()),
        branch,
        required: question.required,
        single: !matches!(question.shape, QuestionType::MultipleChoice(_)),
        options,
        repeat_rows,
        declines,
        lines,
        own_words: has_free_text.then(|| word("form-own-words")),
    }
}
