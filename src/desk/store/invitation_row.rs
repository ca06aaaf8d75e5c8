//! An invitation as it is stored.

use super::SealLabel;

/// The hashes of an invitation's code and secret, and the time in which they are valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationKeys {
    /// The time of the invitation: RFC 3339, to the second.
    pub created: String,
    /// The time at which it expires: RFC 3339, to the second.
    pub expires: String,
    /// The hash of the code that the patient types.
    pub code: String,
    /// The hash of the secret in the link.
    pub link: String,
}

/// An invitation to store.
#[derive(Clone, Copy)]
pub struct NewInvitation<'s> {
    /// Its code, secret and validity, as hashes.
    pub keys: &'s InvitationKeys,
    /// The tag of the language that the staff chose.
    pub language: Option<&'s str>,
    /// The person who fills in the form, by the name in answers files.
    pub filled_in_by: Option<&'s str>,
    /// The label of the intake.
    pub label: Option<&'s SealLabel<'s>>,
}

/// How far an interview in a browser has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The number of the current question, from 1.
    pub position: u32,
    /// The likely number of questions.
    pub total: u32,
}

/// An invitation to an interview in a browser. It ends when the interview is finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    /// The intake's number.
    pub intake: u64,
    /// Its code, secret and validity, as hashes.
    pub keys: InvitationKeys,
    /// Whether a browser has used it.
    pub is_spent: bool,
    /// The tag of the language that the patient chose, or before that the staff.
    pub language: Option<String>,
    /// The person who fills in the form, by the name in answers files.
    pub filled_in_by: Option<String>,
    /// The hash of the secret of the browser that the interview runs in.
    pub session: Option<String>,
    /// How far the interview has come.
    pub progress: Option<Progress>,
}
