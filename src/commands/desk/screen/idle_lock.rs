//! Nobody at the keys: the screen is cleared and the desk locks, with the answers kept.
//!
//! A prompt cannot be called back while it waits for a key. So the whole process is replaced by a new one, locked: no key
//! and no answer outlives it in memory, and the journal is on the disk already.

use crate::cli::RestartReason;
use crate::commands::error_text::io::io_reason;
use crate::commands::interrupts::restore_terminal;
use crate::error::Error;
use crate::messages::Messages;
use crossterm::cursor::MoveTo;
use crossterm::terminal::{Clear, ClearType};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// How the options begin that tell the new process why it was started.
const CLEARED: &str = "--cleared";

/// Watches the keys.
#[derive(Debug, Clone)]
pub(super) struct IdleLock(Arc<Mutex<Activity>>);

/// What was seen last.
#[derive(Debug)]
pub(super) struct Activity {
    /// When somebody was there.
    at: Instant,
    /// The language of whoever is asked; without one, staff are at the desk.
    language: Option<String>,
    /// Whether the process holds what is nowhere else: then it does not end by itself.
    unsaved: bool,
    /// Whether the journal lacks the last answers.
    behind: bool,
}

impl Activity {
    /// Somebody is there.
    pub(super) fn now(&mut self) {
        self.at = Instant::now();
    }

    /// Somebody has answered, and the journal has it, or is behind.
    pub(super) fn answered(&mut self, behind: bool) {
        self.now();
        self.behind = behind;
    }

    /// Starts the desk anew, locked and with nothing of this process; gives why it could not. Where the screen was `cleared`
    /// under somebody's hands it says so, and whether all answers are kept.
    pub(super) fn restart(&self, cleared: Option<RestartReason>) -> Error {
        restore_terminal();
        clear();
        let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
        arguments.retain(|argument| !argument.to_string_lossy().starts_with(CLEARED));
        if let Some(why) = cleared {
            arguments.push(format!("{CLEARED}={why}").into());
            arguments.extend(self.language.iter().map(|tag| format!("{CLEARED}-lang={tag}").into()));
            arguments.extend(self.behind.then(|| format!("{CLEARED}-behind").into()));
        }
        let reason = replace(arguments);
        let kept = if self.behind { "the last answers could not be kept" } else { "all answers are kept" };
        Error::failed(format!(
            "the desk is locked, and could not start anew: {}",
            io_reason(&reason, &Messages::default())
        ))
        .hint(format!("start it again: {kept}"))
    }
}

impl IdleLock {
    /// Watches from now on; after so long without a key the screen is cleared and the desk locks.
    pub(super) fn start(limit: Duration) -> Self {
        let seen = Activity { at: Instant::now(), language: None, unsaved: false, behind: false };
        let watch = Self(Arc::new(Mutex::new(seen)));
        let watching = watch.clone();
        std::thread::spawn(move || {
            let mut keys = LastKeyPress::default();
            loop {
                std::thread::sleep(Duration::from_millis(250));
                let seen = watching.hold();
                let last_key = keys.last(last_read(), Instant::now());
                // A prompt tells nothing until it ends; the terminal knows when a key was read last.
                let is_idle = seen.at.elapsed() >= limit && last_key.is_none_or(|last| last.elapsed() >= limit);
                if is_idle && !seen.unsaved {
                    print_and_exit(&seen.restart(Some(RestartReason::Idle)));
                }
            }
        });
        #[cfg(unix)]
        signals::watch(&watch);
        watch
    }

    /// Holds the watch back for as long as the guard lives: what is being written is written.
    pub(super) fn hold(&self) -> MutexGuard<'_, Activity> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody is there.
    pub(super) fn touch(&self) {
        self.hold().now();
    }

    /// Whoever comes to a cleared screen reads why in this language; without one, in the clinic's.
    pub(super) fn set_language(&self, language: Option<&str>) {
        let mut seen = self.hold();
        (seen.language, seen.behind) = (language.map(str::to_owned), false);
    }

    /// Whether the process holds what is nowhere else.
    pub(super) fn unsaved(&self, unsaved: bool) {
        self.hold().unsaved = unsaved;
    }
}

