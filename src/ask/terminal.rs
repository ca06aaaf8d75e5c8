//! The terminal, by `inquire`: lists to choose from, keys instead of commands.
//!
//! Everything shown is [`Printable`]: `inquire` itself hands escape sequences on.

use super::{Asker, AtReview, Reply, Row, Screen, Stop, lines};
use crate::interview::{Answer, Given, Refusal};
use crate::messages::Words;
use crate::pack::{Options, Question, Shape};
use crate::printable::Printable;
use inquire::error::InquireError;
use inquire::list_option::ListOption;
use inquire::validator::Validation;
use inquire::{MultiSelect, Select, Text};
use std::fmt;
use std::io::Write;

/// Asks on the terminal that standard error and standard input are.
#[derive(Debug)]
pub struct Terminal<'w> {
    words: &'w Words,
    section: Option<Printable>,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    Choice(usize, String),
    Skip(String),
    Decline(String),
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Choice(_, text) | Self::Skip(text) | Self::Decline(text)) = self;
        f.write_str(text)
    }
}

/// What came of a prompt that can be left with Esc.
enum Left<T> {
    With(T),
    Back,
}

impl<'w> Terminal<'w> {
    /// Asks in these words.
    #[must_use]
    pub fn new(words: &'w Words) -> Self {
        Self { words, section: None }
    }

    fn say(text: &str) -> Result<(), Stop> {
        let mut screen = std::io::stderr();
        for line in textwrap::wrap(text, width()) {
            writeln!(screen, "{line}")?;
        }
        Ok(())
    }

    fn entries(&self, screen: &Screen<'_>) -> Vec<Entry> {
        let choices = screen.choices.iter().enumerate().map(|(at, text)| Entry::Choice(at, text.to_string()));
        let mut entries: Vec<Entry> = choices.collect();
        if !screen.question.required {
            entries.push(Entry::Skip(self.words.say("choice-skip")));
            entries.push(Entry::Decline(self.words.say("choice-decline")));
        }
        entries
    }

    fn choose_one(&self, screen: &Screen<'_>, before: &[Entry]) -> Result<Left<Entry>, Stop> {
        let entries = self.entries(screen);
        let current = entries.iter().position(|entry| before.contains(entry)).unwrap_or(0);
        let help = self.words.say("keys-one");
        left(
            Select::new(screen.text.as_str(), entries)
                .with_starting_cursor(current)
                .with_page_size(page_size())
                .with_help_message(&help)
                .without_filtering()
                .prompt(),
        )
    }

    fn choose_many(&self, screen: &Screen<'_>, before: &[Entry]) -> Result<Left<Vec<Entry>>, Stop> {
        let entries = self.entries(screen);
        let is_before = |(at, entry)| before.contains(entry).then_some(at);
        let current: Vec<usize> = entries.iter().enumerate().filter_map(is_before).collect();
        let help = self.words.say("keys-many");
        let check = Check::new(screen.question, screen, self.words);
        left(
            MultiSelect::new(screen.text.as_str(), entries)
                .with_default(&current)
                .with_page_size(page_size())
                .with_help_message(&help)
                .with_validator(move |chosen: &[ListOption<&Entry>]| Ok(check.run(chosen)))
                .without_filtering()
                .prompt(),
        )
    }

    /// The entries that an earlier answer chose.
    fn current(&self, screen: &Screen<'_>) -> Vec<Entry> {
        let chosen = |entry: &Entry| match (screen.current, entry) {
            (Some(Answer::Given(given)), Entry::Choice(at, _)) => given.chosen().contains(at),
            (Some(Answer::Skipped), Entry::Skip(_)) | (Some(Answer::Declined), Entry::Decline(_)) => true,
            _ => false,
        };
        self.entries(screen).into_iter().filter(chosen).collect()
    }

