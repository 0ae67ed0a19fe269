//! The programme: its figures, computed from rows.

use crate::attendance::{attended, came};
use crate::audit::{Entry, record};
use crate::db::lock_key;
use crate::entity::{
    Code, establishment, organization, programme, registration, session, workshop,
};
use crate::frame::organizer;
use crate::{Actor, Failure, Headcount, Organizer, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    Act, Attendance, DelegateRole, Funnel, Phase, Problems, Reason, Sector, SiteType, Tally,
    WorkshopState, clean_line,
};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait, Set,
};
use serde_json::json;

/// When a workshop begins, in the query of who attended.
const BEGINS: &str = "begins";

/// The figures of the programme at this moment.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Delegates the programme must reach.
    pub target: u32,
    /// Attendances and persons as far as they are known: provisional.
    pub tally: Tally,
    /// Those of sessions whose figures are signed off: verified.
    pub verified: Tally,
    /// What became of the registrations for workshops that have begun.
    pub funnel: Funnel,
    /// Standing registrations for workshops to come or under way that are not
    /// counted yet.
    pub upcoming: u32,
    /// Workshops that are over.
    pub held: u32,
}

/// What the programme page shows.
#[derive(Clone, Debug)]
pub struct ProgrammeView {
    /// The programme.
    pub row: programme::Model,
    /// Its figures.
    pub summary: Summary,
    /// Every workshop with its people in numbers, latest first.
    pub workshops: Vec<(WorkshopView, Headcount)>,
    /// Establishments known and never seen at a workshop: how many, and the
    /// first of them by name.
    pub unreached: (u64, Vec<String>),
}

type AttendanceRow = (
    i64,
    DateTime<Utc>,
    Code<DelegateRole>,
    Option<Code<Sector>>,
    Option<Code<SiteType>>,
    String,
);

