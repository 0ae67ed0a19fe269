//! Holding a message, letting it go on, and cancelling what has not left.

use super::plan::reached;
use super::{find, message_of, state_in};
use crate::call::{CallList, Callee, listed, put_on_list};
use crate::entity::{Code, campaign, campaign_recipient, outbox, workshop};
use crate::outbox::{NewMail, withhold_mails};
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, PersonRow, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{CampaignEnd, CampaignMove, DeliveryState};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use std::collections::{BTreeMap, HashMap, HashSet};

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
            self.write_anew(tx, workshop.clone(), &row, now).await?;
        }
        Ok(())
    }

    /// Writes the mails anew that still wait, to those whom the message is
    /// still for; the others are withheld. Who shared a mailbox and has left it
    /// is called: what stands in that mail is for its readers alone.
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
        let found = reached(&**tx, view.row.id, &message).await?;
        let to_call: HashSet<i64> = found.calls.iter().map(|one| one.id).collect();
        let people = found.mails.into_iter().flatten();
        let people: HashMap<i64, PersonRow> = people.map(|one| (one.id, one)).collect();
        // One in hand may come back, when its worker died.
        let waiting = outbox::Entity::find()
            .filter(outbox::Column::CampaignId.eq(row.id))
            .filter(outbox::Column::State.is_in(DeliveryState::TO_LEAVE.map(Code)))
            .all(&**tx)
            .await?;
        let waiting: HashMap<i64, outbox::Model> =
            waiting.into_iter().map(|mail| (mail.id, mail)).collect();
        let told = campaign_recipient::Entity::find()
            .filter(campaign_recipient::Column::CampaignId.eq(row.id))
            .filter(campaign_recipient::Column::MailId.is_not_null())
            .all(&**tx)
            .await?;
        let mut mails: BTreeMap<i64, Vec<PersonRow>> = BTreeMap::new();
        let mut calls = Vec::new();
        for one in told {
            let Some(mail) = one.mail_id.and_then(|id| waiting.get(&id)) else {
                continue;
            };
            let still = mails.entry(mail.id).or_default();
            match people.get(&one.registration_id) {
                Some(person) if mail.registration_id.is_some() || has(person, mail) => {
                    still.push(person.clone());
                }
                Some(_) => calls.push(one.registration_id),
                None if to_call.contains(&one.registration_id) => calls.push(one.registration_id),
                None => {}
            }
        }
        let mut for_nobody = Vec::new();
        for (id, people) in mails {
            if people.is_empty() {
                for_nobody.push(id);
                continue;
            }
            let mail = self.campaign_mail(&message, row.id, &view, &people, &organizer)?;
            if waiting.get(&id).is_some_and(|old| differs(old, &mail)) {
                say_anew(tx, id, mail, now).await?;
            }
        }
        let list = CallList::Campaign(row.id);
        let listed = listed(&**tx, list, []).await?;
        let calls = calls.into_iter().map(Callee::Registration);
        let calls = calls.filter(|who| !listed.contains_key(who)).collect();
        put_on_list(tx, list, calls).await?;
        withhold_mails(&**tx, for_nobody).await
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

/// Whether somebody reads the mailbox that a mail goes to.
fn has(person: &PersonRow, mail: &outbox::Model) -> bool {
    let address = person.email.as_ref();
    address.is_some_and(|address| address.to_lowercase() == mail.to_address.to_lowercase())
}

fn differs(old: &outbox::Model, new: &NewMail) -> bool {
    (&old.to_name, &old.to_address, &old.subject, &old.body_text)
        != (&new.to_name, &new.to_address, &new.subject, &new.body_text)
}

/// Puts other words into a mail, which are of now. Its recipient key stays: it is
/// the same mail.
async fn say_anew(tx: &Tx, id: i64, mail: NewMail, now: DateTime<Utc>) -> Result<(), Failure> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::CreatedAt, Expr::value(now))
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
