//! The waiting list: offers of freed seats in strict order, and what becomes of
//! offers and requests that nobody decides.

use super::rows::{count_seats, has_begun};
use crate::entity::{Code, person, registration, workshop};
use crate::mail::Occasion;
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Actor, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    MAX_PARTY, RegistrationMove, RegistrationState, WorkshopState, groups_to_offer, offer_until,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
};
use std::collections::{BTreeMap, HashMap};

/// Whether a registration that may be due for a step is.
type IsDue = fn(&WorkshopView, &registration::Model, DateTime<Utc>) -> bool;

impl Services {
    /// Offers freed seats to the head of the waiting list, in strict order: a
    /// group that came together is offered seats together, and while it does
    /// not fit nobody passes it. Nothing is offered once the workshop has
    /// begun.
    pub(crate) async fn offer_seats(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        if *workshop.state != WorkshopState::Published {
            return Ok(());
        }
        let seats = count_seats(&**tx, workshop).await?;
        if seats.waiting == 0 || seats.unheld() == 0 {
            return Ok(());
        }
        let sessions = sessions_of(&**tx, workshop.id).await?;
        let hours = u32::try_from(workshop.offer_hours).unwrap_or(0);
        let starts_at = sessions.iter().map(|session| session.starts_at).min();
        let until = starts_at.and_then(|starts_at| offer_until(hours, starts_at, now));
        let Some(until) = until else {
            return Ok(());
        };
        let head = registration::Entity::find()
            .filter(registration::Column::WorkshopId.eq(workshop.id))
            .filter(registration::Column::State.eq(Code(RegistrationState::Waitlisted)))
            .order_by_asc(registration::Column::Id)
            // The last group that may fit is read whole.
            .limit(u64::from(seats.unheld()) + u64::from(MAX_PARTY))
            .find_also_related(person::Entity)
            .all(&**tx)
            .await?;
        let mut groups: Vec<Vec<(registration::Model, person::Model)>> = Vec::new();
        for (row, person) in head {
            let person = person.ok_or(Failure::NotFound)?;
            match groups.last_mut() {
                Some(group) if came_together(&group[0].0, &row) => group.push((row, person)),
                _ => groups.push(vec![(row, person)]),
            }
        }
        let sizes: Vec<u32> = groups
            .iter()
            .map(|group| u32::try_from(group.len()).unwrap_or(u32::MAX))
            .collect();
        let number = groups_to_offer(seats, &sizes);
        let mut happened = Vec::new();
        for (row, person) in groups.into_iter().take(number).flatten() {
            let step = RegistrationMove::Offer;
            let row = self
                .change_state_until(tx, actor, row, step, Some(until), now)
                .await?;
            self.mail_to_person(tx, Occasion::Offered, workshop, &row, &person, now)
                .await?;
            happened.push((Occasion::Offered, row, person));
        }
        self.tell_through(tx, workshop, &happened, now).await
    }

