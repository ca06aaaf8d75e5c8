//! `preconsult pack test`: runs the pack's own cases and reports their coverage.

use super::super::{pack_files, print_flowing, print_json, print_note, today};
use crate::authoring::{Case, CaseCoverage, Coverage};
use crate::cli::TestArgs;
use crate::diagnostics::Diagnostics;
use crate::error::Error;
use crate::pack::{Pack, built_in_cases};
use crate::storage::pack_folder;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

pub(super) fn run(args: &TestArgs) -> Result<(), Error> {
    let folder = args.folder.folder.as_ref();
    let pack = Pack::check(&pack_files(folder)?, today())?.pack;
    let run = run_cases(&pack, folder)?;
    if run.is_empty() {
        return Err(Error::input("the pack has no cases")
            .hint("write one in cases/: `preconsult pack schema case` prints the format"));
    }
    let coverage = coverage(&pack, &run);
    if args.json {
        print_json(&results_json(&pack, &run, &coverage))?;
    } else {
        run.iter().filter_map(|(name, case)| failure(name, case)).for_each(|report| print_note(&report));
    }
    let (count, failed) = (run.len(), run.iter().filter(|(_, case)| !passed(case)).count());
    if failed > 0 {
        return Err(Error::input(format!("{failed} of {count} cases failed"))
            .hint("fix the pack, or the case if the pack is right: no command rewrites a clinical expectation"));
    }
    if !args.json {
        print_flowing(&format!("{} {}: {count} cases passed\n{}", pack.id, pack.version, coverage_text(&coverage)))?;
    }
    if args.strict && !coverage.is_whole() {
        return Err(
            Error::input("the cases do not cover all of the pack").hint("add a case for each item listed as missing")
        );
    }
    Ok(())
}

/// The name of a case and its result.
pub(super) type CaseRun = (String, Result<Case, Diagnostics>);

pub(super) fn run_cases(pack: &Pack, folder: Option<&PathBuf>) -> Result<Vec<CaseRun>, Error> {
    let run = read_cases(folder)?.into_iter().map(|(name, text)| {
        let case = Case::run(pack, &name, &text);
        (name, case)
    });
    Ok(run.collect())
}

/// Reads the cases of a pack as name and text, sorted by name.
pub(super) fn read_cases(folder: Option<&PathBuf>) -> Result<Vec<(String, String)>, Error> {
    let cases = folder.map_or_else(|| Ok(built_in_cases()), |folder| pack_folder::read_cases(folder))?;
    Ok(cases.into_iter().map(|(name, text)| (format!("cases/{name}"), text)).collect())
}

pub(super) fn coverage(pack: &Pack, run: &[CaseRun]) -> Coverage {
    let covered: BTreeMap<String, CaseCoverage> =
        run.iter().filter_map(|(name, case)| Some((name.clone(), case.as_ref().ok()?.covered.clone()))).collect();
    Coverage::new(pack, &covered)
}

fn passed(case: &Result<Case, Diagnostics>) -> bool {
    case.as_ref().is_ok_and(|case| case.differences.is_empty())
}

fn failure(name: &str, case: &Result<Case, Diagnostics>) -> Option<String> {
    let mut report = format!("FAILED {name}\n");
    match case {
        Ok(case) if case.differences.is_empty() => return None,
        Ok(case) => {
            let _ = writeln!(report, "  {}", case.patient);
            for difference in &case.differences {
                let _ = writeln!(report, "  - {difference}");
            }
        }
        Err(problems) => {
            let _ = writeln!(report, "{problems}");
        }
    }
    Some(report)
}

fn coverage_text(coverage: &Coverage) -> String {
    let mut report = String::new();
    for part in &coverage.parts {
        let missing: Vec<&str> = part.missing().collect();
        let _ = write!(
            report,
            "  {:<10} {} of {} covered",
            part.name,
            part.things.len() - missing.len(),
            part.things.len()
        );
        let _ = match missing.as_slice() {
            [] => writeln!(report),
            missing => writeln!(report, "; missing: {}", missing.join(", ")),
        };
    }
    report
}

fn results_json(pack: &Pack, run: &[CaseRun], coverage: &Coverage) -> Value {
    let cases = run.iter().map(|(name, case)| match case {
        Ok(case) => json!({
            "name": name, "patient": case.patient, "passed": case.differences.is_empty(),
            "differences": case.differences.iter().map(crate::authoring::Difference::to_json).collect::<Vec<_>>(),
        }),
        Err(problems) => json!({
            "name": name, "passed": false,
            "problems": problems.list().iter().map(|problem| json!({
                "code": problem.code, "file": problem.file, "line": problem.line, "column": problem.column,
                "message": problem.message, "hint": problem.hint,
            })).collect::<Vec<_>>(),
        }),
    });
    json!({
        "pack": { "id": pack.id, "version": pack.version, "hash": pack.hash },
        "passed": run.iter().filter(|(_, case)| passed(case)).count(),
        "failed": run.iter().filter(|(_, case)| !passed(case)).count(),
        "cases": cases.collect::<Vec<_>>(),
        "coverage": coverage.to_json(),
    })
}
