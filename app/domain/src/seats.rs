//! Seats are counted, never kept in a counter; these are the decisions over
//! the count. The deed serialises a workshop before it counts.

use crate::{RegistrationMode, RegistrationState};

/// A workshop's seats as counted inside the serialised transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// All seats of the workshop.
    pub capacity: u32,
    /// Seats held by booked people.
    pub booked: u32,
    /// Requests that an organiser has not decided.
    pub requested: u32,
    /// Seats held for people to whom they are offered.
    pub offered: u32,
    /// People on the waiting list.
    pub waiting: u32,
}

impl Seats {
    /// One more person in a state.
    pub fn add(&mut self, state: RegistrationState, number: u32) {
        match state {
            RegistrationState::Booked => self.booked += number,
            RegistrationState::Requested => self.requested += number,
            RegistrationState::Offered => self.offered += number,
            RegistrationState::Waitlisted => self.waiting += number,
            RegistrationState::Declined
            | RegistrationState::Lapsed
            | RegistrationState::Cancelled
            | RegistrationState::Substituted => {}
        }
    }

    /// One person less in a state.
    pub fn take(&mut self, state: RegistrationState) {
        let number = match state {
            RegistrationState::Booked => &mut self.booked,
            RegistrationState::Requested => &mut self.requested,
            RegistrationState::Offered => &mut self.offered,
            RegistrationState::Waitlisted => &mut self.waiting,
            RegistrationState::Declined
            | RegistrationState::Lapsed
            | RegistrationState::Cancelled
            | RegistrationState::Substituted => return,
        };
        *number = number.saturating_sub(1);
    }

    /// Seats that a newcomer may have: those neither held, asked for nor
    /// offered, less one for each person already waiting, so that nobody jumps
    /// the queue (pretix's rule).
    #[must_use]
    pub fn free(self) -> u32 {
        self.unheld()
            .saturating_sub(self.requested)
            .saturating_sub(self.waiting)
    }

    /// Seats that are given: held, or offered.
    #[must_use]
    pub fn given(self) -> u32 {
        self.booked.saturating_add(self.offered)
    }

    /// Seats without anybody in them yet: offered, or kept for those who asked
    /// or wait when none is free.
    #[must_use]
    pub fn kept(self) -> u32 {
        self.capacity.saturating_sub(self.booked)
    }

    /// How many more seats are given than there are.
    #[must_use]
    pub fn over(self) -> u32 {
        self.given().saturating_sub(self.capacity)
    }

    /// Seats neither held nor offered: what the waiting list may be offered. A
    /// request holds nothing against those who wait already.
    #[must_use]
    pub fn unheld(self) -> u32 {
        self.capacity
            .saturating_sub(self.booked)
            .saturating_sub(self.offered)
    }
}

/// Where `number` newcomers who come together go: where somebody decides, they
/// ask; else all of them get a seat when there are enough, or all of them stand
/// at the end of the waiting list.
#[must_use]
pub fn place_newcomers(mode: RegistrationMode, seats: Seats, number: u32) -> RegistrationState {
    if mode == RegistrationMode::Approval {
        RegistrationState::Requested
    } else if seats.free() >= number {
        RegistrationState::Booked
    } else {
        RegistrationState::Waitlisted
    }
}

/// Where people go who came together and whose requests are granted: to seats
/// when as many are neither held nor waited for, else all of them to the
/// waiting list.
#[must_use]
pub fn place_granted(seats: Seats, number: u32) -> RegistrationState {
    if seats.unheld() >= seats.waiting.saturating_add(number) {
        RegistrationState::Booked
    } else {
        RegistrationState::Waitlisted
    }
}

/// How many groups from the head of the waiting list are offered seats now,
/// given the number of people in each. A group that does not fit waits at the
/// head and nobody passes it (CiviCRM's rule: fairness before full rooms).
#[must_use]
pub fn groups_to_offer(seats: Seats, queue: &[u32]) -> usize {
    let mut left = seats.unheld();
    queue
        .iter()
        .take_while(|size| {
            let fits = **size <= left;
            left = left.saturating_sub(**size);
            fits
        })
        .count()
}

