//! Whom a message reaches by mail, and who must be called.

use crate::Failure;
use crate::entity::{Code, outbox, registration, trainer};
use crate::workshop::trainers_of;
use chrono::{DateTime, Utc};
use domain::{DeliveryState, RegistrationState};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many people a message reaches, and how many must be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// By mail.
    pub mail: u32,
    /// By phone or Zalo: no address is known, or the last mail came back.
    pub call: u32,
}

impl Reach {
    /// All of them.
    #[must_use]
    pub fn all(self) -> u32 {
        self.mail + self.call
    }
}

/// How many people with a seat, and how many on the waiting list, have a
/// working address.
pub(super) async fn reach(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<(Reach, Reach), Failure> {
    let standing = [RegistrationState::Booked, RegistrationState::Waitlisted];
    let rows: Vec<(Code<RegistrationState>, Option<String>)> = registration::Entity::find()
        .select_only()
        .columns([registration::Column::State, registration::Column::Email])
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::State.is_in(standing.map(Code)))
        .into_tuple()
        .all(tx)
        .await?;
    let dead = dead_addresses(tx, workshop_id).await?;
    let (mut booked, mut waiting) = (Reach::default(), Reach::default());
    for (state, email) in rows {
        let counted = match *state {
            RegistrationState::Booked => &mut booked,
            _ => &mut waiting,
        };
        if email.is_some_and(|address| !dead.contains(&address)) {
            counted.mail += 1;
        } else {
            counted.call += 1;
        }
    }
    Ok((booked, waiting))
}

/// Which addresses of a workshop's people do not work: the last mail to them,
/// of those that were sent or given up, was refused for good.
pub(super) async fn dead_addresses(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<HashSet<String>, Failure> {
    let own = Query::select()
        .column(registration::Column::Email)
        .from(registration::Entity)
        .and_where(registration::Column::WorkshopId.eq(workshop_id))
        .and_where(registration::Column::Email.is_not_null())
        .to_owned();
    let failed = Query::select()
        .column(outbox::Column::ToAddress)
        .from(outbox::Entity)
        .and_where(outbox::Column::State.eq(Code(DeliveryState::Failed)))
        .to_owned();
    let settled = [DeliveryState::Sent, DeliveryState::Failed];
    // A mail that is settled was due last at the moment when it was settled.
    let mails: Vec<(String, Code<DeliveryState>, DateTime<Utc>, i64)> = outbox::Entity::find()
        .select_only()
        .columns([
            outbox::Column::ToAddress,
            outbox::Column::State,
            outbox::Column::NextAt,
            outbox::Column::Id,
        ])
        .filter(outbox::Column::State.is_in(settled.map(Code)))
        .filter(outbox::Column::ToAddress.in_subquery(failed))
        .filter(outbox::Column::ToAddress.in_subquery(own))
        .into_tuple()
        .all(tx)
        .await?;
    let mut last: HashMap<String, (DateTime<Utc>, i64, DeliveryState)> = HashMap::new();
    for (address, state, at, id) in mails {
        let kept = last.entry(address).or_insert((at, id, *state));
        if (kept.0, kept.1) < (at, id) {
            *kept = (at, id, *state);
        }
    }
    Ok(last
        .into_iter()
        .filter(|(_, (.., state))| *state == DeliveryState::Failed)
        .map(|(address, _)| address)
        .collect())
}

/// How many trainers of sessions have an address: who was asked and did not
/// decline, and who stands in the agenda.
pub(super) async fn trainers_to_tell(
    tx: &impl ConnectionTrait,
    sessions: &[i64],
) -> Result<u32, Failure> {
    let taught = trainers_of(tx, sessions).await?;
    let all: BTreeSet<i64> = taught.into_values().flatten().collect();
    let number = trainer::Entity::find()
        .filter(trainer::Column::Id.is_in(all))
        .filter(trainer::Column::Email.is_not_null())
        .count(tx)
        .await?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}
