//! Who registers: a person and an establishment, known or new.

use crate::db::lock_names;
use crate::entity::{Code, locality, person, registration};
use crate::establishment::{find_locality, find_or_make};
use crate::likeness::{hold_person, kept_person, note_alike_persons, note_likenesses, show_again};
use crate::person::with_name;
use crate::{Failure, Tx};
use chrono::{DateTime, Utc};
use domain::{
    Email, Likeness, LikenessNoun, LikenessReason, NewRegistration, PersonTraits, Phone,
    RegistrationState, fold, person_likeness, same_name,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Set,
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

/// Recognises the person and the establishment, and makes those that are new,
/// by the rule of [`person_likeness`]. Somebody who may be another, but not
/// surely, is new, and noted to be judged by an organiser.
pub(crate) async fn recognise(
    tx: &Tx,
    new: &NewRegistration,
    now: DateTime<Utc>,
) -> Result<Delegate, Failure> {
    let locality = find_locality(&**tx, &new.locality).await?;
    let locality_id = locality.as_ref().map(|place| place.id);
    let establishment_id = find_or_make(tx, &new.establishment, locality_id, now).await?;
    let mut found = judge(tx, new, establishment_id).await?;
    if found.0.is_none() && lock_names(tx, &[], &[fold(&new.full_name)]).await? {
        found = judge(tx, new, establishment_id).await?;
    }
    let person = match found {
        (Some(known), _) => {
            let known = adopt_phone(tx, known, new.phone.as_ref()).await?;
            shown_again(tx, known, now).await?
        }
        (None, unsure) => {
            let made = make(tx, new, establishment_id, now).await?;
            let pairs = unsure.into_iter();
            let pairs: Vec<_> = pairs.map(|(id, reason)| (id, made.id, reason)).collect();
            note_likenesses(tx, LikenessNoun::Person, &pairs, now).await?;
            made
        }
    };
    Ok(Delegate {
        person,
        establishment_id,
        locality,
    })
}

/// Who surely is the one meant, and else who may be, each with the reason. Of
/// several who surely are, one with the same phone, then one with any; somebody
/// merged into another is that other.
async fn judge(
    tx: &Tx,
    new: &NewRegistration,
    establishment_id: i64,
) -> Result<(Option<person::Model>, Vec<(i64, LikenessReason)>), Failure> {
    let phone = new.phone.as_ref().map(Phone::as_str);
    let email = new.email.as_ref().map(Email::as_str);
    let meant = PersonTraits {
        full_name: &new.full_name,
        phone,
        email,
        establishment: establishment_id,
    };
    let mut which = Condition::any().add(person::Column::Folded.eq(fold(&new.full_name)));
    if let Some(phone) = phone {
        which = which.add(person::Column::Phone.eq(phone));
    }
    if let Some(email) = email {
        which = which.add(person::Column::Email.eq(email));
    }
    let candidates = person::Entity::find()
        .filter(which)
        .order_by_asc(person::Column::Id)
        .all(&**tx)
        .await?;
    let (mut same, mut unsure) = (Vec::new(), Vec::new());
    for known in candidates {
        let traits = PersonTraits {
            full_name: &known.full_name,
            phone: known.phone.as_deref(),
            email: known.email.as_deref(),
            establishment: known.establishment_id,
        };
        match person_likeness(meant, traits) {
            Likeness::Same => same.push(known),
            // Whoever was taken back is nobody to be compared with.
            Likeness::Unsure(_) if known.withdrawn_at.is_some() => {}
            Likeness::Unsure(reason) => {
                let kept = kept_person(&**tx, known).await?;
                unsure.push((kept.id, reason));
            }
            Likeness::Different => {}
        }
    }
    let rank = |known: &person::Model| (known.phone.as_deref() != phone, known.phone.is_none());
    match same.into_iter().min_by_key(rank) {
        Some(known) => Ok((Some(hold_person(tx, known.id).await?), Vec::new())),
        None => Ok((None, unsure)),
    }
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
        // Somebody whose registration stands was not taken back.
        Some(known) => Ok(Delegate {
            person: adopt_phone(tx, known, new.phone.as_ref()).await?,
            establishment_id,
            locality: None,
        }),
        None => recognise(tx, new, now).await,
    }
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

/// Somebody who was taken back with an import and is registered again.
async fn shown_again(
    tx: &Tx,
    known: person::Model,
    now: DateTime<Utc>,
) -> Result<person::Model, Failure> {
    if known.withdrawn_at.is_some() {
        show_again(tx, LikenessNoun::Person, &[known.id]).await?;
        note_alike_persons(tx, &[&known], now).await?;
    }
    Ok(known)
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
