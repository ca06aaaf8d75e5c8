//! `preconsult pack test`: the pack's own cases.

use super::super::{note, pack_files, print, today};
use crate::cli::PackFolder;
use crate::error::Error;
use crate::keep::pack_folder;
use crate::pack::{Case, Pack, built_in_cases};
use std::fmt::Write as _;

pub(super) fn run(folder: &PackFolder) -> Result<(), Error> {
    let pack = Pack::check(&pack_files(folder.folder.as_ref())?, today())?.pack;
    let cases =
        folder.folder.as_ref().map_or_else(|| Ok(built_in_cases()), |folder| pack_folder::read_cases(folder))?;
    if cases.is_empty() {
        return Err(Error::input("the pack has no cases")
            .hint("write one in cases/: `preconsult pack schema case` shows its shape"));
    }
    let mut failed = 0;
    for (name, text) in &cases {
        let mut report = String::new();
        match Case::run(&pack, &format!("cases/{name}"), text) {
            Ok(case) if case.differences.is_empty() => continue,
            Ok(case) => {
                let _ = writeln!(report, "FAILED cases/{name}\n  {}", case.patient);
                for difference in case.differences {
                    let _ = writeln!(report, "  - {difference}");
                }
            }
            Err(problems) => {
                let _ = writeln!(report, "FAILED cases/{name}\n{problems}");
            }
        }
        failed += 1;
        note(&report);
    }
    let count = cases.len();
    if failed > 0 {
        return Err(Error::input(format!("{failed} of {count} cases failed")).hint(
            "mend the pack, or the case if the pack is right: a clinical expectation is never rewritten by a command",
        ));
    }
    print(format!("{} {}: {count} cases passed\n", pack.id, pack.version).as_bytes())
}
