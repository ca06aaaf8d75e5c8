//! `preconsult desk invite`: hands an interview over to a browser on a tablet or a phone.

use super::open_desk::{audit_note, config, open};
use super::qr_code::{Paint, QUIET_ZONE, QrCode};
use super::report::print_json;
use crate::answer::Answers;
use crate::cli::{DeskOptions, InviteArgs};
use crate::commands::prompter::wants_plain;
use crate::commands::{apply_label, label_of, now, output_plan, pack_files, print_note, print_or_note, stdout};
use crate::desk::audit_trail::Action;
use crate::desk::{AuditNote, Desk, DeskError, IntakeState, Invitation, RunningServer};
use crate::error::Error;
use crate::interview::Interview;
use crate::pack::Pack;
use crate::printable::Printable;
use crate::storage::config_file;
use chrono::SecondsFormat;
use serde_json::json;
use std::fmt::Write as _;
use std::net::IpAddr;

pub(super) fn run(options: &DeskOptions, args: &InviteArgs) -> Result<(), Error> {
    let mut desk = open(options)?;
    let note = audit_note(options, None);
    if let Some(number) = args.withdraw {
        let deleted = withdraw(&mut desk, number, note)?;
        let end = if deleted { "it had not begun and is deleted" } else { "its answers so far are kept" };
        let done = format!("the invitation of intake {number} is taken back; {end}");
        if args.json {
            return print_json(&json!({ "number": number, "deleted": deleted }), &done);
        }
        print_note(&done);
        return Ok(());
    }
    // Nothing is stored without a server that can open it.
    let address = server_address(&desk)?;
    let invitation = if let Some(number) = args.again {
        desk.invite_again(number, now(), &note)?
    } else {
        let pack = Pack::load(&pack_files(args.pack.as_ref())?)?;
        let language = args.lang.as_deref();
        let language = language.map(|tag| output_plan::language(&pack, [Some(tag)])).transpose()?;
        let mut interview = Interview::new(&pack, Answers::new());
        apply_label(&mut interview, args.label.as_deref())?;
        let language = language.map(|language| pack.tag(language));
        desk.invite(label_of(&interview).as_deref(), language, args.filled_in_by, now(), &note)?
    };
    print_invitation(&desk, &invitation, &address, args.json)
}

fn print_invitation(desk: &Desk, invitation: &Invitation, address: &str, as_json: bool) -> Result<(), Error> {
    let Invitation { intake, code, expires, .. } = invitation;
    let link = invitation.link(address);
    let done = format!("still stored: intake {intake}; give its code out again with --again {intake}");
    if as_json {
        let expires = expires.to_rfc3339_opts(SecondsFormat::Secs, false);
        let invitation =
            json!({ "number": intake, "code": code, "address": address, "link": link, "expires": expires });
        return print_json(&invitation, &done);
    }
    let mut text = format!(
        "Intake:  {intake}\nAddress: {}\nCode:    {}\nOpens until {}\n",
        Printable::line(address),
        invitation.spaced_code(),
        expires.format("%H:%M")
    );
    let is_plain = wants_plain(false, &config_file::load(config(desk).config.as_deref())?.config);
    let output = stdout();
    if is_loopback(address) {
        print_note(
            "note: only a browser on this machine can open this address, so there is no QR code; for tablets and phones, \
             start `preconsult serve` with --listen, --tls-cert and --tls-key",
        );
    } else if let Some(code) = QrCode::new(&link).filter(|_| !is_plain) {
        if output.width.is_none_or(|width| code.width(QUIET_ZONE) <= width) {
            let rows = code.rows(QUIET_ZONE, Paint::of(output)).join("\n");
            let _ = writeln!(text, "\n{rows}");
        } else {
            print_note("note: the terminal is too narrow for the QR code");
        }
    }
    print_or_note(&text, &done)
}

/// Returns the address of the clinic's running server.
pub(super) fn server_address(desk: &Desk) -> Result<String, Error> {
    let clinic = desk.clinic();
    RunningServer::address(clinic).ok_or_else(|| {
        let folder = Printable::path(clinic.folder());
        Error::failed(format!("no server runs for the clinic {folder}"))
            .hint(format!("start it with `preconsult serve --clinic {folder}`, then try again"))
    })
}

/// Returns whether only this machine can open an address.
pub(super) fn is_loopback(address: &str) -> bool {
    let authority = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = authority.split(['/', '?']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Takes an invitation back. An intake that has not begun holds no answer, so it is deleted. Returns whether it was.
pub(super) fn withdraw(desk: &mut Desk, number: u64, note: AuditNote) -> Result<bool, DeskError> {
    desk.withdraw_invitation(number, now(), &note)?;
    if desk.intake(number)?.state != IntakeState::Invited {
        return Ok(false);
    }
    let note = AuditNote { why: Some("its invitation was taken back".to_owned()), ..note };
    desk.remove(Action::Deleted, &[number], now(), &note)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn an_address_of_this_machine_is_recognized() {
        for (address, expected) in [
            ("http://127.0.0.1:8181/", true),
            ("http://LocalHost:8181/", true),
            ("http://[::1]:8181/", true),
            ("https://127.example.org/", false),
            ("https://localhost.example.org:8443/", false),
            ("https://192.168.178.20:8443/", false),
            ("https://[fd00::1]:8443/", false),
        ] {
            assert_eq!(is_loopback(address), expected, "{address}");
        }
    }
}
