//! Sending again what did not leave.

use super::still_so::{Parted, part};
use super::withheld::{let_go, withhold_these};
use crate::audit::{Entry, record};
use crate::entity::{Code, outbox};
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{Act, DeliveryState, MailFailure};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

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
    /// to what does not take place, is over, or to somebody without a seat; as
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
                let (good, _) = part(&*tx, vec![mail.clone()], true, now).await?;
                if good.is_empty() {
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
        let (good, outdated) = failed(self.db.read(), false, self.clock.now()).await?;
        Ok(SendAgainPlan {
            to_send: short(good.len()),
            outdated: short(outdated.len()),
        })
    }

    /// Queues all mails again that failed for good; [`MOST`] at a time, the
    /// oldest first. Each keeps its Message-ID. Those that say what is no
    /// longer so are withheld. Returns how many are queued.
    ///
    /// # Errors
    /// As [`Services::outbox`].
    pub async fn send_failed_again(&self, actor: &Actor) -> Result<u32, Failure> {
        actor.require(Act::ReadMail)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let (good, outdated) = failed(&*tx, true, now).await?;
                // Out of the way of those behind them.
                let outdated = outdated.iter().map(|mail| mail.id).collect();
                withhold_these(&*tx, outdated).await?;
                if good.is_empty() {
                    return Ok(0);
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
}

/// What failed for good, the oldest first: those to be sent again, and those
/// that are not.
async fn failed(
    db: &impl ConnectionTrait,
    lock: bool,
    now: DateTime<Utc>,
) -> Result<Parted, Failure> {
    let mails = outbox::Entity::find()
        .filter(outbox::Column::State.eq(Code(DeliveryState::Failed)))
        .order_by_asc(outbox::Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    part(db, mails, lock, now).await
}

/// Queues those of these mails that failed for good or were withheld. Returns
/// how many.
async fn queue(tx: &Tx, ids: &[i64], now: DateTime<Utc>) -> Result<usize, Failure> {
    let still = [DeliveryState::Failed, DeliveryState::Withheld].map(Code);
    let_go(&**tx, ids).await?;
    let changed = outbox::Entity::update_many()
        .col_expr(
            outbox::Column::State,
            Expr::value(Code(DeliveryState::Queued)),
        )
        .col_expr(outbox::Column::Attempts, Expr::value(0_i64))
        .col_expr(outbox::Column::NextAt, Expr::value(now))
        .col_expr(outbox::Column::Error, Expr::value(None::<String>))
        .col_expr(
            outbox::Column::Failure,
            Expr::value(None::<Code<MailFailure>>),
        )
        .filter(outbox::Column::Id.is_in(ids.iter().copied()))
        .filter(outbox::Column::State.is_in(still))
        .exec(&**tx)
        .await?;
    Ok(usize::try_from(changed.rows_affected).unwrap_or(usize::MAX))
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
