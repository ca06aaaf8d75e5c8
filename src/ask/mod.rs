//! Asking a person: steps an [`Interview`] through somebody who can put questions.
//!
//! [`lines`] is the reference, good with a screen reader, a pipe and a script; [`terminal`] is a skin on the same
//! engine. Both are an [`Prompter`] and know nothing of the order of questions.

pub mod lines;
pub mod terminal;

use crate::answer::{Answer, AnswerKey, Subject};
use crate::interview::{AnswerError, Interview, Step, answer_text, refusal_message};
use crate::messages::Messages;
use crate::pack::{Language, Question, QuestionType};
use crate::printable::Printable;

/// Somebody who can put questions to a person.
pub trait Prompter {
    /// Shows what comes before the first question.
    ///
    /// # Errors
    /// When nobody can be reached.
    fn start(&mut self, title: &Printable, notice: &Printable) -> Result<(), PromptError>;

    /// Puts one question, again and again until the reply can be read.
    ///
    /// # Errors
    /// When the person or the input stops.
    fn ask(&mut self, screen: &QuestionView<'_>) -> Result<QuestionAction, PromptError>;

    /// Shows the answers, with what is still open, and lets the person change one or finish.
    ///
    /// # Errors
    /// When the person or the input stops.
    fn review(&mut self, rows: &[ReviewRow], open: &str) -> Result<ReviewAction, PromptError>;

    /// Puts a question of the program's own, outside an interview, and gives the place of the choice. `first` is the
    /// choice that does no harm to whoever just presses a key, and `back` the one that leads back, if one does: it has a key of
    /// its own.
    ///
    /// # Errors
    /// When the person or the input stops.
    fn choose(
        &mut self,
        question: &Printable,
        choices: &[Printable],
        first: usize,
        back: Option<usize>,
    ) -> Result<usize, PromptError>;

    /// Puts a question of the program's own that is answered by typing; an empty line is a reply too. `before` is what
    /// stands there at first. Gives nothing if the person does not want to reply.
    ///
    /// # Errors
    /// When the person or the input stops.
    fn ask_text(&mut self, question: &Printable, before: &Printable) -> Result<Option<String>, PromptError>;

    /// Says why something cannot be.
    ///
    /// # Errors
    /// When nobody can be reached.
    fn show_error(&mut self, message: &str) -> Result<(), PromptError>;
}

/// A question, ready to be put.
#[derive(Debug)]
pub struct QuestionView<'s> {
    /// Which question, and about what.
    pub slot: AnswerKey,
    /// The question.
    pub question: &'s Question,
    /// The section it belongs to.
    pub section: Printable,
    /// "Question 3 of about 9".
    pub position: String,
    /// The question as asked.
    pub text: Printable,
    /// One more sentence.
    pub help: Option<Printable>,
    /// What can be chosen.
    pub choices: Vec<Printable>,
    /// What was answered before.
    pub current: Option<&'s Answer>,
    /// The same in words.
    pub answered: Option<Printable>,
    /// The language it is put in.
    pub language: Language,
}

/// What a person replies to a question.
#[derive(Debug)]
pub enum QuestionAction {
    /// An answer.
    Answer(Answer),
    /// Back to the question before.
    Back,
    /// On to the review.
    Review,
}

/// What a person does at the review.
#[derive(Debug)]
pub enum ReviewAction {
    /// Finish and write the summary.
    Done,
    /// Change the answer in this row, counted from 0.
    Change(usize),
    /// Back to the last question.
    Back,
}

/// One answer at the review.
#[derive(Debug)]
pub struct ReviewRow {
    /// Which.
    pub slot: AnswerKey,
    /// The question in a few words.
    pub title: Printable,
    /// The answer, or that there is none.
    pub answer: Printable,
}

/// Why asking has stopped.
#[derive(Debug)]
pub enum PromptError {
    /// The input came to its end.
    EndOfInput,
    /// The person interrupted.
    Interrupted,
    /// The terminal or the pipe failed.
    Io(std::io::Error),
}

impl From<std::io::Error> for PromptError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// Asks once more before something is done for good; a key pressed in haste, and the way back, mean no.
///
/// # Errors
/// When the person or the input stops.
pub fn confirm(asker: &mut dyn Prompter, question: &str, no: &str, yes: &str) -> Result<bool, PromptError> {
    let choices = [no, yes].map(Printable::line);
    Ok(asker.choose(&Printable::line(question), &choices, 0, Some(0))? == 1)
}

/// What has happened in an interview and outlives it.
#[derive(Debug)]
pub enum InterviewEvent<'e> {
    /// This question has this answer now.
    Answered(AnswerKey, &'e Answer),
    /// The person went somewhere without answering: back, to the review, or to a question from there.
    Moved(Step),
}

