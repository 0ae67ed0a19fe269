//! Corrections by hand, with a reason; each can be taken back.

use super::lock::require_open;
use crate::audit::{Entry, record};
use crate::entity::{Code, attendance_mark, registration};
use crate::registration::{load, load_of};
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    Act, AttendanceState, DOOR_OPENS, Reason, RegistrationState, WorkshopState, clean_line,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Set,
};
use serde_json::json;

/// The corrections that stand of somebody's attendance of one session, under
/// any registration of the person.
async fn standing_marks(
    tx: &Tx,
    session_id: i64,
    registration_id: i64,
) -> Result<Vec<attendance_mark::Model>, Failure> {
    let row = load(&**tx, registration_id).await?;
    let of_person = registration::Entity::find()
        .select_only()
        .column(registration::Column::Id)
        .filter(registration::Column::WorkshopId.eq(row.workshop_id))
        .filter(registration::Column::PersonId.eq(row.person_id))
        .into_query();
    Ok(attendance_mark::Entity::find()
        .filter(attendance_mark::Column::SessionId.eq(session_id))
        .filter(attendance_mark::Column::RegistrationId.in_subquery(of_person))
        .filter(attendance_mark::Column::UndoneAt.is_null())
        .order_by_asc(attendance_mark::Column::Id)
        .all(&**tx)
        .await?)
}

impl Services {
    /// Corrects whether somebody with a seat attended a session, for a reason.
    /// An earlier correction is superseded and kept.
    ///
    /// # Errors
    /// [`Failure::Invalid`] without a `reason` or for a `state` that is none
    /// to correct to; [`Conflict::FiguresLocked`]; [`Conflict::NotAllowedNow`]
    /// for somebody without a seat, before the door opens (but for excuses), and
    /// for a workshop that is a draft or cancelled; [`Failure::NotFound`]; as
    /// [`Services::staff_workshop`].
    pub async fn correct_attendance(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        registration_id: i64,
        state: AttendanceState,
        reason: &str,
    ) -> Result<(), Failure> {
        let at = &self
            .session_at(actor, Act::ManageWorkshops, slug, session_id)
            .await?;
        if !AttendanceState::CORRECTIONS.contains(&state) {
            return Err(Failure::problem("state", Reason::NotAChoice));
        }
        let reason = &clean_line(reason, 300).map_err(|why| Failure::problem("reason", why))?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, at.workshop_id).await?;
                // Who cannot come is excused ahead; nobody was there before.
                let early = state != AttendanceState::Excused && now < at.starts_at - DOOR_OPENS;
                if early || *workshop.state != WorkshopState::Published {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                require_open(&*tx, at.id).await?;
                let row = registration::Entity::find_by_id(registration_id)
                    .filter(registration::Column::WorkshopId.eq(at.workshop_id))
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                if *row.state != RegistrationState::Booked {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let before = take_back(&tx, actor, at.id, row.id, now).await?;
                attendance_mark::ActiveModel {
                    session_id: Set(at.id),
                    registration_id: Set(row.id),
                    state: Set(Code(state)),
                    reason: Set(reason.clone()),
                    actor: Set(actor.label()),
                    at: Set(now),
                    undone_at: Set(None),
                    undone_by: Set(None),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                let entry = Entry {
                    deed: "correct_attendance",
                    noun: "registration",
                    id: row.id,
                    before: before.map(|was| json!({ "session": at.id, "state": was })),
                    after: Some(json!({ "session": at.id, "state": state, "reason": reason })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// Takes a correction back: what was scanned and signed says again who
    /// attended. One that is not there is taken back already.
    ///
    /// # Errors
    /// [`Conflict::FiguresLocked`]; [`Conflict::NotAllowedNow`] unless the
    /// workshop is published; [`Failure::NotFound`]; as
    /// [`Services::staff_workshop`].
    pub async fn undo_correction(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        registration_id: i64,
    ) -> Result<(), Failure> {
        let at = &self
            .session_at(actor, Act::ManageWorkshops, slug, session_id)
            .await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, at.workshop_id).await?;
                if *workshop.state != WorkshopState::Published {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                require_open(&*tx, at.id).await?;
                load_of(&*tx, workshop.id, registration_id).await?;
                let Some(was) = take_back(&tx, actor, at.id, registration_id, now).await? else {
                    return Ok(());
                };
                let entry = Entry {
                    deed: "undo_correction",
                    noun: "registration",
                    id: registration_id,
                    before: Some(json!({ "session": at.id, "state": was })),
                    after: None,
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}

async fn take_back(
    tx: &Tx,
    actor: &Actor,
    session_id: i64,
    registration_id: i64,
    now: DateTime<Utc>,
) -> Result<Option<AttendanceState>, Failure> {
    let mut was = None;
    for mark in standing_marks(tx, session_id, registration_id).await? {
        was = Some(*mark.state);
        let mut mark = mark.into_active_model();
        mark.undone_at = Set(Some(now));
        mark.undone_by = Set(Some(actor.label()));
        mark.update(&**tx).await?;
    }
    Ok(was)
}
