//! A process that may hold a key or an answer leaves no picture of itself behind.

/// No core dump is written of this process, neither to a file nor to a collector. Where the system does not let it, the
/// desk works all the same.
#[cfg(unix)]
pub(super) fn forbid_core_dumps() {
    use nix::sys::resource::{Resource, setrlimit};
    let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
    // The limit does not hold for a collector that the system pipes dumps to; this does, and keeps debuggers of the same
    // user out as well.
    #[cfg(target_os = "linux")]
    let _ = nix::sys::prctl::set_dumpable(false);
}

#[cfg(not(unix))]
pub(super) fn forbid_core_dumps() {}
