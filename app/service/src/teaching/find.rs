//! Teachings as pages show them.

use super::answer::trainer_account;
use super::{Taught, Whole, is_open};
use crate::entity::{agenda_item, session, teaching, trainer, workshop};
use crate::material::Brought;
use crate::{Actor, Failure, Headcount, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, TeachingState, is_missing};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeSet, HashMap};

/// What one trainer is asked, or teaches by the agenda.
#[derive(Clone, Debug)]
pub struct AskedTeaching {
    /// Its key; none for who stands in the agenda without having been asked.
    pub id: Option<i64>,
    /// The trainer's name; empty where nothing was asked.
    pub trainer: String,
    /// The workshop.
    pub view: WorkshopView,
    /// The session.
    pub session: session::Model,
    /// The answer so far; none where nothing was asked.
    pub state: Option<TeachingState>,
    /// What is expected; may be empty.
    pub expected: String,
    /// By when.
    pub expected_by: Option<DateTime<Utc>>,
    /// How many materials stand for the session; none by a link.
    pub brought: u32,
    /// Whether it can be answered now.
    pub open: bool,
    /// The workshop's people in numbers; none by a link.
    pub headcount: Option<Headcount>,
}

/// A trainer who teaches at a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainerChoice {
    /// The key of the trainer.
    pub id: i64,
    /// Name and affiliation.
    pub name: String,
    /// Whether mail reaches them.
    pub has_email: bool,
}

/// One session with those asked to teach it.
#[derive(Clone, Debug)]
pub struct SessionTeachings {
    /// The session.
    pub session: session::Model,
    /// Whether somebody can be asked, and asked no more.
    pub open: bool,
    /// Those asked, in order of asking.
    pub asked: Vec<(teaching::Model, TrainerChoice)>,
    /// How many materials stand for the session, by the key of who was asked.
    pub brought: HashMap<i64, u32>,
    /// Those who stand in the agenda and have not been asked.
    pub named: Vec<TrainerChoice>,
    /// Those who stand in the agenda, by their keys.
    pub in_agenda: BTreeSet<i64>,
}

/// Who teaches at a workshop.
#[derive(Clone, Debug)]
pub struct Teachings {
    /// The workshop.
    pub view: WorkshopView,
    /// Its sessions.
    pub sessions: Vec<SessionTeachings>,
    /// Whom the organisers can ask.
    pub trainers: Vec<TrainerChoice>,
}

