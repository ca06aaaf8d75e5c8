//! `preconsult completions`.

use super::print;
use crate::cli::whole;
use crate::error::Error;
use clap_complete::Shell;

pub(super) fn run(shell: Shell) -> Result<(), Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut whole(), "preconsult", &mut script);
    print(&script)
}
