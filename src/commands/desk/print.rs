//! `preconsult desk print`: a record on paper.

use super::open_record::Opened;
use super::{note, open, print_json};
use crate::cli::{DeskAt, OutputArgs, PrintArgs, Which};
use crate::commands::page::PRINTED;
use crate::desk::audit_trail::What;
use crate::error::Error;
use crate::messages::Words;
use serde_json::json;

pub(super) fn run(at: &DeskAt, args: &PrintArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    let opened = Opened::unlock(&mut desk, at, &args.which)?;
    let output = OutputArgs { copy: args.copy.clone(), format: vec![PRINTED], ..OutputArgs::default() };
    let page = opened.page(&desk, args.which.lang.as_deref(), output)?;
    let sheets = page.sheets(&opened.finished()?)?;
    let instead = export_command(&args.which, args.copy.as_deref());
    let printer = page.print_sheets(&sheets, args.printer.as_deref(), &instead, &Words::default())?;
    // Printed is what the printer has taken.
    let sent = format!("sent to the printer {printer}: intake {}", args.which.number);
    opened
        .mark(&mut desk, at, What::Printed)
        .map_err(|error| error.after(&format!("{sent}, but that is not in the trail")))?;
    if args.json {
        return print_json(&json!({ "number": args.which.number, "printer": printer }), &sent);
    }
    note(&sent);
    Ok(())
}

/// The command that writes what would be printed to files.
pub(super) fn export_command(which: &Which, copy: Option<&str>) -> String {
    let version = which.version.map(|version| version.to_string());
    let format = Some(PRINTED.name());
    let options =
        [("version", version.as_deref()), ("lang", which.lang.as_deref()), ("copy", copy), ("format", format)];
    let options = options.into_iter().filter_map(|(name, value)| Some(format!(" --{name} {}", value?)));
    format!("preconsult desk export {}{}", which.number, options.collect::<String>())
}
