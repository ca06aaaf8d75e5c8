//! The terminal: lists to choose from, fields to type in, keys instead of commands.
//!
//! Everything shown is [`Printable`]: nothing below keeps escape sequences back.

#[cfg(feature = "desk")]
pub(crate) mod echo;
mod frame;
pub(crate) mod keyboard;
mod pending_input;
mod prompt;
mod select;
mod style;
mod text_input;
mod text_layout;
mod validate;

use super::lines::{self, TypedLine};
use super::{PromptError, Prompter, QuestionAction, QuestionView, ReviewAction, ReviewRow, prompt_refusal_message};
use crate::answer::{Answer, AnswerKey, AnswerValue};
use crate::messages::Messages;
use crate::pack::{ChoiceList, QuestionType};
use crate::printable::Printable;
use crate::wrap::wrapped;
use keyboard::{QUIET_PERIOD, REVIEW_QUIET_PERIOD};
use pending_input::{InputKey, PendingInput};
use prompt::Prompt;
use select::Select;
use std::io::Write;
use style::render_config;
pub(crate) use style::width;
use text_input::TextInput;
use validate::{SelectionValidator, check_length};

/// Asks on the terminal that standard error and standard input are.
#[derive(Debug)]
pub struct Terminal<'w> {
    words: &'w Messages,
    colours: bool,
    went_back: String,
    section: Option<Printable>,
    unsent: PendingInput,
    /// The answer that was opened at the review last.
    opened: Option<AnswerKey>,
    /// What has been said since the last reply: it belongs to what is asked next.
    context: Vec<String>,
}

/// What a line of a question's list stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ListEntry {
    Choice(usize),
    Skip,
    Decline,
}

/// What came of a prompt that can be left with Esc.
enum PromptOutcome<T> {
    Submitted(T),
    Back,
}

/// The outcome of a text prompt; both ways the text is kept.
enum TextOutcome {
    Submitted(String),
    /// Left with Esc; the text is offered again when the prompt reopens.
    Left(String),
}

/// A text that is asked for, and what may be wrong with it.
struct TextPrompt<'t> {
    question: &'t str,
    help: &'static str,
    check: &'t dyn Fn(&str) -> Result<(), String>,
}

impl<'w> Terminal<'w> {
    /// Asks in these words, and with colours if the terminal may have them.
    #[must_use]
    pub fn new(words: &'w Messages, colours: bool) -> Self {
        let went_back = words.get("went-back");
        let (section, unsent, opened, context) = (None, PendingInput::default(), None, Vec::new());
        Self { words, colours, went_back, section, unsent, opened, context }
    }

    /// Asks below these texts, which stand on the screen already and should stay there.
    #[must_use]
    pub fn with_context(self, above: &[String]) -> Self {
        Self { context: above.to_vec(), ..self }
    }

    fn say(&mut self, text: &str) -> Result<(), PromptError> {
        self.say_all(&[text])
    }

    /// Says these texts in one piece: whoever starts the program waits for each.
    fn say_all(&mut self, texts: &[&str]) -> Result<(), PromptError> {
        let width = width();
        let lines = texts.iter().flat_map(|text| wrapped(text, width, 0));
        let lines: String = lines.flat_map(|line| [line, "\n".to_owned()]).collect();
        std::io::stderr().write_all(lines.as_bytes())?;
        self.context.extend(texts.iter().map(|text| (*text).to_owned()));
        Ok(())
    }

