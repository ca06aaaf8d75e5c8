//! Printing, through the system's print service: a real CUPS queue that hands each job to a file.

use super::tools::program;
use super::world;
use std::path::Path;
use std::process::Command;

#[test]
fn without_a_print_service_the_page_is_kept() {
    let world = world("short");
    let mut empty = world.shell("PATH=/nowhere \"$P\" summarize answers.json --print");
    empty = empty.code(1).stdout_has([".pdf"]);
    let done = empty
        .stderr_has(["could not start the print service", "the page is kept", "hint: install the print service"])
        .check();
    assert!(world.path(done.stdout.trim()).is_file());
}

#[test]
fn a_queue_takes_the_page() {
    let (Some(lp), Some(lpadmin)) = (program("lp"), admin("lpadmin")) else { return };
    let spool = tempfile::tempdir().expect("a folder for the printed page");
    let printed = spool.path().join("printed");
    let Some(_service) = Service::start(&lpadmin, &printed) else { return };
    let world = world("short");
    let done = world
        .run("summarize answers.json --print preconsult-test")
        .stdout_has([".pdf"])
        .stderr_has(["sent to the printer preconsult-test: "])
        .check();
    let page = std::fs::read(world.path(done.stdout.trim())).expect("the page is kept");
    let arrived = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        std::fs::read(&printed).is_ok_and(|bytes| bytes == page)
    });
    assert!(arrived, "{lp:?} took the page and the queue did not hand it on");
    let refused = world.run("summarize answers.json --print no-such-printer").code(1).stdout_has([".pdf"]);
    let done = refused.stderr_has(["the print service refused", "the page is kept", "hint: `lpstat"]).check();
    assert!(world.path(done.stdout.trim()).is_file());
}

/// Programs for administrators are not on everybody's path.
fn admin(name: &str) -> Option<std::path::PathBuf> {
    let found = ["/usr/sbin", "/sbin", "/usr/bin"].map(|folder| Path::new(folder).join(name));
    let found = found.into_iter().find(|path| path.is_file());
    if found.is_none() {
        crate::world::skipped(&format!("there is no `{name}` on this machine"));
    }
    found
}

/// A print service of the test's own, where none runs yet, with one queue that writes into a file.
struct Service {
    lpadmin: std::path::PathBuf,
    started: Option<std::process::Child>,
}

impl Service {
    fn start(lpadmin: &Path, printed: &Path) -> Option<Self> {
        let runs = || {
            Command::new("lpstat")
                .arg("-r")
                .output()
                .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("is running"))
        };
        let mut service = Self { lpadmin: lpadmin.to_owned(), started: None };
        if !runs() {
            // A queue into a file has to be allowed; the settings are the service's own otherwise.
            let folder = printed.parent().expect("a folder");
            let files = folder.join("cups-files.conf");
            let own = std::fs::read_to_string("/etc/cups/cups-files.conf").unwrap_or_default();
            std::fs::write(&files, format!("{own}\nFileDevice Yes\n")).expect("the settings can be written");
            let cupsd = admin("cupsd")?;
            service.started = Command::new(cupsd).arg("-f").arg("-s").arg(&files).spawn().ok();
            let up = (0..100).any(|_| {
                std::thread::sleep(std::time::Duration::from_millis(100));
                runs()
            });
            if !up {
                crate::world::skipped("the print service does not start: it may need root");
                return None;
            }
        }
        let queue = Command::new(lpadmin)
            .args(["-p", "preconsult-test", "-E", "-v"])
            .arg(format!("file:{}", printed.display()))
            .args(["-m", "raw"])
            .output();
        if queue.as_ref().is_ok_and(|output| output.status.success()) {
            return Some(service);
        }
        crate::world::skipped(&format!("no queue into a file can be made: {queue:?}"));
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
