//! A locked desk: each wrong passphrase delays the next, and nothing leaks outside the program.

use crate::desk::clinic::{LABEL, PASSPHRASE, QUESTION, WORDS};
use crate::support::Sandbox;
use crate::support::run::run;
use std::time::{Duration, Instant};

#[test]
fn esc_goes_back_to_the_previous_menu() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.choose_at("What would you like to do?", "New intake");
    tty.type_in("Name or code (optional)", "");
    tty.wait("In which language?");
    tty.wait("Esc to go back");
    tty.press("\u{1b}");
    tty.wait("Unlock");
    tty.wait("Enter to choose");
    assert!(!tty.screen().contains("In which language?"), "{}", tty.screen());
    // The first menu has no previous one.
    assert!(!tty.screen().contains("Esc"), "{}", tty.screen());
}

/// An upgrade replaces the file of the program while the desk runs.
#[cfg(target_os = "linux")]
#[test]
fn a_desk_whose_program_was_replaced_is_locked_all_the_same() {
    let sandbox = Sandbox::with_clinic();
    let script = "cp \"$0\" ../preconsult && exec ../preconsult desk --clinic ../clinic";
    let mut tty = sandbox.shell_on_a_terminal(script).size(40, 100).start();
    tty.unlock();
    std::fs::remove_file(sandbox.path("../preconsult")).expect("the program");
    tty.choose_at("What would you like to do?", "Lock");
    tty.wait(["Locked.", "could not restart", "Unlock"]);
}

#[test]
fn wrong_passphrases_double_the_delay_across_processes() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let wrong = |sandbox: &Sandbox| {
        run(sandbox.desk_command(&format!("show {number} --clinic ../clinic --passphrase-file ../wrong")))
    };
    let (mut tries, mut refused_early) = (0, 0);
    let start = Instant::now();
    while tries < 3 {
        let output = wrong(&sandbox);
        assert!(!output.stdout.contains(LABEL), "{output:?}");
        if output.stderr.contains("that is not the clinic's passphrase") {
            assert_eq!(output.code, Some(2), "{output:?}");
            tries += 1;
        } else {
            assert!(output.code == Some(1) && output.stderr.contains("the next attempt is possible in"), "{output:?}");
            refused_early += 1;
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    // One second after the first, two after the second.
    assert!(start.elapsed() > Duration::from_secs(2) && refused_early >= 2, "{:?}, {refused_early}", start.elapsed());
    let right = sandbox.desk(&format!("show {number}"));
    assert_eq!(right.code, Some(1), "the right one waits too: {right:?}");
    assert!(right.stderr.contains("the next attempt is possible in"), "{right:?}");
    std::thread::sleep(Duration::from_millis(4100));
    assert!(sandbox.desk_ok(&format!("show {number}")).contains(LABEL));
    assert!(sandbox.desk_ok(&format!("show {number}")).contains(LABEL), "the right passphrase ends the delay");
    let trail = sandbox.desk_json("trail --json");
    let refusals = trail.as_array().expect("a list").iter().filter(|entry| entry["what"] == "refused").count();
    assert_eq!(refusals, 3);
}

#[test]
fn parallel_attempts_run_one_at_a_time_and_wait() {
    let sandbox = Sandbox::with_clinic();
    let start = |_| {
        sandbox.desk_command("list --unlock --clinic ../clinic --passphrase-file ../wrong").spawn().expect("it starts")
    };
    let running: Vec<_> = (0..8).map(start).collect();
    for child in running {
        let output = crate::support::RunOutput::from(child.wait_with_output().expect("it ends"));
        let is_rejected = output.stderr.contains("that is not the clinic's passphrase")
            || output.stderr.contains("the next attempt is possible in");
        assert!(output.code != Some(0) && is_rejected, "{output:?}");
    }
    // Even on a slow machine, the delay of each attempt lies before the next one.
    let trail = sandbox.desk_json("trail --json");
    let rejected: Vec<_> = trail
        .as_array()
        .expect("a list")
        .iter()
        .filter(|entry| entry["what"] == "refused")
        .map(|entry| chrono::DateTime::parse_from_rfc3339(entry["at"].as_str().expect("a time")).expect("a time"))
        .collect();
    assert!(!rejected.is_empty());
    for (at, pair) in rejected.windows(2).enumerate() {
        let wait = chrono::TimeDelta::seconds(1 << at.min(5));
        assert!(pair[1] - pair[0] >= wait, "{rejected:?}");
    }
}

/// Staff may type the passphrase at the prompt for the name, which is visible.
#[test]
fn a_passphrase_typed_as_the_name_is_not_stored() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.identify(PASSPHRASE);
    tty.press(&format!("{PASSPHRASE}\r"));
    tty.wait(["Locked. You can start new intakes", "The passphrase was typed as the name"]);
    assert!(!tty.screen().contains(PASSPHRASE), "{}", tty.screen());
    tty.unlock();
    assert!(!sandbox.desk_ok("trail --unlock").contains(PASSPHRASE));
}

#[test]
fn input_during_the_delay_is_neither_shown_nor_an_attempt() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.identify("");
    // An empty line is not an attempt.
    tty.press("\r");
    tty.wait("Type the passphrase; Esc goes back.");
    tty.press("not the passphrase\r");
    tty.wait("You can try again in 1 second.");
    tty.press("much too early\r");
    tty.wait("Passphrase of the clinic:");
    assert!(!tty.screen().contains("early"), "{}", tty.screen());
    tty.press(&format!("{PASSPHRASE}\r"));
    tty.wait("Unlocked for");
    let trail = sandbox.desk_json("trail --json");
    let refusals = trail.as_array().expect("a list").iter().filter(|entry| entry["what"] == "refused").count();
    assert_eq!(refusals, 1, "{trail:#}");
}

