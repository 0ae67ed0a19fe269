//! Whom a message reaches by mail, and who must be called.

use crate::Failure;
use crate::entity::{Code, registration, trainer};
use crate::reachable::{address_fails, address_of_trainer_fails};
use crate::workshop::trainers_of;
use domain::RegistrationState;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeSet, HashSet};

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

/// How many people with a seat, and how many who wait for one or for an answer,
/// have a working address.
pub(super) async fn reach(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<(Reach, Reach), Failure> {
    let rows: Vec<(Code<RegistrationState>, Option<String>)> = registration::Entity::find()
        .select_only()
        .columns([registration::Column::State, registration::Column::Email])
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
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

/// Which addresses of a workshop's people do not work.
pub(super) async fn dead_addresses(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<HashSet<String>, Failure> {
    let dead: Vec<String> = registration::Entity::find()
        .select_only()
        .column(registration::Column::Email)
        .distinct()
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::Email.is_not_null())
        .filter(address_fails())
        .into_tuple()
        .all(tx)
        .await?;
    Ok(dead.into_iter().collect())
}

/// The trainers of sessions – who was asked and did not decline, and who stands
/// in the agenda – and those of them whom no mail reaches.
pub(super) async fn trainers_to_tell(
    tx: &impl ConnectionTrait,
    sessions: &[i64],
) -> Result<(Reach, Vec<i64>), Failure> {
    let taught = trainers_of(tx, sessions).await?;
    let all: BTreeSet<i64> = taught.into_values().flatten().collect();
    let written: BTreeSet<i64> = trainer::Entity::find()
        .select_only()
        .column(trainer::Column::Id)
        .filter(trainer::Column::Id.is_in(all.iter().copied()))
        .filter(trainer::Column::Email.is_not_null())
        .filter(address_of_trainer_fails().not())
        .into_tuple()
        .all(tx)
        .await?
        .into_iter()
        .collect();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let called: Vec<i64> = all.difference(&written).copied().collect();
    let reach = Reach {
        mail: number(written.len()),
        call: number(called.len()),
    };
    Ok((reach, called))
}
