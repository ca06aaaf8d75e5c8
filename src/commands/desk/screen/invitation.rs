//! Hands an interview over to a browser: the screens of a tablet and of a phone, and the actions on an invitation.

use super::large_code::large_code;
use super::session::{ScreenExit, Session};
use crate::answer::Answers;
use crate::ask::{Menu, confirm};
use crate::commands::desk::invite::{is_loopback, server_address, withdraw};
use crate::commands::desk::qr_code::{NARROW_QUIET_ZONE, Paint, QUIET_ZONE, QrCode};
use crate::commands::desk::status::{Activity, minutes_until};
use crate::commands::{label_of, now};
use crate::desk::store::Progress;
use crate::desk::{Intake, IntakeMatch, IntakeState, Invitation, Knock, KnockWith, RunningServer};
use crate::interview::{FilledInBy, Interview};
use crate::printable::Printable;
use crate::wrap::wrapped;

/// Rows below the texts of a screen: the question, which may take two, and its item.
const MENU_ROWS: usize = 3;

/// Minimum width of the text next to a QR code, in columns.
const MIN_TEXT_COLUMNS: usize = 26;

/// The device that an interview is handed over to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Device {
    Tablet,
    Phone,
}

/// The item that draws the screen again, in a larger window.
const LOOK_AGAIN: u64 = 1;

