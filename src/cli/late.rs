//! Options that are made when they are looked for.

use clap::builder::Resettable;
use clap::{ArgMatches, Args, Command, CommandFactory, Error, FromArgMatches, Subcommand};
use std::sync::atomic::{AtomicBool, Ordering};

/// The options of a subcommand, made when that is on the command line or in a help text: all of them together are a good
/// part of what a start waits for.
#[derive(Debug, Clone)]
pub struct Late<T>(pub T);

/// Whether nothing is to come late.
static AT_ONCE: AtomicBool = AtomicBool::new(false);

/// The command line with all that can stand on it, for those who list it: `preconsult help` takes over, and completions
/// with it, what is there when the command line is made.
#[must_use]
pub fn whole() -> Command {
    AT_ONCE.store(true, Ordering::Relaxed);
    super::Cli::command()
}

fn late(command: Command, make: fn(Command) -> Command) -> Command {
    if AT_ONCE.load(Ordering::Relaxed) { make(command) } else { command.defer(make) }
}

/// What the subcommand says of itself stays: the type of its options has words of its own, for those who read the code.
fn make(command: Command, of_type: fn(Command) -> Command) -> Command {
    let (about, long_about) = (command.get_about().cloned(), command.get_long_about().cloned());
    of_type(command).about(Resettable::from(about)).long_about(Resettable::from(long_about))
}

impl<T: FromArgMatches> FromArgMatches for Late<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl<T: Args> Args for Late<T> {
    fn augment_args(command: Command) -> Command {
        late(command, |command| make(command, T::augment_args))
    }

    fn augment_args_for_update(command: Command) -> Command {
        late(command, |command| make(command, T::augment_args_for_update))
    }
}

impl<T: Subcommand> Subcommand for Late<T> {
    fn augment_subcommands(command: Command) -> Command {
        late(command, |command| make(command, T::augment_subcommands))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        late(command, |command| make(command, T::augment_subcommands_for_update))
    }

    fn has_subcommand(name: &str) -> bool {
        T::has_subcommand(name)
    }
}
