//! Open items of a pack: missing reviews, editorial links to sign off, overdue reviews.

use super::content::Pack;
use super::statement::{RuleOutcome, Statement};
use chrono::NaiveDate;

/// An open item that a person has to complete. It is not an error, but it is always shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PendingItem {
    /// The pack has no review.
    NotReviewed,
    /// An editorial link from a rule to a statement has no sign-off.
    Editorial {
        /// Id of the rule.
        rule: String,
        /// Id of the statement.
        statement: String,
        /// Citations of the statement, each as `source#item`.
        cites: Vec<String>,
    },
    /// A source names no author, publisher or date.
    IncompleteSource {
        /// Id of the source.
        source: String,
        /// Missing data: `author`, `publisher` or `date`.
        missing: Vec<&'static str>,
    },
}

impl Pack {
    /// Returns the open items in reading order.
    #[must_use]
    pub fn pending_items(&self) -> Vec<PendingItem> {
        let mut items = Vec::new();
        if self.review.by.is_none() {
            items.push(PendingItem::NotReviewed);
        }
        for rule in &self.rules {
            for say in &rule.say {
                if let RuleOutcome::Benefit { benefit, editorial: true, signed_off: None, .. } = say {
                    let statement = &self.statements.benefits[*benefit].statement;
                    items.push(PendingItem::Editorial {
                        rule: rule.id.clone(),
                        statement: statement.id.clone(),
                        cites: statement.cites.iter().map(|cites| self.citation_text(*cites)).collect(),
                    });
                }
            }
        }
        for source in &self.sources {
            let details = [("author", &source.author), ("publisher", &source.publisher), ("date", &source.published)];
            let missing: Vec<&str> =
                details.into_iter().filter_map(|(name, value)| value.is_none().then_some(name)).collect();
            if !missing.is_empty() {
                items.push(PendingItem::IncompleteSource { source: source.id.clone(), missing });
            }
        }
        items
    }

    /// Returns the reviews due before `today` with their due date. The statement is `None` for the pack's own review.
    #[must_use]
    pub fn overdue(&self, today: NaiveDate) -> Vec<(NaiveDate, Option<&Statement>)> {
        let statements = self.statements.all().map(|(_, statement)| (statement.review.due, Some(statement)));
        let all = std::iter::once((self.review.due, None)).chain(statements);
        all.filter_map(|(due, statement)| Some((due.filter(|due| *due < today)?, statement))).collect()
    }
}

impl std::fmt::Display for PendingItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotReviewed => f.write_str("not yet reviewed by a clinician"),
            Self::Editorial { rule, statement, cites } => {
                write!(f, "editorial link, waits for sign-off: {rule} -> {statement} ({})", cites.join(", "))
            }
            Self::IncompleteSource { source, missing } => {
                write!(f, "the source {source} names no {}", missing.join(", no "))
            }
        }
    }
}
