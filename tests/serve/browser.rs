//! The pages in Chromium, driven by Playwright: axe-core, the keyboard alone, no scripts, small windows, and what is left
//! behind.

use super::clinic::invite;
use super::everything;
use crate::support::Sandbox;
use crate::support::thoroughness::thoroughness;
use crate::support::tools::{fetched, find_program, output};
use crate::support::web::WebServer;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// A text that the script types, and that no file may hold afterwards.
const SECRET: &str = "zebrafinch";

/// Runs a part of `browser.cjs` at a server, and asserts that it finds nothing wrong. Returns whether it could be run.
fn check(server: &WebServer, sandbox: &Sandbox, mode: &str) -> bool {
    check_with(server, sandbox, mode, &json!({}))
}

/// As [`check`], with links to invitations by language.
fn check_with(server: &WebServer, sandbox: &Sandbox, mode: &str, links: &Value) -> bool {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/serve/browser.cjs");
    let (Some(node), Some(browser)) = (find_program("node"), find_program("chromium")) else { return false };
    let (Some(_), Some(axe)) =
        (fetched("node_modules/playwright-core/package.json"), fetched("node_modules/axe-core/axe.min.js"))
    else {
        return false;
    };
    let tools = axe.ancestors().nth(2).expect("the folder of the packages");
    let screens = std::env::var("PRECONSULT_SCREENS").unwrap_or_default();
    let options = json!({
        "address": format!("http://{}/", server.host), "browser": browser, "tools": tools, "mode": mode,
        "profile": sandbox.path("../home/profile"), "screens": screens, "links": links,
        "languages": thoroughness().sample(["es", "en"].into_iter(), 2, 0).collect::<Vec<_>>(),
    });
    let mut command = Command::new(node);
    command.arg(script).arg(options.to_string()).env("HOME", sandbox.path("../home"));
    let found = output(&mut command).stdout;
    let problems: Vec<String> = serde_json::from_slice(&found).expect("a list of problems");
    assert!(problems.is_empty(), "{mode}:\n{}", problems.join("\n"));
    true
}

#[test]
fn every_state_of_every_question_is_accessible() {
    for is_built_in in thoroughness().sample([true, false].into_iter(), 2, 0) {
        let sandbox = Sandbox::new();
        let built_in = || WebServer::start(&sandbox, ["--format", "text"]);
        let server = if is_built_in { built_in() } else { everything(&sandbox) };
        check(&server, &sandbox, "states");
    }
}

#[test]
fn the_page_for_a_code_is_accessible() {
    let sandbox = Sandbox::with_clinic();
    let server = WebServer::start(&sandbox, ["--clinic", "../clinic"]);
    let link = |language| invite(&sandbox, None, Some(language)).link(&format!("http://{}/", server.host));
    check_with(&server, &sandbox, "code", &json!({ "en": link("en"), "es": link("es") }));
}

#[test]
fn the_keyboard_is_enough_and_scripts_are_not_needed() {
    let sandbox = Sandbox::new();
    check(&everything(&sandbox), &sandbox, "keyboard");
    let sandbox = Sandbox::new();
    check(&WebServer::start(&sandbox, ["--format", "text"]), &sandbox, "keyboard");
}

#[test]
fn the_script_helps_and_the_page_fits_every_window() {
    let sandbox = Sandbox::new();
    check(&WebServer::start(&sandbox, []), &sandbox, "script");
}

#[test]
fn a_page_asks_before_it_is_locked() {
    let sandbox = Sandbox::new();
    check(&WebServer::start(&sandbox, ["--idle", "10"]), &sandbox, "idle");
}

#[test]
fn the_browser_keeps_no_answer() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, ["--format", "text"]);
    if !check(&server, &sandbox, "traces") {
        return;
    }
    let profile = sandbox.path("../home/profile");
    let mut files = 0;
    for_each_file(&profile, &mut |path| {
        files += 1;
        let bytes = std::fs::read(path).unwrap_or_default();
        let utf16: Vec<u8> = SECRET.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let has = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
        assert!(!has(SECRET.as_bytes()) && !has(&utf16), "{} holds an answer", path.display());
    });
    assert!(files > 10, "the browser left {files} files");
}

/// Takes pictures of all pages, if `PRECONSULT_SCREENS` names a folder for them.
#[test]
fn every_page_can_be_pictured() {
    if std::env::var_os("PRECONSULT_SCREENS").is_none() {
        return;
    }
    let mut sandbox = Sandbox::new();
    sandbox.file("clinic.toml", "clinic = \"Haut am See\"\nlogo = \"logo.svg\"\n");
    let logo = "<svg xmlns='http://www.w3.org/2000/svg' width='48' height='48'><circle cx='24' cy='24' r='22' fill='#0a5a63'/></svg>";
    sandbox.file("logo.svg", logo);
    let server = WebServer::start(&sandbox, ["--config", "clinic.toml", "--format", "text"]);
    check(&server, &sandbox, "screens");
}

fn for_each_file(folder: &Path, act: &mut impl FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("an entry").path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() { for_each_file(&path, act) } else { act(&path) }
    }
}
