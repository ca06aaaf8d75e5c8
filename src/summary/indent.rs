//! Indents JSON, for people who open the file.

/// Indents JSON without white space outside its strings as `serde_json` does, and ends it with a line break.
pub(super) fn indent(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(2 * json.len());
    let (mut depth, mut in_text, mut is_escaped) = (0, false, false);
    let mut previous = None;
    for byte in json.iter().copied() {
        let opens = matches!(previous, Some(b'{' | b'[')) && !in_text;
        if in_text {
            in_text = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
            out.push(byte);
            previous = None;
            continue;
        }
        if matches!(byte, b'}' | b']') {
            depth -= 1;
            if !opens {
                break_line(&mut out, depth);
            }
        } else if opens {
            break_line(&mut out, depth);
        }
        out.push(byte);
        match byte {
            b'{' | b'[' => depth += 1,
            b',' => break_line(&mut out, depth),
            b':' => out.push(b' '),
            _ => in_text = byte == b'"',
        }
        previous = Some(byte);
    }
    out.push(b'\n');
    out
}

fn break_line(out: &mut Vec<u8>, depth: usize) {
    out.push(b'\n');
    out.resize(out.len() + 2 * depth, b' ');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn indented_as_serde_json_indents() {
        let value = json!({ "a": [], "b": {}, "c": [1, "x\\\"{[,:", { "d": null, "é": [[true], []] }], "": "\\" });
        for value in [value, json!([]), json!("x"), json!(7)] {
            let indented = super::indent(value.to_string().as_bytes());
            assert_eq!(String::from_utf8(indented).expect("text"), format!("{value:#}\n"));
        }
    }
}
