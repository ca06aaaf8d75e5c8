//! Ctrl-C and its like while somebody is asked: the terminal is left as it was, and what is being written is written.

use crate::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What an interruption meets.
#[derive(Debug)]
#[cfg_attr(not(unix), allow(dead_code))]
pub(super) enum Phase {
    /// Somebody is asked; what is told then.
    Asking(Box<Error>),
    /// The end is being written: it takes a moment, and half of it is worse than all of it.
    Ending,
    /// It takes longer, and somebody has interrupted already.
    InterruptedWhileSaving,
}

/// Watches for interruptions from when it is made.
#[derive(Debug)]
pub(super) struct Interrupts(Arc<Mutex<Phase>>);

impl Interrupts {
    /// Starts to watch. Where the system does not let it, an interruption just ends the program; nothing is lost.
    pub(super) fn watch(phase: Phase) -> Self {
        let phase = Arc::new(Mutex::new(phase));
        #[cfg(unix)]
        signals::watch(&phase);
        Self(phase)
    }

    /// Holds interruptions back for as long as the guard lives.
    pub(super) fn hold(&self) -> MutexGuard<'_, Phase> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives a terminal back that a prompt may have in raw mode, with the cursor hidden.
#[cfg_attr(not(unix), allow(dead_code))]
pub(super) fn restore_terminal() {
    use std::io::IsTerminal;
    let is_drawn = crossterm::terminal::is_raw_mode_enabled().unwrap_or_default();
    let _ = crossterm::terminal::disable_raw_mode();
    if std::io::stderr().is_terminal() {
        let _ = crossterm::execute!(std::io::stderr(), crossterm::cursor::Show);
        if is_drawn {
            clear_below();
        }
    }
}

/// Takes away what a prompt has drawn below the cursor: what is told next has its lines for itself.
pub(super) fn clear_below() {
    use crossterm::terminal::{Clear, ClearType};
    let _ = crossterm::execute!(std::io::stderr(), Clear(ClearType::FromCursorDown));
}

#[cfg(unix)]
mod signals {
    use super::{Phase, restore_terminal};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;
    use std::io::Write;
    use std::sync::{Arc, Mutex, PoisonError};

    pub(super) fn watch(phase: &Arc<Mutex<Phase>>) {
        if let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) {
            let phase = Arc::clone(phase);
            std::thread::spawn(move || signals.forever().for_each(|signal| interrupt(signal, &phase)));
        }
    }

    fn interrupt(signal: i32, phase: &Mutex<Phase>) {
        let mut phase = phase.lock().unwrap_or_else(PoisonError::into_inner);
        match &*phase {
            Phase::Ending => *phase = Phase::InterruptedWhileSaving,
            Phase::Asking(error) if signal == SIGINT => {
                restore_terminal();
                let _ = write!(std::io::stderr(), "\n{}", error.render(crate::commands::stderr()));
                std::process::exit(error.exit_code().into());
            }
            // Whoever sent another signal, or the same one twice, sees it take its effect.
            Phase::Asking(_) | Phase::InterruptedWhileSaving => {
                restore_terminal();
                let _ = emulate_default_handler(signal);
            }
        }
    }
}
