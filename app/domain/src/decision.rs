//! What organisers decide about several registrations at once.

use crate::coded::coded;
use crate::typed::optional_text;
use crate::{
    Coded, Problems, Reason, RegistrationMove, RegistrationState, Seats, advance, clean_line,
    place_granted,
};
use std::collections::HashMap;

/// The most registrations that are decided at once: what one page can name and
/// one transaction does in a few seconds.
pub const MOST_DECIDED: usize = 2000;

coded! {
    /// What organisers do with people whom they have ticked.
    PeopleAct {
        /// Grant requests: a seat while there are some, else the waiting list.
        Approve = "approve",
        /// Turn requests down.
        Decline = "decline",
        /// Give a seat, whoever waits and however full it is.
        Seat = "seat",
        /// Cancel what still stands.
        Cancel = "cancel",
        /// Write to them.
        Message = "message",
    }
}

/// The step that one registration takes, and where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The step.
    pub step: RegistrationMove,
    /// The state after it.
    pub becomes: RegistrationState,
}

/// What a decision comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// For each registration its step; none where the act does not fit.
    pub steps: Vec<Option<Step>>,
    /// By how many people the seats held exceed the seats there are, as a
    /// consequence; 0 when nobody is given a seat.
    pub over: u32,
}

/// A registration that is decided over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// Its state.
    pub state: RegistrationState,
    /// Whether the person has come.
    pub came: bool,
    /// The key of the group with which it came.
    pub party: Option<i64>,
}

/// Decides over registrations in order of arrival. Requests are granted by the
/// rule of [`place_granted`], one after the other, and those of one group
/// together, where its first stands: a group is not split. Who has come is not
/// cancelled. Messages take no step.
#[must_use]
pub fn decide(act: PeopleAct, seats: Seats, rows: &[Undecided]) -> Decided {
    let mut seats = seats;
    let mut seated = false;
    let mut granted = HashMap::new();
    let steps = rows
        .iter()
        .map(|row| {
            let together = row.party.and_then(|party| granted.get(&party).copied());
            let number = asking(rows, row.party);
            let place = together.unwrap_or_else(|| place_granted(seats, number));
            let step = step(act, row.state, row.came, place)?;
            let becomes = advance(row.state, step)?;
            // The first of a group takes the seats of all of it.
            let number = match (act, together) {
                (PeopleAct::Approve, Some(_)) => 0,
                (PeopleAct::Approve, None) => number,
                _ => 1,
            };
            if let (PeopleAct::Approve, Some(party)) = (act, row.party) {
                granted.insert(party, place);
            }
            seated |= act == PeopleAct::Seat;
            for _ in 0..number {
                seats.take(row.state);
            }
            seats.add(becomes, number);
            Some(Step { step, becomes })
        })
        .collect();
    let held = seats.booked + seats.offered;
    Decided {
        steps,
        over: if seated {
            held.saturating_sub(seats.capacity)
        } else {
            0
        },
    }
}

/// How many are granted together: those of a group who ask, else one.
fn asking(rows: &[Undecided], party: Option<i64>) -> u32 {
    let asks = |row: &&Undecided| {
        row.state == RegistrationState::Requested && party.is_some() && row.party == party
    };
    u32::try_from(rows.iter().filter(asks).count().max(1)).unwrap_or(u32::MAX)
}

fn step(
    act: PeopleAct,
    state: RegistrationState,
    came: bool,
    place: RegistrationState,
) -> Option<RegistrationMove> {
    let asks = state == RegistrationState::Requested;
    match act {
        PeopleAct::Approve if asks => match place {
            RegistrationState::Booked => Some(RegistrationMove::Book),
            _ => Some(RegistrationMove::Queue),
        },
        PeopleAct::Decline if asks => Some(RegistrationMove::Decline),
        PeopleAct::Seat => Some(RegistrationMove::Book),
        PeopleAct::Cancel if !came => Some(RegistrationMove::Cancel),
        _ => None,
    }
}

/// The keys of registrations with the state in which somebody saw each: what a
/// page carries from a preview to its confirmation, as
/// `requested:4.7 booked:5`.
#[must_use]
pub fn write_seen(seen: &[(i64, RegistrationState)]) -> String {
    let groups = RegistrationState::ALL.iter().filter_map(|state| {
        let keys: Vec<String> = seen
            .iter()
            .filter(|(_, seen)| seen == state)
            .map(|(key, _)| key.to_string())
            .collect();
        (!keys.is_empty()).then(|| format!("{state}:{}", keys.join(".")))
    });
    groups.collect::<Vec<_>>().join(" ")
}

/// Reads what [`write_seen`] wrote; what is none of it is left out.
#[must_use]
pub fn read_seen(written: &str) -> Vec<(i64, RegistrationState)> {
    written
        .split(' ')
        .filter_map(|group| group.split_once(':'))
        .filter_map(|(state, keys)| Some((RegistrationState::from_code(state)?, keys)))
        .flat_map(|(state, keys)| {
            keys.split('.')
                .filter_map(move |key| Some((key.parse().ok()?, state)))
        })
        .collect()
}

/// A message to people of a workshop as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageForm {
    /// The subject.
    pub subject: String,
    /// What it says; one paragraph a line.
    pub text: String,
}

