//! What keys choose in a list. Typed characters are read as a reply of plain lines is.
//!
//! People type words into a list that they take for a text field. Characters therefore choose an option only if all of
//! them name it:
//!
//! - Everything typed since the last arrow key or Enter is one reply. It is a number or the beginning of one option's text;
//!   in a list of many, each Space ticks one such name, and the next name may follow.
//! - The mark moves with each character, but Enter and Space use it only if the reply names that option and no other.
//! - Characters that name nothing are words. Then the list is put back as it was before the reply, with its ticks, and
//!   nothing counts until an arrow key or Enter.
//!
//! No pause changes what is chosen. A digit after a pause moves the mark as a number of its own, but is not accepted then.

use crate::ask::letters::plain_letters;
use crate::ask::lines::truncate;
use crate::ask::options::{NamedOption, Naming, OptionList};
use crate::messages::Messages;
use std::collections::BTreeSet;
use std::time::Duration;

/// Longest pause between two digits of one number.
const DIGIT_PAUSE: Duration = Duration::from_secs(1);

/// What a list has chosen: the marked entry and the ticked entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selection {
    /// The index of the marked entry, where the cursor is; `None` until a key moves to one.
    pub(super) cursor: Option<usize>,
    /// The indices of the ticked entries; `None` if only one entry can be chosen.
    pub(super) ticks: Option<BTreeSet<usize>>,
}

impl Selection {
    /// Changes the indices of the entries; `moved` returns the new index of an entry, or `None` if it is gone.
    fn move_entries(&mut self, moved: impl Fn(usize) -> Option<usize>) {
        self.cursor = self.cursor.and_then(&moved);
        self.ticks = self.ticks.take().map(|ticks| ticks.into_iter().filter_map(&moved).collect());
    }
}

/// The characters typed since the last key that moved the cursor or submitted the list.
struct Reply {
    /// The selection before the first character.
    before: Selection,
    /// The characters since the last name that Space has ticked.
    name: String,
    /// Where the digits start in `name` that the mark follows: later than 0 after a pause or Enter.
    number_start: usize,
    /// The marked entry before these digits.
    before_number: Option<usize>,
    /// The time of the last digit.
    last: Duration,
    /// The entry that the last Space ticked or unticked. Further characters may still belong to its text.
    ticked: Option<usize>,
    /// Whether the characters were words. The selection is put back already.
    is_words: bool,
}

impl Reply {
    /// Returns whether other digits stand before the number that the mark follows.
    fn is_apart(&self) -> bool {
        (1..self.name.len()).contains(&self.number_start)
    }
}

/// The entries of a list, and what the keys have chosen of them.
pub(super) struct ListChoice<'l> {
    pub(super) entries: Vec<NamedOption<'l>>,
    /// Words that are never the beginning of an entry's text, separated by spaces.
    pub(super) whole_words: String,
    words: &'l Messages,
    pub(super) selection: Selection,
    reply: Option<Reply>,
}

impl<'l> ListChoice<'l> {
    /// Creates a choice among these entries.
    pub(super) fn new(entries: Vec<NamedOption<'l>>, selection: Selection, words: &'l Messages) -> Self {
        Self { entries, whole_words: String::new(), words, selection, reply: None }
    }

    /// Replaces the entries. The cursor, the ticks and the typed reply stay with the numbers of the entries, so that a key
    /// chooses what it would have chosen before. An entry that is gone leaves no cursor.
    pub(super) fn replace_entries(&mut self, entries: Vec<NamedOption<'l>>) {
        let before = std::mem::replace(&mut self.entries, entries);
        let moved = |index: usize| self.entries.iter().position(|entry| entry.number == before[index].number);
        self.selection.move_entries(moved);
        if let Some(reply) = &mut self.reply {
            reply.before.move_entries(moved);
            reply.before_number = reply.before_number.and_then(moved);
            reply.ticked = reply.ticked.and_then(moved);
        }
    }

    /// Returns the indices of the selected entries.
    pub(super) fn selected(&self) -> BTreeSet<usize> {
        self.selection.ticks.clone().unwrap_or_else(|| self.selection.cursor.into_iter().collect())
    }

