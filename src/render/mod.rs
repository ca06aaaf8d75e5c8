//! An outline → bytes, with one module per format.
//!
//! All formats print the same [`crate::outline`], which decides the content of a copy and its order. The blank form is
//! printed here too, from its own model in [`form`].

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
