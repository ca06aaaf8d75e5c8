//! The test helpers that do not start the program.

#[path = "../support/pack_files.rs"]
pub(crate) mod pack_files;
#[path = "../support/pack_mutations.rs"]
pub(crate) mod pack_mutations;
#[path = "../support/pack_promises.rs"]
pub(crate) mod pack_promises;
#[path = "../support/scripted_interview.rs"]
pub(crate) mod scripted_interview;
#[path = "../support/strategies.rs"]
pub(crate) mod strategies;
#[path = "../support/thoroughness.rs"]
pub(crate) mod thoroughness;
