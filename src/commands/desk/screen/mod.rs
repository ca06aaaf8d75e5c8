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

use super::{by, config, note};
use crate::ask::{Asker, Stop};
use crate::cli::{Cleared, DeskArgs};
use crate::commands::ask::{asker_below, is_plain};
use crate::commands::{now, pack_files, page};
use crate::desk::{Desk, Keys, Note};
use crate::error::{Error, Kind};
use crate::messages::Words;
use crate::pack::{Pack, PackFiles};
use crate::printable::Printable;
use crate::storage::config_file::{self, Settings};
use idle_lock::{Watch, clear};
use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

/// After so long without a key the screen is cleared, where the clinic has set nothing else.
const IDLE_SECONDS: u32 = 180;

/// The screen, and who is at it.
struct Session<'a> {
    args: &'a DeskArgs,
    desk: Desk,
    settings: Settings,
    files: PackFiles,
    pack: &'a Pack,
    /// The staff's words.
    words: Words,
    watch: Watch,
    keys: Option<Arc<Keys>>,
    who: Option<String>,
    /// What is to be told on the next screen.
    message: Option<String>,
    /// What stands on this one, above what is asked: it stays there when the terminal has another size.
    above: Vec<String>,
}

/// Why a screen is left.
enum Leave {
    /// Back to the screen before.
    Back,
    /// The person or the terminal has stopped.
    Stop(Stop),
    /// Something does not work; it is told, and the desk goes on.
    Error(Error),
}

impl From<Stop> for Leave {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl From<Error> for Leave {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

pub(super) fn run(args: &DeskArgs) -> Result<(), Error> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Error::input("the screen of the desk needs a terminal")
            .hint("scripts use the commands: preconsult desk new, list, show, print (see preconsult desk --help)"));
    }
    let desk = super::open(&args.at)?;
    desk.tidy()?;
    let settings = config_file::load(config(&desk).config.as_deref())?;
    let files = pack_files(args.pack.as_ref())?;
    let pack = Pack::load(&files)?;
    let language = page::language(&pack, [settings.config.language.as_deref()])?;
    let words = Words::new(pack.tag(language));
    let seconds = settings.config.idle_seconds.unwrap_or(IDLE_SECONDS);
    let watch = Watch::start(Duration::from_secs(seconds.into()));
    let spoken = args.cleared_lang.as_deref().and_then(|tag| pack.language(tag)).unwrap_or(language);
    let message = args.cleared.map(|why| {
        let words = Words::new(pack.tag(spoken));
        let kept = if args.cleared_behind { "desk-cleared-behind" } else { "desk-cleared-kept" };
        format!("{} {}", words.say(&format!("desk-cleared-{why}")), words.say(kept))
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
                Err(Leave::Back) => {}
                Err(Leave::Error(error)) if error.kind == Kind::Stopped => {}
                Err(Leave::Error(error)) => self.message = Some(told(&error)),
                // Ctrl-C leaves what is under way; from an unlocked desk nobody gets further with it.
                Err(Leave::Stop(Stop::Interrupted | Stop::EndOfInput)) if self.keys.is_some() => {
                    return Err(self.watch.hold().restart(Some(Cleared::Stopped)));
                }
                Err(Leave::Stop(Stop::Interrupted | Stop::EndOfInput)) => {
                    return Err(Error::stopped("the desk was left; all answers are kept"));
                }
                Err(Leave::Stop(Stop::Io(error))) => {
                    return Err(Error::io("ask on", std::path::Path::new("the terminal"), &error)
                        .hint("start the desk again: an intake that was under way can be gone on with"));
                }
            }
        }
    }

    /// A new screen with its heading, and what is to be told.
    fn head(&mut self, heading: &str) {
        // Lines stay for a screen reader to go back to, until somebody else gets the device.
        if is_plain(self.args.plain) {
            self.above.clear();
        } else {
            self.clear();
        }
        let clinic = self.settings.config.clinic.as_ref().map(Printable::to_string);
        self.say(&format!("\n{}", clinic.unwrap_or_else(|| self.words.say("desk-title"))));
        // A label may be in it.
        self.say(&format!("{}\n", Printable::line(heading)));
        if let Some(message) = self.message.take() {
            self.say(&format!("{}\n", Printable::text(&message)));
        }
    }

    /// Says what stays on the screen until the next one.
    fn say(&mut self, text: &str) {
        note(text);
        self.above.push(text.to_owned());
    }

    /// Leaves nothing on the screen, and nothing that would come back to it.
    fn clear(&mut self) {
        clear();
        self.above.clear();
    }

    fn asker(&self) -> Box<dyn Asker + '_> {
        self.watch.touch();
        asker_below(self.args.plain, &self.words, &self.above)
    }

    /// Lets staff choose one of these; where `back` is there, the last line and Esc are the way back.
    fn choose(&self, question: &str, choices: &[String], back: bool) -> Result<usize, Leave> {
        let mut shown: Vec<Printable> = choices.iter().map(|choice| Printable::line(choice)).collect();
        shown.extend(back.then(|| Printable::line(&self.words.say("desk-back"))));
        let chosen = self.asker().choose(&Printable::line(question), &shown, 0, back.then_some(choices.len()))?;
        self.watch.touch();
        if chosen < choices.len() { Ok(chosen) } else { Err(Leave::Back) }
    }

    /// Lets staff type something.
    fn line(&self, key: &str, before: &str) -> Result<String, Leave> {
        let typed = self.asker().line(&Printable::line(&self.words.say(key)), &Printable::line(before))?;
        self.watch.touch();
        typed.ok_or(Leave::Back)
    }

    /// Waits until somebody says that something is done.
    fn confirm(&self, words: &Words, text: &str, done: &str) -> Result<(), Stop> {
        self.watch.touch();
        let done = [Printable::line(&words.say(done))];
        let mut asker = asker_below(self.args.plain, words, &self.above);
        asker.choose(&Printable::line(&words.say(text)), &done, 0, None).map(drop)
    }

    /// Who is at the desk, and why something is done.
    fn by(&self, why: Option<&str>) -> Note {
        let note = by(&self.args.at, why);
        Note { who: self.who.clone().unwrap_or(note.who), ..note }
    }

    fn keys(&self) -> Result<Arc<Keys>, Leave> {
        let keys = self.keys.clone().ok_or(Leave::Back)?;
        if keys.belong_to(&self.desk.key()?) {
            return Ok(keys);
        }
        // Records are sealed for a key by now that these do not hold.
        Err(Error::failed(self.words.say("desk-key-changed")).into())
    }
}

/// What an end of the input or an interruption is where somebody has to be asked all the same; a terminal that has gone
/// away asks nobody.
fn still_there(stop: Stop) -> Result<(), Stop> {
    match stop {
        Stop::Interrupted | Stop::EndOfInput if std::io::stdin().is_terminal() => Ok(()),
        stop => Err(stop),
    }
}

fn told(error: &Error) -> String {
    let problem = error.problems.as_ref().and_then(|problems| problems.list().first());
    let problem = problem.map(|problem| format!("\n{}", problem.message)).unwrap_or_default();
    let hint = error.hint.as_ref().map(|hint| format!("\n{hint}")).unwrap_or_default();
    format!("{}{problem}{hint}", error.message)
}

/// The hour and minute of a time as the store has it.
fn clock(started: &str) -> String {
    started.chars().skip(11).take(5).collect()
}

/// The day and minute of now, for journals and records.
fn this_moment() -> chrono::DateTime<chrono::FixedOffset> {
    now()
}
