//! Reads QR codes back from the characters of a screen, as a camera does.

/// Pixels per module, and the dark border around the picture, as on a dark terminal.
const SCALE: usize = 4;
const MARGIN: usize = 10 * SCALE;

/// Returns the text of a QR code, whose light modules are drawn.
pub(crate) fn decode(rows: &[String]) -> String {
    let is_light = |row: usize, column: usize| {
        let character = rows.get(row / 2).and_then(|row| row.chars().nth(column));
        matches!((character, row % 2), (Some('█'), _) | (Some('▀'), 0) | (Some('▄'), 1))
    };
    let columns = rows.iter().map(|row| row.chars().count()).max().expect("rows of a QR code");
    let (width, height) = (columns * SCALE + 2 * MARGIN, 2 * rows.len() * SCALE + 2 * MARGIN);
    let module = |pixel: usize| pixel.checked_sub(MARGIN).map(|pixel| pixel / SCALE);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        if module(y).zip(module(x)).is_some_and(|(row, column)| is_light(row, column)) { 255 } else { 0 }
    });
    let codes = image.detect_grids();
    assert_eq!(codes.len(), 1, "one QR code in\n{}", rows.join("\n"));
    codes[0].decode().expect("it can be read").1
}

/// Returns the rows of a QR code among lines of a screen: those that begin with its border, up to the end of the border.
pub(crate) fn rows(screen: &str) -> Vec<String> {
    let is_block = |c: char| matches!(c, '█' | '▀' | '▄');
    let lines: Vec<&str> = screen.lines().filter(|line| line.starts_with("██")).collect();
    let width = lines.first().map_or(0, |line| line.chars().take_while(|c| is_block(*c)).count());
    lines.iter().map(|line| line.chars().take(width).collect()).collect()
}
