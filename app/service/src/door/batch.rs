//! What a device hands in, and how it is answered.

use crate::checkin::{DoorPerson, WhoCame};
use crate::entity::workshop;
use chrono::{DateTime, Utc};
use domain::{CheckinOutcome, Consents, WalkInForm};

/// What was scanned or typed.
#[derive(Clone, Debug)]
pub enum Scanned {
    /// A code.
    Code(String),
    /// Somebody unregistered.
    WalkIn {
        /// What was typed.
        form: WalkInForm,
        /// Who that is of those registered.
        who: WhoCame,
    },
    /// Somebody who came instead of the holder of a code.
    Colleague {
        /// The code.
        code: String,
        /// The name of who came.
        full_name: String,
    },
    /// What the holder of a code agreed to, asked at the door.
    Consent {
        /// The code.
        code: String,
        /// What was ticked.
        wanted: Consents,
    },
}

impl Scanned {
    /// It as one line, as an organiser reads it. A zero, which no database
    /// takes as text, is left out.
    pub(super) fn text(&self) -> String {
        let text = match self {
            Self::Code(code) => code.clone(),
            Self::Colleague { code, full_name } => format!("{full_name} – {code}"),
            Self::Consent { code, .. } => code.clone(),
            Self::WalkIn { form, .. } => format!("{} – {}", form.full_name, form.establishment),
        };
        text.chars().filter(|c| *c != '\0').take(300).collect()
    }
}

/// One scan that a device made.
#[derive(Clone, Debug)]
pub struct OfflineScan {
    /// Made at the scan: the same nonce is the same scan.
    pub nonce: String,
    /// When, by the device's clock.
    pub at: DateTime<Utc>,
    /// The device decided alone and let the person in.
    pub let_in: bool,
    /// What was scanned.
    pub what: Scanned,
}

/// The scans of a device, oldest first.
#[derive(Clone, Debug)]
pub struct DoorBatch {
    /// The session.
    pub session: i64,
    /// What time the device thinks it is.
    pub device_now: DateTime<Utc>,
    /// At most [`MOST_SCANS`].
    pub scans: Vec<OfflineScan>,
    /// How many more wait on the device.
    pub waiting: u32,
}

/// The answer to one scan.
#[derive(Clone, Debug)]
pub struct Synced {
    /// The scan's nonce.
    pub nonce: String,
    /// What the server made of it.
    pub outcome: CheckinOutcome,
    /// The person, when there is one to show.
    pub person: Option<DoorPerson>,
    /// The workshop that the code belongs to, when it is another.
    pub elsewhere: Option<workshop::Model>,
    /// The device let somebody in whom the server would not have: kept, and to
    /// be settled by an organiser.
    pub conflict: bool,
}
