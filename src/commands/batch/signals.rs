//! Ctrl-C and its like: what is being written is written, and then it ends.

use super::ordered_output::OrderedOutput;
use std::sync::Arc;

/// Watches for interruptions until the program ends.
#[cfg(unix)]
pub(super) fn watch(turns: &Arc<OrderedOutput>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    // Where the system does not let it, an interruption just ends the program, perhaps in the middle of a line.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
    let turns = Arc::clone(turns);
    std::thread::spawn(move || {
        for signal in signals.forever() {
            end(signal, &turns);
        }
    });
}

#[cfg(not(unix))]
pub(super) fn watch(_: &Arc<OrderedOutput>) {}

#[cfg(unix)]
fn end(signal: i32, turns: &OrderedOutput) {
    use crate::error::Error;
    use std::io::Write;
    use std::time::Duration;
    // A reader that has stopped reading would let nobody finish a line.
    let mut state = turns.lock_between_chunks(Duration::from_secs(2));
    if signal != signal_hook::consts::SIGINT {
        // Whoever sent another signal sees it take its effect.
        let _ = signal_hook::low_level::emulate_default_handler(signal);
    }
    let error = match &mut state {
        Some(state) => {
            state.shown.clear();
            let last = state.shown.last;
            Error::stopped(format!("after line {last}")).hint(format!(
                "everything up to that line is written and whole; go on from line {} of the input",
                last + 1
            ))
        }
        None => Error::stopped("while what was made could not be written")
            .hint("the last line of the output may be cut off: see why nobody reads it, and start again"),
    };
    let _ = write!(std::io::stderr(), "{}", error.render(crate::commands::stderr()));
    // No destructor runs and the state stays locked, so that nothing is written any more.
    std::process::exit(error.exit_code().into());
}
