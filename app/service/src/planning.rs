//! The planning calendar: every session of a stretch of time, and which of
//! them want the same room or the same trainer at once.

use crate::entity::{session, workshop};
use crate::workshop::{names_of, trainers_of};
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, Lang, Month, Phase, fold, overlapping};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeSet, HashMap};

/// A session in the planning calendar.
#[derive(Clone, Debug)]
pub struct PlannedSession {
    /// The session.
    pub row: session::Model,
    /// The address of its workshop.
    pub slug: String,
    /// The title of its workshop, in Vietnamese and in English.
    title: (String, String),
    /// Where its workshop stands.
    pub phase: Phase,
    /// Another session is in its room at the time.
    pub room_clash: bool,
    /// Its trainers who teach elsewhere at the time.
    pub trainer_clash: BTreeSet<String>,
}

impl PlannedSession {
    /// The title of its workshop in a language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title.0,
            Lang::En => &self.title.1,
        }
    }
}

impl Services {
    /// The sessions of the weeks that touch a month, in order of time. What
    /// was called off stands there and takes no room.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn planned_sessions(
        &self,
        actor: &Actor,
        month: Month,
    ) -> Result<Vec<PlannedSession>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let (from, to) = month.span();
        let concerned: Vec<i64> = session::Entity::find()
            .select_only()
            .column(session::Column::WorkshopId)
            .filter(session::Column::StartsAt.lt(to))
            .filter(session::Column::EndsAt.gt(from))
            .distinct()
            .into_tuple()
            .all(self.db.read())
            .await?;
        let rows = workshop::Entity::find()
            .filter(workshop::Column::Id.is_in(concerned))
            .all(self.db.read())
            .await?;
        let views = self.with_sessions(rows, self.clock.now()).await?;
        let mut planned: Vec<PlannedSession> = Vec::new();
        let mut rooms: HashMap<String, Vec<usize>> = HashMap::new();
        for view in &views {
            for row in within(view, from, to) {
                if let Some(room) = room_of(view, row) {
                    rooms.entry(room).or_default().push(planned.len());
                }
                planned.push(PlannedSession {
                    row: row.clone(),
                    slug: view.row.slug.clone(),
                    title: [Lang::Vi, Lang::En]
                        .map(|lang| view.title(lang).to_owned())
                        .into(),
                    phase: view.phase,
                    room_clash: false,
                    trainer_clash: BTreeSet::new(),
                });
            }
        }
        for same in rooms.values() {
            for at in clashing(&planned, same) {
                planned[at].room_clash = true;
            }
        }
        for (name, same) in self.taught(&planned).await? {
            for at in clashing(&planned, &same) {
                planned[at].trainer_clash.insert(name.clone());
            }
        }
        planned.sort_by_key(|one| (one.row.starts_at, one.row.id));
        Ok(planned)
    }

    /// Who teaches which of the sessions, asked or named in the agenda, unless
    /// they declined.
    async fn taught(
        &self,
        planned: &[PlannedSession],
    ) -> Result<Vec<(String, Vec<usize>)>, Failure> {
        let held = planned.iter().enumerate();
        let at: HashMap<i64, usize> = held
            .filter(|(_, one)| one.phase != Phase::Cancelled)
            .map(|(at, one)| (one.row.id, at))
            .collect();
        let ids: Vec<i64> = at.keys().copied().collect();
        let mut taught: HashMap<i64, Vec<usize>> = HashMap::new();
        for (session, trainers) in trainers_of(self.db.read(), &ids).await? {
            for trainer in trainers {
                taught.entry(trainer).or_default().push(at[&session]);
            }
        }
        let names = names_of(self.db.read(), &taught.keys().copied().collect()).await?;
        Ok(taught
            .into_iter()
            .filter_map(|(trainer, at)| Some((names.get(&trainer)?.clone(), at)))
            .collect())
    }
}

fn within(
    view: &WorkshopView,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> impl Iterator<Item = &session::Model> {
    let sessions = view.sessions.iter();
    sessions.filter(move |row| row.starts_at < to && row.ends_at > from)
}

/// What a session occupies: a room of the register, or a place that was typed
/// the same way. Nothing when it was called off or takes place over a link.
fn room_of(view: &WorkshopView, row: &session::Model) -> Option<String> {
    if view.phase == Phase::Cancelled || !view.row.format.has_place() {
        return None;
    }
    Some(match row.room_id {
        Some(id) => format!("room:{id}"),
        None => format!("{}\n{}", fold(&row.room), fold(&row.address)),
    })
}

/// Those of some sessions that overlap another of them.
fn clashing(planned: &[PlannedSession], same: &[usize]) -> Vec<usize> {
    let spans: Vec<_> = same
        .iter()
        .map(|at| (planned[*at].row.starts_at, planned[*at].row.ends_at))
        .collect();
    let marks = overlapping(&spans).into_iter().zip(same);
    marks
        .filter_map(|(clash, at)| clash.then_some(*at))
        .collect()
}
