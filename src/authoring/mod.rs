//! Tools for pack authors and reviewers.
//!
//! Runs a pack's own tests ([`Case`]), reports what they cover ([`Coverage`]), shows the whole pack as text
//! ([`show()`]) or as one page ([`html`]), compares two versions ([`diff()`]), and creates a new pack ([`starter()`]). It
//! also measures whole copies of the cases ([`CopyReading`]) and judges the pack by criteria ([`judge_criteria`]).
//! Interviews do not use this module.

mod case;
mod case_copies;
mod case_file;
mod concern_links;
mod condition_text;
mod copy_reading;
mod coverage;
mod criteria;
mod diff;
mod page;
mod schemas;
mod show;
mod starter;

pub use case::{Case, Difference};
pub use case_copies::CaseCopies;
pub use copy_reading::{CopyPart, CopyReading};
pub use coverage::{CaseCoverage, Coverage, CoverageGroup};
pub use criteria::{CriterionState, JudgedCriterion, judge_criteria};
pub use diff::{Diff, diff};
pub use page::html;
pub use schemas::schemas;
pub use show::{show, show_questions};
pub use starter::{built_in_as, starter};
