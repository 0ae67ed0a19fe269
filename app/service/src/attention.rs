//! What of the schedules and waiting lists to come waits for an organiser.

use crate::entity::{Code, registration, session, teaching, trainer, workshop};
use crate::material::Brought;
use crate::workshop::{Staffing, names_of};
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    Act, Phase, RegistrationState, Span, TeachingState, WorkshopState, is_missing, refusal_waits,
    wanted_twice,
};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What of a workshop's schedule is to be settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsettled {
    /// Trainers who declined, in whose place nobody was asked since.
    pub declined: BTreeSet<String>,
    /// Trainers who have not brought what they were asked to prepare, and by when
    /// the first of it was to be there.
    pub missing: BTreeMap<String, DateTime<Utc>>,
    /// Rooms and trainers that another workshop needs at the same time.
    pub clashes: BTreeSet<String>,
    /// When the first of the sessions that clash begins.
    pub clash_at: Option<DateTime<Utc>>,
}

/// What a session takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Thing {
    Room(i64),
    Trainer(i64),
}

impl Services {
    /// What is to be settled of the schedules of these workshops, by the
    /// workshop's key: refusals of trainers, and rooms and trainers that are
    /// needed twice at once, also where that was allowed, and what trainers have
    /// not brought in time. Only sessions to come count, of workshops that are
    /// not called off. However many there are, it takes seven queries at most.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn unsettled(
        &self,
        actor: &Actor,
        views: impl IntoIterator<Item = &WorkshopView>,
    ) -> Result<HashMap<i64, Unsettled>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        let coming = |phase| matches!(phase, Phase::Draft | Phase::Upcoming | Phase::Running);
        let sessions: HashMap<i64, _> = views
            .into_iter()
            .filter(|view| coming(view.phase))
            .flat_map(|view| &view.sessions)
            .filter(|session| session.ends_at > now)
            .map(|session| (session.id, session))
            .collect();
        let ids: Vec<i64> = sessions.keys().copied().collect();
        let staffing = Staffing::of(self.db.read(), &ids).await?;

        let mut asked: HashMap<i64, Vec<DateTime<Utc>>> = HashMap::new();
        for row in &staffing.asked {
            asked.entry(row.session_id).or_default().push(row.asked_at);
        }
        let refused = staffing.asked.iter().filter(|row| {
            let since = asked[&row.session_id].iter().copied();
            *row.state == TeachingState::Declined
                && row.answered_at.is_some_and(|at| {
                    refusal_waits(sessions[&row.session_id].starts_at, now, at, since)
                })
        });
        let refused: Vec<_> = refused.collect();

        let missing = self.missing(&staffing.asked, &sessions).await?;
        let mut trainers = staffing.trainers();
        let mut uses: Vec<(Thing, Span)> = Vec::new();
        let mut users = Vec::new();
        for session in sessions.values() {
            let taught = trainers.remove(&session.id).unwrap_or_default();
            let taught = taught.into_iter().map(Thing::Trainer);
            for thing in session.room_id.map(Thing::Room).into_iter().chain(taught) {
                uses.push((thing, (session.starts_at, session.ends_at)));
                users.push(*session);
            }
        }
        let twice: Vec<_> = wanted_twice(&uses)
            .into_iter()
            .zip(uses.iter().zip(users))
            .filter_map(|(twice, ((thing, _), session))| twice.then_some((*thing, session)))
            .collect();

        let clashing = twice.iter().filter_map(|(thing, _)| match thing {
            Thing::Trainer(id) => Some(*id),
            Thing::Room(_) => None,
        });
        let named: BTreeSet<i64> = refused
            .iter()
            .map(|row| row.trainer_id)
            .chain(clashing)
            .collect();
        let names = names_of(self.db.read(), &named).await?;
        let mut found: HashMap<i64, Unsettled> = HashMap::new();
        for row in refused {
            let workshop = sessions[&row.session_id].workshop_id;
            let name = names.get(&row.trainer_id).cloned();
            found.entry(workshop).or_default().declined.extend(name);
        }
        for (workshop, trainer, by) in missing {
            let known = &mut found.entry(workshop).or_default().missing;
            let first = known.entry(trainer).or_insert(by);
            *first = by.min(*first);
        }
        for (thing, session) in twice {
            let entry = found.entry(session.workshop_id).or_default();
            let name = match thing {
                Thing::Room(_) => Some(session.room.clone()),
                Thing::Trainer(id) => names.get(&id).cloned(),
            };
            entry.clashes.extend(name);
            let at = entry.clash_at.get_or_insert(session.starts_at);
            *at = session.starts_at.min(*at);
        }
        Ok(found)
    }

    /// Who has not brought what was expected of them: the workshop, the trainer,
    /// and by when.
    async fn missing(
        &self,
        asked: &[teaching::Model],
        sessions: &HashMap<i64, &session::Model>,
    ) -> Result<Vec<(i64, String, DateTime<Utc>)>, Failure> {
        let now = self.clock.now();
        let lacks = |row: &teaching::Model, brought| {
            let declined = *row.state == TeachingState::Declined;
            let ends_at = sessions[&row.session_id].ends_at;
            is_missing(row.expected_by, brought, declined, ends_at, now)
        };
        let due: Vec<_> = asked.iter().filter(|row| lacks(row, 0)).collect();
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let of = |row: &&teaching::Model| sessions[&row.session_id];
        let workshops: BTreeSet<i64> = due.iter().map(|row| of(row).workshop_id).collect();
        let workshops: Vec<i64> = workshops.into_iter().collect();
        let files = Brought::of(self.db.read(), &workshops).await?;
        let trainers: HashMap<i64, trainer::Model> = trainer::Entity::find()
            .filter(trainer::Column::Id.is_in(due.iter().map(|row| row.trainer_id)))
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let missing = due.into_iter().filter_map(|row| {
            let (trainer, session) = (trainers.get(&row.trainer_id)?, of(&row));
            let brought = files.to(session, trainer.account_id);
            let missing = lacks(row, brought);
            missing.then_some((
                session.workshop_id,
                trainer.full_name.clone(),
                row.expected_by?,
            ))
        });
        Ok(missing.collect())
    }

    /// The largest group on the waiting list of a workshop that has fewer seats
    /// in all, by the workshop's key: it waits for ever, and so do those behind
    /// it. One query.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn groups_beyond_room(&self, actor: &Actor) -> Result<HashMap<i64, u32>, Failure> {
        use sea_orm::sea_query::{Expr, ExprTrait};
        actor.require(Act::ManageWorkshops)?;
        let number = || Expr::col((registration::Entity, registration::Column::Id)).count();
        let seats = Expr::col((workshop::Entity, workshop::Column::Capacity));
        let groups: Vec<(i64, i64)> = registration::Entity::find()
            .select_only()
            .column(registration::Column::WorkshopId)
            .column_as(number(), "number")
            .join(JoinType::InnerJoin, registration::Relation::Workshop.def())
            .filter(registration::Column::State.eq(Code(RegistrationState::Waitlisted)))
            .filter(registration::Column::PartyId.is_not_null())
            .filter(workshop::Column::State.eq(Code(WorkshopState::Published)))
            .group_by(registration::Column::WorkshopId)
            .group_by(registration::Column::PartyId)
            .group_by(workshop::Column::Capacity)
            .having(number().gt(seats))
            .into_tuple()
            .all(self.db.read())
            .await?;
        let mut largest = HashMap::new();
        for (workshop, number) in groups {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let known = largest.entry(workshop).or_insert(number);
            *known = Ord::max(number, *known);
        }
        Ok(largest)
    }
}
