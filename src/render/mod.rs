//! An outline → bytes, one small file a format.
//!
//! All of them print the same [`crate::outline`]: what a copy says, and in which order, is decided there. The blank form
//! is printed here too, from its own [`form`].

mod error;
pub mod form;
mod html;
mod markdown;
#[cfg(feature = "pdf")]
mod pdf;
mod style;
mod text;

pub use error::{PartTexts, RenderError};
pub use html::render as html;
pub use markdown::render as markdown;
#[cfg(feature = "pdf")]
pub use pdf::{check_logo, is_font, render as pdf, template_kit};
pub use style::{Rendered, Style, Template};
pub use text::{WIDTH, render as text};
