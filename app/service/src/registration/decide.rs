//! Deciding over several registrations at once: a look first, then the deed.

use super::rows::{count_seats, who_came};
use crate::audit::{Entry, record};
use crate::entity::{person, registration, workshop};
use crate::mail::Occasion;
use crate::people::{ordered, select};
use crate::reachable::unreached_of;
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, PeopleQuery, PersonRow, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    MOST_DECIDED, PeopleAct, Phase, Reason, RegistrationState, Step, Undecided, decide, read_seen,
    write_seen,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use std::collections::HashMap;

/// Who is decided over.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// Those ticked, by the keys of their registrations.
    Ticked(Vec<i64>),
    /// All that were found.
    Found(PeopleQuery),
}

/// What a decision would come to.
#[derive(Clone, Debug)]
pub struct DecisionPreview {
    /// The workshop.
    pub view: WorkshopView,
    /// Those chosen, in the order of the list, each with its step; none for
    /// those whom the act does not fit.
    pub rows: Vec<(PersonRow, Option<Step>)>,
    /// By how many the seats held would exceed the seats there are.
    pub over: u32,
    /// Keys and states as they were seen, for [`DecisionForm::seen`].
    pub seen: String,
}

impl DecisionPreview {
    /// How many the act fits.
    #[must_use]
    pub fn fitting(&self) -> usize {
        self.rows.iter().filter(|(_, step)| step.is_some()).count()
    }

    /// How many are to be called, of those whom the act fits, or of all.
    #[must_use]
    pub fn to_call(&self, act: PeopleAct) -> usize {
        let told = |step: &Option<Step>| act == PeopleAct::Message || step.is_some();
        let rows = self.rows.iter().filter(|(_, step)| told(step));
        rows.filter(|(row, _)| !row.is_reached_by_mail()).count()
    }
}

/// A decision that somebody has looked at and confirmed.
#[derive(Clone, Debug)]
pub struct DecisionForm {
    /// What is done.
    pub act: PeopleAct,
    /// Whom it was seen to concern, as the look said.
    pub seen: String,
    /// Whether more people may get a seat than there are.
    pub over: bool,
}

/// What a decision came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionDone {
    /// How many registrations took a step.
    pub done: u32,
    /// How many of them no mail tells: they are to be called.
    pub to_call: u32,
    /// Who was left alone because something had changed since the look, and
    /// where their registration stands.
    pub skipped: Vec<(String, RegistrationState)>,
}

impl Services {
    /// What an act would come to for those chosen. Nothing is written.
    ///
    /// # Errors
    /// [`Failure::Invalid`] at `chosen` when nobody was chosen, or more than
    /// [`MOST_DECIDED`]; as [`Services::staff_workshop`].
    pub async fn preview_decision(
        &self,
        actor: &Actor,
        slug: &str,
        act: PeopleAct,
        chosen: &Chosen,
    ) -> Result<DecisionPreview, Failure> {
        let view = self.manage_people(actor, slug).await?;
        let most = MOST_DECIDED as u64;
        let found = match chosen {
            Chosen::Found(query) => {
                self.find_people(view.row.id, query, Some((0, most + 1)))
                    .await?
            }
            Chosen::Ticked(ids) => self.people_by_id(view.row.id, ids).await?,
        };
        if let (Chosen::Ticked(_), []) = (chosen, &found[..]) {
            return Err(Failure::problem("chosen", Reason::NotListed));
        }
        check_number(found.len())?;
        let seats = count_seats(self.db.read(), &view.row).await?;
        // Decided in order of arrival, shown in the order of the list.
        let mut arrived: Vec<&PersonRow> = found.iter().collect();
        arrived.sort_by_key(|row| row.id);
        let rows = arrived.iter();
        let states: Vec<_> = rows
            .map(|row| Undecided {
                state: row.state,
                came: row.attended_at.is_some(),
                party: row.party_id,
            })
            .collect();
        let decided = decide(act, seats, &states);
        let ids = arrived.iter().map(|row| row.id);
        let steps: HashMap<i64, Option<Step>> = ids.zip(decided.steps).collect();
        let seen: Vec<_> = arrived.iter().map(|row| (row.id, row.state)).collect();
        Ok(DecisionPreview {
            view,
            over: decided.over,
            seen: write_seen(&seen),
            rows: found
                .into_iter()
                .map(|row| {
                    let step = steps.get(&row.id).copied().flatten();
                    (row, step)
                })
                .collect(),
        })
    }

