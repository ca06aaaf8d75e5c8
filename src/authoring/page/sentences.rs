//! The table of sentences: each with its item, its strength and its limits, in every language.

use super::writer::{SignOffPage, escape, table};
use crate::authoring::show::numbers;
use crate::pack::{LocalizedText, Statement, sentences};

pub(super) fn write(page: &SignOffPage<'_>) -> String {
    let statements = &page.pack.statements;
    let mut part = String::from(
        "<section>\n<h2>What may be printed</h2>\n<p class=\"lead\">Every sentence, the place it comes from, and how strong the source's claim is. \
         Compare each with the source. \
         Sentences with a dotted line only explain: they have no word of strength.</p>\n",
    );
    let table = |title: &str, note: &str, rows: Vec<String>| {
        let table = table("sentences", &["Place in the source", "Sentence", "How it is printed"], rows.into_iter());
        format!("<h3>{title}</h3>\n<p class=\"lead\">{note}</p>\n{table}")
    };
    let plain = |list: &[Statement]| list.iter().map(|statement| row(page, statement, &[], "")).collect::<Vec<_>>();
    part.push_str(&table("What it is", "On every copy.", vec![row(page, &statements.procedure, &[], "")]));
    let benefits = statements.benefits.iter().map(|benefit| {
        let limits: Vec<&Statement> = benefit.limits.iter().map(|limit| &statements.limits[*limit]).collect();
        row(page, &benefit.statement, &limits, "")
    });
    part.push_str(&table("Potential benefits", "Only if a rule applies, in the source's order.", benefits.collect()));
    if !statements.limits.is_empty() {
        part.push_str(&table("Limits", "Together with a benefit.", plain(&statements.limits)));
    }
    let variability = statements.variability.iter().map(|variability| {
        let questions = variability.questions.iter().map(|question| &page.pack.questions[*question]);
        let questions: Vec<String> = questions
            .map(|question| format!("“{}” ({})", question.title.in_language(page.language), question.id))
            .collect();
        row(page, &variability.statement, &[], &format!("with the answers to {}", questions.join(", ")))
    });
    part.push_str(&table("What results can vary with", "On every copy.", variability.collect()));
    part.push_str(&table("Safety", "On every copy, all of it.", plain(&statements.safety)));
    part.push_str(&table("Consultation", "On every copy.", plain(&statements.consult)));
    part.push_str(&table(
        "Not covered",
        "For a concern on which the source says nothing.",
        plain(&statements.not_covered),
    ));
    if !page.pack.glossary.is_empty() {
        let rows = page.pack.glossary.iter().map(|term| {
            let places: Vec<String> = term.cites.iter().map(|cites| page.pack.citation_text(*cites)).collect();
            let word = page.text(&term.word);
            format!(
                "<tr><td class=\"item\"><code>{}</code></td><td><b>{word}</b> {}</td><td class=\"how\"></td></tr>\n",
                places.join(", "),
                all_languages(page, &term.text)
            )
        });
        part.push_str(&table("Glossary", "Explanations of words that a patient may not know.", rows.collect()));
    }
    part.push_str("</section>\n");
    part
}

/// Returns a text in all languages, the chosen one first.
fn all_languages(page: &SignOffPage<'_>, wording: &LocalizedText) -> String {
    page.text(wording) + &page.translations(wording, "p")
}

/// Returns a statement in all languages. Sentences without a word of strength are marked for the reviewer.
fn marked(page: &SignOffPage<'_>, statement: &Statement) -> String {
    if statement.explains.is_empty() {
        return all_languages(page, &statement.text);
    }
    let text = statement.text.in_language(page.language).as_str();
    let sentences = sentences(text).enumerate().map(|(index, sentence)| {
        let sentence = escape(sentence);
        if statement.explains.contains(&index) {
            format!("<span class=\"explains\">{sentence}</span>")
        } else {
            sentence
        }
    });
    sentences.collect::<Vec<_>>().join(" ") + &page.translations(&statement.text, "p")
}

fn row(page: &SignOffPage<'_>, statement: &Statement, limits: &[&Statement], note: &str) -> String {
    let pack = page.pack;
    let places = statement.cites.iter().map(|cites| {
        let item = &pack.sources[cites.source].items[cites.item];
        format!("{}<br><code>{}</code>", page.text(&item.title), pack.citation_text(*cites))
    });
    let places: Vec<String> = places.collect();
    let place = if places.is_empty() { "none: it makes no claim".to_owned() } else { places.join("<br>") };
    let limits: String =
        limits.iter().map(|limit| format!("<p class=\"limit\">always with: {}</p>", page.text(&limit.text))).collect();
    let strength = statement
        .modality
        .as_ref()
        .map(|modality| format!("<span class=\"tag strength\">{}</span><br>", escape(modality)));
    let review = &statement.review;
    let by =
        review.by.as_ref().zip(review.on).map(|(by, on)| format!("<br>reviewed by {} on {on}", escape(by.as_str())));
    let due = review.due.map(|due| format!("<br>next review due {}", page.due(due)));
    let explains =
        (!statement.explains.is_empty()).then(|| format!("<br>no word of strength: {}", numbers(&statement.explains)));
    format!(
        "<tr><td class=\"item\">{place}</td><td>{}{limits}</td><td class=\"how\">{}<code>{}</code>{}{}{}</td></tr>\n",
        marked(page, statement),
        strength.unwrap_or_default(),
        statement.id,
        page.coverage_gap("statements", &statement.id),
        if note.is_empty() { String::new() } else { format!("<br>{}", escape(note)) },
        [explains, by, due].into_iter().flatten().collect::<String>(),
    )
}
