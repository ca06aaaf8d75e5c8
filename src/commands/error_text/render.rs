//! Messages and hints for errors of pages and FHIR files.

use super::ErrorText;
use crate::error::Error;
use crate::export::{ExportError, Format};
use crate::fhir::{ImportError, UnsupportedPack};
use crate::messages::Messages;
use crate::render::RenderError;

impl ErrorText for RenderError {
    fn to_error(&self, _: &Messages) -> Error {
        match self {
            Self::TemplateProblems(problems) => problems.clone().into(),
            Self::Template { hints, .. } if hints.is_empty() => {
                Error::input(self.to_string()).hint("check the template and how it uses /data.json")
            }
            Self::Template { hints, .. } => Error::input(self.to_string()).hint(hints.join("; ")),
            Self::RequiredContent { .. } => Error::input(self.to_string())
                .hint("print every required text: see `preconsult config template --help`"),
            Self::Unknown | Self::PdfStandard(_) => Error::failed(self.to_string()),
        }
    }
}

impl ErrorText for ExportError {
    fn to_error(&self, words: &Messages) -> Error {
        match self {
            Self::Render(error) => error.to_error(words),
            Self::UnsupportedPack(error) => error.to_error(words),
            Self::NoForm(format) => Error::input(self.to_string()).hint(match format {
                Format::Fhir => "`preconsult fhir questionnaire` writes the questions as FHIR",
                _ => "choose a format for printing: pdf, html or text",
            }),
        }
    }
}

impl ErrorText for UnsupportedPack {
    fn to_error(&self, _: &Messages) -> Error {
        Error::input(self.to_string()).hint("run `preconsult pack check --fhir` to list each problem with a hint")
    }
}

impl ErrorText for ImportError {
    fn to_error(&self, words: &Messages) -> Error {
        match self {
            Self::UnsupportedPack(error) => error.to_error(words),
            Self::Response(problems) => problems.clone().into(),
        }
    }
}
