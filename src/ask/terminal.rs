//! The terminal, by `inquire`: lists to choose from, keys instead of commands.
//!
//! Everything shown is [`Printable`]: `inquire` itself hands escape sequences on.

mod check;
#[cfg(feature = "desk")]
pub(crate) mod hush;
pub(crate) mod keyboard;
mod look;
mod unsent;

use super::{Asker, AtReview, Reply, Row, Screen, Stop, lines, refused};
use crate::interview::{Answer, Given, Slot};
use crate::messages::Words;
use crate::pack::{Options, Shape};
use crate::printable::Printable;
use check::{Check, length};
use inquire::error::InquireError;
use inquire::list_option::ListOption;
use inquire::ui::RenderConfig;
use inquire::{MultiSelect, Select, Text};
use keyboard::{LONG_QUIET, QUIET, wait_for_quiet};
pub(crate) use look::width;
use look::{drawn, page_size};
use std::fmt;
use std::io::Write;
use std::time::Duration;
use unsent::{Follower, Place, Unsent};

/// Asks on the terminal that standard error and standard input are.
#[derive(Debug)]
pub struct Terminal<'w> {
    words: &'w Words,
    colours: bool,
    went_back: String,
    section: Option<Printable>,
    unsent: Unsent,
    /// The answer that was opened at the review last.
    opened: Option<Slot>,
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
    /// Asks in these words, and with colours if the terminal may have them.
    #[must_use]
    pub fn new(words: &'w Words, colours: bool) -> Self {
        let went_back = words.say("went-back");
        Self { words, colours, went_back, section: None, unsent: Unsent::default(), opened: None }
    }

    fn look(&self) -> RenderConfig<'_> {
        drawn(self.colours, &self.went_back)
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
        let prompt = Select::new(screen.text.as_str(), entries)
            .with_render_config(self.look())
            .with_starting_cursor(current)
            .with_page_size(page_size())
            .with_help_message(&help)
            .without_filtering();
        left(QUIET, || prompt.prompt())
    }

    fn choose_many(&self, screen: &Screen<'_>, before: &[Entry]) -> Result<Left<Vec<Entry>>, Stop> {
        let entries = self.entries(screen);
        let is_before = |(at, entry)| before.contains(entry).then_some(at);
        let current: Vec<usize> = entries.iter().enumerate().filter_map(is_before).collect();
        let help = self.words.say("keys-many");
        let check = Check::new(screen.question, screen, self.words);
        let prompt = MultiSelect::new(screen.text.as_str(), entries)
            .with_render_config(self.look())
            .with_default(&current)
            .with_formatter(&ticked)
            .with_page_size(page_size())
            .with_help_message(&help)
            .with_validator(move |chosen: &[ListOption<&Entry>]| Ok(check.run(chosen)))
            .without_filtering();
        left(QUIET, || prompt.prompt())
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

    /// One line, or what was pasted. What is left with Esc waits here until it is asked for again.
    fn text(&mut self, place: Place, prompt: Text<'_, '_>, before: &str) -> Result<Left<String>, Stop> {
        let follower = Follower::default();
        let prompt = prompt
            .with_render_config(self.look())
            .with_initial_value(self.unsent.get(place).unwrap_or(before))
            .with_formatter(&harmless)
            .with_autocomplete(follower.clone());
        let typed = left(QUIET, || prompt.prompt())?;
        match typed {
            Left::With(_) => self.unsent.forget(place),
            Left::Back => self.unsent.leave(place, harmless(&follower.last())),
        }
        Ok(typed)
    }

    /// The person's own words beside a choice; nothing is fine.
    fn own_words(&mut self, screen: &Screen<'_>, limit: usize) -> Result<Left<Option<String>>, Stop> {
        let kept = match screen.current {
            Some(Answer::Given(Given::Choice { text: Some(text), .. })) => text.as_str(),
            _ => "",
        };
        let before = harmless(kept);
        let (message, help) = (self.words.say("own-words"), self.words.say("keys-own-words"));
        let tag = self.words.tag();
        let prompt =
            Text::new(&message).with_help_message(&help).with_validator(move |text: &str| Ok(length(text, limit, tag)));
        Ok(match self.text(Place::OwnWords(screen.slot), prompt, &before)? {
            Left::Back => Left::Back,
            // What was only looked at stays as it was.
            Left::With(text) if text == before => Left::With(Some(kept.to_owned())),
            Left::With(text) => Left::With(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        })
    }

    fn ask_choice(&mut self, screen: &Screen<'_>, options: &Options) -> Result<Reply, Stop> {
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
    fn ask_typed(&mut self, screen: &Screen<'_>) -> Result<Reply, Stop> {
        let kept =
            screen.current.and_then(|answer| Some((answer, typed_before(answer.given()?, &screen.question.shape))));
        let mut before = kept.as_ref().map(|(_, shown)| shown.clone()).unwrap_or_default();
        let help = self.words.say(if screen.question.required { "keys-typed-required" } else { "keys-typed" });
        loop {
            let prompt = Text::new(screen.text.as_str()).with_help_message(&help);
            let Left::With(line) = self.text(Place::Answer(screen.slot), prompt, &before)? else {
                return Ok(Reply::Back);
            };
            if let Some((answer, _)) = kept.as_ref().filter(|(_, shown)| *shown == line) {
                // What was only looked at stays as it was.
                return Ok(Reply::Answer((*answer).clone()));
            }
            match lines::read_reply(line.trim(), screen, self.words)
                .and_then(|reply| fitting(reply, screen, self.words))
            {
                Ok(Some(reply)) => return Ok(reply),
                Ok(None) => Self::say(&self.words.say("help"))?,
                Err(why) => {
                    Self::say(&why)?;
                    before = harmless(&line);
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
        // Whoever has changed an answer finds the cursor there: the next one to change may stand beside it.
        let first = rows.iter().position(|row| Some(row.slot) == self.opened).map_or(0, |row| row + 1);
        let (message, help) = (self.words.say("review-title"), self.words.say("keys-review"));
        let prompt = Select::new(&message, entries)
            .with_render_config(self.look())
            .with_starting_cursor(first)
            .with_page_size(page_size())
            .with_help_message(&help)
            .without_filtering();
        let chosen = left(LONG_QUIET, || prompt.prompt())?;
        self.opened = None;
        Ok(match chosen {
            Left::With(Entry::Choice(row, _)) => {
                self.opened = rows.get(row).map(|row| row.slot);
                AtReview::Change(row)
            }
            Left::With(_) => AtReview::Done,
            Left::Back => AtReview::Back,
        })
    }

    fn choose(&mut self, question: &Printable, choices: &[Printable], first: usize) -> Result<usize, Stop> {
        Self::say("")?;
        let help = self.words.say("keys-choose");
        loop {
            let entries = choices.iter().enumerate().map(|(at, text)| Entry::Choice(at, text.to_string())).collect();
            let prompt = Select::new(question.as_str(), entries)
                .with_render_config(self.look())
                .with_starting_cursor(first)
                .with_page_size(page_size())
                .with_help_message(&help)
                .without_filtering();
            // There is nothing to go back to.
            if let Left::With(Entry::Choice(at, _)) = left(QUIET, || prompt.prompt())? {
                return Ok(at);
            }
        }
    }

    fn line(&mut self, question: &Printable, before: &Printable) -> Result<Option<String>, Stop> {
        Self::say("")?;
        let help = self.words.say("keys-typed-required");
        let prompt = Text::new(question.as_str())
            .with_render_config(self.look())
            .with_initial_value(before.as_str())
            .with_help_message(&help)
            .with_formatter(&harmless);
        Ok(match left(QUIET, || prompt.prompt())? {
            Left::With(line) => Some(line.trim().to_owned()),
            Left::Back => None,
        })
    }

    fn refuse(&mut self, message: &str) -> Result<(), Stop> {
        Self::say(message)
    }
}

/// Prompts when the keyboard has been quiet for so long. Esc is the way back; Ctrl-C is the way out.
fn left<T>(quiet: Duration, prompt: impl FnOnce() -> Result<T, InquireError>) -> Result<Left<T>, Stop> {
    wait_for_quiet(quiet)?;
    match prompt() {
        Ok(value) => Ok(Left::With(value)),
        Err(InquireError::OperationCanceled) => Ok(Left::Back),
        Err(InquireError::OperationInterrupted) => Err(Stop::Interrupted),
        Err(InquireError::IO(error)) => Err(Stop::Io(error)),
        Err(other) => Err(Stop::Io(std::io::Error::other(other.to_string()))),
    }
}

/// Options side by side, as at the review: there are commas within them.
fn ticked(entries: &[ListOption<&Entry>]) -> String {
    entries.iter().map(|entry| entry.value.to_string()).collect::<Vec<_>>().join("; ")
}

/// A text as it may stand on the screen, to be changed or to stay there.
fn harmless(text: &str) -> String {
    Printable::text(text).to_string()
}

/// A typed reply that is refused only later would be gone by then.
fn fitting(reply: Option<Reply>, screen: &Screen<'_>, words: &Words) -> Result<Option<Reply>, String> {
    if let Some(Reply::Answer(answer)) = &reply {
        let refused = |refusal| refused(&refusal, screen.question, words, screen.language);
        screen.question.accept(answer.clone()).map_err(refused)?;
    }
    Ok(reply)
}

/// An earlier answer as it would be typed.
fn typed_before(given: &Given, shape: &Shape) -> String {
    match (given, shape) {
        (Given::Text(text), _) => {
            let text = harmless(text);
            if text.starts_with('/') { format!("/{text}") } else { text }
        }
        (Given::Number(number), _) => number.to_string(),
        (Given::Date(date), _) => date.to_string(),
        (Given::Quantity { amount, unit }, Shape::Quantity(_, units)) => format!("{amount} {}", units[*unit].code),
        _ => String::new(),
    }
}
