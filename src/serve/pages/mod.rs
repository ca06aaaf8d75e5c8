//! The pages as HTML. They hold no answer but the patient's own, and every text is escaped.

pub(super) mod check;
pub(super) mod end;
mod frame;
pub(super) mod lock;
pub(super) mod question;
pub(super) mod start;

pub(super) use frame::{Frame, Look};

/// The name of the hidden field with the token of a form.
pub(super) const TOKEN: &str = "token";