/// Leaves nothing on the screen, nor in what can be scrolled back to.
pub(super) fn clear() {
    let mut screen = std::io::stderr();
    if screen.is_terminal() {
        // Some terminals keep what is cleared for scrolling back, so that goes last.
        let _ = crossterm::execute!(screen, MoveTo(0, 0), Clear(ClearType::All), Clear(ClearType::Purge));
    }
}

#[cfg(unix)]
fn replace(arguments: Vec<OsString>) -> std::io::Error {
    use std::os::unix::process::CommandExt;
    match std::env::current_exe() {
        Ok(program) => std::process::Command::new(program).args(arguments).exec(),
        Err(error) => error,
    }
}

#[cfg(not(unix))]
fn replace(_: Vec<OsString>) -> std::io::Error {
    std::io::ErrorKind::Unsupported.into()
}

fn print_and_exit(error: &Error) -> ! {
    crate::commands::print_lines(error.render(crate::commands::stderr()).trim_end());
    std::process::exit(error.exit_code().into())
}

/// When the terminal says that a key was read last, and when it began to say so. The clock that the terminal goes by may be
/// set back or forward meanwhile; the other one only goes on.
#[derive(Debug, Default)]
struct LastKeyPress(Option<(SystemTime, Instant)>);

impl LastKeyPress {
    /// When a key was read last, as far as anybody has seen. Nothing where that is not known.
    fn last(&mut self, read: Option<SystemTime>, now: Instant) -> Option<Instant> {
        let read = read?;
        let (_, seen) = self.0.filter(|(before, _)| *before == read).unwrap_or((read, now));
        self.0 = Some((read, seen));
        Some(seen)
    }
}

/// When a key was read from the terminal, to eight seconds: what `w` shows as idle. Nothing where that is not known.
#[cfg(unix)]
fn last_read() -> Option<SystemTime> {
    use std::os::fd::AsFd;
    let terminal = std::fs::File::from(std::io::stdin().as_fd().try_clone_to_owned().ok()?);
    terminal.metadata().ok()?.accessed().ok()
}

#[cfg(not(unix))]
fn last_read() -> Option<SystemTime> {
    None
}

#[cfg(unix)]
mod signals {
    use super::{IdleLock, RestartReason, clear, print_and_exit, restore_terminal};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// Ctrl-C, Ctrl-Z and Ctrl-\ lock: a desk that is stopped or quits in the middle would leave everything on the screen,
    /// with a shell below it. Whoever ends the program otherwise finds a clear screen.
    pub(super) fn watch(watch: &IdleLock) {
        let Ok(mut signals) = Signals::new([SIGINT, SIGQUIT, SIGTSTP, SIGTERM, SIGHUP]) else { return };
        let watch = watch.clone();
        std::thread::spawn(move || {
            for signal in signals.forever() {
                let seen = watch.hold();
                if matches!(signal, SIGINT | SIGQUIT | SIGTSTP) {
                    if !seen.unsaved {
                        print_and_exit(&seen.restart(Some(RestartReason::Stopped)));
                    }
                    continue;
                }
                restore_terminal();
                clear();
                let _ = emulate_default_handler(signal);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::LastKeyPress;
    use std::time::{Duration, Instant, SystemTime};

    /// The clock may be set to any time: what counts is how long the terminal has said the same.
    #[test]
    fn a_last_key_in_the_future_grows_old_like_any_other() {
        let (start, mut keys) = (Instant::now(), LastKeyPress::default());
        let after = |seconds| start + Duration::from_secs(seconds);
        let tomorrow = SystemTime::now() + Duration::from_secs(86_400);
        let yesterday = SystemTime::now() - Duration::from_secs(86_400);
        assert_eq!(keys.last(None, start), None);
        assert_eq!(keys.last(Some(tomorrow), start), Some(start));
        assert_eq!(keys.last(Some(tomorrow), after(200)), Some(start));
        // A key after the clock was set back is a key.
        assert_eq!(keys.last(Some(yesterday), after(201)), Some(after(201)));
        assert_eq!(keys.last(Some(yesterday), after(500)), Some(after(201)));
    }
}
