//! `preconsult desk show`: a record on the screen.

use super::open_record::Opened;
use super::{open, print_bytes};
use crate::cli::{DeskAt, OutputArgs, ShowArgs};
use crate::desk::audit_trail::What;
use crate::error::Error;
use serde_json::{Value, json};

pub(super) fn run(at: &DeskAt, args: &ShowArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    let opened = Opened::unlock(&mut desk, at, &args.which)?;
    if args.json {
        let versions = desk.store().versions(args.which.number)?;
        let mut value = json!({
            "number": opened.record.intake,
            "state": desk.intake(args.which.number)?.state.name(),
        });
        let mut record = opened.record.to_json();
        for key in ["version", "started", "finished", "label", "pack_hash", "answers_file"] {
            value[key] = record[key].take();
        }
        value["versions"] =
            versions.iter().map(|kept| json!({ "version": kept.version, "kept": kept.kept })).collect::<Value>();
        opened.mark(&mut desk, at, What::Shown)?;
        return print_bytes(format!("{value:#}\n").as_bytes());
    }
    let output = OutputArgs { copy: Some("clinician".to_owned()), ..OutputArgs::default() };
    let page = opened.page(&desk, args.which.lang.as_deref(), output)?;
    let shown = page.for_stdout(&opened.finished()?, &[])?;
    opened.mark(&mut desk, at, What::Shown)?;
    print_bytes(&shown)
}
