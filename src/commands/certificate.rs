//! `preconsult serve certificate`: a certificate for a clinic's network, and the steps that make tablets trust it.

use super::{now, print_or_note, stdout};
use crate::cli::CertificateArgs;
use crate::error::Error;
use crate::messages::Messages;
use crate::printable::Printable;
use crate::serve::{Issued, issue};
use crate::storage::config_file;
use chrono::{DateTime, Local, Utc};
use serde_json::{Value, json};
use std::path::Path;

/// The port of the address in the steps: that of `serve` itself.
const PORT: u16 = 8181;

/// The kinds of devices, in the order of their steps.
const DEVICES: [&str; 4] = ["certificate-ipad", "certificate-android", "certificate-windows", "certificate-linux"];

pub(super) fn run(args: &CertificateArgs) -> Result<(), Error> {
    let settings = config_file::load(args.config.config.as_deref())?;
    let words = settings.config.language.as_deref().map(Messages::new).unwrap_or_default();
    let issued = issue(&args.folder, &args.host, now().to_utc())?;
    let text = steps(&issued, args, &words);
    if args.json {
        print_or_note(&format!("{:#}\n", to_json(&issued, args)), text.trim_end())
    } else {
        // The command that starts the server has to be copied whole, so that only the sentences are wrapped.
        let wrap = |line: &str| if line.starts_with("   ") { line.to_owned() } else { stdout().wrap(line, 3) };
        let text: Vec<String> = text.lines().map(wrap).collect();
        print_or_note(&format!("{}\n", text.join("\n")), &format!("written: {}", Printable::path(&args.folder)))
    }
}

fn to_json(issued: &Issued, args: &CertificateArgs) -> Value {
    let path = |path: &Path| path.display().to_string();
    json!({
        "authority": path(&issued.authority),
        "authority_for_devices": path(&issued.authority_for_devices),
        "authority_name": issued.authority_name,
        "authority_is_new": issued.authority_is_new,
        "authority_valid_until": issued.authority_expiry.format("%Y-%m-%d").to_string(),
        "certificate": path(&issued.certificate),
        "key": path(&issued.key),
        "hosts": args.host,
        "valid_until": issued.expiry.format("%Y-%m-%d").to_string(),
    })
}

/// Returns what was made, the command that starts the server, and the steps for each kind of device.
fn steps(issued: &Issued, args: &CertificateArgs, words: &Messages) -> String {
    let (name, hosts) = (issued.authority_name.as_str(), args.host.join(", "));
    let date = |time: DateTime<Utc>| words.date(time.with_timezone(&Local).date_naive());
    let made = if issued.authority_is_new { "certificate-new" } else { "certificate-again" };
    let file = Printable::path(&issued.authority_for_devices).to_string();
    let address = format!("https://{}:{PORT}/", crate::serve::host_in_address(&args.host[0]));
    let mut parts = vec![
        words.format(
            made,
            [
                ("name", name.into()),
                ("hosts", hosts.as_str().into()),
                ("folder", Printable::path(&args.folder).to_string().into()),
                ("date", date(issued.expiry).into()),
            ],
        ),
        format!("{}\n\n   {}", words.get("certificate-start"), start_command(issued, args)),
    ];
    if issued.authority_is_new {
        let until = date(issued.authority_expiry);
        parts.push(words.format("certificate-devices", [("file", file.as_str().into()), ("date", until.into())]));
        let parameters =
            || [("name", name.into()), ("file", file.as_str().into()), ("address", address.as_str().into())];
        parts.extend(DEVICES.map(|device| words.format(device, parameters())));
    }
    parts.join("\n\n") + "\n"
}

/// Returns the command that starts the server with the certificate.
fn start_command(issued: &Issued, args: &CertificateArgs) -> String {
    let hosts: String = args.host.iter().map(|host| format!(" --host {host}")).collect();
    let [certificate, key] = [&issued.certificate, &issued.key].map(|path| quoted(path));
    format!("preconsult serve --listen 0.0.0.0:{PORT}{hosts} --tls-cert {certificate} --tls-key {key}")
}

/// Returns a path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = Printable::path(path).to_string();
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || "/._-~+:\\".contains(c));
    if is_plain { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
