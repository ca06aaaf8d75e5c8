//! The program: reads the command line, does what it says, and tells what went wrong in one place.

use clap::Parser;
use preconsult::cli::Cli;
use preconsult::commands;
use std::io::Write;
use std::process::ExitCode;

#[allow(clippy::disallowed_methods, reason = "the one place that tells what went wrong")]
fn main() -> ExitCode {
    let done = match Cli::try_parse() {
        Ok(cli) => commands::run(cli),
        Err(wrong) if wrong.use_stderr() => return commands::print_usage_error(&wrong),
        Err(asked) => commands::print_help(&asked),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A standard error that is closed cannot be told.
            let _ = write!(std::io::stderr(), "{}", error.render(commands::stderr()));
            ExitCode::from(error.exit_code())
        }
    }
}
