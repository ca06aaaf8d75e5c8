//! Legends of the language marks, each after the first use of its mark.

use super::{AnswerText, Block, Part};
use crate::foreign_text::ForeignText;
use crate::messages::Messages;
use crate::printable::Printable;

/// Appends to each part the legends of the language marks that occur there for the first time.
pub(super) fn of_languages(parts: &mut [Part], messages: &Messages) {
    let mut known: Vec<String> = Vec::new();
    for part in parts {
        let mut legends = Vec::new();
        for foreign in part.blocks.iter().flat_map(foreign_texts) {
            let (Some(mark), Some(language)) = (foreign.mark(), &foreign.language) else { continue };
            if !known.contains(language) {
                known.push(language.clone());
                let text = messages.format("language-note", [("tag", language.as_str().into())]);
                legends.push(Block::Legend { mark, text: Printable::line(&text) });
            }
        }
        // The blank lines to write on stay at the end of the part.
        let end = part.blocks.iter().position(|block| matches!(block, Block::Space(_))).unwrap_or(part.blocks.len());
        part.blocks.splice(end..end, legends);
    }
}

/// Returns the texts in a block that may be in another language than the copy.
fn foreign_texts(block: &Block) -> Vec<&ForeignText> {
    fn foreign_text(entry: &AnswerText) -> Option<&ForeignText> {
        entry.own.as_ref()
    }
    match block {
        Block::ClinicText(own) | Block::OwnWords(own) => vec![own],
        Block::Fact(fact) | Block::NotAsked(fact) => foreign_text(&fact.entry).into_iter().collect(),
        Block::Factors { factors, .. } => {
            factors.iter().flat_map(|factor| &factor.beside).filter_map(|fact| foreign_text(&fact.entry)).collect()
        }
        Block::Claim { beside, .. } => beside.iter().filter_map(|fact| foreign_text(&fact.entry)).collect(),
        Block::Table { rows, .. } => rows.iter().flatten().filter_map(foreign_text).collect(),
        Block::Text(_)
        | Block::Because { .. }
        | Block::Meaning { .. }
        | Block::Legend { .. }
        | Block::Space(_)
        | Block::Short { .. }
        | Block::Step(..)
        | Block::ToAsk { .. } => Vec::new(),
    }
}