    /// The person's own words beside a choice; nothing is fine.
    fn own_words(&self, screen: &Screen<'_>, limit: usize) -> Result<Left<Option<String>>, Stop> {
        let before = match screen.current {
            Some(Answer::Given(Given::Choice { text: Some(text), .. })) => Printable::line(text).to_string(),
            _ => String::new(),
        };
        let (message, help) = (self.words.say("own-words"), self.words.say("keys-own-words"));
        let tag = self.words.tag();
        let typed = left(
            Text::new(&message)
                .with_initial_value(&before)
                .with_help_message(&help)
                .with_formatter(&harmless)
                .with_validator(move |text: &str| Ok(length(text, limit, tag)))
                .prompt(),
        )?;
        Ok(match typed {
            Left::Back => Left::Back,
            Left::With(text) => Left::With(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        })
    }

    fn ask_choice(&self, screen: &Screen<'_>, options: &Options) -> Result<Reply, Stop> {
        let mut before = self.current(screen);
        loop {
            let entries = if matches!(screen.question.shape, Shape::Many(_)) {
                self.choose_many(screen, &before)?
            } else {
                match self.choose_one(screen, &before)? {
                    Left::With(entry) => Left::With(vec![entry]),
                    Left::Back => Left::Back,
                }
            };
            let Left::With(entries) = entries else { return Ok(Reply::Back) };
            // Whoever comes back from their own words finds what they have just chosen.
            before.clone_from(&entries);
            let mut chosen = Vec::new();
            for entry in entries {
                match entry {
                    Entry::Skip(_) => return Ok(Reply::Answer(Answer::Skipped)),
                    Entry::Decline(_) => return Ok(Reply::Answer(Answer::Declined)),
                    Entry::Choice(at, _) => chosen.push(at),
                }
            }
            let text = match options.free_text {
                None => None,
                Some(limit) => match self.own_words(screen, limit)? {
                    Left::With(text) => text,
                    Left::Back => continue,
                },
            };
            return Ok(Reply::Answer(Answer::Given(Given::Choice { chosen, text })));
        }
    }

    /// Text, numbers, dates and quantities are typed, as in plain lines, with the same commands.
    fn ask_typed(&self, screen: &Screen<'_>) -> Result<Reply, Stop> {
        let mut before = match screen.current {
            Some(Answer::Given(given)) => typed_before(given, &screen.question.shape),
            _ => String::new(),
        };
        let help = self.words.say(if screen.question.required { "keys-typed-required" } else { "keys-typed" });
        loop {
            let prompt = Text::new(screen.text.as_str())
                .with_initial_value(&before)
                .with_help_message(&help)
                .with_formatter(&harmless);
            let Left::With(line) = left(prompt.prompt())? else { return Ok(Reply::Back) };
            match lines::read_reply(line.trim(), screen, self.words)
                .and_then(|reply| fitting(reply, screen, self.words))
            {
                Ok(Some(reply)) => return Ok(reply),
                Ok(None) => Self::say(&self.words.say("help"))?,
                Err(why) => {
                    Self::say(&why)?;
                    before = Printable::line(&line).to_string();
                }
            }
        }
    }
}

impl Asker for Terminal<'_> {
    fn open(&mut self, title: &Printable, notice: &Printable) -> Result<(), Stop> {
        Self::say("")?;
        Self::say(title.as_str())?;
        Self::say("")?;
        Self::say(notice.as_str())
    }

    fn ask(&mut self, screen: &Screen<'_>) -> Result<Reply, Stop> {
        Self::say("")?;
        let mut heading = screen.position.clone();
        if self.section.as_ref() != Some(&screen.section) {
            heading = format!("{heading} · {}", screen.section);
            self.section = Some(screen.section.clone());
        }
        Self::say(&heading)?;
        if let Some(help) = &screen.help {
            Self::say(help.as_str())?;
        }
        match screen.question.shape.options() {
            Some(options) => self.ask_choice(screen, options),
            None => self.ask_typed(screen),
        }
    }

    fn review(&mut self, rows: &[Row], open: usize) -> Result<AtReview, Stop> {
        self.section = None;
        Self::say("")?;
        if open > 0 {
            Self::say(&self.words.with("review-open", [("count", open.into())]))?;
        }
        let mut entries = vec![Entry::Skip(self.words.say("review-done"))];
        entries.extend(
            rows.iter().enumerate().map(|(at, row)| Entry::Choice(at, format!("{}: {}", row.title, row.answer))),
        );
        let (message, help) = (self.words.say("review-title"), self.words.say("keys-review"));
        let chosen = Select::new(&message, entries)
            .with_page_size(page_size())
            .with_help_message(&help)
            .without_filtering()
            .prompt();
        Ok(match left(chosen)? {
            Left::With(Entry::Choice(row, _)) => AtReview::Change(row),
            Left::With(_) => AtReview::Done,
            Left::Back => AtReview::Back,
        })
    }

    fn choose(&mut self, question: &Printable, choices: &[Printable], first: usize) -> Result<usize, Stop> {
        Self::say("")?;
        let help = self.words.say("keys-choose");
        loop {
            let entries = choices.iter().enumerate().map(|(at, text)| Entry::Choice(at, text.to_string())).collect();
            let chosen = Select::new(question.as_str(), entries)
                .with_starting_cursor(first)
                .with_page_size(page_size())
                .with_help_message(&help)
                .without_filtering()
                .prompt();
            // There is nothing to go back to.
            if let Left::With(Entry::Choice(at, _)) = left(chosen)? {
                return Ok(at);
            }
        }
    }