/// Asks until the person is done. `keep` is called for each event, before the next question shows.
///
/// # Errors
/// Why it stopped; the interview keeps its answers and its place.
pub fn run_interview(
    interview: &mut Interview<'_>,
    asker: &mut dyn Prompter,
    words: &Messages,
    language: Language,
    keep: &mut dyn FnMut(InterviewEvent<'_>) -> Result<(), PromptError>,
) -> Result<(), PromptError> {
    let pack = interview.pack();
    asker.start(pack.title.in_language(language), pack.notice.in_language(language))?;
    loop {
        match interview.step() {
            Step::Ask(slot) => {
                let reply = asker.ask(&screen(interview, slot, words, language))?;
                match reply {
                    QuestionAction::Back if interview.asked().first() == Some(&slot) => {
                        asker.show_error(&words.get("first-question"))?;
                    }
                    QuestionAction::Back => navigate(interview, keep, Interview::back)?,
                    QuestionAction::Review => navigate(interview, keep, Interview::review)?,
                    QuestionAction::Answer(answer) => match interview.answer(answer) {
                        Ok(()) => {
                            if let Some(answer) = interview.answers().get(&slot) {
                                keep(InterviewEvent::Answered(slot, answer))?;
                            }
                            // With all answered it follows from that; else somebody had passed over the others.
                            if interview.step() == Step::Review && !interview.unanswered().is_empty() {
                                keep(InterviewEvent::Moved(Step::Review))?;
                            }
                        }
                        Err(refusal) => {
                            asker.show_error(&prompt_refusal_message(
                                &refusal,
                                &pack.questions[slot.question],
                                words,
                                language,
                            ))?;
                        }
                    },
                }
            }
            Step::Review => {
                let rows = rows(interview, words, language);
                match asker.review(&rows, &unanswered_message(interview, words))? {
                    ReviewAction::Back => navigate(interview, keep, Interview::back)?,
                    ReviewAction::Change(row) => navigate(interview, keep, |interview| interview.jump(rows[row].slot))?,
                    ReviewAction::Done => match interview.finish() {
                        Ok(_) => return Ok(()),
                        Err(open) => {
                            keep(InterviewEvent::Moved(Step::Ask(open)))?;
                            asker.show_error(&words.get("required-open"))?;
                        }
                    },
                }
            }
        }
    }
}

fn navigate<'p>(
    interview: &mut Interview<'p>,
    keep: &mut dyn FnMut(InterviewEvent<'_>) -> Result<(), PromptError>,
    step: impl FnOnce(&mut Interview<'p>),
) -> Result<(), PromptError> {
    step(interview);
    keep(InterviewEvent::Moved(interview.step()))
}

fn screen<'i>(interview: &'i Interview<'_>, slot: AnswerKey, words: &Messages, language: Language) -> QuestionView<'i> {
    let pack = interview.pack();
    let question = &pack.questions[slot.question];
    let (number, count) = interview.position();
    let text = if let (Some(Subject::Overall), Some(text)) = (slot.about, &question.overall_text) {
        text.in_language(language).clone()
    } else {
        let text = question.text.in_language(language);
        subject_text(interview, slot, language).map_or_else(|| text.clone(), |about| text.fill("{for}", &about))
    };
    QuestionView {
        slot,
        question,
        section: pack.sections[question.section].title.in_language(language).clone(),
        position: words.format("position", [("number", number.into()), ("count", count.into())]),
        text,
        help: question.help.as_ref().map(|help| help.in_language(language).clone()),
        choices: question.shape.choices().iter().map(|choice| choice.text.in_language(language).clone()).collect(),
        current: interview.answers().get(&slot),
        answered: interview.answers().get(&slot).map(|answer| answer_in_words(answer, question, words, language)),
        language,
    }
}

/// What a for-each question is asked about, in words.
fn subject_text(interview: &Interview<'_>, slot: AnswerKey, language: Language) -> Option<Printable> {
    let pack = interview.pack();
    let through = pack.questions[slot.question].for_each.as_ref()?.question;
    match slot.about? {
        Subject::Option(choice) => {
            Some(pack.questions[through].shape.choices()[choice].text.in_language(language).clone())
        }
        Subject::Overall => None,
    }
}

/// A question in a few words, for the review and for messages.
#[must_use]
pub fn question_title(interview: &Interview<'_>, slot: AnswerKey, words: &Messages, language: Language) -> Printable {
    let title = interview.pack().questions[slot.question].title.in_language(language);
    let about =
        subject_text(interview, slot, language).or_else(|| slot.about.map(|_| Printable::line(&words.get("overall"))));
    about.map_or_else(|| title.clone(), |about| Printable::line(&format!("{title} ({about})")))
}

/// Why an answer does not fit, in words for whoever can type a command: an empty one has a way out.
fn prompt_refusal_message(refusal: &AnswerError, question: &Question, words: &Messages, language: Language) -> String {
    match refusal {
        AnswerError::Empty if !question.required => words.get(match question.shape {
            QuestionType::SingleChoice(_) => "refused-empty-one-or-skip",
            QuestionType::MultipleChoice(_) => "refused-empty-choice-or-skip",
            _ => "refused-empty-or-skip",
        }),
        _ => refusal_message(words, refusal, question, language),
    }
}

/// How many questions have no answer, and what comes of that; nothing, if all have one.
fn unanswered_message(interview: &Interview<'_>, words: &Messages) -> String {
    let is_needed = |slot: &AnswerKey| interview.pack().questions[slot.question].required;
    let (needed, others): (Vec<AnswerKey>, Vec<AnswerKey>) = interview.unanswered().into_iter().partition(is_needed);
    let told =
        [("review-needed", needed.len()), ("review-open", others.len())].into_iter().filter(|(_, count)| *count > 0);
    told.map(|(key, count)| words.format(key, [("count", count.into())])).collect::<Vec<_>>().join(" ")
}

fn rows(interview: &Interview<'_>, words: &Messages, language: Language) -> Vec<ReviewRow> {
    let row = |slot: AnswerKey| ReviewRow {
        slot,
        title: question_title(interview, slot, words, language),
        answer: match interview.answers().get(&slot) {
            None => Printable::line(&words.get("open-answer")),
            Some(answer) => answer_in_words(answer, &interview.pack().questions[slot.question], words, language),
        },
    };
    interview.asked().into_iter().map(row).collect()
}

fn answer_in_words(answer: &Answer, question: &Question, words: &Messages, language: Language) -> Printable {
    let shown = match answer {
        Answer::Skipped => words.get("state-skipped"),
        Answer::Declined => words.get("state-declined"),
        Answer::Value(given) => answer_text(given, &question.shape, language),
    };
    Printable::line(&shown)
}
