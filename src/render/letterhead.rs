//! What a clinic puts around every page: its name, its address, its paper.

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

/// A picture.
#[derive(Debug, Clone)]
pub struct Logo {
    /// What kind of picture it is.
    pub kind: LogoKind,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// The kinds of picture that every format can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoKind {
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Network Graphics.
    Png,
}

impl LogoKind {
    /// The kind that the bytes are, whatever the file is called.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        let head = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim_start();
        (head.starts_with("<svg") || (head.starts_with("<?xml") || head.starts_with("<!")) && head.contains("<svg"))
            .then_some(Self::Svg)
    }

    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
        }
    }
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

#[cfg(test)]
mod tests {
    use super::LogoKind;

    #[test]
    fn pictures_are_known_by_their_bytes() {
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Some(LogoKind::Png)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Some(LogoKind::Svg)),
            (b"<?xml version='1.0'?>\n<svg/>", Some(LogoKind::Svg)),
            (b"\xff\xd8\xff\xe0", None),
            (b"<html/>", None),
            (b"", None),
        ] {
            assert_eq!(LogoKind::of(bytes), kind);
        }
    }
}
