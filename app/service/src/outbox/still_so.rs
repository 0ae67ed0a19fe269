//! Whether mails still say what is so: what failed yesterday may be wrong today.

use super::withheld::last_of_keys;
use crate::Failure;
use crate::entity::{
    Code, campaign, consent, invitation, outbox, registration, workshop, workshop_change,
};
use chrono::{DateTime, Utc};
use domain::{ChangeKind, DeliveryState, Purpose, RegistrationState, WorkshopState};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};

/// What stays so whatever becomes of the workshop: that something ended, what an
/// organiser wrote, and what was handed out.
const LASTING: [&str; 7] = [
    "cancelled",
    "dropped",
    "substituted",
    "declined",
    "lapsed",
    "message",
    "materials",
];

/// Mails that are still so, and those that are not.
pub(super) type Parted = (Vec<outbox::Model>, Vec<outbox::Model>);

/// What the mails speak of, as it is now.
struct World {
    called_off: HashSet<i64>,
    /// When the time or place of a workshop changed last.
    moved: HashMap<i64, DateTime<Utc>>,
    /// When that changed last, or the workshop was called off.
    changed: HashMap<i64, DateTime<Utc>>,
    /// Messages to many that were cancelled.
    cancelled: HashSet<i64>,
    registrations: HashMap<i64, registration::Model>,
    /// Registrations whose consent stands, with its purpose.
    agreed: HashSet<(i64, Purpose)>,
    /// Invitations that were withdrawn or declined.
    ended: HashSet<i64>,
    /// The last mail under each calendar key.
    last: HashMap<String, i64>,
    now: DateTime<Utc>,
}

/// Parts mails into those that still say what is so and the others: later ones
/// of the same key, workshops that were called off or moved since, seats,
/// requests and offers that are none any more, invitations that ended, and
/// materials that nobody wants any more. With `lock` the workshops are locked,
/// for a deed that relies on it.
pub(super) async fn part(
    db: &impl ConnectionTrait,
    mails: Vec<outbox::Model>,
    lock: bool,
    now: DateTime<Utc>,
) -> Result<Parted, Failure> {
    let world = World::of(db, &mails, lock, now).await?;
    Ok(mails.into_iter().partition(|mail| world.is_so(mail)))
}

/// Whether the person has stopped mails of this kind since it was written.
pub(super) async fn stopped(
    db: &impl ConnectionTrait,
    mail: &outbox::Model,
) -> Result<bool, Failure> {
    let (Some(_), Some(id)) = (&mail.unsubscribe, mail.registration_id) else {
        return Ok(false);
    };
    Ok(!agreed(db, vec![id]).await?.contains(&(id, stoppable(mail))))
}

/// What a mail is for that can be stopped by one click.
fn stoppable(mail: &outbox::Model) -> Purpose {
    if mail.campaign_id.is_some() {
        Purpose::Invitations
    } else {
        Purpose::Materials
    }
}

/// What becomes of a mail of a message to many that was held or cancelled after
/// a worker had looked for mail: it waits again, or is withheld.
pub(super) async fn held(
    db: &impl ConnectionTrait,
    mail: &outbox::Model,
) -> Result<Option<DeliveryState>, Failure> {
    let Some(id) = mail.campaign_id else {
        return Ok(None);
    };
    let row = campaign::Entity::find_by_id(id).one(db).await?;
    Ok(match row {
        Some(row) if row.cancelled_at.is_some() => Some(DeliveryState::Withheld),
        Some(row) if row.paused_at.is_some() => Some(DeliveryState::Queued),
        _ => None,
    })
}

async fn agreed(
    db: &impl ConnectionTrait,
    registrations: Vec<i64>,
) -> Result<HashSet<(i64, Purpose)>, Failure> {
    let rows: Vec<(i64, Code<Purpose>)> = consent::Entity::find()
        .select_only()
        .columns([consent::Column::RegistrationId, consent::Column::Purpose])
        .filter(consent::Column::RegistrationId.is_in(registrations))
        .filter(consent::Column::WithdrawnAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, purpose)| (id, *purpose))
        .collect())
}