    fn line(&mut self, question: &Printable, before: &Printable) -> Result<Option<String>, Stop> {
        Self::say("")?;
        let help = self.words.say("keys-typed-required");
        let prompt = Text::new(question.as_str())
            .with_initial_value(before.as_str())
            .with_help_message(&help)
            .with_formatter(&harmless);
        Ok(match left(prompt.prompt())? {
            Left::With(line) => Some(line.trim().to_owned()),
            Left::Back => None,
        })
    }

    fn refuse(&mut self, message: &str) -> Result<(), Stop> {
        Self::say(message)
    }
}

/// Esc is the way back; Ctrl-C is the way out.
fn left<T>(result: Result<T, InquireError>) -> Result<Left<T>, Stop> {
    match result {
        Ok(value) => Ok(Left::With(value)),
        Err(InquireError::OperationCanceled) => Ok(Left::Back),
        Err(InquireError::OperationInterrupted) => Err(Stop::Interrupted),
        Err(InquireError::IO(error)) => Err(Stop::Io(error)),
        Err(other) => Err(Stop::Io(std::io::Error::other(other.to_string()))),
    }
}

/// Checks a choice of several while the list is still on the screen.
#[derive(Clone)]
struct Check {
    empty: String,
    alone: Vec<(usize, String)>,
    skip_alone: String,
}

impl Check {
    fn new(question: &Question, screen: &Screen<'_>, words: &Words) -> Self {
        let refusal = |refusal| words.refusal(&refusal, question, screen.language);
        let choices = question.shape.choices().iter().enumerate().filter(|(_, choice)| choice.exclusive);
        Self {
            empty: refusal(Refusal::Empty),
            alone: choices.map(|(at, _)| (at, refusal(Refusal::Exclusive(at)))).collect(),
            skip_alone: words.say("refused-skip-alone"),
        }
    }

    fn run(&self, chosen: &[ListOption<&Entry>]) -> Validation {
        let refuse = |message: &str| Validation::Invalid(message.to_owned().into());
        if chosen.is_empty() {
            return refuse(&self.empty);
        }
        if chosen.len() > 1 {
            for option in chosen {
                match option.value {
                    Entry::Skip(_) | Entry::Decline(_) => return refuse(&self.skip_alone),
                    Entry::Choice(at, _) => {
                        if let Some((_, message)) = self.alone.iter().find(|(alone, _)| alone == at) {
                            return refuse(message);
                        }
                    }
                }
            }
        }
        Validation::Valid
    }
}

/// A typed text as it stays on the screen.
fn harmless(text: &str) -> String {
    Printable::line(text).to_string()
}

/// A typed reply that is refused only later would be gone by then.
fn fitting(reply: Option<Reply>, screen: &Screen<'_>, words: &Words) -> Result<Option<Reply>, String> {
    if let Some(Reply::Answer(answer)) = &reply {
        let refused = |refusal| words.refusal(&refusal, screen.question, screen.language);
        screen.question.accept(answer.clone()).map_err(refused)?;
    }
    Ok(reply)
}

fn length(text: &str, limit: usize, tag: &str) -> Validation {
    let length = text.trim().chars().count();
    if length <= limit {
        return Validation::Valid;
    }
    let message = Words::new(tag).with("refused-too-long", [("length", length.into()), ("limit", limit.into())]);
    Validation::Invalid(message.into())
}

/// An earlier answer as it would be typed.
fn typed_before(given: &Given, shape: &Shape) -> String {
    match (given, shape) {
        (Given::Text(text), _) => {
            let text = Printable::line(text);
            if text.as_str().starts_with('/') { format!("/{text}") } else { text.to_string() }
        }
        (Given::Number(number), _) => number.to_string(),
        (Given::Date(date), _) => date.to_string(),
        (Given::Quantity { amount, unit }, Shape::Quantity(_, units)) => format!("{amount} {}", units[*unit].code),
        _ => String::new(),
    }
}

fn width() -> usize {
    crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns).clamp(20, 100))
}

/// As many lines of a list as leave room for the question around it.
fn page_size() -> usize {
    crossterm::terminal::size().map_or(12, |(_, rows)| usize::from(rows).saturating_sub(9).clamp(4, 30))
}
