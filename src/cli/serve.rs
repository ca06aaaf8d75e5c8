//! The options of `serve`.

use super::{OutputArgs, PackArgs};
use clap::Args;
use std::net::SocketAddr;

/// The options of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Address and port to listen at, on this machine only; port 0 picks a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8181")]
    pub listen: SocketAddr,
    /// Another name that browsers may use for this machine; repeat it for several [default: localhost and the address]
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Seconds without a sign of the patient after which an interview is locked [default: `idle_seconds` in the settings, else
    /// 600]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(10..))]
    pub idle: Option<u32>,
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The output files.
    #[command(flatten)]
    pub output: OutputArgs,
}
