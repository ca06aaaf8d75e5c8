//! The answer journal: no answer is lost or changed.

mod changed_pack;
mod damage;
mod drafts;
mod folder;
mod kill;
mod machine;
mod prompt;
mod storage;
mod writes;