    /// Returns the message for a key that does nothing in a list.
    pub(super) fn hint(&self) -> String {
        self.words.get(if self.selection.ticks.is_some() { "list-hint-many" } else { "list-hint-one" })
    }

    /// Moves the cursor, which ends the typed reply.
    pub(super) fn move_to(&mut self, entry: usize) {
        self.reply = None;
        self.selection.cursor = Some(entry);
    }

    /// Handles Enter.
    ///
    /// # Errors
    /// Returns a message for the person if the typed reply does not name the marked entry.
    pub(super) fn submit(&mut self) -> Result<(), String> {
        let Some(mut reply) = self.reply.take() else { return Ok(()) };
        if reply.is_words {
            return Err(self.hint());
        }
        if reply.ticked.is_some() {
            return Ok(());
        }
        if reply.is_apart() {
            self.selection = reply.before;
            return Err(self.words.get("list-several-numbers"));
        }
        match self.naming(&reply.name) {
            Naming::Option(entry) => match &self.selection.ticks {
                // Without any tick, the message is that of Enter without a tick.
                Some(ticks) if !ticks.is_empty() && !ticks.contains(&entry) => {
                    let option = self.entries[entry].text.as_ref();
                    // A digit after Enter does not belong to the number before it.
                    reply.number_start = reply.name.len();
                    self.reply = Some(reply);
                    Err(self.words.format("list-not-ticked", [("option", option.into())]))
                }
                _ => Ok(()),
            },
            Naming::Unfinished(_) => {
                let message = self.unfinished_message(&reply.name);
                self.reply = Some(reply);
                Err(message)
            }
            Naming::Nothing => {
                self.selection = reply.before;
                Err(self.no_number_message(&reply.name))
            }
        }
    }

    /// Handles a typed character.
    ///
    /// # Errors
    /// Returns a message for the person if the character does nothing.
    pub(super) fn type_char(&mut self, c: char, at: Duration) -> Result<(), String> {
        let mut reply = match self.reply.take() {
            Some(reply) => reply,
            None if c == ' ' => return self.tick(self.selection.cursor),
            None => Reply {
                before: self.selection.clone(),
                name: String::new(),
                number_start: 0,
                before_number: None,
                last: at,
                ticked: None,
                is_words: false,
            },
        };
        let result = if reply.is_words {
            Err(if c.is_ascii_digit() { self.words.get("list-number-after-words") } else { self.hint() })
        } else if c == ' ' {
            self.type_space(&mut reply)
        } else {
            self.type_name(&mut reply, c, at)
        };
        self.reply = Some(reply);
        result
    }

    /// Ticks an entry, or unticks it.
    fn tick(&mut self, entry: Option<usize>) -> Result<(), String> {
        let hint = self.hint();
        let (Some(ticks), Some(entry)) = (&mut self.selection.ticks, entry) else { return Err(hint) };
        if !ticks.remove(&entry) {
            ticks.insert(entry);
        }
        Ok(())
    }

    /// Handles pasted text, which counts as words.
    pub(super) fn paste(&mut self) -> String {
        if let Some(mut reply) = self.reply.take() {
            let message = self.refuse(&mut reply);
            self.reply = Some(reply);
            return message;
        }
        self.hint()
    }

    /// Handles Space in a reply: ticks the entry that it names.
    fn type_space(&mut self, reply: &mut Reply) -> Result<(), String> {
        if self.selection.ticks.is_none() {
            // In a list of one, a space can only belong to an entry's text.
            reply.name.push(' ');
            return Err(self.hint());
        }
        if reply.ticked.is_some() {
            if reply.name.ends_with(' ') {
                return self.tick(reply.ticked);
            }
            // The space is in the text of the ticked entry.
            reply.name.push(' ');
            return Ok(());
        }
        if reply.is_apart() {
            self.refuse(reply);
            return Err(self.words.get("list-number-after-words"));
        }
        match self.naming(&reply.name) {
            Naming::Option(entry) => {
                reply.name.push(' ');
                reply.ticked = Some(entry);
                self.tick(Some(entry))
            }
            Naming::Unfinished(_) => {
                let message = self.unfinished_message(&reply.name);
                // The space may belong to the entry's text.
                reply.name.push(' ');
                Err(message)
            }
            Naming::Nothing => Err(self.refuse(reply)),
        }
    }

