//! Moving a workshop or calling it off, and telling the people concerned, in
//! one deed: the new version, mails with calendar updates, and a list of those
//! to be called.

mod calls;
mod contacts;
mod link;
mod message;
mod plan;
mod preview;
mod reach;
mod tell;

pub use calls::ChangePage;
pub use message::ChangeMessage;
pub use preview::ChangePreview;
pub use reach::Reach;

pub(crate) use calls::calls_of;

use crate::attendance::has_lock;
use crate::audit::{Entry, record_all};
use crate::entity::{Code, registration, session, workshop_change};
use crate::mail::join_place;
use crate::workshop::{WorkshopView, lock_by_slug, lock_schedule, sessions_of};
use crate::{Actor, Conflict, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{
    Act, CalendarMethod, ChangeKind, MoveForm, RegistrationState, Tell, TellForm, WorkshopFormat,
    WorkshopState,
};
use plan::{MovePlan, deadlines_of};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;
use text::Words;

/// When and where a session was or is, as a change keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionSnapshot {
    /// The key of the session.
    pub id: i64,
    /// Its place in the order.
    pub position: i64,
    /// Start.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
    /// Hall or room.
    pub room: String,
    /// Postal address.
    pub address: String,
    /// How people took part; changes of before this was kept have none.
    #[serde(default)]
    pub format: Option<WorkshopFormat>,
}

impl SessionSnapshot {
    /// When and where, in one line.
    #[must_use]
    pub fn said(&self, words: Words) -> String {
        let when = words.period(self.starts_at, self.ends_at);
        join_place(&when, &self.place_said(words))
    }

    /// Where, or that it is online.
    fn place_said(&self, words: Words) -> String {
        let place = join_place(&self.room, &self.address);
        match self.format {
            Some(format) if !format.has_place() => words.term(format),
            Some(format) if format.has_link() => join_place(&place, &words.term(format)),
            _ => place,
        }
    }

    /// A session as it is, of a workshop with this format.
    pub(crate) fn of(row: &session::Model, format: WorkshopFormat) -> Self {
        Self {
            format: Some(format),
            id: row.id,
            position: row.position,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            room: row.room.clone(),
            address: row.address.clone(),
        }
    }
}

/// A change that people were told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The key.
    pub id: i64,
    /// What happened.
    pub kind: ChangeKind,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// Why, in Vietnamese; may be empty.
    pub note_vi: String,
    /// Why, in English; may be empty.
    pub note_en: String,
    /// The sessions that changed: how they were and how they are.
    pub sessions: Vec<(SessionSnapshot, SessionSnapshot)>,
}

impl Changed {
    pub(crate) fn of(row: workshop_change::Model) -> Self {
        let read =
            |json: &str| -> Vec<SessionSnapshot> { serde_json::from_str(json).unwrap_or_default() };
        let (before, after) = (read(&row.before), read(&row.after));
        Self {
            id: row.id,
            kind: *row.kind,
            at: row.at,
            note_vi: row.note_vi,
            note_en: row.note_en,
            sessions: before
                .into_iter()
                .filter_map(|was| {
                    let is = after.iter().find(|is| is.id == was.id)?.clone();
                    Some((was, is))
                })
                .collect(),
        }
    }
}

