//! A diagram of the links from concerns to source items: concerns on the left, items on the right, a line per link.

use super::writer::{SignOffPage, escape, table};
use crate::authoring::concern_links::{Link, links};
use crate::pack::{Pack, Role, Rule, RuleOutcome};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const ROW_HEIGHT: usize = 27;
const LEFT_X: usize = 365;
const RIGHT_X: usize = 570;
const WIDTH: usize = 790;

/// A line from a concern's row to an item's row, by row index.
struct DiagramLine {
    from: usize,
    to: usize,
    class: &'static str,
    /// Whether the link has a further condition.
    only_if: bool,
}

/// The classes of lines and their meanings, in drawing order: the most important ones last, on top.
const KINDS: [(&str, &str); 4] = [
    ("overview", "overview, matched to nothing"),
    ("none", "not covered"),
    ("own", "in the source's words"),
    ("editorial", "editorial link, our own"),
];

pub(super) fn write(page: &SignOffPage<'_>) -> String {
    let pack = page.pack;
    let Some(concerns) = pack.with_role(Role::Concerns) else { return String::new() };
    let options = pack.questions[concerns].shape.choices();
    // Only items that a benefit cites have a row; the last row is for concerns that no item covers.
    let mut items: Vec<(usize, usize)> = pack
        .statements
        .benefits
        .iter()
        .flat_map(|benefit| benefit.statement.cites.iter().map(|cites| (cites.source, cites.item)))
        .collect();
    items.sort_unstable();
    items.dedup();
    let rows = options.len().max(items.len() + 1);
    let place = |index: usize, count: usize| 22 + (index * 2 + 1) * (rows * ROW_HEIGHT) / (count * 2);
    let (left, right) = (|index: usize| place(index, options.len()), |index: usize| place(index, items.len() + 1));

    let links = links(pack);
    let lines: Vec<DiagramLine> = links.iter().flat_map(|link| lines_of(pack, link, &items)).collect();
    let mut part = String::from(
        "<section class=\"map-part\">\n<h2>From what is chosen to its source</h2>\n<p class=\"lead\">The links are fixed and the same for every patient. Nothing \
         is ranked, scored or counted.</p>\n<p class=\"key\">",
    );
    let sample =
        |class: &str| format!("<svg class=\"map\" viewBox=\"0 0 40 8\"><path class=\"{class}\" d=\"M0 4H40\"/></svg>");
    for (class, meaning) in KINDS.iter().rev() {
        let _ = write!(part, "<span>{}{meaning}</span>", sample(class));
    }
    let _ = writeln!(part, "<span>{}dotted: only if a further condition is met</span></p>", sample("own only-if"));
    let _ = writeln!(
        part,
        "<svg class=\"map\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"Links from each concern to the places in the source; the table below lists the same links\">",
        rows * ROW_HEIGHT + 44
    );
    for (class, _) in KINDS {
        for line in lines.iter().filter(|line| line.class == class) {
            let (x, y, to_x, to_y) = (LEFT_X + 6, left(line.from), RIGHT_X - 6, right(line.to));
            let middle = usize::midpoint(x, to_x);
            let only_if = if line.only_if { " only-if" } else { "" };
            let _ = writeln!(
                part,
                "<path class=\"{class}{only_if}\" d=\"M{x} {y} C{middle} {y} {middle} {to_y} {to_x} {to_y}\"/>"
            );
        }
    }
    for (index, option) in options.iter().enumerate() {
        let y = left(index);
        let _ = writeln!(
            part,
            "<circle cx=\"{LEFT_X}\" cy=\"{y}\" r=\"3\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            LEFT_X - 10,
            y + 4,
            truncate(page.text(&option.text))
        );
    }
    for (index, (source, item)) in items.iter().enumerate() {
        let y = right(index);
        let (source, item) = (&pack.sources[*source], &pack.sources[*source].items[*item]);
        let _ = writeln!(
            part,
            "<circle cx=\"{RIGHT_X}\" cy=\"{y}\" r=\"3\"/><text x=\"{}\" y=\"{}\">{}</text>",
            RIGHT_X + 10,
            y + 1,
            page.text(&item.title)
        );
        let _ = writeln!(
            part,
            "<text class=\"id\" x=\"{}\" y=\"{}\">{}#{}</text>",
            RIGHT_X + 10,
            y + 14,
            source.id,
            item.id
        );
    }
    let y = right(items.len());
    let _ = writeln!(
        part,
        "<circle cx=\"{RIGHT_X}\" cy=\"{y}\" r=\"3\"/><text x=\"{}\" y=\"{}\">No item: recorded, no claim printed</text>\n</svg>",
        RIGHT_X + 10,
        y + 4
    );
    part.push_str(&links_table(page, concerns, &links));
    part.push_str("</section>\n");
    part
}

