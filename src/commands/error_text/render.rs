//! The errors of pages and FHIR files in words.

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
                Error::input(self.to_string()).hint("look at the template and at what it shows of /data.json")
            }
            Self::Template { hints, .. } => Error::input(self.to_string()).hint(hints.join("; ")),
            Self::RequiredContent { .. } => Error::input(self.to_string()).hint(
                "a page must print the caveats beside the benefits, and more: see `preconsult config template --help`",
            ),
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
                _ => "choose one to fill in by pen: pdf, html or text",
            }),
        }
    }
}

impl ErrorText for UnsupportedPack {
    fn to_error(&self, _: &Messages) -> Error {
        Error::input(self.to_string()).hint("`preconsult pack check --fhir` shows each such place, and the way out")
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
