//! The server as a service of systemd.

use crate::support::{PROGRAM, Sandbox};
use std::os::unix::net::UnixDatagram;
use std::process::Command;
use std::time::Duration;

#[test]
fn the_service_manager_hears_when_the_pages_can_be_opened() {
    let sandbox = Sandbox::new();
    let socket = UnixDatagram::bind(sandbox.path("notify")).expect("a socket");
    socket.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
    let mut command = sandbox.command_of(PROGRAM, ["serve", "--listen", "127.0.0.1:0"]);
    let mut child = command.env("NOTIFY_SOCKET", sandbox.path("notify")).spawn().expect("the program starts");
    let mut message = [0; 64];
    let length = socket.recv(&mut message).expect("a message");
    assert_eq!(&message[..length], b"READY=1\n");
    crate::support::run::send_signal("TERM", child.id());
    assert_eq!(child.wait().expect("the program ends").code(), Some(0));
}

#[test]
fn the_example_of_a_service_is_one_that_systemd_takes_and_confines() {
    let Some(program) = crate::support::tools::find_program("systemd-analyze") else { return };
    let unit = concat!(env!("CARGO_MANIFEST_DIR"), "/.systemd/preconsult.service");
    let text = std::fs::read_to_string(unit).expect("the unit");
    let sandbox = Sandbox::new();
    // The check wants a program that exists.
    let local = text.replace("/usr/local/bin/preconsult", PROGRAM);
    std::fs::write(sandbox.path("preconsult.service"), local).expect("a copy");
    let analyze = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).arg(sandbox.path("preconsult.service")).output().expect("the tool runs")
    };
    let verified = analyze(&["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    assert_eq!(String::from_utf8_lossy(&verified.stderr), "");
    // From 0, all doors shut, to 100.
    let confined = analyze(&["security", "--offline=true", "--threshold=15"]);
    assert!(confined.status.success(), "{}", String::from_utf8_lossy(&confined.stdout));
}