impl Services {
    /// Moves sessions of a published workshop to other times or places, or has
    /// people take part in another way from then on. The
    /// end of registration, of giving up and of the minimum move along with
    /// the start as long as they lie ahead; agendas move with their sessions;
    /// codes and addresses stay valid.
    ///
    /// # Errors
    /// [`Failure::Invalid`] row by row, also for a room or a trainer that is
    /// taken unless that is allowed; [`Conflict::Outdated`] when somebody
    /// changed it meanwhile; [`Conflict::NotAllowedNow`] unless it is to come
    /// or under way, and when nothing would change.
    pub async fn move_workshop(
        &self,
        actor: &Actor,
        slug: &str,
        form: &MoveForm,
    ) -> Result<(WorkshopView, i64), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let tell = &form.tell.check(false).map_err(Failure::Invalid)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = lock_by_slug(&tx, slug).await?;
                let sessions = sessions_of(&*tx, row.id).await?;
                let before = WorkshopView::new(row, sessions, now);
                require_version(&before, tell)?;
                // No room retires between being chosen and being taken.
                lock_schedule(&tx).await?;
                let plan = MovePlan::make(&*tx, &before, form, now).await?;
                let overridden = plan.refuse_clashes(&tx, form.allow_clash).await?;
                let after = plan.save(&tx, &before, now).await?;
                self.campaigns_of_moved(&tx, &after.row, now).await?;
                let change = Change {
                    kind: ChangeKind::Moved,
                    before: plan.before(&before),
                    after: plan.after(&after),
                    deadlines: deadlines_of(&before.row).changed_to(deadlines_of(&after.row)),
                };
                let row = self.keep(&tx, actor, &after, tell, &change, now).await?;
                let moved: Vec<session::Model> = after
                    .sessions
                    .iter()
                    .filter(|session| change.after.iter().any(|is| is.id == session.id))
                    .cloned()
                    .collect();
                self.tell(
                    &tx,
                    CalendarMethod::Request,
                    &after,
                    &moved,
                    &row,
                    tell,
                    now,
                )
                .await?;
                self.record_clashes(&tx, actor, after.row.id, &overridden)
                    .await?;
                // No offer outlasts the new start.
                let start = after.starts_at();
                registration::Entity::update_many()
                    .col_expr(registration::Column::OfferUntil, Expr::value(start))
                    .filter(registration::Column::WorkshopId.eq(after.row.id))
                    .filter(registration::Column::State.eq(Code(RegistrationState::Offered)))
                    .filter(registration::Column::OfferUntil.gt(start))
                    .exec(&*tx)
                    .await?;
                // A later start may let waiting people in.
                self.offer_seats(&tx, &Actor::System, &after.row, now)
                    .await?;
                Ok((after, row.id))
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// Calls a workshop off. Mails that say it takes place do not leave any
    /// more; whoever was invited gets the cancellation.
    ///
    /// # Errors
    /// [`Failure::Invalid`] without a reason; [`Conflict::Outdated`];
    /// [`Conflict::NotAllowedNow`] when it was cancelled already, or is over.
    pub async fn call_off(
        &self,
        actor: &Actor,
        slug: &str,
        form: &TellForm,
    ) -> Result<(WorkshopView, i64), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let tell = &form.check(true).map_err(Failure::Invalid)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = lock_by_slug(&tx, slug).await?;
                let sessions = sessions_of(&*tx, row.id).await?;
                let before = WorkshopView::new(row, sessions, now);
                require_version(&before, tell)?;
                plan::require_callable_off(actor, &before)?;
                // What was signed off has taken place.
                if has_lock(&*tx, before.row.id).await? {
                    return Err(Failure::Conflict(Conflict::FiguresLocked));
                }
                let mut row = before.row.clone().into_active_model();
                row.state = Set(Code(WorkshopState::Cancelled));
                row.version = Set(before.row.version + 1);
                let row = row.update(&*tx).await?;
                let after = WorkshopView::new(row, before.sessions, now);
                let change = Change {
                    kind: ChangeKind::Cancelled,
                    before: Vec::new(),
                    after: Vec::new(),
                    deadlines: Vec::new(),
                };
                crate::campaign::end_of_workshop(&tx, after.row.id, now).await?;
                crate::outbox::withhold_of_workshop(&*tx, after.row.id).await?;
                let row = self.keep(&tx, actor, &after, tell, &change, now).await?;
                let sessions = after.sessions.clone();
                self.tell(
                    &tx,
                    CalendarMethod::Cancel,
                    &after,
                    &sessions,
                    &row,
                    tell,
                    now,
                )
                .await?;
                Ok((after, row.id))
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// What everybody may know of the changes of a workshop, newest first: not
    /// that the link is another. Public.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn changes(&self, workshop_id: i64) -> Result<Vec<Changed>, Failure> {
        let mut changes = self.all_changes(workshop_id).await?;
        changes.retain(|change| change.kind != ChangeKind::Link);
        Ok(changes)
    }

    /// All that somebody was told of a workshop, newest first.
    pub(crate) async fn all_changes(&self, workshop_id: i64) -> Result<Vec<Changed>, Failure> {
        use sea_orm::QueryOrder;
        let rows = workshop_change::Entity::find()
            .filter(workshop_change::Column::WorkshopId.eq(workshop_id))
            .order_by_desc(workshop_change::Column::Version)
            .all(self.db.read())
            .await?;
        Ok(rows.into_iter().map(Changed::of).collect())
    }

    /// Writes the change down, with its line in the log.
    async fn keep(
        &self,
        tx: &crate::Tx,
        actor: &Actor,
        after: &WorkshopView,
        tell: &Tell,
        change: &Change,
        now: DateTime<Utc>,
    ) -> Result<workshop_change::Model, Failure> {
        let notes = [&tell.note_vi, &tell.note_en];
        let row = write_down(tx, actor, after, notes, change, now).await?;
        let noted = |session: &SessionSnapshot| {
            json!({ "session": session.id, "room": session.room,
                "address": session.address, "starts_at": session.starts_at,
                "ends_at": session.ends_at, "format": session.format })
        };
        // A line for each session; what moved along stands in the first.
        let mut lines: Vec<_> = change
            .before
            .iter()
            .filter_map(|was| {
                let is = change.after.iter().find(|is| is.id == was.id)?;
                Some((noted(was), noted(is)))
            })
            .collect();
        if let Some((before, after)) = lines.first_mut() {
            for (field, was, is) in &change.deadlines {
                before[*field] = json!(was);
                after[*field] = json!(is);
            }
        }
        if change.kind == ChangeKind::Cancelled {
            lines = vec![(json!({}), json!({ "state": after.row.state.0 }))];
        }
        let entries = lines.into_iter().rev().map(|(before, noted)| Entry {
            deed: match change.kind {
                ChangeKind::Moved => "move",
                ChangeKind::Cancelled => "call_off",
                ChangeKind::Link => "revise",
            },
            noun: "workshop",
            id: after.row.id,
            before: Some(before),
            after: Some(noted),
        });
        record_all(&**tx, actor, now, entries.collect()).await?;
        Ok(row)
    }
}

