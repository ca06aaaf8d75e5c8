//! The server of a clinic: it begins interviews by invitation, stores their answers encrypted, and can read none later.

use super::SHORT;
use crate::desk::clinic::LABEL;
use crate::support::Sandbox;
use crate::support::web::{WebClient, WebPage, WebServer};
use chrono::{DateTime, FixedOffset};
use preconsult::desk::store::Progress;
use preconsult::desk::{AuditNote, Invitation, InvitationState, RunningServer};
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};

/// Longest wait until the server and the store are synchronized.
const TIME_LIMIT: Duration = Duration::from_secs(20);

fn start(sandbox: &Sandbox) -> WebServer {
    WebServer::start(sandbox, ["--clinic", "../clinic"])
}

fn now() -> DateTime<FixedOffset> {
    chrono::Local::now().fixed_offset()
}

fn note() -> AuditNote {
    AuditNote { who: "Rosa".to_owned(), why: None }
}

pub(super) fn invite(sandbox: &Sandbox, label: Option<&str>, language: Option<&str>) -> Invitation {
    sandbox.open_desk().invite(label, language, None, now(), &note()).expect("an invitation")
}

/// Returns a browser that has the session of another one, at a server that may have started again.
pub(super) fn same_browser(server: &WebServer, earlier: WebClient) -> WebClient {
    let mut client = server.client();
    (client.cookies, client.token) = (earlier.cookies, earlier.token);
    client
}

pub(super) fn begin(client: &mut WebClient, code: &str) -> WebPage {
    client.open("/");
    let reply = client.post("/", &[("code", code), ("lang", "en")]);
    if let Some(first) = reply.header("location") {
        client.open(first);
    }
    reply
}

fn answer(client: &mut WebClient, count: usize) -> WebPage {
    let mut page = None;
    for (path, answer) in &SHORT[..count] {
        page = Some(client.send(path, &[("answer", answer), ("go", "continue")]));
    }
    page.expect("a page")
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let since = Instant::now();
    while !is_so() {
        assert!(since.elapsed() < TIME_LIMIT, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn assert_nowhere(folder: &Path, secrets: &[&str]) {
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            assert_nowhere(&path, secrets);
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        for secret in secrets {
            let is_in = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!is_in, "{} holds {secret:?}", path.display());
        }
    }
}

#[test]
fn a_code_from_the_desk_begins_one_interview_that_becomes_a_record() {
    let sandbox = Sandbox::with_clinic();
    let server = start(&sandbox);
    assert_eq!(RunningServer::address(&sandbox.clinic()), Some(format!("http://{}/", server.host)));
    let invitation = invite(&sandbox, Some(LABEL), Some("es"));
    let (mut client, mut other) = (server.client(), server.client());
    client.open("/").has(["Your code · Su código", "six letters", "Start · Empezar"]);
    let code = format!(" {} {} ", invitation.code[..3].to_lowercase(), &invitation.code[3..]);
    let page = begin(&mut client, &code);
    assert_eq!((page.status, page.header("location")), (303, Some("/question/concerns")));
    client.open("/question/concerns").has(["Question 1 of"]);
    let refused = begin(&mut other, &invitation.code);
    assert_eq!(refused.status, 409);
    refused.has(["used already, on this or another device"]);
    assert_eq!(other.open("/check").path, "/");
    assert_eq!(answer(&mut client, SHORT.len()).path, "/check");
    let done = client.send("/check", &[]);
    assert_eq!(done.path, "/done");
    done.lacks("Dull skin");
    let list = sandbox.desk_json("list --unlock --json");
    assert_eq!((&list[0]["state"], &list[0]["label"]), (&json!("finished"), &json!(LABEL)));
    let record = sandbox.desk("show 1 --json").stdout;
    assert!(record.contains("\"dull-complexion\"") && record.contains(LABEL), "{record}");
    assert!(sandbox.open_desk().invitations(now()).expect("the invitations").is_empty());
    assert_eq!(sandbox.desk("verify --unlock").code, Some(0));
    let output = server.stop();
    assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""));
    assert_eq!(RunningServer::address(&sandbox.clinic()), None);
    let secrets = [LABEL, "dull-complexion", &invitation.code, &invitation.secret];
    assert_nowhere(&sandbox.path("../clinic"), &secrets);
    assert_nowhere(&sandbox.path("../home"), &secrets);
}

