//! Who registers: a person and an establishment, known or new.

use crate::db::lock_key;
use crate::entity::{Code, locality, person, registration};
use crate::establishment::{find_locality, find_or_make};
use crate::person::with_name;
use crate::{Failure, Tx};
use chrono::{DateTime, Utc};
use domain::{NewRegistration, Phone, RegistrationState, fold, same_name};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Set,
};

/// Who registers, from where.
pub(crate) struct Delegate {
    pub(crate) person: person::Model,
    /// The establishment named now; the person may have come from another one
    /// before.
    pub(crate) establishment_id: i64,
    /// The locality named now, if it is a known one.
    pub(crate) locality: Option<locality::Model>,
}

/// Recognises the person and the establishment, and makes those that are new.
///
/// One person is the same name with the same phone; for somebody without a
/// phone, the same name at the same establishment, now or when the phone was
/// not yet known. Colleagues share phones and mailboxes, so neither alone makes
/// two people one.
pub(crate) async fn recognise(
    tx: &Tx,
    new: &NewRegistration,
    now: DateTime<Utc>,
) -> Result<Delegate, Failure> {
    let locality = find_locality(&**tx, &new.locality).await?;
    let locality_id = locality.as_ref().map(|place| place.id);
    let establishment_id = find_or_make(tx, &new.establishment, locality_id, now).await?;
    let known = match &new.phone {
        Some(phone) => person::Column::Phone
            .eq(phone.as_str())
            .or(without_phone(establishment_id)),
        None => person::Column::EstablishmentId.eq(establishment_id),
    };
    let mut found = find(tx, new, known.clone()).await?;
    if found.is_none() && lock_key(tx, &format!("person:{}", fold(&new.full_name))).await? {
        found = find(tx, new, known).await?;
    }
    let person = match found {
        Some(known) => adopt_phone(tx, known, new.phone.as_ref()).await?,
        None => make(tx, new, establishment_id, now).await?,
    };
    Ok(Delegate {
        person,
        establishment_id,
        locality,
    })
}

/// As [`recognise`], for somebody at the door of a workshop: who is registered
/// for it from the establishment named now is the one meant, wherever that
/// person first came from.
pub(crate) async fn recognise_at_door(
    tx: &Tx,
    new: &NewRegistration,
    workshop_id: i64,
    now: DateTime<Utc>,
) -> Result<Delegate, Failure> {
    let establishment_id = find_or_make(tx, &new.establishment, None, now).await?;
    let here = registration::Entity::find()
        .select_only()
        .column(registration::Column::PersonId)
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::EstablishmentId.eq(establishment_id))
        .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
        .into_query();
    let registered = person::Column::Id.in_subquery(here);
    let registered = match &new.phone {
        Some(phone) => registered.and(
            person::Column::Phone
                .eq(phone.as_str())
                .or(person::Column::Phone.is_null()),
        ),
        None => registered,
    };
    match find(tx, new, registered).await? {
        Some(known) => Ok(Delegate {
            person: adopt_phone(tx, known, new.phone.as_ref()).await?,
            establishment_id,
            locality: None,
        }),
        None => recognise(tx, new, now).await,
    }
}

fn without_phone(establishment_id: i64) -> Expr {
    person::Column::EstablishmentId
        .eq(establishment_id)
        .and(person::Column::Phone.is_null())
}

/// The first of the people who has this name, as the domain judges names;
/// those with a phone before those without.
async fn find(
    tx: &Tx,
    new: &NewRegistration,
    known: Expr,
) -> Result<Option<person::Model>, Failure> {
    let found = person::Entity::find()
        .filter(person::Column::Folded.eq(fold(&new.full_name)))
        .filter(known)
        .order_by_asc(person::Column::Id)
        .all(&**tx)
        .await?;
    Ok(found
        .into_iter()
        .filter(|person| same_name(&person.full_name, &new.full_name))
        .min_by_key(|person| person.phone.is_none()))
}

/// Keeps the phone of somebody who gave none before.
async fn adopt_phone(
    tx: &Tx,
    known: person::Model,
    phone: Option<&Phone>,
) -> Result<person::Model, Failure> {
    let (None, Some(phone)) = (&known.phone, phone) else {
        return Ok(known);
    };
    let mut row = known.into_active_model();
    row.phone = Set(Some(phone.as_str().to_owned()));
    Ok(row.update(&**tx).await?)
}

async fn make(
    tx: &Tx,
    new: &NewRegistration,
    establishment_id: i64,
    now: DateTime<Utc>,
) -> Result<person::Model, Failure> {
    let made = person::ActiveModel {
        phone: Set(new.phone.as_ref().map(|phone| phone.as_str().to_owned())),
        email: Set(new.email.as_ref().map(|email| email.as_str().to_owned())),
        establishment_id: Set(establishment_id),
        is_demo: Set(false),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(with_name(made, &new.full_name).insert(&**tx).await?)
}
