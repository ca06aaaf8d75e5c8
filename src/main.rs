//! The program: parses the command line, runs the command, and reports its error.

use clap::Parser;
use preconsult::cli::Cli;
use preconsult::commands;
use std::io::Write;
use std::process::ExitCode;

#[allow(clippy::disallowed_methods, reason = "the one place that reports errors")]
fn main() -> ExitCode {
    let result = match Cli::try_parse() {
        Ok(cli) => commands::run(cli),
        Err(error) if error.use_stderr() => return commands::print_usage_error(error),
        Err(help) => commands::print_help(&help),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed, the error cannot be reported.
            let _ = write!(std::io::stderr(), "{}", error.render(commands::stderr()));
            ExitCode::from(error.exit_code())
        }
    }
}
