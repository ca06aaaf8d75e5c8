//! `preconsult completions`: prints the completion script of a shell.

use super::print;
use crate::cli::Cli;
use crate::error::Error;
use clap::CommandFactory;
use clap_complete::Shell;

pub(super) fn run(shell: Shell) -> Result<(), Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "preconsult", &mut script);
    print(&script)
}