    /// A question that is about to be put, and that Esc leaves.
    fn prompt<'p>(&'p self, question: &'p str, help: &'p str) -> Prompt<'p> {
        let look = render_config(self.colours, &self.went_back);
        Prompt { above: &self.context, question, help, look, can_leave: true }
    }

    /// What can be chosen, and how it reads.
    fn entries(&self, screen: &QuestionView<'_>) -> (Vec<ListEntry>, Vec<String>) {
        let choices = screen.choices.iter().enumerate();
        let mut entries: Vec<_> = choices.map(|(at, text)| (ListEntry::Choice(at), text.to_string())).collect();
        if !screen.question.required {
            entries.push((ListEntry::Skip, self.words.get("choice-skip")));
            entries.push((ListEntry::Decline, self.words.get("choice-decline")));
        }
        entries.into_iter().unzip()
    }

    /// One line, or what was pasted. What is left with Esc waits here until it is asked for again.
    fn prompt_text(
        &mut self,
        place: InputKey,
        typing: &TextPrompt<'_>,
        before: &str,
    ) -> Result<PromptOutcome<String>, PromptError> {
        Ok(match self.run_text_input(typing, self.unsent.get(place).unwrap_or(before))? {
            TextOutcome::Submitted(text) => {
                self.unsent.clear(place);
                PromptOutcome::Submitted(text)
            }
            TextOutcome::Left(text) => {
                self.unsent.store(place, text);
                PromptOutcome::Back
            }
        })
    }

    /// Runs a text prompt that starts with the text `before`.
    fn run_text_input(&self, typing: &TextPrompt<'_>, before: &str) -> Result<TextOutcome, PromptError> {
        let help = self.words.get(typing.help);
        let mut field = TextInput::new(before);
        let prompt = self.prompt(typing.question, &help);
        Ok(match field.prompt(&prompt, typing.check)? {
            PromptOutcome::Submitted(()) => TextOutcome::Submitted(field.text().to_owned()),
            PromptOutcome::Back => TextOutcome::Left(field.text().to_owned()),
        })
    }

    /// The person's own words beside a choice; nothing is fine.
    fn prompt_free_text(
        &mut self,
        screen: &QuestionView<'_>,
        limit: usize,
    ) -> Result<PromptOutcome<Option<String>>, PromptError> {
        let kept = match screen.current {
            Some(Answer::Value(AnswerValue::Choice { text: Some(text), .. })) => text.as_str(),
            _ => "",
        };
        let before = sanitize(kept);
        let question = self.words.get("own-words");
        let words = self.words;
        let check = |text: &str| match text.trim() {
            // What was only looked at stays as it was, even so.
            command if lines::is_command(command) && text != before => {
                Err(words.format("refused-command-here", [("command", command.into())]))
            }
            _ => check_length(text, limit, words),
        };
        let typing = TextPrompt { question: &question, help: "keys-own-words", check: &check };
        Ok(match self.prompt_text(InputKey::OwnWords(screen.slot), &typing, &before)? {
            PromptOutcome::Back => PromptOutcome::Back,
            // What was only looked at stays as it was.
            PromptOutcome::Submitted(text) if text == before => PromptOutcome::Submitted(Some(kept.to_owned())),
            PromptOutcome::Submitted(text) => {
                PromptOutcome::Submitted(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
            }
        })
    }

    fn ask_choice(&mut self, screen: &QuestionView<'_>, options: &ChoiceList) -> Result<QuestionAction, PromptError> {
        let (entries, texts) = self.entries(screen);
        let is_before = |entry: &ListEntry| match (screen.current, entry) {
            (Some(Answer::Value(given)), ListEntry::Choice(at)) => given.chosen().contains(at),
            (Some(Answer::Skipped), ListEntry::Skip) | (Some(Answer::Declined), ListEntry::Decline) => true,
            _ => false,
        };
        let before = entries.iter().enumerate().filter(|(_, entry)| is_before(entry)).map(|(at, _)| at).collect();
        let many = matches!(screen.question.shape, QuestionType::MultipleChoice(_));
        let mut places = self.unsent.ticks(screen.slot).unwrap_or(before);
        let check = SelectionValidator::new(screen.question, screen, self.words);
        loop {
            let help = self.words.get(if many { "keys-many" } else { "keys-one" });
            let prompt = self.prompt(screen.text.as_str(), &help);
            let mut list = Select::new(&texts);
            if many {
                list.ticks = Some(places);
            } else {
                list.at = places.first().copied().unwrap_or(0);
            }
            let left =
                list.choose(&prompt, QUIET_PERIOD, |places| if many { check.run(&entries, places) } else { Ok(()) })?;
            // Whoever comes back from their own words finds what they have just chosen.
            places = list.chosen();
            if matches!(left, PromptOutcome::Back) {
                if many {
                    self.unsent.leave_ticks(screen.slot, places);
                }
                return Ok(QuestionAction::Back);
            }
            let mut chosen = Vec::new();
            for place in &places {
                match entries[*place] {
                    ListEntry::Skip => return Ok(QuestionAction::Answer(Answer::Skipped)),
                    ListEntry::Decline => return Ok(QuestionAction::Answer(Answer::Declined)),
                    ListEntry::Choice(at) => chosen.push(at),
                }
            }
            let text = match options.free_text {
                None => None,
                Some(limit) => match self.prompt_free_text(screen, limit)? {
                    PromptOutcome::Submitted(text) => text,
                    PromptOutcome::Back => continue,
                },
            };
            return Ok(QuestionAction::Answer(Answer::Value(AnswerValue::Choice { chosen, text })));
        }
    }

    /// Text, numbers, dates and quantities are typed, as in plain lines, with the same commands.
    fn ask_typed(&mut self, screen: &QuestionView<'_>) -> Result<QuestionAction, PromptError> {
        let kept = screen
            .current
            .and_then(|answer| Some((answer, format_for_editing(answer.value()?, &screen.question.shape))));
        let words = self.words;
        let read = |line: &str| match &kept {
            // What was only looked at stays as it was.
            Some((answer, shown)) if shown == line => Ok(TypedLine::Reply(QuestionAction::Answer((*answer).clone()))),
            _ => lines::parse_reply(line.trim(), screen, words).and_then(|line| validate_reply(line, screen, words)),
        };
        let before = kept.as_ref().map(|(_, shown)| shown.as_str()).unwrap_or_default();
        let help = if screen.question.required { "keys-typed-required" } else { "keys-typed" };
        let check = |line: &str| read(line).map(drop);
        let typing = TextPrompt { question: screen.text.as_str(), help, check: &check };
        loop {
            let PromptOutcome::Submitted(line) = self.prompt_text(InputKey::Answer(screen.slot), &typing, before)?
            else {
                return Ok(QuestionAction::Back);
            };
            // What is wrong with a line is told before it is sent.
            if let Ok(TypedLine::Reply(reply)) = read(&line) {
                return Ok(reply);
            }
            self.say(&words.get("help"))?;
        }
    }
}

