//! What the years were to bring, beside what they brought.

use crate::attendance::attended;
use crate::audit::{Entry, record};
use crate::entity::{Code, annual_plan, registration, workshop};
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Datelike, Utc};
use domain::{Act, DelegateRole, NewPlan, PlanForm, Reason, WorkshopState, to_local};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Set,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The states of workshops whose attendances count: locking the figures changes
/// none of them.
const TOOK_PLACE: [WorkshopState; 2] = [WorkshopState::Published, WorkshopState::Closed];

/// A year: its plan, if there is one, and what took place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanYear {
    /// The year.
    pub year: i64,
    /// What was planned.
    pub plan: Option<annual_plan::Model>,
    /// Workshops that were held, by the day of their first session.
    pub held: i64,
    /// Attendances at the year's workshops, as the programme counts them.
    pub attendances: i64,
}

impl PlanYear {
    /// Workshops held beyond the plan; below zero when some are missing.
    #[must_use]
    pub fn workshops_more(&self) -> Option<i64> {
        self.plan.as_ref().map(|plan| self.held - plan.workshops)
    }

    /// Attendances beyond the plan; below zero when some are missing.
    #[must_use]
    pub fn delegates_more(&self) -> Option<i64> {
        let plan = self.plan.as_ref();
        plan.map(|plan| self.attendances - plan.delegates)
    }
}

impl Services {
    /// Every year with a plan or with a workshop held, in order.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn annual_plans(&self, actor: &Actor) -> Result<Vec<PlanYear>, Failure> {
        actor.require(Act::ReadProgramme)?;
        let mut years: BTreeMap<i64, PlanYear> = BTreeMap::new();
        let plans = annual_plan::Entity::find().all(self.db.read()).await?;
        for plan in plans {
            let entry = years.entry(plan.year).or_default();
            entry.plan = Some(plan);
        }
        let attended = self.attended_by_workshop().await?;
        for view in self.workshops(actor).await? {
            let year = i64::from(to_local(view.starts_at()).year());
            let came = attended.get(&view.row.id).copied().unwrap_or(0);
            let is_held = view.phase.is_over();
            if is_held || came > 0 {
                let entry = years.entry(year).or_default();
                entry.held += i64::from(is_held);
                entry.attendances += came;
            }
        }
        let named = years
            .into_iter()
            .map(|(year, one)| PlanYear { year, ..one });
        Ok(named.collect())
    }

    /// The plan of a year, to be changed.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; [`Failure::SignInNeeded`] or
    /// [`Failure::Forbidden`].
    pub async fn annual_plan(&self, actor: &Actor, id: i64) -> Result<annual_plan::Model, Failure> {
        actor.require(Act::EditProgramme)?;
        annual_plan::Entity::find_by_id(id)
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)
    }

    /// Writes down what a year is to bring: a new plan, or a known one anew.
    ///
    /// # Errors
    /// [`Failure::Invalid`], also when the year has another plan;
    /// as [`Services::annual_plan`].
    pub async fn plan_year(
        &self,
        actor: &Actor,
        id: Option<i64>,
        form: &PlanForm,
    ) -> Result<(), Failure> {
        actor.require(Act::EditProgramme)?;
        let new = form.check().map_err(Failure::Invalid)?;
        let now = self.clock.now();
        let new = &new;
        self.db
            .write(|tx| async move {
                let programme = self.programme_row(&*tx).await?;
                let taken = annual_plan::Entity::find()
                    .filter(annual_plan::Column::ProgrammeId.eq(programme.id))
                    .filter(annual_plan::Column::Year.eq(new.year))
                    .one(&*tx)
                    .await?;
                if taken.is_some_and(|row| Some(row.id) != id) {
                    return Err(Failure::problem("plan_year", Reason::YearTaken));
                }
                let Some(id) = id else {
                    let row = annual_plan::ActiveModel {
                        programme_id: Set(programme.id),
                        ..written(Default::default(), new)
                    };
                    let row = row.insert(&*tx).await?;
                    return note(&tx, actor, now, None, &row).await;
                };
                let before = annual_plan::Entity::find_by_id(id)
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                let was = values(&before);
                let row = written(before.into_active_model(), new);
                let row = row.update(&*tx).await?;
                note(&tx, actor, now, Some(was), &row).await
            })
            .await
    }

    /// Takes back the plan of a year; what took place then stays.
    ///
    /// # Errors
    /// As [`Services::annual_plan`].
    pub async fn unplan_year(&self, actor: &Actor, id: i64) -> Result<(), Failure> {
        actor.require(Act::EditProgramme)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = annual_plan::Entity::find_by_id(id)
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                let entry = Entry {
                    deed: "unplan_year",
                    noun: "annual_plan",
                    id,
                    before: Some(values(&row)),
                    after: None,
                };
                annual_plan::Entity::delete_by_id(id).exec(&*tx).await?;
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// Persons who attended, by workshop: each counts once, officials do not
    /// count.
    async fn attended_by_workshop(&self) -> Result<HashMap<i64, i64>, Failure> {
        let rows: Vec<(i64, i64, Code<DelegateRole>)> = registration::Entity::find()
            .select_only()
            .column(registration::Column::WorkshopId)
            .column(registration::Column::PersonId)
            .column(registration::Column::Role)
            .join(JoinType::InnerJoin, registration::Relation::Workshop.def())
            .filter(registration::Column::Id.in_subquery(attended(false)))
            .filter(workshop::Column::State.is_in(TOOK_PLACE.map(Code)))
            .order_by_asc(registration::Column::Id)
            .into_tuple()
            .all(self.db.read())
            .await?;
        let mut seen = HashSet::new();
        let mut attended = HashMap::new();
        for (workshop, person, role) in rows {
            if seen.insert((workshop, person)) && role.counts_toward_target() {
                *attended.entry(workshop).or_insert(0) += 1;
            }
        }
        Ok(attended)
    }
}

fn written(row: annual_plan::ActiveModel, new: &NewPlan) -> annual_plan::ActiveModel {
    annual_plan::ActiveModel {
        year: Set(new.year),
        workshops: Set(new.workshops),
        delegates: Set(new.delegates),
        funding: Set(new.funding.clone()),
        note: Set(new.note.clone()),
        ..row
    }
}

async fn note(
    tx: &Tx,
    actor: &Actor,
    at: DateTime<Utc>,
    before: Option<Value>,
    row: &annual_plan::Model,
) -> Result<(), Failure> {
    let entry = Entry {
        deed: "plan_year",
        noun: "annual_plan",
        id: row.id,
        before,
        after: Some(values(row)),
    };
    record(&**tx, actor, at, entry).await
}

fn values(row: &annual_plan::Model) -> Value {
    json!({
        "year": row.year,
        "workshops": row.workshops,
        "delegates": row.delegates,
        "funding": row.funding,
        "note": row.note,
    })
}
