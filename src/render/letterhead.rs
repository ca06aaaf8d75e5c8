//! What a clinic puts around every page: its name, its address, its paper.

use super::logo::Logo;
use crate::printable::Printable;

/// A clinic's letterhead. Everything may be missing: the page then has a calm head of its own.
#[derive(Debug, Clone, Default)]
pub struct Letterhead {
    /// The clinic's name.
    pub name: Option<Printable>,
    /// The clinic's address, line by line.
    pub address: Vec<Printable>,
    /// The clinic's telephone number.
    pub phone: Option<Printable>,
    /// The clinic's logo.
    pub logo: Option<Logo>,
    /// The clinic's own privacy notice, printed under the notice.
    pub privacy_notice: Option<Printable>,
    /// Whether there is a line to sign on.
    pub signature: bool,
    /// The paper.
    pub paper: Paper,
}

/// A paper size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Paper {
    /// Every size.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// As the configuration writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "us-letter",
        }
    }
}
