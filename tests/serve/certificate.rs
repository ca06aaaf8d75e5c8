//! `preconsult serve certificate`: the files, the authority that stays, and the steps.

use super::certify;
use crate::support::Sandbox;
use crate::support::sandbox::names_in;
use crate::support::web::WebServer;
use rcgen::{CertificateParams, Issuer, KeyPair};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::ServerCertVerifier as _;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};

const FILES: [&str; 5] = ["authority.cer", "authority.crt", "authority.key", "server.crt", "server.key"];

#[test]
fn a_certificate_is_made_and_the_server_starts_with_the_printed_command() {
    let sandbox = Sandbox::new();
    let page = sandbox
        .run("serve certificate tls --host FrontDesk.local --host 192.168.1.20")
        .stdout_has([
            "tls has a certificate for frontdesk.local, 192.168.1.20. It can be used until ",
            "a new authority, \"preconsult ",
            "   preconsult serve --listen 0.0.0.0:8181 --host frontdesk.local --host 192.168.1.20 --tls-cert tls/server.crt \
             --tls-key tls/server.key\n",
            "tls/authority.cer",
            "\niPad or iPhone\n1) Open the file",
            "Certificate Trust Settings",
            "https://frontdesk.local:8181/",
            "\nAndroid tablet or phone\n",
            "\nWindows tablet or PC\n",
            "\nLinux with Chromium\n",
            "\n   certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n \"preconsult ",
        ])
        .check()
        .stdout;
    assert!(!page.contains('{') && !page.contains('}'), "{page}");
    assert_eq!(names_in(&sandbox.path("tls")), FILES);
    let command = page.lines().find(|line| line.contains("--tls-cert")).expect("the command").trim();
    let options = command.strip_prefix("preconsult serve --listen 0.0.0.0:8181 ").expect("the command");
    let server = WebServer::start_at(&sandbox, "0.0.0.0:0", options.split(' '));
    assert!(server.host.starts_with("frontdesk.local:"), "{}", server.host);
    assert_eq!(server.stop().code, Some(0));
}

#[cfg(unix)]
#[test]
fn only_the_user_can_read_the_folder_and_the_keys() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new();
    certify(&sandbox, 0);
    let mode = |name: &str| std::fs::metadata(sandbox.path(name)).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode("tls"), 0o700);
    for name in FILES {
        assert_eq!(mode(&format!("tls/{name}")), 0o600, "{name}");
    }
}

#[test]
fn a_second_certificate_comes_from_the_same_authority() {
    let sandbox = Sandbox::new();
    certify(&sandbox, 700);
    let read = |name: &str| std::fs::read(sandbox.path(&format!("tls/{name}"))).expect("a file");
    let before = FILES.map(read);
    let server = WebServer::start_tls(&sandbox, ["--host", "frontdesk.local"]);
    sandbox
        .run("serve certificate tls --host frontdesk.local")
        .stdout_has([
            "new certificate for frontdesk.local",
            "the same authority",
            "nothing to do",
            "Restart the server",
        ])
        .check();
    let after = FILES.map(read);
    assert_eq!(before[..3], after[..3], "the authority");
    assert_ne!(before[3..], after[3..], "the certificate");
    // A client that trusts the authority from before accepts both.
    server.client().open("/").has(["Start"]);
    WebServer::start_tls(&sandbox, ["--host", "frontdesk.local"]).client().open("/").has(["Start"]);
}

#[test]
fn an_authority_certifies_only_the_names_that_it_was_made_for() {
    let sandbox = Sandbox::new();
    certify(&sandbox, 0);
    let before = sandbox.read("tls/server.crt");
    for host in ["tablet.local", "192.168.1.20", "fd00::1"] {
        sandbox
            .run(&format!("serve certificate tls --host {host}"))
            .code(2)
            .stderr_has(["the authority in tls/authority.crt cannot certify these names", "hint: name only hosts"])
            .check();
    }
    sandbox.run("serve certificate tls --host sub.frontdesk.local --json").stdout_has(["sub.frontdesk.local"]).check();
    assert_ne!(sandbox.read("tls/server.crt"), before);
}

