//! QR codes for a terminal, drawn with half blocks: one character is two modules, one above the other.

use crate::commands::stderr;
use crate::wrap::OutputStyle;
use crossterm::style::{Color, Colors, ResetColor, SetColors};
use qrcode::{Color as Module, EcLevel};

/// Width of the light border that the standard asks for, in modules.
pub(super) const QUIET_ZONE: usize = 4;

/// Width of a border that cameras still read, in modules. It saves two rows of a low screen.
pub(super) const NARROW_QUIET_ZONE: usize = 2;

/// White and black of the fixed part of the palette, which themes of terminals do not change.
const COLOURS: Colors = Colors { foreground: Some(Color::AnsiValue(231)), background: Some(Color::AnsiValue(16)) };

/// A QR code.
#[derive(Debug)]
pub(super) struct QrCode {
    modules: Vec<Module>,
    /// Width and height, in modules.
    size: usize,
}

/// How the light modules of a code become light on the screen. Many cameras do not read a code with reversed colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// Both colours are set, so the code is the same on every terminal.
    Colours,
    /// The light modules are drawn, because the text of the terminal is light.
    LightText,
    /// The dark modules are drawn, because the text of the terminal is dark.
    DarkText,
}

impl QrCode {
    /// Encodes a link. `None` if it is too long for any code. A screen is clean, so the lowest error correction is enough
    /// and keeps the code small.
    pub(super) fn new(link: &str) -> Option<Self> {
        let code = qrcode::QrCode::with_error_correction_level(link, EcLevel::L).ok()?;
        Some(Self { size: code.width(), modules: code.into_colors() })
    }

    /// Returns the width on the screen, in columns, with a border of `quiet` modules.
    pub(super) fn width(&self, quiet: usize) -> usize {
        self.size + 2 * quiet
    }

    /// Returns the rows of the code, with a border of `quiet` modules.
    pub(super) fn rows(&self, quiet: usize, paint: Paint) -> Vec<String> {
        let is_light = |row: usize, column: usize| {
            let inside = |place: usize| place.checked_sub(quiet).filter(|place| *place < self.size);
            let module = inside(row).zip(inside(column)).map(|(row, column)| self.modules[row * self.size + column]);
            module != Some(Module::Dark)
        };
        let is_drawn = |row, column| is_light(row, column) == (paint != Paint::DarkText);
        let character = |row, column| match (is_drawn(row, column), is_drawn(row + 1, column)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        };
        let width = self.width(quiet);
        let rows = (0..width).step_by(2).map(|row| {
            let characters: String = (0..width).map(|column| character(row, column)).collect();
            if paint == Paint::Colours { format!("{}{characters}{ResetColor}", SetColors(COLOURS)) } else { characters }
        });
        rows.collect()
    }
}

impl Paint {
    /// Returns the paint for the desk's screen.
    pub(super) fn of_screen() -> Self {
        Self::of(stderr())
    }

    /// Returns the paint for an output. Without colours, `COLORFGBG` tells the background, which some terminals set; most
    /// others are dark.
    pub(super) fn of(output: OutputStyle) -> Self {
        match std::env::var("COLORFGBG") {
            _ if output.colour => Self::Colours,
            Ok(colours) if has_light_background(&colours) => Self::DarkText,
            _ => Self::LightText,
        }
    }
}

/// Reads the background in `COLORFGBG`, such as `0;15`: the last number is a colour of the palette, of which 7 and those
/// from 9 are light.
fn has_light_background(colours: &str) -> bool {
    let background = colours.rsplit(';').next().and_then(|colour| colour.parse::<u8>().ok());
    background.is_some_and(|colour| colour == 7 || (9..16).contains(&colour))
}

#[cfg(test)]
mod tests {
    use super::{NARROW_QUIET_ZONE, Paint, QUIET_ZONE, QrCode, has_light_background};

    #[test]
    fn the_background_is_the_last_number() {
        for (colours, is_light) in
            [("0;15", true), ("15;default;0", false), ("0;7", true), ("15;8", false), ("", false)]
        {
            assert_eq!(has_light_background(colours), is_light, "{colours}");
        }
    }

    #[test]
    fn a_long_link_fits_a_screen_of_24_rows() {
        let address = "https://reception-tablets.hillside-skin-clinic.example.internal:8443/";
        let code = QrCode::new(&format!("{address}?i={}", "0A".repeat(16))).expect("a code");
        let rows = code.rows(NARROW_QUIET_ZONE, Paint::Colours);
        assert!(rows.len() <= 21 && rows.iter().all(|row| row.starts_with("\u{1b}[") && row.ends_with("\u{1b}[0m")));
        let (light, dark) = (code.rows(QUIET_ZONE, Paint::LightText), code.rows(QUIET_ZONE, Paint::DarkText));
        assert!(light[0].chars().all(|c| c == '█') && dark[0].chars().all(|c| c == ' '), "{light:?}");
    }
}
