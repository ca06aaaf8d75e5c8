//! `preconsult fhir import`: turns a response of another form filler into an answers file.

use super::super::{load_pack, print_json, print_lines, print_note, stderr};
use crate::cli::ImportArgs;
use crate::error::Error;
use crate::fhir::import;
use crate::storage::{config_file, read_text};

pub(super) fn run(args: &ImportArgs) -> Result<(), Error> {
    let pack = load_pack(&args.pack)?;
    let base = config_file::load(args.config.config.as_deref())?.config.fhir();
    let (name, text) = read_text(args.file.as_deref())?;
    let imported = import(&pack, &base, &name, &text)?;
    let count = imported.reports.count();
    if count > 0 {
        if !args.lenient {
            let hint = "correct the response, or run it with --lenient to keep what cannot be read as `unreadable`";
            return Err(Error::from(imported.reports).hint(hint));
        }
        let noun = if count == 1 { "report" } else { "reports" };
        print_lines(&format!("{}\n", imported.reports.render_all(stderr())));
        print_note(&format!("note: {count} {noun}; an answer that could not be read is marked `unreadable`"));
    }
    print_json(&imported.file.write(&pack))
}
