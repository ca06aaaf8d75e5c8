//! Changes and queries of invitations, and of labels that are stored separately from records.

use super::write::{ChangeError, WriteTransaction};
use super::{AuditStamp, IntakeState, InvitationKeys, InvitationRow, NewInvitation, Progress, SealLabel};
use crate::desk::audit_trail::Action;
use crate::desk::error::DeskError;
use rusqlite::{Connection, Result, Row, params};

impl WriteTransaction<'_> {
    pub(super) fn invite(
        &self,
        new: NewInvitation<'_>,
        stamp: AuditStamp<'_>,
    ) -> std::result::Result<u64, ChangeError> {
        let NewInvitation { keys, language, filled_in_by, label } = new;
        let intake = self.insert_intake(IntakeState::Invited, stamp.at)?;
        let insert = "INSERT INTO invitations (intake, created, expires, code, link, is_spent, language, filled_in_by)
            VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)";
        let InvitationKeys { created, expires, code, link } = keys;
        self.connection().execute(insert, params![intake, created, expires, code, link, language, filled_in_by])?;
        self.append(Action::Invited, Some(intake), None, None, stamp)?;
        if let Some(label) = label {
            self.set_label(intake, label, AuditStamp { note: None, ..stamp })?;
        }
        Ok(intake)
    }

    pub(super) fn invite_again(
        &self,
        intake: u64,
        keys: &InvitationKeys,
        stamp: AuditStamp<'_>,
    ) -> std::result::Result<(), ChangeError> {
        let update = "UPDATE invitations SET created = ?2, expires = ?3, code = ?4, link = ?5, is_spent = 0
            WHERE intake = ?1";
        let InvitationKeys { created, expires, code, link } = keys;
        if self.connection().execute(update, params![intake, created, expires, code, link])? == 0 {
            return Err(DeskError::NoInvitation(intake).into());
        }
        self.append(Action::InvitedAgain, Some(intake), None, None, stamp)
    }

    pub(super) fn withdraw(&self, intake: u64, stamp: AuditStamp<'_>) -> std::result::Result<(), ChangeError> {
        if !self.end_invitation(intake)? {
            return Err(DeskError::NoInvitation(intake).into());
        }
        self.append(Action::Withdrawn, Some(intake), None, None, stamp)
    }

    /// Removes the invitation of an intake. Returns whether it had one.
    pub(super) fn end_invitation(&self, intake: u64) -> Result<bool> {
        let delete = "DELETE FROM invitations WHERE intake = ?1";
        Ok(self.connection().prepare_cached(delete)?.execute([intake])? > 0)
    }

    pub(super) fn accept(
        &self,
        invitation: &InvitationRow,
        session: &str,
        language: &str,
        stamp: AuditStamp<'_>,
    ) -> std::result::Result<bool, ChangeError> {
        let InvitationRow { intake, keys, .. } = invitation;
        let intake = *intake;
        let update = "UPDATE invitations SET is_spent = 1, session = ?4, language = ?5
            WHERE intake = ?1 AND code = ?2 AND link = ?3 AND is_spent = 0";
        if self.connection().execute(update, params![intake, keys.code, keys.link, session, language])? == 0 {
            return Ok(false);
        }
        if self.state(intake)? == IntakeState::Invited {
            let update = "UPDATE intakes SET started = ?2 WHERE number = ?1";
            self.connection().execute(update, params![intake, stamp.at])?;
            self.set_state(intake, IntakeState::Started)?;
            self.append(Action::Started, Some(intake), None, None, stamp)?;
        }
        Ok(true)
    }

    pub(super) fn set_progress(&self, progress: &[(u64, Progress)]) -> std::result::Result<(), ChangeError> {
        let update = "UPDATE invitations SET position = ?2, total = ?3 WHERE intake = ?1";
        for (intake, Progress { position, total }) in progress {
            self.connection().prepare_cached(update)?.execute(params![intake, position, total])?;
        }
        Ok(())
    }

    pub(super) fn set_label(
        &self,
        intake: u64,
        label: &SealLabel<'_>,
        stamp: AuditStamp<'_>,
    ) -> std::result::Result<(), ChangeError> {
        self.state(intake)?;
        let item = self.seal(&|trusted: &[String]| label(intake, trusted))?;
        let insert = "INSERT INTO labels (intake, sealed) VALUES (?1, ?2)
            ON CONFLICT (intake) DO UPDATE SET sealed = excluded.sealed";
        self.connection().execute(insert, params![intake, item.sealed])?;
        self.append(Action::Labelled, Some(intake), None, Some(item), stamp)
    }

    /// Replaces the separate label of an intake, if there is one.
    pub(super) fn replace_label(
        &self,
        intake: u64,
        label: &SealLabel<'_>,
        stamp: AuditStamp<'_>,
    ) -> std::result::Result<(), ChangeError> {
        let has_label = "SELECT 1 FROM labels WHERE intake = ?1";
        if self.connection().prepare_cached(has_label)?.exists([intake])? {
            self.set_label(intake, label, AuditStamp { note: None, ..stamp })?;
        }
        Ok(())
    }
}

pub(super) fn invitations(connection: &Connection) -> Result<Vec<InvitationRow>> {
    let query =
        "SELECT intake, created, expires, code, link, is_spent, language, filled_in_by, session, position, total
        FROM invitations ORDER BY intake";
    let invitation = |row: &Row<'_>| {
        let keys = InvitationKeys { created: row.get(1)?, expires: row.get(2)?, code: row.get(3)?, link: row.get(4)? };
        let (position, total): (Option<u32>, Option<u32>) = (row.get(9)?, row.get(10)?);
        Ok(InvitationRow {
            intake: row.get(0)?,
            keys,
            is_spent: row.get(5)?,
            language: row.get(6)?,
            filled_in_by: row.get(7)?,
            session: row.get(8)?,
            progress: position.zip(total).map(|(position, total)| Progress { position, total }),
        })
    };
    connection.prepare_cached(query)?.query_map([], invitation)?.collect()
}

pub(super) fn labels(connection: &Connection) -> Result<Vec<(u64, u64)>> {
    let mut query = connection.prepare_cached("SELECT intake, sealed FROM labels ORDER BY intake")?;
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
