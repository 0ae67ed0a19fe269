//! The door screen, and finding people at it.

use super::by::Checkers;
use super::{DoorPerson, DoorView};
use crate::entity::{Code, checkin, consent, establishment, person, registration, session};
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    Act, ChosenSession, Purpose, RegistrationState, TicketCode, fold, name_sort_key, normalise,
    session_chosen,
};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QuerySelect,
};

impl Services {
    /// The door screen of a workshop: the session that runs, else the next,
    /// else the last.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::SignInNeeded`], [`Failure::Forbidden`].
    pub async fn door(&self, actor: &Actor, slug: &str) -> Result<DoorView, Failure> {
        self.door_at(actor, slug, None).await
    }

    /// The door screen at a session that was chosen, as long as the choice
    /// holds; one that is none of the workshop is no choice.
    ///
    /// # Errors
    /// As [`Services::door`].
    pub async fn door_at(
        &self,
        actor: &Actor,
        slug: &str,
        chosen: Option<ChosenSession>,
    ) -> Result<DoorView, Failure> {
        let workshop = self.staff_workshop(actor, Act::CheckIn, slug).await?;
        let stands = workshop.session_at(self.clock.now());
        let stands = stands.ok_or(Failure::NotFound)?;
        let wanted = session_chosen(stands.id, chosen);
        let mut sessions = workshop.sessions.iter();
        let session = sessions.find(|session| session.id == wanted);
        let session = session.unwrap_or(stands).clone();
        let chosen = chosen.filter(|chosen| chosen.session == session.id);
        self.view_door(workshop, session, chosen).await
    }

    /// The door screen at one session, whichever stands.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a session of another workshop; as
    /// [`Services::door`].
    pub async fn door_of_session(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
    ) -> Result<DoorView, Failure> {
        let workshop = self.staff_workshop(actor, Act::CheckIn, slug).await?;
        let mut sessions = workshop.sessions.iter();
        let session = sessions.find(|session| session.id == session_id);
        let session = session.ok_or(Failure::NotFound)?.clone();
        self.view_door(workshop, session, None).await
    }

    async fn view_door(
        &self,
        workshop: WorkshopView,
        session: session::Model,
        chosen: Option<ChosenSession>,
    ) -> Result<DoorView, Failure> {
        let expected = registration::Entity::find()
            .filter(registration::Column::WorkshopId.eq(workshop.row.id))
            .filter(registration::Column::State.eq(Code(RegistrationState::Booked)))
            .count(self.db.read())
            .await?;
        // Somebody who was merged may have come under two registrations.
        let arrived = registration::Entity::find()
            .select_only()
            .column(registration::Column::PersonId)
            .distinct()
            .join_rev(
                JoinType::InnerJoin,
                checkin::Entity::belongs_to(registration::Entity)
                    .from(checkin::Column::RegistrationId)
                    .to(registration::Column::Id)
                    .into(),
            )
            .filter(checkin::Column::SessionId.eq(session.id))
            .filter(checkin::Column::UndoneAt.is_null())
            .count(self.db.read())
            .await?;
        Ok(DoorView {
            workshop,
            session,
            chosen,
            expected,
            arrived,
        })
    }

    /// Finds people of a workshop by code or by unaccented part of a name;
    /// names whose accents match too come first. At most 20.
    ///
    /// # Errors
    /// As [`Services::door`].
    pub async fn find_at_door(
        &self,
        actor: &Actor,
        slug: &str,
        typed: &str,
    ) -> Result<Vec<DoorPerson>, Failure> {
        self.find_at_session(actor, slug, None, typed).await
    }

