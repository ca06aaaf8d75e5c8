//! A clinic's logo: problems are reported before the first question, with the file's name.

#[cfg(feature = "pdf")]
use super::sandbox;
use crate::support::Sandbox;

fn assert_refused(name: &str, bytes: impl AsRef<[u8]>, words: [&str; 2]) {
    let mut sandbox = Sandbox::new();
    sandbox.file("clinic.toml", format!("logo = \"{name}\"\n"));
    sandbox.file(name, bytes);
    let why = format!(": the logo {name} {}", words[0]);
    // `config check` also reports the place of the setting.
    for (command, hint) in [("ask --plain", "hint: "), ("config check", "clinic.toml:1:8")] {
        let command = format!("{command} --config clinic.toml");
        let done = sandbox.run(&command).stdin("").code(2).stderr_has([&why, hint, words[1]]).check();
        assert!(!done.stderr.contains("Question 1") && !done.stderr.contains(".typ"), "{}", done.stderr);
    }
}

#[cfg(feature = "pdf")]
fn svg(attributes: &str, content: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}>{content}</svg>")
}

/// A grey PNG with valid checksums.
fn png(width: u32, height: u32, rows: u32) -> Vec<u8> {
    let line = 1 + width as usize;
    // Uncompressed, one block per row.
    let mut data = vec![0x78, 0x01];
    for row in 0..rows {
        let length = u16::try_from(line).expect("a short row");
        data.push(u8::from(row + 1 == rows));
        data.extend(length.to_le_bytes());
        data.extend((!length).to_le_bytes());
        data.extend(vec![0; line]);
    }
    // The checksum of all zeros.
    let sum = ((1 + width) * rows) % 65_521;
    data.extend((sum << 16 | 1).to_be_bytes());
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let chunks = [(b"IHDR", head), (b"IDAT", data), (b"IEND", Vec::new())];
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, content) in chunks {
        let named = [&name[..], &content].concat();
        file.extend(u32::try_from(content.len()).expect("a short chunk").to_be_bytes());
        file.extend(&named);
        file.extend(checksum(&named).to_be_bytes());
    }
    file
}

fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

#[test]
fn an_impossible_size_is_refused() {
    let mut claims = png(8, 8, 8);
    claims[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    assert_refused("logo.png", claims, ["has 2147483647 x 2147483647 pixels", "make it smaller"]);
    let mut large = png(8, 8, 8);
    large[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    assert_refused("logo.png", large, ["has 20000 x 20000 pixels", "make it smaller"]);
    assert_refused("logo.png", &png(8, 8, 8)[..14], ["is damaged: its header is missing", "save the picture again"]);
}

#[test]
#[cfg(feature = "pdf")]
fn a_damaged_picture_is_reported_by_its_name() {
    assert_refused("logo.png", &png(8, 8, 8)[..60], ["is damaged: ", "save the picture again"]);
    assert_refused("logo.png", png(8, 8, 4), ["is damaged: ", "save the picture again"]);
    assert_refused("logo.svg", svg("width=\"9\" height=\"9\"", "<rect>"), ["is damaged: ", "save the picture again"]);
    assert_refused("logo.svg", svg("width=\"0\" height=\"0\"", ""), ["is damaged: ", "save the picture again"]);
}

#[test]
#[cfg(feature = "pdf")]
fn a_drawing_that_would_crash_the_program_is_refused() {
    let square = "<rect width=\"9\" height=\"9\"/>";
    let nine = "width=\"9\" height=\"9\"";
    let far = ["is drawn far larger than any page", "width, height and coordinates"];
    assert_refused("logo.svg", svg("width=\"1e38\" height=\"9\"", square), far);
    let path = "<path d=\"M0 0L1e38 1e38L3e38 0z\" stroke=\"black\" stroke-width=\"1e38\"/>";
    assert_refused("logo.svg", svg(nine, path), far);
    let masked = format!("<mask id=\"m\">{path}</mask><rect mask=\"url(#m)\" width=\"9\" height=\"9\"/>");
    assert_refused("logo.svg", svg(nine, &masked), far);
    let text = "<text font-size=\"1e30\" y=\"9\">Hillside</text>";
    assert_refused("logo.svg", svg(nine, text), far);
    let effect = "<filter id=\"f\"><feTurbulence numOctaves=\"100000\"/></filter><rect filter=\"url(#f)\" width=\"9\" height=\"9\"/>";
    assert_refused("logo.svg", svg(nine, effect), ["has effects", "without shadows"]);
    let linked = "<image href=\"/etc/passwd\" width=\"9\" height=\"9\"/>";
    assert_refused("logo.svg", svg(nine, linked), ["links to a picture in another file", "embed the picture"]);
    assert_refused("logo.svg", svg("width=\"160\" height=\"10\"", square), ["is too wide for its height", "15 times"]);
}

#[test]
#[cfg(feature = "pdf")]
fn common_pictures_are_printed() {
    let text = "<style>.a{fill:navy}</style><text class=\"a\" x=\"0\" y=\"20\">Hillside</text>";
    let pictures = [
        ("logo.png", png(40, 20, 20)),
        ("logo.svg", svg("width=\"90\" height=\"30\"", text).into_bytes()),
        (
            "logo.svg",
            svg("viewBox=\"0 0 1000 300\"", "<g transform=\"scale(30)\"><path d=\"M0 0h9v9z\"/></g>").into_bytes(),
        ),
    ];
    for (name, bytes) in pictures {
        let mut sandbox = sandbox("short");
        sandbox.file("clinic.toml", format!("logo = \"{name}\"\n"));
        sandbox.file(name, bytes);
        sandbox.run("summarize answers.json --format pdf --config clinic.toml").stdout_has([".pdf"]).check();
    }
}
