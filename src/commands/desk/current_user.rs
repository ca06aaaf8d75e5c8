//! Who is at the machine, for the trail.

/// The name of the user: as the session says it, else as the system knows it.
pub(super) fn user() -> Option<String> {
    let said = ["USER", "LOGNAME", "USERNAME"].iter().filter_map(|name| std::env::var(name).ok());
    said.chain(known()).find(|name| !name.is_empty())
}

/// What tells the user where nobody knows a name.
pub(super) fn number() -> String {
    #[cfg(unix)]
    return format!("uid {}", uid());
    #[cfg(not(unix))]
    "unknown".to_owned()
}

/// The name in the system's own list of users; a service and a timer have nothing else.
#[cfg(unix)]
fn known() -> Option<String> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    named(&users, &uid().to_string()).map(str::to_owned)
}

#[cfg(not(unix))]
fn known() -> Option<String> {
    None
}

#[cfg(unix)]
fn uid() -> u32 {
    nix::unistd::getuid().as_raw()
}

/// The name of a user in a list as /etc/passwd is one: `name:x:uid:…`.
#[cfg(unix)]
fn named<'u>(users: &'u str, uid: &str) -> Option<&'u str> {
    users.lines().map(|line| line.split(':')).find_map(|mut parts| {
        let name = parts.next()?;
        (parts.nth(1)? == uid).then_some(name)
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::named;

    #[test]
    fn a_user_is_found_by_the_number() {
        let users = "root:x:0:0:root:/root:/bin/sh\nbroken\nana:x:1000:1000::/home/ana:/bin/sh\n";
        assert_eq!(named(users, "1000"), Some("ana"));
        assert_eq!(named(users, "100"), None);
        assert_eq!(named(users, "0"), Some("root"));
    }
}
