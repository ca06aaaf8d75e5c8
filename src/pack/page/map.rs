//! The table from concern to source item as a picture: concerns on the left, items on the right, a line for each link.

use super::super::{Pack, Role, Rule, Say, Test};
use super::{Page, escape};
use std::fmt::Write as _;

const ROW: usize = 27;
const LEFT: usize = 365;
const RIGHT: usize = 570;
const WIDTH: usize = 790;

/// A link from a concern's row to an item's row.
struct Link {
    from: usize,
    to: usize,
    class: &'static str,
}

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

    let mut links = Vec::new();
    for rule in &pack.rules {
        for from in named(rule, concerns) {
            links.extend(links_of(pack, rule, &items).into_iter().map(|(to, class)| Link { from, to, class }));
        }
    }
    let mut part = String::from(
        "<section class=\"map-part\">\n<h2>From what is chosen to its source</h2>\n<p class=\"lead\">Fixed, and the same for everybody. Nothing \
         is ranked, scored or counted.</p>\n<p class=\"key\"><span><i></i>in the source's words</span><span><i class=\"editorial\"></i>editorial link, \
         our own</span><span><i class=\"overview\"></i>overview, matched to nothing</span><span><i class=\"none\"></i>not covered</span></p>\n",
    );
    let _ = writeln!(
        part,
        "<svg class=\"map\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"Links from each concern to the places in the source; the table below says the same in words\">",
        rows * ROW + 44
    );
    // Those that matter most are drawn last, on top.
    for class in ["overview", "none", "own", "editorial"] {
        for link in links.iter().filter(|link| link.class == class) {
            let (x, y, to_x, to_y) = (LEFT + 6, left(link.from), RIGHT - 6, right(link.to));
            let middle = usize::midpoint(x, to_x);
            let _ =
                writeln!(part, "<path class=\"{class}\" d=\"M{x} {y} C{middle} {y} {middle} {to_y} {to_x} {to_y}\"/>");
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
    part.push_str(&in_words(page, concerns));
    part.push_str("</section>\n");
    part
}

/// What fits into the picture; the table under it has all of it.
fn shortened(text: String) -> String {
    if text.chars().count() <= 62 { text } else { text.chars().take(60).chain(['…']).collect() }
}

fn named(rule: &Rule, concerns: usize) -> Vec<usize> {
    let tests = rule.when.tests();
    let chosen = tests.iter().filter(|(question, _)| *question == concerns).filter_map(|(_, test)| match test {
        Test::Chosen(choice) => Some(*choice),
        _ => None,
    });
    chosen.collect()
}

fn links_of(pack: &Pack, rule: &Rule, items: &[(usize, usize)]) -> Vec<(usize, &'static str)> {
    let mut links = Vec::new();
    for say in &rule.say {
        match say {
            Say::NotCovered(_) => links.push((items.len(), "none")),
            Say::Benefit { benefit, editorial, .. } => {
                let class = if rule.overview {
                    "overview"
                } else if *editorial {
                    "editorial"
                } else {
                    "own"
                };
                let cites = pack.statements.benefits[*benefit].statement.cites.iter();
                links.extend(cites.filter_map(|cites| {
                    Some((items.iter().position(|item| *item == (cites.source, cites.item))?, class))
                }));
            }
        }
    }
    links
}

/// The same, for those who cannot see the picture, and with what it has no room for.
fn in_words(page: &Page<'_>, concerns: usize) -> String {
    let pack = page.pack;
    let mut table =
        String::from("<table>\n<tr><th>When this is chosen</th><th>and</th><th>this is printed</th></tr>\n");
    for rule in &pack.rules {
        let chosen: Vec<String> = named(rule, concerns)
            .into_iter()
            .map(|choice| page.text(&pack.questions[concerns].shape.choices()[choice].text))
            .collect();
        let simple = matches!(rule.when, super::super::Condition::Test(..));
        let and = if simple { String::new() } else { escape(&super::super::show::in_words(&rule.when, pack)) };
        let says: Vec<String> = rule.say.iter().map(|say| said(page, rule, say)).collect();
        let _ = writeln!(
            table,
            "<tr><td>{} <code>{}</code>{}</td><td>{and}</td><td>{}</td></tr>",
            chosen.join("; "),
            rule.id,
            page.gap("rules", &rule.id),
            says.join("<br>")
        );
    }
    table.push_str("</table>\n");
    table
}

fn said(page: &Page<'_>, rule: &Rule, say: &Say) -> String {
    let statements = &page.pack.statements;
    match say {
        Say::NotCovered(statement) => format!("<code>{}</code>", statements.not_covered[*statement].id),
        Say::Benefit { benefit, limits, editorial, signed_off } => {
            let benefit = &statements.benefits[*benefit];
            let cites: Vec<String> = benefit.statement.cites.iter().map(|cites| page.pack.cite(*cites)).collect();
            let mut all: Vec<usize> = benefit.limits.iter().chain(limits).copied().collect();
            all.dedup();
            let limits: Vec<&str> = all.iter().map(|limit| statements.limits[*limit].id.as_str()).collect();
            let limits =
                if limits.is_empty() { String::new() } else { format!(" with <code>{}</code>", limits.join(", ")) };
            let signed = signed_off.as_ref().map(|(by, on)| format!(", signed off by {} on {on}", escape(by.as_str())));
            let editorial = if *editorial {
                format!(" <span class=\"tag editorial\">editorial{}</span>", signed.unwrap_or_default())
            } else {
                String::new()
            };
            let overview = if rule.overview { " <span class=\"tag\">overview</span>" } else { "" };
            format!("<code>{}</code> [{}]{limits}{editorial}{overview}", benefit.statement.id, cites.join(", "))
        }
    }
}
