//! `CommonMark` output. All text is escaped, so that no text can become markup.

use super::text::{choices, clinic_text};
use crate::foreign_text::ForeignText;
use crate::outline::{AnswerText, Block, Fact, HeaderField, Outline};
use std::fmt::Write as _;

/// A line to write on.
const BLANK: &str = r"\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_";

/// Renders a copy as `CommonMark`.
#[must_use]
pub fn render(outline: &Outline) -> String {
    let mut page = String::new();
    let letterhead = &outline.letterhead;
    let clinic = letterhead.name.iter().chain(&letterhead.address).chain(&letterhead.phone);
    let clinic: Vec<String> = clinic.map(|line| escape(line.as_str())).collect();
    if !clinic.is_empty() {
        let _ = writeln!(page, "{}\n", clinic.join("\\\n"));
    }
    let head = [&outline.copy, &outline.date].map(|text| escape(text.as_str())).join(" · ");
    let _ = writeln!(page, "# {}\n\n{head}\n", escape(outline.title.as_str()));
    for field in &outline.header {
        let _ = writeln!(page, "- {}", header_field(field));
    }
    for part in &outline.parts {
        let _ = writeln!(page, "\n## {}\n", escape(part.heading.as_str()));
        let mut after_list = false;
        for (index, block) in part.blocks.iter().enumerate() {
            let lists = matches!(
                block,
                Block::Fact(_)
                    | Block::NotAsked(_)
                    | Block::Claim { .. }
                    | Block::Meaning { .. }
                    | Block::Factors { .. }
                    | Block::Short { .. }
                    | Block::Step(..)
                    | Block::ToAsk { .. }
            );
            if index > 0 && !(lists && after_list) {
                page.push('\n');
            }
            after_list = lists;
            write_block(&mut page, block, outline);
        }
    }
    if let Some((signature, date)) = &outline.signature {
        let _ = writeln!(page, "\n{}: {BLANK}  {}: {BLANK}", escape(signature.as_str()), escape(date.as_str()));
    }
    page.push_str("\n---\n\n");
    for line in &outline.sources {
        let _ = writeln!(page, "- {}", escape(line.as_str()));
    }
    let _ = writeln!(page, "- {} {}", escape(outline.pack.as_str()), escape(outline.hash.as_str()));
    page
}

fn header_field(field: &HeaderField) -> String {
    match field {
        HeaderField::Blank(label) => {
            format!("{}: {BLANK}", escape(label.as_str()))
        }
        HeaderField::Known(label, text) => format!("{}: {}", escape(label.as_str()), continued(text.as_str(), "  ")),
        HeaderField::Tick(label, options) => {
            let boxes = options
                .iter()
                .map(|(option, ticked)| format!("{} {}", if *ticked { "☒" } else { "☐" }, escape(option.as_str())));
            format!("{}: {}", escape(label.as_str()), boxes.collect::<Vec<_>>().join("  "))
        }
    }
}

