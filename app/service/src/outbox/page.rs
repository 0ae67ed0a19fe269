//! What the Mail page shows: mails, what stands in the way of one, and whether
//! the mail server takes them at all.

use super::due::not_held;
use super::still_so::why_not;
use crate::entity::{Code, campaign, outbox, workshop};
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{Act, DeliveryState, MailFailure, Outdated, server_trouble};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;

/// Which mails the Mail page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxFilter {
    /// Only those in this state.
    pub state: Option<DeliveryState>,
    /// Older ones than this key.
    pub before: Option<i64>,
}

/// One mail, and what stands in its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailPage {
    /// The mail.
    pub mail: outbox::Model,
    /// The message to many that is held, and this mail with it: the workshop's
    /// part of the address, and the key.
    pub held: Option<(String, i64)>,
    /// Why it is not sent again, or was not: what it says is no longer so.
    pub outdated: Option<Outdated>,
}

/// The mail server takes nothing, by the newest tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailTrouble {
    /// It cannot be reached, or refuses.
    pub failure: MailFailure,
    /// Its words, or why it was not reached.
    pub words: String,
    /// When that was met last.
    pub at: DateTime<Utc>,
    /// When the next mail is tried; none when none waits.
    pub next_at: Option<DateTime<Utc>>,
}

/// Mails on one page of the list.
const PAGE: u64 = 50;

/// The newest tries that tell how the mail server is.
const TRIES: usize = 10;

/// Mails that were taken last, among which are the newest tries: some are in
/// hand, or were withheld.
const TAKEN: u64 = 30;

