//! The demo programme: who registered for the six workshops that were held,
//! who came, and who did not. Pure and deterministic: no clock, no chance.
//!
//! The figures of the programme are inputs only where they have to be (the
//! attendances of an establishment, the size of a workshop); everything else
//! is drawn, and the tests count all of them from the rows.

mod attendees;
mod rows;

use super::establishments::{PlannedEstablishment, establishments};
use super::names::{Dice, PlannedPerson, name_everyone};
use super::workshops::{HELD, PlannedWorkshop};
use domain::{DelegateRole, RegistrationSource};

/// The whole demo programme. Rows name each other by their index.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Forty fictional establishments and the seven demonstration ones.
    pub(super) establishments: Vec<PlannedEstablishment>,
    /// Everyone who registered or came, at least once.
    pub(super) persons: Vec<PlannedPerson>,
    /// The workshops held, in order of date.
    pub(super) workshops: Vec<PlannedWorkshop>,
    /// Every registration, workshop by workshop.
    pub(super) registrations: Vec<PlannedRegistration>,
}

/// A person's registration for one workshop.
#[derive(Clone, Debug)]
pub(super) struct PlannedRegistration {
    /// Index of the workshop.
    pub(super) workshop: usize,
    /// Index of the person.
    pub(super) person: usize,
    /// Index of the person's establishment.
    pub(super) establishment: usize,
    /// Legacy locality of the establishment, as it was called at the event.
    pub(super) locality: &'static str,
    /// The person's role.
    pub(super) role: DelegateRole,
    /// How it came about.
    pub(super) source: RegistrationSource,
    /// What became of it.
    pub(super) fate: Fate,
    /// Days between registering and the workshop; 0 at the door.
    pub(super) booked_days_before: u32,
    /// Agreed to materials by e-mail.
    pub(super) consents_materials: bool,
    /// Agreed to future invitations.
    pub(super) consents_invitations: bool,
    /// Mail about it came back.
    pub(super) mail_bounced: bool,
}

/// What became of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Came, `minute_of_arrival` minutes after the start (negative: before).
    Attended {
        /// From -40 to 15.
        minute_of_arrival: i32,
    },
    /// A colleague came instead: the index of the colleague's registration,
    /// which stands earlier in the list.
    SubstitutedBy(usize),
    /// Withdrawn before the day.
    Cancelled {
        /// At least 1, at most the days since booking.
        days_before: u32,
        /// The person had registered twice; the other registration stood.
        duplicate: bool,
    },
    /// Expected in vain.
    NoShow,
}

/// Per workshop: expected in vain.
const NO_SHOWS: [usize; 6] = [13, 14, 15, 12, 11, 15];
/// Per workshop: withdrawn, duplicates left out.
const CANCELLED: [usize; 6] = [6, 6, 7, 5, 6, 7];

/// Lays out the demo programme, the same one every time.
pub(super) fn plan() -> Plan {
    let mut draft = Draft::new();
    let times = draft.engage_attendees();
    let mut attended = draft.seat(&times);
    draft.engage_absentees();
    let plan = &mut draft.plan;
    name_everyone(
        &mut draft.dice,
        &mut plan.persons,
        &plan.establishments,
        &attended,
    );
    for people in &mut attended {
        draft.dice.shuffle(people);
    }
    let mut absentees: Vec<usize> = (times.len()..draft.plan.persons.len()).collect();
    draft.dice.shuffle(&mut absentees);
    let mut vacant: usize = NO_SHOWS.iter().chain(&CANCELLED).sum();
    for (workshop, people) in attended.iter().enumerate() {
        draft.register_present(workshop, people);
        for place in 0..NO_SHOWS[workshop] + CANCELLED[workshop] {
            // So drawn, every absentee has found a place when none is left.
            let takes_absentee = draft.dice.below(vacant) < absentees.len();
            vacant -= 1;
            let person = takes_absentee.then(|| draft.take_unlisted(workshop, &mut absentees));
            let person = person
                .flatten()
                .unwrap_or_else(|| draft.attendee_of_another(workshop, times.len()));
            let days_before = 1 + draft.dice.below(5) as u32;
            let fate = match place < NO_SHOWS[workshop] {
                true => Fate::NoShow,
                false => Fate::Cancelled {
                    days_before,
                    duplicate: false,
                },
            };
            draft.register_ahead(workshop, person, fate);
        }
    }
    draft.bounce_mail();
    draft.plan
}

/// A plan in the making.
struct Draft {
    dice: Dice,
    plan: Plan,
    /// By person: the workshops they have, or will have, a row for.
    listed: Vec<[bool; 6]>,
}

impl Draft {
    fn new() -> Self {
        let plan = Plan {
            establishments: establishments(),
            persons: Vec::new(),
            workshops: HELD.to_vec(),
            registrations: Vec::new(),
        };
        Self {
            dice: Dice::new(20_100_818),
            plan,
            listed: Vec::new(),
        }
    }

    fn engage(&mut self, establishment: usize, role: DelegateRole) {
        self.plan
            .persons
            .push(PlannedPerson::unnamed(establishment, role));
        self.listed.push([false; 6]);
    }

    /// A number from `first` to `last`, both included.
    fn between(&mut self, first: i32, last: i32) -> i32 {
        first + self.dice.below(first.abs_diff(last) as usize + 1) as i32
    }
}

#[cfg(test)]
mod tests;
