//! Who stands on the list of calls of a change: those without a working
//! address when they were told, and those whose mail of it was refused since.

use super::contacts::{contact_key, invited_with_address};
use super::tell::purpose;
use crate::Failure;
use crate::Tx;
use crate::entity::{Code, call, outbox, teaching, workshop_change};
use chrono::{DateTime, Utc};
use domain::DeliveryState;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
};
use std::collections::{HashMap, HashSet};

/// Somebody to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Callee {
    /// A registrant, by the key of the registration.
    Registration(i64),
    /// A trainer of the register.
    Trainer(i64),
    /// The contact of an establishment that was invited, by the key of the
    /// invitation.
    Contact(i64),
}

impl Callee {
    /// How a form names one: `registration-7`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Registration(id) => format!("registration-{id}"),
            Self::Trainer(id) => format!("trainer-{id}"),
            Self::Contact(id) => format!("contact-{id}"),
        }
    }

    /// Reads what [`Callee::code`] wrote.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let (kind, id) = code.rsplit_once('-')?;
        let id = id.parse().ok()?;
        match kind {
            "registration" => Some(Self::Registration(id)),
            "trainer" => Some(Self::Trainer(id)),
            "contact" => Some(Self::Contact(id)),
            _ => None,
        }
    }

    /// The columns that say who it is.
    pub(super) fn columns(self) -> [Option<i64>; 3] {
        match self {
            Self::Registration(id) => [Some(id), None, None],
            Self::Trainer(id) => [None, Some(id), None],
            Self::Contact(id) => [None, None, Some(id)],
        }
    }

    pub(super) fn of(row: &call::Model) -> Option<Self> {
        let registration = row.registration_id.map(Self::Registration);
        let trainer = || row.trainer_id.map(Self::Trainer);
        let contact = || row.invitation_id.map(Self::Contact);
        registration.or_else(trainer).or_else(contact)
    }
}

/// Puts them on the list of a change.
pub(super) async fn put_on_list(tx: &Tx, change_id: i64, who: Vec<Callee>) -> Result<(), Failure> {
    let rows = who.into_iter().map(|callee| {
        let [registration_id, trainer_id, invitation_id] = callee.columns();
        call::ActiveModel {
            change_id: Set(change_id),
            registration_id: Set(registration_id),
            trainer_id: Set(trainer_id),
            invitation_id: Set(invitation_id),
            ..Default::default()
        }
    });
    let rows: Vec<call::ActiveModel> = rows.collect();
    // SQLite takes some thousand values a statement.
    for rows in rows.chunks(500) {
        call::Entity::insert_many(rows.to_vec()).exec(&**tx).await?;
    }
    Ok(())
}

/// Who is to be called of a change, and when they were reached.
pub(super) async fn listed(
    tx: &impl ConnectionTrait,
    change: &workshop_change::Model,
) -> Result<HashMap<Callee, Option<DateTime<Utc>>>, Failure> {
    let mut listed: HashMap<Callee, _> = refused(tx, change)
        .await?
        .into_iter()
        .map(|callee| (callee, None))
        .collect();
    let fixed = call::Entity::find()
        .filter(call::Column::ChangeId.eq(change.id))
        .all(tx)
        .await?;
    listed.extend(
        fixed
            .into_iter()
            .filter_map(|row| Some((Callee::of(&row)?, row.reached_at))),
    );
    Ok(listed)
}

/// Whose mail of a change was refused for good.
async fn refused(
    tx: &impl ConnectionTrait,
    change: &workshop_change::Model,
) -> Result<Vec<Callee>, Failure> {
    let purpose = purpose(*change.kind, change.version);
    let of_change = Condition::any()
        .add(outbox::Column::Purpose.eq(&purpose))
        .add(outbox::Column::Purpose.starts_with(format!("{purpose}-")));
    let failed: Vec<(Option<i64>, String)> = outbox::Entity::find()
        .select_only()
        .columns([outbox::Column::RegistrationId, outbox::Column::RecipientKey])
        .filter(outbox::Column::WorkshopId.eq(change.workshop_id))
        .filter(outbox::Column::State.eq(Code(DeliveryState::Failed)))
        .filter(of_change)
        .into_tuple()
        .all(tx)
        .await?;
    let (mut found, mut keys, mut teachings) = (Vec::new(), HashSet::new(), Vec::new());
    for (registration, key) in failed {
        let id = |kind: &str| key.strip_prefix(kind).and_then(|id| id.parse().ok());
        if let Some(id) = registration {
            found.push(Callee::Registration(id));
        } else if let Some(id) = id("trainer:") {
            found.push(Callee::Trainer(id));
        } else if let Some(id) = id("teaching:") {
            teachings.push(id);
        } else {
            keys.insert(key);
        }
    }
    if !teachings.is_empty() {
        let trainers: Vec<i64> = teaching::Entity::find()
            .select_only()
            .column(teaching::Column::TrainerId)
            .filter(teaching::Column::Id.is_in(teachings))
            .into_tuple()
            .all(tx)
            .await?;
        found.extend(trainers.into_iter().map(Callee::Trainer));
    }
    if !keys.is_empty() {
        let contacts = invited_with_address(tx, change.workshop_id).await?;
        let refused = contacts
            .into_iter()
            .filter(|(_, address)| keys.contains(&contact_key(change.workshop_id, address)));
        found.extend(refused.map(|(id, _)| Callee::Contact(id)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_called_is_named_by_forms() {
        for who in [
            Callee::Registration(7),
            Callee::Trainer(1),
            Callee::Contact(30),
        ] {
            assert_eq!(Callee::parse(&who.code()), Some(who));
        }
        for wrong in ["", "7", "trainer-", "trainer-x", "guest-1"] {
            assert_eq!(Callee::parse(wrong), None, "{wrong}");
        }
    }
}
