//! The settings file, and the files that it names.

use super::error::{FileAction, StorageError};
use super::{read_bytes, read_text};
use crate::config::{Config, Notice};
use crate::diagnostics::Diagnostics;
use crate::letterhead::{ClinicText, InvalidLogo, Letterhead, Logo};
use crate::render::Template;
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// Settings and the file they were read from.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The settings; the defaults if there is no file.
    pub config: Config,
    /// The file, if there is one.
    pub file: Option<PathBuf>,
}

/// Reads the settings from the named file, else from the user's configuration folder; else returns the defaults.
///
/// # Errors
/// Returns an error if the file cannot be read or a setting is invalid.
pub fn load(named: Option<&Path>) -> Result<Settings, StorageError> {
    let (settings, problems) = load_lenient(named)?;
    if problems.list().is_empty() { Ok(settings) } else { Err(StorageError::InvalidSettings(problems)) }
}

/// Reads the settings like [`load`], and returns the valid ones together with the problems of the others.
///
/// # Errors
/// Returns an error if the file cannot be read.
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
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let paths = config.logo.iter_mut().chain(&mut config.out).chain(&mut config.template).chain(&mut config.desk);
    for relative in paths.chain(&mut config.fonts) {
        *relative = folder.join(&*relative);
    }
    Ok((Settings { config, file: Some(path) }, problems))
}

/// Returns the user's configuration folder for this program, if the system has one.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("preconsult"))
}

impl Settings {
    /// Builds the clinic's letterhead and reads its logo. `language` is the tag of the clinic's language.
    ///
    /// # Errors
    /// Returns an error if the logo cannot be read or printed.
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
    /// Reads the clinic's own template, if one is set.
    ///
    /// # Errors
    /// Returns an error if the template cannot be read.
    pub fn template(&self) -> Result<Option<Template>, StorageError> {
        let Some(path) = &self.config.template else { return Ok(None) };
        let (name, text) = read_text(Some(path))?;
        Ok(Some(Template { name, text }))
    }

    /// Reads the clinic's additional fonts. An item is an error if its file cannot be read or is not a font.
    pub fn fonts(&self) -> impl Iterator<Item = Result<Vec<u8>, StorageError>> {
        self.config.fonts.iter().map(|path| read_font(path))
    }
}

fn in_languages(notice: &Notice, language: &str) -> ClinicText {
    let texts = match notice {
        Notice::Single(text) => [(language.to_owned(), text.clone())].into(),
        Notice::PerLanguage(texts) => texts.clone(),
    };
    ClinicText { language: language.to_owned(), texts }
}

fn read_font(path: &Path) -> Result<Vec<u8>, StorageError> {
    let bytes = read_bytes(FileAction::ReadFont, path)?;
    // TrueType, OpenType, TrueType of old Apple systems, and font collections.
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
    let invalid = |reason: InvalidLogo| StorageError::Logo { path: path.to_owned(), reason };
    let logo = Logo::read(bytes).map_err(invalid)?;
    #[cfg(feature = "pdf")]
    crate::render::check_logo(&logo).map_err(invalid)?;
    Ok(logo)
}
