//! A process that may hold a key or an answer leaves no picture of itself behind.

/// No core dump is written of this process, neither to a file nor to a collector. Where the system does not let it, the
/// desk works all the same.
#[cfg(unix)]
pub(super) fn forbid_core_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // The limit does not hold for a collector that the system pipes dumps to; this does, and keeps debuggers of the same
    // user out as well.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(not(unix))]
pub(super) fn forbid_core_dumps() {}
