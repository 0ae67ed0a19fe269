//! Consent, separately for each purpose (Law 91/2025/QH15).

use crate::coded::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// What personal data is used for. One box each, none ticked beforehand.
    Purpose {
        /// Registering for and reporting on the workshop. Registration needs it.
        Reporting = "reporting",
        /// Materials by e-mail.
        Materials = "materials",
        /// Future invitations.
        Invitations = "invitations",
    }
}

/// The version of the words people agree to; kept with each consent as proof.
/// Raise it whenever the words of a consent box or the notice change.
pub const CONSENT_TEXT_VERSION: &str = "2026-11-23";

/// What a person agreed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consents {
    /// Registration and reporting.
    pub reporting: bool,
    /// Materials by e-mail.
    pub materials: bool,
    /// Future invitations.
    pub invitations: bool,
}

impl Consents {
    /// Gives or takes the consent to one purpose.
    pub fn set(&mut self, purpose: Purpose, given: bool) {
        match purpose {
            Purpose::Reporting => self.reporting = given,
            Purpose::Materials => self.materials = given,
            Purpose::Invitations => self.invitations = given,
        }
    }

    /// The purposes agreed to.
    pub fn given(self) -> impl Iterator<Item = Purpose> {
        [
            (Purpose::Reporting, self.reporting),
            (Purpose::Materials, self.materials),
            (Purpose::Invitations, self.invitations),
        ]
        .into_iter()
        .filter_map(|(purpose, given)| given.then_some(purpose))
    }
}