#[test]
fn errors_and_notes_contain_no_passphrase_and_no_answer() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let mut faulty = crate::desk::clinic::answers();
    faulty["answers"]["severity"]["acne-scars"] = QUESTION.into();
    faulty["answers"]["more"] = false.into();
    std::fs::write(sandbox.path("../half.json"), faulty.to_string()).expect("a file");
    for words in [
        "show 99",
        "export 1 --format text --out ../nowhere",
        "correct 1 --answers ../half.json --why x",
        "new --answers ../half.json",
        "new --each --answers ../half.json",
        "delete 99 --why x",
        "print 1 --printer none",
        "verify --expect 00",
    ] {
        let output = sandbox.desk(words);
        assert_ne!((output.code, words), (Some(0), words), "{output:?}");
        for secret in [LABEL, WORDS, QUESTION, PASSPHRASE, "moderate"] {
            assert!(!output.stderr.contains(secret) && !output.stdout.contains(secret), "{words}: {output:?}");
        }
    }
    let piped = run(sandbox.desk_command(&format!("show {number} --clinic ../clinic")));
    assert!(piped.code == Some(2) && piped.stderr.contains("--passphrase-file"), "{piped:?}");
}

/// A child process sees the arguments and the environment.
#[cfg(unix)]
#[test]
fn the_printer_gets_the_page_and_nothing_else() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let tools = sandbox.path("../tools");
    std::fs::create_dir(&tools).expect("a folder");
    let out = sandbox.path("../out");
    let script = format!(
        "#!/bin/sh\necho \"$0 $*\" >{0}/argv\nenv >{0}/env\ncat >{0}/page\necho 'request id is front-desk-7 (0 file(s))'\n",
        out.display()
    );
    std::fs::write(tools.join("lp"), script).expect("a file");
    std::fs::set_permissions(tools.join("lp"), PermissionsExt::from_mode(0o755)).expect("it may run");
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = sandbox.desk_command(&format!("print {number} --clinic ../clinic --passphrase-file ../pass"));
    command.env("PATH", path);
    let output = run(command);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(output.stderr.contains("sent to the printer front-desk"), "{output:?}");
    let read = |name: &str| String::from_utf8_lossy(&std::fs::read(out.join(name)).expect("a file")).into_owned();
    let seen = read("argv") + &read("env");
    for secret in [LABEL, "Maravilla", WORDS, PASSPHRASE, "SECRET", "acne"] {
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
    assert!(read("page").len() > 1000, "the page arrived");
    assert_eq!(sandbox.desk_json("list --json")[0]["state"], serde_json::json!("printed"));
    let left: Vec<_> = std::fs::read_dir(sandbox.path("")).expect("a folder").collect();
    assert!(left.is_empty(), "no page stays on the disk: {left:?}");
}

/// Neither a core dump nor another process of the same user can read the memory.
#[cfg(target_os = "linux")]
#[test]
fn a_desk_writes_no_core_dump() {
    let sandbox = Sandbox::with_clinic();
    let tty = sandbox.desk_terminal("");
    tty.wait("What would you like to do?");
    let process = tty.process();
    let limits = std::fs::read_to_string(format!("/proc/{process}/limits"));
    let status = std::fs::metadata(format!("/proc/{process}/stat")).expect("it runs");
    // In /proc, a process without dumps belongs to root, who can still read it.
    assert_eq!(std::os::unix::fs::MetadataExt::uid(&status), 0);
    if let Ok(limits) = limits {
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a limit");
        assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    }
}

/// Hidden input must follow the usual editing keys exactly.
#[test]
fn a_passphrase_can_be_edited_like_any_text() {
    let sandbox = Sandbox::with_clinic();
    let first = "A passphrase for the clinic (at least 10 characters):";
    let mut tty = sandbox.terminal("desk init --work-factor 14 ../other").size(40, 100).start();
    tty.wait(first);
    tty.press(&format!("{PASSPHRASE}\r"));
    tty.wait("Repeat it:");
    tty.press(&format!("{PASSPHRASE}!\r"));
    tty.wait("The two passphrases differ. Type both again.");
    tty.wait(first);
    // Ctrl-U, a paste with a line break, and letters with Ctrl or Alt.
    tty.press(&format!("typo\u{15}{PASSPHRASE}\u{1b}x\u{7}\r"));
    tty.wait("Repeat it:");
    tty.press(&format!("\u{1b}[200~{PASSPHRASE}\r\n\u{1b}[201~\r"));
    assert_eq!(tty.code(), 0, "{}", tty.screen());
    assert!(!tty.screen().contains(PASSPHRASE) && !tty.screen().contains("typo"), "{}", tty.screen());
    let opened =
        sandbox.desk_command("verify --unlock --clinic ../other --passphrase-file ../pass").output().expect("it runs");
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    let mut tty = sandbox.terminal("desk list --unlock --clinic ../other").size(40, 100).start();
    tty.wait("Passphrase of the clinic:");
    tty.press(&format!("wrong words\u{17}\u{17}{PASSPHRASE}\r"));
    assert_eq!(tty.code(), 0, "{}", tty.screen());
}