/// The fewest seats a workshop may be changed to have: never fewer than people
/// booked or offered a seat, except that what walk-ins have overfilled may stay
/// as it is.
#[must_use]
pub fn fewest_seats(seats: Seats) -> u32 {
    (seats.booked + seats.offered).min(seats.capacity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seats_are_not_taken_from_people_and_an_overfull_room_stays_as_it_is() {
        let fewest = |capacity, booked, offered| {
            fewest_seats(Seats {
                capacity,
                booked,
                offered,
                ..Seats::default()
            })
        };
        assert_eq!(fewest(10, 3, 0), 3);
        assert_eq!(fewest(10, 3, 2), 5);
        assert_eq!(fewest(10, 10, 0), 10);
        assert_eq!(fewest(10, 12, 0), 10);
    }

    #[test]
    fn requests_and_offers_hold_seats_against_newcomers() {
        let seats = Seats {
            capacity: 10,
            booked: 3,
            requested: 2,
            offered: 1,
            waiting: 1,
        };
        assert_eq!((seats.free(), seats.unheld()), (3, 6));
        let place = |mode, number| place_newcomers(mode, seats, number);
        assert_eq!(place(RegistrationMode::Open, 3), RegistrationState::Booked);
        assert_eq!(
            place(RegistrationMode::Open, 4),
            RegistrationState::Waitlisted
        );
        assert_eq!(
            place(RegistrationMode::Invitation, 3),
            RegistrationState::Booked
        );
        assert_eq!(
            place(RegistrationMode::Approval, 1),
            RegistrationState::Requested
        );
    }

    #[test]
    fn a_group_that_does_not_fit_keeps_its_place_at_the_head() {
        let seats = Seats {
            capacity: 5,
            booked: 2,
            ..Seats::default()
        };
        assert_eq!(groups_to_offer(seats, &[1, 2, 1]), 2);
        assert_eq!(groups_to_offer(seats, &[4, 1, 1]), 0);
        assert_eq!(groups_to_offer(seats, &[2, 2, 1]), 1);
        assert_eq!(groups_to_offer(seats, &[]), 0);
    }

    /// What a random history does next.
    #[derive(Clone, Debug)]
    enum Event {
        Arrive(u32),
        Cancel(usize),
        Take(usize),
        Lapse(usize),
        Seats(u32),
    }

    fn event() -> impl Strategy<Value = Event> {
        prop_oneof![
            4 => (1_u32..4).prop_map(Event::Arrive),
            2 => any::<usize>().prop_map(Event::Cancel),
            2 => any::<usize>().prop_map(Event::Take),
            1 => any::<usize>().prop_map(Event::Lapse),
            1 => (0_u32..9).prop_map(Event::Seats),
        ]
    }

    /// A model of one workshop: groups in order of arrival.
    #[derive(Default)]
    struct Model {
        capacity: u32,
        groups: Vec<(RegistrationState, u32)>,
    }

    impl Model {
        fn seats(&self) -> Seats {
            let mut seats = Seats {
                capacity: self.capacity,
                ..Seats::default()
            };
            for (state, size) in &self.groups {
                seats.add(*state, *size);
            }
            seats
        }

        fn step(&mut self, event: &Event) {
            let (from, to, pick) = match event {
                Event::Arrive(size) => {
                    let state = place_newcomers(RegistrationMode::Open, self.seats(), *size);
                    self.groups.push((state, *size));
                    return;
                }
                Event::Seats(capacity) => {
                    self.capacity = (*capacity).max(fewest_seats(self.seats()));
                    return;
                }
                Event::Cancel(pick) => (
                    RegistrationState::ACTIVE.to_vec(),
                    RegistrationState::Cancelled,
                    pick,
                ),
                Event::Take(pick) => (
                    vec![RegistrationState::Offered],
                    RegistrationState::Booked,
                    pick,
                ),
                Event::Lapse(pick) => (
                    vec![RegistrationState::Offered],
                    RegistrationState::Lapsed,
                    pick,
                ),
            };
            let at: Vec<usize> = (0..self.groups.len())
                .filter(|at| from.contains(&self.groups[*at].0))
                .collect();
            if !at.is_empty() {
                self.groups[at[pick % at.len()]].0 = to;
            }
        }

        fn offer(&mut self) {
            let waits =
                |group: &&mut (RegistrationState, u32)| group.0 == RegistrationState::Waitlisted;
            let sizes: Vec<u32> = self
                .groups
                .iter_mut()
                .filter(waits)
                .map(|group| group.1)
                .collect();
            let number = groups_to_offer(self.seats(), &sizes);
            for group in self.groups.iter_mut().filter(waits).take(number) {
                group.0 = RegistrationState::Offered;
            }
        }
    }

    proptest! {
        /// Any order of arrivals, cancellations, takings, lapses and changes of
        /// the room: never more held than seats, nobody at the head waits while
        /// the group fits, and nobody passes somebody who came before.
        #[test]
        fn seats_are_never_oversold_and_the_queue_is_kept(
            capacity in 0_u32..9,
            events in proptest::collection::vec(event(), 0..60),
        ) {
            let mut model = Model { capacity, groups: Vec::new() };
            for event in events {
                let before: Vec<usize> = (0..model.groups.len())
                    .filter(|at| model.groups[*at].0 == RegistrationState::Waitlisted)
                    .collect();
                model.step(&event);
                if let (Event::Arrive(_), Some(newest)) = (&event, model.groups.last()) {
                    prop_assert!(before.is_empty() || newest.0 == RegistrationState::Waitlisted);
                }
                model.offer();
                let seats = model.seats();
                prop_assert!(seats.booked + seats.offered <= seats.capacity);
                let head = model.groups.iter().find(|group| group.0 == RegistrationState::Waitlisted);
                prop_assert!(head.is_none_or(|head| head.1 > seats.unheld()));
                let left_waiting = before
                    .iter()
                    .position(|at| model.groups[*at].0 == RegistrationState::Waitlisted);
                if let Some(first) = left_waiting {
                    for at in &before[first..] {
                        prop_assert_ne!(model.groups[*at].0, RegistrationState::Offered);
                    }
                }
            }
        }
    }
}
