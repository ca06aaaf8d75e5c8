//! Disables core dumps, which would contain keys and answers.

/// Disables core dumps of this process, to files and to collectors. Errors are ignored: the program works without.
#[cfg(unix)]
pub(in crate::commands) fn forbid_core_dumps() {
    use nix::sys::resource::{Resource, setrlimit};
    let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
    // The limit does not apply to a collector behind a pipe; this flag does. It also keeps out debuggers of the same
    // user.
    #[cfg(target_os = "linux")]
    let _ = nix::sys::prctl::set_dumpable(false);
}

#[cfg(not(unix))]
pub(super) fn forbid_core_dumps() {}
