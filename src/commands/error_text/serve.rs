//! Messages and hints for errors of the server.

use super::ErrorText;
use super::io::io_reason;
use crate::error::Error;
use crate::messages::Messages;
use crate::serve::ServeError;
use std::io;

impl ErrorText for ServeError {
    fn to_error(&self, words: &Messages) -> Error {
        let failed = || Error::failed(self.to_string());
        match self {
            Self::NotLoopback(_) => {
                Error::input(self.to_string()).hint("listen at this machine alone, as with --listen 127.0.0.1:8181")
            }
            Self::Listen { address, source } => {
                let reason = match source.kind() {
                    io::ErrorKind::AddrInUse => "another program listens there".to_owned(),
                    io::ErrorKind::AddrNotAvailable => "this machine has no such address".to_owned(),
                    _ => io_reason(source, words),
                };
                Error::failed(format!("could not listen at {address}: {reason}"))
                    .hint("choose another port with --listen; 127.0.0.1:0 picks a free one")
            }
            Self::Random(_) | Self::Start(_) => failed().hint("try again"),
        }
    }
}