    /// Does what was looked at, for those whose registration stands as it was
    /// seen: requests are granted in order of arrival, people are told by mail,
    /// and seats that are freed are offered to those who wait. Every
    /// registration has a line in the log; so has a room that is overfilled.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with [`Reason::NoSeats`] at `over` when there are
    /// too few seats and nobody allowed that; at `chosen` as
    /// [`Services::preview_decision`]; [`Conflict::NotAllowedNow`] for a
    /// workshop that is not published or is over, and for a message, which
    /// [`Services::message_people`] sends.
    pub async fn decide_people(
        &self,
        actor: &Actor,
        slug: &str,
        form: &DecisionForm,
    ) -> Result<DecisionDone, Failure> {
        self.manage_people(actor, slug).await?;
        let seen = &seen_states(&form.seen)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let sessions = sessions_of(&*tx, workshop.id).await?;
                let view = WorkshopView::new(workshop, sessions, now);
                if !matches!(view.phase, Phase::Upcoming | Phase::Running)
                    || form.act == PeopleAct::Message
                {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                self.carry_out(&tx, actor, &view.row, form, seen, now).await
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    async fn carry_out(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        form: &DecisionForm,
        seen: &HashMap<i64, RegistrationState>,
        now: DateTime<Utc>,
    ) -> Result<DecisionDone, Failure> {
        let mut done = DecisionDone::default();
        let mut standing = Vec::new();
        for (row, person) in chosen_rows(tx, workshop.id, seen).await? {
            if seen.get(&row.id) == Some(&*row.state) {
                standing.push((row, person));
            } else {
                done.skipped.push((person.full_name, *row.state));
            }
        }
        let ids = || standing.iter().map(|(row, _)| row.id);
        let came = who_came(&**tx, ids()).await?;
        let unreached = unreached_of(&**tx, ids()).await?;
        let states: Vec<_> = standing
            .iter()
            .map(|(row, _)| Undecided {
                state: *row.state,
                came: came.contains(&row.id),
                party: row.party_id,
            })
            .collect();
        let seats = count_seats(&**tx, workshop).await?;
        let decided = decide(form.act, seats, &states);
        if decided.over > 0 && !form.over {
            return Err(Failure::problem("over", Reason::NoSeats));
        }
        let mut happened = Vec::new();
        for ((row, person), step) in standing.into_iter().zip(&decided.steps) {
            let Some(Step { step, becomes }) = *step else {
                continue;
            };
            let row = self.change_state(tx, actor, row, step, now).await?;
            let occasion = match becomes {
                RegistrationState::Booked => Occasion::of_seat(&row),
                RegistrationState::Waitlisted => Occasion::Waitlisted,
                RegistrationState::Declined => Occasion::Declined,
                _ => Occasion::Dropped,
            };
            self.mail_to_person(tx, occasion, workshop, &row, &person, now)
                .await?;
            done.done += 1;
            done.to_call += u32::from(unreached.contains(&row.id));
            happened.push((occasion, row, person));
        }
        self.tell_through(tx, workshop, &happened, now).await?;
        let note = |deed, after| Entry {
            deed,
            noun: "workshop",
            id: workshop.id,
            before: None,
            after: Some(after),
        };
        if decided.over > 0 {
            let after = json!({ "people": done.done, "over": decided.over });
            record(&**tx, actor, now, note("over_capacity", after)).await?;
        }
        let after = json!({ "act": form.act, "people": done.done });
        record(&**tx, actor, now, note("decide_people", after)).await?;
        self.offer_seats(tx, &Actor::System, workshop, now).await?;
        Ok(done)
    }

    async fn people_by_id(&self, workshop_id: i64, ids: &[i64]) -> Result<Vec<PersonRow>, Failure> {
        check_number(ids.len())?;
        let find = select(workshop_id).filter(registration::Column::Id.is_in(ids.iter().copied()));
        self.people_in(ordered(find, &PeopleQuery::default(), None))
            .await
    }
}

/// Whom somebody saw, each with the state in which they were seen.
pub(super) fn seen_states(written: &str) -> Result<HashMap<i64, RegistrationState>, Failure> {
    let seen: HashMap<_, _> = read_seen(written).into_iter().collect();
    check_number(seen.len())?;
    Ok(seen)
}

fn check_number(number: usize) -> Result<(), Failure> {
    match number {
        0 => Err(Failure::problem("chosen", Reason::Nobody)),
        number if number > MOST_DECIDED => {
            let most = i64::try_from(MOST_DECIDED).unwrap_or(i64::MAX);
            Err(Failure::problem("chosen", Reason::TooMany(most)))
        }
        _ => Ok(()),
    }
}

/// Registrations of a workshop that were chosen, in order of arrival.
pub(super) async fn chosen_rows(
    tx: &Tx,
    workshop_id: i64,
    seen: &HashMap<i64, RegistrationState>,
) -> Result<Vec<(registration::Model, person::Model)>, Failure> {
    let rows = registration::Entity::find()
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::Id.is_in(seen.keys().copied()))
        .order_by_asc(registration::Column::Id)
        .find_also_related(person::Entity)
        .all(&**tx)
        .await?;
    rows.into_iter()
        .map(|(row, person)| Ok((row, person.ok_or(Failure::NotFound)?)))
        .collect()
}
