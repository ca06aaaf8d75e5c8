//! `preconsult config`: the clinic's settings.

use super::{note, print};
use crate::cli::{ConfigArgs, ConfigCommand};
use crate::config::EXAMPLE;
use crate::error::Error;
use crate::keep::config_file::{self, Settings};
use std::fmt::Write as _;
use std::path::PathBuf;

pub(super) fn run(command: ConfigCommand) -> Result<(), Error> {
    match command {
        ConfigCommand::Check(args) => check(&args),
        ConfigCommand::Show(args) => print(show(&config_file::load(args.config.as_deref())?).as_bytes()),
        ConfigCommand::Init { file } => init(file),
    }
}

/// Reads everything that the settings point at, as printing would.
fn check(args: &ConfigArgs) -> Result<(), Error> {
    let settings = config_file::load(args.config.as_deref())?;
    let Some(file) = &settings.file else {
        return print(b"no configuration file: the defaults hold\n");
    };
    super::page::style(&settings)?;
    print(format!("{}: no problems\n", file.display()).as_bytes())
}

fn show(Settings { config, file }: &Settings) -> String {
    let mut page = match file {
        Some(file) => format!("# from {}\n", file.display()),
        None => "# no configuration file: these are the defaults\n".to_owned(),
    };
    let mut line = |key: &str, value: Option<String>| {
        let _ = match value {
            Some(value) => writeln!(page, "{key} = {value}"),
            None => writeln!(page, "# {key} is not set"),
        };
    };
    let quoted = |text: &dyn std::fmt::Display| serde_json::Value::from(text.to_string()).to_string();
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| quoted(&path.display()));
    let list = |items: Vec<String>| (!items.is_empty()).then(|| format!("[{}]", items.join(", ")));
    line("clinic", config.clinic.as_ref().map(|name| quoted(name)));
    line("address", list(config.address.iter().map(|part| quoted(part)).collect()));
    line("phone", config.phone.as_ref().map(|phone| quoted(phone)));
    line("logo", path(&config.logo));
    line("privacy_notice", config.privacy_notice.as_ref().map(|notice| quoted(notice)));
    line("signature", Some(config.signature.to_string()));
    line("paper", Some(quoted(&config.paper.name())));
    line("language", config.language.as_ref().map(|language| quoted(language)));
    line("formats", list(config.formats.iter().map(|format| quoted(&format.name())).collect()));
    line("copy", config.copy.as_ref().map(|copy| quoted(copy)));
    line("out", path(&config.out));
    line("retention_days", config.retention_days.map(|days| days.to_string()));
    line("idle_seconds", config.idle_seconds.map(|seconds| seconds.to_string()));
    line("desk", path(&config.desk));
    line("fonts", list(config.fonts.iter().map(|font| quoted(&font.display())).collect()));
    line("template", path(&config.template));
    page
}

/// Writes the example, never over a file that is there.
fn init(file: Option<PathBuf>) -> Result<(), Error> {
    let Some(path) = file.or_else(|| config_file::folder().map(|folder| folder.join("preconsult.toml"))) else {
        let error = Error::failed("this system has no folder for settings");
        return Err(error.hint("name a file: preconsult config init FILE"));
    };
    crate::keep::output::create(&path, EXAMPLE.as_bytes())?;
    note("every setting stands in the file, explained and switched off: take the # away from those you want");
    print(format!("{}\n", path.display()).as_bytes())
}
