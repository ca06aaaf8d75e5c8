//! The only network access of the program: sends one FHIR file to one server that the user names.
//!
//! The server creates the resource unless it already stores one with the same identifier (`If-None-Exist`). So repeating an
//! attempt whose response was lost creates no duplicate. Temporary failures are retried with growing pauses until a time
//! limit; permanent ones are reported at once. Only a response that a FHIR server would give counts as accepted. Redirects
//! are not followed, since they could send the token to another server.

mod address;
pub mod error;
mod outcome;
mod payload;
mod server;

pub use address::Address;
pub use payload::Payload;
pub use server::{Delivery, Server, ServerOptions};
