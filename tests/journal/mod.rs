//! The answer journal: no answer is lost or changed.

mod changed_pack;
mod damage;
mod drafts;
mod folder;
mod kill;
mod machine;
mod prompt;
mod storage;
mod version_1_0_1;
mod writes;
