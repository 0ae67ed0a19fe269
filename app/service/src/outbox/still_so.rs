//! Whether mails still say what is so: what failed yesterday may be wrong today.

use super::withheld::last_of_keys;
use crate::Failure;
use crate::entity::{
    Code, campaign, consent, invitation, outbox, registration, session, workshop, workshop_change,
};
use chrono::{DateTime, Utc};
use domain::{ChangeKind, Outdated, Purpose, RegistrationState, WorkshopState};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};

/// What stays so whatever becomes of the workshop: that something ended, what an
/// organiser wrote, and what was handed out.
pub(super) const LASTING: [&str; 7] = [
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
    /// When the last session of a workshop ends.
    ends: HashMap<i64, DateTime<Utc>>,
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
/// of the same key, workshops that were called off, moved or held since, seats,
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
    let is_so = |mail: &outbox::Model| world.why_not(mail).is_none();
    Ok(mails.into_iter().partition(is_so))
}

/// Why a mail says what is no longer so, where that can be told.
pub(super) async fn why_not(
    db: &impl ConnectionTrait,
    mail: &outbox::Model,
    now: DateTime<Utc>,
) -> Result<Option<Outdated>, Failure> {
    let world = World::of(db, std::slice::from_ref(mail), false, now).await?;
    Ok(world.why_not(mail))
}

/// What a mail is for that can be stopped by one click.
pub(super) fn stoppable(mail: &outbox::Model) -> Purpose {
    if mail.campaign_id.is_some() {
        Purpose::Invitations
    } else {
        Purpose::Materials
    }
}

/// Which consents of these registrations stand.
pub(super) async fn agreed(
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

/// When the last session of each of the workshops ends.
pub(super) async fn last_ends(
    db: &impl ConnectionTrait,
    workshops: &HashSet<i64>,
) -> Result<HashMap<i64, DateTime<Utc>>, Failure> {
    let rows: Vec<(i64, DateTime<Utc>)> = session::Entity::find()
        .select_only()
        .column(session::Column::WorkshopId)
        .column_as(session::Column::EndsAt.max(), "ends_at")
        .filter(session::Column::WorkshopId.is_in(workshops.iter().copied()))
        .group_by(session::Column::WorkshopId)
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
        let ends = last_ends(db, &workshops).await?;
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
            ends,
            cancelled: cancelled.into_iter().collect(),
            registrations,
            agreed: agreed(db, ids.into_iter().collect()).await?,
            ended: ended.into_iter().collect(),
            last: last_of_keys(db, mails).await?,
            now,
        })
    }

    fn why_not(&self, mail: &outbox::Model) -> Option<Outdated> {
        let key = mail.calendar_key.as_ref();
        let replaced = key.is_some_and(|key| self.last.get(key) != Some(&mail.id));
        self.what_changed(mail)
            .or_else(|| replaced.then_some(Outdated::Replaced))
    }

    fn what_changed(&self, mail: &outbox::Model) -> Option<Outdated> {
        let of_registration = mail.registration_id;
        if mail.unsubscribe.is_some()
            && of_registration.is_some_and(|id| !self.agreed.contains(&(id, stoppable(mail))))
        {
            return Some(Outdated::Stopped);
        }
        if let Some(id) = mail.campaign_id {
            return self.why_not_campaign(mail, id);
        }
        let about = about(mail);
        if LASTING.contains(&about) {
            return None;
        }
        let workshop = mail.workshop_id?;
        if self.called_off.contains(&workshop) {
            return Some(Outdated::CalledOff);
        }
        if since(&self.moved, workshop, mail) {
            return Some(Outdated::Moved);
        }
        if held_since(&self.ends, mail, self.now) {
            return Some(Outdated::Ended);
        }
        if invitation_of(mail).is_some_and(|id| self.ended.contains(&id)) {
            return Some(Outdated::Invitation);
        }
        let id = of_registration?;
        let stands = self.registrations.get(&id).is_some_and(|row| match about {
            "confirmation" | "nominated" | "added" => *row.state == RegistrationState::Booked,
            "requested" => *row.state == RegistrationState::Requested,
            "waitlisted" => *row.state == RegistrationState::Waitlisted,
            "offered" => {
                *row.state == RegistrationState::Offered
                    && row.offer_until.is_some_and(|until| until > self.now)
            }
            _ => !invites(mail) || *row.state == RegistrationState::Booked,
        });
        (!stands).then_some(Outdated::Registration)
    }

    /// A message to many was not cancelled, and the workshop is as it says: it
    /// has not been moved, called off or held since. What invites to other
    /// workshops says nothing of this one.
    fn why_not_campaign(&self, mail: &outbox::Model, id: i64) -> Option<Outdated> {
        if self.cancelled.contains(&id) {
            return Some(Outdated::MessageCancelled);
        }
        let of_this = mail.workshop_id.filter(|_| mail.unsubscribe.is_none())?;
        if since(&self.changed, of_this, mail) {
            let called_off = self.called_off.contains(&of_this);
            return Some(if called_off {
                Outdated::CalledOff
            } else {
                Outdated::Moved
            });
        }
        held_since(&self.ends, mail, self.now).then_some(Outdated::Ended)
    }
}

/// The first word of what a mail is for.
pub(super) fn about(mail: &outbox::Model) -> &str {
    mail.purpose.split('-').next().unwrap_or_default()
}

/// Whether the workshop was still to end when a mail was written, and has ended
/// by now. What is written later knows that.
pub(super) fn held_since(
    ends: &HashMap<i64, DateTime<Utc>>,
    mail: &outbox::Model,
    now: DateTime<Utc>,
) -> bool {
    let end = mail.workshop_id.and_then(|id| ends.get(&id));
    end.is_some_and(|end| mail.created_at < *end && *end <= now)
}

/// Whether this happened to a workshop after a mail was written.
fn since(happened: &HashMap<i64, DateTime<Utc>>, workshop: i64, mail: &outbox::Model) -> bool {
    let at = happened.get(&workshop);
    at.is_some_and(|at| *at > mail.created_at)
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
