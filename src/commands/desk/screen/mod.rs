//! `preconsult desk`: the calm screen for staff.
//!
//! Locked it offers a new intake and the times of today's; unlocked also what is in them. Whenever a patient gets the
//! device the keys are dropped first and the screen is cleared, before and after.

mod correct;
mod idle_lock;
mod intake;
mod menu;
mod record;
mod records;
mod session;

use super::open_desk::{config, open};
use crate::ask::PromptError;
use crate::cli::{DeskArgs, RestartReason};
use crate::commands::error_text::io::io_error;
use crate::commands::{output_plan, pack_files};
use crate::error::{Error, ErrorKind};
use crate::messages::Messages;
use crate::pack::Pack;
use crate::storage::config_file;
use idle_lock::{IdleLock, clear};
use session::{ScreenExit, Session, error_text};
use std::io::IsTerminal;
use std::time::Duration;

/// After so long without a key the screen is cleared, where the clinic has set nothing else.
const IDLE_SECONDS: u32 = 180;

pub(super) fn run(args: &DeskArgs) -> Result<(), Error> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Error::input("the screen of the desk needs a terminal")
            .hint("scripts use the commands: preconsult desk new, list, show, print (see preconsult desk --help)"));
    }
    let desk = open(&args.desk)?;
    desk.remove_stale_journals()?;
    let settings = config_file::load(config(&desk).config.as_deref())?;
    let files = pack_files(args.pack.as_ref())?;
    let pack = Pack::load(&files)?;
    let language = output_plan::language(&pack, [settings.config.language.as_deref()])?;
    let words = Messages::new(pack.tag(language));
    let seconds = settings.config.idle_seconds.unwrap_or(IDLE_SECONDS);
    let watch = IdleLock::start(Duration::from_secs(seconds.into()));
    let spoken = args.cleared_lang.as_deref().and_then(|tag| pack.language(tag)).unwrap_or(language);
    let message = args.cleared.map(|why| {
        let words = Messages::new(pack.tag(spoken));
        let kept = if args.cleared_behind { "desk-cleared-behind" } else { "desk-cleared-kept" };
        format!("{} {}", words.get(&format!("desk-cleared-{why}")), words.get(kept))
    });
    let mut session = Session {
        args,
        desk,
        settings,
        files,
        pack: &pack,
        words,
        watch,
        keys: None,
        who: None,
        message,
        above: Vec::new(),
    };
    let ended = session.run();
    clear();
    ended
}

impl Session<'_> {
    fn run(&mut self) -> Result<(), Error> {
        loop {
            match self.menu() {
                Ok(()) => return Ok(()),
                Err(ScreenExit::Back) => {}
                Err(ScreenExit::Error(error)) if error.kind == ErrorKind::Stopped => {}
                Err(ScreenExit::Error(error)) => self.message = Some(error_text(&error)),
                // Ctrl-C leaves what is under way; from an unlocked desk nobody gets further with it.
                Err(ScreenExit::Stop(PromptError::Interrupted | PromptError::EndOfInput)) if self.keys.is_some() => {
                    return Err(self.watch.hold().restart(Some(RestartReason::Stopped)));
                }
                Err(ScreenExit::Stop(PromptError::Interrupted | PromptError::EndOfInput)) => {
                    return Err(Error::stopped("the desk was left; all answers are kept"));
                }
                Err(ScreenExit::Stop(PromptError::Io(error))) => {
                    return Err(io_error("ask on", std::path::Path::new("the terminal"), &error)
                        .hint("start the desk again: an intake that was under way can be gone on with"));
                }
            }
        }
    }
}
