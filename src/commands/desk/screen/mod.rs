//! `preconsult desk`: the interactive screen for staff.
//!
//! A locked desk offers new intakes, lists today's with times and states, and acts on invitations to browsers. An
//! unlocked one opens their records too.
//! Before a patient gets the device, the keys are dropped. The screen is cleared before and after.

mod correct;
mod idle_lock;
mod intake;
mod invitation;
mod large_code;
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

/// Default time without input after which the desk locks.
const DEFAULT_IDLE_SECONDS: u32 = 180;

pub(super) fn run(args: &DeskArgs) -> Result<(), Error> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Error::input("the screen of the desk needs a terminal")
            .hint("in scripts, use preconsult desk new, list, show or print (see preconsult desk --help)"));
    }
    let desk = open(&args.desk)?;
    desk.remove_stale_journals()?;
    let settings = config_file::load(config(&desk).config.as_deref())?;
    let files = pack_files(args.pack.as_ref())?;
    let pack = Pack::load(&files)?;
    let language = output_plan::language(&pack, [settings.config.language.as_deref()])?;
    let words = Messages::new(pack.tag(language));
    let seconds = settings.config.idle_seconds.unwrap_or(DEFAULT_IDLE_SECONDS);
    let watch = IdleLock::start(Duration::from_secs(seconds.into()));
    let message_language = args.cleared_lang.as_deref().and_then(|tag| pack.language(tag)).unwrap_or(language);
    let message = args.cleared.map(|why| {
        let words = Messages::new(pack.tag(message_language));
        let saved = if args.cleared_behind { "desk-cleared-behind" } else { "desk-cleared-kept" };
        format!("{} {}", words.get(&format!("desk-cleared-{why}")), words.get(saved))
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
    let result = session.run();
    clear();
    result
}

impl Session<'_> {
    fn run(&mut self) -> Result<(), Error> {
        loop {
            match self.menu() {
                Ok(()) => return Ok(()),
                Err(ScreenExit::Back) => {}
                Err(ScreenExit::Error(error)) if error.kind == ErrorKind::Stopped => {}
                Err(ScreenExit::Error(error)) => self.message = Some(error_text(&error)),
                Err(ScreenExit::Stop(PromptError::Io(error))) => {
                    return Err(io_error("ask on", std::path::Path::new("the terminal"), &error)
                        .hint("start the desk again; an unfinished intake can be resumed"));
                }
                // Ctrl-C leaves the current screen. At the menu it locks an unlocked desk instead of ending the
                // program.
                Err(ScreenExit::Stop(_)) if self.keys.is_some() => {
                    return Err(self.watch.hold().restart(Some(RestartReason::Stopped)));
                }
                Err(ScreenExit::Stop(_)) => return Err(Error::stopped("the desk was closed; all answers are saved")),
            }
        }
    }
}