    /// As [`Services::find_at_door`], at a session that was chosen.
    ///
    /// # Errors
    /// As [`Services::door`].
    pub async fn find_at_session(
        &self,
        actor: &Actor,
        slug: &str,
        chosen: Option<ChosenSession>,
        typed: &str,
    ) -> Result<Vec<DoorPerson>, Failure> {
        let door = self.door_at(actor, slug, chosen).await?;
        let folded = fold(typed);
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        let code = TicketCode::parse(typed);
        let mut which = Expr::col((person::Entity, person::Column::Folded)).like(like(&folded));
        if let Some(code) = &code {
            which = which.or(
                Expr::col((registration::Entity, registration::Column::Code)).eq(code.as_str()),
            );
        }
        let rows = registration::Entity::find()
            .find_also_related(person::Entity)
            .filter(registration::Column::WorkshopId.eq(door.workshop.row.id))
            .filter(which)
            .all(self.db.read())
            .await?;
        let mut people = self.door_people(rows, door.session.id).await?;
        let exact = normalise(typed).to_lowercase();
        people.sort_by_cached_key(|person| {
            let accented = person.full_name.to_lowercase().contains(&exact);
            (
                !person.state.is_active(),
                !accented,
                name_sort_key(&person.full_name),
            )
        });
        people.truncate(20);
        Ok(people)
    }

    pub(crate) async fn door_people(
        &self,
        rows: Vec<(registration::Model, Option<person::Model>)>,
        session_id: i64,
    ) -> Result<Vec<DoorPerson>, Failure> {
        self.door_people_in(self.db.read(), rows, session_id).await
    }

    pub(crate) async fn door_people_in(
        &self,
        tx: &impl ConnectionTrait,
        rows: Vec<(registration::Model, Option<person::Model>)>,
        session_id: i64,
    ) -> Result<Vec<DoorPerson>, Failure> {
        let ids: Vec<i64> = rows.iter().map(|(row, _)| row.id).collect();
        let places: Vec<i64> = rows.iter().map(|(row, _)| row.establishment_id).collect();
        let names: std::collections::HashMap<i64, String> = establishment::Entity::find()
            .select_only()
            .columns([establishment::Column::Id, establishment::Column::Name])
            .filter(establishment::Column::Id.is_in(places))
            .into_tuple()
            .all(tx)
            .await?
            .into_iter()
            .collect();
        type Came = (i64, DateTime<Utc>, String, Option<i64>);
        let came: Vec<Came> = checkin::Entity::find()
            .select_only()
            .columns([
                checkin::Column::RegistrationId,
                checkin::Column::At,
                checkin::Column::Actor,
                checkin::Column::DeviceId,
            ])
            .filter(checkin::Column::SessionId.eq(session_id))
            .filter(checkin::Column::RegistrationId.is_in(ids))
            .filter(checkin::Column::UndoneAt.is_null())
            .into_tuple()
            .all(tx)
            .await?;
        let labels = came
            .iter()
            .map(|(_, _, label, device)| (label.as_str(), *device));
        let checkers = Checkers::load(tx, labels).await?;
        let since: std::collections::HashMap<i64, _> = came
            .into_iter()
            .map(|(id, at, label, device)| (id, (at, checkers.name(&label, device))))
            .collect();
        let asked: std::collections::HashSet<i64> = consent::Entity::find()
            .select_only()
            .column(consent::Column::RegistrationId)
            .filter(consent::Column::RegistrationId.is_in(rows.iter().map(|(row, _)| row.id)))
            .filter(consent::Column::Purpose.eq(Code(Purpose::Reporting)))
            .into_tuple()
            .all(tx)
            .await?
            .into_iter()
            .collect();
        Ok(rows
            .into_iter()
            .filter_map(|(row, person)| {
                Some(DoorPerson {
                    consent_pending: !asked.contains(&row.id),
                    registration_id: row.id,
                    full_name: person?.full_name,
                    establishment: names
                        .get(&row.establishment_id)
                        .cloned()
                        .unwrap_or_default(),
                    role: *row.role,
                    state: *row.state,
                    held_until: row
                        .offer_until
                        .filter(|_| *row.state == RegistrationState::Offered),
                    code: row.code,
                    since: since.get(&row.id).map(|(at, _)| *at),
                    by: since.get(&row.id).and_then(|(_, by)| by.clone()),
                })
            })
            .collect())
    }
}

/// A pattern that finds the text anywhere; wildcards in it match themselves.
pub(crate) fn like(folded: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for sign in folded.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}
