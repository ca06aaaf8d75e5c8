//! The reason for a restart, passed from a desk process to its successor.

/// The reason why a screen was cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum RestartReason {
    /// No key was pressed for the idle time.
    Idle,
    /// The process received a signal to stop.
    Stopped,
}

impl std::fmt::Display for RestartReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Idle => "idle",
            Self::Stopped => "stopped",
        })
    }
}
