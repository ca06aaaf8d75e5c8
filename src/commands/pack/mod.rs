//! `preconsult pack`: creates, checks, tests, shows, compares and describes packs.

mod check;
mod diff;
mod new;
mod test;

use super::error_text::io::io_error;
use super::{output_plan::language, pack_files, print, print_flowing, print_json, print_path, today};
use crate::authoring::{schemas, show, show_questions};
use crate::cli::PackCommand;
use crate::error::Error;
use crate::interview::answers_schema;
use crate::pack::Pack;
use crate::storage::create_folder;
use crate::summary::summary_schema;
use std::fmt::Write as _;
use std::path::Path;

pub(super) fn run(command: PackCommand) -> Result<(), Error> {
    match command {
        PackCommand::New { folder, from } => new::run(&folder, from.is_some()),
        PackCommand::Check(args) => check::run(&args),
        PackCommand::Test(args) => test::run(&args),
        PackCommand::Show { folder, questions, lang, html, date } => {
            let pack = Pack::load(&pack_files(folder.folder.as_ref())?)?;
            let language = language(&pack, [lang.as_deref()])?;
            if let Some(file) = html {
                let coverage = test::coverage(&pack, &test::run_cases(&pack, folder.folder.as_ref())?);
                let page = crate::authoring::html(&pack, language, Some(&coverage), date.unwrap_or_else(today));
                create_folder::write_page(&file, &page, ": for sign-off</title>")?;
                return print_path(&file);
            }
            let page = if questions { show_questions(&pack, language) } else { show(&pack, language) };
            print_flowing(&page)
        }
        PackCommand::Diff { old, new } => diff::run(&old, &new),
        PackCommand::Schema { out: Some(folder), .. } => write_schemas(&folder),
        PackCommand::Schema { file, out: None } => schema(file.as_deref()),
    }
}

fn write_schemas(folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|error| io_error("create the folder", folder, &error))?;
    let mut paths = String::new();
    for (name, schema) in schemas() {
        let path = folder.join(format!("{name}.schema.json"));
        create_folder::write_page(&path, &format!("{schema:#}\n"), "\"type\": \"object\"")?;
        let _ = writeln!(paths, "{}", path.display());
    }
    print(paths.as_bytes())
}

fn schema(file: Option<&str>) -> Result<(), Error> {
    let mut schemas = schemas();
    schemas.extend([("answers", answers_schema()), ("summary", summary_schema())]);
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
    print_json(&value)
}
