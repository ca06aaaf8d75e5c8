//! Text from outside the pack: the patient's free text, or the clinic's texts.

use crate::printable::Printable;

/// A text and its language, if that differs from the page's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignText {
    /// The text; it may have several lines.
    pub text: Printable,
    /// The language tag, if the language differs from the page's.
    pub language: Option<String>,
}

impl ForeignText {
    /// Returns the mark that follows a text in another language than the page, such as `[es]`.
    #[must_use]
    pub fn mark(&self) -> Option<String> {
        self.language.as_ref().map(|tag| format!("[{tag}]"))
    }
}
