//! Who registers: a person and an establishment, known or new.

use crate::db::lock_names;
use crate::entity::{Code, locality, person, registration};
use crate::establishment::{find_locality, find_or_make, known_by_name};
use crate::likeness::{hold_person, kept_person, note_alike_persons, note_likenesses, show_again};
use crate::person::with_name;
use crate::{Actor, Failure, Tx};
use chrono::{DateTime, Utc};
use domain::{
    ContactBy, Email, Likeness, LikenessNoun, LikenessReason, NewRegistration, PersonTraits, Phone,
    RegistrationState, fills_contact, fold, person_likeness, same_name, telling_phone,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set,
};
use std::collections::{HashMap, HashSet};

/// Values in one statement.
const AT_ONCE: usize = 500;

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
/// surely, is new, and noted to be judged by an organiser. `by` says whose word
/// the phone is ([`fills_contact`]).
pub(crate) async fn recognise(
    tx: &Tx,
    new: &NewRegistration,
    by: ContactBy,
    now: DateTime<Utc>,
) -> Result<Delegate, Failure> {
    recognise_but(tx, new, None, by, now).await
}

/// Whose word is what an actor types of somebody: who has no account may be
/// anybody, but for devices at the door.
pub(crate) fn word_of(actor: &Actor) -> ContactBy {
    match actor {
        Actor::Anonymous => ContactBy::Establishment,
        _ => ContactBy::Organizer,
    }
}

/// As [`recognise`], for somebody who stands at the door of a workshop and is
/// none of those registered for it, and who says the phone there.
pub(crate) async fn recognise_another(
    tx: &Tx,
    new: &NewRegistration,
    workshop_id: i64,
    now: DateTime<Utc>,
) -> Result<Delegate, Failure> {
    recognise_but(tx, new, Some(workshop_id), ContactBy::Organizer, now).await
}

