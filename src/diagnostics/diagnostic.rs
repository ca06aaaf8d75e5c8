//! A fault in a file, told so that it can be mended: what, where, and the way out.

use super::{Span, Spanned};
use crate::printable::{Printable, is_hidden};
use crate::wrap::OutputStyle;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level as Mark, Origin, Renderer, Snippet};
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

/// A file as it was read: the name that messages show, and its text.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// How grave a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file is refused.
    Error,
    /// The file works, and somebody should look at it.
    Warning,
}

/// One fault: a stable code, its place, the sentence, and a hint that names the way out.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Error or warning.
    pub level: Severity,
    /// A stable name of the kind of fault, such as `unknown-field`.
    pub code: &'static str,
    /// The file, as messages name it.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The JSON path inside the file, where the reader of that file keeps one.
    pub path: Option<String>,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub hint: Option<String>,
    span: Span,
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

    /// Something that works, and that somebody should look at.
    pub(crate) fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { level: Severity::Warning, ..Self::new(code, span, message) }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(truncated(hint.into()));
        self
    }

    /// Puts behind the hint what is to be pasted into the file, whole however long it is.
    pub(crate) fn paste(mut self, lines: &str) -> Self {
        self.hint.get_or_insert_default().push_str(lines);
        self
    }

    /// Suggests the nearest of the names that would fit, or lists them when they are few. Where that says nothing, a hint
    /// given before stays.
    pub(crate) fn suggest<'n>(self, wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Self {
        const FEW: usize = 30;
        let names: Vec<&str> = names.into_iter().collect();
        match nearest(wrong, names.iter().copied()) {
            Some(name) => self.hint(format!("did you mean `{name}`?")),
            None if names.is_empty() => self.or_hint("there is none yet: mend first what is to declare it"),
            None if names.len() > FEW => self.or_hint(format!("one of: {}, …", names[..FEW].join(", "))),
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

/// The name within reach of a slip of the keys, if one is.
pub(crate) fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // A word that long is no slip of the keys, and the comparison is quadratic.
    if wrong.len() > 100 {
        return None;
    }
    let length = wrong.chars().count();
    names
        .into_iter()
        .filter_map(|name| {
            let letters = name.chars().count();
            let reach = 1 + letters / 4;
            // The difference in length is the least that the distance can be, and costs nothing.
            let is_near = letters.abs_diff(length) <= reach;
            let distance = is_near.then(|| strsim::damerau_levenshtein(wrong, name))?;
            (distance <= reach).then_some((distance, name))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Enough of a text from a file to know it again: what a message repeats of it.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// How much of a file a report shows on either side of a place, in bytes.
const LONGEST: usize = 1000;

/// A sentence beside others has so many columns, however narrow the terminal.
const MIN_COLUMNS: usize = 16;

/// No sentence, path or hint is longer, whatever it was put together from.
fn truncated(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(char_start(&text, LONGEST));
        text.push('…');
    }
    text
}

/// Takes the faults of one file, and knows where in it they stand.
#[derive(Debug)]
pub(crate) struct Reporter<'f> {
    file: &'f File,
    found: RefCell<Vec<Diagnostic>>,
}

impl<'f> Reporter<'f> {
    pub(crate) fn new(file: &'f File) -> Self {
        Self { file, found: RefCell::default() }
    }

    pub(crate) fn text(&self) -> &'f str {
        &self.file.text
    }

    pub(crate) fn report(&self, mut problem: Diagnostic) {
        problem.span.start = char_start(&self.file.text, problem.span.start);
        self.found.borrow_mut().push(problem);
    }

    /// Reads something, and gives the faults that this reports a JSON path where they have none.
    pub(crate) fn at<T>(&self, path: impl fmt::Display, read: impl FnOnce(&Self) -> T) -> T {
        let before = self.found.borrow().len();
        let value = read(self);
        for problem in &mut self.found.borrow_mut()[before..] {
            problem.path.get_or_insert_with(|| truncated(path.to_string()));
        }
        value
    }

    /// The place of a part of a text; the whole text's where it is written with escapes.
    pub(crate) fn within(&self, text: &Spanned<String>, part: Span) -> Span {
        let written = text.span.start + 1..text.span.end.saturating_sub(1);
        if self.text().get(written.clone()) == Some(text.as_str()) {
            written.start + part.start..written.start + part.end
        } else {
            text.span.clone()
        }
    }

    /// The place of a sentence or a word in a text.
    pub(crate) fn place_of(&self, text: &Spanned<String>, part: &str) -> Span {
        text.find(part).map_or(text.span.clone(), |start| self.within(text, start..start + part.len()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    /// What was reported, in that order, each with its line and column: all of them in one walk through the file.
    pub(crate) fn into_problems(self) -> Vec<Diagnostic> {
        let mut problems = self.found.into_inner();
        let mut by_place: Vec<&mut Diagnostic> = problems.iter_mut().collect();
        by_place.sort_by_key(|problem| problem.span.start);
        let (mut at, mut line, mut column) = (0, 1, 1);
        for problem in by_place {
            let passed = &self.file.text[at..problem.span.start];
            line += passed.matches('\n').count();
            column = match passed.rsplit_once('\n') {
                Some((_, after)) => after.chars().count() + 1,
                None => column + passed.chars().count(),
            };
            at = problem.span.start;
            (problem.line, problem.column) = (line, column);
            problem.file.clone_from(&self.file.name);
        }
        problems
    }
}

/// All that is wrong with a set of files, in reading order.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    files: Vec<File>,
}

impl Diagnostics {
    pub(crate) fn new(mut list: Vec<Diagnostic>, files: Vec<File>) -> Self {
        let place = |problem: &Diagnostic| files.iter().position(|file| file.name == problem.file);
        list.sort_by_key(|problem| (place(problem), problem.span.start));
        Self { list, files }
    }

    /// These and others, also of the same files.
    #[must_use]
    pub(crate) fn and(self, others: Self) -> Self {
        let (list, mut files) = (self.list.into_iter().chain(others.list).collect(), self.files);
        let is_new = |file: &File| files.iter().all(|known| known.name != file.name);
        let new: Vec<File> = others.files.into_iter().filter(is_new).collect();
        files.extend(new);
        Self::new(list, files)
    }

    /// The faults, file by file, from the top down.
    #[must_use]
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Each fault as a report with the line, a caret under the place, and the hint. Of very many the first ones will do.
    #[must_use]
    pub fn render(&self, surface: OutputStyle) -> String {
        self.render_and(surface, |rest| format!("… and {} more", rest.len()))
    }

    /// The same, and each of the others named in one line: where what is wrong is lost, none may go unnamed.
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

    fn render_and(&self, surface: OutputStyle, of_the_rest: impl Fn(&[Diagnostic]) -> String) -> String {
        const SHOWN: usize = 100;
        let renderer = if surface.colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        let renderer = surface.width.map_or(renderer.clone(), |width| renderer.term_width(width));
        let (shown, rest) = self.list.split_at(self.list.len().min(SHOWN));
        let mut reports: Vec<String> =
            shown.iter().map(|problem| self.render_one(problem, &renderer, surface)).collect();
        if !rest.is_empty() {
            reports.push(of_the_rest(rest));
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
        // What stands before it is left to the renderer, which puts further lines under the first.
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
                // What is shown does not tell the column.
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

/// All that a report shows of a file.
struct Excerpt {
    text: String,
    /// The place in that text.
    span: Span,
    /// Whether it begins where the line does.
    is_whole: bool,
}

/// The line of a place, the further lines that it covers, and the place in them.
///
/// Of a line of megabytes only what is around the place is there, since the report is drawn in full before it is cut.
///
/// annotate-snippets makes some characters visible that steer a terminal or hide, and lets others pass.
fn excerpt(text: &str, span: &Span) -> Excerpt {
    let from = char_start(text, span.start.saturating_sub(LONGEST));
    let line_start = text[from..span.start].rfind('\n').map(|at| from + at + 1);
    let start = line_start.unwrap_or(from);
    let to = char_start(text, span.start + LONGEST);
    let end = char_start(text, span.end.max(span.start)).min(to);
    let cut = text[end..to].find('\n').map_or(to, |at| end + at);
    let steers = |c| is_hidden(c) || matches!(c, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}');
    let visible = |part: &str| part.replace(steers, "\u{fffd}");
    let (before, place) = (visible(&text[start..span.start]), visible(&text[span.start..end]));
    let span = before.len()..before.len() + place.len();
    let text = before + &place + &visible(&text[end..cut]);
    Excerpt { text, span, is_whole: line_start.is_some() || from == 0 }
}

/// This place, or the start of the character that it is in the middle of.
fn char_start(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
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
    fn whatever_there_is_to_choose_from_a_way_out_is_named() {
        let hint =
            |names: &[&str]| Diagnostic::new("unknown-id", 0..0, "").suggest("wrong", names.iter().copied()).hint;
        let many: Vec<String> = (0..31).map(|number| format!("n{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for (names, begins) in [
            (&["wrung", "other"][..], "did you mean `wrung`?"),
            (&["other", "another"], "one of: other, another"),
            (&[], "there is none yet"),
            (&many, "one of: n0, n1, "),
        ] {
            assert!(hint(names).is_some_and(|hint| hint.starts_with(begins)), "{begins}");
            let before =
                Diagnostic::new("unknown-id", 0..0, "").hint("look here").suggest("wrong", names.iter().copied());
            assert_eq!(before.hint.as_deref() == Some("look here"), names.is_empty() || names.len() > 30, "{begins}");
        }
    }
}
