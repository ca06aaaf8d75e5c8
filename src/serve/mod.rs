//! The interview in a browser: pages that are made on the server, for the same [`Interview`](crate::interview::Interview)
//! that the terminal steps.
//!
//! No question, option or rule is known here, and nothing that a patient needs depends on a script. Each answer is on disk
//! before the browser is sent on.
//!
//! - `form`: the fields of a form → an answer, or a message.
//! - `session`: one interview, its autosave, and the forms that were left or refused. `sessions`: all of them, each in its
//!   `place`: in memory, or as a draft.
//! - `keeper`: where interviews are saved and handed in: the user's drafts and files, or a `clinic`.
//!   `kept`: the types that it exchanges with the sessions.
//! - `cookies`: their names and attributes. `secret`: the secret in the browser's cookie. The server and its drafts hold
//!   only a hash of it.
//! - `pages`: HTML. `assets`: the style sheet, the script and the logo.
//! - `visit`: a request as the pages see it. `headers`: rules for every request. `request`: its session and
//!   token. `routes`: addresses and what they do.
//! - `tls`: the server's certificate. `authority`: a clinic's own authority, and certificates from it.
//! - `listener`: connections, time limits, and the end.

mod assets;
mod authority;
mod clinic;
mod cookies;
mod error;
mod form;
mod headers;
mod keeper;
mod kept;
mod listener;
mod pages;
mod place;
mod request;
mod routes;
mod secret;
mod session;
mod sessions;
mod shared;
mod site;
mod tls;
mod visit;

pub use authority::{Issued, issue};
pub use clinic::{ClinicKeeper, ReportError};
pub use error::{CertificateProblem, ServeError};
pub use keeper::{HandIn, Keeper, UserKeeper};
pub use kept::NotHandedIn;
pub use listener::serve;
pub use site::{Site, host_in_address};
pub use tls::{Tls, TlsFiles};
