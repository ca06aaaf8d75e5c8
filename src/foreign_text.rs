//! Text that did not come from the pack: a person's own words, or the clinic's.

use crate::printable::Printable;

/// A text and, where it differs from the page, its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignText {
    /// The text; it may have several lines.
    pub text: Printable,
    /// The tag of its language, if that is not the language of the page.
    pub language: Option<String>,
}

impl ForeignText {
    /// Returns the mark that follows a text in another language than the page, such as `[es]`.
    #[must_use]
    pub fn mark(&self) -> Option<String> {
        self.language.as_ref().map(|tag| format!("[{tag}]"))
    }
}
