//! How far a mailing or an upload is, in words ready to be read: made on the
//! server, shown there and by the islands alike.

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

/// The words around files on their way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadWords {
    /// Above the list.
    pub title: String,
    /// A file whose turn has not come.
    pub waiting: String,
    /// A file that was taken.
    pub kept: String,
    /// A file that did not arrive.
    pub broken: String,
    /// Some were not taken.
    pub some: String,
    /// Loads the page anew.
    pub again: String,
}
