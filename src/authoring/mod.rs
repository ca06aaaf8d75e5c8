//! Tools for pack authors and reviewers.
//!
//! Runs a pack's own tests ([`Case`]), reports what they cover ([`Coverage`]), shows the whole pack as text
//! ([`show()`]) or as one page ([`html`]), compares two versions ([`diff()`]), and creates a new pack ([`starter()`]).
//! Interviews do not use this module.

mod case;
mod case_file;
mod concern_links;
mod condition_text;
mod coverage;
mod diff;
mod page;
mod schemas;
mod show;
mod starter;

pub use case::{Case, Difference};
pub use coverage::{CaseCoverage, Coverage, CoverageGroup};
pub use diff::{Diff, diff};
pub use page::html;
pub use schemas::schemas;
pub use show::{show, show_questions};
pub use starter::{built_in_as, starter};
