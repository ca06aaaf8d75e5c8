//! What the marks of other languages mean, where the first of each stands.

use super::{AnswerText, Block, Part};
use crate::foreign_text::ForeignText;
use crate::messages::Messages;
use crate::printable::Printable;

/// Says at the end of a part what the marks mean that are the first of their language on the copy.
pub(super) fn of_languages(parts: &mut [Part], words: &Messages) {
    let mut known: Vec<String> = Vec::new();
    for part in parts {
        let mut legends = Vec::new();
        for own in part.blocks.iter().flat_map(own_words) {
            let (Some(mark), Some(language)) = (own.mark(), &own.language) else { continue };
            if !known.contains(language) {
                known.push(language.clone());
                let text = words.format("language-note", [("tag", language.as_str().into())]);
                legends.push(Block::Legend { mark, text: Printable::line(&text) });
            }
        }
        // Before the lines to write on, which have the end of the page.
        let end = part.blocks.iter().position(|block| matches!(block, Block::Space(_))).unwrap_or(part.blocks.len());
        part.blocks.splice(end..end, legends);
    }
}

/// The words of somebody's own that a block prints.
fn own_words(block: &Block) -> Vec<&ForeignText> {
    fn of(entry: &AnswerText) -> Option<&ForeignText> {
        entry.own.as_ref()
    }
    match block {
        Block::ClinicText(own) | Block::OwnWords(own) => vec![own],
        Block::Fact(fact) | Block::NotAsked(fact) => of(&fact.entry).into_iter().collect(),
        Block::Claim { beside, .. } => beside.iter().filter_map(|fact| of(&fact.entry)).collect(),
        Block::Table { rows, .. } => rows.iter().flatten().filter_map(of).collect(),
        Block::Text(_) | Block::Because { .. } | Block::Meaning { .. } | Block::Legend { .. } | Block::Space(_) => {
            Vec::new()
        }
    }
}
