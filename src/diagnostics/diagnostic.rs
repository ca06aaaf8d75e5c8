//! Errors in files: the place, the message, and a hint how to fix them.

use super::Span;
use crate::printable::{Printable, is_hidden};
use crate::wrap::OutputStyle;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level as Mark, Origin, Renderer, Snippet};
use std::borrow::Cow;
use std::fmt;

/// A file as it was read: the name shown in messages, and its text.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The severity of a [`Diagnostic`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file is refused.
    Error,
    /// The file is accepted, but something in it should be checked.
    Warning,
}

/// One error or warning: a stable code, its place, a message and a hint.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Error or warning.
    pub level: Severity,
    /// A stable name of the kind of error, such as `unknown-field`.
    pub code: &'static str,
    /// The name of the file, as shown in messages.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The JSON path inside the file, if the reader of that file reports one.
    pub path: Option<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// How to fix it.
    pub hint: Option<String>,
    pub(super) span: Span,
}

impl Diagnostic {
    pub(crate) fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            level: Severity::Error,
            code,
            file: String::new(),
            line: 0,
            column: 0,
            path: None,
            message: truncated(message.into()),
            hint: None,
            span,
        }
    }

    /// Creates a warning: the file is accepted, but something in it should be checked.
    pub(crate) fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { level: Severity::Warning, ..Self::new(code, span, message) }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(truncated(hint.into()));
        self
    }

    /// Appends lines to paste into the file to the hint. Unlike the rest of the hint, they are never truncated.
    pub(crate) fn paste(mut self, lines: &str) -> Self {
        self.hint.get_or_insert_default().push_str(lines);
        self
    }

    /// Suggests the nearest of the valid names, or lists them if there are few. Without a near name among many or none,
    /// an earlier hint is kept.
    pub(crate) fn suggest<'n>(self, wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Self {
        const MAX_LISTED: usize = 30;
        let names: Vec<&str> = names.into_iter().collect();
        match nearest(wrong, names.iter().copied()) {
            Some(name) => self.hint(format!("did you mean `{name}`?")),
            None if names.is_empty() => self.or_hint("nothing declares this name yet: fix its declaration first"),
            None if names.len() > MAX_LISTED => self.or_hint(format!("one of: {}, …", names[..MAX_LISTED].join(", "))),
            None => self.hint(format!("one of: {}", names.join(", "))),
        }
    }

    fn or_hint(self, hint: impl Into<String>) -> Self {
        if self.hint.is_some() { self } else { self.hint(hint) }
    }

    pub(crate) fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(truncated(path.into()));
        self
    }
}

/// Returns the name within typing-error distance of `wrong`, if there is one.
pub(crate) fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // A name that long is no typing error, and the comparison takes quadratic time.
    if wrong.len() > 100 {
        return None;
    }
    let length = wrong.chars().count();
    names
        .into_iter()
        .filter_map(|name| {
            let letters = name.chars().count();
            let reach = 1 + letters / 4;
            // The difference in length is a lower bound of the distance and costs nothing to compute.
            let is_near = letters.abs_diff(length) <= reach;
            let distance = is_near.then(|| strsim::damerau_levenshtein(wrong, name))?;
            (distance <= reach).then_some((distance, name))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Shortens a text from a file to 60 characters for a message.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    const MAX_CHARS: usize = 60;
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// The most bytes of a message, path or hint, and of a source line shown on either side of a place.
const MAX_EXCERPT_BYTES: usize = 1000;

/// The narrowest column for a message, however narrow the terminal is.
const MIN_COLUMNS: usize = 16;

/// Limits the length of a message, path or hint.
pub(super) fn truncated(mut text: String) -> String {
    if text.len() > MAX_EXCERPT_BYTES {
        text.truncate(char_start(&text, MAX_EXCERPT_BYTES));
        text.push('…');
    }
    text
}

/// The most errors, and the most warnings, of one file that are stored.
pub(super) const MAX_STORED: usize = 100;

/// What was reported about files, with lines and columns.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) list: Vec<Diagnostic>,
    /// The number of errors and warnings that are not in the list.
    pub(crate) omitted: usize,
}

impl Collected {
    /// Returns true if nothing was reported.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Extend<Self> for Collected {
    fn extend<I: IntoIterator<Item = Self>>(&mut self, others: I) {
        for other in others {
            self.list.extend(other.list);
            self.omitted += other.omitted;
        }
    }
}

/// All errors and warnings of a set of files, in reading order.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    omitted: usize,
    files: Vec<File>,
}

impl Diagnostics {
    pub(crate) fn new(Collected { mut list, omitted }: Collected, files: Vec<File>) -> Self {
        let place = |problem: &Diagnostic| files.iter().position(|file| file.name == problem.file);
        list.sort_by_key(|problem| (place(problem), problem.span.start));
        Self { list, omitted, files }
    }

    /// Combines these with others, which may be of the same files.
    #[must_use]
    pub(crate) fn and(self, others: Self) -> Self {
        let list = self.list.into_iter().chain(others.list).collect();
        let (omitted, mut files) = (self.omitted + others.omitted, self.files);
        let is_new = |file: &File| files.iter().all(|known| known.name != file.name);
        let new: Vec<File> = others.files.into_iter().filter(is_new).collect();
        files.extend(new);
        Self::new(Collected { list, omitted }, files)
    }