    /// Adds a character to the name, and moves the mark.
    fn type_name(&mut self, reply: &mut Reply, c: char, at: Duration) -> Result<(), String> {
        if let Some(ticked) = reply.ticked {
            let longer = format!("{}{c}", reply.name);
            if self.naming(&longer) == Naming::Option(ticked) {
                reply.name = longer;
                return Ok(());
            }
            (reply.name, reply.number_start, reply.ticked) = (String::new(), 0, None);
        }
        let is_number = reply.name.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && c.is_ascii_digit() {
            return self.type_digit(reply, c, at);
        }
        let mut naming = self.naming(&format!("{}{c}", reply.name));
        if naming == Naming::Nothing && self.selection.ticks.is_some() {
            // The space before the character did not belong to the text.
            reply.name.truncate(reply.name.trim_end().len());
            naming = self.naming(&format!("{}{c}", reply.name));
        }
        reply.name.push(c);
        let next = |entries: &[usize], is_after: &dyn Fn(usize) -> bool| {
            entries.iter().copied().find(|entry| is_after(*entry)).or(entries.first().copied())
        };
        let cursor = self.selection.cursor;
        let is_repeated = repeated_letter(&reply.name).is_some();
        self.selection.cursor = match naming {
            Naming::Option(entry) => Some(entry),
            // A letter, typed once or several times, goes to the next entry that begins with it.
            Naming::Unfinished(entries) if is_repeated => {
                next(&entries, &|entry| cursor.is_none_or(|cursor| entry > cursor))
            }
            Naming::Unfinished(entries) => next(&entries, &|entry| cursor.is_none_or(|cursor| entry >= cursor)),
            Naming::Nothing => return Err(self.refuse(reply)),
        };
        Ok(())
    }

    /// Adds a digit to the number. Without an entry of this number, the mark goes back to where it was before it.
    fn type_digit(&mut self, reply: &mut Reply, digit: char, at: Duration) -> Result<(), String> {
        if !reply.name.is_empty() && at.saturating_sub(reply.last) > DIGIT_PAUSE {
            reply.number_start = reply.name.len();
        }
        if reply.number_start == reply.name.len() {
            reply.before_number = self.selection.cursor;
        }
        reply.name.push(digit);
        reply.last = at;
        let number = &reply.name[reply.number_start..];
        let naming = self.naming(number);
        self.selection.cursor = match naming {
            Naming::Option(entry) => Some(entry),
            _ => reply.before_number,
        };
        if naming != Naming::Nothing {
            return Ok(());
        }
        let message = self.no_number_message(number);
        let has_ticked = self.selection.ticks != reply.before.ticks;
        Err(if has_ticked { self.refuse(reply) } else { message })
    }

    /// Puts the list back as it was before the reply, whose characters are words. Returns the message for the person.
    fn refuse(&mut self, reply: &mut Reply) -> String {
        reply.is_words = true;
        let has_lost_ticks = self.selection.ticks != reply.before.ticks;
        self.selection = reply.before.clone();
        let hint = self.hint();
        if has_lost_ticks { format!("{hint} {}", self.words.get("list-ticks-undone")) } else { hint }
    }

    /// Returns what a name means. The same letter several times means the letter.
    fn naming(&self, name: &str) -> Naming {
        let options = OptionList::new(&self.entries, &self.whole_words);
        match (options.naming(name), repeated_letter(name)) {
            (Naming::Nothing, Some(letter)) => options.naming(letter.encode_utf8(&mut [0; 4])),
            (naming, _) => naming,
        }
    }

    fn unfinished_message(&self, name: &str) -> String {
        self.words.format("list-unfinished", [("typed", truncate(name.trim_end()).into())])
    }

    fn no_number_message(&self, number: &str) -> String {
        self.words.format("list-no-number", [("number", truncate(number).into())])
    }
}

/// Returns the letter that a name consists of, once or several times, without case and accents.
fn repeated_letter(name: &str) -> Option<char> {
    let name = plain_letters(name.trim_end());
    let first = name.chars().next().filter(|first| first.is_alphabetic())?;
    name.chars().all(|letter| letter == first).then_some(first)
}

#[cfg(test)]
mod tests;
