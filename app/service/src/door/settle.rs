//! Settling whom a device let in alone, and taking that back whole.

use crate::attendance::require_open;
use crate::audit::{Entry, record, record_all};
use crate::entity::{Code, door_conflict, workshop};
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{Act, Settlement, WorkshopState};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};
use serde_json::json;

impl Services {
    /// Settles a conflict. Counted: the person is checked in at the time of the
    /// scan, and holds a seat – somebody who had cancelled or belongs to
    /// another workshop came as a walk-in; who was in already is not counted
    /// twice, and came at the earlier time. Settling the same way again changes
    /// nothing; the other way takes back all that the first one did. What does
    /// not count changes no figures, so it is dismissed at any time.
    ///
    /// # Errors
    /// [`Conflict::FiguresLocked`]; [`Conflict::NotAllowedNow`] when nobody is
    /// known whom to count, and unless the workshop is published;
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn settle_conflict(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        settlement: Settlement,
    ) -> Result<(), Failure> {
        let view = &self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, view.row.id).await?;
                let found = door_conflict::Entity::find_by_id(id)
                    .filter(door_conflict::Column::WorkshopId.eq(view.row.id))
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                self.settle_one(&tx, actor, &workshop, found, settlement, now)
                    .await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Dismisses all that a device met and nobody has settled. Returns how many
    /// that were; each can be settled otherwise.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn dismiss_device(
        &self,
        actor: &Actor,
        slug: &str,
        device_id: i64,
    ) -> Result<usize, Failure> {
        let view = &self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, view.row.id).await?;
                let found = door_conflict::Entity::find()
                    .filter(door_conflict::Column::WorkshopId.eq(view.row.id))
                    .filter(door_conflict::Column::DeviceId.eq(device_id))
                    .filter(door_conflict::Column::SettledAt.is_null())
                    .order_by_asc(door_conflict::Column::Id)
                    .all(&*tx)
                    .await?;
                let ids: Vec<i64> = found.iter().map(|row| row.id).collect();
                let dismissed = Settlement::Dismissed;
                let entries = found
                    .iter()
                    .map(|one| settled(workshop.id, one, None, dismissed));
                record_all(&*tx, actor, now, entries.collect()).await?;
                // Nobody was counted: there is nothing to take back.
                door_conflict::Entity::update_many()
                    .col_expr(door_conflict::Column::SettledAt, Expr::value(now))
                    .col_expr(door_conflict::Column::SettledBy, Expr::value(actor.label()))
                    .col_expr(
                        door_conflict::Column::Settlement,
                        Expr::value(Code(dismissed)),
                    )
                    .filter(door_conflict::Column::Id.is_in(ids))
                    .exec(&*tx)
                    .await?;
                Ok(found.len())
            })
            .await
    }

    async fn settle_one(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        found: door_conflict::Model,
        settlement: Settlement,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let before = found.settlement.map(|code| *code);
        if before == Some(settlement) {
            return Ok(());
        }
        let counts = [Some(settlement), before].contains(&Some(Settlement::Counted));
        if counts {
            if *workshop.state != WorkshopState::Published {
                return Err(Failure::Conflict(Conflict::NotAllowedNow));
            }
            require_open(&**tx, found.session_id).await?;
        }
        let did = if settlement == Settlement::Counted {
            let did = self.count_in(tx, actor, &found, now).await?;
            Some(serde_json::to_string(&did).map_err(Failure::internal)?)
        } else {
            if before.is_some() {
                self.count_out(tx, actor, workshop, &found, now).await?;
            }
            None
        };
        let entry = settled(workshop.id, &found, before, settlement);
        let mut row = found.into_active_model();
        row.settled_at = Set(Some(now));
        row.settled_by = Set(Some(actor.label()));
        row.settlement = Set(Some(Code(settlement)));
        row.did = Set(did);
        row.update(&**tx).await?;
        record(&**tx, actor, now, entry).await
    }
}

fn settled(
    workshop: i64,
    conflict: &door_conflict::Model,
    before: Option<Settlement>,
    settlement: Settlement,
) -> Entry {
    Entry {
        deed: "settle_conflict",
        noun: "workshop",
        id: workshop,
        before: before.map(|was| json!({ "settlement": was })),
        after: Some(json!({
            "conflict": conflict.id,
            "session": conflict.session_id,
            "scanned_at": conflict.at,
            "settlement": settlement,
        })),
    }
}
