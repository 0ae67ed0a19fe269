//! How many people each workshop has, counted from its registrations.

use crate::attendance::attended;
use crate::entity::{Code, account, assignment, registration};
use crate::{Account, Actor, Changed, Failure, InvitationCount, Services, WorkshopView};
use domain::{Act, Funnel, RegistrationSource, RegistrationState, Seats};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// The people of one workshop in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headcount {
    /// Seats, and how many hold or wait for one.
    pub seats: Seats,
    /// What became of the registrations.
    pub funnel: Funnel,
}

/// What the cockpit of a workshop shows.
#[derive(Clone, Debug)]
pub struct Cockpit {
    /// The workshop.
    pub view: WorkshopView,
    /// Its people in numbers.
    pub headcount: Headcount,
    /// The trainers and door staff assigned to it, by name.
    pub staff: Vec<Account>,
    /// How many fit into the smallest room, where that is fewer than the seats.
    pub crowded: Option<u32>,
    /// The establishments invited to it.
    pub invitations: InvitationCount,
    /// What people were told of, newest first.
    pub changes: Vec<Changed>,
}

impl Services {
    /// All workshops with their people in numbers, latest first.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`] unless the actor
    /// manages workshops.
    pub async fn workshop_list(
        &self,
        actor: &Actor,
    ) -> Result<Vec<(WorkshopView, Headcount)>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let workshops = self.workshops(actor).await?;
        self.count_heads(workshops).await
    }

    /// One workshop as its organisers see it.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn cockpit(&self, actor: &Actor, slug: &str) -> Result<Cockpit, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let mut counts = self.headcounts(Some(view.row.id)).await?;
        Ok(Cockpit {
            headcount: of(&view, &mut counts),
            staff: self.staff_of(view.row.id).await?,
            crowded: self
                .room_seats(&view.sessions)
                .await?
                .into_values()
                .min()
                .filter(|room| *room < view.capacity()),
            invitations: self.count_invitations(view.row.id).await?,
            changes: self.all_changes(view.row.id).await?,
            view,
        })
    }

    /// Puts the numbers beside the workshops.
    pub(crate) async fn count_heads(
        &self,
        workshops: Vec<WorkshopView>,
    ) -> Result<Vec<(WorkshopView, Headcount)>, Failure> {
        let mut counts = self.headcounts(None).await?;
        Ok(workshops
            .into_iter()
            .map(|view| {
                let headcount = of(&view, &mut counts);
                (view, headcount)
            })
            .collect())
    }

    /// The numbers of every workshop with registrations, or of one alone,
    /// still without capacities.
    async fn headcounts(&self, only: Option<i64>) -> Result<HashMap<i64, Headcount>, Failure> {
        let count = |only_attended: bool| {
            let mut find = registration::Entity::find()
                .select_only()
                .column(registration::Column::WorkshopId)
                .column(registration::Column::Source)
                .column(registration::Column::State)
                .column_as(Expr::col(registration::Column::Id).count(), "number")
                .group_by(registration::Column::WorkshopId)
                .group_by(registration::Column::Source)
                .group_by(registration::Column::State);
            if let Some(id) = only {
                find = find.filter(registration::Column::WorkshopId.eq(id));
            }
            if only_attended {
                find = find.filter(registration::Column::Id.in_subquery(attended(false)));
            }
            find.into_tuple::<(i64, Code<RegistrationSource>, Code<RegistrationState>, i64)>()
        };
        let all = count(false).all(self.db.read()).await?;
        let attended: HashMap<_, i64> = count(true)
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|(workshop, source, state, number)| ((workshop, source, state), number))
            .collect();
        let mut counts: HashMap<i64, Headcount> = HashMap::new();
        for (workshop, source, state, number) in all {
            let came = attended.get(&(workshop, source, state)).copied();
            let came = came.unwrap_or(0);
            let headcount = counts.entry(workshop).or_default();
            headcount.seats.add(*state, small(number));
            let funnel = &mut headcount.funnel;
            funnel.add(*source, *state, true, small(came));
            funnel.add(*source, *state, false, small(number - came));
        }
        Ok(counts)
    }

    async fn staff_of(&self, workshop_id: i64) -> Result<Vec<Account>, Failure> {
        let assigned = Query::select()
            .column(assignment::Column::AccountId)
            .from(assignment::Entity)
            .and_where(Expr::col(assignment::Column::WorkshopId).eq(workshop_id))
            .to_owned();
        let rows = account::Entity::find()
            .filter(account::Column::Id.in_subquery(assigned))
            .order_by_asc(account::Column::Name)
            .all(self.db.read())
            .await?;
        Ok(rows.into_iter().map(Account::from).collect())
    }
}

/// Takes a workshop's numbers out, with its capacity.
fn of(view: &WorkshopView, counts: &mut HashMap<i64, Headcount>) -> Headcount {
    let mut headcount = counts.remove(&view.row.id).unwrap_or_default();
    headcount.seats.capacity = view.capacity();
    headcount
}

/// Counts fit: a workshop has thousands at most.
fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
