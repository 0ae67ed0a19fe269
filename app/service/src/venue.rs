//! Venues: the houses where workshops are held. Their rooms have a file of
//! their own.

use crate::entity::{room, venue};
use crate::register::{Registered, note, retire};
use crate::room::RoomRow;
use crate::room_use::{require_unused, uses};
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{Act, Reason, VenueForm, fold};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A venue with its rooms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VenueView {
    /// The row.
    pub row: venue::Model,
    /// Its rooms by name, those in use first.
    pub rooms: Vec<RoomRow>,
}

impl VenueView {
    /// Whether it is no longer offered.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        self.row.retired_at.is_some()
    }
}

/// Venues, as searched for.
#[derive(Clone, Debug)]
pub struct Venues {
    /// Those known in all, found or not.
    pub all: usize,
    /// Those found, by name, those in use first.
    pub rows: Vec<VenueView>,
}

impl Services {
    /// The venues, by an unaccented part of name, address or room, or all.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn venues(&self, actor: &Actor, typed: &str) -> Result<Venues, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let found = venue::Entity::find()
            .find_with_related(room::Entity)
            .all(self.db.read())
            .await?;
        let upcoming = self.upcoming_by_room().await?;
        let all = found.len();
        let folded = fold(typed);
        let mut rows: Vec<VenueView> = found
            .into_iter()
            .filter(|(row, rooms)| {
                row.folded.contains(&folded)
                    || fold(&row.address).contains(&folded)
                    || rooms.iter().any(|room| fold(&room.name).contains(&folded))
            })
            .map(|(row, rooms)| view(row, rooms, &upcoming))
            .collect();
        rows.sort_by(|a, b| {
            let key = |view: &VenueView| (view.is_retired(), view.row.folded.clone());
            key(a).cmp(&key(b))
        });
        Ok(Venues { all, rows })
    }

    /// One venue.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::venues`].
    pub async fn venue(&self, actor: &Actor, id: i64) -> Result<VenueView, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let (row, rooms) = venue::Entity::find_by_id(id)
            .find_with_related(room::Entity)
            .all(self.db.read())
            .await?
            .into_iter()
            .next()
            .ok_or(Failure::NotFound)?;
        Ok(view(row, rooms, &self.upcoming_by_room().await?))
    }

    /// Enters a venue and returns its key.
    ///
    /// # Errors
    /// [`Failure::Invalid`], also for a name that the register has already,
    /// however it is accented; as [`Services::venues`].
    pub async fn add_venue(&self, actor: &Actor, form: &VenueForm) -> Result<i64, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let new = form.check().map_err(Failure::Invalid)?;
        let now = self.clock.now();
        let new = &new;
        self.db
            .write(|tx| async move {
                require_free(&tx, &new.name, None).await?;
                let row = venue::ActiveModel {
                    name: Set(new.name.clone()),
                    folded: Set(fold(&new.name)),
                    address: Set(new.address.clone()),
                    directions: Set(new.directions.clone()),
                    is_demo: Set(false),
                    created_at: Set(now),
                    retired_at: Set(None),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                note(&tx, actor, now, "add_venue", None, &row).await?;
                Ok(row.id)
            })
            .await
    }

    /// Changes what is known of a venue.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::add_venue`].
    pub async fn revise_venue(
        &self,
        actor: &Actor,
        id: i64,
        form: &VenueForm,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let new = form.check().map_err(Failure::Invalid)?;
        let now = self.clock.now();
        let new = &new;
        self.db
            .write(|tx| async move {
                let before = find(&tx, id).await?;
                require_free(&tx, &new.name, Some(id)).await?;
                let was = before.values();
                let mut row = before.into_active_model();
                row.name = Set(new.name.clone());
                row.folded = Set(fold(&new.name));
                row.address = Set(new.address.clone());
                row.directions = Set(new.directions.clone());
                let row = row.update(&*tx).await?;
                note(&tx, actor, now, "revise_venue", Some(was), &row).await
            })
            .await
    }

    /// Offers a venue no longer, or again. Sessions that were held there keep
    /// it.
    ///
    /// # Errors
    /// [`crate::Conflict::InUse`] while a session is to come in one of its
    /// rooms; [`Failure::NotFound`]; as [`Services::venues`].
    pub async fn retire_venue(&self, actor: &Actor, id: i64, retired: bool) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let before = find(&tx, id).await?;
                if retired && before.retired_at.is_none() {
                    let rooms = room::Entity::find()
                        .filter(room::Column::VenueId.eq(id))
                        .all(&*tx)
                        .await?;
                    let rooms: Vec<i64> = rooms.into_iter().map(|room| room.id).collect();
                    require_unused(&tx, &rooms, now).await?;
                }
                retire(&tx, actor, before, retired, now).await
            })
            .await
    }

    /// How many sessions are to come, by the room of the register.
    async fn upcoming_by_room(&self) -> Result<HashMap<i64, i64>, Failure> {
        let mut counts = HashMap::new();
        for one in uses(self.db.read(), None, self.clock.now()).await? {
            *counts.entry(one.room_id).or_default() += 1;
        }
        Ok(counts)
    }
}

fn view(row: venue::Model, rooms: Vec<room::Model>, upcoming: &HashMap<i64, i64>) -> VenueView {
    let mut rooms: Vec<RoomRow> = rooms
        .into_iter()
        .map(|row| RoomRow {
            upcoming: upcoming.get(&row.id).copied().unwrap_or(0),
            row,
        })
        .collect();
    rooms.sort_by_key(|room| (room.is_retired(), fold(&room.row.name)));
    VenueView { row, rooms }
}

pub(crate) async fn find(tx: &Tx, id: i64) -> Result<venue::Model, Failure> {
    venue::Entity::find_by_id(id)
        .one(&**tx)
        .await?
        .ok_or(Failure::NotFound)
}

/// Demands that no other venue has the name.
async fn require_free(tx: &Tx, name: &str, but: Option<i64>) -> Result<(), Failure> {
    let taken = venue::Entity::find()
        .select_only()
        .column(venue::Column::Id)
        .filter(venue::Column::Folded.eq(fold(name)))
        .order_by_asc(venue::Column::Id)
        .into_tuple::<i64>()
        .one(&**tx)
        .await?;
    match taken {
        Some(id) if Some(id) != but => Err(Failure::problem("venue_name", Reason::NameTaken)),
        _ => Ok(()),
    }
}

impl Registered for venue::Model {
    type Row = venue::ActiveModel;
    const NOUN: &'static str = "venue";
    const DEEDS: [&'static str; 2] = ["retire_venue", "restore_venue"];

    fn key(&self) -> i64 {
        self.id
    }

    fn retired_at(&self) -> Option<DateTime<Utc>> {
        self.retired_at
    }

    fn retired(self, at: Option<DateTime<Utc>>) -> venue::ActiveModel {
        venue::ActiveModel {
            retired_at: Set(at),
            ..self.into_active_model()
        }
    }

    fn values(&self) -> Value {
        json!({
            "name": self.name,
            "address": self.address,
            "directions": self.directions,
            "retired_at": self.retired_at,
        })
    }
}
