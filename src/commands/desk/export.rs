//! `preconsult desk export`: a record in files, or as it is sealed.

use super::open_record::Opened;
use super::{by, open, print_bytes, print_json, print_path, written_all_the_same};
use crate::cli::{DeskAt, ExportArgs, OutputArgs};
use crate::commands::page::{Page, Sheet};
use crate::desk::audit_trail::{What, sha256};
use crate::desk::store::File;
use crate::desk::{Desk, counted};
use crate::error::Error;
use crate::messages::Words;
use crate::storage::output::{self, Claim};
use serde_json::json;
use std::path::PathBuf;

pub(super) fn run(at: &DeskAt, args: &ExportArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    let number = args.which.number;
    if args.sealed {
        let bytes = sealed(&desk, number, args.which.version)?;
        desk.mark(What::Exported, Some(number), crate::commands::now(), &by(at, None))?;
        return print_bytes(&bytes);
    }
    let opened = Opened::unlock(&mut desk, at, &args.which)?;
    let output = OutputArgs {
        copy: args.copy.clone(),
        format: args.format.clone(),
        out: args.out.clone(),
        ..OutputArgs::default()
    };
    let page = opened.page(&desk, args.which.lang.as_deref(), output)?;
    // The trail has it before anything leaves, and not where nothing can leave.
    if args.stdout {
        let bytes = page.for_stdout(&opened.finished()?, &args.format)?;
        opened.mark(&mut desk, at, What::Exported)?;
        return print_bytes(&bytes);
    }
    let words = Words::default();
    page.check_folder(&words)?;
    let sheets = page.sheets(&opened.finished()?)?;
    opened.mark(&mut desk, at, What::Exported)?;
    let (paths, written) = write(&mut desk, number, &page, &sheets, &words);
    let told = if args.json {
        let all: Vec<String> = paths.iter().map(|path| written_all_the_same(path)).collect();
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        print_json(&json!({ "number": number, "files": paths }), &all.join("\n"))
    } else {
        paths.iter().map(|path| print_path(path)).fold(Ok(()), Result::and)
    };
    written.and(told)
}

/// Writes pages to files named after the number: a folder's listing shows no label. Each is remembered before it is there,
/// with its hash, so that it can be deleted and nothing else with it. Gives the files that are there, also if one fails.
pub(super) fn write(
    desk: &mut Desk,
    number: u64,
    page: &Page,
    sheets: &[Sheet],
    words: &Words,
) -> (Vec<PathBuf>, Result<(), Error>) {
    let mut paths = Vec::new();
    for sheet in sheets {
        let name = output::name_from(&format!("{}-intake-{number}", sheet.date), sheet.copy, sheet.format);
        let hash = sha256(&sheet.bytes);
        let path = output::write_claimed(page.folder(), &name, sheet.format, &sheet.bytes, &mut |path, claim| {
            let whole = std::path::absolute(path).map_err(|error| Error::io("name the file", path, &error))?;
            let path = whole.to_str().ok_or_else(|| Error::input("the folder's name is not UTF-8"))?.to_owned();
            let file = File { path, hash: hash.clone() };
            match claim {
                Claim::Made => desk.claim(number, &file, crate::commands::now()),
                Claim::GivenUp => desk.disclaim(number, &file, crate::commands::now()),
            }
        });
        match path {
            Ok(path) => paths.push(path),
            Err(error) => return (paths, Err(error)),
        }
    }
    (paths, Ok(()))
}

fn sealed(desk: &Desk, number: u64, version: Option<u32>) -> Result<Vec<u8>, Error> {
    desk.intake(number)?;
    let versions = desk.store().versions(number)?;
    let kept = versions.iter().rfind(|kept| version.is_none_or(|version| kept.version == version));
    let sealed = kept.map(|kept| desk.store().sealed(kept.sealed)).transpose()?.flatten();
    sealed.map(|sealed| sealed.bytes).ok_or_else(|| {
        Error::input(format!("intake {number} has no such record")).hint(format!("it has {}", counted(versions.len())))
    })
}
