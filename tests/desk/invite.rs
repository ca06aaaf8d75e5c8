//! `desk invite`: a code, an address and a QR code for a browser.

use crate::desk::qr_code;
use crate::support::Sandbox;
use crate::support::run::run;
use chrono::{DateTime, Local, TimeDelta};
use preconsult::desk::store::Progress;
use preconsult::desk::{AuditNote, Clinic, Desk, Knock, KnockWith, RunningServer};
use preconsult::storage::own_files::TrustedOwners;
use serde_json::{Value, json};

/// An address that tablets and phones can open.
pub(crate) const ADDRESS: &str = "https://192.168.178.20:8443/";

/// The longest address that fits a screen of 24 rows.
pub(crate) const LONG_ADDRESS: &str = "https://reception-tablets.hillside-skin-clinic.example.internal:8443/";

impl Sandbox {
    /// Pretends that a server runs at an address, until the value is dropped.
    pub(crate) fn server(&self, address: &str) -> RunningServer {
        RunningServer::announce(&self.clinic(), address).expect("a server")
    }

    pub(crate) fn clinic(&self) -> Clinic {
        Clinic::find(Some(&self.path("../clinic")), None, TrustedOwners::default()).expect("a clinic")
    }

    /// Opens the desk in this process, as the server does.
    pub(crate) fn open_desk(&self) -> Desk {
        Desk::open(self.clinic(), || {}).expect("a desk")
    }

    /// Begins the interview of a code in a browser, at a question.
    pub(crate) fn begin_in_browser(&self, code: &str, position: u32, total: u32) -> u64 {
        let (mut desk, now) = (self.open_desk(), Local::now().fixed_offset());
        let Knock::Open(invitation) = desk.knock(KnockWith::Code(code), now).expect("an answer") else {
            panic!("{code} opens nothing")
        };
        assert!(desk.accept(&invitation, "a browser", "en", now, &AuditNote::default()).expect("stored"));
        desk.set_progress(&[(invitation.intake, Progress { position, total })]).expect("stored");
        invitation.intake
    }
}

/// Returns the code on a line such as `Code:    K7M 4PX`.
fn code_in(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("Code:")).expect("a code").trim()
}

#[test]
fn an_invitation_is_printed_with_a_qr_code_of_its_link() {
    let sandbox = Sandbox::with_clinic();
    for address in [ADDRESS, LONG_ADDRESS] {
        let _server = sandbox.server(address);
        let text = sandbox.desk_ok("invite --label A12 --lang es --filled-in-by patient");
        assert!(text.contains(&format!("Address: {address}\n")), "{text}");
        let link = qr_code::decode(&qr_code::rows(&text));
        let secret = link.strip_prefix(&format!("{address}?i=")).expect("the server's link");
        let desk = sandbox.open_desk();
        for with in [KnockWith::Link(secret), KnockWith::Code(code_in(&text))] {
            let Knock::Open(row) = desk.knock(with, Local::now().fixed_offset()).expect("an answer") else {
                panic!("{with:?} opens nothing")
            };
            assert_eq!((row.language.as_deref(), row.filled_in_by.as_deref()), (Some("es"), Some("patient")));
        }
    }
    let list = sandbox.desk_json("list --unlock --json");
    assert_eq!((&list[1]["label"], &list[1]["state"]), (&json!("A12"), &json!("invited")));
    assert!(!sandbox.desk_ok("list").contains("A12"));
}

#[test]
fn scripts_get_json_and_the_list_says_until_when_a_code_opens() {
    let sandbox = Sandbox::with_clinic();
    let server = sandbox.server(ADDRESS);
    let invitation = sandbox.desk_json("invite --json");
    let keys: Vec<&String> = invitation.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["number", "code", "address", "link", "expires"]);
    assert_eq!((&invitation["number"], &invitation["address"]), (&json!(1), &json!(ADDRESS)));
    let text = |key: &str| invitation[key].as_str().expect("a text").to_owned();
    assert!(text("link").starts_with(&format!("{ADDRESS}?i=")), "{invitation}");
    let left = DateTime::parse_from_rfc3339(&text("expires")).expect("a time") - Local::now().fixed_offset();
    assert!(left > TimeDelta::minutes(13) && left <= TimeDelta::minutes(15), "{left}");
    let listed = |sandbox: &Sandbox| sandbox.desk_json("list --json")[0].clone();
    let expected = json!({ "number": 1, "started": listed(&sandbox)["started"], "state": "invited",
        "expires": invitation["expires"] });
    assert_eq!(listed(&sandbox), expected);
    assert!(sandbox.desk_ok("list").contains("invited     15 minutes left"), "{}", sandbox.desk_ok("list"));
    sandbox.begin_in_browser(&text("code"), 7, 22);
    let listed_now = listed(&sandbox);
    assert_eq!((&listed_now["position"], &listed_now["about"]), (&json!(7), &json!(22)), "{listed_now}");
    assert_eq!((&listed_now["state"], listed_now.get("expires")), (&json!("started"), None));
    assert!(sandbox.desk_ok("list").contains("started     question 7 of about 22"));
    // The invitation is invalid.
    drop(server);
    assert!(sandbox.desk_ok("list").contains("started     stopped at question 7 of about 22"));
}

