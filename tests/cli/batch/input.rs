//! Lines as they come: from files and pipes, packed or not, whole or not.

use super::{lines, record, records, told};
use crate::support::Sandbox;
use flate2::Compression;
use flate2::write::GzEncoder;
use preconsult::storage::line_reader::MAX_LINE_BYTES;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::Write;

fn gz(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()).expect("it is packed")
}

fn zst(text: &str) -> Vec<u8> {
    compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)
}

#[test]
fn packed_files_give_what_plain_ones_give() {
    let mut sandbox = Sandbox::with("a.jsonl", records(500));
    let plain = sandbox.run("batch a.jsonl").stdout_has(["{"]).stderr_any().check().stdout;
    assert_eq!(lines(&plain).len(), 500);
    // Packed in two parts, as programs do that pack on all cores or add to a file; the cut is in the middle of a line.
    let all = records(500);
    let (first, second) = all.split_at(20_001);
    sandbox.file("a.jsonl.gz", [gz(first), gz(second)].concat());
    sandbox.file("a.JSONL.ZST", [zst(first), zst(second)].concat());
    for name in ["a.jsonl.gz", "a.JSONL.ZST"] {
        sandbox.run(&format!("batch {name}")).stdout(&plain).stderr_any().check();
    }
    sandbox.shell("\"$P\" batch - <a.jsonl").stdout(&plain).stderr_any().check();
    sandbox.shell("cat a.jsonl | \"$P\" batch").stdout(&plain).stderr_any().check();
}

#[test]
fn a_packed_file_that_is_cut_off_is_told_and_what_came_before_is_done() {
    for (name, packed) in [("a.gz", gz(&records(3000))), ("a.zst", zst(&records(3000)))] {
        let sandbox = Sandbox::with(name, &packed[..packed.len() / 2]);
        let done = sandbox
            .run(&format!("batch {name}"))
            .code(1)
            .stdout_has(["{"])
            .stderr_has([&format!("error: could not read {name} after line "), "hint: the file may be truncated"])
            .check();
        let count = lines(&done.stdout).len();
        assert!((100..3000).contains(&count), "{count}");
        assert!(done.stderr.contains(&format!("{count} records: {count} done")), "{}", done.stderr);
    }
    for name in ["b.gz", "b.zst"] {
        let sandbox = Sandbox::with(name, records(1));
        sandbox.run(&format!("batch {name}")).code(1).stderr_has(["could not read b.", "hint: the file may"]).check();
    }
}

#[test]
fn line_ends_marks_and_empty_lines_are_no_faults() {
    let [a, b, c] = ["a", "b", "c"].map(|id| record(id, 0));
    for (text, expected) in [
        (format!("{a}\n{b}\n{c}"), ["1", "2", "3"]),
        (format!("\u{feff}{a}\r\n{b}\r\n{c}\r\n"), ["1", "2", "3"]),
        (format!("\n{a}\n \t\r\n\n{b}\n{c}\n\n\n"), ["2", "5", "6"]),
        (format!("  {a}  \n\t{b}\n{c}\u{20}"), ["1", "2", "3"]),
    ] {
        let done = Sandbox::new().run("batch").stdin(text).stdout_has(["{"]).stderr_has(["3 records: 3 done"]).check();
        assert_eq!(told(&done.stdout), expected);
    }
    for nothing in ["", "\n", "\r\n \n"] {
        Sandbox::new().run("batch").stdin(nothing).stderr_has(["0 records: 0 done, 0 with errors"]).check();
    }
}

#[test]
fn what_is_not_utf8_is_a_fault_of_its_line() {
    let [first, last] = ["a", "b"].map(|id| record(id, 0).into_bytes());
    let broken = record("x", 0).replace("good", "go\u{1}od").into_bytes();
    let broken: Vec<u8> = broken.iter().map(|byte| if *byte == 1 { 0xff } else { *byte }).collect();
    let all = [first, broken, last].join(&b'\n');
    let done = Sandbox::new().run("batch").stdin(all).code(2).stdout_has(["{"]).stderr_any().check();
    assert_eq!(told(&done.stdout), ["1", "2:not-utf8", "3"]);
    let error = &lines(&done.stdout)[1]["error"];
    assert!(error["message"].as_str().is_some_and(|text| text.starts_with("the record is not UTF-8 text (byte ")));
}

#[test]
fn a_line_that_is_too_long_is_a_fault_of_its_own() {
    let long = |length: usize| format!("{{\"id\":\"{}\"}}", "x".repeat(length - 9));
    let text =
        [record("a", 0), long(MAX_LINE_BYTES), long(MAX_LINE_BYTES + 1), record("b", 0), long(MAX_LINE_BYTES * 20)]
            .join("\n");
    let done = Sandbox::new().run("batch").stdin(text).code(2).stdout_has(["{"]).stderr_any().check();
    assert_eq!(told(&done.stdout), ["1", "2:missing-field", "3:line-too-long", "4", "5:line-too-long"]);
    let error = &lines(&done.stdout)[4]["error"];
    assert_eq!(error["message"], "the line has more than 1048576 bytes, the maximum");
}
