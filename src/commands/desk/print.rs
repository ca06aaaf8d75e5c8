//! `preconsult desk print`: a record on paper.

use super::opened::Opened;
use super::{by, note, open, unlock};
use crate::cli::{DeskAt, OutputArgs, PrintArgs};
use crate::commands::page::PRINTED;
use crate::desk::trail::What;
use crate::error::Error;

pub(super) fn run(at: &DeskAt, args: &PrintArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    let keys = unlock(&mut desk, at)?;
    let opened = Opened::new(&desk, &keys, args.which.number, args.which.version)?;
    drop(keys);
    let output = OutputArgs { copy: args.copy.clone(), format: vec![PRINTED], ..OutputArgs::default() };
    let page = opened.page(&desk, args.which.lang.as_deref(), output)?;
    let printer = page.print_sheets(&page.sheets(&opened.finished()?)?, args.printer.as_deref())?;
    // Printed is what the printer has taken.
    let sent = format!("sent to the printer {printer}: intake {}", args.which.number);
    desk.mark(What::Printed, Some(args.which.number), crate::commands::now(), &by(at, None))
        .map_err(|error| error.after(&format!("{sent}, but that is not in the trail")))?;
    note(&sent);
    Ok(())
}
