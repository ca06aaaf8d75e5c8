//! The style sheet, the script and the clinic's logo.

use crate::letterhead::Letterhead;
use axum::http::header;
use axum::response::IntoResponse;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Browsers keep these files. Their addresses change with their content.
const CACHE: &str = "max-age=31536000, immutable";

static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| address("/style.css", STYLE.as_bytes()));
static SCRIPT_ADDRESS: LazyLock<String> = LazyLock::new(|| address("/script.js", SCRIPT.as_bytes()));

pub(super) fn style_address() -> &'static str {
    &STYLE_ADDRESS
}

pub(super) fn script_address() -> &'static str {
    &SCRIPT_ADDRESS
}

/// Returns the address of the clinic's logo, if there is one.
pub(super) fn logo_address(letterhead: &Letterhead) -> Option<String> {
    letterhead.logo.as_ref().map(|logo| address("/logo", &logo.bytes))
}

pub(super) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, CACHE)], STYLE)
}

pub(super) async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, CACHE)], SCRIPT)
}

fn address(path: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{path}?{hash}")
}

#[cfg(test)]
mod tests {
    use super::SCRIPT;

    #[test]
    fn the_script_is_small() {
        assert!(SCRIPT.len() <= 3 * 1024, "{} bytes", SCRIPT.len());
    }
}