impl Services {
    /// Who is asked to teach the sessions of a workshop, and what they
    /// answered.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn teachings_of(&self, actor: &Actor, slug: &str) -> Result<Teachings, Failure> {
        let found = self.staff_workshop(actor, Act::ManageWorkshops, slug);
        let view = found.await?;
        let now = self.clock.now();
        let ids = view.sessions.iter().map(|session| session.id);
        let rows = teaching::Entity::find()
            .filter(teaching::Column::SessionId.is_in(ids))
            .order_by_asc(teaching::Column::Id)
            .find_also_related(trainer::Entity)
            .all(self.db.read())
            .await?;
        let files = Brought::of(self.db.read(), &[view.row.id]).await?;
        let mut accounts: HashMap<i64, Option<i64>> = HashMap::new();
        let mut by_session: HashMap<i64, Vec<_>> = HashMap::new();
        for (row, trainer) in rows {
            let trainer = trainer.ok_or(Failure::NotFound)?;
            accounts.insert(row.id, trainer.account_id);
            let trainer = choice(trainer);
            by_session
                .entry(row.session_id)
                .or_default()
                .push((row, trainer));
        }
        let ids = view.sessions.iter().map(|session| session.id);
        let items = agenda_item::Entity::find()
            .filter(agenda_item::Column::SessionId.is_in(ids))
            .order_by_asc(agenda_item::Column::Position)
            .find_also_related(trainer::Entity)
            .all(self.db.read())
            .await?;
        let items: Vec<(i64, trainer::Model)> = items
            .into_iter()
            .filter_map(|(item, trainer)| Some((item.session_id, trainer?)))
            .collect();
        let sessions = view.sessions.iter().map(|session| {
            let asked: Vec<(teaching::Model, TrainerChoice)> =
                by_session.remove(&session.id).unwrap_or_default();
            let mut in_agenda = BTreeSet::new();
            let named = items
                .iter()
                .filter(|(of, _)| *of == session.id)
                .filter(|(_, trainer)| in_agenda.insert(trainer.id))
                .filter(|(_, trainer)| asked.iter().all(|(row, _)| row.trainer_id != trainer.id))
                .map(|(_, trainer)| choice(trainer.clone()))
                .collect();
            let brought = asked.iter().map(|(row, _)| {
                let account = accounts.get(&row.id).copied().flatten();
                (row.id, files.to(session, account))
            });
            SessionTeachings {
                brought: brought.collect(),
                open: is_open(&view, session, now),
                asked,
                named,
                in_agenda,
                session: session.clone(),
            }
        });
        let sessions = sessions.collect();
        let trainers = trainer::Entity::find()
            .filter(trainer::Column::RetiredAt.is_null())
            .all(self.db.read())
            .await?;
        let mut trainers = trainers;
        trainers.sort_by_cached_key(|row| domain::name_sort_key(&row.full_name));
        Ok(Teachings {
            view,
            sessions,
            trainers: trainers.into_iter().map(choice).collect(),
        })
    }

    /// What the signed-in trainer is asked, and the sessions of public workshops
    /// where they stand in the agenda: unanswered and late first, then by time.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn my_teachings(&self, actor: &Actor) -> Result<Vec<AskedTeaching>, Failure> {
        let account = trainer_account(actor)?;
        let now = self.clock.now();
        let rows = teaching::Entity::find()
            .find_also_related(trainer::Entity)
            .filter(trainer::Column::AccountId.eq(account))
            .all(self.db.read())
            .await?;
        let named = Taught::of_account(self.db.read(), account).await?.named;
        let ids = rows.iter().map(|(row, _)| row.session_id);
        let ids = ids.chain(named.iter().copied());
        let sessions = session::Entity::find()
            .filter(session::Column::Id.is_in(ids))
            .find_also_related(workshop::Entity)
            .all(self.db.read())
            .await?;
        let mut sessions: HashMap<i64, _> = sessions
            .into_iter()
            .filter_map(|(session, workshop)| Some((session.id, (session, workshop?))))
            .collect();
        let mut workshops: Vec<_> = sessions.values().map(|(_, row)| row.clone()).collect();
        workshops.sort_unstable_by_key(|row| row.id);
        workshops.dedup_by_key(|row| row.id);
        let views = self.with_sessions(workshops, now).await?;
        let views: HashMap<i64, WorkshopView> =
            views.into_iter().map(|view| (view.row.id, view)).collect();
        let view_of = |workshop: &workshop::Model| views.get(&workshop.id).cloned();
        let mut asked = Vec::new();
        for (row, trainer) in rows {
            let found = sessions.remove(&row.session_id);
            let (Some((session, workshop)), Some(trainer)) = (found, trainer) else {
                continue;
            };
            let Some(view) = view_of(&workshop) else {
                continue;
            };
            asked.push(self.asked(Whole {
                row,
                trainer,
                session,
                view,
            }));
        }
        for id in named {
            let Some((session, workshop)) = sessions.remove(&id) else {
                continue;
            };
            let Some(view) = view_of(&workshop) else {
                continue;
            };
            asked.push(AskedTeaching {
                id: None,
                trainer: String::new(),
                view,
                session,
                state: None,
                expected: String::new(),
                expected_by: None,
                brought: 0,
                open: false,
                headcount: None,
            });
        }
        let heads = self.count_heads(views.into_values().collect()).await?;
        let heads: HashMap<i64, Headcount> = heads
            .into_iter()
            .map(|(view, headcount)| (view.row.id, headcount))
            .collect();
        let of: Vec<i64> = heads.keys().copied().collect();
        let files = Brought::of(self.db.read(), &of).await?;
        for each in &mut asked {
            each.brought = files.to(&each.session, Some(account));
            each.headcount = heads.get(&each.view.row.id).copied();
        }
        asked.sort_by_key(|each| {
            (
                !each.is_late(now),
                each.session.ends_at < now,
                each.session.starts_at,
            )
        });
        Ok(asked)
    }

    pub(super) fn asked(&self, whole: Whole) -> AskedTeaching {
        let now = self.clock.now();
        AskedTeaching {
            id: Some(whole.row.id),
            trainer: whole.trainer.full_name,
            open: is_open(&whole.view, &whole.session, now),
            state: Some(*whole.row.state),
            expected: whole.row.expected,
            expected_by: whole.row.expected_by,
            brought: 0,
            session: whole.session,
            view: whole.view,
            headcount: None,
        }
    }
}

impl SessionTeachings {
    /// Whether what one was asked to prepare is missing, as [`is_missing`] tells.
    #[must_use]
    pub fn lacks(&self, row: &teaching::Model, now: DateTime<Utc>) -> bool {
        let brought = self.brought.get(&row.id).copied().unwrap_or(0);
        let declined = *row.state == TeachingState::Declined;
        is_missing(
            row.expected_by,
            brought,
            declined,
            self.session.ends_at,
            now,
        )
    }
}

impl AskedTeaching {
    /// Whether what is expected should be there by now, as [`is_missing`] tells.
    #[must_use]
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        let declined = self.state == Some(TeachingState::Declined);
        let (by, ends_at) = (self.expected_by, self.session.ends_at);
        is_missing(by, self.brought, declined, ends_at, now)
            && *self.view.row.state != domain::WorkshopState::Cancelled
    }
}

fn choice(row: trainer::Model) -> TrainerChoice {
    let name = if row.affiliation.is_empty() {
        row.full_name
    } else {
        format!("{} ({})", row.full_name, row.affiliation)
    };
    TrainerChoice {
        id: row.id,
        name,
        has_email: row.email.is_some(),
    }
}
