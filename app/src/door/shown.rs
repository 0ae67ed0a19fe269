//! What the door screen shows, in words ready to be read: made on the server,
//! shown there and by the island alike.

use domain::ChosenSession;
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
    /// The code for whose seat a colleague may have come.
    pub colleague: Option<String>,
    /// The code of somebody who is to be asked for consent.
    pub consent: Option<String>,
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

/// How many have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Checked in.
    pub arrived: u32,
    /// Seats held.
    pub expected: u32,
}

/// What changes on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// The session people are checked in to.
    pub session: i64,
    /// That the session was chosen, if so.
    pub chosen: Option<ChosenSession>,
    /// Makes the next act one act, however often it is sent.
    pub nonce: String,
    /// How many have come: "42 / 110".
    pub count: String,
    /// The same, as numbers.
    pub counts: Counts,
    /// When that was so, in milliseconds since 1970: a page may have been kept.
    pub as_of: i64,
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
    /// The sessions, in the order of their times.
    pub sessions: Vec<ShownSession>,
    /// What is out of the ordinary at some time; usually empty.
    pub notices: Vec<Notice>,
}

/// A session in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownSession {
    /// Its key.
    pub id: i64,
    /// When and where.
    pub when: String,
    /// The hours of its door.
    pub hours: String,
}

/// What is to be known at a session for some time, in milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The key of the session; any when none is named.
    pub session: Option<i64>,
    /// From when on.
    pub from: Option<i64>,
    /// Before when.
    pub until: Option<i64>,
    /// The words.
    pub text: String,
}

impl Notice {
    /// Whether it stands at a session at a time.
    pub(crate) fn stands(&self, session: i64, at: i64) -> bool {
        self.session.is_none_or(|own| own == session)
            && self.from.is_none_or(|from| from <= at)
            && self.until.is_none_or(|until| at < until)
    }
}

/// Where what reads codes is found, for browsers that read none themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeReader {
    /// The address of its script.
    pub script: String,
    /// The address of its WebAssembly.
    pub program: String,
}

/// The words of the screen, in the language of the page. Where a word ends in
/// a name in braces, the island puts a value in its place.
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
    /// Switches the camera on.
    pub camera: String,
    /// Switches it off.
    pub camera_stop: String,
    /// Describes its picture.
    pub camera_view: String,
    /// It cannot be used.
    pub camera_refused: String,
    /// Opens the field for a colleague who came instead.
    pub colleague: String,
    /// The label of that field.
    pub colleague_name: String,
    /// The button beside it.
    pub colleague_act: String,
    /// Over what somebody is asked whom a colleague registered.
    pub consent: String,
    /// Who uses the data, and which rights there are.
    pub consent_notice: String,
    /// Leads to all of that.
    pub consent_link: String,
    /// The purposes: name of the field and question.
    pub purposes: Vec<(String, String)>,
    /// The button below.
    pub consent_act: String,
    /// The label of the sessions.
    pub session: String,
    /// The button beside them.
    pub session_act: String,
    /// Over what is left of the screen of a device that may not check anybody in
    /// any more.
    pub gone: String,
    /// What to do then.
    pub gone_help: String,
    /// What a device says that is alone.
    pub alone: AloneWords,
}

/// What a device says when no server answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AloneWords {
    /// Admitted.
    pub admitted: String,
    /// In already.
    pub already: String,
    /// Since `{at}`.
    pub since: String,
    /// Since `{at}`, by the account `{name}`.
    pub since_by: String,
    /// Since `{at}`, on the device `{name}`.
    pub since_device: String,
    /// Since `{at}`, on this very device.
    pub since_here: String,
    /// In since `{at}`, beside a person found.
    pub in_since: String,
    /// The code is not on the list, but somebody came.
    pub noted: String,
    /// The list read at `{at}` does not have the code.
    pub not_listed: String,
    /// There is no list on this device.
    pub no_list: String,
    /// What was agreed to is written down.
    pub consent_done: String,
    /// A walk-in, a colleague or an answer that waits to be sent.
    pub walk_in_noted: String,
    /// A walk-in that cannot be taken as it is.
    pub walk_in_refused: String,
    /// What a walk-in needs.
    pub walk_in_needs: String,
    /// Somebody registered may be the walk-in.
    pub walk_in_likely: String,
    /// There are `{count}` seats, and all are taken.
    pub walk_in_full: String,
    /// Names are not here; codes are.
    pub names_later: String,
    /// Taking back needs the server.
    pub undo_later: String,
    /// Ready for being alone: `{people}`, `{at}`.
    pub ready: String,
    /// Alone, and `{waiting}` wait.
    pub offline: String,
    /// `{waiting}` wait.
    pub waiting: String,
    /// `{count}` were let in whom the server would not have.
    pub conflicts: String,
    /// The browser keeps nothing.
    pub not_stored: String,
    /// The device may not check anybody in any more.
    pub revoked: String,
    /// Between thousands.
    pub group: String,
    /// Roles by their code.
    pub roles: Vec<(String, String)>,
    /// Refusals by their code.
    pub refusals: Vec<(String, String)>,
    /// What to do then, by the code of the refusal: a seat is held until
    /// `{until}`, a door is open during `{hours}`.
    pub helps: Vec<(String, String)>,
}