/// The row of a change, of which nobody is told yet.
async fn write_down(
    tx: &crate::Tx,
    actor: &Actor,
    after: &WorkshopView,
    [note_vi, note_en]: [&String; 2],
    change: &Change,
    now: DateTime<Utc>,
) -> Result<workshop_change::Model, Failure> {
    let json = |list: &[SessionSnapshot]| serde_json::to_string(list).map_err(Failure::internal);
    let row = workshop_change::ActiveModel {
        workshop_id: Set(after.row.id),
        version: Set(after.row.version),
        kind: Set(Code(change.kind)),
        at: Set(now),
        actor: Set(actor.label()),
        note_vi: Set(note_vi.clone()),
        note_en: Set(note_en.clone()),
        before: Set(json(&change.before)?),
        after: Set(json(&change.after)?),
        told: Set(0),
        ..Default::default()
    };
    Ok(row.insert(&**tx).await?)
}

/// What is written down of a change.
struct Change {
    kind: ChangeKind,
    before: Vec<SessionSnapshot>,
    after: Vec<SessionSnapshot>,
    /// What moved along with the start.
    deadlines: Vec<(&'static str, DateTime<Utc>, DateTime<Utc>)>,
}

/// What was looked at must be what is changed.
fn require_version(view: &WorkshopView, tell: &Tell) -> Result<(), Failure> {
    if tell.version == Some(view.row.version) {
        Ok(())
    } else {
        Err(Failure::Conflict(Conflict::Outdated))
    }
}
