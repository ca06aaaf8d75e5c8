//! The answers of one record, in a table whose memory the next record uses again.

use crate::interview::{About, Answer, Given, Slot};

/// Answers by question, and for a for-each question by what it is about.
#[derive(Debug, Default)]
pub(super) struct Table(Vec<Row>);

#[derive(Debug, Default)]
struct Row {
    /// How many of the answers are this record's; the others are memory.
    used: usize,
    answers: Vec<(Option<About>, Answer)>,
}

impl Table {
    pub(super) fn new(questions: usize) -> Self {
        Self(std::iter::repeat_with(Row::default).take(questions).collect())
    }

    pub(super) fn clear(&mut self) {
        for row in &mut self.0 {
            row.used = 0;
        }
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|row| row.used).sum()
    }

    pub(super) fn get(&self, slot: Slot) -> Option<&Answer> {
        let row = &self.0[slot.question];
        row.answers[..row.used].iter().find(|(about, _)| *about == slot.about).map(|(_, answer)| answer)
    }

    /// Makes room for an answer; `None` if there is one already.
    pub(super) fn add(&mut self, slot: Slot) -> Option<&mut Answer> {
        if self.get(slot).is_some() {
            return None;
        }
        let row = &mut self.0[slot.question];
        if row.used == row.answers.len() {
            row.answers.push((slot.about, Answer::Skipped));
        }
        let place = &mut row.answers[row.used];
        row.used += 1;
        place.0 = slot.about;
        Some(&mut place.1)
    }
}

/// An empty list of options, in the memory of an answer of an earlier record.
pub(super) fn emptied(answer: &mut Answer) -> Vec<usize> {
    let Answer::Given(Given::Choice { chosen, .. }) = answer else { return Vec::new() };
    let mut chosen = std::mem::take(chosen);
    chosen.clear();
    chosen
}
