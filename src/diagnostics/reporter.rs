//! Collects what a reader reports about a file.

use super::diagnostic::{Collected, Diagnostic, File, MAX_STORED, char_start, truncated};
use super::{Span, Spanned};
use std::cell::{Cell, RefCell};
use std::fmt;

/// Collects the errors of one file and computes their lines and columns.
///
/// It stores the first of them and counts the rest, so that a file full of errors takes no more memory than another.
#[derive(Debug)]
pub(crate) struct Reporter<'f> {
    file: &'f File,
    diagnostics: RefCell<Vec<Diagnostic>>,
    max_stored: usize,
    omitted: Cell<usize>,
}

impl<'f> Reporter<'f> {
    pub(crate) fn new(file: &'f File) -> Self {
        Self { file, diagnostics: RefCell::default(), max_stored: MAX_STORED, omitted: Cell::new(0) }
    }

    /// Creates a reporter that stores everything, where each error names data that is lost.
    pub(crate) fn storing_all(file: &'f File) -> Self {
        Self { max_stored: usize::MAX, ..Self::new(file) }
    }

    pub(crate) fn text(&self) -> &'f str {
        &self.file.text
    }

    pub(crate) fn report(&self, mut problem: Diagnostic) {
        let mut stored = self.diagnostics.borrow_mut();
        // Warnings leave room for errors, because an error refuses the file.
        if stored.len() >= self.max_stored
            && stored.iter().filter(|other| other.level == problem.level).count() >= self.max_stored
        {
            self.omitted.set(self.omitted.get() + 1);
            return;
        }
        problem.span.start = char_start(&self.file.text, problem.span.start);
        stored.push(problem);
    }

    /// Runs `read`, and gives this JSON path to the errors that it reports without one.
    pub(crate) fn at<T>(&self, path: impl fmt::Display, read: impl FnOnce(&Self) -> T) -> T {
        let before = self.diagnostics.borrow().len();
        let value = read(self);
        for problem in &mut self.diagnostics.borrow_mut()[before..] {
            problem.path.get_or_insert_with(|| truncated(path.to_string()));
        }
        value
    }

    /// Returns the span of a part of a text; if the text has escapes, that of the whole text.
    pub(crate) fn within(&self, text: &Spanned<String>, part: Span) -> Span {
        let unescaped = text.span.start + 1..text.span.end.saturating_sub(1);
        if self.text().get(unescaped.clone()) == Some(text.as_str()) {
            unescaped.start + part.start..unescaped.start + part.end
        } else {
            text.span.clone()
        }
    }

    /// Returns the span of a sentence or a word in a text.
    pub(crate) fn place_of(&self, text: &Spanned<String>, part: &str) -> Span {
        text.find(part).map_or(text.span.clone(), |start| self.within(text, start..start + part.len()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.diagnostics.borrow().is_empty()
    }

    /// Returns what was reported, in that order. One pass over the file computes all lines and columns.
    pub(crate) fn into_collected(self) -> Collected {
        let mut problems = self.diagnostics.into_inner();
        let mut by_place: Vec<&mut Diagnostic> = problems.iter_mut().collect();
        by_place.sort_by_key(|problem| problem.span.start);
        let (mut offset, mut line, mut column) = (0, 1, 1);
        for problem in by_place {
            let passed = &self.file.text[offset..problem.span.start];
            line += passed.matches('\n').count();
            column = match passed.rsplit_once('\n') {
                Some((_, after)) => after.chars().count() + 1,
                None => column + passed.chars().count(),
            };
            offset = problem.span.start;
            (problem.line, problem.column) = (line, column);
            problem.file.clone_from(&self.file.name);
        }
        Collected { list: problems, omitted: self.omitted.get() }
    }
}
