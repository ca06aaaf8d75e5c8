//! Rendered pages, and their text without markup.

use crate::support::strategies::Draw;
use chrono::NaiveDate;
use preconsult::export::{Exporter, Format};
use preconsult::interview::{FilledInBy, Finished};
use preconsult::pack::Pack;
use preconsult::summary::{CopyKind, Summary, SummaryOptions};
use pulldown_cmark::{Event, Options, Parser, TagEnd};

/// The formats that can be read back as text.
pub(crate) const FORMATS: [Format; 4] = [Format::Text, Format::Markdown, Format::Html, Format::Json];

/// Those of them that print the page for reading.
pub(crate) const PAGES: [Format; 3] = [Format::Text, Format::Markdown, Format::Html];

/// Returns the options for the patient's copy in the pack's first language.
pub(crate) fn english(pack: &Pack) -> SummaryOptions {
    SummaryOptions { copy: CopyKind::Patient, ..setting(&mut Draw::of(&[]), pack) }
}

/// Draws summary options from those that a command line can give.
pub(crate) fn setting(draw: &mut Draw, pack: &Pack) -> SummaryOptions {
    let tags = &pack.languages;
    let language = |draw: &mut Draw| pack.language(&tags[draw.below(tags.len())]).expect("a language of the pack");
    SummaryOptions {
        date: NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date"),
        language: language(draw),
        asked_in: language(draw),
        copy: [CopyKind::Patient, CopyKind::Clinician][draw.below(2)],
        filled_in_by: [None, Some(FilledInBy::Patient), Some(FilledInBy::Together)][draw.below(3)],
    }
}

pub(crate) fn page(summary: &Summary, format: Format) -> String {
    let rendered = Exporter::default().export(summary, format).expect("it can be rendered");
    String::from_utf8(rendered.bytes).expect("a page is UTF-8")
}

/// Renders the page in each of these formats.
pub(crate) fn pages<const N: usize>(
    finished: &Finished<'_>,
    setting: SummaryOptions,
    formats: [Format; N],
) -> [String; N] {
    let summary = Summary::new(finished, setting);
    formats.map(|format| page(&summary, format))
}

/// Returns the text of a page in one line, without markup.
pub(crate) fn plain(page: &str, format: Format) -> String {
    let text = match format {
        Format::Markdown => markdown_text(page),
        Format::Html => html_text(page),
        _ => page.to_owned(),
    };
    one_line(&text)
}

/// Returns a text in one line, with single spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// GitHub's Markdown, which has more markup than CommonMark.
pub(crate) fn github() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES
}

fn markdown_text(page: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(page, github()) {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => {}
            Event::SoftBreak | Event::HardBreak | Event::End(_) => text.push('\n'),
            _ => {}
        }
    }
    text
}

fn html_text(page: &str) -> String {
    let body = page.split_once("<body").map_or(page, |(_, body)| body);
    let mut text = String::new();
    for piece in body.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').expect("a tag ends");
        let inline = ["span", "/span", "strong", "/strong", "em", "/em", "q", "/q"];
        if !inline.contains(&tag.split_whitespace().next().unwrap_or(tag)) {
            text.push('\n');
        }
        text.push_str(after);
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
