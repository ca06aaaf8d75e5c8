//! Random changes to the files of a pack, similar to editing mistakes. `below(n)` returns a random number below `n`.

use preconsult::pack::PackFiles;

/// Applies one random change to one file, and returns its description.
pub(crate) fn mutate(files: &mut PackFiles, below: &mut dyn FnMut(usize) -> usize) -> String {
    let names: Vec<String> = files.texts.keys().cloned().collect();
    let name = names[below(names.len())].clone();
    let text = files.texts.get_mut(&name).expect("a file of the pack");
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = below(lines.len());
    let kind = below(8);
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
        "null",
        "true",
        "-1",
        "99999999999999999999999999999",
        "\\u0000",
        "💥",
        "{for}",
        "\"x\"",
    ];
    match kind {
        0 => *text = without(&lines, line),
        1 => *text = with_again(&lines, line),
        2 => {
            let at = (0..=below(text.len())).rev().find(|at| text.is_char_boundary(*at)).expect("0 is one");
            text.insert_str(at, pieces[below(pieces.len())]);
        }
        3 => {
            let at = (0..=below(text.len())).rev().find(|at| text.is_char_boundary(*at)).expect("0 is one");
            text.truncate(at);
        }
        4 => swap_values(text, below),
        5 => _ = files.texts.remove(&name),
        6 => {
            // An earlier change may have emptied the file.
            if let Some((at, _)) = text.char_indices().nth(below(text.chars().count())) {
                text.remove(at);
            }
        }
        _ => {
            let other = names[below(names.len())].clone();
            let other_text = files.texts[&other].clone();
            files.texts.insert(name.clone(), other_text);
        }
    }
    format!("mutation {kind} of {name}:{}", line + 1)
}

fn without(lines: &[String], line: usize) -> String {
    lines.iter().enumerate().filter(|(at, _)| *at != line).map(|(_, line)| format!("{line}\n")).collect()
}

fn with_again(lines: &[String], line: usize) -> String {
    lines
        .iter()
        .enumerate()
        .flat_map(|(at, text)| vec![text; if at == line { 2 } else { 1 }])
        .map(|l| format!("{l}\n"))
        .collect()
}

/// Swaps two quoted texts, so that the file stays valid JSON but has another meaning.
fn swap_values(text: &mut String, below: &mut dyn FnMut(usize) -> usize) {
    let parts: Vec<&str> = text.split('"').collect();
    let quoted = parts.len() / 2;
    let (one, other) = (below(quoted) * 2 + 1, below(quoted) * 2 + 1);
    let mut parts: Vec<String> = parts.into_iter().map(str::to_owned).collect();
    if one < parts.len() && other < parts.len() {
        parts.swap(one, other);
    }
    *text = parts.join("\"");
}
