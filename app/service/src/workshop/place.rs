//! Where a session is held: a room of the register, or a place that was typed.

use crate::entity::{room, session, venue};
use crate::{Failure, Services};
use domain::{NewPlace, Reason};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

impl Services {
    /// How many people fit into the rooms of sessions, by the room's key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn room_seats(
        &self,
        sessions: &[session::Model],
    ) -> Result<HashMap<i64, u32>, Failure> {
        let ids: Vec<i64> = sessions
            .iter()
            .filter_map(|session| session.room_id)
            .collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rooms: Vec<(i64, i64)> = room::Entity::find()
            .select_only()
            .columns([room::Column::Id, room::Column::Capacity])
            .filter(room::Column::Id.is_in(ids))
            .into_tuple()
            .all(self.db.read())
            .await?;
        Ok(rooms
            .into_iter()
            .filter_map(|(id, seats)| Some((id, u32::try_from(seats).ok()?)))
            .collect())
    }
}

impl Services {
    /// How to get to the rooms of sessions, by the room's key; nothing for
    /// rooms of which that is not known. Public.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn directions(
        &self,
        sessions: &[session::Model],
    ) -> Result<HashMap<i64, String>, Failure> {
        let ids: Vec<i64> = sessions
            .iter()
            .filter_map(|session| session.room_id)
            .collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rooms = room::Entity::find()
            .filter(room::Column::Id.is_in(ids))
            .find_also_related(venue::Entity)
            .all(self.db.read())
            .await?;
        Ok(rooms
            .into_iter()
            .filter_map(|(room, venue)| Some((room.id, venue?.directions)))
            .filter(|(_, directions)| !directions.is_empty())
            .collect())
    }
}

/// A place, found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The room of the register, if it is one.
    pub(crate) room_id: Option<i64>,
    /// What people read.
    pub(crate) room: String,
    /// Postal address.
    pub(crate) address: String,
    /// How many people fit in, where that is known.
    pub(crate) capacity: Option<u32>,
}

impl Place {
    /// Whether a session is held here already, under these words: choosing its
    /// own room again takes over what the register says by now.
    pub(crate) fn is_of(&self, session: &session::Model) -> bool {
        (self.room_id, &self.room, &self.address)
            == (session.room_id, &session.room, &session.address)
    }
}

/// Finds the place. A room that is no longer offered stays where it is used.
///
/// # Errors
/// A problem with the field `room_id` for a room that is not there.
pub(crate) async fn find_place(
    tx: &impl ConnectionTrait,
    new: &NewPlace,
    used: Option<i64>,
) -> Result<Place, Failure> {
    let id = match new {
        NewPlace::Typed { room, address } => {
            return Ok(Place {
                room_id: None,
                room: room.clone(),
                address: address.clone(),
                capacity: None,
            });
        }
        NewPlace::Room(id) => *id,
    };
    let unknown = || Failure::problem("room_id", Reason::NotAChoice);
    let (room, venue) = room::Entity::find_by_id(id)
        .find_also_related(venue::Entity)
        .one(tx)
        .await?
        .ok_or_else(unknown)?;
    let venue = venue.ok_or_else(unknown)?;
    let retired = room.retired_at.is_some() || venue.retired_at.is_some();
    if retired && used != Some(id) {
        return Err(unknown());
    }
    let (name, address) = place_words(&room, &venue);
    Ok(Place {
        room_id: Some(id),
        room: name,
        address,
        capacity: u32::try_from(room.capacity).ok(),
    })
}

/// What people read of a room: its name with the house's, and the address.
pub(crate) fn place_words(room: &room::Model, venue: &venue::Model) -> (String, String) {
    let name = format!("{}, {}", room.name, venue.name);
    (name, venue.address.clone())
}

/// Whether a room can be chosen for a new session.
pub(super) async fn room_is_offered(tx: &impl ConnectionTrait, id: i64) -> Result<bool, Failure> {
    match find_place(tx, &NewPlace::Room(id), None).await {
        Ok(_) => Ok(true),
        Err(Failure::Invalid(_)) => Ok(false),
        Err(failure) => Err(failure),
    }
}
