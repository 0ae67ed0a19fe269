//! Venues and their rooms, as they are entered.

use crate::typed::{in_range, optional_line, optional_text};
use crate::{Problems, clean_line};

/// A venue as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VenueForm {
    /// What people call it.
    pub name: String,
    /// Postal address; may be empty.
    pub address: String,
    /// How to get there; may be empty.
    pub directions: String,
}

/// A venue that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVenue {
    /// What people call it.
    pub name: String,
    /// Postal address, or empty.
    pub address: String,
    /// How to get there, or empty.
    pub directions: String,
}

impl VenueForm {
    /// Checks every field and says all that is wrong at once.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self) -> Result<NewVenue, Problems> {
        let mut problems = Problems::default();
        let name = problems.take("venue_name", clean_line(&self.name, 150));
        let address = problems.take("address", optional_line(&self.address, 300));
        let directions = problems.take("directions", optional_text(&self.directions));
        match (name, address, directions) {
            (Some(name), Some(address), Some(directions)) => Ok(NewVenue {
                name,
                address,
                directions,
            }),
            _ => Err(problems),
        }
    }
}

/// A room as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomForm {
    /// What people call it.
    pub name: String,
    /// How many it holds.
    pub capacity: String,
}

/// A room that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRoom {
    /// What people call it.
    pub name: String,
    /// How many it holds.
    pub capacity: u32,
}

impl RoomForm {
    /// Checks every field and says all that is wrong at once.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self) -> Result<NewRoom, Problems> {
        let mut problems = Problems::default();
        let name = problems.take("room_name", clean_line(&self.name, 150));
        let capacity = problems.take("room_capacity", in_range(&self.capacity, 1));
        match (name, capacity) {
            (Some(name), Some(capacity)) => Ok(NewRoom { name, capacity }),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reason;

    #[test]
    fn a_venue_needs_a_name_alone() {
        let form = VenueForm {
            name: "  Khách sạn  Hùng Vương ".to_owned(),
            directions: "Qua cầu,\n rẽ phải ".to_owned(),
            ..VenueForm::default()
        };
        let venue = form.check().unwrap();
        assert_eq!(venue.name, "Khách sạn Hùng Vương");
        assert_eq!(venue.directions, "Qua cầu,\nrẽ phải");
        let problems = VenueForm::default().check().unwrap_err();
        assert_eq!(problems.of("venue_name"), Some(&Reason::Required));
        assert_eq!(problems.0.len(), 1);
    }

    #[test]
    fn a_room_holds_somebody() {
        let room = |capacity: &str| {
            RoomForm {
                name: "Phòng 1".to_owned(),
                capacity: capacity.to_owned(),
            }
            .check()
        };
        assert_eq!(room(" 120 ").map(|room| room.capacity), Ok(120));
        for wrong in ["0", "-3", "5001", "nhiều", "1.5"] {
            let problems = room(wrong).unwrap_err();
            let reason = problems.of("room_capacity");
            assert_eq!(reason, Some(&Reason::NotInRange(1, 5000)), "{wrong}");
        }
        let problems = RoomForm::default().check().unwrap_err();
        assert_eq!(problems.0.len(), 2);
    }
}
