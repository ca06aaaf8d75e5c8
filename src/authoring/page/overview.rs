//! The head of the page, and what still needs a person's decision.

use super::writer::{SignOffPage, escape};
use crate::authoring::concern_links::{Link, links};
use crate::pack::{LocalizedText, PendingItem, Role};
use crate::printable::Printable;
use std::fmt::Write as _;

impl SignOffPage<'_> {
    pub(super) fn head(&self) -> String {
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
            self.translations(&pack.title, "p"),
            self.text(&pack.notice),
            self.translations(&pack.notice, "p"),
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

    /// Returns an editorial link with the texts of its choices and its statement: the signature is for these texts.
    fn editorial(&self, links: &[Link<'_>], rule: &str, statement: &str, cites: &[String]) -> String {
        let quoted =
            |wording: &LocalizedText| format!("“{}”{}", self.text(wording), self.translations(wording, "small"));
        let choices = self.pack.with_role(Role::Concerns).map(|index| self.pack.questions[index].shape.choices());
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

    /// Returns the section with the coverage and the items that wait for a person.
    pub(super) fn status(&self) -> String {
        let mut part = String::from("<section>\n<h2>Status</h2>\n<div class=\"numbers\">");
        for covered in self.coverage.iter().flat_map(|coverage| &coverage.parts) {
            let (total, missing) = (covered.things.len(), covered.missing().count());
            let _ = write!(part, "<div><b>{} of {total}</b>{} with a case</div>", total - missing, covered.name);
        }
        part.push_str("</div>\n");
        let open = self.pack.pending_items();
        if open.is_empty() {
            part.push_str("<p>Nothing is waiting for a signature.</p>\n");
        } else {
            part.push_str("<p>These items need a decision. Tick what you agree to.</p>\n<ul class=\"open\">\n");
            let links = links(self.pack);
            for item in open {
                let what = match &item {
                    PendingItem::Editorial { rule, statement, cites } => self.editorial(&links, rule, statement, cites),
                    PendingItem::NotReviewed | PendingItem::IncompleteSource { .. } => escape(&item.to_string()),
                };
                let _ = writeln!(part, "<li><span class=\"box\"></span>{what}</li>");
            }
            part.push_str("</ul>\n");
        }
        for (index, source) in self.pack.sources.iter().enumerate() {
            let named = |what: &str, value: &Option<Printable>| {
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
            for item in self.pack.uncited_items(index) {
                let title = self.text(&item.title);
                let _ = writeln!(part, "<p>Left out on purpose: {title} <code>{}#{}</code></p>", source.id, item.id);
            }
        }
        part.push_str("</section>\n");
        part
    }
}
