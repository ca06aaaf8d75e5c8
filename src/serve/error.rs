//! Errors of the pages in a browser.

use std::io;
use std::net::SocketAddr;

/// An error that ends the server, or keeps it from starting.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address can be reached from other machines.
    #[error("{0} can be reached from other machines, and answers about health are not sent in the clear")]
    NotLoopback(SocketAddr),
    /// The server cannot listen at this address.
    #[error("could not listen at {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's reason.
        source: io::Error,
    },
    /// The system gives no random numbers, which secrets are made of.
    #[error("the system gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// The threads of the server cannot be started.
    #[error("could not start the server: {0}")]
    Start(io::Error),
}
