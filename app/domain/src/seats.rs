//! Seats are counted, never kept in a counter; these are the decisions over
//! the count. The deed serialises a workshop before it counts.

use crate::RegistrationState;

/// A workshop's seats as counted inside the serialised transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// All seats of the workshop.
    pub capacity: u32,
    /// Seats held by booked people.
    pub booked: u32,
    /// People on the waiting list.
    pub waiting: u32,
}

impl Seats {
    /// Seats that a newcomer may have: those not held, less one for each
    /// person already waiting, so that nobody jumps the queue (pretix's rule).
    #[must_use]
    pub fn free(self) -> u32 {
        self.capacity
            .saturating_sub(self.booked)
            .saturating_sub(self.waiting)
    }
}

/// Where a newcomer goes: to a seat when one is free, else to the end of the
/// waiting list.
#[must_use]
pub fn place_newcomer(seats: Seats) -> RegistrationState {
    if seats.free() > 0 {
        RegistrationState::Booked
    } else {
        RegistrationState::Waitlisted
    }
}

/// How many from the head of the waiting list get a seat now. None once the
/// workshop has begun.
#[must_use]
pub fn promotions(seats: Seats, begun: bool) -> u32 {
    if begun {
        0
    } else {
        seats
            .capacity
            .saturating_sub(seats.booked)
            .min(seats.waiting)
    }
}

/// The fewest seats a workshop may be changed to have: never fewer than people
/// booked, except that what walk-ins have overfilled may stay as it is.
#[must_use]
pub fn fewest_seats(seats: Seats) -> u32 {
    seats.booked.min(seats.capacity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seats_are_not_taken_from_people_and_an_overfull_room_stays_as_it_is() {
        let fewest = |capacity, booked| {
            fewest_seats(Seats {
                capacity,
                booked,
                waiting: 0,
            })
        };
        assert_eq!(fewest(10, 3), 3);
        assert_eq!(fewest(10, 10), 10);
        assert_eq!(fewest(10, 12), 10);
    }

    proptest! {
        /// Any order of arrivals and cancellations: never more booked than
        /// seats, nobody waits while a seat is free, and no newcomer is
        /// booked past a waiting person.
        #[test]
        fn seats_are_never_oversold_and_the_queue_is_kept(
            capacity in 0_u32..8,
            arrivals in proptest::collection::vec(any::<(bool, u8)>(), 0..60),
        ) {
            let mut seats = Seats { capacity, booked: 0, waiting: 0 };
            for (arrives, pick) in arrivals {
                if arrives {
                    let waiting = seats.waiting;
                    match place_newcomer(seats) {
                        RegistrationState::Booked => {
                            prop_assert_eq!(waiting, 0);
                            seats.booked += 1;
                        }
                        _ => seats.waiting += 1,
                    }
                } else if seats.booked > 0 && pick % 2 == 0 {
                    seats.booked -= 1;
                } else if seats.waiting > 0 {
                    seats.waiting -= 1;
                }
                let moved = promotions(seats, false);
                seats.booked += moved;
                seats.waiting -= moved;
                prop_assert!(seats.booked <= capacity);
                prop_assert!(seats.waiting == 0 || seats.booked == capacity);
            }
        }

        #[test]
        fn nobody_is_promoted_after_the_start(capacity in 0_u32..9, booked in 0_u32..9, waiting in 0_u32..9) {
            prop_assert_eq!(promotions(Seats { capacity, booked, waiting }, true), 0);
        }
    }
}