fn write_block(page: &mut String, block: &Block, outline: &Outline) {
    let _ = match block {
        Block::Text(text) => writeln!(page, "{}", continued(text.as_str(), "")),
        Block::ClinicText(clinic) => writeln!(page, "{}", continued(&clinic_text(clinic), "")),
        Block::OwnWords(words) => writeln!(page, "> {}", quoted(words, "> ")),
        Block::Fact(fact) | Block::NotAsked(fact) => writeln!(page, "- {}", write_fact(fact, "  ")),
        // Space to write on is useless on a screen; the printed formats have it.
        Block::Space(_) => Ok(()),
        Block::Table { columns, rows } => {
            let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
            page.push_str(&line(columns.iter().map(|column| escape(column.as_str())).collect()));
            page.push_str(&line(columns.iter().map(|_| "---".to_owned()).collect()));
            for row in rows {
                // A row is one line, so line breaks in own words become spaces.
                page.push_str(&line(row.iter().map(|entry| answer(entry, "").replace("\\\n", " ")).collect()));
            }
            Ok(())
        }
        Block::Factors { lead, factors, .. } => {
            let _ = writeln!(page, "- {}", escape(lead.as_str()));
            for factor in factors {
                let _ = writeln!(page, "  - {}", with_mark(factor.text.as_str(), &factor.mark));
                for fact in &factor.beside {
                    let _ = writeln!(page, "    - {}", write_fact(fact, "      "));
                }
            }
            Ok(())
        }
        Block::Short { label, lines } => {
            let lines: Vec<String> = lines.iter().map(|(text, mark)| with_mark(text.as_str(), mark)).collect();
            writeln!(page, "- **{}:** {}", escape(label.as_str()), lines.join(" "))
        }
        Block::Step(number, text) => writeln!(page, "{number}. {}", escape(text.as_str())),
        Block::ToAsk { ticked, text, mark, .. } => {
            writeln!(page, "- {} {}", if *ticked { "☒" } else { "☐" }, with_mark(text.as_str(), mark))
        }
        Block::Because { label, choices: shared } => {
            writeln!(page, "{}: {}", escape(label.as_str()), escape(&choices(shared)))
        }
        Block::Meaning { text, mark, .. } => writeln!(page, "  - {}", with_mark(text.as_str(), mark)),
        Block::Legend { mark, text } => writeln!(page, "{} {}", escape(mark), escape(text.as_str())),
        Block::Claim { text, mark, limits, because, beside, .. } => {
            let _ = writeln!(page, "- {}", with_mark(text.as_str(), mark));
            for (limit, mark) in limits {
                let _ = writeln!(page, "  - **{}**", with_mark(limit.as_str(), mark));
            }
            if !because.is_empty() {
                let _ = writeln!(page, "  - {}: {}", escape(outline.because.as_str()), escape(&choices(because)));
            }
            for fact in beside {
                let _ = writeln!(page, "  - {}", write_fact(fact, "    "));
            }
            Ok(())
        }
    };
}

fn write_fact(fact: &Fact, indent: &str) -> String {
    format!("**{}:** {}", escape(fact.term().as_str()), answer(&fact.entry, indent))
}

/// An answer; one that is not known is in brackets and italics.
fn answer(entry: &AnswerText, indent: &str) -> String {
    let text = escape(entry.text.as_str());
    let text = if entry.says || text.is_empty() { text } else { format!("*\\[{text}\\]*") };
    let own_words = entry.own.as_ref().map(|words| quoted(words, indent)).unwrap_or_default();
    format!("{text}{}{own_words}", entry.joint)
}

/// Own words in quotation marks, with their language if it differs from the page's.
fn quoted(words: &ForeignText, indent: &str) -> String {
    let language = words.language.as_ref().map(|tag| format!(" \\[{tag}\\]")).unwrap_or_default();
    format!("\u{201c}{}\u{201d}{language}", continued(words.text.as_str(), indent))
}

fn with_mark(text: &str, mark: &str) -> String {
    if mark.is_empty() { escape(text) } else { format!("{} {mark}", escape(text)) }
}

/// A text with line breaks as one block: each becomes a hard break, indented to stay inside the block.
fn continued(text: &str, indent: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(escape).collect();
    lines.join(&format!("\\\n{indent}"))
}

/// Puts a backslash before every character that could start markup.
///
/// Inside a line these are the inline marks, `&` and `<`. Escaping `@`, `://` and `www.` prevents automatic links. List and
/// heading marks are escaped only at the start of a line, to keep prose readable.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let trimmed = text.trim_start();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    for (index, c) in trimmed.char_indices() {
        let starts_block = match c {
            '#' | '+' | '-' | '=' => index == 0,
            '.' | ')' => index > 0 && index == digits,
            _ => false,
        };
        let is_inline_mark = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '!' | '$' | '^' | '{' | '}' | '@'
        );
        let starts_link = (c == ':' && trimmed[index..].starts_with("://"))
            || (c == '.' && trimmed[..index].to_lowercase().ends_with("www"));
        if starts_block || is_inline_mark || starts_link {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