    /// Ends offers whose deadline has passed, and passes them on. What is due
    /// is found by its state, so that a server that was down misses none.
    /// Returns how many offers ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lapse_offers(&self) -> Result<usize, Failure> {
        let now = self.clock.now();
        let due = registration::Column::OfferUntil.lte(now);
        let which = Condition::all()
            .add(registration::Column::State.eq(Code(RegistrationState::Offered)))
            .add(due);
        let step = (RegistrationMove::Lapse, Occasion::Lapsed);
        self.step_due(which, |_, _, _| true, step, now).await
    }

    /// Turns down requests that nobody decided in time
    /// ([`domain::undecided_until`]), and tells the people. Returns how many there
    /// were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decline_undecided(&self) -> Result<usize, Failure> {
        let now = self.clock.now();
        // None is due before closing.
        let which = Condition::all()
            .add(registration::Column::State.eq(Code(RegistrationState::Requested)))
            .add(workshop::Column::ClosesAt.lte(now));
        let is_due: IsDue = |view, row, now| view.undecided_until(row.created_at) <= now;
        let step = (RegistrationMove::Decline, Occasion::Declined);
        self.step_due(which, is_due, step, now).await
    }

    /// Takes a step for all that is due for it of what may be, one workshop at a
    /// time, and offers what that frees.
    async fn step_due(
        &self,
        which: Condition,
        is_due: IsDue,
        (step, occasion): (RegistrationMove, Occasion),
        now: DateTime<Utc>,
    ) -> Result<usize, Failure> {
        let maybe = || {
            registration::Entity::find()
                .join(JoinType::InnerJoin, registration::Relation::Workshop.def())
                .filter(which.clone())
                .filter(workshop::Column::State.ne(Code(WorkshopState::Cancelled)))
        };
        // Looking costs no write lock when nothing is due.
        let mut found: BTreeMap<i64, Vec<registration::Model>> = BTreeMap::new();
        for row in maybe().all(self.db.read()).await? {
            found.entry(row.workshop_id).or_default().push(row);
        }
        let mut workshops = Vec::new();
        for (id, rows) in found {
            let view = self.workshop_by_id(id).await?;
            if rows.iter().any(|row| is_due(&view, row, now)) {
                workshops.push(id);
            }
        }
        let mut settled = 0;
        for id in workshops {
            let maybe = &maybe;
            let done = self.db.write(|tx| async move {
                let workshop = lock_by_id(&tx, id).await?;
                let sessions = sessions_of(&*tx, id).await?;
                let view = &WorkshopView::new(workshop.clone(), sessions, now);
                let rows = maybe()
                    .filter(registration::Column::WorkshopId.eq(id))
                    .find_also_related(person::Entity)
                    .order_by_asc(registration::Column::Id)
                    .all(&*tx)
                    .await?;
                let mut happened = Vec::new();
                for (row, person) in rows {
                    if !is_due(view, &row, now) {
                        continue;
                    }
                    let person = person.ok_or(Failure::NotFound)?;
                    let row = self
                        .change_state(&tx, &Actor::System, row, step, now)
                        .await?;
                    happened.push((occasion, row, person));
                }
                let told = happened
                    .iter()
                    .map(|(occasion, row, person)| (*occasion, row, person));
                self.mail_to_persons(&tx, view, told, now).await?;
                self.tell_through(&tx, &workshop, &happened, now).await?;
                self.offer_seats(&tx, &Actor::System, &workshop, now)
                    .await?;
                Ok(happened.len())
            });
            match done.await {
                Ok(number) => settled += number,
                // One workshop in trouble does not keep the others waiting.
                Err(failure) => tracing::error!(%failure, workshop = id, "settled later"),
            }
        }
        if settled > 0 {
            self.ring_outbox();
        }
        Ok(settled)
    }
}

/// Whether two people who wait were registered together.
fn came_together(one: &registration::Model, other: &registration::Model) -> bool {
    one.party_id.is_some() && one.party_id == other.party_id
}

/// The place on the waiting list, from 1; none for others. Those of one group
/// stand at the place of its first.
pub(crate) async fn position(
    tx: &impl ConnectionTrait,
    row: &registration::Model,
) -> Result<Option<u64>, Failure> {
    if *row.state != RegistrationState::Waitlisted {
        return Ok(None);
    }
    let waiting = || {
        registration::Entity::find()
            .filter(registration::Column::WorkshopId.eq(row.workshop_id))
            .filter(registration::Column::State.eq(Code(RegistrationState::Waitlisted)))
    };
    let first = match row.party_id {
        None => row.id,
        Some(party) => waiting()
            .select_only()
            .column(registration::Column::Id)
            .filter(registration::Column::PartyId.eq(party))
            .order_by_asc(registration::Column::Id)
            .into_tuple()
            .one(tx)
            .await?
            .unwrap_or(row.id),
    };
    let ahead = waiting()
        .filter(registration::Column::Id.lt(first))
        .count(tx)
        .await?;
    Ok(Some(ahead + 1))
}

/// The places on the waiting list of those who stand on it, by registration, as
/// [`position`] tells them.
pub(crate) async fn positions(
    db: &impl ConnectionTrait,
    workshop_id: i64,
    rows: &[&registration::Model],
) -> Result<HashMap<i64, u64>, Failure> {
    let waits = |row: &&registration::Model| *row.state == RegistrationState::Waitlisted;
    if !rows.iter().any(waits) {
        return Ok(HashMap::new());
    }
    let waiting: Vec<(i64, Option<i64>)> = registration::Entity::find()
        .select_only()
        .column(registration::Column::Id)
        .column(registration::Column::PartyId)
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::State.eq(Code(RegistrationState::Waitlisted)))
        .order_by_asc(registration::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut of_party = HashMap::new();
    let mut places = HashMap::new();
    for (place, (id, party)) in (1..).zip(waiting) {
        let place = match party {
            Some(party) => *of_party.entry(party).or_insert(place),
            None => place,
        };
        places.insert(id, place);
    }
    Ok(places)
}

/// Whether an offer can be taken at a moment.
pub(crate) async fn offer_stands(
    tx: &impl ConnectionTrait,
    row: &registration::Model,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    let in_time = row.offer_until.is_some_and(|until| now < until);
    Ok(*row.state == RegistrationState::Offered
        && in_time
        && !has_begun(tx, row.workshop_id, now).await?)
}