impl Services {
    /// The figures alone.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn summary(&self, actor: &Actor) -> Result<Summary, Failure> {
        actor.require(Act::ReadProgramme)?;
        let programme = self.programme_row(self.db.read()).await?;
        let workshops = self.workshops(actor).await?;
        let workshops = self.count_heads(workshops).await?;
        self.figures(&programme, &workshops).await
    }

    /// The programme page.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn programme(&self, actor: &Actor) -> Result<ProgrammeView, Failure> {
        actor.require(Act::ReadProgramme)?;
        let row = self.programme_row(self.db.read()).await?;
        let workshops = self.workshops(actor).await?;
        let workshops = self.count_heads(workshops).await?;
        let summary = self.figures(&row, &workshops).await?;
        Ok(ProgrammeView {
            row,
            summary,
            workshops,
            unreached: self.unreached().await?,
        })
    }

    async fn figures(
        &self,
        programme: &programme::Model,
        workshops: &[(WorkshopView, Headcount)],
    ) -> Result<Summary, Failure> {
        let mut summary = Summary {
            target: u32::try_from(programme.target).unwrap_or(0),
            tally: Tally::of(&self.attendances(false).await?),
            verified: Tally::of(&self.attendances(true).await?),
            ..Summary::default()
        };
        for (view, Headcount { funnel, .. }) in workshops {
            summary.funnel.merge(funnel.counted(view.phase));
            summary.upcoming += funnel.awaited(view.phase);
            if matches!(view.phase, Phase::Held | Phase::Closed) {
                summary.held += 1;
            }
        }
        Ok(summary)
    }

    /// One row for each person and published workshop attended, by the share of
    /// its sessions. `verified`: by the sessions alone that are signed off, as
    /// they were signed: two who turned out to be one since are two attendances
    /// of one person.
    async fn attendances(&self, verified: bool) -> Result<Vec<Attendance>, Failure> {
        let begins = Query::select()
            .expr(Expr::col((session::Entity, session::Column::StartsAt)).min())
            .from(session::Entity)
            .and_where(
                Expr::col((session::Entity, session::Column::WorkshopId))
                    .equals((registration::Entity, registration::Column::WorkshopId)),
            )
            .to_owned();
        let mut find = registration::Entity::find()
            .select_only()
            .column(registration::Column::PersonId)
            .expr_as(Expr::SubQuery(None, Box::new(begins.into())), BEGINS)
            .column(registration::Column::Role)
            .column(establishment::Column::Sector)
            .column(establishment::Column::Site)
            .column(registration::Column::LocalityName)
            .join(JoinType::InnerJoin, registration::Relation::Workshop.def())
            .join(
                JoinType::InnerJoin,
                registration::Relation::Establishment.def(),
            )
            .filter(
                workshop::Column::State
                    .is_in([Code(WorkshopState::Published), Code(WorkshopState::Closed)]),
            )
            .order_by_asc(Expr::col(BEGINS))
            .order_by_asc(registration::Column::Id);
        let came = Alias::new("came");
        QuerySelect::query(&mut find).join_subquery(
            JoinType::InnerJoin,
            attended(verified),
            came.clone(),
            Expr::col((came, Alias::new("registration_id")))
                .equals((registration::Entity, registration::Column::Id)),
        );
        let rows: Vec<AttendanceRow> = find.into_tuple().all(self.db.read()).await?;
        Ok(rows
            .into_iter()
            .map(|(person, at, role, sector, site, locality)| Attendance {
                person,
                at,
                role: *role,
                sector: sector.map(|code| *code),
                site: site.map(|code| *code),
                locality,
            })
            .collect())
    }

    async fn unreached(&self) -> Result<(u64, Vec<String>), Failure> {
        let reached = Query::select()
            .column(registration::Column::EstablishmentId)
            .from(registration::Entity)
            .and_where(registration::Column::Id.in_subquery(came()))
            .to_owned();
        let find = establishment::Entity::find()
            .filter(establishment::Column::MergedIntoId.is_null())
            .filter(establishment::Column::WithdrawnAt.is_null())
            .filter(establishment::Column::Id.not_in_subquery(reached));
        let number = find.clone().count(self.db.read()).await?;
        let names = find
            .select_only()
            .column(establishment::Column::Name)
            .order_by_asc(establishment::Column::NameKey)
            .limit(20)
            .into_tuple()
            .all(self.db.read())
            .await?;
        Ok((number, names))
    }

    /// The programme's settings.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn programme_settings(
        &self,
        actor: &Actor,
    ) -> Result<(programme::Model, Organizer), Failure> {
        actor.require(Act::EditProgramme)?;
        Ok((
            self.programme_row(self.db.read()).await?,
            organizer(self.db.read()).await?,
        ))
    }

    /// Changes the programme's names and target, and who organises.
    ///
    /// # Errors
    /// [`Failure::Invalid`]; as [`Services::programme_settings`].
    pub async fn revise_programme(
        &self,
        actor: &Actor,
        name_vi: &str,
        name_en: &str,
        target: &str,
        organizer: &Organizer,
    ) -> Result<(), Failure> {
        actor.require(Act::EditProgramme)?;
        let mut problems = Problems::default();
        let name_vi = problems
            .take("name_vi", clean_line(name_vi, 200))
            .unwrap_or_default();
        let name_en = problems
            .take("name_en", clean_line(name_en, 200))
            .unwrap_or_default();
        let parsed = target
            .trim()
            .parse::<i64>()
            .ok()
            .filter(|target| (1..=100_000).contains(target));
        let target = problems
            .take("target", parsed.ok_or(Reason::NotInRange(1, 100_000)))
            .unwrap_or_default();
        let organizer_vi = problems
            .take("organizer_vi", clean_line(&organizer.name_vi, 200))
            .unwrap_or_default();
        if let Err(reason) = domain::Email::parse_optional(&organizer.email) {
            problems.add("organizer_email", reason);
        }
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        let now = self.clock.now();
        let (name_vi, name_en, organizer_vi) = (&name_vi, &name_en, &organizer_vi);
        self.db
            .write(|tx| async move {
                let before = self.programme_row(&*tx).await?;
                let was = json!({ "name_vi": before.name_vi, "name_en": before.name_en, "target": before.target });
                let mut row = before.into_active_model();
                row.name_vi = Set(name_vi.clone());
                row.name_en = Set(name_en.clone());
                row.target = Set(target);
                let row = row.update(&*tx).await?;
                let found = organization::Entity::find()
                    .order_by_asc(organization::Column::Id)
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                let mut office = found.into_active_model();
                office.name_vi = Set(organizer_vi.clone());
                office.name_en = Set(domain::normalise(&organizer.name_en));
                office.address = Set(domain::normalise(&organizer.address));
                office.phone = Set(domain::normalise(&organizer.phone));
                office.email = Set(domain::normalise(&organizer.email));
                office.update(&*tx).await?;
                let entry = Entry {
                    deed: "revise_programme",
                    noun: "programme",
                    id: row.id,
                    before: Some(was),
                    after: Some(json!({ "name_vi": name_vi, "name_en": name_en, "target": target, "organizer": organizer_vi })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
            .inspect(|()| self.kept_frame.forget())
    }

    /// A fresh database has one programme and one organiser, with names to be
    /// replaced on the settings page.
    pub(crate) async fn ensure_programme(&self) -> Result<(), Failure> {
        self.db
            .write(|tx| async move {
                lock_key(&tx, "programme").await?;
                if programme::Entity::find().count(&*tx).await? > 0 {
                    return Ok(());
                }
                organization::ActiveModel {
                    name_vi: Set("Ban tổ chức".to_owned()),
                    name_en: Set("The organisers".to_owned()),
                    address: Set(String::new()),
                    phone: Set(String::new()),
                    email: Set(String::new()),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                programme::ActiveModel {
                    name_vi: Set("Chương trình sản xuất sạch hơn".to_owned()),
                    name_en: Set("Cleaner production programme".to_owned()),
                    target: Set(600),
                    starts_on: Set(None),
                    ends_on: Set(None),
                    is_demo: Set(false),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                Ok(())
            })
            .await
    }
}
