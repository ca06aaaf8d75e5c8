//! A clinic's logo: its format is recognized by its bytes, and a picture that cannot be printed is refused early.

/// A picture that every output format can show.
#[derive(Debug, Clone)]
pub struct Logo {
    /// The kind of picture.
    pub kind: LogoKind,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// The kinds of picture that every output format can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoKind {
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Network Graphics.
    Png,
}

/// The largest logo file, in bytes: a larger one would make every page slow to print.
const MAX_BYTES: usize = 5 * 1024 * 1024;

/// The most pixels of a logo. It is printed a centimetre high, so a thousand pixels across are enough.
const MAX_PIXELS: u64 = 10_000_000;

/// The reasons why a file cannot be the logo. The text continues a sentence that begins with the file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLogo {
    /// The file is too large.
    #[error("has {0} bytes")]
    TooManyBytes(usize),
    /// The picture is too large.
    #[error("has {0} x {1} pixels")]
    TooManyPixels(u64, u64),
    /// The file has another format.
    #[error("is neither SVG nor PNG")]
    UnknownFormat,
    /// The file cannot be decoded, for this reason.
    #[error("is damaged: {0}")]
    Damaged(String),
    /// There would be no room for the clinic's name.
    #[error("is too wide for its height")]
    TooWide,
    /// An SVG that refers to a picture outside itself.
    #[error("links to a picture in another file")]
    LinkedPicture,
    /// An SVG that contains a picture in a format other than PNG.
    #[error("contains a picture that is not PNG")]
    EmbeddedPicture,
    /// An SVG with filters.
    #[error("has effects, which take too long to print")]
    Effects,
    /// An SVG with coordinates far outside any page.
    #[error("is drawn far larger than any page")]
    OutOfBounds,
}

impl InvalidLogo {
    /// Returns how to fix it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooManyBytes(_) => "make it smaller than 5 MB",
            Self::TooManyPixels(..) => "make it smaller: 1,000 pixels across are enough on paper",
            Self::UnknownFormat => "save the picture as SVG or PNG",
            Self::Damaged(_) => "save the picture again as SVG or PNG",
            Self::TooWide => "make it at most 15 times as wide as it is high",
            Self::LinkedPicture => "embed the picture, or save it as PNG",
            Self::EmbeddedPicture => "save all of it as PNG",
            Self::Effects => "save it without shadows, blurs and other effects, or as PNG",
            Self::OutOfBounds => "check its width, height and coordinates, or save it as PNG",
        }
    }
}

impl Logo {
    /// Takes the bytes of a file as a logo. The PDF renderer checks whether it can show it.
    ///
    /// # Errors
    /// Returns an error if the bytes are not a picture, or are one that is too large.
    pub fn read(bytes: Vec<u8>) -> Result<Self, InvalidLogo> {
        if bytes.len() > MAX_BYTES {
            return Err(InvalidLogo::TooManyBytes(bytes.len()));
        }
        let kind = LogoKind::of(&bytes).ok_or(InvalidLogo::UnknownFormat)?;
        if kind == LogoKind::Png {
            check_pixels(&bytes)?;
        }
        Ok(Self { kind, bytes })
    }
}

/// Checks the size that a PNG states. Nothing is decoded: the size has a fixed place in the file.
pub(crate) fn check_pixels(png: &[u8]) -> Result<(), InvalidLogo> {
    let number = |offset: usize| {
        png.get(offset..offset + 4).map(|bytes| bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)))
    };
    let (Some(b"IHDR"), Some(width), Some(height)) = (png.get(12..16), number(16), number(20)) else {
        return Err(InvalidLogo::Damaged("its header is missing".to_owned()));
    };
    if width * height > MAX_PIXELS {
        return Err(InvalidLogo::TooManyPixels(width, height));
    }
    Ok(())
}

impl LogoKind {
    /// Returns the kind of picture by its bytes; the name of the file does not matter.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        let head = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim_start();
        (head.starts_with("<svg") || (head.starts_with("<?xml") || head.starts_with("<!")) && head.contains("<svg"))
            .then_some(Self::Svg)
    }

    /// Returns the media type.
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
    fn the_kind_of_a_picture_is_recognized_by_its_bytes() {
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