/// Shortens a text to what fits into the diagram; the table under it has the whole text.
fn truncate(text: String) -> String {
    if text.chars().count() <= 62 { text } else { text.chars().take(60).chain(['…']).collect() }
}

fn lines_of(pack: &Pack, link: &Link<'_>, items: &[(usize, usize)]) -> Vec<DiagramLine> {
    let line = |to, class| DiagramLine { from: link.choice, to, class, only_if: link.only_if.is_some() };
    let mut lines = Vec::new();
    for outcome in &link.rule.say {
        match outcome {
            RuleOutcome::NotCovered(_) => lines.push(line(items.len(), "none")),
            RuleOutcome::Benefit { benefit, editorial, .. } => {
                let class = match (link.rule.overview, editorial) {
                    (true, _) => "overview",
                    (false, true) => "editorial",
                    (false, false) => "own",
                };
                let cites = pack.statements.benefits[*benefit].statement.cites.iter();
                let places =
                    cites.filter_map(|cites| items.iter().position(|item| *item == (cites.source, cites.item)));
                lines.extend(places.map(|to| line(to, class)));
            }
        }
    }
    lines
}

/// Returns the links as a table for screen readers, with conditions and limits that the diagram has no room for.
fn links_table(page: &SignOffPage<'_>, concerns: usize, links: &[Link<'_>]) -> String {
    let pack = page.pack;
    let head = ["When this is chosen", "and only if", "this is printed"];
    let rows = links.chunk_by(|link, next| std::ptr::eq(link.rule, next.rule) && link.only_if == next.only_if);
    let rows = rows.map(|links| {
        let rule = links[0].rule;
        let chosen: Vec<String> = links
            .iter()
            .map(|link| {
                let choice = &pack.questions[concerns].shape.choices()[link.choice];
                format!("{} <code>{}</code>", page.text(&choice.text), choice.code)
            })
            .collect();
        let only_if = links[0].only_if.as_ref().map(|only_if| page.condition(only_if)).unwrap_or_default();
        let printed: Vec<String> = rule.say.iter().map(|outcome| outcome_html(page, rule, outcome)).collect();
        format!(
            "<tr><td>{}<br><small>rule <code>{}</code></small>{}</td><td>{only_if}</td><td>{}</td></tr>\n",
            chosen.join("; "),
            rule.id,
            page.coverage_gap("rules", &rule.id),
            printed.join("<br>")
        )
    });
    table("links", &head, rows)
}

fn outcome_html(page: &SignOffPage<'_>, rule: &Rule, outcome: &RuleOutcome) -> String {
    let (pack, statements) = (page.pack, &page.pack.statements);
    match outcome {
        RuleOutcome::NotCovered(statement) => {
            let statement = &statements.not_covered[*statement];
            format!("{} <code>{}</code>", page.text(&statement.text), statement.id)
        }
        RuleOutcome::Benefit { benefit, limits, editorial, signed_off, .. } => {
            let benefit = &statements.benefits[*benefit];
            let places: Vec<String> = benefit
                .statement
                .cites
                .iter()
                .map(|cites| {
                    let item = &pack.sources[cites.source].items[cites.item];
                    format!("{} [{}]", page.text(&item.title), pack.citation_text(*cites))
                })
                .collect();
            let all: BTreeSet<usize> = benefit.limits.iter().chain(limits).copied().collect();
            let limits: String = all
                .iter()
                .map(|limit| &statements.limits[*limit])
                .map(|limit| {
                    format!("<p class=\"limit\">with: {} <code>{}</code></p>", page.text(&limit.text), limit.id)
                })
                .collect();
            let signed = signed_off.as_ref().map(|(by, on)| format!(", signed off by {} on {on}", escape(by.as_str())));
            let editorial = if *editorial {
                format!(" <span class=\"tag editorial\">editorial{}</span>", signed.unwrap_or_default())
            } else {
                String::new()
            };
            let overview = if rule.overview { " <span class=\"tag\">overview</span>" } else { "" };
            format!("{} <code>{}</code>{editorial}{overview}{limits}", places.join("; "), benefit.statement.id)
        }
    }
}
