//! The program from outside and the library through its public items: one binary, so that helpers compile and link once.
#![allow(clippy::disallowed_methods, reason = "tests read and write files, and look at the clock")]

mod cli;
#[cfg(feature = "desk")]
mod desk;
mod journal;
mod packs;
mod properties;
#[cfg(feature = "serve")]
mod serve;
mod support;
mod vignettes;
