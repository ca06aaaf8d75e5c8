//! The program from outside: what it is given, what it writes, and how it ends.
#![allow(clippy::match_same_arms, reason = "a script of an interview reads from the top down")]
#![allow(clippy::disallowed_methods, reason = "tests read and write the files that the program is given and makes")]

mod answers;
mod answers_format;
mod batch;
mod end_in_spanish;
mod end_of_input;
mod explain;
mod faults;
mod faults_large;
mod faults_ways_out;
mod fhir;
mod help;
#[path = "../inject/mod.rs"]
mod inject;
mod lines_moves;
mod lines_replies;
mod options;
mod output;
mod output_refused;
mod packs;
mod pages;
mod parity;
mod places;
#[path = "../pty/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod pty;
mod summarize;
mod tty;
mod world;
mod writes;
