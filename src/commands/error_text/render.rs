//! The errors of pages and FHIR files in words.

use super::ErrorText;
use crate::error::Error;
use crate::fhir::{ImportError, UnsupportedPack};
use crate::messages::Words;

impl ErrorText for UnsupportedPack {
    fn to_error(&self, _: &Words) -> Error {
        Error::input(self.to_string()).hint("`preconsult pack check --fhir` shows each such place, and the way out")
    }
}

impl ErrorText for ImportError {
    fn to_error(&self, words: &Words) -> Error {
        match self {
            Self::UnsupportedPack(error) => error.to_error(words),
            Self::Response(problems) => problems.clone().into(),
        }
    }
}
