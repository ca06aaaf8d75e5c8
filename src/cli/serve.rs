//! The options of `serve`.

use super::{ConfigArgs, OutputArgs, PackArgs};
use clap::{Args, Subcommand};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// The examples and explanations after the options of `serve`.
pub(super) const AFTER_HELP: &str = "Examples:
  preconsult serve --out ~/intakes         then open the printed address
  preconsult serve --print --copy both     print each finished interview
  preconsult serve --lang es --idle 300    in Spanish; lock after 5 minutes
  preconsult serve --listen 127.0.0.1:0    on any free port
  preconsult serve --clinic ~/clinic       begin with a code from the desk
  preconsult serve certificate ~/tls --host frontdesk.local
  preconsult serve --clinic ~/clinic --listen 0.0.0.0:8181 \\
    --host frontdesk.local \\
    --tls-cert ~/tls/server.crt --tls-key ~/tls/server.key

The first line of the output is the address. Each answer is on disk before the next question is shown, and a finished interview is written as by `preconsult ask`. Stop the server with Ctrl-C: no answer is lost, and after the next start the same browser continues.

With --clinic, a patient begins with a code or link from `preconsult desk invite` or from the desk's screen, and a finished interview becomes a record of the clinic. The server needs no passphrase: it encrypts each answer for the clinic, and for a key that only the patient's browser has. So after a restart the same browser continues; another one can continue only at the desk. Pages are printed at the desk.

An interview without a sign of its patient is locked. It continues with the return code that was shown at its start, or at the desk; without a clinic, at the terminal with `preconsult ask --resume`. `preconsult drafts list` lists unfinished interviews.

Other machines can open the pages only over HTTPS, with the certificate of --tls-cert and at the names of --host. `preconsult serve certificate` makes one, and prints what to do on each tablet. To run the server as a service, see .systemd/preconsult.service in the source.

To keep a device on the page while a patient has it:
  iPad     Settings, Accessibility, Guided Access: switch it on, set a passcode.
           Open the page in Safari, then press the top button three times.
  Android  Settings, search for \"app pinning\": switch it on, with the PIN.
           Open the page in Chrome, show recent apps, tap the app's icon, Pin.
  Linux    chromium --kiosk --incognito https://frontdesk.local:8181/
  Windows  Settings, Accounts, Other users, Kiosk: Microsoft Edge, the address";

/// The options of `serve`.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ServeArgs {
    /// The subcommand; without one, the server runs.
    #[command(subcommand)]
    pub command: Option<ServeCommand>,
    /// Address and port to listen at; port 0 picks a free one. Other machines reach it only with a certificate
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8181")]
    pub listen: SocketAddr,
    /// Another name or address that browsers may use for this machine; repeat it for several. With a certificate, the first one
    /// is in the printed address [default: localhost and the address]
    #[arg(long, value_name = "NAME", value_parser = host)]
    pub host: Vec<String>,
    /// Clinic folder: patients begin with an invitation from its desk, and their answers become its records
    #[arg(long, value_name = "DIR", conflicts_with_all = [
        "config", "copy", "filled_in_by", "format", "label", "large_print", "out", "print",
    ])]
    pub clinic: Option<PathBuf>,
    /// Certificate for HTTPS, as PEM; `preconsult serve certificate` makes one
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key of the certificate, as PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
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

/// The subcommands of `serve`.
#[derive(Debug, Clone, Subcommand)]
pub enum ServeCommand {
    /// Make a certificate for a clinic's network, and show how tablets come to trust it
    #[command(after_help = "Examples:
  preconsult serve certificate ~/tls --host frontdesk.local
  preconsult serve certificate ~/tls --host frontdesk.local --host 192.168.1.20

In a new folder, this also makes an authority of your own. Every tablet has to trust it once. The steps for iPad, Android, \
Windows and Linux are printed, and so is the command that starts the server.

In a folder with such an authority, it makes only a new certificate, and tablets have nothing to do. Make one before the old \
one expires after two years, or when the machine gets another name. An authority is never overwritten; it lasts ten years.

The authority is limited to the names that you give, so that a stolen authority.key cannot be used to imitate other sites. For \
a name outside of them, make another authority in another folder.

The folder contains:
  authority.cer  for the tablets, in binary form (DER)
  authority.crt  the same for programs, as PEM
  authority.key  makes certificates; keep it secret, for example on a USB stick
  server.crt     for --tls-cert
  server.key     for --tls-key; secret")]
    Certificate(CertificateArgs),
}

/// The options of `serve certificate`.
#[derive(Debug, Clone, Args)]
pub struct CertificateArgs {
    /// Folder for the certificate, its key and the authority
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Name or address that the tablets use for this machine; repeat it for several
    #[arg(long, value_name = "NAME", required = true, value_parser = host)]
    pub host: Vec<String>,
    /// Print JSON: the files, the names and the dates
    #[arg(long)]
    pub json: bool,
    /// The settings file, for the language of the steps.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// Parses a host: a name or an IP address, without a port.
fn host(text: &str) -> Result<String, String> {
    let plain = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    if let Ok(address) = plain.parse::<IpAddr>() {
        return if address.is_unspecified() {
            Err("this means every address; name one that a browser can open".to_owned())
        } else {
            Ok(address.to_string())
        };
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if text.len() <= 253 && text.split('.').all(is_label) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("expected a name or an IP address without a port, such as frontdesk.local".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_host_is_a_name_or_an_address_without_a_port() {
        for (text, name) in [
            ("FrontDesk.local", "frontdesk.local"),
            ("tablet-1", "tablet-1"),
            ("192.168.1.20", "192.168.1.20"),
            ("[fd00::1]", "fd00::1"),
            ("FD00:0::1", "fd00::1"),
        ] {
            assert_eq!(host(text).as_deref(), Ok(name));
        }
        let long = "a".repeat(64);
        for text in ["", "a:1", "https://a", "a/b", "*.local", "a b", "-a", "a..b", "é.local", "0.0.0.0", "::", &long]
        {
            assert!(host(text).is_err(), "{text}");
        }
    }
}
