//! Somebody else goes instead of the holder of a seat.

use crate::delegate::{recognise, word_of};
use crate::entity::registration;
use crate::mail::Occasion;
use crate::registration::{Newcomer, Origin, active, has_come, load, person_of};
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    DelegateRow, Lang, NewRegistration, Problems, Reason, RegistrationMove, RegistrationSource,
    RegistrationState, may_substitute,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};

/// How a seat passes from one person to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passing {
    /// The holder came, as it was decided before anything was changed.
    pub(crate) came: bool,
    pub(crate) source: RegistrationSource,
    pub(crate) lang: Lang,
    /// The holder passes it on, on the page of the registration.
    pub(crate) by_holder: bool,
    /// When that was: a device may say so later.
    pub(crate) at: DateTime<Utc>,
    pub(crate) now: DateTime<Utc>,
}

impl Services {
    /// Names somebody who goes instead, by the holder of the seat: the seat
    /// passes on at once, whoever waits. The substitute comes from the same
    /// establishment. Returns the last part of the address of the substitute's
    /// page.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems, or when that person is
    /// registered already; [`Conflict::NotAllowedNow`] without a seat, after
    /// the holder came, or when the workshop is over; [`Failure::NotFound`].
    pub async fn substitute(
        &self,
        ticket: &str,
        form: &DelegateRow,
        lang: Lang,
    ) -> Result<String, Failure> {
        let found = self.registration_by_ticket(ticket).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, found.workshop_id).await?;
                let row = load(&*tx, found.id).await?;
                let new = &self.check_substitute(&tx, &row, form).await?;
                let passing = Passing {
                    came: has_come(&*tx, row.id).await?,
                    source: RegistrationSource::Substitute,
                    lang,
                    by_holder: true,
                    at: now,
                    now,
                };
                let actor = &Actor::Anonymous;
                let made = self.replace(&tx, actor, row, new, passing).await?;
                Ok(self.ticket_token(&made.code))
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// What was typed of a substitute, with the establishment and locality of
    /// the holder.
    pub(crate) async fn check_substitute(
        &self,
        tx: &Tx,
        row: &registration::Model,
        form: &DelegateRow,
    ) -> Result<NewRegistration, Failure> {
        let place = crate::establishment::name_of(&**tx, row.establishment_id).await?;
        let mut problems = Problems::default();
        form.check_alone(&place, &row.locality_name, &mut problems)
            .ok_or(Failure::Invalid(problems))
    }

    /// Passes a seat from one person to another.
    pub(crate) async fn replace(
        &self,
        tx: &Tx,
        actor: &Actor,
        row: registration::Model,
        new: &NewRegistration,
        passing: Passing,
    ) -> Result<registration::Model, Failure> {
        let Passing {
            came,
            source,
            lang,
            by_holder,
            at,
            now,
        } = passing;
        let workshop = lock_by_id(tx, row.workshop_id).await?;
        let sessions = sessions_of(&**tx, workshop.id).await?;
        let view = WorkshopView::new(workshop, sessions, at);
        if !may_substitute(*row.state, view.phase, came) {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        let delegate = recognise(tx, new, word_of(actor), now).await?;
        if active(&**tx, view.row.id, delegate.person.id)
            .await?
            .is_some()
        {
            return Err(Failure::problem("full_name", Reason::RegisteredAlready));
        }
        let holder = person_of(&**tx, &row).await?;
        let row = self
            .change_state(tx, actor, row, RegistrationMove::Substitute, now)
            .await?;
        let newcomer = &Newcomer {
            new,
            lang,
            source,
            channel: "web",
            origin: Origin {
                party_id: row.party_id,
                invitation_id: row.invitation_id,
                import_id: None,
            },
        };
        let made = self
            .insert(
                tx,
                actor,
                &view.row,
                &delegate,
                newcomer,
                RegistrationState::Booked,
                now,
            )
            .await?;
        let mut old = row.into_active_model();
        old.substitute_id = Set(Some(made.id));
        old.passed_on_at = Set(by_holder.then_some(now));
        let old = old.update(&**tx).await?;
        self.mail_to_person(tx, Occasion::Substituted, &view.row, &old, &holder, now)
            .await?;
        self.mail_to_person(
            tx,
            Occasion::Nominated,
            &view.row,
            &made,
            &delegate.person,
            now,
        )
        .await?;
        Ok(made)
    }
}
