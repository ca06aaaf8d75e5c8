//! The server is killed after each form that it has answered. No answer is lost, and the same browser continues.

use super::{SHORT, drafts};
use crate::support::Sandbox;
use crate::support::web::WebServer;

#[test]
fn a_killed_server_loses_no_answer() {
    let sandbox = Sandbox::new();
    let start = |client: Option<crate::support::web::WebClient>| {
        let server = WebServer::start(&sandbox, ["--format", "answers"]);
        let mut next = server.client();
        if let Some(client) = client {
            next.cookies = client.cookies;
            next.token = client.token;
        }
        (server, next)
    };
    let (mut server, mut client) = start(None);
    client.start("en");
    for (index, (path, answer)) in SHORT.into_iter().enumerate() {
        assert_eq!(client.post(path, &[("answer", answer), ("go", "continue")]).status, 303);
        server.kill();
        (server, client) = start(Some(client));
        let next = SHORT.get(index + 1).map_or("/check", |(path, _)| path);
        // The page that the browser was sent to, and a click on the first page.
        assert_eq!(client.open(next).path, next);
        client.open("/").has([&format!("href=\"{next}\"")]);
    }
    let review = client.open("/check");
    review.has(["Dull skin", "Mild", "Good"]).lacks("[not answered yet]");
    assert_eq!(client.send("/check", &[]).path, "/done");
    assert_eq!(sandbox.outputs().len(), 1);
    assert!(drafts(&sandbox).is_empty());
}

#[test]
fn a_draft_from_a_browser_can_be_resumed_at_the_terminal() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    super::answer_short(&mut client);
    let output = server.stop();
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    sandbox
        .run("ask --plain --resume --format text")
        .stdin("/done\n")
        .stdout_has([".txt"])
        .stderr_has(["5 questions are answered"])
        .check();
    let server = WebServer::start(&sandbox, []);
    let mut next = server.client();
    next.cookies = client.cookies;
    assert_eq!(next.open("/check").path, "/");
}
