//! Who fits what a message asks for, as a condition over registrations joined
//! with persons and establishments.

use crate::attendance::{came_to_any, came_to_session};
use crate::entity::{Code, consent, establishment, registration};
use crate::likeness::Roots;
use crate::people::{Flat, PersonRow, of_registration, ordered, select};
use crate::{Failure, PeopleQuery};
use domain::{Audience, CameTo, LikenessNoun, Purpose};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;

/// Whoever fits now, in the Vietnamese order of names.
pub(super) async fn fitting(
    db: &impl ConnectionTrait,
    workshop_id: i64,
    audience: &Audience,
) -> Result<Vec<PersonRow>, Failure> {
    // An establishment may have been merged since it was chosen.
    let establishment = match audience.establishment {
        None => None,
        Some(id) => Some(Roots::load(db, LikenessNoun::Establishment).await?.of(id)),
    };
    let find = select(workshop_id).filter(fits(audience, establishment));
    let rows = ordered(find, &PeopleQuery::default(), None)
        .into_model::<Flat>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(PersonRow::from).collect())
}

/// The name of the establishment that a message is for, if for one.
pub(super) async fn establishment_of(
    db: &impl ConnectionTrait,
    audience: &Audience,
) -> Result<Option<String>, Failure> {
    let Some(id) = audience.establishment else {
        return Ok(None);
    };
    let row = establishment::Entity::find_by_id(id).one(db).await?;
    Ok(row.map(|row| row.name))
}

/// Which registrations of a workshop agree to a purpose.
pub(super) async fn agreeing(
    db: &impl ConnectionTrait,
    workshop_id: i64,
    purpose: Purpose,
) -> Result<HashSet<i64>, Failure> {
    let rows: Vec<i64> = registration::Entity::find()
        .select_only()
        .column(registration::Column::Id)
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(agrees(purpose))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

fn fits(audience: &Audience, establishment: Option<i64>) -> Condition {
    let states = audience.states.iter().copied().map(Code);
    let mut which = Condition::all().add(registration::Column::State.is_in(states));
    let key = (registration::Entity, registration::Column::Id);
    which = match audience.came {
        CameTo::Whatever => which,
        CameTo::Some => which.add(came_to_any(key)),
        CameTo::None => which.add(came_to_any(key).not()),
        CameTo::Session(id) => which.add(came_to_session(key, id)),
        CameTo::NotSession(id) => which.add(came_to_session(key, id).not()),
    };
    if !audience.roles.is_empty() {
        let roles = audience.roles.iter().copied().map(Code);
        which = which.add(registration::Column::Role.is_in(roles));
    }
    if let Some(id) = establishment {
        which = which.add(registration::Column::EstablishmentId.eq(id));
    }
    if let Some(name) = &audience.locality {
        which = which.add(registration::Column::LocalityName.eq(name));
    }
    if let Some(purpose) = audience.consent {
        which = which.add(agrees(purpose));
    }
    if let Some(lang) = audience.lang {
        which = which.add(registration::Column::Lang.eq(Code(lang)));
    }
    which
}

/// Whether a consent stands.
fn agrees(purpose: Purpose) -> Expr {
    let column = |column| Expr::col((consent::Entity, column));
    let stands = Query::select()
        .expr(Expr::val(1))
        .from(consent::Entity)
        .and_where(of_registration((
            consent::Entity,
            consent::Column::RegistrationId,
        )))
        .and_where(column(consent::Column::Purpose).eq(Code(purpose)))
        .and_where(column(consent::Column::WithdrawnAt).is_null())
        .to_owned();
    Expr::exists(stands)
}