async fn recognise_but(
    tx: &Tx,
    new: &NewRegistration,
    but: Option<i64>,
    by: ContactBy,
    now: DateTime<Utc>,
) -> Result<Delegate, Failure> {
    let locality = find_locality(&**tx, &new.locality).await?;
    let locality_id = locality.as_ref().map(|place| place.id);
    let establishment_id = find_or_make(tx, &new.establishment, locality_id, now).await?;
    let mut found = judge(tx, new, establishment_id, but).await?;
    if found.0.is_none() && lock_names(tx, &[], &[fold(&new.full_name)]).await? {
        found = judge(tx, new, establishment_id, but).await?;
    }
    let person = match found {
        (Some(known), _) => {
            let known = adopt_phone(tx, known, new.phone.as_ref(), by).await?;
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
/// merged into another is that other. `but`: nobody registered for this
/// workshop is meant, though they may be.
async fn judge(
    tx: &Tx,
    new: &NewRegistration,
    establishment_id: i64,
    but: Option<i64>,
) -> Result<(Option<person::Model>, Vec<(i64, LikenessReason)>), Failure> {
    let phone = new.phone.as_ref().map(Phone::as_str);
    let not_meant = match but {
        Some(workshop_id) => persons_at(tx, workshop_id).await?,
        None => HashSet::new(),
    };
    let meant = meant(new, establishment_id);
    let (mut same, mut unsure) = (Vec::new(), Vec::new());
    let candidates = candidates(&**tx, new).await?;
    let given = given_phones(&**tx, candidates.iter()).await?;
    for known in candidates {
        let given = given.get(&known.id).map_or(&[][..], Vec::as_slice);
        let likeness = person_likeness(
            meant,
            PersonTraits {
                phone: telling_phone(known.phone.as_deref(), given, phone),
                ..traits(&known)
            },
        );
        if but.is_some() {
            let root = kept_person(&**tx, known.clone()).await?.id;
            if not_meant.contains(&root) {
                // Somebody at the door said so; an organiser looks once more.
                let same_place = known.establishment_id == establishment_id;
                let reason = likeness.to_be_judged(same_place);
                unsure.extend(reason.map(|reason| (root, reason)));
                continue;
            }
        }
        match likeness {
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

/// The phones given with registrations of those who have none on file, by person.
pub(crate) async fn given_phones(
    tx: &impl ConnectionTrait,
    persons: impl Iterator<Item = &person::Model>,
) -> Result<HashMap<i64, Vec<String>>, Failure> {
    let silent = persons.filter(|person| person.phone.is_none());
    let silent: Vec<i64> = silent.map(|person| person.id).collect();
    let mut given: HashMap<i64, Vec<String>> = HashMap::new();
    for ids in silent.chunks(AT_ONCE) {
        let rows: Vec<(i64, String)> = registration::Entity::find()
            .select_only()
            .columns([registration::Column::PersonId, registration::Column::Phone])
            .filter(registration::Column::PersonId.is_in(ids.iter().copied()))
            .filter(registration::Column::Phone.is_not_null())
            .order_by_asc(registration::Column::Id)
            .into_tuple()
            .all(tx)
            .await?;
        for (person, phone) in rows {
            given.entry(person).or_default().push(phone);
        }
    }
    Ok(given)
}

fn meant(new: &NewRegistration, establishment: i64) -> PersonTraits<'_> {
    PersonTraits {
        full_name: &new.full_name,
        phone: new.phone.as_ref().map(Phone::as_str),
        email: new.email.as_ref().map(Email::as_str),
        establishment,
    }
}

fn traits(known: &person::Model) -> PersonTraits<'_> {
    PersonTraits {
        full_name: &known.full_name,
        phone: known.phone.as_deref(),
        email: known.email.as_deref(),
        establishment: known.establishment_id,
    }
}

/// Whoever has a name or a contact of somebody's, the oldest first.
async fn candidates(
    tx: &impl ConnectionTrait,
    new: &NewRegistration,
) -> Result<Vec<person::Model>, Failure> {
    let mut which = Condition::any().add(person::Column::Folded.eq(fold(&new.full_name)));
    if let Some(phone) = &new.phone {
        which = which.add(person::Column::Phone.eq(phone.as_str()));
    }
    if let Some(email) = &new.email {
        which = which.add(person::Column::Email.eq(email.as_str()));
    }
    Ok(person::Entity::find()
        .filter(which)
        .order_by_asc(person::Column::Id)
        .all(tx)
        .await?)
}

/// Who is registered for a workshop and may be somebody who stands at its door
/// without a code: whoever [`person_likeness`] does not tell apart, and whoever
/// has the name, from wherever. Writes nothing.
pub(crate) async fn likely_registered(
    tx: &impl ConnectionTrait,
    new: &NewRegistration,
    workshop_id: i64,
) -> Result<Vec<(registration::Model, Option<person::Model>)>, Failure> {
    // No establishment has this key.
    let place = known_by_name(tx, &new.establishment).await?.unwrap_or(0);
    let meant = meant(new, place);
    let mut persons = Vec::new();
    for known in candidates(tx, new).await? {
        let likely = same_name(&known.full_name, &new.full_name)
            || person_likeness(meant, traits(&known)) != Likeness::Different;
        if likely {
            persons.push(kept_person(tx, known).await?.id);
        }
    }
    Ok(registration::Entity::find()
        .find_also_related(person::Entity)
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::PersonId.is_in(persons))
        .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
        .order_by_asc(registration::Column::Id)
        .all(tx)
        .await?)
}

/// The persons registered for a workshop.
async fn persons_at(tx: &Tx, workshop_id: i64) -> Result<HashSet<i64>, Failure> {
    let persons: Vec<i64> = registration::Entity::find()
        .select_only()
        .column(registration::Column::PersonId)
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
        .into_tuple()
        .all(&**tx)
        .await?;
    Ok(persons.into_iter().collect())
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
            person: adopt_phone(tx, known, new.phone.as_ref(), ContactBy::Organizer).await?,
            establishment_id,
            locality: None,
        }),
        None => recognise(tx, new, ContactBy::Organizer, now).await,
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

/// Keeps the phone of somebody who gave none before, where it is somebody's to
/// give.
async fn adopt_phone(
    tx: &Tx,
    known: person::Model,
    phone: Option<&Phone>,
    by: ContactBy,
) -> Result<person::Model, Failure> {
    let (None, Some(phone)) = (&known.phone, phone) else {
        return Ok(known);
    };
    if !fills_contact(by) {
        return Ok(known);
    }
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