impl Prompter for Terminal<'_> {
    fn start(&mut self, title: &Printable, notice: &Printable) -> Result<(), PromptError> {
        self.say_all(&["", title.as_str(), "", notice.as_str()])
    }

    fn ask(&mut self, screen: &QuestionView<'_>) -> Result<QuestionAction, PromptError> {
        let mut heading = screen.position.clone();
        if self.section.as_ref() != Some(&screen.section) {
            heading = format!("{heading} · {}", screen.section);
            self.section = Some(screen.section.clone());
        }
        let help = screen.help.iter().map(Printable::as_str);
        self.say_all(&["", heading.as_str()].into_iter().chain(help).collect::<Vec<_>>())?;
        let reply = match screen.question.shape.options() {
            Some(options) => self.ask_choice(screen, options),
            None => self.ask_typed(screen),
        };
        self.context.clear();
        reply
    }

    fn review(&mut self, rows: &[ReviewRow], open: &str) -> Result<ReviewAction, PromptError> {
        self.section = None;
        self.say("")?;
        if !open.is_empty() {
            self.say(open)?;
        }
        let mut texts = vec![self.words.get("review-done")];
        texts.extend(rows.iter().map(|row| format!("{}: {}", row.title, row.answer)));
        let (question, help) = (self.words.get("review-title"), self.words.get("keys-review"));
        let prompt = self.prompt(&question, &help);
        let mut list = Select::new(&texts);
        // Whoever has changed an answer finds the cursor there: the next one to change may stand beside it.
        list.at = rows.iter().position(|row| Some(row.slot) == self.opened).map_or(0, |row| row + 1);
        let left = list.choose(&prompt, REVIEW_QUIET_PERIOD, |_| Ok(()))?;
        let row = list.at.checked_sub(1);
        self.context.clear();
        self.opened = None;
        Ok(match (left, row) {
            (PromptOutcome::Back, _) => ReviewAction::Back,
            (PromptOutcome::Submitted(()), None) => ReviewAction::Done,
            (PromptOutcome::Submitted(()), Some(row)) => {
                self.opened = rows.get(row).map(|row| row.slot);
                ReviewAction::Change(row)
            }
        })
    }

    fn choose(
        &mut self,
        question: &Printable,
        choices: &[Printable],
        first: usize,
        back: Option<usize>,
    ) -> Result<usize, PromptError> {
        self.say("")?;
        let help = self.words.get(if back.is_some() { "keys-one" } else { "keys-choose" });
        let texts: Vec<String> = choices.iter().map(Printable::to_string).collect();
        let prompt = Prompt { can_leave: back.is_some(), ..self.prompt(question.as_str(), &help) };
        let mut list = Select::new(&texts);
        list.at = first;
        let left = list.choose(&prompt, QUIET_PERIOD, |_| Ok(()))?;
        let at = list.at;
        self.context.clear();
        Ok(match left {
            PromptOutcome::Submitted(()) => at,
            PromptOutcome::Back => back.unwrap_or(first),
        })
    }

    fn ask_text(&mut self, question: &Printable, before: &Printable) -> Result<Option<String>, PromptError> {
        self.say("")?;
        let typing = TextPrompt { question: question.as_str(), help: "keys-typed-required", check: &|_| Ok(()) };
        let outcome = self.run_text_input(&typing, before.as_str())?;
        self.context.clear();
        Ok(match outcome {
            TextOutcome::Submitted(line) => Some(line.trim().to_owned()),
            TextOutcome::Left(_) => None,
        })
    }

    fn show_error(&mut self, message: &str) -> Result<(), PromptError> {
        self.say(message)
    }
}

