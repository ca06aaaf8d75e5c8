//! The edge to the network, and the only one: sends one FHIR file to one server that somebody has named.
//!
//! A file is created on the server unless something with its identifier is there already (`If-None-Exist`), so that a try
//! which went through unheard makes no double. What may pass by itself is tried again, longer and longer apart, until a
//! bound; what will not is told at once. Only an answer that a FHIR server would give counts as one that has taken it. No redirect is followed, as it could lead a token elsewhere.

mod address;
pub mod error;
mod outcome;
mod payload;
mod server;

pub use address::Address;
pub use payload::Payload;
pub use server::{Delivery, Server, ServerOptions};
