//! Answers that cannot be saved or handed in: the patient is told, and nothing is lost.

use super::{SHORT, answer_short, drafts, error_of};
use crate::support::Sandbox;
use crate::support::web::WebServer;

/// Makes a folder read-only, also for the administrator, whom permissions do not stop.
struct Blocked(std::path::PathBuf);

impl Blocked {
    /// Replaces a folder by a file, so that nothing can be written in it.
    fn new(folder: std::path::PathBuf) -> Self {
        std::fs::rename(&folder, folder.with_extension("away")).expect("the folder can be renamed");
        std::fs::write(&folder, "").expect("a file");
        Self(folder)
    }

    fn end(self) {
        std::fs::remove_file(&self.0).expect("the file can be removed");
        std::fs::rename(self.0.with_extension("away"), &self.0).expect("the folder can be renamed");
    }
}

#[test]
fn an_answer_that_cannot_be_saved_is_asked_for_again() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    client.start("en");
    let blocked = Blocked::new(sandbox.state_folder().join("preconsult/drafts"));
    let page = client.send(SHORT[0].0, &[("answer", "dull-complexion")]);
    assert_eq!(page.path, SHORT[0].0);
    assert!(error_of(&page).starts_with("Your answer could not be saved."), "{}", error_of(&page));
    page.has(["value=\"dull-complexion\" checked"]);
    blocked.end();
    assert_eq!(client.send(SHORT[0].0, &[("answer", "dull-complexion")]).path, SHORT[1].0);
    let output = server.stop();
    assert!(
        output.stderr.contains("cannot be saved") && output.stderr.contains("being saved again"),
        "{}",
        output.stderr
    );
    assert_eq!(drafts(&sandbox), ["1"]);
}

#[test]
fn a_summary_that_cannot_be_written_keeps_the_answers() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, ["--out", "../out", "--format", "text"]);
    let mut client = server.client();
    answer_short(&mut client);
    let blocked = Blocked::new(sandbox.path("../out"));
    let page = client.send("/check", &[]);
    assert_eq!(page.path, "/check");
    page.has(["Your answers could not be handed in."]);
    blocked.end();
    assert_eq!(client.send("/check", &[]).path, "/done");
    let output = server.stop();
    assert!(output.stderr.contains("error: ") && output.stderr.contains("hint: "), "{}", output.stderr);
    assert!(!output.stderr.contains("ull skin"), "{}", output.stderr);
}
