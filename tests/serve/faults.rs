//! The disk is full between two answers, or the server is killed in the middle of one. What was acknowledged is kept, and
//! the patient reads what was not.

use super::SHORT;
use super::clinic::{begin, invite, same_browser};
use crate::support::Sandbox;
use crate::support::fault_injection::missing_strace;
use crate::support::thoroughness::thoroughness;
use crate::support::tools::skip;
use crate::support::web::{WebClient, WebPage, WebServer};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

/// System calls at which the server is killed: while it answers, it makes each of them.
const CALLS: [&str; 7] = ["openat", "write", "fdatasync", "pwrite64", "fsync", "unlink", "writev"];

/// `strace`, attached to a running server. Dropping it ends the faults.
struct Fault {
    strace: Child,
    /// Held open: `strace` ends if it cannot write its messages.
    _messages: BufReader<ChildStderr>,
}

impl Fault {
    fn inject(server: &WebServer, calls: &str, what: &str) -> Self {
        let process = server.child.id().to_string();
        let mut strace = Command::new("strace");
        strace.args(["-f", "-o", "/dev/null", "-p", &process, "-e", &format!("trace={calls}")]);
        strace.args(["-e", &format!("inject={calls}:{what}")]);
        let mut strace = strace.stderr(Stdio::piped()).spawn().expect("strace starts");
        let mut messages = BufReader::new(strace.stderr.take().expect("a pipe"));
        let mut first = String::new();
        messages.read_line(&mut first).expect("text");
        assert!(first.contains("attached"), "{first}");
        Self { strace, _messages: messages }
    }
}

impl Drop for Fault {
    fn drop(&mut self) {
        // At a server that it has killed, `strace` may wait for ever.
        self.strace.kill().expect("strace runs");
        self.strace.wait().expect("strace ends");
    }
}

/// A server of the user's own drafts, or of a clinic.
struct World {
    sandbox: Sandbox,
    is_clinic: bool,
}

impl World {
    fn each() -> [Self; 2] {
        [(Sandbox::new(), false), (Sandbox::with_clinic(), true)]
            .map(|(sandbox, is_clinic)| Self { sandbox, is_clinic })
    }

    fn start(&self) -> WebServer {
        let options = if self.is_clinic { ["--clinic", "../clinic"] } else { ["--format", "answers"] };
        WebServer::start(&self.sandbox, options)
    }

    /// Begins an interview, and gives the first answers.
    fn begin(&self, server: &WebServer, answers: usize) -> WebClient {
        let mut client = server.client();
        if self.is_clinic {
            begin(&mut client, &invite(&self.sandbox, None, None).code);
        } else {
            client.start("en");
        }
        for step in 0..answers {
            assert_eq!(post(&mut client, step).status, 303);
            client.open(&path(step + 1));
        }
        client
    }
}

fn path(step: usize) -> String {
    SHORT.get(step).map_or("/check", |(path, _)| path).to_owned()
}

/// Sends an answer, or after the last one hands in.
fn post(client: &mut WebClient, step: usize) -> WebPage {
    match SHORT.get(step) {
        Some((path, answer)) => client.post(path, &[("answer", answer), ("go", "continue")]),
        None => client.post("/check", &[("go", "continue")]),
    }
}

fn is_skipped() -> bool {
    let Some(reason) = missing_strace() else { return false };
    skip(&reason);
    true
}

#[test]
fn on_a_full_disk_the_patient_reads_that_the_answer_is_not_saved() {
    if is_skipped() {
        return;
    }
    for world in World::each() {
        let server = world.start();
        let mut client = world.begin(&server, 2);
        for step in 2..=SHORT.len() {
            let fault = Fault::inject(&server, "fdatasync,fsync", "error=ENOSPC");
            let refused = post(&mut client, step);
            assert_eq!((refused.status, refused.header("location")), (303, Some(path(step).as_str())));
            let says = if step < SHORT.len() { "could not be saved" } else { "could not be handed in" };
            client.open(&path(step)).has([says]);
            // The answers before it can be read, and are kept.
            client.open("/check").has(["Dull skin", "Mild"]);
            client.open(&path(step));
            drop(fault);
            assert_eq!(post(&mut client, step).status, 303);
            if step < SHORT.len() {
                client.open(&path(step + 1)).lacks("could not be saved");
            }
        }
        assert_eq!(client.open("/done").path, "/done");
        let output = server.stop();
        assert!(output.stderr.contains("space"), "{}", output.stderr);
    }
}

#[test]
fn a_server_killed_at_any_write_keeps_what_it_acknowledged() {
    if is_skipped() {
        return;
    }
    let mut killed = 0;
    for world in World::each() {
        let cases = (0..=SHORT.len()).flat_map(|step| CALLS.map(|call| (step, call)));
        for (step, call) in thoroughness().sample(cases, 9, usize::from(world.is_clinic)) {
            let server = world.start();
            let client = world.begin(&server, step);
            let what = format!("{call} at {}, clinic: {}", path(step), world.is_clinic);
            let fault = Fault::inject(&server, call, "signal=KILL");
            let mut sender = client.clone();
            let reply = post(&mut sender, step);
            drop(fault);
            killed += usize::from(reply.status == 0);
            server.kill();
            let server = world.start();
            let mut client = same_browser(&server, client);
            let review = client.open("/check");
            let acknowledged = step + usize::from(reply.status == 303);
            // Nothing was acknowledged, or the interview was handed in and only the reply was lost.
            if review.path != "/check" && (acknowledged == 0 || step == SHORT.len()) {
                continue;
            }
            assert_eq!(review.path, "/check", "{what}");
            for (path, _) in &SHORT[..acknowledged.min(SHORT.len())] {
                let open = client.open(path);
                assert!(open.path == *path && open.body.contains(" checked"), "{what}: {path}\n{}", open.body);
            }
            for next in step.min(acknowledged)..=SHORT.len() {
                client.open(&path(next));
                assert_eq!(post(&mut client, next).status, 303, "{what}");
            }
            assert_eq!(client.open("/done").path, "/done", "{what}");
        }
        if world.is_clinic {
            assert_eq!(world.sandbox.desk("verify --unlock").code, Some(0));
        }
    }
    assert!(killed > 2, "only {killed} requests met a fault");
}
