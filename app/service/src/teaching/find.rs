//! Teachings as pages show them.

use super::answer::trainer_account;
use super::{Taught, Whole, is_open};
use crate::entity::{agenda_item, session, teaching, trainer, workshop};
use crate::{Actor, Failure, Headcount, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, TeachingState};
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
        let mut by_session: HashMap<i64, Vec<_>> = HashMap::new();
        for (row, trainer) in rows {
            let trainer = choice(trainer.ok_or(Failure::NotFound)?);
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
            SessionTeachings {
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
                open: false,
                headcount: None,
            });
        }
        let heads = self.count_heads(views.into_values().collect()).await?;
        let heads: HashMap<i64, Headcount> = heads
            .into_iter()
            .map(|(view, headcount)| (view.row.id, headcount))
            .collect();
        for each in &mut asked {
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
            session: whole.session,
            view: whole.view,
            headcount: None,
        }
    }
}

impl AskedTeaching {
    /// Whether what is expected should be there by now. Once the session is
    /// over nobody waits for it any more.
    #[must_use]
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        let due = self.expected_by.is_some_and(|by| by <= now);
        due && self.state != Some(TeachingState::Declined)
            && self.session.ends_at > now
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
