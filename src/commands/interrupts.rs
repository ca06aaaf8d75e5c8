//! Handles Ctrl-C and other signals during an interview: restores the terminal and lets a write in progress finish.

use crate::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The phase of the interview, which decides the effect of a signal.
#[derive(Debug)]
#[cfg_attr(not(unix), allow(dead_code))]
pub(super) enum Phase {
    /// Questions are asked; a signal reports this error.
    Asking(Box<Error>),
    /// The summary is being written; the first signal waits for it.
    Ending,
    /// The summary is still being written after a signal; the next one ends the program.
    InterruptedWhileSaving,
}

/// Watches for signals from its creation on.
#[derive(Debug)]
pub(super) struct Interrupts(Arc<Mutex<Phase>>);

impl Interrupts {
    /// Starts to watch. If the system does not allow it, a signal ends the program directly; no answer is lost.
    pub(super) fn watch(phase: Phase) -> Self {
        let phase = Arc::new(Mutex::new(phase));
        #[cfg(unix)]
        signals::watch(&phase);
        Self(phase)
    }

    /// Delays signals while the guard exists.
    pub(super) fn hold(&self) -> MutexGuard<'_, Phase> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Restores a terminal that a prompt may have left in raw mode with the cursor hidden.
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

/// Clears what a prompt has drawn below the cursor, so that the next message starts on empty lines.
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
            // Another signal, or a repeated one, has its default effect.
            Phase::Asking(_) | Phase::InterruptedWhileSaving => {
                restore_terminal();
                let _ = emulate_default_handler(signal);
            }
        }
    }
}
