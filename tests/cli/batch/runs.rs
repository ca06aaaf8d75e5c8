//! A run as a whole: its order on many threads, its memory, and how it ends when it is stopped.

use super::{lines, record, records, told};
use crate::support::Sandbox;
use crate::support::run::send_signal;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Child;

#[test]
fn the_order_does_not_hang_on_the_number_of_threads() {
    let mut all: Vec<String> = records(4000).lines().map(str::to_owned).collect();
    for place in (0..4000).step_by(97) {
        all[place] = format!("{{\"id\":\"{place}\"}}");
    }
    let sandbox = Sandbox::with("a.jsonl", all.join("\n"));
    let of = |threads: usize| {
        sandbox.run(&format!("batch a.jsonl --threads {threads}")).code(2).stdout_has(["{"]).stderr_any().check().stdout
    };
    let one = of(1);
    let ids: Vec<String> = lines(&one).iter().map(|line| line["id"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(ids, (0..4000).map(|id| id.to_string()).collect::<Vec<_>>());
    for threads in [2, 3, 16] {
        assert!(of(threads) == one, "{threads} threads");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let sandbox = Sandbox::with("a.jsonl", records(20_000));
    for command in ["batch a.jsonl", "batch a.jsonl --threads 1"] {
        let script = format!("{{ \"$P\" {command}; echo $? >&3; }} 3>code | head -n 1 >one; cat code");
        sandbox.shell(&script).stdout("0\n").check();
        assert_eq!(told(&sandbox.read("one")), ["1"]);
        std::fs::remove_file(sandbox.path("one")).expect("to take it away");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_that_is_full_is_an_error() {
    let sandbox = Sandbox::with("a.jsonl", records(2));
    sandbox
        .shell("exec \"$P\" batch a.jsonl >/dev/full")
        .code(1)
        .stderr_has(["error: could not write to standard output: no space left on device\nhint: "])
        .check();
}

/// The program with pipes, to talk to while it runs.
fn start(sandbox: &Sandbox) -> Child {
    sandbox.command("batch").spawn().expect("it starts")
}

/// Sends records and waits for the line of the last one.
fn feed(child: &mut Child, output: &mut impl BufRead, records: &str) -> String {
    let (mut input, text) = (child.stdin.take().expect("its input"), records.to_owned());
    let writer = std::thread::spawn(move || {
        input.write_all(text.as_bytes()).expect("it reads");
        input
    });
    let mut came = String::new();
    for _ in 0..records.lines().count() {
        assert!(output.read_line(&mut came).expect("it writes") > 0, "it ended");
    }
    child.stdin = Some(writer.join().expect("all is sent"));
    came
}

#[test]
fn a_slow_sender_has_each_line_at_once() {
    let sandbox = Sandbox::new();
    let mut child = start(&sandbox);
    let mut output = BufReader::new(child.stdout.take().expect("its output"));
    for number in 0..5 {
        let came = feed(&mut child, &mut output, &(record("a", number) + "\n"));
        assert_eq!(told(&came), [(number + 1).to_string()]);
    }
    drop(child.stdin.take());
    assert!(child.wait().expect("it ends").success());
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_records() {
    let sandbox = Sandbox::new();
    let mut child = start(&sandbox);
    let mut output = BufReader::new(child.stdout.take().expect("its output"));
    let mut peak = |count: usize| {
        feed(&mut child, &mut output, &records(count));
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("its status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number")
    };
    let (few, many) = (peak(2000), peak(30_000));
    drop(child.stdin.take());
    assert!(child.wait().expect("it ends").success());
    assert!(many < few + 2048, "{few} kB after 2,000 records, {many} kB after 32,000");
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_whole_lines_and_says_where_to_go_on() {
    use std::os::unix::process::ExitStatusExt;
    for (signal, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        let sandbox = Sandbox::new();
        let mut child = start(&sandbox);
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let came = feed(&mut child, &mut output, &records(100));
        assert_eq!(told(&came).len(), 100);
        send_signal(signal, child.id());
        let (mut rest, mut said) = (String::new(), String::new());
        output.read_to_string(&mut rest).expect("text");
        child.stderr.take().expect("its errors").read_to_string(&mut said).expect("text");
        let status = child.wait().expect("it ends");
        assert_eq!(rest, "");
        if signal == "INT" {
            assert_eq!(status.code(), Some(130), "{said}");
            let hint = "hint: everything up to that line is written completely; continue from line 101 of the input\n";
            assert_eq!(said, format!("stopped: after line 100\n{hint}"));
        } else {
            assert_eq!(status.signal(), Some(number), "{said}");
        }
    }
}

#[cfg(unix)]
#[test]
fn on_a_terminal_it_shows_how_far_it_is() {
    // The records come slowly enough to be seen; the summaries go elsewhere.
    let sandbox = Sandbox::with("a.jsonl", records(400));
    let script = "i=0; while [ $i -lt 6 ]; do cat a.jsonl; sleep 0.3; i=$((i+1)); done | \"$0\" batch >out";
    let tty = sandbox.shell_on_a_terminal(script).start();
    let ended = tty.end();
    assert_eq!(ended.code, 0, "{}", ended.bytes);
    assert!(ended.bytes.contains(" records, ") && ended.bytes.contains("/s"), "{}", ended.bytes);
    assert!(ended.screen.contains("2400 records: 2400 done, 0 with errors; "), "{}", ended.screen);
    assert!(!ended.screen.contains(" records, "), "the line is taken off:\n{}", ended.screen);
    assert_eq!(lines(&sandbox.read("out")).len(), 2400);
}
