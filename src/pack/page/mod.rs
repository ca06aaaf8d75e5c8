//! One self-contained page for the clinician who signs a pack off: no script, nothing loaded, and it prints.

mod flow;
mod map;
mod sentences;

use super::links::{Link, links};
use super::{Coverage, Language, Open, Pack, Role};
use chrono::NaiveDate;
use std::fmt::Write as _;

/// The page, of a day. With `coverage`, what no case has been through is marked.
#[must_use]
pub fn html(pack: &Pack, language: Language, coverage: Option<&Coverage>, date: NaiveDate) -> String {
    let page = Page { pack, language, coverage, date };
    let title = escape(pack.title.in_language(language).as_str());
    let parts = [page.head(), page.open(), flow::write(&page), map::write(&page), sentences::write(&page)];
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

/// What the parts of the page are written from.
struct Page<'p> {
    pack: &'p Pack,
    language: Language,
    coverage: Option<&'p Coverage>,
    date: NaiveDate,
}

impl Page<'_> {
    fn text(&self, wording: &super::Wording) -> String {
        escape(wording.in_language(self.language).as_str())
    }

    /// The same in the pack's other languages, each as an element of that name.
    fn others(&self, wording: &super::Wording, element: &str) -> String {
        let languages = self.pack.languages.iter().enumerate().map(|(at, tag)| (Language(at), tag));
        languages
            .filter(|(language, _)| *language != self.language)
            .map(|(language, tag)| {
                let (tag, text) = (escape(tag), escape(wording.in_language(language).as_str()));
                format!("<{element} class=\"other\" lang=\"{tag}\">{text}</{element}>")
            })
            .collect()
    }

    /// A condition in words and names.
    fn says(&self, condition: &super::Condition) -> String {
        escape(&super::says::says(condition, self.pack, self.language))
    }

    /// A day on which a review is due, and whether it has passed.
    fn due(&self, due: NaiveDate) -> String {
        let past = if due < self.date { " <span class=\"tag gap\">past due</span>" } else { "" };
        format!("{due}{past}")
    }

    /// A mark, if no case has been through this thing.
    fn gap(&self, part: &str, thing: &str) -> &'static str {
        let part = self.coverage.and_then(|coverage| coverage.parts.iter().find(|known| known.name == part));
        let is_missing = part.is_some_and(|part| part.missing().any(|missing| missing == thing));
        if is_missing { " <span class=\"tag gap\">no case</span>" } else { "" }
    }

    fn head(&self) -> String {
        let pack = self.pack;
        let signed = |value: Option<String>, name: &str| {
            let value = value.map(|value| format!("<b>{value}</b>")).unwrap_or_default();
            format!("<div>{value}<span>{name}</span></div>")
        };
        let review = &pack.review;
        let mut head = format!(
            "<header>\n<h1>{}</h1>\n<p class=\"lead\">Everything that the pack <b>{}</b> asks and may print, for the person who signs it off. \
             Version {}, languages {}. As of {}.</p>\n{}<div class=\"notice\"><p>{}</p>{}</div>\n",
            self.text(&pack.title),
            pack.id,
            pack.version,
            escape(&pack.languages.join(", ")),
            self.date,
            self.others(&pack.title, "p"),
            self.text(&pack.notice),
            self.others(&pack.notice, "p"),
        );
        let _ = writeln!(
            head,
            "<div class=\"sign\">{}{}{}{}</div>",
            signed(
                review.by.as_ref().map(|by| escape(by.as_str())),
                if review.by.is_some() { "Reviewed by" } else { "Reviewed by (not yet reviewed by a clinician)" }
            ),
            signed(review.on.map(|day| day.to_string()), "On"),
            signed(review.due.map(|day| self.due(day)), "Next review due"),
            signed(None, "Signature"),
        );
        head.push_str("</header>\n");
        head
    }

    /// An editorial link in full: what is chosen and what that prints are what somebody agrees to, and not their names.
    fn editorial(&self, links: &[Link<'_>], rule: &str, statement: &str, cites: &[String]) -> String {
        let quoted = |wording: &super::Wording| format!("“{}”{}", self.text(wording), self.others(wording, "small"));
        let choices = self.pack.with_role(Role::Concerns).map(|at| self.pack.questions[at].shape.choices());
        let chosen = links.iter().filter(|link| link.rule.id == rule).filter_map(|link| choices?.get(link.choice));
        let chosen: Vec<String> = chosen.map(|choice| quoted(&choice.text)).collect();
        let benefits = &self.pack.statements.benefits;
        let printed = benefits.iter().find(|benefit| benefit.statement.id == statement);
        format!(
            "<span class=\"tag editorial\">editorial</span> {} → {} <code>{rule} → {statement} ({})</code>",
            chosen.join("; "),
            printed.map(|benefit| quoted(&benefit.statement.text)).unwrap_or_default(),
            cites.join(", ")
        )
    }

    /// How much there is, what of it has a case, and what waits for a person.
    fn open(&self) -> String {
        let mut part = String::from("<section>\n<h2>Where it stands</h2>\n<div class=\"numbers\">");
        for covered in self.coverage.iter().flat_map(|coverage| &coverage.parts) {
            let (total, missing) = (covered.things.len(), covered.missing().count());
            let _ = write!(part, "<div><b>{} of {total}</b>{} with a case</div>", total - missing, covered.name);
        }
        part.push_str("</div>\n");
        let open = self.pack.open();
        if open.is_empty() {
            part.push_str("<p>Nothing waits for a signature.</p>\n");
        } else {
            part.push_str("<p>These wait for a person. Tick what you agree to.</p>\n<ul class=\"open\">\n");
            let links = links(self.pack);
            for open in open {
                let what = match &open {
                    Open::Editorial { rule, statement, cites } => self.editorial(&links, rule, statement, cites),
                    Open::NotReviewed | Open::Unnamed { .. } => escape(&open.to_string()),
                };
                let _ = writeln!(part, "<li><span class=\"box\"></span>{what}</li>");
            }
            part.push_str("</ul>\n");
        }
        for (at, source) in self.pack.sources.iter().enumerate() {
            let named = |what: &str, value: &Option<crate::printable::Printable>| {
                value
                    .as_ref()
                    .map_or_else(|| format!("{what} not named"), |value| format!("{what} {}", escape(value.as_str())))
            };
            let _ = writeln!(
                part,
                "<p>Source <b>{}</b>: {}; {}, {}, {}. <code>SHA-256 {}</code></p>",
                source.id,
                escape(source.title.as_str()),
                named("author", &source.author),
                named("publisher", &source.publisher),
                named("date", &source.published),
                source.sha256
            );
            for item in self.pack.left_out(at) {
                let title = self.text(&item.title);
                let _ = writeln!(part, "<p>Left out on purpose: {title} <code>{}#{}</code></p>", source.id, item.id);
            }
        }
        part.push_str("</section>\n");
        part
    }
}

/// A table whose head is printed again on each page.
fn table(class: &str, head: &[&str], rows: impl Iterator<Item = String>) -> String {
    let head: String = head.iter().map(|head| format!("<th>{head}</th>")).collect();
    format!(
        "<table class=\"{class}\">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n",
        rows.collect::<Vec<_>>().concat()
    )
}

/// Text as HTML shows it.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
