//! Holding a message, letting it go on, and cancelling what has not left.

use super::{find, state_in};
use crate::entity::{Code, campaign, outbox, workshop};
use crate::workshop::lock_by_slug;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{CampaignEnd, CampaignMove, DeliveryState};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, Set,
};

impl Services {
    /// Holds a message: no mail of it leaves, and none is written, until it
    /// goes on. What a worker has handed to the mail server already has left.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] when there is nothing to hold;
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn pause_campaign(&self, actor: &Actor, slug: &str, id: i64) -> Result<(), Failure> {
        self.step(actor, slug, id, CampaignMove::Pause).await
    }

    /// Lets a message go on that was held. Mails that were written before say
    /// then what is so now – a workshop may have been moved meanwhile – and do
    /// not leave to those for whom the message is not any more.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] for one that is not held; as
    /// [`Services::pause_campaign`].
    pub async fn resume_campaign(&self, actor: &Actor, slug: &str, id: i64) -> Result<(), Failure> {
        self.step(actor, slug, id, CampaignMove::Resume).await?;
        self.ring_outbox();
        Ok(())
    }

    /// Cancels a message: what has not left does not leave any more.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] when nothing is left to leave; as
    /// [`Services::pause_campaign`].
    pub async fn cancel_campaign(&self, actor: &Actor, slug: &str, id: i64) -> Result<(), Failure> {
        self.step(actor, slug, id, CampaignMove::Cancel).await
    }

    /// Holds a message, lets it go on or cancels it, under the workshop's lock
    /// and where that is legal.
    async fn step(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        step: CampaignMove,
    ) -> Result<(), Failure> {
        self.manage_people(actor, slug).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let row = find(&*tx, workshop.id, id).await?;
                if !state_in(&*tx, &row).await?.allows(step) {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let (deed, paused_at) = match step {
                    CampaignMove::Pause => ("pause_campaign", Some(now)),
                    CampaignMove::Resume => ("resume_campaign", None),
                    _ => {
                        let why = CampaignEnd::Organizer;
                        return self.end_campaign(&tx, actor, row, why, now).await;
                    }
                };
                if step == CampaignMove::Resume && row.started_at.is_some() {
                    self.write_anew(&tx, workshop, &row, None, now).await?;
                }
                let mut row = row.into_active_model();
                row.paused_at = Set(paused_at);
                let row = row.update(&*tx).await?;
                self.note(&tx, actor, deed, &row, now).await
            })
            .await
    }

    /// Writes the mails of messages anew that still wait when their workshop
    /// was moved: a reminder of the old day would come after the news. Under
    /// the workshop's lock.
    pub(crate) async fn campaigns_of_moved(
        &self,
        tx: &Tx,
        workshop: &workshop::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let leaving = campaign::Entity::find()
            .filter(campaign::Column::WorkshopId.eq(workshop.id))
            .filter(campaign::Column::StartedAt.is_not_null())
            .filter(campaign::Column::CancelledAt.is_null())
            .filter(campaign::Column::Id.in_subquery(leaving(workshop.id)))
            .all(&**tx)
            .await?;
        for row in leaving {
            self.write_anew(tx, workshop.clone(), &row, None, now)
                .await?;
        }
        Ok(())
    }
}

/// The messages of a workshop that have mails still to leave.
fn leaving(workshop_id: i64) -> SelectStatement {
    Query::select()
        .column(outbox::Column::CampaignId)
        .from(outbox::Entity)
        .and_where(outbox::Column::WorkshopId.eq(workshop_id))
        .and_where(outbox::Column::CampaignId.is_not_null())
        .and_where(outbox::Column::State.is_in(DeliveryState::TO_LEAVE.map(Code)))
        .to_owned()
}

/// Cancels the messages of a workshop that is called off, as far as anything
/// of them is left to leave. Under the workshop's lock.
pub(crate) async fn end_of_workshop(
    tx: &Tx,
    workshop_id: i64,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let open = Condition::any()
        .add(campaign::Column::StartedAt.is_null())
        .add(campaign::Column::Id.in_subquery(leaving(workshop_id)));
    campaign::Entity::update_many()
        .col_expr(
            campaign::Column::PausedAt,
            Expr::value(None::<DateTime<Utc>>),
        )
        .col_expr(campaign::Column::CancelledAt, Expr::value(now))
        .col_expr(
            campaign::Column::CancelledWhy,
            Expr::value(Code(CampaignEnd::CalledOff)),
        )
        .filter(campaign::Column::WorkshopId.eq(workshop_id))
        .filter(campaign::Column::CancelledAt.is_null())
        .filter(open)
        .exec(&**tx)
        .await?;
    Ok(())
}