#[test]
fn opening_a_link_spends_nothing_and_its_start_spends_it() {
    let sandbox = Sandbox::with_clinic();
    let server = start(&sandbox);
    let invitation = invite(&sandbox, None, Some("es"));
    let link = invitation.link("/");
    let (mut client, mut other) = (server.client(), server.client());
    for _ in 0..2 {
        // The staff have chosen the language.
        client.open(&link).has(["<html lang=\"es\"", "type=\"hidden\" name=\"i\""]).lacks("name=\"code\"");
    }
    assert_eq!(client.post("/", &[("i", &invitation.secret), ("lang", "es")]).status, 303);
    other.open(&link).has(["used already", "name=\"code\""]).lacks("type=\"hidden\" name=\"i\"");
    assert_eq!(other.post("/", &[("i", &invitation.secret)]).status, 409);
    // A code in a link does not open: tries with links are not counted.
    let second = invite(&sandbox, None, None);
    other.open(&format!("/?i={}", second.code)).has(["does not fit"]);
    assert_eq!(other.post("/", &[("i", &second.code)]).status, 422);
    assert_eq!(begin(&mut other, &second.code).status, 303);
}

#[test]
fn after_ten_wrong_codes_only_links_open_for_a_while() {
    let sandbox = Sandbox::with_clinic();
    let server = start(&sandbox);
    let invitation = invite(&sandbox, None, None);
    let codes: Vec<String> = (0..12).map(|number| format!("C{number:05}")).collect();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let run = |code: &String| {
            let code = code.clone();
            let mut client = server.client();
            scope.spawn(move || begin(&mut client, &code).status)
        };
        let running: Vec<_> = codes.iter().map(run).collect();
        running.into_iter().map(|status| status.join().expect("a status")).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 10, "{statuses:?}");
    let mut client = server.client();
    let paused = begin(&mut client, &invitation.code);
    assert_eq!(paused.status, 429);
    paused.has(["Too many wrong codes were typed"]);
    assert_eq!(client.post("/", &[("code", "")]).status, 409);
    assert_eq!(client.post("/", &[("i", &invitation.secret)]).status, 303);
}

/// A patient could otherwise guess without limit, with the code of their own interview.
#[test]
fn a_used_code_does_not_reset_the_count_of_wrong_ones() {
    let sandbox = Sandbox::with_clinic();
    let server = start(&sandbox);
    let (used, open) = (invite(&sandbox, None, None), invite(&sandbox, None, None));
    assert_eq!(begin(&mut server.client(), &used.code).status, 303);
    let wrong = || {
        std::thread::scope(|scope| {
            for number in 0..5 {
                let mut client = server.client();
                scope.spawn(move || assert_eq!(begin(&mut client, &format!("C{number:05}")).status, 422));
            }
        });
    };
    wrong();
    assert_eq!(begin(&mut server.client(), &used.code).status, 409);
    wrong();
    assert_eq!(begin(&mut server.client(), &open.code).status, 429);
}

#[test]
fn the_label_of_the_staff_holds() {
    let sandbox = Sandbox::with_clinic();
    let server = start(&sandbox);
    let invitation = invite(&sandbox, Some(LABEL), None);
    let mut client = server.client();
    begin(&mut client, &invitation.code);
    answer(&mut client, SHORT.len() - 1);
    client.send("/question/more", &[("answer", "yes")]);
    client.open("/question/label");
    client.send("/question/label", &[("answer", "Somebody")]);
    client.open("/check").has(["Somebody"]);
    assert_eq!(client.send("/check", &[]).path, "/done");
    assert_eq!(sandbox.desk_json("list --unlock --json")[0]["label"], json!(LABEL));
    let page = sandbox.desk("show 1").stdout;
    assert!(page.contains(LABEL) && !page.contains("Somebody"), "{page}");
}

