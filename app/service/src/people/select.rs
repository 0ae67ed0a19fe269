//! What is read of the people of a workshop.

use super::which::{came, consent_pending, exact, named, of_registration};
use super::{PeopleQuery, PersonRow};
use crate::entity::{Code, checkin, establishment, person, registration, session, signature};
use crate::reachable::{address_fails, phone_fails, phone_of};
use chrono::{DateTime, Utc};
use domain::{DelegateRole, Lang, PeopleFilter, RegistrationSource, RegistrationState, Sought};
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, Func, Query};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, Select,
};

/// A [`PersonRow`] as it comes from the database.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Flat {
    id: i64,
    person_id: i64,
    full_name: String,
    lang: Code<Lang>,
    phone: Option<String>,
    phone_fails: bool,
    email: Option<String>,
    mail_fails: bool,
    establishment: String,
    locality: String,
    role: Code<DelegateRole>,
    state: Code<RegistrationState>,
    source: Code<RegistrationSource>,
    code: String,
    party_id: Option<i64>,
    invitation_id: Option<i64>,
    created_at: DateTime<Utc>,
    offer_until: Option<DateTime<Utc>>,
    attended_at: Option<DateTime<Utc>>,
    consent_pending: bool,
}

impl From<Flat> for PersonRow {
    fn from(row: Flat) -> Self {
        Self {
            id: row.id,
            person_id: row.person_id,
            full_name: row.full_name,
            lang: *row.lang,
            phone: row.phone,
            phone_fails: row.phone_fails,
            phone_shared: 0,
            email: row.email,
            mail_fails: row.mail_fails,
            establishment: row.establishment,
            locality: row.locality,
            role: *row.role,
            state: *row.state,
            source: *row.source,
            code: row.code,
            party_id: row.party_id,
            invitation_id: row.invitation_id,
            via: None,
            created_at: row.created_at,
            offer_until: row.offer_until,
            attended_at: row.attended_at,
            consent_pending: row.consent_pending,
        }
    }
}

/// How many there are of a source and a state, come or not.
pub(super) type Counted = (Code<RegistrationSource>, Code<RegistrationState>, bool, i64);

fn of_workshop(workshop_id: i64) -> Select<registration::Entity> {
    registration::Entity::find()
        .select_only()
        .filter(registration::Column::WorkshopId.eq(workshop_id))
}

fn with_person(find: Select<registration::Entity>) -> Select<registration::Entity> {
    find.join(JoinType::InnerJoin, registration::Relation::Person.def())
}

fn joined(workshop_id: i64) -> Select<registration::Entity> {
    with_person(of_workshop(workshop_id)).join(
        JoinType::InnerJoin,
        registration::Relation::Establishment.def(),
    )
}

/// Counts by source, state, and whether they came. Whose names and contacts
/// nobody asks about are counted by their registrations alone, which is half
/// of the work in a workshop of thousands.
pub(super) fn counted(workshop_id: i64, query: &PeopleQuery) -> Select<registration::Entity> {
    let name = || Alias::new("has_come");
    let find = if query.asks_who() {
        joined(workshop_id)
    } else {
        of_workshop(workshop_id)
    };
    find.column(registration::Column::Source)
        .column(registration::Column::State)
        .expr_as(came(), "has_come")
        .expr_as(
            Expr::col((registration::Entity, registration::Column::Id)).count(),
            "number",
        )
        .group_by(registration::Column::Source)
        .group_by(registration::Column::State)
        .group_by(Expr::col(name()))
}

/// The keys of a workshop's people, with what they are ordered by.
pub(super) fn keys(workshop_id: i64, query: &PeopleQuery) -> Select<registration::Entity> {
    let find = if query.asks_who() {
        joined(workshop_id)
    } else {
        with_person(of_workshop(workshop_id))
    };
    find.column(registration::Column::Id)
}

/// The rows of a workshop's people, for [`Flat`].
pub(crate) fn select(workshop_id: i64) -> Select<registration::Entity> {
    // A signature says no time but its session.
    let signed = Query::select()
        .expr(Expr::col((session::Entity, session::Column::StartsAt)).min())
        .from(signature::Entity)
        .inner_join(
            session::Entity,
            Expr::col((session::Entity, session::Column::Id))
                .equals((signature::Entity, signature::Column::SessionId)),
        )
        .and_where(of_registration((
            signature::Entity,
            signature::Column::RegistrationId,
        )))
        .and_where(Expr::col((signature::Entity, signature::Column::UndoneAt)).is_null())
        .to_owned();
    let first = Query::select()
        .expr(Expr::col((checkin::Entity, checkin::Column::At)).min())
        .from(checkin::Entity)
        .and_where(of_registration((
            checkin::Entity,
            checkin::Column::RegistrationId,
        )))
        .and_where(Expr::col((checkin::Entity, checkin::Column::UndoneAt)).is_null())
        .to_owned();
    let came_at = [first, signed].map(|query| Expr::SubQuery(None, Box::new(query.into())));
    joined(workshop_id)
        .columns([
            registration::Column::Id,
            registration::Column::PersonId,
            registration::Column::Lang,
            registration::Column::Email,
            registration::Column::Role,
            registration::Column::State,
            registration::Column::Source,
            registration::Column::Code,
            registration::Column::PartyId,
            registration::Column::InvitationId,
            registration::Column::CreatedAt,
            registration::Column::OfferUntil,
        ])
        .column_as(registration::Column::LocalityName, "locality")
        .column(person::Column::FullName)
        .expr_as(phone_of(), "phone")
        .column_as(establishment::Column::Name, "establishment")
        .expr_as(Func::coalesce(came_at), "attended_at")
        .expr_as(address_fails(), "mail_fails")
        .expr_as(phone_fails(), "phone_fails")
        .expr_as(consent_pending(), "consent_pending")
}

/// In the order of the list; all, or a number of rows after as many others.
pub(crate) fn ordered(
    find: Select<registration::Entity>,
    query: &PeopleQuery,
    range: Option<(u64, u64)>,
) -> Select<registration::Entity> {
    let mut find = find;
    if query.part != Some(PeopleFilter::Waitlisted) {
        let sought = Sought::new(&query.typed);
        if !sought.is_empty() {
            let rank = CaseStatement::new()
                .case(exact(&sought), 0)
                .case(named(&sought), 1)
                .finally(2);
            find = find.order_by_asc(Expr::Case(Box::new(rank)));
        }
        find = find.order_by_asc(person::Column::SortKey);
    }
    find = find.order_by_asc(registration::Column::Id);
    match range {
        Some((after, number)) => find.offset(after).limit(number),
        None => find,
    }
}
