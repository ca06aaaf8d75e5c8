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
    let is_light = |x, y| module(y).zip(module(x)).is_some_and(|(row, column)| is_light(row, column));
    let image: Vec<u8> = (0..width * height).map(|at| if is_light(at % width, at / width) { 255 } else { 0 }).collect();
    let mut reader = quircs::Quirc::default();
    let codes: Vec<_> = reader.identify(width, height, &image).collect();
    assert_eq!(codes.len(), 1, "one QR code in\n{}", rows.join("\n"));
    let code = codes[0].as_ref().expect("a QR code").decode().expect("it can be read");
    String::from_utf8(code.payload).expect("a text")
}

/// Returns the rows of a QR code among lines of a screen: those that begin with its border, up to the end of the border.
pub(crate) fn rows(screen: &str) -> Vec<String> {
    let is_block = |c: char| matches!(c, '█' | '▀' | '▄');
    let lines: Vec<&str> = screen.lines().filter(|line| line.starts_with("██")).collect();
    let width = lines.first().map_or(0, |line| line.chars().take_while(|c| is_block(*c)).count());
    lines.iter().map(|line| line.chars().take(width).collect()).collect()
}
