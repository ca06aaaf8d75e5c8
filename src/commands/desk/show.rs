//! `preconsult desk show`: prints a record to the terminal.

use super::open_desk::{audit_note, open};
use super::open_record::OpenRecord;
use crate::cli::{DeskOptions, OutputArgs, ShowArgs};
use crate::commands::output_plan::OutputJob;
use crate::commands::print as print_bytes;
use crate::desk::Desk;
use crate::desk::audit_trail::Action;
use crate::error::Error;
use crate::printable::indented_json;
use serde_json::{Value, json};

pub(super) fn run(options: &DeskOptions, args: &ShowArgs) -> Result<(), Error> {
    let mut desk = open(options)?;
    let opened = OpenRecord::unlock(&mut desk, options, &args.record)?;
    let output = if args.json {
        indented_json(&to_json(&desk, &opened)?).into_bytes()
    } else {
        page(&desk, &opened, args.record.lang.as_deref())?.for_stdout(&opened.finished()?, &[])?
    };
    opened.record_action(&mut desk, Action::Shown, &audit_note(options, None))?;
    print_bytes(&output)
}

/// Prepares the page that staff read on a screen: the clinician's copy.
pub(super) fn page(desk: &Desk, opened: &OpenRecord, lang: Option<&str>) -> Result<OutputJob, Error> {
    let output = OutputArgs { copy: Some("clinician".to_owned()), ..OutputArgs::default() };
    opened.page(desk, lang, &output)
}

fn to_json(desk: &Desk, opened: &OpenRecord) -> Result<Value, Error> {
    let number = opened.record.intake;
    let versions = desk.store().versions(number)?;
    let mut value = json!({ "number": number, "state": desk.intake(number)?.state.name() });
    let mut record = opened.record.to_json();
    for key in ["version", "started", "finished", "label", "pack_hash", "answers_file"] {
        value[key] = record[key].take();
    }
    value["versions"] =
        versions.iter().map(|version| json!({ "version": version.version, "kept": version.stored })).collect::<Value>();
    Ok(value)
}
