//! The program as a user runs it: its inputs, outputs and exit codes.
#![allow(clippy::match_same_arms, reason = "a script of an interview reads from the top down")]

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
mod joiners;
mod limits;
mod lines_moves;
mod lines_refused;
mod lines_replies;
mod lines_spoken;
mod lines_terminal;
mod numbers;
mod options;
mod output;
mod output_refused;
mod packs;
mod pages;
mod parity;
mod places;
mod summarize;
mod terminal_safety;
mod tty;
mod writes;
