//! The pages of one server: the pack, the clinic's letterhead and settings, and the keeper of its interviews.

use super::cookies::Cookies;
use super::keeper::Keeper;
use super::kept::Languages;
use super::tls::Tls;
use crate::intake::autosave::Notify;
use crate::letterhead::Letterhead;
use crate::messages::Messages;
use crate::pack::{Language, Pack};
use std::fmt;
use std::net::{Ipv6Addr, SocketAddr};
use std::time::Duration;

/// The pages of one server.
pub struct Site {
    /// The pack; it lasts as long as the process.
    pub pack: &'static Pack,
    /// The clinic's letterhead.
    pub letterhead: Letterhead,
    /// The only language, if the staff has chosen one.
    pub only_language: Option<Language>,
    /// The language of the first page, if the browser asks for none of the pack's.
    pub first_language: Language,
    /// The time without a sign of the patient after which an interview is locked.
    pub idle: Duration,
    /// The names that a request may address.
    pub hosts: Vec<String>,
    /// The name of this machine in the address for browsers, without a port; used under TLS.
    pub name: Option<String>,
    /// The certificate. Without one, the pages can be opened on this machine alone.
    pub tls: Option<Tls>,
    /// Where the interviews are kept.
    pub keeper: Keeper,
    /// Creates the callback that reports whether answers can be saved.
    pub notify: Box<dyn Fn() -> Notify + Send + Sync>,
}

impl Site {
    /// Returns the address of the first page, ready to open.
    #[must_use]
    pub fn address(&self, listening: SocketAddr) -> String {
        match (&self.tls, &self.name) {
            (Some(_), Some(name)) => format!("https://{name}:{}/", listening.port()),
            (Some(_), None) => format!("https://{listening}/"),
            (None, _) => format!("http://{listening}/"),
        }
    }

    /// Returns how cookies are read and written.
    pub(super) fn cookies(&self) -> Cookies {
        Cookies { is_secure: self.tls.is_some() }
    }

    /// Returns the interface's texts in a language.
    pub(super) fn words(&self, language: Language) -> Messages {
        Messages::new(self.pack.tag(language))
    }

    /// Returns the languages of interviews that were kept.
    pub(super) fn kept_languages(&self) -> Languages<'_> {
        Languages { pack: self.pack, first: self.first_language }
    }

    /// Returns the languages to choose from.
    pub(super) fn languages(&self) -> Vec<Language> {
        self.only_language.map_or_else(|| self.pack.each_language().collect(), |language| vec![language])
    }

    /// Returns the language of a browser that has no interview yet, from its `Accept-Language`.
    pub(super) fn language_for(&self, accepted: &str) -> Language {
        let tag = |part: &str| part.split(';').next().unwrap_or_default().trim().to_owned();
        let accepted = accepted.split(',').find_map(|part| self.pack.language(&tag(part)));
        self.only_language.or(accepted).unwrap_or(self.first_language)
    }
}

/// Returns a name or an IP address as an address of a page has it.
#[must_use]
pub fn host_in_address(host: &str) -> String {
    if host.parse::<Ipv6Addr>().is_ok() { format!("[{host}]") } else { host.to_owned() }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").field("pack", &self.pack.id).finish_non_exhaustive()
    }
}
