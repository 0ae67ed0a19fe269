//! How many seats are left, for everybody to read.
//!
//! A reading decides nothing: it may be out of date by the next moment. What
//! decides is counted by [`crate::registration`] under the workshop's lock.

use crate::entity::{Code, registration, workshop};
use crate::registration::count_seats;
use crate::{Actor, Failure, Services, WorkshopView};
use domain::{Act, RegistrationState, Seats};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

impl Services {
    /// The seats of one workshop. Public: a number of people is no personal
    /// data.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seats_left(&self, view: &WorkshopView) -> Result<Seats, Failure> {
        count_seats(self.db.read(), &view.row).await
    }

    /// The seats of several workshops by the workshop's key, in one query.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seats_left_of(
        &self,
        views: &[WorkshopView],
    ) -> Result<HashMap<i64, Seats>, Failure> {
        let mut seats: HashMap<i64, Seats> = views.iter().map(all_free).collect();
        if seats.is_empty() {
            return Ok(seats);
        }
        let counts: Vec<(i64, Code<RegistrationState>, i64)> = registration::Entity::find()
            .select_only()
            .column(registration::Column::WorkshopId)
            .column(registration::Column::State)
            .column_as(Expr::col(registration::Column::Id).count(), "number")
            .filter(registration::Column::WorkshopId.is_in(seats.keys().copied()))
            .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
            .group_by(registration::Column::WorkshopId)
            .group_by(registration::Column::State)
            .into_tuple()
            .all(self.db.read())
            .await?;
        for (workshop_id, state, number) in counts {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            if let Some(seats) = seats.get_mut(&workshop_id) {
                seats.add(*state, number);
            }
        }
        Ok(seats)
    }

    /// Of the workshops with these addresses, those with more seats given than
    /// there are, the older first. An address that leads nowhere is passed over.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn overfull(
        &self,
        actor: &Actor,
        slugs: &[&str],
    ) -> Result<Vec<(WorkshopView, Seats)>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        if slugs.is_empty() {
            return Ok(Vec::new());
        }
        let rows = workshop::Entity::find()
            .filter(workshop::Column::Slug.is_in(slugs.iter().copied()))
            .order_by_asc(workshop::Column::Id)
            .all(self.db.read())
            .await?;
        let views = self.with_sessions(rows, self.clock.now()).await?;
        let seats = self.seats_left_of(&views).await?;
        let over = views.into_iter().filter_map(|view| {
            let seats = *seats.get(&view.row.id)?;
            (seats.over() > 0).then_some((view, seats))
        });
        Ok(over.collect())
    }
}

fn all_free(view: &WorkshopView) -> (i64, Seats) {
    let seats = Seats {
        capacity: view.capacity(),
        ..Seats::default()
    };
    (view.row.id, seats)
}
