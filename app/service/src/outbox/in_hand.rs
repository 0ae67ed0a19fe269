//! What a worker looks at once more before it hands a mail over: much may have
//! happened while it waited.

use super::still_so::{LASTING, about, agreed, held_since, last_ends, stoppable};
use crate::Failure;
use crate::entity::{campaign, outbox};
use chrono::{DateTime, Utc};
use domain::DeliveryState;
use sea_orm::{ConnectionTrait, EntityTrait};
use std::collections::HashSet;

/// Whether a mail speaks of a workshop to come that has ended since.
pub(super) async fn ended_since(
    db: &impl ConnectionTrait,
    mail: &outbox::Model,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    let lasts = match mail.campaign_id {
        Some(_) => mail.unsubscribe.is_some(),
        None => LASTING.contains(&about(mail)),
    };
    let Some(workshop) = mail.workshop_id.filter(|_| !lasts) else {
        return Ok(false);
    };
    let ends = last_ends(db, &HashSet::from([workshop])).await?;
    Ok(held_since(&ends, mail, now))
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
