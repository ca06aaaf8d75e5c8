//! The screen at the end of an interview.

use super::flows::required;
use crate::support::Sandbox;

#[test]
fn the_summary_fits_the_terminal_but_the_file_does_not_change() {
    for (columns, max_width) in [(40, 40), (24, 24), (120, 80)] {
        let sandbox = Sandbox::new();
        let mut tty = sandbox.terminal("--format text --date 2026-11-22").size(24, columns).start();
        required(&mut tty, false);
        tty.wait_for_review();
        tty.finish();
        let output = tty.end().bytes;
        let summary = output.split("summary:").nth(1).unwrap_or_else(|| panic!("no summary: {output}"));
        // The last line is the path of the file.
        let lines = summary.lines().filter(|line| !line.contains(".txt")).map(|line| line.trim_end().chars().count());
        assert_eq!(lines.max(), Some(max_width), "{columns} columns: {summary}");
        let [name] = sandbox.outputs().try_into().expect("one file");
        assert_eq!(sandbox.read(&name).lines().map(|line| line.chars().count()).max(), Some(80), "{columns} columns");
    }
}
