//! `preconsult config`: checks, shows and starts the clinic's settings.

use super::{print, print_flowing, print_note, print_path, trial_page};
use crate::cli::{CheckConfigArgs, ConfigCommand, PackArgs};
use crate::config::{Config, EXAMPLE, Notice, SettingFault, font_key};
use crate::diagnostics::Diagnostics;
use crate::error::{Error, ErrorKind};
use crate::foreign_text::ForeignText;
use crate::letterhead::{Letterhead, Logo, LogoKind};
use crate::pack::Pack;
use crate::printable::{Printable, escape_json};
use crate::storage::config_file::{self, Settings};
#[cfg(feature = "pdf")]
use crate::storage::create_folder;
use crate::storage::error::FolderPurpose;
use crate::storage::output;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

pub(super) fn run(command: ConfigCommand) -> Result<(), Error> {
    match command {
        ConfigCommand::Check(args) => check(&args),
        ConfigCommand::Show(args) => print(show(&config_file::load(args.config.as_deref())?).as_bytes()),
        ConfigCommand::Init { file } => init(file),
        #[cfg(feature = "pdf")]
        ConfigCommand::Template(args) => template(args),
    }
}

/// Uses the settings as printing would, writes no file, and reports every problem.
fn check(args: &CheckConfigArgs) -> Result<(), Error> {
    let (settings, problems) = config_file::load_lenient(args.config.config.as_deref())?;
    let Some(file) = &settings.file else {
        return print_flowing("no settings file; defaults are used\n");
    };
    let pack = super::load_pack(&PackArgs { pack: args.pack.clone(), lang: None })?;
    let Settings { config, .. } = &settings;
    let language = super::output_plan::language(&pack, [config.language.as_deref()]).map_err(|error| {
        error.hint(format!(
            "set `language` to one of: {}; or name your own pack with --pack DIR",
            pack.languages.join(", ")
        ))
    });
    let out = config.out.as_deref().map_or(Ok(()), |folder| output::check_folder(folder, FolderPurpose::OutSetting));
    let tag = pack.tag(language.as_ref().copied().unwrap_or_default());
    let letterhead = settings.letterhead(tag).inspect(|letterhead| report_missing_texts(letterhead, &pack));
    let parts = [
        ("language", language.map(drop)),
        ("out", out.map_err(Error::from)),
        ("logo", letterhead.map(drop).map_err(Error::from)),
        ("template", settings.template().map(drop).map_err(Error::from)),
    ];
    #[cfg(feature = "desk")]
    let parts = parts.into_iter().chain([("desk", desk(config))]);
    let parts = parts.into_iter().map(|(key, part)| (key.to_owned(), part));
    let fonts =
        settings.fonts().enumerate().map(|(index, font)| (font_key(index), font.map(drop).map_err(Error::from)));
    let faults: Vec<(String, Error)> = parts.chain(fonts).filter_map(|(key, part)| Some((key, part.err()?))).collect();
    // Rendering takes a while. With the built-in template it can fail only because of a problem that is reported
    // already.
    let needs_trial = config.template.is_some() || (problems.list().is_empty() && faults.is_empty());
    let page = needs_trial.then(|| render_trial(&settings, &faults, &pack, args.pack.as_deref()));
    if let Some(error) = collect_faults(config, problems, faults, page.and_then(Result::err)) {
        return Err(error);
    }
    print_flowing(&format!("{}: no problems\n", Printable::path(file)))
}

/// Renders trial pages with the valid settings, and discards them.
fn render_trial(
    settings: &Settings,
    faults: &[(String, Error)],
    pack: &Pack,
    folder: Option<&Path>,
) -> Result<(), Error> {
    let is_faulty = |key: &str| faults.iter().any(|(setting, _)| setting.starts_with(key));
    // Without them the page would differ, and its problems would be misleading.
    if is_faulty("template") || is_faulty("fonts") {
        return Ok(());
    }
    let Some(finished) = trial_page::longest_case(pack, folder)? else { return Ok(()) };
    let mut settings = settings.clone();
    let config = &mut settings.config;
    config.language = config.language.take().filter(|_| !is_faulty("language"));
    config.logo = config.logo.take().filter(|_| !is_faulty("logo"));
    let mut exporter = super::output_plan::exporter(&settings, pack, false)?;
    if is_faulty("logo") {
        // The template may need a logo, and must not be reported because it is missing.
        exporter.style.letterhead.logo = Some(Logo { kind: LogoKind::Svg, bytes: BLANK_LOGO.to_vec() });
    }
    trial_page::render_all(&finished, &exporter)
}

/// A blank logo.
const BLANK_LOGO: &[u8] =
    br#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>"#;

/// Combines the problems of the settings, of the files they name and of the trial page into one error.
///
/// A file that cannot be read has exit code 1; all other problems have exit code 2.
fn collect_faults(
    config: &Config,
    problems: Diagnostics,
    mut faults: Vec<(String, Error)>,
    page: Option<Error>,
) -> Option<Error> {
    if problems.list().is_empty() && faults.is_empty() {
        return page;
    }
    let page_problems = page.and_then(|mut error| {
        let problems = error.problems.take();
        if problems.is_none() {
            faults.push(("template".to_owned(), error));
        }
        problems
    });
    let is_failed = faults.iter().any(|(_, error)| error.kind == ErrorKind::Failed);
    let faults = faults
        .into_iter()
        .map(|(setting, error)| SettingFault { setting, message: error.message, hint: error.hint })
        .collect();
    let error = Error::from(problems.and(config.faults(faults)).and(page_problems.unwrap_or_default()));
    Some(Error { kind: if is_failed { ErrorKind::Failed } else { error.kind }, ..error })
}