#[test]
fn nothing_is_stored_without_a_server_or_with_a_wrong_option() {
    let sandbox = Sandbox::with_clinic();
    let output = sandbox.desk("invite --label A12");
    assert_eq!(output.code, Some(1), "{output:?}");
    for part in ["no server runs for the clinic", "preconsult serve --clinic"] {
        assert!(output.stderr.contains(part), "{output:?}");
    }
    let _server = sandbox.server(ADDRESS);
    let long = "x".repeat(61);
    for (options, problem) in [
        (format!("--label {long}"), "--label: The text has 61 characters; the limit is 60."),
        ("--lang xx".to_owned(), "has no language xx"),
        ("--again 7".to_owned(), "intake 7"),
        ("--withdraw 7".to_owned(), "intake 7"),
        ("--again 7 --label A".to_owned(), "cannot be used with"),
    ] {
        let output = sandbox.desk(&format!("invite {options}"));
        assert!(output.code == Some(2) && output.stderr.contains(problem), "{options}: {output:?}");
    }
    assert_eq!(sandbox.desk_json("list --json"), json!([]));
}

#[test]
fn a_code_is_given_out_again_and_taken_back() {
    let sandbox = Sandbox::with_clinic();
    let server = sandbox.server(ADDRESS);
    let first = sandbox.desk_json("invite --json");
    let second = sandbox.desk_json("invite --again 1 --json");
    let opens = |invitation: &Value| {
        let code = invitation["code"].as_str().expect("a code");
        matches!(sandbox.open_desk().knock(KnockWith::Code(code), Local::now().fixed_offset()), Ok(Knock::Open(_)))
    };
    assert_eq!((&second["number"], opens(&first), opens(&second)), (&json!(1), false, true));
    sandbox.desk_ok("invite --label B");
    sandbox.begin_in_browser(second["code"].as_str().expect("a code"), 3, 9);
    // It needs no server.
    drop(server);
    assert_eq!(sandbox.desk_json("invite --withdraw 1 --json"), json!({ "number": 1, "deleted": false }));
    assert_eq!(sandbox.desk_json("invite --withdraw 2 --json"), json!({ "number": 2, "deleted": true }));
    let list = sandbox.desk_json("list --json");
    assert_eq!((list.as_array().map(Vec::len), &list[0]["state"]), (Some(1), &json!("started")), "{list}");
    let trail = sandbox.desk_ok("trail --unlock");
    assert!(trail.contains("its invitation was taken back"), "{trail}");
    assert_eq!(sandbox.desk_json("verify --unlock --json")["ok"], json!(true));
}

/// A phone cannot open an address of the clinic's own machine, so a QR code of it would only mislead.
#[test]
fn an_address_of_this_machine_has_no_qr_code() {
    let sandbox = Sandbox::with_clinic();
    let _server = sandbox.server("http://127.0.0.1:8181/");
    let output = sandbox.desk("invite");
    assert!(output.stderr.contains("only a browser on this machine can open this address"), "{output:?}");
    assert!(output.stdout.contains("Code: ") && !output.stdout.contains('█'), "{output:?}");
}

#[test]
fn in_plain_mode_there_is_no_qr_code() {
    let sandbox = Sandbox::with_clinic();
    let _server = sandbox.server(ADDRESS);
    let mut command = sandbox.desk_command("invite --clinic ../clinic");
    command.env("ACCESSIBLE", "1");
    let output = run(command);
    assert!(output.code == Some(0) && output.stdout.contains("Code: "), "{output:?}");
    assert!(!output.stdout.contains('█'), "{output:?}");
}

/// The colours are set, so that the code is dark on light on every terminal.
#[test]
fn on_a_terminal_the_colours_of_the_code_are_set() {
    let sandbox = Sandbox::with_clinic();
    let _server = sandbox.server(ADDRESS);
    let invite = |settings: &[(&str, &str)]| {
        let terminal = sandbox.terminal("desk invite --clinic ../clinic").size(40, 80);
        settings.iter().fold(terminal, |terminal, (name, value)| terminal.env(name, value)).start().end()
    };
    let colours = "\u{1b}[38;5;231;48;5;16m█";
    let painted = invite(&[]);
    assert!(painted.bytes.contains(colours), "{}", painted.screen);
    assert!(qr_code::decode(&qr_code::rows(&painted.screen)).starts_with(ADDRESS));
    let without = invite(&[("NO_COLOR", "1")]);
    assert!(!without.bytes.contains("\u{1b}[38"), "{}", without.screen);
    assert!(qr_code::decode(&qr_code::rows(&without.screen)).starts_with(ADDRESS));
    // On a light terminal the dark modules are drawn, and the border is empty.
    let light = invite(&[("NO_COLOR", "1"), ("COLORFGBG", "0;15")]);
    assert!(light.screen.contains("    █▀▀▀▀▀█") && qr_code::rows(&light.screen).is_empty(), "{}", light.screen);
}
