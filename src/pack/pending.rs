//! Items of a pack that wait for a person: a missing review, an editorial link to sign off, reviews past due.

use super::content::Pack;
use super::statement::{RuleOutcome, Statement};
use chrono::NaiveDate;

/// Something that waits for a person: it is no fault, and it is never hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PendingItem {
    /// Nobody has reviewed the pack.
    NotReviewed,
    /// A rule's link to a statement is the editors' own, and nobody has signed it off.
    Editorial {
        /// The rule.
        rule: String,
        /// The statement.
        statement: String,
        /// The places that it cites, each as `source#item`.
        cites: Vec<String>,
    },
    /// A source names no author, publisher or date.
    Unnamed {
        /// The source.
        source: String,
        /// What it does not name.
        what: Vec<&'static str>,
    },
}

impl Pack {
    /// What waits for a person, in reading order.
    #[must_use]
    pub fn open(&self) -> Vec<PendingItem> {
        let mut open = Vec::new();
        if self.review.by.is_none() {
            open.push(PendingItem::NotReviewed);
        }
        for rule in &self.rules {
            for say in &rule.say {
                if let RuleOutcome::Benefit { benefit, editorial: true, signed_off: None, .. } = say {
                    let statement = &self.statements.benefits[*benefit].statement;
                    open.push(PendingItem::Editorial {
                        rule: rule.id.clone(),
                        statement: statement.id.clone(),
                        cites: statement.cites.iter().map(|cites| self.citation_text(*cites)).collect(),
                    });
                }
            }
        }
        for source in &self.sources {
            let named = [("author", &source.author), ("publisher", &source.publisher), ("date", &source.published)];
            let what: Vec<&str> =
                named.into_iter().filter_map(|(what, value)| value.is_none().then_some(what)).collect();
            if !what.is_empty() {
                open.push(PendingItem::Unnamed { source: source.id.clone(), what });
            }
        }
        open
    }

    /// The reviews that were due before `today`: each with its day and, where it is not the pack's, its statement.
    #[must_use]
    pub fn overdue(&self, today: NaiveDate) -> Vec<(NaiveDate, Option<&Statement>)> {
        let statements = self.statements.all().map(|(_, statement)| (statement.review.due, Some(statement)));
        let all = std::iter::once((self.review.due, None)).chain(statements);
        all.filter_map(|(due, of)| Some((due.filter(|due| *due < today)?, of))).collect()
    }
}

impl std::fmt::Display for PendingItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotReviewed => f.write_str("not yet reviewed by a clinician"),
            Self::Editorial { rule, statement, cites } => {
                write!(f, "editorial link, waits for sign-off: {rule} -> {statement} ({})", cites.join(", "))
            }
            Self::Unnamed { source, what } => write!(f, "the source {source} names no {}", what.join(", no ")),
        }
    }
}