/// Asks for a word that is not shown while it is typed; `None` if it is left with Esc.
#[cfg(any(feature = "desk", feature = "push"))]
pub(crate) fn prompt_password(
    words: &Messages,
    colours: bool,
    question: &str,
    check: impl Fn(&str) -> Result<(), String>,
) -> Result<Option<String>, PromptError> {
    let mut field = TextInput::password();
    let left = field.prompt(&Terminal::new(words, colours).prompt(question, ""), check)?;
    Ok(matches!(left, PromptOutcome::Submitted(())).then(|| field.text().to_owned()))
}

/// A text as it may stand on the screen, to be changed or to stay there.
fn sanitize(text: &str) -> String {
    Printable::text(text).to_string()
}

/// A typed reply that is refused only later would be gone by then.
fn validate_reply(line: TypedLine, screen: &QuestionView<'_>, words: &Messages) -> Result<TypedLine, String> {
    if let TypedLine::Reply(QuestionAction::Answer(answer)) = &line {
        let refused = |refusal| prompt_refusal_message(&refusal, screen.question, words, screen.language);
        screen.question.validate(answer.clone()).map_err(refused)?;
    }
    Ok(line)
}

/// An earlier answer as it would be typed.
fn format_for_editing(given: &AnswerValue, shape: &QuestionType) -> String {
    match (given, shape) {
        (AnswerValue::Text(text), _) => {
            let text = sanitize(text);
            if text.starts_with('/') { format!("/{text}") } else { text }
        }
        (AnswerValue::Number(number), _) => number.to_string(),
        (AnswerValue::Date(date), _) => date.to_string(),
        (AnswerValue::Quantity { amount, unit }, QuestionType::Quantity(_, units)) => {
            format!("{amount} {}", units[*unit].code)
        }
        _ => String::new(),
    }
}
