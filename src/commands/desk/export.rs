//! `preconsult desk export`: a record in files, or as it is sealed.

use super::opened::Opened;
use super::{by, open, print_bytes};
use crate::cli::{DeskAt, ExportArgs, OutputArgs};
use crate::commands::page::{Page, Sheet};
use crate::desk::Desk;
use crate::desk::store::File;
use crate::desk::trail::{What, sha256};
use crate::error::Error;
use crate::keep::output::{self, Claim};
use std::path::PathBuf;

pub(super) fn run(at: &DeskAt, args: &ExportArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    let number = args.which.number;
    if args.sealed {
        let bytes = sealed(&desk, number, args.which.version)?;
        desk.mark(What::Exported, Some(number), crate::commands::now(), &by(at, None))?;
        return print_bytes(&bytes);
    }
    let opened = Opened::unlock(&mut desk, at, &args.which, What::Exported)?;
    let output = OutputArgs {
        copy: args.copy.clone(),
        format: args.format.clone(),
        out: args.out.clone(),
        ..OutputArgs::default()
    };
    let page = opened.page(&desk, args.which.lang.as_deref(), output)?;
    if args.stdout {
        return page.write_stdout(&opened.finished()?, &args.format);
    }
    let sheets = page.sheets(&opened.finished()?)?;
    for path in write(&mut desk, number, &page, &sheets)? {
        print_bytes(format!("{}\n", path.display()).as_bytes())?;
    }
    Ok(())
}

/// Writes pages to files named after the number: a folder's listing shows no label. Each is remembered before it is there,
/// with its hash, so that it can be deleted and nothing else with it.
pub(super) fn write(desk: &mut Desk, number: u64, page: &Page, sheets: &[Sheet]) -> Result<Vec<PathBuf>, Error> {
    let mut paths = Vec::new();
    for sheet in sheets {
        let name = format!("{}-intake-{number}-{}", sheet.date, sheet.copy.name());
        let hash = sha256(&sheet.bytes);
        let path = output::write_claimed(page.folder(), &name, sheet.format, &sheet.bytes, &mut |path, claim| {
            let whole = std::path::absolute(path).map_err(|error| Error::io("name the file", path, &error))?;
            let path = whole.to_str().ok_or_else(|| Error::input("the folder's name is not UTF-8"))?.to_owned();
            let file = File { path, hash: hash.clone() };
            match claim {
                Claim::Made => desk.claim(number, &file, crate::commands::now()),
                Claim::GivenUp => desk.disclaim(number, &file, crate::commands::now()),
            }
        })?;
        paths.push(path);
    }
    Ok(paths)
}

fn sealed(desk: &Desk, number: u64, version: Option<u32>) -> Result<Vec<u8>, Error> {
    desk.intake(number)?;
    let versions = desk.store().versions(number)?;
    let kept = versions.iter().rfind(|kept| version.is_none_or(|version| kept.version == version));
    let sealed = kept.map(|kept| desk.store().sealed(kept.sealed)).transpose()?.flatten();
    sealed.map(|sealed| sealed.bytes).ok_or_else(|| {
        Error::input(format!("intake {number} has no such record")).hint(format!("it has {} versions", versions.len()))
    })
}
