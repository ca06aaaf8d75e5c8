//! Paths into a JSON document.

use super::shortened;
use std::fmt;

/// A path such as `$.answers.concerns[2]`, as a chain on the stack. It becomes text only when an error is reported.
#[derive(Debug, Clone, Copy)]
pub(crate) enum JsonPath<'p> {
    /// The whole document.
    Root,
    /// A property of an object.
    Key(&'p Self, &'p str),
    /// An element of a list.
    Index(&'p Self, usize),
}

impl<'p> JsonPath<'p> {
    /// Returns the path of a property.
    pub(crate) fn key(&'p self, key: &'p str) -> Self {
        Self::Key(self, key)
    }

    /// Returns the path of a list element.
    pub(crate) fn index(&'p self, index: usize) -> Self {
        Self::Index(self, index)
    }
}

impl fmt::Display for JsonPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("$"),
            Self::Key(parent, key) => write!(f, "{parent}.{}", shortened(key)),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}
