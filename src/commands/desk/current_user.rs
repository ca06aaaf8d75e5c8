//! The current user of the system, for the audit log.

/// Returns the user's name from the environment, or else from the system's list of users.
pub(super) fn user() -> Option<String> {
    let names = ["USER", "LOGNAME", "USERNAME"].iter().filter_map(|name| std::env::var(name).ok());
    names.chain(system_user()).find(|name| !name.is_empty())
}

/// Returns the user's number as text, for a user without a name.
pub(super) fn number() -> String {
    #[cfg(unix)]
    return format!("uid {}", uid());
    #[cfg(not(unix))]
    "unknown".to_owned()
}

/// Returns the user's name in `/etc/passwd`. Services and timers have no name in the environment.
#[cfg(unix)]
fn system_user() -> Option<String> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    find_user(&users, &uid().to_string()).map(str::to_owned)
}

#[cfg(not(unix))]
fn system_user() -> Option<String> {
    None
}

#[cfg(unix)]
fn uid() -> u32 {
    nix::unistd::getuid().as_raw()
}

/// Finds the name of a user in the format of `/etc/passwd`: `name:x:uid:…`.
#[cfg(unix)]
fn find_user<'u>(users: &'u str, uid: &str) -> Option<&'u str> {
    users.lines().map(|line| line.split(':')).find_map(|mut parts| {
        let name = parts.next()?;
        (parts.nth(1)? == uid).then_some(name)
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::find_user;

    #[test]
    fn a_user_is_found_by_number() {
        let users = "root:x:0:0:root:/root:/bin/sh\nbroken\nana:x:1000:1000::/home/ana:/bin/sh\n";
        assert_eq!(find_user(users, "1000"), Some("ana"));
        assert_eq!(find_user(users, "100"), None);
        assert_eq!(find_user(users, "0"), Some("root"));
    }
}