/// When one of these last happened to each of the workshops.
async fn last_change(
    db: &impl ConnectionTrait,
    workshops: &HashSet<i64>,
    kinds: &[ChangeKind],
) -> Result<HashMap<i64, DateTime<Utc>>, Failure> {
    let rows: Vec<(i64, DateTime<Utc>)> = workshop_change::Entity::find()
        .select_only()
        .column(workshop_change::Column::WorkshopId)
        .column_as(workshop_change::Column::At.max(), "at")
        .filter(workshop_change::Column::WorkshopId.is_in(workshops.iter().copied()))
        .filter(workshop_change::Column::Kind.is_in(kinds.iter().copied().map(Code)))
        .group_by(workshop_change::Column::WorkshopId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

impl World {
    async fn of(
        db: &impl ConnectionTrait,
        mails: &[outbox::Model],
        lock: bool,
        now: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        let workshops: HashSet<i64> = mails.iter().filter_map(|mail| mail.workshop_id).collect();
        let mut find = workshop::Entity::find()
            .filter(workshop::Column::Id.is_in(workshops.clone()))
            .order_by_asc(workshop::Column::Id);
        if lock {
            find = find.lock_exclusive();
        }
        let rows = find.all(db).await?.into_iter();
        let called_off = rows.filter(|row| *row.state == WorkshopState::Cancelled);
        let called_off = called_off.map(|row| row.id).collect();
        let moved = last_change(db, &workshops, &[ChangeKind::Moved]).await?;
        let both = [ChangeKind::Moved, ChangeKind::Cancelled];
        let changed = last_change(db, &workshops, &both).await?;
        let campaigns: HashSet<i64> = mails.iter().filter_map(|mail| mail.campaign_id).collect();
        let cancelled: Vec<i64> = campaign::Entity::find()
            .select_only()
            .column(campaign::Column::Id)
            .filter(campaign::Column::Id.is_in(campaigns))
            .filter(campaign::Column::CancelledAt.is_not_null())
            .into_tuple()
            .all(db)
            .await?;
        let ids: HashSet<i64> = mails
            .iter()
            .filter_map(|mail| mail.registration_id)
            .collect();
        let invitations: HashSet<i64> = mails.iter().filter_map(invitation_of).collect();
        let ended: Vec<i64> = invitation::Entity::find()
            .select_only()
            .column(invitation::Column::Id)
            .filter(invitation::Column::Id.is_in(invitations))
            .filter(
                invitation::Column::WithdrawnAt
                    .is_not_null()
                    .or(invitation::Column::DeclinedAt.is_not_null()),
            )
            .into_tuple()
            .all(db)
            .await?;
        let registrations = registration::Entity::find()
            .filter(registration::Column::Id.is_in(ids.iter().copied()))
            .all(db)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        Ok(Self {
            called_off,
            moved,
            changed,
            cancelled: cancelled.into_iter().collect(),
            registrations,
            agreed: agreed(db, ids.into_iter().collect()).await?,
            ended: ended.into_iter().collect(),
            last: last_of_keys(db, mails).await?,
            now,
        })
    }

    fn is_so(&self, mail: &outbox::Model) -> bool {
        let key = mail.calendar_key.as_ref();
        if key.is_some_and(|key| self.last.get(key) != Some(&mail.id)) {
            return false;
        }
        let of_registration = mail.registration_id;
        if mail.unsubscribe.is_some()
            && of_registration.is_some_and(|id| !self.agreed.contains(&(id, stoppable(mail))))
        {
            return false;
        }
        if let Some(id) = mail.campaign_id {
            return self.is_campaign_so(mail, id);
        }
        let about = mail.purpose.split('-').next().unwrap_or_default();
        if LASTING.contains(&about) {
            return true;
        }
        let Some(workshop) = mail.workshop_id else {
            return true;
        };
        let moved_since = self
            .moved
            .get(&workshop)
            .is_some_and(|at| *at > mail.created_at);
        if self.called_off.contains(&workshop) || moved_since {
            return false;
        }
        if invitation_of(mail).is_some_and(|id| self.ended.contains(&id)) {
            return false;
        }
        let Some(id) = of_registration else {
            return true;
        };
        let Some(row) = self.registrations.get(&id) else {
            return false;
        };
        match about {
            "confirmation" | "nominated" | "added" => *row.state == RegistrationState::Booked,
            "requested" => *row.state == RegistrationState::Requested,
            "waitlisted" => *row.state == RegistrationState::Waitlisted,
            "offered" => {
                *row.state == RegistrationState::Offered
                    && row.offer_until.is_some_and(|until| until > self.now)
            }
            _ => !invites(mail) || *row.state == RegistrationState::Booked,
        }
    }
}

impl World {
    /// A message to many was not cancelled, and the workshop is as it says: it
    /// has not been moved or called off since. What invites to other workshops
    /// says nothing of this one.
    fn is_campaign_so(&self, mail: &outbox::Model, id: i64) -> bool {
        let of_this = mail.unsubscribe.is_none();
        let changed = mail.workshop_id.and_then(|id| self.changed.get(&id));
        let since = changed.is_some_and(|at| *at > mail.created_at);
        !(self.cancelled.contains(&id) || of_this && since)
    }
}

/// Whether a mail puts something into a calendar.
fn invites(mail: &outbox::Model) -> bool {
    let calendar = mail.calendar.as_ref();
    calendar.is_some_and(|calendar| calendar.contains("METHOD:REQUEST"))
}

/// The invitation of an establishment that a mail is about.
fn invitation_of(mail: &outbox::Model) -> Option<i64> {
    let key = mail.calendar_key.as_ref()?;
    key.strip_prefix("invitation:")?.parse().ok()
}
