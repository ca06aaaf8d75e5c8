//! The answer journal: no answer is lost, and none is ever wrong.
#![allow(clippy::disallowed_methods, reason = "a test looks at files")]

mod changed_pack;
mod damage;
mod folder;
#[path = "../inject/mod.rs"]
mod inject;
mod interview;
mod kill;
mod machine;
mod program;
mod prompt;
mod storage;
mod writes;
