//! `CommonMark`, in which nobody's words can become markup.

use super::outline::{Block, Fill, Outline};
use std::fmt::Write as _;

pub(super) fn render(outline: &Outline) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "# {}\n\n{}\n", escape(outline.title.as_str()), escape(outline.subtitle.as_str()));
    for fill in &outline.header {
        let _ = writeln!(page, "- {}", fill_in(fill));
    }
    for part in &outline.sections {
        let _ = writeln!(page, "\n## {}\n", escape(part.heading.as_str()));
        for (at, block) in part.blocks.iter().enumerate() {
            let listed = matches!(block, Block::Fact { .. } | Block::Claim { .. });
            if at > 0 && !listed {
                page.push('\n');
            }
            write_block(&mut page, block);
        }
    }
    page.push_str("\n---\n\n");
    for line in &outline.footer {
        let _ = writeln!(page, "- {}", escape(line.as_str()));
    }
    page
}

fn fill_in(fill: &Fill) -> String {
    match fill {
        Fill::Blank(label) => {
            format!("{}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_", escape(label.as_str()))
        }
        Fill::Known(label, text) => format!("{}: {}", escape(label.as_str()), continued(text.as_str(), "  ")),
        Fill::Tick(label, options) => {
            let boxes = options
                .iter()
                .map(|(option, ticked)| format!("{} {}", if *ticked { "☒" } else { "☐" }, escape(option.as_str())));
            format!("{}: {}", escape(label.as_str()), boxes.collect::<Vec<_>>().join("  "))
        }
    }
}

fn write_block(page: &mut String, block: &Block) {
    let _ = match block {
        Block::Text(text) => writeln!(page, "{}", continued(text.as_str(), "")),
        Block::Fact { term, text, answered } => {
            let text = continued(text.as_str(), "  ");
            let text = if *answered { text } else { format!("*{text}*") };
            writeln!(page, "- **{}:** {text}", escape(term.as_str()))
        }
        // Writing space means nothing on a screen; the printed formats have it.
        Block::Space(_) => Ok(()),
        Block::Claim { text, mark, limits, notes } => {
            let _ = writeln!(page, "- {}", with_mark(text.as_str(), mark));
            for (limit, mark) in limits {
                let _ = writeln!(page, "  - **{}**", with_mark(limit.as_str(), mark));
            }
            for note in notes {
                let _ = writeln!(page, "  - {}", escape(note.as_str()));
            }
            Ok(())
        }
    };
}

fn with_mark(text: &str, mark: &str) -> String {
    if mark.is_empty() { escape(text) } else { format!("{} {mark}", escape(text)) }
}

/// A text with line breaks of its own, as one block: each break is a hard one, indented to stay inside.
fn continued(text: &str, indent: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(escape).collect();
    lines.join(&format!("\\\n{indent}"))
}

/// Puts a backslash before every character that could mean something.
///
/// Inside a line these are the inline marks, `&` and `<`; `@` and `:` stop addresses from becoming links. At the start of
/// a line there are also list and heading marks, which are escaped there only, to keep prose readable.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let trimmed = text.trim_start();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in trimmed.char_indices() {
        let leads = match c {
            '#' | '+' | '-' | '=' => at == 0,
            '.' | ')' => at > 0 && at == digits,
            _ => false,
        };
        let means = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '!' | '$' | '^' | '{' | '}' | '@'
        );
        let links = (c == ':' && trimmed[at..].starts_with("://"))
            || (c == '.' && trimmed[..at].to_lowercase().ends_with("www"));
        if leads || means || links {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
