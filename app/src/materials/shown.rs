//! How far a mailing is, in words ready to be read: made on the server, shown
//! there and by the island alike.

use serde::{Deserialize, Serialize};

/// How far a mailing is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// "58 / 108 sent, 2 failed".
    pub line: String,
    /// Mails that are settled, well or badly.
    pub done: u32,
    /// All mails.
    pub total: u32,
    /// Mails that failed for good.
    pub failed: u32,
    /// Mails still to be handed over.
    pub open: u32,
}

/// The words around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressWords {
    /// What the bar shows.
    pub label: String,
    /// Loads the page anew, with the list of recipients.
    pub again: String,
    /// A call did not get through.
    pub failed: String,
}