impl Session<'_> {
    /// Asks where the questions are answered. Returns the device and the server's address; `None` means on this screen.
    /// Without a running server there is no other device, so it does not ask.
    pub(super) fn choose_device(&self) -> Result<Option<(Device, String)>, ScreenExit> {
        let Some(address) = RunningServer::address(self.desk.clinic()) else { return Ok(None) };
        let places = ["desk-on-screen", "desk-on-tablet", "desk-on-phone"].map(|key| self.words.get(key));
        Ok(match self.choose(&self.words.get("desk-where"), &places, true)? {
            0 => None,
            1 => Some((Device::Tablet, address)),
            _ => Some((Device::Phone, address)),
        })
    }

    /// Invites a patient to answer on another device, with the label that is set in `interview`.
    pub(super) fn invite(
        &mut self,
        interview: &Interview<'_>,
        language: &str,
        filled_in_by: FilledInBy,
        device: Device,
        address: &str,
    ) -> Result<(), ScreenExit> {
        let (label, note) = (label_of(interview), self.audit_note(None));
        let invitation = self.desk.invite(label.as_deref(), Some(language), Some(filled_in_by), now(), &note)?;
        self.show_invitation(&invitation, device, address)
    }

    /// Creates another code for an intake and invalidates the earlier one.
    pub(super) fn invite_again(&mut self, number: u64) -> Result<(), ScreenExit> {
        let address = server_address(&self.desk)?;
        let places = ["desk-on-tablet", "desk-on-phone"].map(|key| self.words.get(key));
        let device = match self.choose(&self.words.get("desk-where"), &places, true)? {
            0 => Device::Tablet,
            _ => Device::Phone,
        };
        let note = self.audit_note(None);
        let invitation = self.desk.invite_again(number, now(), &note)?;
        self.show_invitation(&invitation, device, &address)
    }

    /// Takes an invitation back. Returns true if the intake had not begun and is deleted.
    pub(super) fn withdraw(&mut self, intake: &Intake) -> Result<bool, ScreenExit> {
        let number = intake.number;
        let is_begun = intake.state != IntakeState::Invited;
        let question = if is_begun { "desk-withdraw-begun" } else { "desk-withdraw-not-begun" };
        let question = self.words.format(question, [("number", number.into())]);
        let (no, yes) = (self.words.get("desk-withdraw-no"), self.words.get("desk-withdraw-yes"));
        let sure = confirm(self.prompter().as_mut(), &question, &no, &yes)?;
        self.watch.touch();
        if !sure {
            return Err(ScreenExit::Back);
        }
        let note = self.audit_note(None);
        let is_deleted = withdraw(&mut self.desk, number, note)?;
        let message = if is_deleted { "desk-withdrawn-deleted" } else { "desk-withdrawn" };
        self.message = Some(self.words.format(message, [("number", number.into())]));
        Ok(is_deleted)
    }

    /// Changes the label of an intake. A locked desk can set one without showing the present one.
    pub(super) fn relabel(&mut self, found: &mut IntakeMatch) -> Result<(), ScreenExit> {
        let mut interview = Interview::new(self.pack, Answers::new());
        if !self.prompt_label(&mut interview, found.label.as_deref().unwrap_or_default())? {
            return Err(ScreenExit::Back);
        }
        let (label, note) = (label_of(&interview), self.audit_note(None));
        self.desk.set_label(found.intake.number, label.as_deref().unwrap_or_default(), now(), &note)?;
        found.label = label.filter(|_| self.keys.is_some());
        self.message = Some(self.words.get("desk-relabelled"));
        Ok(())
    }

    /// Shows an invitation until staff go back. The question below it follows the patient.
    fn show_invitation(&mut self, invitation: &Invitation, device: Device, address: &str) -> Result<(), ScreenExit> {
        let address = Printable::line(address);
        let address = address.as_str();
        loop {
            if self.is_plain() {
                self.above.clear();
            } else {
                self.clear();
            }
            let (columns, rows) =
                crossterm::terminal::size().map_or((80, 24), |(columns, rows)| (columns.into(), rows.into()));
            let (lines, is_complete) = match device {
                Device::Tablet => (self.tablet_lines(invitation, address, columns, rows), true),
                Device::Phone => self.phone_lines(invitation, address, columns, rows),
            };
            self.draw(&lines.join("\n"));
            let again = (!is_complete).then(|| (LOOK_AGAIN, self.words.get("desk-look-again")));
            let source = || self.invitation_menu(invitation, again.clone());
            match self.choose_live(&source) {
                Ok(_) => {}
                Err(ScreenExit::Back) => return Ok(()),
                Err(stop) => return Err(stop),
            }
        }
    }

    /// Returns the menu below an invitation, whose question says whether the patient has begun.
    fn invitation_menu(&self, invitation: &Invitation, again: Option<(u64, String)>) -> Option<Menu> {
        let now = now();
        let question = match self.desk.knock(KnockWith::Code(&invitation.code), now).ok()? {
            Knock::Open(_) => {
                let minutes = minutes_until(invitation.expires, now);
                self.words.format("desk-code-waits", [("minutes", minutes.into())])
            }
            Knock::Expired => self.words.get("desk-code-expired"),
            Knock::Spent => {
                let activity = Activity::read(&self.desk).ok()?;
                match activity.of(&self.desk.intake(invitation.intake).ok()?).progress() {
                    Some(Progress { position, total }) => {
                        self.words.format("desk-code-used-at", [("number", position.into()), ("count", total.into())])
                    }
                    None => self.words.get("desk-code-used"),
                }
            }
            // An invitation ends when the interview is handed in.
            Knock::Unknown => match self.desk.intake(invitation.intake) {
                Ok(Intake { state: IntakeState::Finished | IntakeState::Printed, .. }) => {
                    self.words.get("desk-code-handed-in")
                }
                _ => self.words.get("desk-code-over"),
            },
        };
        Some(self.menu_of(&question, again))
    }

    fn tablet_lines(&self, invitation: &Invitation, address: &str, columns: usize, rows: usize) -> Vec<String> {
        let code = invitation.spaced_code();
        let large = large_code(&code, columns).filter(|_| !self.is_plain() && rows >= 22);
        let mut lines = vec![
            self.words.get("desk-on-tablet"),
            String::new(),
            self.words.get("desk-open-address"),
            String::new(),
            format!("  {address}"),
            String::new(),
            self.words.get("desk-type-code"),
            String::new(),
        ];
        lines.extend(large.into_iter().flatten().chain([String::new()]));
        lines.push(format!("  {code}"));
        lines.push(String::new());
        lines.extend(self.last_lines(invitation, address));
        lines
    }

    /// Returns the lines for a phone, and false if the window has no room for the QR code.
    fn phone_lines(&self, invitation: &Invitation, address: &str, columns: usize, rows: usize) -> (Vec<String>, bool) {
        let typed = [
            self.words.get("desk-open-address"),
            address.to_owned(),
            self.words.get("desk-type-code"),
            invitation.spaced_code(),
            String::new(),
        ];
        let heading = [self.words.get("desk-on-phone"), String::new()];
        let last = self.last_lines(invitation, address);
        let code = QrCode::new(&invitation.link(address)).filter(|_| !self.is_plain() && !is_loopback(address));
        let Some(code) = code else { return ([heading.as_slice(), &typed, &last].concat(), true) };
        for quiet in [QUIET_ZONE, NARROW_QUIET_ZONE] {
            let qr = code.rows(quiet, Paint::of_screen());
            let room = columns.min(100).saturating_sub(code.width(quiet) + 2);
            let scan = [self.words.get("desk-scan"), String::new()];
            let texts = [heading.as_slice(), &scan, &typed, &last].concat();
            let texts: Vec<String> = texts.iter().flat_map(|text| wrapped(text, room.max(1), 0)).collect();
            if room >= MIN_TEXT_COLUMNS && qr.len() + MENU_ROWS <= rows && texts.len() <= qr.len() {
                let texts = texts.iter().map(String::as_str).chain(std::iter::repeat(""));
                let lines = qr.iter().zip(texts).map(|(qr, text)| format!("{qr}  {text}").trim_end().to_owned());
                return (lines.collect(), true);
            }
        }
        let too_small = [self.words.get("desk-qr-too-small"), String::new()];
        ([heading.as_slice(), &typed, &too_small, &last].concat(), false)
    }

    /// Returns until when a code opens, and a warning about an address that only this machine can open.
    fn last_lines(&self, invitation: &Invitation, address: &str) -> Vec<String> {
        let time = invitation.expires.format("%H:%M").to_string();
        let until = self.words.format("desk-opens-until", [("time", time.into())]);
        let warning = is_loopback(address).then(|| self.words.get("desk-only-here"));
        std::iter::once(until).chain(warning).chain([String::new()]).collect()
    }
}
