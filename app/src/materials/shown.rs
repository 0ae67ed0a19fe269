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
    /// Above the list, while it goes on.
    pub title: String,
    /// A file whose turn has not come.
    pub waiting: String,
    /// A file that was taken.
    pub kept: String,
    /// A file that was there before.
    pub known: String,
    /// A file that was not taken.
    pub refused: String,
    /// A file whose turn will not come.
    pub unsent: String,
    /// A file that did not arrive.
    pub broken: String,
    /// In the end: some were taken, `{taken}` of `{all}`.
    pub some: String,
    /// In the end: none was, of several.
    pub none: String,
    /// In the end: the only one was not.
    pub none_of_one: String,
    /// What was taken need not be sent again.
    pub stay: String,
    /// The link to what was brought.
    pub look: String,
    /// The link to signing in.
    pub sign_in: String,
}

/// Where a browser goes once everything was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadEnds {
    /// The page of what was brought.
    pub page: String,
    /// After files that were new.
    pub new: String,
    /// After some that were new and some that were there before.
    pub mixed: String,
    /// After files that were there before.
    pub known: String,
}

impl UploadEnds {
    /// Where to go after so many that were new and so many that were not.
    #[must_use]
    pub fn after(&self, new: usize, known: usize) -> &str {
        match (new, known) {
            (_, 0) => &self.new,
            (0, _) => &self.known,
            _ => &self.mixed,
        }
    }
}

/// What the server says of a file that a script sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadAnswer {
    /// What is wrong, in sentences; nothing when it was taken.
    pub problems: Vec<String>,
    /// It was there before.
    pub known: bool,
    /// No other file would be taken either.
    pub over: bool,
    /// Where to sign in first, if that is why.
    pub sign_in: Option<String>,
}

impl UploadAnswer {
    /// Whether the file is there now.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.problems.is_empty()
    }
}
