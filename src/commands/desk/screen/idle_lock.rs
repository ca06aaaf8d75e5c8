//! Locks the desk after a time without input, or on a signal. The screen is cleared and the answers are kept.
//!
//! A prompt that waits for a key cannot be cancelled, so the process replaces itself with a new, locked one. No key or
//! answer remains in memory, and the journal is already on disk.

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

/// Prefix of the options that pass the reason for the restart to the new process.
const CLEARED_OPTION: &str = "--cleared";

/// A handle to the watch for user activity.
#[derive(Debug, Clone)]
pub(super) struct IdleLock(Arc<Mutex<Activity>>);

/// The last user activity, and what a restart depends on.
#[derive(Debug)]
pub(super) struct Activity {
    /// Time of the last activity.
    at: Instant,
    /// The language of the interview in progress; `None` while staff use the desk.
    language: Option<String>,
    /// True while answers exist only in this process, which then must not restart.
    unsaved: bool,
    /// True if the journal lacks the last answers.
    behind: bool,
}

impl Activity {
    /// Records activity.
    pub(super) fn now(&mut self) {
        self.at = Instant::now();
    }

    /// Records an answer; `behind` is true if the journal lacks it.
    pub(super) fn answered(&mut self, behind: bool) {
        self.now();
        self.behind = behind;
    }

    /// Replaces this process with a new, locked desk, and returns only on failure. With a reason in `cleared`, the new
    /// desk shows it, and whether all answers are kept.
    pub(super) fn restart(&self, cleared: Option<RestartReason>) -> Error {
        restore_terminal();
        clear();
        let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
        arguments.retain(|argument| !argument.to_string_lossy().starts_with(CLEARED_OPTION));
        if let Some(why) = cleared {
            arguments.push(format!("{CLEARED_OPTION}={why}").into());
            arguments.extend(self.language.iter().map(|tag| format!("{CLEARED_OPTION}-lang={tag}").into()));
            arguments.extend(self.behind.then(|| format!("{CLEARED_OPTION}-behind").into()));
        }
        let reason = replace(arguments);
        let saved = if self.behind { "the last answers could not be saved" } else { "all answers are saved" };
        Error::failed(format!("the desk is locked and could not restart: {}", io_reason(&reason, &Messages::default())))
            .hint(format!("start it again; {saved}"))
    }
}

impl IdleLock {
    /// Starts the watch: after `limit` without input the screen is cleared and the desk locks.
    pub(super) fn start(limit: Duration) -> Self {
        let activity = Activity { at: Instant::now(), language: None, unsaved: false, behind: false };
        let watch = Self(Arc::new(Mutex::new(activity)));
        let watch_in_thread = watch.clone();
        std::thread::spawn(move || {
            let mut keys = LastKeyPress::default();
            loop {
                std::thread::sleep(Duration::from_millis(250));
                let activity = watch_in_thread.hold();
                let last_key = keys.last(last_read(), Instant::now());
                // A prompt reports activity only when it ends; the terminal device has the time of the last key.
                let is_idle = activity.at.elapsed() >= limit && last_key.is_none_or(|last| last.elapsed() >= limit);
                if is_idle && !activity.unsaved {
                    print_and_exit(&activity.restart(Some(RestartReason::Idle)));
                }
            }
        });
        #[cfg(unix)]
        signals::watch(&watch);
        watch
    }

    /// Prevents a restart while the guard lives, so that writes are completed.
    pub(super) fn hold(&self) -> MutexGuard<'_, Activity> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records activity.
    pub(super) fn touch(&self) {
        self.hold().now();
    }

    /// Sets the language in which a cleared screen gives the reason; `None` means the clinic's.
    pub(super) fn set_language(&self, language: Option<&str>) {
        let mut activity = self.hold();
        (activity.language, activity.behind) = (language.map(str::to_owned), false);
    }

    /// Sets whether answers exist only in this process.
    pub(super) fn unsaved(&self, unsaved: bool) {
        self.hold().unsaved = unsaved;
    }
}

/// Clears the screen and the scrollback buffer.
pub(super) fn clear() {
    let mut screen = std::io::stderr();
    if screen.is_terminal() {
        // Some terminals move cleared lines to the scrollback buffer, so that is purged last.
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

/// The terminal's time of the last key, and when this process first saw that time. The terminal uses the system clock,
/// which may be set; [`Instant`] is monotonic.
#[derive(Debug, Default)]
struct LastKeyPress(Option<(SystemTime, Instant)>);

impl LastKeyPress {
    /// Returns when a new time of the last key was first seen. `None` if the terminal has no such time.
    fn last(&mut self, read: Option<SystemTime>, now: Instant) -> Option<Instant> {
        let read = read?;
        let (_, first_seen) = self.0.filter(|(before, _)| *before == read).unwrap_or((read, now));
        self.0 = Some((read, first_seen));
        Some(first_seen)
    }
}

/// Returns the access time of the terminal device, which has a resolution of eight seconds. `w` shows it as idle time.
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

    /// Locks the desk on Ctrl-C, Ctrl-Z and Ctrl-\, which would otherwise leave the screen visible below a shell. Other
    /// signals clear the screen before the process ends.
    pub(super) fn watch(watch: &IdleLock) {
        let Ok(mut signals) = Signals::new([SIGINT, SIGQUIT, SIGTSTP, SIGTERM, SIGHUP]) else { return };
        let watch = watch.clone();
        std::thread::spawn(move || {
            for signal in signals.forever() {
                let activity = watch.hold();
                if matches!(signal, SIGINT | SIGQUIT | SIGTSTP) {
                    if !activity.unsaved {
                        print_and_exit(&activity.restart(Some(RestartReason::Stopped)));
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

    /// The system clock may be set to any time, so only the time since the last change counts.
    #[test]
    fn a_last_key_with_a_future_time_becomes_idle_too() {
        let (start, mut keys) = (Instant::now(), LastKeyPress::default());
        let after = |seconds| start + Duration::from_secs(seconds);
        let tomorrow = SystemTime::now() + Duration::from_secs(86_400);
        let yesterday = SystemTime::now() - Duration::from_secs(86_400);
        assert_eq!(keys.last(None, start), None);
        assert_eq!(keys.last(Some(tomorrow), start), Some(start));
        assert_eq!(keys.last(Some(tomorrow), after(200)), Some(start));
        // A key counts even if the clock was set back before it.
        assert_eq!(keys.last(Some(yesterday), after(201)), Some(after(201)));
        assert_eq!(keys.last(Some(yesterday), after(500)), Some(after(201)));
    }
}
