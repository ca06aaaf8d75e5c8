//! The table from concern to source item as a picture: concerns on the left, items on the right, a line for each link.

use super::writer::{Page, escape, table};
use crate::authoring::concern_links::{Link, links};
use crate::pack::{Pack, Role, Rule, RuleOutcome};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const ROW: usize = 27;
const LEFT: usize = 365;
const RIGHT: usize = 570;
const WIDTH: usize = 790;

/// A line from a concern's row to an item's row.
struct Line {
    from: usize,
    to: usize,
    class: &'static str,
    /// Whether something else has to be so besides.
    only_if: bool,
}

/// The kinds of lines, in the order drawn: those that matter most last, on top.
const KINDS: [(&str, &str); 4] = [
    ("overview", "overview, matched to nothing"),
    ("none", "not covered"),
    ("own", "in the source's words"),
    ("editorial", "editorial link, our own"),
];

pub(super) fn write(page: &Page<'_>) -> String {
    let pack = page.pack;
    let Some(concerns) = pack.with_role(Role::Concerns) else { return String::new() };
    let options = pack.questions[concerns].shape.choices();
    // Only items that a benefit can cite are ends of a line; the last row is for what no item covers.
    let mut items: Vec<(usize, usize)> = pack
        .statements
        .benefits
        .iter()
        .flat_map(|benefit| benefit.statement.cites.iter().map(|cites| (cites.source, cites.item)))
        .collect();
    items.sort_unstable();
    items.dedup();
    let rows = options.len().max(items.len() + 1);
    let place = |at: usize, of: usize| 22 + (at * 2 + 1) * (rows * ROW) / (of * 2);
    let (left, right) = (|at: usize| place(at, options.len()), |at: usize| place(at, items.len() + 1));

    let links = links(pack);
    let lines: Vec<Line> = links.iter().flat_map(|link| lines_of(pack, link, &items)).collect();
    let mut part = String::from(
        "<section class=\"map-part\">\n<h2>From what is chosen to its source</h2>\n<p class=\"lead\">Fixed, and the same for everybody. Nothing \
         is ranked, scored or counted.</p>\n<p class=\"key\">",
    );
    let sample =
        |class: &str| format!("<svg class=\"map\" viewBox=\"0 0 40 8\"><path class=\"{class}\" d=\"M0 4H40\"/></svg>");
    for (class, meaning) in KINDS.iter().rev() {
        let _ = write!(part, "<span>{}{meaning}</span>", sample(class));
    }
    let _ = writeln!(part, "<span>{}dots: only if something else is so as well</span></p>", sample("own only-if"));
    let _ = writeln!(
        part,
        "<svg class=\"map\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"Links from each concern to the places in the source; the table below says the same in words\">",
        rows * ROW + 44
    );
    for (class, _) in KINDS {
        for line in lines.iter().filter(|line| line.class == class) {
            let (x, y, to_x, to_y) = (LEFT + 6, left(line.from), RIGHT - 6, right(line.to));
            let middle = usize::midpoint(x, to_x);
            let only_if = if line.only_if { " only-if" } else { "" };
            let _ = writeln!(
                part,
                "<path class=\"{class}{only_if}\" d=\"M{x} {y} C{middle} {y} {middle} {to_y} {to_x} {to_y}\"/>"
            );
        }
    }
    for (at, option) in options.iter().enumerate() {
        let y = left(at);
        let _ = writeln!(
            part,
            "<circle cx=\"{LEFT}\" cy=\"{y}\" r=\"3\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            LEFT - 10,
            y + 4,
            shortened(page.text(&option.text))
        );
    }
    for (at, (source, item)) in items.iter().enumerate() {
        let y = right(at);
        let (source, item) = (&pack.sources[*source], &pack.sources[*source].items[*item]);
        let _ = writeln!(
            part,
            "<circle cx=\"{RIGHT}\" cy=\"{y}\" r=\"3\"/><text x=\"{}\" y=\"{}\">{}</text>",
            RIGHT + 10,
            y + 1,
            page.text(&item.title)
        );
        let _ =
            writeln!(part, "<text class=\"id\" x=\"{}\" y=\"{}\">{}#{}</text>", RIGHT + 10, y + 14, source.id, item.id);
    }
    let y = right(items.len());
    let _ = writeln!(
        part,
        "<circle cx=\"{RIGHT}\" cy=\"{y}\" r=\"3\"/><text x=\"{}\" y=\"{}\">No item: noted, nothing claimed</text>\n</svg>",
        RIGHT + 10,
        y + 4
    );
    part.push_str(&in_words(page, concerns, &links));
    part.push_str("</section>\n");
    part
}

/// What fits into the picture; the table under it has all of it.
fn shortened(text: String) -> String {
    if text.chars().count() <= 62 { text } else { text.chars().take(60).chain(['…']).collect() }
}

fn lines_of(pack: &Pack, link: &Link<'_>, items: &[(usize, usize)]) -> Vec<Line> {
    let line = |to, class| Line { from: link.choice, to, class, only_if: link.only_if.is_some() };
    let mut lines = Vec::new();
    for say in &link.rule.say {
        match say {
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

/// The same, for those who cannot see the picture, and with what it has no room for.
fn in_words(page: &Page<'_>, concerns: usize, links: &[Link<'_>]) -> String {
    let pack = page.pack;
    let head = ["When this is chosen", "and only if", "this is printed"];
    let rows = links.chunk_by(|one, next| std::ptr::eq(one.rule, next.rule) && one.only_if == next.only_if);
    let rows = rows.map(|links| {
        let rule = links[0].rule;
        let chosen: Vec<String> = links
            .iter()
            .map(|link| {
                let choice = &pack.questions[concerns].shape.choices()[link.choice];
                format!("{} <code>{}</code>", page.text(&choice.text), choice.code)
            })
            .collect();
        let only_if = links[0].only_if.as_ref().map(|only_if| page.says(only_if)).unwrap_or_default();
        let printed: Vec<String> = rule.say.iter().map(|say| said(page, rule, say)).collect();
        format!(
            "<tr><td>{}<br><small>rule <code>{}</code></small>{}</td><td>{only_if}</td><td>{}</td></tr>\n",
            chosen.join("; "),
            rule.id,
            page.gap("rules", &rule.id),
            printed.join("<br>")
        )
    });
    table("links", &head, rows)
}

fn said(page: &Page<'_>, rule: &Rule, say: &RuleOutcome) -> String {
    let (pack, statements) = (page.pack, &page.pack.statements);
    match say {
        RuleOutcome::NotCovered(statement) => {
            let statement = &statements.not_covered[*statement];
            format!("{} <code>{}</code>", page.text(&statement.text), statement.id)
        }
        RuleOutcome::Benefit { benefit, limits, editorial, signed_off } => {
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
