//! What a device at the door and the server send each other: JSON under the
//! address of the door, so that the cookie of the device goes with it.

use super::shown::{Answer, Counts, Found};
use domain::{ChosenSession, Consents, SealedPerson, WalkInForm};
use serde::{Deserialize, Serialize};

/// The list of a workshop. Times are milliseconds since 1970.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Pack {
    /// What may be stored.
    pub kept: Kept,
    /// The people as the screen shows them: for the memory of the open page.
    pub people: Vec<Listed>,
    /// Who is in, by session and place on the list.
    #[serde(default)]
    pub came: Vec<(i64, String)>,
}

/// Somebody on the list as the screen shows them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Listed {
    /// Who it is, without since when.
    pub found: Found,
    /// Since when the person is in, in words, by session.
    pub came: Vec<(i64, String)>,
}

/// The part of a list that may be stored on the device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The sessions, in the order of their times.
    pub sessions: Vec<KeptSession>,
    /// The salt of the workshop's codes.
    pub salt: String,
    /// When the list was read.
    pub as_of: i64,
    /// From when on it may not be stored any more.
    pub until: i64,
    /// Seats held.
    pub expected: u32,
    /// Seats there are; none is known of a list of an older build.
    #[serde(default)]
    pub capacity: u32,
    /// By how much the server's clock is ahead of the device's: the device
    /// writes it down when the list comes.
    pub ahead: i64,
    /// Everybody, each under the code of the ticket.
    pub sealed: Vec<SealedPerson>,
}

/// A session as a device knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSession {
    /// Its key.
    pub id: i64,
    /// When it begins.
    pub starts_at: i64,
    /// When it ends.
    pub ends_at: i64,
    /// How many had come.
    pub arrived: u32,
}

/// The scans of a device, oldest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Batch {
    /// The session.
    pub session: i64,
    /// What time the device thinks it is.
    pub device_now: i64,
    /// How many more wait on the device.
    pub waiting: u32,
    /// The scans.
    pub scans: Vec<Scan>,
}

/// One scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// Made at the scan: the same nonce is the same scan.
    pub nonce: String,
    /// When, by the device's clock.
    pub at: i64,
    /// The device decided alone and let the person in.
    pub let_in: bool,
    /// What was scanned.
    pub what: What,
}

/// What was scanned or typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A code.
    Code(String),
    /// Somebody unregistered.
    WalkIn(WalkIn),
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

/// Somebody unregistered, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkIn {
    /// Name.
    pub full_name: String,
    /// Establishment.
    pub establishment: String,
    /// The code of the role.
    pub role: String,
    /// Phone, if said.
    pub phone: String,
    /// Who that is of those registered, as the form says it; empty when nobody
    /// was asked.
    #[serde(default)]
    pub who: String,
}

impl From<WalkIn> for WalkInForm {
    fn from(typed: WalkIn) -> Self {
        Self {
            full_name: typed.full_name,
            establishment: typed.establishment,
            role: typed.role,
            phone: typed.phone,
        }
    }
}

/// The answer to a batch.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Answers {
    /// One for each scan.
    pub answers: Vec<Answered>,
    /// How many have come; none for a device that has no door any more.
    pub counts: Option<Counts>,
}

/// What is so now, asked now and then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// How many have come to the session asked about.
    pub counts: Counts,
    /// How many of those whom this device let in alone wait for an organiser;
    /// none when the browser is no device.
    pub conflicts: Option<u32>,
}

/// The answer to one scan.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Answered {
    /// The scan's nonce.
    pub nonce: String,
    /// `admitted`, `already` or `refused`.
    pub outcome: String,
    /// Why somebody was refused.
    pub reason: Option<String>,
    /// The device let somebody in whom the server would not have: kept, and to
    /// be settled by an organiser.
    pub conflict: bool,
    /// The answer in words.
    pub answer: Answer,
}

/// Asks for people by a part of their name or by their code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Search {
    /// What was typed.
    pub q: String,
    /// The session that was chosen, if one was.
    pub chosen: Option<ChosenSession>,
}

/// Takes a check-in back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TakeBack {
    /// The session.
    pub session: i64,
    /// The code.
    pub code: String,
}

/// Why nothing was done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trouble {
    /// The code of the failure; `revoked` when the device may not check
    /// anybody in any more, `over` when nothing that it met is taken either.
    pub reason: String,
}