impl Services {
    /// Mails for the Mail page, newest first, and whether there are older ones.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn outbox(
        &self,
        actor: &Actor,
        filter: OutboxFilter,
    ) -> Result<(Vec<outbox::Model>, bool), Failure> {
        actor.require(Act::ReadMail)?;
        let mut find = outbox::Entity::find();
        if let Some(state) = filter.state {
            find = find.filter(outbox::Column::State.eq(Code(state)));
        }
        if let Some(before) = filter.before {
            find = find.filter(outbox::Column::Id.lt(before));
        }
        let mut rows = find
            .order_by_desc(outbox::Column::Id)
            .limit(PAGE + 1)
            .all(self.db.read())
            .await?;
        let more = rows.len() as u64 > PAGE;
        rows.truncate(PAGE as usize);
        Ok((rows, more))
    }

    /// How many mails are in each state, in the order of the list; states
    /// without mails are left out.
    ///
    /// # Errors
    /// As [`Services::outbox`].
    pub async fn outbox_counts(&self, actor: &Actor) -> Result<Vec<(DeliveryState, u32)>, Failure> {
        actor.require(Act::ReadMail)?;
        let counts: Vec<(Code<DeliveryState>, i64)> = outbox::Entity::find()
            .select_only()
            .column(outbox::Column::State)
            .column_as(Expr::col(outbox::Column::Id).count(), "number")
            .group_by(outbox::Column::State)
            .into_tuple()
            .all(self.db.read())
            .await?;
        let mut counts: Vec<(DeliveryState, u32)> = counts
            .into_iter()
            .map(|(state, number)| (*state, u32::try_from(number).unwrap_or(u32::MAX)))
            .collect();
        counts.sort_by_key(|(state, _)| *state);
        Ok(counts)
    }

    /// One mail whole, with what keeps it from leaving.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::outbox`].
    pub async fn outbox_mail(&self, actor: &Actor, id: i64) -> Result<MailPage, Failure> {
        actor.require(Act::ReadMail)?;
        let db = self.db.read();
        let mail = outbox::Entity::find_by_id(id)
            .one(db)
            .await?
            .ok_or(Failure::NotFound)?;
        let held = if DeliveryState::TO_LEAVE.contains(&mail.state) {
            held_with(db, &mail).await?
        } else {
            None
        };
        let settled = [DeliveryState::Failed, DeliveryState::Withheld];
        let outdated = if settled.contains(&mail.state) {
            why_not(db, &mail, self.clock.now()).await?
        } else {
            None
        };
        Ok(MailPage {
            mail,
            held,
            outdated,
        })
    }

    /// The messages to many that are held, and their mails with them.
    ///
    /// # Errors
    /// As [`Services::outbox`].
    pub async fn held_messages(&self, actor: &Actor) -> Result<HashSet<i64>, Failure> {
        actor.require(Act::ReadMail)?;
        let held: Vec<i64> = campaign::Entity::find()
            .select_only()
            .column(campaign::Column::Id)
            .filter(campaign::Column::PausedAt.is_not_null())
            .filter(campaign::Column::CancelledAt.is_null())
            .into_tuple()
            .all(self.db.read())
            .await?;
        Ok(held.into_iter().collect())
    }

    /// What is wrong with the mail server, by the newest tries; none when it
    /// took a mail last.
    ///
    /// # Errors
    /// As [`Services::outbox`].
    pub async fn mail_trouble(&self, actor: &Actor) -> Result<Option<MailTrouble>, Failure> {
        actor.require(Act::ReadMail)?;
        let db = self.db.read();
        let tried = [
            DeliveryState::Sent,
            DeliveryState::Retry,
            DeliveryState::Failed,
        ];
        // By the index of the times alone: asked for the states too, SQLite
        // goes by them, and sorts every mail that was ever sent.
        let taken: Vec<Try> = outbox::Entity::find()
            .select_only()
            .columns([
                outbox::Column::State,
                outbox::Column::Failure,
                outbox::Column::Error,
                outbox::Column::TakenAt,
            ])
            .filter(outbox::Column::TakenAt.is_not_null())
            .order_by_desc(outbox::Column::TakenAt)
            .order_by_desc(outbox::Column::Id)
            .limit(TAKEN)
            .into_tuple()
            .all(db)
            .await?;
        let tries = taken
            .into_iter()
            .filter(|(state, ..)| tried.contains(state));
        let tries: Vec<Try> = tries.take(TRIES).collect();
        let failures: Vec<Option<MailFailure>> = tries
            .iter()
            .map(|(_, failure, ..)| failure.map(|code| code.0))
            .collect();
        let (Some(failure), Some((_, _, words, Some(at)))) =
            (server_trouble(&failures), tries.into_iter().next())
        else {
            return Ok(None);
        };
        let waits = [DeliveryState::Queued, DeliveryState::Retry].map(Code);
        let next_at: Option<Option<DateTime<Utc>>> = outbox::Entity::find()
            .select_only()
            .column_as(outbox::Column::NextAt.min(), "next_at")
            .filter(outbox::Column::State.is_in(waits))
            .filter(not_held())
            .into_tuple()
            .one(db)
            .await?;
        Ok(Some(MailTrouble {
            failure,
            words: words.unwrap_or_default(),
            at,
            next_at: next_at.flatten(),
        }))
    }

    /// Whether mails only go into a folder, which the Mail page says.
    #[must_use]
    pub fn mail_stays_here(&self) -> bool {
        self.mailer.is_folder()
    }
}

/// A try: the state of the mail, whose matter its failure was, the server's
/// words, and when.
type Try = (
    Code<DeliveryState>,
    Option<Code<MailFailure>>,
    Option<String>,
    Option<DateTime<Utc>>,
);

/// The message to many with which a mail is held.
async fn held_with(
    db: &impl ConnectionTrait,
    mail: &outbox::Model,
) -> Result<Option<(String, i64)>, Failure> {
    let Some(id) = mail.campaign_id else {
        return Ok(None);
    };
    let held = campaign::Entity::find_by_id(id)
        .filter(campaign::Column::PausedAt.is_not_null())
        .filter(campaign::Column::CancelledAt.is_null())
        .one(db)
        .await?;
    let Some(held) = held else {
        return Ok(None);
    };
    let workshop = workshop::Entity::find_by_id(held.workshop_id)
        .one(db)
        .await?;
    Ok(workshop.map(|workshop| (workshop.slug, id)))
}
