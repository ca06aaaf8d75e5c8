//! What a desk that began anew is told by the one before.

/// Why a screen was cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum RestartReason {
    /// Nobody pressed a key.
    Idle,
    /// Somebody stopped it.
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
