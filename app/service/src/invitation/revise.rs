//! Changing an invitation and taking it back.

use super::letter::{mail_key, recipient_key};
use super::make::{apply, values};
use super::{addressee, greeting, lock_invitation, standing};
use crate::audit::{Entry, record};
use crate::entity::invitation;
use crate::establishment::name_of;
use crate::letter::{Letter, paragraphs};
use crate::mail::workshop_facts;
use crate::outbox::{NewMail, withhold_of_key};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, InviteForm, Phase};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::json;
use text::Words;

impl Services {
    /// Changes quota, contact, language and deadline of one invitation: the
    /// only row of the form.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems, also for a quota below the
    /// delegates named already; [`Conflict::NotAllowedNow`] once it was taken
    /// back or the workshop has begun; [`Failure::NotFound`];
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn revise_invitation(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        form: &InviteForm,
    ) -> Result<(), Failure> {
        let found = &self.invitation_at(actor, slug, id).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let (view, row) = lock_invitation(&tx, found, now).await?;
                let ahead = matches!(view.phase, Phase::Draft | Phase::Upcoming);
                if !ahead || row.withdrawn_at.is_some() {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let named = standing(&*tx, row.id).await?.len();
                let named = u32::try_from(named).unwrap_or(u32::MAX);
                let new = form.check(named, view.starts_at(), now);
                let new = new.map_err(Failure::Invalid)?;
                let [only] = &new.rows[..] else {
                    return Err(Failure::NotFound);
                };
                let was =
                    json!({ "quota": row.quota, "answer_by": row.answer_by, "lang": row.lang.0 });
                let after = values(row.workshop_id, &new, only);
                apply(row.into_active_model(), &new, only)
                    .update(&*tx)
                    .await?;
                let entry = Entry {
                    deed: "revise_invitation",
                    noun: "invitation",
                    id,
                    before: Some(was),
                    after: Some(after),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// Takes an invitation back: nothing more can be answered, and what waits
    /// to be sent is withheld. Delegates named already keep their
    /// registrations. A contact with an address who was written to is told.
    /// Twice is harmless.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; [`Failure::SignInNeeded`] or
    /// [`Failure::Forbidden`].
    pub async fn withdraw_invitation(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
    ) -> Result<(), Failure> {
        let found = &self.invitation_at(actor, slug, id).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let (view, row) = lock_invitation(&tx, found, now).await?;
                if row.withdrawn_at.is_some() {
                    return Ok(());
                }
                withhold_of_key(&*tx, &mail_key(&row)).await?;
                if row.sent_at.is_some() {
                    self.mail_uninvited(&tx, &view, &row, now).await?;
                }
                let mut row = row.into_active_model();
                row.withdrawn_at = Set(Some(now));
                row.update(&*tx).await?;
                let entry = Entry {
                    deed: "withdraw_invitation",
                    noun: "invitation",
                    id,
                    before: None,
                    after: None,
                };
                record(&*tx, actor, now, entry).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// An invitation of a workshop, for its organisers.
    pub(super) async fn invitation_at(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
    ) -> Result<invitation::Model, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let row = invitation::Entity::find_by_id(id)
            .one(self.db.read())
            .await?;
        row.filter(|row| row.workshop_id == view.row.id)
            .ok_or(Failure::NotFound)
    }

    async fn mail_uninvited(
        &self,
        tx: &Tx,
        view: &WorkshopView,
        row: &invitation::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let Some(address) = &row.contact_email else {
            return Ok(());
        };
        let establishment = name_of(&**tx, row.establishment_id).await?;
        let lang = *row.lang;
        let words = Words(lang);
        let args = [
            ("title", view.title(lang).into()),
            ("establishment", (&establishment).into()),
        ];
        let letter = Letter {
            lang,
            name: addressee(row, &establishment).to_owned(),
            subject: words.say_with("mail-uninvited-subject", &args),
            paragraphs: paragraphs(&words.say_with("mail-uninvited-body", &args)),
            facts: workshop_facts(view, lang),
            link: None,
        };
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let mail = NewMail {
            purpose: "uninvited".to_owned(),
            recipient_key: recipient_key(row, address),
            workshop_id: Some(row.workshop_id),
            to_address: address.clone(),
            calendar_key: Some(mail_key(row)),
            ..letter.mail_to(greeting(row), &organizer.answering_for(view))?
        };
        self.push_mail(&**tx, vec![mail], now).await?;
        Ok(())
    }
}
