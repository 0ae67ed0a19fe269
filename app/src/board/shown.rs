//! What the board shows, in words ready to be read: made on the server, shown
//! there and by the island alike.

use serde::{Deserialize, Serialize};

/// One line with its bar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Of whom.
    pub label: String,
    /// "42 / 110".
    pub count: String,
    /// How much of the bar is full, as CSS has it.
    pub width: String,
}

/// Everything that changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The session: when and where.
    pub when: String,
    /// All together; the label is empty.
    pub all: Bar,
    /// By role.
    pub roles: Vec<Bar>,
    /// By establishment.
    pub places: Vec<Bar>,
    /// How many establishments stand in no line.
    pub more: String,
}

/// What stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardWords {
    /// The workshop.
    pub title: String,
    /// Behind the large number.
    pub arrived: String,
    /// Over the roles.
    pub roles: String,
    /// Over the establishments.
    pub places: String,
    /// The figures are not signed off.
    pub provisional: String,
    /// The connection is lost.
    pub lost: String,
    /// The words of the way back to the door.
    pub back: String,
    /// Where that leads; none for who may not check people in.
    pub door: Option<String>,
    /// Where the changes come from.
    pub events: String,
}
