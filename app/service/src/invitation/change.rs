//! Naming somebody else, putting a delegate's details right, and removing one.

use super::answer::nominee;
use super::{lock_invitation, names_standing, place_of};
use crate::audit::{Entry, record};
use crate::delegate::recognise;
use crate::entity::{Code, person, registration};
use crate::mail::Occasion;
use crate::person::with_name;
use crate::registration::{active, has_come, load, person_of, stands_alone};
use crate::ticket::Passing;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    ContactBy, DelegateRow, Lang, Naming, NewRegistration, Phase, Problems, Reason,
    RegistrationMode, RegistrationMove, RegistrationSource, RegistrationState, contact_after,
    may_change_nominee, naming, same_name,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::json;

impl Services {
    /// Names somebody else instead of a delegate, by the invited establishment:
    /// a seat passes on, up to the door; who holds none leaves, and the other
    /// one is registered anew. The same name puts role and contacts right. The
    /// same answer sent twice is taken once.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems, also when that person is
    /// registered already; [`Conflict::NotAllowedNow`] for a delegate who has
    /// come or left, after the deadline for one without a seat, or when the
    /// workshop is over; [`Failure::NotFound`] for somebody whom another
    /// establishment named.
    pub async fn change_nominee(
        &self,
        token: &str,
        id: i64,
        form: &DelegateRow,
        lang: Lang,
    ) -> Result<(), Failure> {
        let found = &self.invitation_by_token(token).await?;
        let (place, locality) = place_of(self.db.read(), found.establishment_id).await?;
        let mut problems = Problems::default();
        let Some(new) = &form.check_alone(&place, &locality, &mut problems) else {
            return Err(Failure::Invalid(problems));
        };
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let (view, invitation) = lock_invitation(&tx, found, now).await?;
                let row = load(&*tx, id).await?;
                if row.invitation_id != Some(invitation.id) {
                    return Err(Failure::NotFound);
                }
                let withdrawn = invitation.withdrawn_at.is_some();
                let naming = naming(withdrawn, invitation.answer_by, view.phase, now);
                let came = has_come(&*tx, row.id).await?;
                if !row.state.is_active() && is_named(&tx, invitation.id, new).await? {
                    return Ok(());
                }
                if !may_change_nominee(naming, *row.state, view.phase, came) {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let holder = person_of(&*tx, &row).await?;
                if same_name(&holder.full_name, &new.full_name) {
                    return put_right(&tx, row, holder, new, now).await;
                }
                if *row.state == RegistrationState::Booked {
                    let passing = Passing {
                        came,
                        source: RegistrationSource::Substitute,
                        lang,
                        by_holder: false,
                        at: now,
                        now,
                    };
                    self.replace(&tx, &Actor::Anonymous, row, new, passing)
                        .await?;
                    return Ok(());
                }
                let delegate = recognise(&tx, new, ContactBy::Establishment, now).await?;
                let person = delegate.person.id;
                if active(&*tx, view.row.id, person).await?.is_some() {
                    return Err(Failure::problem("full_name", Reason::RegisteredAlready));
                }
                let actor = &Actor::Anonymous;
                let row = self
                    .change_state(&tx, actor, row, RegistrationMove::Cancel, now)
                    .await?;
                self.mail_to_person(&tx, Occasion::Cancelled, &view.row, &row, &holder, now)
                    .await?;
                // A seat that was offered goes to who waits, before a newcomer.
                self.offer_seats(&tx, &Actor::System, &view.row, now)
                    .await?;
                let newcomer = nominee(new, lang, invitation.id);
                let one = std::slice::from_ref(&newcomer);
                self.enrol(&tx, actor, &view.row, RegistrationMode::Open, one, now)
                    .await?;
                Ok(())
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Removes a delegate, by the invited establishment that named them.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for somebody whom another establishment named;
    /// [`Conflict::NotAllowedNow`] when the invitation was taken back; as
    /// [`Services::cancel_by_ticket`].
    pub async fn remove_nominee(&self, token: &str, id: i64) -> Result<(), Failure> {
        let found = self.invitation_by_token(token).await?;
        let row = load(self.db.read(), id).await?;
        if row.invitation_id != Some(found.id) {
            return Err(Failure::NotFound);
        }
        let withdrawn = found.withdrawn_at.is_some();
        // Whether the workshop has begun is judged under its lock.
        let now = self.clock.now();
        if naming(withdrawn, found.answer_by, Phase::Upcoming, now) == Naming::Over {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        self.give_up(&Actor::Anonymous, found.workshop_id, &[id])
            .await
    }
}

/// Whether somebody of this name stands among the named.
async fn is_named(tx: &Tx, invitation_id: i64, new: &NewRegistration) -> Result<bool, Failure> {
    let names = names_standing(tx, invitation_id).await?;
    Ok(names.iter().any(|name| same_name(name, &new.full_name)))
}

/// Puts role and contacts right, by the rule of [`contact_after`]. The name of a
/// person known from elsewhere is not the establishment's to change, either.
async fn put_right(
    tx: &Tx,
    row: registration::Model,
    holder: person::Model,
    new: &NewRegistration,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let id = row.id;
    let email = new.email.as_ref().map(|email| email.as_str().to_owned());
    let phone = new.phone.as_ref().map(|phone| phone.as_str().to_owned());
    let alone = stands_alone(&**tx, &row).await?;
    let after = |known: &Option<String>, typed: &Option<String>| {
        contact_after(
            known.clone(),
            typed.clone(),
            !alone,
            ContactBy::Establishment,
        )
    };
    let known_phone = after(&holder.phone, &phone);
    let known_email = after(&holder.email, &email);
    let changed = json!({
        "role": new.role, "email": row.email != email, "phone": holder.phone != known_phone,
    });
    let mut person = holder.into_active_model();
    person.phone = Set(known_phone);
    person.email = Set(known_email);
    if alone {
        person = with_name(person, &new.full_name);
    }
    person.update(&**tx).await?;
    let mut row = row.into_active_model();
    row.role = Set(Code(new.role));
    row.email = Set(email);
    row.phone = Set(phone);
    row.update(&**tx).await?;
    let entry = Entry {
        deed: "change_nominee",
        noun: "registration",
        id,
        before: None,
        // That it changed, not to what: the log has no contacts.
        after: Some(changed),
    };
    record(&**tx, &Actor::Anonymous, now, entry).await
}
