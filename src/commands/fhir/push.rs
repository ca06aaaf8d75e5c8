//! placeholder
use crate::cli::PushArgs;
use crate::error::Error;
pub(super) fn run(_: &PushArgs) -> Result<(), Error> { Ok(()) }
