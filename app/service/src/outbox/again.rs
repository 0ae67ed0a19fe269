//! Sending again what did not leave.

use super::withheld::{is_outdated, last_of_keys};
use crate::audit::{Entry, record};
use crate::entity::{Code, outbox, registration, workshop};
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{Act, DeliveryState, RegistrationState, WorkshopState};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// The most mails that are sent again at once.
const MOST: u64 = 2000;

/// What sending again all that failed comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SendAgainPlan {
    /// Would be sent again.
    pub to_send: u32,
    /// Say what is no longer so, and stay.
    pub outdated: u32,
}

impl Services {
    /// Queues a mail again that failed for good or was withheld. It keeps its
    /// Message-ID, so that a reader who has it can tell the repeat.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] for a mail that was sent or will be sent
    /// anyway, for an invitation after which another was written, and for one
    /// to what does not take place or to somebody without a seat; as
    /// [`Services::outbox_mail`].
    pub async fn send_again(&self, actor: &Actor, id: i64) -> Result<(), Failure> {
        actor.require(Act::ReadMail)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let mail = outbox::Entity::find_by_id(id)
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                if is_outdated(&*tx, &mail).await?
                    || !self.still_so(&tx, vec![mail.clone()]).await?.1.is_empty()
                {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                if queue(&tx, &[id], now).await? == 0 {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let entry = Entry {
                    deed: "send_again",
                    noun: "outbox",
                    id,
                    before: Some(json!({ "state": mail.state.0, "attempts": mail.attempts })),
                    after: Some(json!({ "state": DeliveryState::Queued })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// What [`Services::send_failed_again`] would do now.
    ///
    /// # Errors
    /// As [`Services::outbox`].
    pub async fn plan_failed_again(&self, actor: &Actor) -> Result<SendAgainPlan, Failure> {
        actor.require(Act::ReadMail)?;
        self.db
            .write(|tx| async move {
                let (good, outdated) = self.failed(&tx).await?;
                Ok(SendAgainPlan {
                    to_send: short(good.len()),
                    outdated: short(outdated.len()),
                })
            })
            .await
    }

    /// Queues all mails again that failed for good, but for those that say
    /// what is no longer so; [`MOST`] at a time, the oldest first. Each keeps
    /// its Message-ID. Returns how many.
    ///
    /// # Errors
    /// [`Conflict::NothingToSend`]; as [`Services::outbox`].
    pub async fn send_failed_again(&self, actor: &Actor) -> Result<u32, Failure> {
        actor.require(Act::ReadMail)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let (good, _) = self.failed(&tx).await?;
                if good.is_empty() {
                    return Err(Failure::Conflict(Conflict::NothingToSend));
                }
                let ids: Vec<i64> = good.iter().map(|mail| mail.id).collect();
                let number = short(queue(&tx, &ids, now).await?);
                let entry = Entry {
                    deed: "send_failed_again",
                    noun: "outbox",
                    id: ids[0],
                    before: None,
                    after: Some(json!({ "mails": number })),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(number)
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// What failed for good: those to be sent again, and those that are not.
    async fn failed(&self, tx: &Tx) -> Result<(Vec<outbox::Model>, Vec<outbox::Model>), Failure> {
        let mails = outbox::Entity::find()
            .filter(outbox::Column::State.eq(Code(DeliveryState::Failed)))
            .order_by_asc(outbox::Column::Id)
            .limit(MOST)
            .all(&**tx)
            .await?;
        let last = last_of_keys(tx, &mails).await?;
        let (newest, mut outdated): (Vec<_>, Vec<_>) = mails.into_iter().partition(|mail| {
            let key = mail.calendar_key.as_ref();
            key.is_none_or(|key| last.get(key) == Some(&mail.id))
        });
        let (good, vain) = self.still_so(tx, newest).await?;
        outdated.extend(vain);
        Ok((good, outdated))
    }

    /// Parts mails into those that still say what is so, and those that invite
    /// to a workshop that was called off or somebody who has no seat any more.
    /// Judged under the locks of the workshops.
    async fn still_so(
        &self,
        tx: &Tx,
        mails: Vec<outbox::Model>,
    ) -> Result<(Vec<outbox::Model>, Vec<outbox::Model>), Failure> {
        let inviting = || mails.iter().filter(|mail| invites(mail));
        let workshops: HashSet<i64> = inviting().filter_map(|mail| mail.workshop_id).collect();
        let called_off: HashSet<i64> = workshop::Entity::find()
            .filter(workshop::Column::Id.is_in(workshops))
            .order_by_asc(workshop::Column::Id)
            .lock_exclusive()
            .all(&**tx)
            .await?
            .into_iter()
            .filter(|row| *row.state == WorkshopState::Cancelled)
            .map(|row| row.id)
            .collect();
        let registrations = inviting().filter_map(|mail| mail.registration_id);
        let seated: HashMap<i64, bool> = registration::Entity::find()
            .filter(registration::Column::Id.is_in(registrations))
            .all(&**tx)
            .await?
            .into_iter()
            .map(|row| (row.id, *row.state == RegistrationState::Booked))
            .collect();
        let vain = |mail: &outbox::Model| {
            let off = mail.workshop_id.is_some_and(|id| called_off.contains(&id));
            let unseated = mail
                .registration_id
                .is_some_and(|id| seated.get(&id) != Some(&true));
            invites(mail) && (off || unseated)
        };
        Ok(mails.into_iter().partition(|mail| !vain(mail)))
    }
}

/// Whether a mail puts something into a calendar.
fn invites(mail: &outbox::Model) -> bool {
    let calendar = mail.calendar.as_ref();
    mail.workshop_id.is_some()
        && calendar.is_some_and(|calendar| calendar.contains("METHOD:REQUEST"))
}

/// Queues those of these mails that failed for good or were withheld. Returns
/// how many.
async fn queue(tx: &Tx, ids: &[i64], now: DateTime<Utc>) -> Result<usize, Failure> {
    let still = [DeliveryState::Failed, DeliveryState::Withheld].map(Code);
    let changed = outbox::Entity::update_many()
        .col_expr(
            outbox::Column::State,
            Expr::value(Code(DeliveryState::Queued)),
        )
        .col_expr(outbox::Column::Attempts, Expr::value(0_i64))
        .col_expr(outbox::Column::NextAt, Expr::value(now))
        .col_expr(outbox::Column::Error, Expr::value(None::<String>))
        .filter(outbox::Column::Id.is_in(ids.iter().copied()))
        .filter(outbox::Column::State.is_in(still))
        .exec(&**tx)
        .await?;
    Ok(usize::try_from(changed.rows_affected).unwrap_or(usize::MAX))
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
