//! Holding a message, letting it go on, and cancelling what has not left.

use super::plan::reached;
use super::{find, message_of, state_in};
use crate::entity::{Code, campaign, campaign_recipient, outbox, workshop};
use crate::outbox::{NewMail, withhold_mails};
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, PersonRow, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{CampaignEnd, CampaignMove, DeliveryState};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use std::collections::{BTreeMap, HashMap};

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
                    self.write_anew(&tx, workshop, &row, now).await?;
                }
                let mut row = row.into_active_model();
                row.paused_at = Set(paused_at);
                let row = row.update(&*tx).await?;
                self.note(&tx, actor, deed, &row, now).await
            })
            .await
    }

    /// Writes the mails anew that still wait, to those whom the message is
    /// still for; the others are withheld.
    async fn write_anew(
        &self,
        tx: &Tx,
        workshop: workshop::Model,
        row: &campaign::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let message = message_of(row)?;
        let sessions = sessions_of(&**tx, workshop.id).await?;
        let view = WorkshopView::new(workshop, sessions, now);
        let organizer = self.frame_in(&**tx).await?.organizer;
        let people = reached(&**tx, view.row.id, &message).await?;
        let people = people.mails.into_iter().flatten();
        let people: HashMap<i64, PersonRow> = people.map(|one| (one.id, one)).collect();
        let waiting = [DeliveryState::Queued, DeliveryState::Retry].map(Code);
        let waits = Query::select()
            .column(outbox::Column::Id)
            .from(outbox::Entity)
            .and_where(outbox::Column::CampaignId.eq(row.id))
            .and_where(outbox::Column::State.is_in(waiting))
            .to_owned();
        let told = campaign_recipient::Entity::find()
            .filter(campaign_recipient::Column::CampaignId.eq(row.id))
            .filter(campaign_recipient::Column::MailId.in_subquery(waits))
            .all(&**tx)
            .await?;
        let mut mails: BTreeMap<i64, Vec<PersonRow>> = BTreeMap::new();
        for one in told {
            let Some(mail) = one.mail_id else { continue };
            let still = people.get(&one.registration_id).cloned();
            mails.entry(mail).or_default().extend(still);
        }
        let mut for_nobody = Vec::new();
        for (id, people) in mails {
            if people.is_empty() {
                for_nobody.push(id);
                continue;
            }
            let mail = self.campaign_mail(&message, row.id, &view, &people, &organizer)?;
            say_anew(tx, id, mail).await?;
        }
        withhold_mails(&**tx, for_nobody).await
    }
}

/// Puts other words into a mail. Its recipient key stays: it is the same mail.
async fn say_anew(tx: &Tx, id: i64, mail: NewMail) -> Result<(), Failure> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::ToName, Expr::value(mail.to_name))
        .col_expr(outbox::Column::ToAddress, Expr::value(mail.to_address))
        .col_expr(outbox::Column::Subject, Expr::value(mail.subject))
        .col_expr(outbox::Column::BodyText, Expr::value(mail.body_text))
        .col_expr(outbox::Column::BodyHtml, Expr::value(mail.body_html))
        .filter(outbox::Column::Id.eq(id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Cancels the messages of a workshop that is called off, as far as anything
/// of them is left to leave. Under the workshop's lock.
pub(crate) async fn end_of_workshop(
    tx: &Tx,
    workshop_id: i64,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let left = [
        DeliveryState::Queued,
        DeliveryState::Sending,
        DeliveryState::Retry,
    ];
    let leaving = Query::select()
        .column(outbox::Column::CampaignId)
        .from(outbox::Entity)
        .and_where(outbox::Column::WorkshopId.eq(workshop_id))
        .and_where(outbox::Column::CampaignId.is_not_null())
        .and_where(outbox::Column::State.is_in(left.map(Code)))
        .to_owned();
    let open = Condition::any()
        .add(campaign::Column::StartedAt.is_null())
        .add(campaign::Column::Id.in_subquery(leaving));
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
