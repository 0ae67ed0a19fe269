//! Who registers: a person and an establishment, known or new.

use crate::db::lock_key;
use crate::entity::{locality, person};
use crate::establishment::{find_locality, find_or_make};
use crate::{Failure, Tx};
use chrono::{DateTime, Utc};
use domain::{NewRegistration, Phone, fold};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

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
/// One person is the same folded name with the same phone; for somebody
/// without a phone, the same folded name at the same establishment. Colleagues
/// share phones and mailboxes, so neither alone makes two people one.
pub(crate) async fn recognise(
    tx: &Tx,
    new: &NewRegistration,
    now: DateTime<Utc>,
) -> Result<Delegate, Failure> {
    let locality = find_locality(&**tx, &new.locality).await?;
    let locality_id = locality.as_ref().map(|place| place.id);
    let establishment_id = find_or_make(tx, &new.establishment, locality_id, now).await?;
    let folded = &fold(&new.full_name);
    let phone = new.phone.as_ref().map(Phone::as_str);
    let person = match find(tx, folded, phone, establishment_id).await? {
        Some(known) => known,
        None => {
            lock_key(tx, &format!("person:{folded}")).await?;
            match find(tx, folded, phone, establishment_id).await? {
                Some(known) => known,
                None => make(tx, new, folded, establishment_id, now).await?,
            }
        }
    };
    Ok(Delegate {
        person,
        establishment_id,
        locality,
    })
}

async fn find(
    tx: &Tx,
    folded: &str,
    phone: Option<&str>,
    establishment_id: i64,
) -> Result<Option<person::Model>, Failure> {
    let same_name = person::Entity::find().filter(person::Column::Folded.eq(folded));
    let same = match phone {
        Some(phone) => same_name.filter(person::Column::Phone.eq(phone)),
        None => same_name.filter(person::Column::EstablishmentId.eq(establishment_id)),
    };
    Ok(same.order_by_asc(person::Column::Id).one(&**tx).await?)
}

async fn make(
    tx: &Tx,
    new: &NewRegistration,
    folded: &str,
    establishment_id: i64,
    now: DateTime<Utc>,
) -> Result<person::Model, Failure> {
    let made = person::ActiveModel {
        full_name: Set(new.full_name.clone()),
        folded: Set(folded.to_owned()),
        phone: Set(new.phone.as_ref().map(|phone| phone.as_str().to_owned())),
        email: Set(new.email.as_ref().map(|email| email.as_str().to_owned())),
        establishment_id: Set(establishment_id),
        is_demo: Set(false),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(made.insert(&**tx).await?)
}