/// A thief of the authority's key signs a certificate for another site.
#[test]
fn a_stolen_key_of_the_authority_does_not_imitate_other_sites() {
    let sandbox = Sandbox::new();
    let issued = certify(&sandbox, 0);
    let key = KeyPair::from_pem(&sandbox.read("tls/authority.key")).expect("a key");
    let mut thief = CertificateParams::default();
    thief.distinguished_name.push(rcgen::DnType::CommonName, issued.authority_name);
    let issuer = Issuer::new(thief, key);
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(sandbox.path("tls/authority.crt")).expect("a certificate"))
        .expect("a root");
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::new(ring::default_provider()));
    let verifier = verifier.build().expect("a verifier");
    for (name, is_accepted) in [("frontdesk.local", true), ("bank.example", false), ("10.0.0.1", false), ("::2", false)]
    {
        let params = CertificateParams::new([name.to_owned()]).expect("a name");
        let forged = params.signed_by(&KeyPair::generate().expect("a key"), &issuer).expect("a certificate");
        let server_name = ServerName::try_from(name).expect("a name");
        let verdict = verifier.verify_server_cert(forged.der(), &[], &server_name, &[], UnixTime::now());
        assert_eq!(verdict.is_ok(), is_accepted, "{name}: {verdict:?}");
    }
}

#[test]
fn a_certificate_lasts_as_long_as_every_device_accepts() {
    let sandbox = Sandbox::new();
    let issued = certify(&sandbox, 0);
    let days = (issued.expiry - chrono::Utc::now()).num_days();
    // The day before is for slow clocks; Apple's devices refuse more than 825 days.
    assert!((700..=823).contains(&days), "{days}");
    assert!((issued.authority_expiry - chrono::Utc::now()).num_days() > 3600);
    let authority = std::fs::read(&issued.authority_for_devices).expect("a file");
    assert_eq!(authority, CertificateDer::from_pem_file(&issued.authority).expect("a certificate").as_ref());
    // An authority that ends soon ends its certificates too, and one that has ended makes none.
    let sandbox = Sandbox::new();
    certify(&sandbox, 3600);
    let issued = certify(&sandbox, 0);
    assert!(issued.expiry <= issued.authority_expiry && !issued.authority_is_new);
    let sandbox = Sandbox::new();
    certify(&sandbox, 3651);
    sandbox
        .run("serve certificate tls --host frontdesk.local")
        .code(2)
        .stderr_has(["tls/authority.crt expired on 20", "hint: make a new authority in an empty folder"])
        .check();
}

#[test]
fn an_incomplete_authority_and_files_of_another_are_left_alone() {
    for missing in ["authority.key", "authority.crt"] {
        let sandbox = Sandbox::new();
        certify(&sandbox, 0);
        std::fs::remove_file(sandbox.path(&format!("tls/{missing}"))).expect("removed");
        let before = sandbox.read("tls/server.crt");
        sandbox
            .run("serve certificate tls --host frontdesk.local")
            .code(1)
            .stderr_has([&format!("tls/{missing} is missing"), "hint: put the file back"])
            .check();
        assert_eq!(sandbox.read("tls/server.crt"), before);
    }
    let mut sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("bought")).expect("a folder");
    sandbox.file("bought/server.crt", "from elsewhere");
    sandbox
        .run("serve certificate bought --host frontdesk.local")
        .code(1)
        .stderr_has(["bought/server.crt already exists", "hint: "])
        .check();
    assert_eq!(names_in(&sandbox.path("bought")), ["server.crt"]);
    sandbox.file("file", "");
    sandbox.run("serve certificate file --host a").code(1).stderr_has(["could not create the folder file"]).check();
    for arguments in ["tls", "tls --host a:1", "tls --host https://a", "tls --host 0.0.0.0", "--host a"] {
        sandbox.run(&format!("serve certificate {arguments}")).code(2).stderr_has(["--help"]).check();
    }
}

#[test]
fn the_result_can_be_read_by_scripts_and_the_steps_in_spanish() {
    let sandbox = Sandbox::with("clinic.toml", "language = \"es\"\n");
    let page = sandbox.run("serve certificate tls --host fd00::1 --json").stdout_has(["{"]).check().stdout;
    let json: serde_json::Value = serde_json::from_str(&page).expect("JSON");
    assert_eq!(json["hosts"], serde_json::json!(["fd00::1"]));
    assert_eq!(json["authority_is_new"], true);
    for (key, file) in [
        ("authority", "tls/authority.crt"),
        ("authority_for_devices", "tls/authority.cer"),
        ("certificate", "tls/server.crt"),
        ("key", "tls/server.key"),
    ] {
        assert_eq!(json[key], file);
    }
    let year = chrono::DateTime::<chrono::Utc>::from(SystemTime::now() + Duration::from_secs(730 * 86_400));
    assert!(
        json["valid_until"].as_str().is_some_and(|date| date.starts_with(&year.format("%Y-").to_string())),
        "{page}"
    );
    sandbox
        .run("serve certificate neu --host fd00::1 --config clinic.toml")
        .stdout_has(["una autoridad nueva, «preconsult ", "1) Abra el archivo", "https://[fd00::1]:8181/"])
        .check();
}
