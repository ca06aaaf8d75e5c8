//! The interview in a browser, through the program's own server.

mod answers;
mod browser;
mod certificate;
mod clinic;
mod faults;
mod forms;
mod hostile;
mod kills;
mod lock;
mod moves;
#[cfg(unix)]
mod service;
mod start;
mod tls;
mod tls_files;

use crate::support::web::{WebClient, WebPage, WebServer};
use crate::support::{Sandbox, pack_files};
use preconsult::serve::Issued;

/// The answers to the built-in pack's required questions, each with its path.
const SHORT: [(&str, &str); 5] = [
    ("/question/concerns", "dull-complexion"),
    ("/question/severity/dull-complexion", "mild"),
    ("/question/skin-health", "good"),
    ("/question/treatments-had", "none"),
    ("/question/more", "no"),
];

/// Starts the server with the pack in `tests/packs/everything`.
fn everything(sandbox: &Sandbox) -> WebServer {
    let folder = pack_files::folder("tests/packs/everything");
    WebServer::start(sandbox, ["--format", "text,answers", "--pack", folder.to_str().expect("a path")])
}

/// Answers the short interview up to the review, and returns that page.
fn answer_short(client: &mut WebClient) -> WebPage {
    let mut page = client.start("en");
    for (path, answer) in SHORT {
        assert_eq!(page.path, path);
        page = client.send(path, &[("answer", answer), ("go", "continue")]);
    }
    assert_eq!(page.path, "/check");
    page
}

/// Returns the text of an error on the page; empty if there is none. The title has to agree.
fn error_of(page: &WebPage) -> String {
    let error = page.between("id=\"error\">", "</p>").unwrap_or_default().replace("&quot;", "\"");
    assert_eq!(page.title().starts_with("Error: "), !error.is_empty(), "{}", page.title());
    assert_eq!(
        page.body.contains("class=\"error-summary\" role=\"alert\" tabindex=\"-1\" autofocus"),
        !error.is_empty()
    );
    error
}

/// Returns the number of answered questions in each draft.
fn drafts(sandbox: &Sandbox) -> Vec<String> {
    let list = crate::support::run::run(sandbox.command("drafts list")).stdout;
    // Id, date, time, age, its unit, answers.
    list.lines().skip(1).filter_map(|line| line.split_whitespace().nth(5)).map(str::to_owned).collect()
}

/// Makes a certificate for `frontdesk.local` in the sandbox's folder `tls`, as the command does at another time.
fn certify(sandbox: &Sandbox, days_ago: i64) -> Issued {
    let now = chrono::Utc::now() - chrono::TimeDelta::days(days_ago);
    preconsult::serve::issue(&sandbox.path("tls"), &["frontdesk.local".to_owned()], now).expect("a certificate")
}