impl MessageForm {
    /// Checks both fields: the subject of 150 characters at most, the text of
    /// 4000.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let subject = problems.take("subject", clean_line(&self.subject, 150));
        let text = optional_text(&self.text).and_then(|text| {
            if text.is_empty() {
                Err(Reason::Required)
            } else {
                Ok(text)
            }
        });
        let text = problems.take("message", text);
        match (subject, text) {
            (Some(subject), Some(text)) => Ok(Self { subject, text }),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RegistrationState::{Booked, Cancelled, Declined, Offered, Requested, Waitlisted};

    fn seats(booked: u32, waiting: u32) -> Seats {
        Seats {
            capacity: 3,
            booked,
            waiting,
            requested: 3,
            ..Seats::default()
        }
    }

    fn alone(rows: &[(RegistrationState, bool)]) -> Vec<Undecided> {
        let alone = rows.iter().map(|(state, came)| Undecided {
            state: *state,
            came: *came,
            party: None,
        });
        alone.collect()
    }

    fn becomes(decided: &Decided) -> Vec<Option<RegistrationState>> {
        let steps = decided.steps.iter();
        steps.map(|step| step.map(|step| step.becomes)).collect()
    }

    #[test]
    fn requests_are_granted_in_order_while_there_are_seats() {
        let asked = [(Requested, false); 3];
        let granted = decide(PeopleAct::Approve, seats(1, 0), &alone(&asked));
        assert_eq!(
            becomes(&granted),
            [Some(Booked), Some(Booked), Some(Waitlisted)]
        );
        assert_eq!(granted.over, 0);
        // Nobody passes those who wait.
        let granted = decide(PeopleAct::Approve, seats(2, 1), &alone(&asked));
        assert_eq!(becomes(&granted), [Some(Waitlisted); 3]);
    }

    #[test]
    fn a_group_is_granted_seats_together_or_none() {
        let asks = |party| Undecided {
            state: Requested,
            came: false,
            party,
        };
        let rows = [asks(None), asks(Some(7)), asks(None), asks(Some(7))];
        let granted = decide(PeopleAct::Approve, seats(0, 0), &rows);
        assert_eq!(
            becomes(&granted),
            [Some(Booked), Some(Booked), Some(Waitlisted), Some(Booked)],
            "the two stand where the first of them does"
        );
        let granted = decide(PeopleAct::Approve, seats(1, 0), &rows);
        assert_eq!(
            becomes(&granted),
            [
                Some(Booked),
                Some(Waitlisted),
                Some(Waitlisted),
                Some(Waitlisted)
            ],
            "one seat is left, and the group waits at the head"
        );
    }

    #[test]
    fn an_act_fits_some_states_only() {
        let rows = RegistrationState::ALL.iter().map(|state| (*state, false));
        let rows: Vec<_> = rows.collect();
        let fits = |act| {
            let decided = decide(act, seats(0, 0), &alone(&rows));
            let fitting = rows.iter().zip(&decided.steps);
            let fitting = fitting.filter_map(|(row, step)| step.map(|_| row.0));
            fitting.collect::<Vec<_>>()
        };
        assert_eq!(fits(PeopleAct::Approve), [Requested]);
        assert_eq!(fits(PeopleAct::Decline), [Requested]);
        assert_eq!(fits(PeopleAct::Seat), [Requested, Waitlisted, Offered]);
        assert_eq!(
            fits(PeopleAct::Cancel),
            [Requested, Waitlisted, Offered, Booked]
        );
        assert_eq!(fits(PeopleAct::Message), []);
        let came = decide(PeopleAct::Cancel, seats(1, 0), &alone(&[(Booked, true)]));
        assert_eq!(becomes(&came), [None]);
    }

    #[test]
    fn seats_given_beyond_the_room_are_counted() {
        let rows = [(Waitlisted, false), (Requested, false), (Offered, false)];
        let tight = Seats {
            offered: 1,
            ..seats(2, 1)
        };
        let given = decide(PeopleAct::Seat, tight, &alone(&rows));
        assert_eq!(becomes(&given), [Some(Booked); 3]);
        assert_eq!(given.over, 2);
        // Somebody to whom a seat was offered holds it already.
        assert_eq!(decide(PeopleAct::Seat, tight, &alone(&rows[2..])).over, 0);
        // A room that walk-ins have overfilled is nobody's decision.
        let cancelled = decide(PeopleAct::Cancel, seats(5, 0), &alone(&[(Booked, false)]));
        assert_eq!(
            (becomes(&cancelled), cancelled.over),
            (vec![Some(Cancelled)], 0)
        );
    }

    #[test]
    fn what_was_seen_reads_back() {
        let seen = [(4, Requested), (7, Requested), (5, Booked), (6, Declined)];
        let written = write_seen(&seen);
        let mut read = read_seen(&written);
        read.sort_by_key(|(key, _)| seen.iter().position(|(other, _)| other == key));
        assert_eq!(read, seen);
        assert_eq!(
            read_seen("x requested:1.y.3 king:4 booked"),
            [(1, Requested), (3, Requested)]
        );
        assert_eq!(read_seen(""), []);
    }

    #[test]
    fn a_message_needs_both() {
        let problems = MessageForm::default().check().unwrap_err();
        assert!(problems.of("subject").is_some() && problems.of("message").is_some());
        let form = MessageForm {
            subject: " Đổi  giờ ".to_owned(),
            text: "Một.\n\n Hai.".to_owned(),
        };
        let message = form.check().unwrap();
        assert_eq!(
            (message.subject, message.text),
            ("Đổi giờ".to_owned(), "Một.\n\nHai.".to_owned())
        );
    }
}