/// Checks that the folder of the desk, if set, is a clinic's folder.
#[cfg(feature = "desk")]
fn desk(config: &Config) -> Result<(), Error> {
    let Some(folder) = &config.desk else { return Ok(()) };
    let trusted = super::desk::trusted_owners(config)?;
    crate::desk::Clinic::find(Some(folder), None, trusted).map(drop).map_err(|error| match error {
        crate::desk::DeskError::NotTrusted(_) => error.into(),
        _ => Error::from(error).hint(format!(
            "create it with `preconsult desk init {}`, or set `desk` to the clinic's folder",
            Printable::path(folder)
        )),
    })
}

/// Prints a note for each language without a text of the clinic's own, and for each text that no page uses.
fn report_missing_texts(letterhead: &Letterhead, pack: &Pack) {
    let Some(notice) = &letterhead.privacy_notice else { return };
    for tag in &pack.languages {
        if let Some(ForeignText { language: Some(other), .. }) = notice.in_language(tag) {
            print_note(&format!(
                "note: privacy_notice has no text in {tag}: the one in {other} is printed, marked [{other}]"
            ));
        }
    }
    for tag in notice.texts.keys().filter(|tag| pack.language(tag).is_none()) {
        print_note(&format!(
            "note: privacy_notice has a text in {tag}, but the pack {} has no pages in that language",
            pack.id
        ));
    }
}

fn show(Settings { config, file }: &Settings) -> String {
    let mut page = match file {
        Some(file) => format!("# from {}\n", Printable::path(file)),
        None => "# no settings file; these are the defaults\n".to_owned(),
    };
    let mut line = |key: &str, value: Option<String>| {
        let _ = match value {
            Some(value) => writeln!(page, "{key} = {value}"),
            None => writeln!(page, "# {key} is not set"),
        };
    };
    let quoted =
        |text: &dyn std::fmt::Display| escape_json(&serde_json::Value::from(text.to_string()).to_string()).into_owned();
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| quoted(&path.display()));
    let list = |items: Vec<String>| (!items.is_empty()).then(|| format!("[{}]", items.join(", ")));
    line("clinic", config.clinic.as_ref().map(|name| quoted(name)));
    line("address", list(config.address.iter().map(|part| quoted(part)).collect()));
    line("phone", config.phone.as_ref().map(|phone| quoted(phone)));
    line("logo", path(&config.logo));
    line(
        "privacy_notice",
        config.privacy_notice.as_ref().map(|notice| match notice {
            Notice::Single(text) => quoted(text),
            Notice::PerLanguage(texts) => {
                let texts: Vec<String> = texts.iter().map(|(tag, text)| format!("{tag} = {}", quoted(text))).collect();
                format!("{{ {} }}", texts.join(", "))
            }
        }),
    );
    line("signature", Some(config.signature.to_string()));
    line("paper", Some(quoted(&config.paper.name())));
    line("language", config.language.as_ref().map(|language| quoted(language)));
    line("formats", list(config.formats.iter().map(|format| quoted(&format.name())).collect()));
    line("copy", config.copy.as_ref().map(|copy| quoted(copy)));
    line("large_print", config.large_print.then(|| "true".to_owned()));
    line("out", path(&config.out));
    line("retention_days", config.retention_days.map(|days| days.to_string()));
    line("idle_seconds", config.idle_seconds.map(|seconds| seconds.to_string()));
    line("desk", path(&config.desk));
    line("desk_group", config.desk_group.as_ref().map(|group| quoted(group)));
    line("fonts", list(config.fonts.iter().map(|font| quoted(&font.display())).collect()));
    line("template", path(&config.template));
    line("fhir_base", config.fhir_base.as_ref().map(|base| quoted(base)));
    line("plain", Some(config.plain.to_string()));
    page
}

/// Writes the example settings; an existing file is not overwritten.
fn init(file: Option<PathBuf>) -> Result<(), Error> {
    let Some(path) = file.or_else(|| config_file::folder().map(|folder| folder.join("preconsult.toml"))) else {
        let error = Error::failed("this system has no folder for settings");
        return Err(error.hint("name a file: preconsult config init FILE"));
    };
    output::create(&path, EXAMPLE.as_bytes())?;
    print_note("the file explains every setting, all commented out: remove the # before those you want");
    print_path(&path)
}

/// Writes the files to start a custom template from, into a new folder.
#[cfg(feature = "pdf")]
fn template(args: crate::cli::TemplateArgs) -> Result<(), Error> {
    let (pack, file) = super::summarize::read(&args.pack, args.file.as_deref())?;
    let output = crate::cli::OutputArgs { config: args.config, copy: args.copy, ..Default::default() };
    let settings = config_file::load(output.config.config.as_deref())?;
    let page = super::output_plan::OutputJob::new(&pack, &settings, &args.pack, &output, &file)?;
    let finished = super::summarize::finish(&pack, file, None)?;
    create_folder::write(&args.folder, &page.template_kit(&finished)?, create_folder::Access::User)?;
    let folder = Printable::path(&args.folder);
    print_note(&format!("change {folder}/summary.typ, then name it as `template` in the settings"));
    print_note("data.json in that folder has the answers: protect it like a summary");
    print_path(&args.folder)
}
