//! Certificates and keys that the server refuses, each with a way out.

use super::certify;
use crate::support::Sandbox;
use crate::support::web::WebServer;

/// Starts the server with these options; it has to refuse them, and name the command that makes a certificate.
fn refused(sandbox: &Sandbox, options: &str, code: i32, message: &str) {
    sandbox
        .run(&format!("serve --listen 127.0.0.1:0 {options}"))
        .code(code)
        .stderr_has([message, "hint: ", "preconsult serve certificate"])
        .check();
}

#[test]
fn a_file_that_is_no_certificate_or_no_key_is_refused() {
    let mut sandbox = Sandbox::new();
    certify(&sandbox, 0);
    preconsult::serve::issue(&sandbox.path("other"), &["localhost".to_owned()], chrono::Utc::now()).expect("a second");
    sandbox.file("empty", "");
    let cut = sandbox.read("tls/server.crt").replace('M', "*");
    sandbox.file("cut", cut);
    sandbox.file("foreign", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    #[cfg(unix)]
    for name in ["empty", "cut"] {
        set_mode(&sandbox, name, 0o600);
    }
    for (certificate, key, code, message) in [
        ("nowhere.crt", "tls/server.key", 1, "could not read nowhere.crt"),
        ("tls/server.crt", "nowhere.key", 1, "could not read nowhere.key"),
        ("empty", "tls/server.key", 2, "empty holds no certificate in PEM form"),
        ("cut", "tls/server.key", 2, "cut holds no certificate in PEM form"),
        ("foreign", "tls/server.key", 2, "foreign cannot be used: "),
        ("tls/server.key", "tls/server.key", 2, "tls/server.key holds no certificate"),
        ("tls/server.crt", "empty", 2, "empty holds no private key"),
        ("tls/server.crt", "tls/authority.key", 2, "tls/authority.key is not the key of the certificate"),
        ("tls/server.crt", "other/server.key", 2, "other/server.key is not the key of the certificate"),
    ] {
        refused(&sandbox, &format!("--tls-cert {certificate} --tls-key {key}"), code, message);
    }
    for (option, missing) in [("--tls-cert tls/server.crt", "--tls-key"), ("--tls-key tls/server.key", "--tls-cert")] {
        sandbox.run(&format!("serve {option}")).code(2).stderr_has([missing]).check();
    }
}

#[cfg(unix)]
fn set_mode(sandbox: &Sandbox, name: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(sandbox.path(name), std::fs::Permissions::from_mode(mode)).expect("the mode is set");
}

#[cfg(unix)]
#[test]
fn a_key_that_every_user_can_read_is_refused() {
    let sandbox = Sandbox::new();
    certify(&sandbox, 0);
    let files = ["--tls-cert", "tls/server.crt", "--tls-key", "tls/server.key"];
    for mode in [0o644, 0o604, 0o606] {
        set_mode(&sandbox, "tls/server.key", mode);
        refused(&sandbox, &files.join(" "), 2, "tls/server.key is open to every user of this machine");
    }
    // A service manager hands over a key that a group can read.
    for mode in [0o640, 0o400] {
        set_mode(&sandbox, "tls/server.key", mode);
        WebServer::start_tls(&sandbox, []).client().open("/").has(["Start"]);
    }
}

#[test]
fn a_certificate_that_browsers_would_refuse_is_refused_at_the_start() {
    let files = "--tls-cert tls/server.crt --tls-key tls/server.key";
    for (days_ago, message) in [(731, "tls/server.crt expired on 20"), (-2, "tls/server.crt is not valid before 20")] {
        let sandbox = Sandbox::new();
        certify(&sandbox, days_ago);
        refused(&sandbox, files, 2, message);
    }
    let sandbox = Sandbox::new();
    certify(&sandbox, 0);
    for name in ["tablet.local", "192.168.1.20", "x.frontdesk.local"] {
        let options = format!("{files} --host frontdesk.local --host {name}");
        refused(&sandbox, &options, 2, &format!("tls/server.crt is not a certificate for {name}"));
    }
    let listen = format!("--listen 127.0.0.2:0 {files}");
    sandbox.run(&format!("serve {listen}")).code(2).stderr_has(["not a certificate for 127.0.0.2"]).check();
}

#[test]
fn a_certificate_that_ends_soon_is_reported() {
    let sandbox = Sandbox::new();
    certify(&sandbox, 710);
    let server = WebServer::start_tls(&sandbox, ["--host", "frontdesk.local"]);
    server.client().open("/").has(["Start"]);
    let note = server.stop().stderr;
    assert!(note.starts_with("note: tls/server.crt expires on 20"), "{note}");
    assert!(note.contains("preconsult serve certificate"), "{note}");
}
