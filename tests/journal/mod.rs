//! The answer journal: no answer is lost, and none is ever wrong.

mod changed_pack;
mod damage;
mod drafts;
mod folder;
mod kill;
mod machine;
mod prompt;
mod storage;
mod writes;
