//! Source spans of the questions of a checked pack and of the parts of their conditions.

use super::raw::{QuestionsFile, RawCondition};
use crate::diagnostics::{Diagnostic, Diagnostics, File, Reporter, Span};

/// The file `questions.json` and the spans in it.
#[derive(Debug, Clone)]
pub(crate) struct QuestionSpans {
    file: File,
    questions: Vec<QuestionSpan>,
}

#[derive(Debug, Clone)]
struct QuestionSpan {
    /// Span of the condition, or of the question's id if it has none.
    span: Span,
    condition: Option<ConditionSpan>,
}

/// Span of a test, or spans of the parts of a condition.
#[derive(Debug, Clone)]
enum ConditionSpan {
    Test(Span),
    Parts(Vec<ConditionSpan>),
}

impl QuestionSpans {
    pub(super) fn new(file: &File, raw: Option<&QuestionsFile>) -> Self {
        let questions = raw.iter().flat_map(|raw| &raw.questions).map(|question| QuestionSpan {
            span: question.when.as_ref().map_or_else(|| question.id.span.clone(), |when| when.span.clone()),
            condition: question.when.as_deref().map(ConditionSpan::new),
        });
        Self { file: file.clone(), questions: questions.collect() }
    }

    /// Returns the span of a test in the condition of a question. `path` has an index for each level of nesting, from the
    /// outside in; inside a `not` the index is 0. A path that leads to no test returns the span of the whole condition.
    pub(crate) fn condition(&self, question: usize, path: &[usize]) -> Span {
        let Some(QuestionSpan { span, condition }) = self.questions.get(question) else { return Span::default() };
        condition.as_ref().and_then(|condition| condition.test_at(path)).unwrap_or_else(|| span.clone())
    }

    /// Adds line and column to problems in `questions.json`.
    pub(crate) fn problems(&self, problems: impl IntoIterator<Item = Diagnostic>) -> Diagnostics {
        let sink = Reporter::new(&self.file);
        problems.into_iter().for_each(|problem| sink.report(problem));
        Diagnostics::new(sink.into_collected(), vec![self.file.clone()])
    }
}

impl ConditionSpan {
    fn new(raw: &RawCondition) -> Self {
        match raw {
            RawCondition::All { all: parts } | RawCondition::Any { any: parts } => {
                Self::Parts(parts.iter().map(Self::new).collect())
            }
            RawCondition::Not { not } => Self::Parts(vec![Self::new(not)]),
            RawCondition::Test(test) => Self::Test(test.span.clone()),
        }
    }

    fn test_at(&self, path: &[usize]) -> Option<Span> {
        match (self, path.split_first()) {
            (Self::Parts(parts), Some((part, rest))) => parts.get(*part)?.test_at(rest),
            (Self::Test(span), None) => Some(span.clone()),
            _ => None,
        }
    }
}
