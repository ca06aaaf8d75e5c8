//! Handles SIGINT, SIGTERM and SIGHUP: finishes the output of the current record, then exits.

use super::ordered_output::OrderedOutput;
use std::sync::Arc;

/// Watches for signals until the program ends.
#[cfg(unix)]
pub(super) fn watch(output: &Arc<OrderedOutput>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    // Without a handler, a signal ends the program at once, perhaps in the middle of a line.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
    let output = Arc::clone(output);
    std::thread::spawn(move || {
        for signal in signals.forever() {
            end(signal, &output);
        }
    });
}

#[cfg(not(unix))]
pub(super) fn watch(_: &Arc<OrderedOutput>) {}

#[cfg(unix)]
fn end(signal: i32, output: &OrderedOutput) {
    use crate::error::Error;
    use std::io::Write;
    use std::time::Duration;
    // If the reader of standard output has stopped reading, a delivery never ends.
    let mut state = output.lock_between_chunks(Duration::from_secs(2));
    if signal != signal_hook::consts::SIGINT {
        // The sender of another signal expects its default effect.
        let _ = signal_hook::low_level::emulate_default_handler(signal);
    }
    let error = match &mut state {
        Some(state) => {
            state.progress.clear();
            let last = state.progress.last;
            Error::stopped(format!("after line {last}")).hint(format!(
                "everything up to that line is written completely; continue from line {} of the input",
                last + 1
            ))
        }
        None => Error::stopped("while output was waiting to be written").hint(
            "the last line of the output may be incomplete: check why its reader has stopped reading, and start again",
        ),
    };
    let _ = write!(std::io::stderr(), "{}", error.render(crate::commands::stderr()));
    // No destructor runs and the state stays locked, so nothing else is written.
    std::process::exit(error.exit_code().into());
}
