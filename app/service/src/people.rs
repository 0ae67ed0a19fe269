//! The organiser's list of people of one workshop.

use crate::entity::{checkin, establishment, person, registration, session};
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, Coded, PeopleFilter, TicketCode, fold, name_sort_key};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use std::collections::HashMap;

/// One person of a workshop.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The registration.
    pub registration: registration::Model,
    /// The person.
    pub person: person::Model,
    /// The establishment's name.
    pub establishment: String,
    /// When first checked in to any session, if so.
    pub attended_at: Option<DateTime<Utc>>,
}

impl PersonRow {
    fn is_in(&self, part: PeopleFilter) -> bool {
        let row = &self.registration;
        part.holds(*row.source, *row.state, self.attended_at.is_some())
    }
}

/// The people of a workshop, as searched for.
#[derive(Clone, Debug)]
pub struct People {
    /// The workshop.
    pub view: WorkshopView,
    /// Registrations in all, found or not.
    pub all: usize,
    /// How many were found.
    pub found: usize,
    /// How many of those found are in each part.
    pub parts: Vec<(PeopleFilter, usize)>,
    /// Those found that are in the part asked for.
    pub rows: Vec<PersonRow>,
}

impl Services {
    /// The people of a workshop, in the Vietnamese order of names; waiting
    /// people in the order of their list. Searches for an unaccented part of a
    /// name or an establishment, or for a code, and shows one part of those
    /// found.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn people(
        &self,
        actor: &Actor,
        slug: &str,
        typed: &str,
        part: Option<PeopleFilter>,
    ) -> Result<People, Failure> {
        let view = self.staff_workshop(actor, Act::ReadPeople, slug).await?;
        let rows = registration::Entity::find()
            .find_also_related(person::Entity)
            .filter(registration::Column::WorkshopId.eq(view.row.id))
            .order_by_asc(registration::Column::Id)
            .all(self.db.read())
            .await?;
        let all = rows.len();
        let places = self.establishments_at(view.row.id).await?;
        let came = self.first_checkins(view.row.id).await?;
        let searched = Search::new(typed);
        let mut found: Vec<PersonRow> = Vec::new();
        for (registration, person) in rows {
            let person = person.ok_or(Failure::NotFound)?;
            let (name, folded) = places
                .get(&registration.establishment_id)
                .cloned()
                .unwrap_or_default();
            if searched.finds(&person.folded, &folded, &registration.code) {
                found.push(PersonRow {
                    person,
                    establishment: name,
                    attended_at: came.get(&registration.id).copied(),
                    registration,
                });
            }
        }
        let in_part = |part| found.iter().filter(|row| row.is_in(part)).count();
        let parts = PeopleFilter::ALL
            .iter()
            .map(|part| (*part, in_part(*part)))
            .collect();
        let number = found.len();
        let mut rows = found;
        rows.retain(|row| part.is_none_or(|part| row.is_in(part)));
        if part != Some(PeopleFilter::Waitlisted) {
            rows.sort_by_cached_key(|row| name_sort_key(&row.person.full_name));
        }
        Ok(People {
            view,
            all,
            found: number,
            parts,
            rows,
        })
    }

    /// Name and folded name of every establishment that people of a workshop
    /// come from.
    async fn establishments_at(
        &self,
        workshop_id: i64,
    ) -> Result<HashMap<i64, (String, String)>, Failure> {
        let rows: Vec<(i64, String, String)> = establishment::Entity::find()
            .select_only()
            .columns([
                establishment::Column::Id,
                establishment::Column::Name,
                establishment::Column::Folded,
            ])
            .filter(
                establishment::Column::Id.in_subquery(
                    sea_orm::sea_query::Query::select()
                        .column(registration::Column::EstablishmentId)
                        .from(registration::Entity)
                        .and_where(registration::Column::WorkshopId.eq(workshop_id))
                        .to_owned(),
                ),
            )
            .into_tuple()
            .all(self.db.read())
            .await?;
        let pairs = rows.into_iter();
        Ok(pairs.map(|(id, name, key)| (id, (name, key))).collect())
    }

    /// When each registration of a workshop was first checked in.
    async fn first_checkins(
        &self,
        workshop_id: i64,
    ) -> Result<HashMap<i64, DateTime<Utc>>, Failure> {
        let rows: Vec<(i64, DateTime<Utc>)> = checkin::Entity::find()
            .select_only()
            .columns([checkin::Column::RegistrationId, checkin::Column::At])
            .join(JoinType::InnerJoin, checkin::Relation::Session.def())
            .filter(session::Column::WorkshopId.eq(workshop_id))
            .filter(checkin::Column::UndoneAt.is_null())
            // Later ones come first, so that the first is what is kept.
            .order_by_desc(checkin::Column::At)
            .into_tuple()
            .all(self.db.read())
            .await?;
        Ok(rows.into_iter().collect())
    }
}

/// What was typed into the search.
struct Search {
    folded: String,
    code: Option<TicketCode>,
}

impl Search {
    fn new(typed: &str) -> Self {
        Self {
            folded: fold(typed),
            code: TicketCode::parse(typed),
        }
    }

    fn finds(&self, name: &str, establishment: &str, code: &str) -> bool {
        name.contains(&self.folded)
            || establishment.contains(&self.folded)
            || self
                .code
                .as_ref()
                .is_some_and(|typed| typed.as_str() == code)
    }
}