    /// Returns the errors and warnings, file by file, in order of position: at most 100 of each for a file.
    #[must_use]
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Returns the number of errors and warnings, with those that are not in the list.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len() + self.omitted
    }

    /// Renders up to 100 reports with the line, a caret under the place, and the hint, and the number of the rest.
    #[must_use]
    pub fn render(&self, surface: OutputStyle) -> String {
        self.render_and(surface, |rest| format!("… and {} more", rest.len() + self.omitted))
    }

    /// As [`Self::render`], with one line for each of the rest: for data that is lost, every error has to be named.
    #[must_use]
    pub fn render_all(&self, surface: OutputStyle) -> String {
        let named = |problem: &Diagnostic| {
            let Diagnostic { level, code, file, line, column, path, message, .. } = problem;
            let name = if *level == Severity::Error { "error" } else { "warning" };
            let path = path.as_ref().map(|path| format!("{path}: ")).unwrap_or_default();
            Printable::line(&format!("{name}[{code}]: {path}{message} ({file}:{line}:{column})")).to_string()
        };
        self.render_and(surface, |rest| {
            rest.iter().map(|problem| surface.wrap(&named(problem), 2)).collect::<Vec<_>>().join("\n")
        })
    }

    fn render_and(&self, surface: OutputStyle, render_rest: impl Fn(&[Diagnostic]) -> String) -> String {
        let renderer = if surface.colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        let renderer = surface.width.map_or(renderer.clone(), |width| renderer.term_width(width));
        let (shown, rest) = self.list.split_at(self.list.len().min(MAX_STORED));
        let mut reports: Vec<String> =
            shown.iter().map(|problem| self.render_one(problem, &renderer, surface)).collect();
        if !rest.is_empty() || self.omitted > 0 {
            reports.push(render_rest(rest));
        }
        reports.join("\n\n")
    }

    fn render_one(&self, problem: &Diagnostic, renderer: &Renderer, surface: OutputStyle) -> String {
        let mark = match problem.level {
            Severity::Error => Mark::ERROR,
            Severity::Warning => Mark::WARNING,
        };
        let message = Printable::line(&match &problem.path {
            Some(path) => format!("{}: {}", path, problem.message),
            None => problem.message.clone(),
        });
        // The renderer writes the prefix itself and indents further lines under the first.
        let fitting = |text: &Printable, before: usize| {
            let width = surface.width.map(|width| width.saturating_sub(before).max(MIN_COLUMNS));
            OutputStyle { width, ..surface }.wrap(text.as_str(), 0)
        };
        let message = fitting(&message, "warning[]: ".len() + problem.code.len());
        let mut report = mark
            .primary_title(message)
            .id(problem.code)
            .elements(std::iter::empty::<Snippet<'_, annotate_snippets::Annotation<'_>>>());
        if let Some(file) = self.files.iter().find(|file| file.name == problem.file) {
            let Excerpt { text, span, is_whole } = excerpt(&file.text, &problem.span);
            let name = Printable::line(&file.name).to_string();
            let annotation = AnnotationKind::Primary.span(span);
            let snippet = Snippet::source(text).line_start(problem.line).annotation(annotation);
            report = if is_whole {
                report.element(snippet.path(name))
            } else {
                // The excerpt is cut, so the renderer cannot compute the column from it.
                report.element(Origin::path(name).line(problem.line).char_column(problem.column)).element(snippet)
            };
        }
        if let Some(hint) = &problem.hint {
            let before = problem.line.to_string().len() + "  = help: ".len();
            report = report.element(Mark::HELP.message(fitting(&Printable::text(hint), before)));
        }
        renderer.render(&[report])
    }
}

/// The part of a file that a report shows.
struct Excerpt {
    text: String,
    /// The place in `text`.
    span: Span,
    /// Whether `text` begins at the start of its line.
    is_whole: bool,
}

/// Returns the line of a place, the further lines that it covers, and the place in them.
///
/// Of a very long line only the surroundings are included, because the renderer draws all of it before it cuts.
///
/// annotate-snippets replaces some control and hidden characters; the others are replaced here.
fn excerpt(text: &str, span: &Span) -> Excerpt {
    let from = char_start(text, span.start.saturating_sub(MAX_EXCERPT_BYTES));
    let line_start = text[from..span.start].rfind('\n').map(|index| from + index + 1);
    let start = line_start.unwrap_or(from);
    let to = char_start(text, span.start + MAX_EXCERPT_BYTES);
    let end = char_start(text, span.end.max(span.start)).min(to);
    let cut = text[end..to].find('\n').map_or(to, |index| end + index);
    let is_unsafe = |c| is_hidden(c) || matches!(c, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}');
    let visible = |part: &str| part.replace(is_unsafe, "\u{fffd}");
    let (before, place) = (visible(&text[start..span.start]), visible(&text[span.start..end]));
    let span = before.len()..before.len() + place.len();
    let text = before + &place + &visible(&text[end..cut]);
    Excerpt { text, span, is_whole: line_start.is_some() || from == 0 }
}

/// Returns the offset itself, or the start of the character that contains it.
pub(super) fn char_start(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(OutputStyle::PLAIN))
    }
}

#[cfg(test)]
mod tests {
    use super::Diagnostic;

    #[test]
    fn suggestions_always_leave_a_hint() {
        let hint =
            |names: &[&str]| Diagnostic::new("unknown-id", 0..0, "").suggest("wrong", names.iter().copied()).hint;
        let many: Vec<String> = (0..31).map(|number| format!("n{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for (names, start) in [
            (&["wrung", "other"][..], "did you mean `wrung`?"),
            (&["other", "another"], "one of: other, another"),
            (&[], "nothing declares this name yet"),
            (&many, "one of: n0, n1, "),
        ] {
            assert!(hint(names).is_some_and(|hint| hint.starts_with(start)), "{start}");
            let before =
                Diagnostic::new("unknown-id", 0..0, "").hint("look here").suggest("wrong", names.iter().copied());
            assert_eq!(before.hint.as_deref() == Some("look here"), names.is_empty() || names.len() > 30, "{start}");
        }
    }
}
