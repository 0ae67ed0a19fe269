//! The organiser's list of people of one workshop.

use crate::checkin::like;
use crate::entity::{Code, checkin, establishment, person, registration, session};
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{Act, RegistrationState, fold, name_sort_key};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};

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

impl Services {
    /// The people of a workshop, in the Vietnamese order of names; waiting
    /// people in the order of their list. Filters by unaccented part of a name
    /// and by state.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn people(
        &self,
        actor: &Actor,
        slug: &str,
        typed: &str,
        state: Option<RegistrationState>,
    ) -> Result<Vec<PersonRow>, Failure> {
        let view = self.staff_workshop(actor, Act::ReadPeople, slug).await?;
        let mut find = registration::Entity::find()
            .find_also_related(person::Entity)
            .filter(registration::Column::WorkshopId.eq(view.row.id));
        if let Some(state) = state {
            find = find.filter(registration::Column::State.eq(Code(state)));
        }
        let folded = fold(typed);
        if !folded.is_empty() {
            find = find
                .filter(Expr::col((person::Entity, person::Column::Folded)).like(like(&folded)));
        }
        let rows = find.all(self.db.read()).await?;
        let places: std::collections::HashMap<i64, String> = establishment::Entity::find()
            .select_only()
            .columns([establishment::Column::Id, establishment::Column::Name])
            .filter(
                establishment::Column::Id.is_in(rows.iter().map(|(row, _)| row.establishment_id)),
            )
            .into_tuple()
            .all(self.db.read())
            .await?
            .into_iter()
            .collect();
        let came: Vec<(i64, DateTime<Utc>)> = checkin::Entity::find()
            .select_only()
            .columns([checkin::Column::RegistrationId, checkin::Column::At])
            .join(JoinType::InnerJoin, checkin::Relation::Session.def())
            .filter(session::Column::WorkshopId.eq(view.row.id))
            .filter(checkin::Column::UndoneAt.is_null())
            .into_tuple()
            .all(self.db.read())
            .await?;
        let came: std::collections::HashMap<i64, DateTime<Utc>> = came.into_iter().collect();
        let mut people: Vec<PersonRow> = rows
            .into_iter()
            .filter_map(|(registration, person)| {
                Some(PersonRow {
                    person: person?,
                    establishment: places
                        .get(&registration.establishment_id)
                        .cloned()
                        .unwrap_or_default(),
                    attended_at: came.get(&registration.id).copied(),
                    registration,
                })
            })
            .collect();
        if state == Some(RegistrationState::Waitlisted) {
            people.sort_by_key(|row| row.registration.id);
        } else {
            people.sort_by_cached_key(|row| name_sort_key(&row.person.full_name));
        }
        Ok(people)
    }
}
