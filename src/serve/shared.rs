//! What all requests share.

use super::secret::Secret;
use super::sessions::Sessions;
use super::site::Site;

/// What all requests share: the site, its sessions, and the secret of forms that belong to no session.
pub(super) struct Shared {
    pub(super) site: Site,
    pub(super) secret: Secret,
    pub(super) sessions: Sessions,
}
