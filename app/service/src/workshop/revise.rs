//! Changing the settings of a workshop.

use super::rows::{apply, apply_session, whole};
use super::{
    WorkshopView, find_place, lock_by_slug, lock_schedule, place_session, require_changeable,
    sessions_of,
};
use crate::attendance::has_lock;
use crate::audit::{Entry, record};
use crate::entity::workshop;
use crate::{Actor, Conflict, Failure, Services};
use domain::{
    Act, Known, NewWorkshop, Reason, WorkshopForm, WorkshopState, fewest_seats, missing_to_publish,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};

impl Services {
    /// Changes a workshop's settings; time and place too while it is a draft
    /// of one session, and how people take part while it is a draft. Seats are
    /// never lowered below the people already booked; a room that walk-ins
    /// overfilled may stay as it is. What is public keeps all that it needed to
    /// be published. People with a seat are told when the link to take part is
    /// another.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::NotFound`], [`Conflict::Outdated`] when
    /// somebody changed it since it was looked at,
    /// [`Conflict::NotAllowedNow`] for a workshop that is cancelled or closed,
    /// or [`Conflict::FiguresLocked`] when the rules of attendance change while
    /// figures of a session are put forward or signed.
    pub async fn revise(
        &self,
        actor: &Actor,
        slug: &str,
        form: &WorkshopForm,
    ) -> Result<WorkshopView, Failure> {
        let current = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let mut form = form.clone();
        let looked_at: Option<i64> = form.version.trim().parse().ok();
        if !current.sets_time_in_form() {
            form.session = current.first_session_form();
        }
        let now = self.clock.now();
        let seats = crate::registration::count_seats(self.db.read(), &current.row).await?;
        let known = Known {
            starts_at: current.sessions.first().map(|first| first.starts_at),
            last_starts_at: current
                .sessions
                .last()
                .filter(|_| current.sessions.len() > 1)
                .map(|last| last.starts_at),
            placed_elsewhere: !current.sets_time_in_form(),
            fewest: fewest_seats(seats),
        };
        let new = &form.check(now, known).map_err(Failure::Invalid)?;
        self.db
            .write(|tx| async move {
                let before = lock_by_slug(&tx, slug).await?;
                require_changeable(&before)?;
                // A move has changed the times that hang on the start, or another
                // organiser has changed what was looked at.
                if looked_at.is_some_and(|version| version != before.version) {
                    return Err(Failure::Conflict(Conflict::Outdated));
                }
                let rules = (before.late_after, before.attended_share);
                if rules != (i64::from(new.late_after), i64::from(new.attended_share))
                    && has_lock(&*tx, before.id).await?
                {
                    return Err(Failure::Conflict(Conflict::FiguresLocked));
                }
                let seats = crate::registration::count_seats(&*tx, &before).await?;
                let fewest = fewest_seats(seats);
                if new.capacity < fewest {
                    let range = Reason::FewerThanBooked(i64::from(fewest));
                    return Err(Failure::problem("capacity", range));
                }
                if *before.state == WorkshopState::Published {
                    require_publishable(&before, new)?;
                }
                let mut sessions = sessions_of(&*tx, before.id).await?;
                let (was, id) = (before.clone(), before.id);
                let old = WorkshopView::new(before.clone(), sessions.clone(), now);
                let free = *before.state == WorkshopState::Draft && sessions.len() == 1;
                let version = was.version + 1;
                let mut row = apply(before.into_active_model(), new);
                row.version = Set(version);
                if (was.minimum, was.minimum_by)
                    != (
                        new.minimum.map(|(number, _)| i64::from(number)),
                        new.minimum.map(|(_, by)| by),
                    )
                {
                    row.minimum_alerted_at = Set(None);
                    row.minimum_settled_at = Set(None);
                }
                let row = row.update(&*tx).await?;
                let first = sessions.first_mut().ok_or(Failure::NotFound)?;
                let was = whole(&was, first);
                let mut overridden = Vec::new();
                if free {
                    lock_schedule(&tx).await?;
                    let place = find_place(&*tx, &new.session.place, first.room_id).await?;
                    overridden = place_session(&tx, Some(first), new, &place).await?;
                    let old = first.clone();
                    *first = apply_session(old.clone().into_active_model(), &new.session, &place)
                        .update(&*tx)
                        .await?;
                    self.settle_draft(&tx, &row, &old, first, now).await?;
                }
                let after = whole(&row, first);
                let view = WorkshopView::new(row, sessions, now);
                self.tell_new_link(&tx, actor, old.online_link(), &view, now)
                    .await?;
                // More seats may let waiting people in, by the queue's own rule.
                self.offer_seats(&tx, &Actor::System, &view.row, now)
                    .await?;
                let entry = Entry {
                    deed: "revise",
                    noun: "workshop",
                    id,
                    before: Some(was),
                    after: Some(after),
                };
                record(&*tx, actor, now, entry).await?;
                self.record_clashes(&tx, actor, id, &overridden).await?;
                Ok(view)
            })
            .await
            .inspect(|_| self.ring_outbox())
    }
}

/// What is public lacks nothing that it needed to be published. How people take
/// part hangs together with the place, so that is changed by a move.
fn require_publishable(before: &workshop::Model, new: &NewWorkshop) -> Result<(), Failure> {
    if new.format != *before.format {
        return Err(Failure::problem("format", Reason::ChangedByMove));
    }
    // The places are the sessions', which stay as they are.
    let place = "-";
    let missing = missing_to_publish(&new.title_en, new.format, place, &new.online_link);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Failure::Invalid(missing))
    }
}
