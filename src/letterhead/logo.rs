//! A clinic's logo: known by its bytes, and refused while there is still time if it cannot be printed.

use crate::error::Error;
use crate::printable::Printable;

/// A picture that every format can show.
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

/// More bytes would make every page slow to print.
const MOST_BYTES: usize = 5 * 1024 * 1024;

/// More dots would too; on paper a logo is a centimetre high, for which a thousand across are plenty.
const MOST_DOTS: u64 = 10_000_000;

/// Why a picture cannot be printed, and the way out.
pub(crate) struct Unfit {
    /// As it goes on behind the logo's name.
    pub(crate) why: String,
    pub(crate) hint: &'static str,
}

impl Unfit {
    pub(crate) fn new(why: impl Into<String>, hint: &'static str) -> Self {
        Self { why: why.into(), hint }
    }

    pub(crate) fn damaged(why: &str) -> Self {
        Self::new(format!("is damaged: {why}"), "save the picture anew as SVG or PNG")
    }
}

impl Logo {
    /// Takes the bytes of a file as a logo; `name` is what messages call it.
    ///
    /// # Errors
    /// When it is no picture, or one that cannot be printed.
    pub fn read(name: &Printable, bytes: Vec<u8>) -> Result<Self, Error> {
        check(&bytes).map_or_else(
            |Unfit { why, hint }| Err(Error::input(format!("the logo {name} {why}")).hint(hint)),
            |kind| Ok(Self { kind, bytes }),
        )
    }
}

fn check(bytes: &[u8]) -> Result<LogoKind, Unfit> {
    if bytes.len() > MOST_BYTES {
        return Err(Unfit::new(format!("has {} bytes", bytes.len()), "make it smaller than 5 MB"));
    }
    let Some(kind) = LogoKind::of(bytes) else {
        return Err(Unfit::new("is neither SVG nor PNG", "save the picture as SVG or PNG"));
    };
    if kind == LogoKind::Png {
        check_dots(bytes)?;
    }
    #[cfg(feature = "pdf")]
    crate::render::check_logo(kind, bytes)?;
    Ok(kind)
}

/// Whether a PNG claims a size that it can have. Nothing is decoded: its size stands at a fixed place.
pub(crate) fn check_dots(png: &[u8]) -> Result<(), Unfit> {
    let number =
        |at: usize| png.get(at..at + 4).map(|bytes| bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)));
    let (Some(b"IHDR"), Some(width), Some(height)) = (png.get(12..16), number(16), number(20)) else {
        return Err(Unfit::damaged("its head is missing"));
    };
    if width * height > MOST_DOTS {
        let why = format!("has {width} x {height} dots");
        return Err(Unfit::new(why, "make it smaller: 1,000 dots across are plenty on paper"));
    }
    Ok(())
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
