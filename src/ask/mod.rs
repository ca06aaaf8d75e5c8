//! Prompting: runs an [`Interview`] with a person, through a [`Prompter`].
//!
//! [`lines`] is the reference prompter and works with a screen reader, a pipe or a script. [`terminal`] draws lists and
//! text fields for the same interview. Neither knows the order of the questions.

pub(crate) mod editing;
mod letters;
pub mod lines;
mod options;
pub mod terminal;
mod views;

use crate::answer::{Answer, AnswerKey};
use crate::interview::{AnswerError, Interview, Step, refusal_message};
use crate::messages::Messages;
use crate::pack::{Language, Question, QuestionType};
use crate::printable::Printable;
use views::printable_answer;
pub use views::question_title;
pub(crate) use views::{question_view, review_rows, unanswered_message};

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

    /// Shows a menu that can change while it is open, and returns the number of the selected item. Its last item goes
    /// back, as Esc or `/back` does. A menu that has only this item is a notice.
    ///
    /// `source` returns the present menu, or `None` if it cannot be read. A prompter that does not redraw shows the menu
    /// as it was at the start.
    ///
    /// # Errors
    /// Returns an error if the person interrupts, the input ends, a script's reply is refused, or the terminal fails.
    fn choose_live(&mut self, menu: &Menu, source: &dyn Fn() -> Option<Menu>) -> Result<u64, PromptError> {
        let _ = source;
        let back = menu.items.len().checked_sub(1);
        let chosen = self.choose(&menu.question, &menu.items, 0, back)?;
        Ok(menu.items[chosen].number)
    }

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

/// A menu of the program itself that can change while it is open.
#[derive(Debug, Clone)]
pub struct Menu {
    /// The question above the items.
    pub question: Printable,
    /// The items, with different numbers. The last one goes back.
    pub items: Vec<MenuItem>,
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
                        Ok(()) => report_answer(interview, key, on_event)?,
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

/// Reports what has to be saved after a question was answered.
pub(crate) fn report_answer(
    interview: &Interview<'_>,
    key: AnswerKey,
    on_event: &mut dyn FnMut(InterviewEvent<'_>) -> Result<(), PromptError>,
) -> Result<(), PromptError> {
    if let Some(answer) = interview.answers().get(&key) {
        on_event(InterviewEvent::Answered(key, answer))?;
    }
    // With open questions left, the answers alone do not lead a resumed interview to the review.
    if interview.step() == Step::Review && !interview.unanswered().is_empty() {
        on_event(InterviewEvent::Moved(Step::Review))?;
    }
    Ok(())
}

fn navigate<'p>(
    interview: &mut Interview<'p>,
    on_event: &mut dyn FnMut(InterviewEvent<'_>) -> Result<(), PromptError>,
    step: impl FnOnce(&mut Interview<'p>),
) -> Result<(), PromptError> {
    step(interview);
    on_event(InterviewEvent::Moved(interview.step()))
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
