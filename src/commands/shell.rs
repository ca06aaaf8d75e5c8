//! `preconsult completions` and `preconsult man`.

use super::print;
use crate::cli::whole;
use crate::error::Error;
use std::path::Path;

pub(super) fn completions(shell: clap_complete::Shell) -> Result<(), Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut whole(), "preconsult", &mut script);
    print(&script)
}

pub(super) fn man(command: Option<&str>) -> Result<(), Error> {
    let mut root = whole();
    root.build();
    let page = match command {
        None => root,
        Some(name) => root.find_subcommand(name).cloned().ok_or_else(|| {
            let names: Vec<&str> = root.get_subcommands().map(clap::Command::get_name).collect();
            Error::input(format!("there is no command {name:?}")).hint(format!("one of: {}", names.join(", ")))
        })?,
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page)
        .render(&mut roff)
        .map_err(|error| Error::io("write to", Path::new("standard output"), &error))?;
    print(&roff)
}
