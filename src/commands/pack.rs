//! `preconsult pack`: check, test, show and describe packs.

use super::{note, pack_files, page::language, print};
use crate::cli::{PackCommand, PackFolder};
use crate::error::Error;
use crate::keep::pack_folder;
use crate::pack::{Case, Pack, built_in_cases, schemas, show, show_questions};
use std::fmt::Write as _;

pub(super) fn run(command: PackCommand) -> Result<(), Error> {
    match command {
        PackCommand::Check(folder) => check(&folder),
        PackCommand::Test(folder) => test(&folder),
        PackCommand::Show { folder, questions, lang } => {
            let pack = Pack::load(&pack_files(folder.folder.as_ref())?)?;
            let language = language(&pack, [lang.as_deref()])?;
            let page = if questions { show_questions(&pack, language) } else { show(&pack, language) };
            print(page.as_bytes())
        }
        PackCommand::Schema { file } => schema(file.as_deref()),
    }
}

fn check(folder: &PackFolder) -> Result<(), Error> {
    let pack = Pack::check(&pack_files(folder.folder.as_ref())?)?;
    let statements = &pack.statements;
    let count = 1
        + statements.benefits.len()
        + statements.limits.len()
        + statements.variability.len()
        + statements.safety.len()
        + statements.consult.len()
        + statements.not_covered.len();
    print(
        format!(
            "{} {}: no problems in {} questions, {count} statements, {} rules, languages {}\n{}\n",
            pack.id,
            pack.version,
            pack.questions.len(),
            pack.rules.len(),
            pack.languages.join(", "),
            pack.hash,
        )
        .as_bytes(),
    )
}

fn test(folder: &PackFolder) -> Result<(), Error> {
    let pack = Pack::check(&pack_files(folder.folder.as_ref())?)?;
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

fn schema(file: Option<&str>) -> Result<(), Error> {
    let schemas = schemas();
    let value = match file {
        Some(name) => {
            schemas.into_iter().find(|(known, _)| *known == name).map(|(_, schema)| schema).unwrap_or_default()
        }
        None => schemas
            .into_iter()
            .map(|(name, schema)| (name.to_owned(), schema))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    };
    print(format!("{value:#}\n").as_bytes())
}
