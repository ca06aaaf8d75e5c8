//! Printing through the system's print service: a real CUPS queue with a test printer on the loopback interface.

use super::sandbox;
use crate::support::tools::find_program;
use std::io::Read;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

#[test]
fn without_a_print_service_the_page_is_kept() {
    let sandbox = sandbox("short");
    let mut empty = sandbox.shell("PATH=/nowhere \"$P\" summarize answers.json --print");
    empty = empty.code(1).stdout_has([".pdf"]);
    let done = empty
        .stderr_has(["could not start the print service", "the page is saved", "hint: install the print service"])
        .check();
    assert!(sandbox.path(done.stdout.trim()).is_file());
}

#[test]
fn a_queue_receives_the_page() {
    let (Some(lp), Some(lpadmin)) = (find_program("lp"), admin("lpadmin")) else { return };
    let printer = TcpListener::bind("127.0.0.1:0").expect("a port on the loopback");
    let Some(_service) = Service::start(&lpadmin, &printer) else { return };
    let printed = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let (mut job, _) = printer.accept().expect("the service connects");
        job.read_to_end(&mut bytes).expect("the page arrives");
        bytes
    });
    let sandbox = sandbox("short");
    let done = sandbox
        .run("summarize answers.json --print preconsult-test")
        .stdout_has([".pdf"])
        .stderr_has(["sent to the printer preconsult-test: "])
        .check();
    let page = std::fs::read(sandbox.path(done.stdout.trim())).expect("the page is kept");
    assert!(printed.join().expect("the printer works") == page, "{lp:?} handed on something else");
    let refused = sandbox.run("summarize answers.json --print no-such-printer").code(1).stdout_has([".pdf"]);
    let done =
        refused.stderr_has(["the print service refused", "the page is saved", "hint: list the printers"]).check();
    assert!(sandbox.path(done.stdout.trim()).is_file());
}

/// Finds a program for administrators, which may not be in `PATH`.
fn admin(name: &str) -> Option<std::path::PathBuf> {
    let found = ["/usr/sbin", "/sbin", "/usr/bin"].map(|folder| Path::new(folder).join(name));
    let found = found.into_iter().find(|path| path.is_file());
    if found.is_none() {
        crate::support::tools::skip(&format!("there is no `{name}` on this machine"));
    }
    found
}

/// A print service for the test with one queue, unless another service is running.
struct Service {
    lpadmin: std::path::PathBuf,
    started: Option<std::process::Child>,
}

impl Service {
    fn start(lpadmin: &Path, printer: &TcpListener) -> Option<Self> {
        let runs = || {
            Command::new("lpstat")
                .arg("-r")
                .output()
                .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("is running"))
        };
        let mut service = Self { lpadmin: lpadmin.to_owned(), started: None };
        if !runs() {
            service.started = Command::new(admin("cupsd")?).arg("-f").spawn().ok();
            let up = (0..100).any(|_| {
                std::thread::sleep(std::time::Duration::from_millis(100));
                runs()
            });
            if !up {
                crate::support::tools::skip("the print service does not start: it may need root");
                return None;
            }
        }
        let address = printer.local_addr().expect("the port is known");
        let queue = Command::new(lpadmin)
            .args(["-p", "preconsult-test", "-E", "-m", "raw", "-v"])
            .arg(format!("socket://{address}"))
            .output();
        if queue.as_ref().is_ok_and(|output| output.status.success()) {
            return Some(service);
        }
        crate::support::tools::skip(&format!("no queue can be made: {queue:?}"));
        None
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = Command::new(&self.lpadmin).args(["-x", "preconsult-test"]).output();
        if let Some(mut child) = self.started.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
