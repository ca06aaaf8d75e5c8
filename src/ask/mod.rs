//! Prompting: runs an [`Interview`] with a person, through a [`Prompter`].
//!
//! [`lines`] is the reference prompter and works with a screen reader, a pipe or a script. [`terminal`] draws lists and
//! text fields for the same interview. Neither knows the order of the questions.

mod letters;
pub mod lines;
mod options;
pub mod terminal;

use crate::answer::{Answer, AnswerKey, Subject};
use crate::interview::{AnswerError, Interview, Step, answer_or_state_text, refusal_message};
use crate::messages::Messages;
use crate::pack::{Language, Question, QuestionType, Role};
use crate::printable::Printable;

/// Shows questions to a person and reads their answers.
pub trait Prompter {
    /// Shows the title and the notice before the first question.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    fn start(&mut self, title: &Printable, notice: &Printable) -> Result<(), PromptError>;

    /// Asks one question, and repeats it until the reply is valid input.
    ///
    /// # Errors
    /// Returns an error if the person interrupts, the input ends, a script's reply is refused, or the terminal fails.
    fn ask(&mut self, screen: &QuestionView<'_>) -> Result<QuestionAction, PromptError>;

    /// Shows the answers and the message `open` about unanswered questions. The person changes an answer or finishes.
    ///
    /// # Errors
    /// Returns an error if the person interrupts, the input ends, a script's reply is refused, or the terminal fails.
    fn review(&mut self, rows: &[ReviewRow], open: &str) -> Result<ReviewAction, PromptError>;

    /// Shows a menu of the program itself, outside an interview, and returns the index of the selected item.
    ///
    /// `first` is the choice under the cursor at the start: the harmless one if a key is pressed by accident. `back` is
    /// the choice that Esc or `/back` selects, if there is one.
    ///
    /// # Errors
    /// Returns an error if the person interrupts, the input ends, a script's reply is refused, or the terminal fails.
    fn choose(
        &mut self,
        question: &Printable,
        choices: &[MenuItem],
        first: usize,
        back: Option<usize>,
    ) -> Result<usize, PromptError>;

    /// Asks for a line of text for the program itself, outside an interview. An empty line is a valid reply.
    ///
    /// `initial` is the text at the start. Returns `None` if the person leaves the prompt.
    ///
    /// # Errors
    /// Returns an error if the person interrupts, the input ends, a script's reply is refused, or the terminal fails.
    fn ask_text(&mut self, question: &Printable, initial: &Printable) -> Result<Option<String>, PromptError>;

    /// Shows an error message.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    fn show_error(&mut self, message: &str) -> Result<(), PromptError>;

    /// Shows why the last reply was refused. A script ends there, because its next line answers another question.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written, or the replies come from a script.
    fn show_refusal(&mut self, message: &str) -> Result<(), PromptError> {
        self.show_error(message)
    }
}

/// An item of a menu of the program itself.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// The number to type for it.
    pub number: u64,
    /// The text.
    pub text: Printable,
}

/// An option, or a unit, as it is offered.
#[derive(Debug, Clone)]
pub struct OfferedChoice {
    /// The index among the options or units of the question.
    pub index: usize,
    /// The text.
    pub text: Printable,
}

/// A question and its texts, ready to be shown.
#[derive(Debug)]
pub struct QuestionView<'s> {
    /// The key of the answer that is asked for.
    pub key: AnswerKey,
    /// The question in the pack.
    pub question: &'s Question,
    /// The title of its section.
    pub section: Printable,
    /// The position in the interview, such as "Question 3 of about 9".
    pub position: String,
    /// The wording, with the subject filled in.
    pub text: Printable,
    /// The explanation below the question.
    pub help: Option<Printable>,
    /// The number of questions that a yes adds, as a sentence, for a question that only decides what else is asked.
    pub follow_up: Option<String>,
    /// The texts of the options or units, in the pack's order.
    pub choices: Vec<OfferedChoice>,
    /// The current answer, if there is one.
    pub current: Option<&'s Answer>,
    /// The current answer as text.
    pub answered: Option<Printable>,
    /// The language of the texts.
    pub language: Language,
    /// The place where going back leads.
    pub back: BackTarget,
}

/// The place where going back from a question leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackTarget {
    /// Nowhere: it is the first question.
    Nowhere,
    /// The previous question.
    Question,
    /// The review, where the question was opened. Its answer stays as it was.
    Review,
}

/// The person's action at a question.
#[derive(Debug)]
pub enum QuestionAction {
    /// An answer.
    Answer(Answer),
    /// Go back to the previous question.
    Back,
    /// Go to the review.
    Review,
}

