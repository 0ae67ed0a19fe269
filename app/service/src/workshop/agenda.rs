//! The agenda of a session: when, what, who speaks.

use super::{Booking, lock_by_slug, refuse_clashes, require_changeable, sessions_of, trainers_of};
use crate::audit::{Entry, record};
use crate::entity::{Code, agenda_item, session, teaching, trainer};
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{Act, AgendaRow, Lang, Reason, TeachingState, check_agenda};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use std::collections::{BTreeSet, HashMap, HashSet};

/// One line of an agenda as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItem {
    /// Start.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English, empty where there is none.
    pub title_en: String,
    /// Who speaks: key, name and affiliation.
    pub trainer: Option<(i64, String, String)>,
    /// Who stands there for the organisers, also when they declined since: key
    /// and name.
    pub named: Option<(i64, String)>,
}

impl AgendaItem {
    /// The title in a language; Vietnamese where there is no English.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        lang.choose(&self.title_vi, &self.title_en)
    }
}

impl Services {
    /// The agendas of sessions, by the session's key. Public: who speaks is
    /// part of the invitation. Who declined is not named.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn agendas(
        &self,
        sessions: &[session::Model],
    ) -> Result<HashMap<i64, Vec<AgendaItem>>, Failure> {
        let rows = agenda_item::Entity::find()
            .filter(agenda_item::Column::SessionId.is_in(sessions.iter().map(|session| session.id)))
            .order_by_asc(agenda_item::Column::Position)
            .find_also_related(trainer::Entity)
            .all(self.db.read())
            .await?;
        let declined: HashSet<(i64, i64)> = teaching::Entity::find()
            .select_only()
            .columns([teaching::Column::SessionId, teaching::Column::TrainerId])
            .filter(teaching::Column::SessionId.is_in(sessions.iter().map(|session| session.id)))
            .filter(teaching::Column::State.eq(Code(TeachingState::Declined)))
            .into_tuple()
            .all(self.db.read())
            .await?
            .into_iter()
            .collect();
        let mut agendas: HashMap<i64, Vec<AgendaItem>> = HashMap::new();
        for (row, trainer) in rows {
            agendas.entry(row.session_id).or_default().push(AgendaItem {
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                title_vi: row.title_vi,
                title_en: row.title_en,
                named: trainer
                    .as_ref()
                    .map(|found| (found.id, found.full_name.clone())),
                trainer: trainer
                    .filter(|found| !declined.contains(&(row.session_id, found.id)))
                    .map(|found| (found.id, found.full_name, found.affiliation)),
            });
        }
        Ok(agendas)
    }

    /// Replaces the agenda of a session.
    ///
    /// # Errors
    /// [`Failure::Invalid`] row by row, also for a trainer who speaks elsewhere
    /// at that time unless `allow_clash` is said; [`Failure::NotFound`];
    /// [`crate::Conflict::NotAllowedNow`] for what is cancelled or closed.
    pub async fn save_agenda(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        rows: &[AgendaRow],
        allow_clash: bool,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                require_changeable(&workshop)?;
                let sessions = sessions_of(&*tx, workshop.id).await?;
                let session = sessions.iter().find(|session| session.id == session_id);
                let session = session.ok_or(Failure::NotFound)?;
                let span = (session.starts_at, session.ends_at);
                let items = check_agenda(rows, span).map_err(Failure::Invalid)?;
                let named: BTreeSet<i64> =
                    items.iter().filter_map(|item| item.trainer_id).collect();
                require_known(&*tx, &named).await?;
                let mut asked = trainers_of(&*tx, &[session_id]).await?;
                let before = asked.remove(&session_id).unwrap_or_default();
                let booking = Booking {
                    room_id: None,
                    span,
                    trainers: named.difference(&before).copied().collect(),
                };
                let overridden =
                    refuse_clashes(&tx, Some(workshop.id), &[booking], allow_clash).await?;
                let gone = agenda_item::Entity::delete_many()
                    .filter(agenda_item::Column::SessionId.eq(session_id))
                    .exec(&*tx)
                    .await?;
                let number = items.len();
                let rows =
                    items
                        .into_iter()
                        .zip(1..)
                        .map(|(item, position)| agenda_item::ActiveModel {
                            session_id: Set(session_id),
                            position: Set(position),
                            starts_at: Set(item.starts_at),
                            ends_at: Set(item.ends_at),
                            title_vi: Set(item.title_vi),
                            title_en: Set(item.title_en),
                            trainer_id: Set(item.trainer_id),
                            ..Default::default()
                        });
                if number > 0 {
                    agenda_item::Entity::insert_many(rows).exec(&*tx).await?;
                }
                let entry = Entry {
                    deed: "save_agenda",
                    noun: "workshop",
                    id: workshop.id,
                    before: Some(json!({ "agenda_items": gone.rows_affected })),
                    after: Some(json!({ "agenda_items": number })),
                };
                record(&*tx, actor, now, entry).await?;
                self.record_clashes(&tx, actor, workshop.id, &overridden)
                    .await
            })
            .await
    }
}

/// Moves the agenda of a session along with it.
pub(crate) async fn shift_agenda(
    tx: &Tx,
    session_id: i64,
    shift: chrono::Duration,
) -> Result<(), Failure> {
    if shift.is_zero() {
        return Ok(());
    }
    let items = agenda_item::Entity::find()
        .filter(agenda_item::Column::SessionId.eq(session_id))
        .all(&**tx)
        .await?;
    for item in items {
        let (starts_at, ends_at) = (item.starts_at + shift, item.ends_at + shift);
        let mut item = item.into_active_model();
        item.starts_at = Set(starts_at);
        item.ends_at = Set(ends_at);
        item.update(&**tx).await?;
    }
    Ok(())
}

async fn require_known(tx: &impl ConnectionTrait, trainers: &BTreeSet<i64>) -> Result<(), Failure> {
    use sea_orm::PaginatorTrait;
    if trainers.is_empty() {
        return Ok(());
    }
    let known = trainer::Entity::find()
        .filter(trainer::Column::Id.is_in(trainers.iter().copied()))
        .count(tx)
        .await?;
    if known == trainers.len() as u64 {
        Ok(())
    } else {
        Err(Failure::problem("trainer_id", Reason::NotAChoice))
    }
}
