//! `preconsult desk print`: a record on paper.

use super::opened::Opened;
use super::{note, open, print_json};
use crate::cli::{DeskAt, OutputArgs, PrintArgs};
use crate::commands::page::PRINTED;
use crate::desk::trail::What;
use crate::error::Error;
use crate::messages::Words;
use serde_json::json;

pub(super) fn run(at: &DeskAt, args: &PrintArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    let opened = Opened::unlock(&mut desk, at, &args.which)?;
    let output = OutputArgs { copy: args.copy.clone(), format: vec![PRINTED], ..OutputArgs::default() };
    let page = opened.page(&desk, args.which.lang.as_deref(), output)?;
    let sheets = page.sheets(&opened.finished()?)?;
    let printer = page.print_sheets(&sheets, args.printer.as_deref(), &Words::default())?;
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