/// The person's action at the review.
#[derive(Debug)]
pub enum ReviewAction {
    /// Finish and write the summary.
    Done,
    /// Change the answer in this row, counted from 0.
    Change(usize),
    /// Go back to the last question.
    Back,
}

/// One row of the review: a question and its answer.
#[derive(Debug)]
pub struct ReviewRow {
    /// The key of the answer.
    pub key: AnswerKey,
    /// The question's title, with its subject.
    pub title: Printable,
    /// The answer, or a note that there is none.
    pub answer: Printable,
}

/// The reason why a prompt ended without a reply.
#[derive(Debug)]
pub enum PromptError {
    /// The input ended.
    EndOfInput,
    /// The person pressed Ctrl-C.
    Interrupted,
    /// A reply from a file or a pipe was refused. The replies after it would answer other questions.
    Refused {
        /// The number of its line, counted from 1.
        line: usize,
        /// The problem and its correction, for the person.
        reason: String,
    },
    /// The terminal or a pipe failed.
    Io(std::io::Error),
}

impl From<std::io::Error> for PromptError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// Numbers the texts of a menu from 1.
pub fn menu_items(texts: impl IntoIterator<Item = Printable>) -> Vec<MenuItem> {
    (1..).zip(texts).map(|(number, text)| MenuItem { number, text }).collect()
}

/// Asks for confirmation before an irreversible action. Pressing Enter at once, or going back, means no.
///
/// # Errors
/// Returns an error if the person interrupts, the input ends, or the terminal fails.
pub fn confirm(prompter: &mut dyn Prompter, question: &str, no: &str, yes: &str) -> Result<bool, PromptError> {
    let choices = menu_items([no, yes].map(Printable::line));
    Ok(prompter.choose(&Printable::line(question), &choices, 0, Some(0))? == 1)
}

/// A change in an interview that has to be saved.
#[derive(Debug)]
pub enum InterviewEvent<'e> {
    /// The question got this answer.
    Answered(AnswerKey, &'e Answer),
    /// The person moved without answering: back, to the review, or from there to a question.
    Moved(Step),
}

/// Asks questions until the person finishes. Calls `on_event` for each event, before the next question is shown.
///
/// # Errors
/// Returns an error if a prompt ends early or `on_event` fails. The interview keeps its answers and its position.
pub fn run_interview(
    interview: &mut Interview<'_>,
    prompter: &mut dyn Prompter,
    words: &Messages,
    language: Language,
    on_event: &mut dyn FnMut(InterviewEvent<'_>) -> Result<(), PromptError>,
) -> Result<(), PromptError> {
    let pack = interview.pack();
    prompter.start(pack.title.in_language(language), pack.notice.in_language(language))?;
    loop {
        match interview.step() {
            Step::Ask(key) => {
                let view = question_view(interview, key, words, language);
                let (reply, back) = (prompter.ask(&view)?, view.back);
                match reply {
                    QuestionAction::Back => match back {
                        BackTarget::Nowhere => prompter.show_error(&words.get("first-question"))?,
                        BackTarget::Question => navigate(interview, on_event, Interview::back)?,
                        BackTarget::Review => navigate(interview, on_event, Interview::review)?,
                    },
                    QuestionAction::Review => navigate(interview, on_event, Interview::review)?,
                    QuestionAction::Answer(answer) => match interview.answer(answer) {
                        Ok(()) => {
                            if let Some(answer) = interview.answers().get(&key) {
                                on_event(InterviewEvent::Answered(key, answer))?;
                            }
                            // With open questions left, the answers alone do not lead a resumed interview to the
                            // review.
                            if interview.step() == Step::Review && !interview.unanswered().is_empty() {
                                on_event(InterviewEvent::Moved(Step::Review))?;
                            }
                        }
                        Err(refusal) => {
                            prompter.show_refusal(&prompt_refusal_message(
                                &refusal,
                                &pack.questions[key.question],
                                words,
                                language,
                            ))?;
                        }
                    },
                }
            }
            Step::Review => {
                let rows = review_rows(interview, words, language);
                match prompter.review(&rows, &unanswered_message(interview, words))? {
                    ReviewAction::Back => navigate(interview, on_event, Interview::back)?,
                    ReviewAction::Change(row) => {
                        navigate(interview, on_event, |interview| interview.jump(rows[row].key))?;
                    }
                    ReviewAction::Done => match interview.finish() {
                        Ok(_) => return Ok(()),
                        Err(open) => {
                            on_event(InterviewEvent::Moved(Step::Ask(open)))?;
                            prompter.show_refusal(&words.get("required-open"))?;
                        }
                    },
                }
            }
        }
    }
}

fn navigate<'p>(
    interview: &mut Interview<'p>,
    on_event: &mut dyn FnMut(InterviewEvent<'_>) -> Result<(), PromptError>,
    step: impl FnOnce(&mut Interview<'p>),
) -> Result<(), PromptError> {
    step(interview);
    on_event(InterviewEvent::Moved(interview.step()))
}

fn question_view<'i>(
    interview: &'i Interview<'_>,
    key: AnswerKey,
    words: &Messages,
    language: Language,
) -> QuestionView<'i> {
    let pack = interview.pack();
    let question = &pack.questions[key.question];
    let (number, count) = interview.position();
    let text = if let (Some(Subject::Overall), Some(text)) = (key.subject, &question.overall_text) {
        text.in_language(language).clone()
    } else {
        let text = question.text.in_language(language);
        subject_text(interview, key, language).map_or_else(|| text.clone(), |subject| text.fill("{for}", &subject))
    };
    QuestionView {
        key,
        question,
        section: pack.sections[question.section].title.in_language(language).clone(),
        position: words.format("position", [("number", number.into()), ("count", count.into())]),
        text,
        help: question.help.as_ref().map(|help| help.in_language(language).clone()),
        follow_up: follow_up_message(interview, key, words),
        choices: interview
            .offered(key.question)
            .into_iter()
            .map(|index| OfferedChoice {
                index,
                text: question.shape.choices()[index].text.in_language(language).clone(),
            })
            .collect(),
        current: interview.answers().get(&key),
        answered: interview.current_answer(key).map(|answer| printable_answer(&answer, question, words, language)),
        language,
        back: match interview.asked().first() {
            _ if interview.is_opened_at_review() => BackTarget::Review,
            Some(first) if *first == key => BackTarget::Nowhere,
            _ => BackTarget::Question,
        },
    }
}

