//! What the door screen shows, in words ready to be read: made on the server,
//! shown there and by the island alike.

use serde::{Deserialize, Serialize};

/// How an answer looks; its words always say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Admitted.
    Ok,
    /// Already there.
    Wait,
    /// Refused.
    Bad,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Plain => "door__answer",
            Self::Ok => "door__answer door__answer--ok",
            Self::Wait => "door__answer door__answer--wait",
            Self::Bad => "door__answer door__answer--bad",
        }
    }
}

/// The one big answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How it looks.
    pub tone: Tone,
    /// The word to be read at arm's length.
    pub word: String,
    /// Who it is about; empty when nobody.
    pub name: String,
    /// What else there is to say.
    pub lines: Vec<String>,
    /// The code whose check-in can be taken back.
    pub undo: Option<String>,
}

/// Somebody found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The code, as the forms send it.
    pub code: String,
    /// The code as people read it.
    pub code_spaced: String,
    /// Name.
    pub name: String,
    /// Establishment and role.
    pub about: String,
    /// The state of the registration.
    pub state: String,
    /// The class of its badge.
    pub badge: String,
    /// Since when the person is in, if so.
    pub since: Option<String>,
    /// Whether the person can be checked in.
    pub seated: bool,
}

/// What changes on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// The session people are checked in to.
    pub session: i64,
    /// Makes the next act one act, however often it is sent.
    pub nonce: String,
    /// How many have come: "42 / 110".
    pub count: String,
    /// What was typed and stays in the field.
    pub typed: String,
    /// The people found; none when nobody was looked for.
    pub found: Option<Vec<Found>>,
    /// The answer to the last act.
    pub answer: Option<Answer>,
}

/// What stands on top of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The part of the address that names the workshop.
    pub slug: String,
    /// The workshop.
    pub title: String,
    /// When and where.
    pub when: String,
    /// What is out of the ordinary now; usually empty.
    pub notices: Vec<String>,
}

/// The words of the screen, in the language of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorWords {
    /// The label of the field.
    pub search: String,
    /// The button beside it.
    pub find: String,
    /// The button beside a person.
    pub check_in: String,
    /// The small button that takes it back.
    pub undo: String,
    /// The title over the people found, for those who hear the page.
    pub people: String,
    /// Nobody was found.
    pub nobody: String,
    /// Leads to the form for walk-ins.
    pub walk_in: String,
    /// Stands behind the count.
    pub arrived: String,
    /// A call did not get through.
    pub failed: String,
    /// Loads the page anew.
    pub reload: String,
}