#[test]
fn a_killed_server_loses_no_answer_of_a_clinic() {
    let sandbox = Sandbox::with_clinic();
    let invitation = invite(&sandbox, None, None);
    let mut server = start(&sandbox);
    let mut client = server.client();
    assert_eq!(begin(&mut client, &invitation.code).status, 303);
    // Before the first answer there is nothing to find on the disk, and the browser begins again.
    server.kill();
    server = start(&sandbox);
    client = same_browser(&server, client);
    for (path, answer) in SHORT {
        assert_eq!(client.open("/check").path, "/check");
        assert_eq!(client.post(path, &[("answer", answer), ("go", "continue")]).status, 303, "{path}");
        server.kill();
        server = start(&sandbox);
        client = same_browser(&server, client);
    }
    client.open("/check").has(["Dull skin", "Mild", "Good"]).lacks("[not answered yet]");
    // Another browser cannot continue: the server has no key of the interview.
    let again = sandbox.open_desk().invite_again(1, now(), &note()).expect("another code");
    let mut other = server.client();
    server.kill();
    server = start(&sandbox);
    other = same_browser(&server, other);
    let refused = begin(&mut other, &again.code);
    assert_eq!(refused.status, 409);
    refused.has(["only at the front desk"]);
    client = same_browser(&server, client);
    assert_eq!(client.send("/check", &[]).path, "/done");
    let record = sandbox.desk("show 1 --json").stdout;
    assert!(record.contains("\"dull-complexion\""), "{record}");
}

#[test]
fn a_code_given_out_again_goes_on_in_another_browser() {
    let sandbox = Sandbox::with_clinic();
    let server = start(&sandbox);
    let first = invite(&sandbox, None, None);
    let (mut client, mut other) = (server.client(), server.client());
    begin(&mut client, &first.code);
    answer(&mut client, 2);
    wait_until("the progress is stored", || {
        let state = sandbox.open_desk().invitations(now()).expect("the invitations").remove(&1);
        matches!(state, Some(InvitationState::Begun(Some(Progress { position: 3, .. }))))
    });
    let again = sandbox.open_desk().invite_again(1, now(), &note()).expect("another code");
    assert_eq!(begin(&mut other, &again.code).header("location"), Some(SHORT[2].0));
    other.open("/check").has(["Dull skin", "Mild"]);
    // Its return code is another one.
    other.open(SHORT[2].0).has(["Your return code:"]);
    // The first browser has lost it.
    assert_eq!(client.open("/check").path, "/");
    for (path, answer) in &SHORT[2..] {
        other.send(path, &[("answer", answer)]).lacks("Your return code:");
    }
    assert_eq!(other.send("/check", &[]).path, "/done");
    assert!(sandbox.clinic().drafts().list().expect("the journals").is_empty());
    assert_eq!(sandbox.desk("verify --unlock").code, Some(0));
}

#[test]
fn what_the_desk_takes_back_leaves_the_browser_and_stays_with_the_desk() {
    let sandbox = Sandbox::with_clinic();
    let server = start(&sandbox);
    let invitation = invite(&sandbox, Some(LABEL), None);
    let mut client = server.client();
    begin(&mut client, &invitation.code);
    answer(&mut client, 3);
    sandbox.open_desk().withdraw_invitation(1, now(), &note()).expect("withdrawn");
    wait_until("the browser has lost the interview", || client.open("/check").path == "/");
    let list = sandbox.desk_json("list --unlock --json");
    let intake = &list[0];
    assert_eq!((&intake["state"], &intake["can_go_on"]), (&json!("started"), &json!(true)));
    assert_eq!(intake["label"], json!(LABEL));
}

/// Before the first answer there is no journal that could be locked.
#[test]
fn an_intake_in_a_browser_is_not_deleted() {
    let sandbox = Sandbox::with_clinic();
    let server = start(&sandbox);
    let invitation = invite(&sandbox, None, None);
    let mut client = server.client();
    begin(&mut client, &invitation.code);
    let refused = sandbox.desk("delete 1 --why test");
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("is in progress") && refused.stderr.contains("--withdraw 1"), "{refused:?}");
    assert_eq!(answer(&mut client, SHORT.len()).path, "/check");
    assert_eq!(client.send("/check", &[]).path, "/done");
    sandbox.desk_ok("delete 1 --why test");
}

#[test]
fn a_clinic_has_one_server() {
    let sandbox = Sandbox::with_clinic();
    let server = start(&sandbox);
    sandbox
        .run("serve --clinic ../clinic --listen 127.0.0.1:0")
        .code(1)
        .stderr_has(["a server of this clinic runs already"])
        .check();
    drop(server.stop());
    drop(start(&sandbox).stop());
    for option in ["--out ../out", "--print", "--label Ana", "--format text"] {
        sandbox.run(&format!("serve --clinic ../clinic {option}")).code(2).stderr_has(["cannot be used with"]).check();
    }
}