/// Returns a message with the number of questions that a yes adds, if the question only decides what else is asked.
fn follow_up_message(interview: &Interview<'_>, key: AnswerKey, words: &Messages) -> Option<String> {
    let questions = &interview.pack().questions;
    let added = if questions[key.question].role == Role::Branch { interview.added_by_yes(key) } else { Vec::new() };
    let is_optional = added.iter().all(|key| !questions[key.question].required);
    let message = if is_optional { "follow-up-optional" } else { "follow-up" };
    (!added.is_empty()).then(|| words.format(message, [("count", added.len().into())]))
}

/// Returns the text of the subject of a for-each question; `None` for all subjects at once.
fn subject_text(interview: &Interview<'_>, key: AnswerKey, language: Language) -> Option<Printable> {
    let pack = interview.pack();
    let source = pack.questions[key.question].for_each.as_ref()?.question;
    match key.subject? {
        Subject::Option(choice) => {
            Some(pack.questions[source].shape.choices()[choice].text.in_language(language).clone())
        }
        Subject::Overall => None,
    }
}

/// Returns a question's title, with its subject, for the review and for messages.
#[must_use]
pub fn question_title(interview: &Interview<'_>, key: AnswerKey, words: &Messages, language: Language) -> Printable {
    let title = interview.pack().questions[key.question].title.in_language(language);
    let subject =
        subject_text(interview, key, language).or_else(|| key.subject.map(|_| Printable::line(&words.get("overall"))));
    subject.map_or_else(|| title.clone(), |subject| Printable::line(&format!("{title} ({subject})")))
}

/// Returns the message for a refused answer at a prompt. For an empty answer it mentions `/skip`, if that is allowed.
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

/// Returns a message with the number of unanswered questions and the consequences; empty if there are none.
fn unanswered_message(interview: &Interview<'_>, words: &Messages) -> String {
    let is_required = |key: &AnswerKey| interview.pack().questions[key.question].required;
    let (required, optional): (Vec<AnswerKey>, Vec<AnswerKey>) =
        interview.unanswered().into_iter().partition(is_required);
    let messages = [("review-needed", required.len()), ("review-open", optional.len())]
        .into_iter()
        .filter(|(_, count)| *count > 0);
    messages.map(|(key, count)| words.format(key, [("count", count.into())])).collect::<Vec<_>>().join(" ")
}

fn review_rows(interview: &Interview<'_>, words: &Messages, language: Language) -> Vec<ReviewRow> {
    let row = |key: AnswerKey| ReviewRow {
        key,
        title: question_title(interview, key, words, language),
        answer: match interview.current_answer(key) {
            None => Printable::line(&words.get("open-answer")),
            Some(answer) => printable_answer(&answer, &interview.pack().questions[key.question], words, language),
        },
    };
    interview.asked().into_iter().map(row).collect()
}

fn printable_answer(answer: &Answer, question: &Question, words: &Messages, language: Language) -> Printable {
    Printable::line(&answer_or_state_text(answer, &question.shape, language, words))
}
