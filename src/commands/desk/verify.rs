//! `preconsult desk verify`: is everything as it was kept?

use super::open_desk::{open_to_read, unlock_if};
use crate::cli::{DeskOptions, VerifyArgs};
use crate::commands::error_text::desk::damaged;
use crate::commands::{print as print_bytes, print_flowing};
use crate::desk::verify::{Report, verify};
use crate::error::{Error, ErrorKind};
use serde_json::json;
use std::fmt::Write as _;

pub(super) fn run(at: &DeskOptions, args: &VerifyArgs) -> Result<(), Error> {
    check(at, args).map_err(|error| {
        // The hint for damage names this command.
        if error.kind == ErrorKind::Damaged { error.hint(WAY_OUT) } else { error }
    })
}

/// What is left to do where something is damaged.
const WAY_OUT: &str = "`preconsult desk restore` makes a new folder from a backup; compare before you go on with it";

fn check(at: &DeskOptions, args: &VerifyArgs) -> Result<(), Error> {
    let mut desk = open_to_read(at)?;
    let keys = unlock_if(args.unlock, &mut desk, at)?;
    let report = verify(desk.store(), keys.as_ref(), args.expect.as_deref())?;
    if args.json {
        let Report { entries, head, intakes, sealed, opened, problems } = &report;
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let value = json!({
            "ok": problems.is_empty(), "entries": entries, "head": head, "intakes": intakes, "sealed": sealed,
            "opened": opened, "problems": problems,
        });
        print_bytes(format!("{value:#}\n").as_bytes())?;
    } else {
        print_flowing(&told(&report))?;
    }
    match report.problems.len() {
        0 => Ok(()),
        1 => Err(damaged("1 thing is not as it was kept".to_owned())),
        count => Err(damaged(format!("{count} things are not as they were kept"))),
    }
}

fn told(Report { entries, head, intakes, sealed, opened, problems }: &Report) -> String {
    let mut told: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
    let opened = match opened {
        Some(opened) => format!(", {opened} of them opened"),
        None => String::new(),
    };
    let entry = if *entries == 1 { "entry" } else { "entries" };
    let intake = if *intakes == 1 { "intake" } else { "intakes" };
    let _ = writeln!(told, "{entries} {entry} in the trail, {intakes} {intake}, {sealed} sealed{opened}");
    let _ = writeln!(told, "last hash: {head}");
    told.push_str("Note it elsewhere: --expect with it finds a trail that was cut at its end or written anew.\n");
    told
}
