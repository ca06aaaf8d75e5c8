//! What a client shows of an interview: a question with its texts, and the answers in the review.

use super::{BackTarget, OfferedChoice, QuestionView, ReviewRow};
use crate::answer::{Answer, AnswerKey, Subject};
use crate::interview::{Interview, answer_or_state_text};
use crate::messages::Messages;
use crate::pack::{Language, Question, Role};
use crate::printable::Printable;

/// Returns a question with its texts, for a client that shows it.
pub(crate) fn question_view<'i>(
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

/// Returns a message with the number of unanswered questions and the consequences; empty if there are none.
pub(crate) fn unanswered_message(interview: &Interview<'_>, words: &Messages) -> String {
    let is_required = |key: &AnswerKey| interview.pack().questions[key.question].required;
    let (required, optional): (Vec<AnswerKey>, Vec<AnswerKey>) =
        interview.unanswered().into_iter().partition(is_required);
    let messages = [("review-needed", required.len()), ("review-open", optional.len())]
        .into_iter()
        .filter(|(_, count)| *count > 0);
    messages.map(|(key, count)| words.format(key, [("count", count.into())])).collect::<Vec<_>>().join(" ")
}

/// Returns the questions that are asked, each with its answer.
pub(crate) fn review_rows(interview: &Interview<'_>, words: &Messages, language: Language) -> Vec<ReviewRow> {
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

/// Returns the text of an answer, on one line.
pub(super) fn printable_answer(
    answer: &Answer,
    question: &Question,
    words: &Messages,
    language: Language,
) -> Printable {
    Printable::line(&answer_or_state_text(answer, &question.shape, language, words))
}
