//! Where the settings lie, and what they point at.

use super::error::{FileAction, StorageError};
use super::{read_bytes, read_text};
use crate::config::{Config, Notice};
use crate::diagnostics::Diagnostics;
use crate::letterhead::{ClinicText, InvalidLogo, Letterhead, Logo};
use crate::render::Template;
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The settings and where they came from.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The settings; the defaults where there is no file.
    pub config: Config,
    /// The file, if there is one.
    pub file: Option<PathBuf>,
}

/// Reads the settings from the file named, else from the user's configuration folder, else takes the defaults.
///
/// # Errors
/// When the file named cannot be read, or what a file says does not hold.
pub fn load(named: Option<&Path>) -> Result<Settings, StorageError> {
    let (settings, problems) = load_lenient(named)?;
    if problems.list().is_empty() { Ok(settings) } else { Err(StorageError::InvalidSettings(problems)) }
}

/// As [`load`], and gives the settings that hold beside what is wrong with the others.
///
/// # Errors
/// When the file named cannot be read.
pub fn load_lenient(named: Option<&Path>) -> Result<(Settings, Diagnostics), StorageError> {
    let file = match named {
        Some(path) => Some(path.to_owned()),
        None => folder().and_then(|folder| {
            ["preconsult.toml", "preconsult.json"].map(|name| folder.join(name)).into_iter().find(|path| path.is_file())
        }),
    };
    let Some(path) = file else { return Ok(Default::default()) };
    let (name, text) = read_text(Some(&path))?;
    let (mut config, problems) = Config::read_lenient(&name, &text);
    let beside = path.parent().unwrap_or(Path::new("")).to_owned();
    let paths = config.logo.iter_mut().chain(&mut config.out).chain(&mut config.template).chain(&mut config.desk);
    for relative in paths.chain(&mut config.fonts) {
        *relative = beside.join(&*relative);
    }
    Ok((Settings { config, file: Some(path) }, problems))
}

/// The user's configuration folder for this program, where the system has one.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("preconsult"))
}

impl Settings {
    /// The clinic's letterhead, its logo read. `language` is the tag of the clinic's language.
    ///
    /// # Errors
    /// When the logo cannot be read, or is no picture that can be printed.
    pub fn letterhead(&self, language: &str) -> Result<Letterhead, StorageError> {
        let Config { clinic, address, phone, privacy_notice, signature, paper, .. } = &self.config;
        Ok(Letterhead {
            name: clinic.clone(),
            address: address.clone(),
            phone: phone.clone(),
            logo: self.config.logo.as_deref().map(read_logo).transpose()?,
            privacy_notice: privacy_notice.as_ref().map(|notice| in_languages(notice, language)),
            signature: *signature,
            paper: *paper,
        })
    }
}

impl Settings {
    /// The clinic's own template.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn template(&self) -> Result<Option<Template>, StorageError> {
        let Some(path) = &self.config.template else { return Ok(None) };
        let (name, text) = read_text(Some(path))?;
        Ok(Some(Template { name, text }))
    }

    /// The clinic's further fonts, each read, or why it cannot be read or is no font file.
    pub fn fonts(&self) -> impl Iterator<Item = Result<Vec<u8>, StorageError>> {
        self.config.fonts.iter().map(|path| read_font(path))
    }
}

fn in_languages(notice: &Notice, language: &str) -> ClinicText {
    let texts = match notice {
        Notice::One(text) => [(language.to_owned(), text.clone())].into(),
        Notice::PerLanguage(texts) => texts.clone(),
    };
    ClinicText { language: language.to_owned(), texts }
}

fn read_font(path: &Path) -> Result<Vec<u8>, StorageError> {
    let bytes = read_bytes(FileAction::ReadFont, path)?;
    // TrueType, OpenType, TrueType of old Apple systems, and collections of these.
    let is_font = [&b"\0\x01\0\0"[..], b"OTTO", b"true", b"ttcf"].iter().any(|magic| bytes.starts_with(magic));
    #[cfg(feature = "pdf")]
    let is_font = is_font && crate::render::is_font(&bytes);
    if !is_font {
        return Err(StorageError::NotAFont(path.to_owned()));
    }
    Ok(bytes)
}

fn read_logo(path: &Path) -> Result<Logo, StorageError> {
    let bytes = read_bytes(FileAction::ReadLogo, path)?;
    let refused = |reason: InvalidLogo| StorageError::Logo { path: path.to_owned(), reason };
    let logo = Logo::read(bytes).map_err(refused)?;
    #[cfg(feature = "pdf")]
    crate::render::check_logo(&logo).map_err(refused)?;
    Ok(logo)
}
