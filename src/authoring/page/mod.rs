//! One self-contained page for the clinician who signs a pack off: it has no script, loads nothing, and can be printed.

mod flow;
mod link_diagram;
mod overview;
mod sentences;
mod writer;

use super::coverage::Coverage;
use crate::pack::{Language, Pack};
use chrono::NaiveDate;
use writer::{SignOffPage, escape};

/// Renders the page as of a date. With `coverage`, the parts that no case covers are marked.
#[must_use]
pub fn html(pack: &Pack, language: Language, coverage: Option<&Coverage>, date: NaiveDate) -> String {
    let page = SignOffPage { pack, language, coverage, date };
    let title = escape(pack.title.in_language(language).as_str());
    let parts = [page.head(), page.status(), flow::write(&page), link_diagram::write(&page), sentences::write(&page)];
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}: for sign-off</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\
         <footer>{id} {version} · as of {date} · <code>{hash}</code></footer>\n</body>\n</html>\n",
        tag = escape(pack.tag(language)),
        style = include_str!("style.css"),
        body = parts.concat(),
        id = pack.id,
        version = pack.version,
        hash = pack.hash,
    )
}
