//! Sending invitations: by mail, or noting that they left on paper or by Zalo.

use super::letter::{LetterWords, mail_key, recipient_key};
use super::{InvitationLetter, greeting, lock_invitation, names_of, state_of};
use crate::audit::{Entry, record};
use crate::entity::invitation;
use crate::establishment::name_of;
use crate::outbox::NewMail;
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, InvitationState, Naming, Phase, naming};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use serde_json::json;

/// The most invitations whose links are sent to one address at once.
const MOST: u64 = 20;

impl Services {
    /// Sends by mail what has not been sent and has an address, or one
    /// invitation alone; to one address once. Returns how many mails are new.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] unless the workshop is announced and ahead,
    /// or for one that was taken back; [`Conflict::NothingToSend`] when one
    /// alone has no address or was sent there before; [`Failure::NotFound`];
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn send_invitations(
        &self,
        actor: &Actor,
        slug: &str,
        only: Option<i64>,
    ) -> Result<u64, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let (view, rows) = sendable(&tx, slug, only, now).await?;
                let names = names_of(&*tx, rows.iter().map(|row| row.establishment_id)).await?;
                let frame = &self.frame_in(&*tx).await?;
                let organizer = frame.organizer.answering_for(&view);
                let mut sent = 0;
                for row in rows {
                    let Some(address) = row.contact_email.clone() else {
                        continue;
                    };
                    let name = names.get(&row.establishment_id).map_or("", String::as_str);
                    let letter =
                        self.compose_invitation(&view, &row, name, LetterWords::Mail, frame);
                    let mail = NewMail {
                        purpose: "invited".to_owned(),
                        recipient_key: recipient_key(&row, &address),
                        workshop_id: Some(view.row.id),
                        to_address: address,
                        calendar_key: Some(mail_key(&row)),
                        ..letter.mail_to(greeting(&row), &organizer)?
                    };
                    sent += self.push_mail(&*tx, vec![mail], now).await?;
                    note_sent(&tx, actor, row, "mail", now).await?;
                }
                if sent == 0 && only.is_some() {
                    return Err(Failure::Conflict(Conflict::NothingToSend));
                }
                Ok(sent)
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// Sends the ways to the pages of invitations that have left, for what is
    /// not over yet, again to the contact on file, each at most once a day.
    pub(crate) async fn send_lost_invitations(
        &self,
        email: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let rows = invitation::Entity::find()
            .filter(invitation::Column::ContactEmail.eq(email))
            .filter(invitation::Column::WithdrawnAt.is_null())
            .filter(
                Condition::any()
                    .add(invitation::Column::SentAt.is_not_null())
                    .add(invitation::Column::AnsweredAt.is_not_null()),
            )
            .order_by_desc(invitation::Column::Id)
            .limit(MOST)
            .all(self.db.read())
            .await?;
        for row in rows {
            let row = &row;
            self.db
                .write(|tx| async move {
                    let (view, row) = lock_invitation(&tx, row, now).await?;
                    let ahead = matches!(view.phase, Phase::Upcoming | Phase::Running);
                    if !ahead || row.withdrawn_at.is_some() {
                        return Ok(());
                    }
                    self.mail_lost_invitation(&tx, &view, &row, email, now)
                        .await
                })
                .await?;
        }
        Ok(())
    }

    async fn mail_lost_invitation(
        &self,
        tx: &Tx,
        view: &WorkshopView,
        row: &invitation::Model,
        email: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let name = name_of(&**tx, row.establishment_id).await?;
        let frame = &self.frame_in(&**tx).await?;
        let withdrawn = row.withdrawn_at.is_some();
        let which = match naming(withdrawn, row.answer_by, view.phase, now) {
            Naming::Open => LetterWords::Lost,
            Naming::Substitutes | Naming::Over => LetterWords::LostLate,
        };
        let letter = self.compose_invitation(view, row, &name, which, frame);
        let day = domain::to_local(now).format("%Y-%m-%d");
        let mail = NewMail {
            purpose: format!("lost-invitation-{day}"),
            recipient_key: recipient_key(row, email),
            workshop_id: Some(row.workshop_id),
            to_address: email.to_owned(),
            calendar_key: Some(mail_key(row)),
            ..letter.mail_to(greeting(row), &frame.organizer.answering_for(view))?
        };
        self.push_mail(&**tx, vec![mail], now).await?;
        Ok(())
    }

    /// Notes that invitations have left by other ways than mail. Twice is
    /// harmless. Returns how many were not sent before.
    ///
    /// # Errors
    /// As [`Services::send_invitations`].
    pub async fn note_invitations_sent(
        &self,
        actor: &Actor,
        slug: &str,
        ids: &[i64],
    ) -> Result<u64, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let (_, rows) = sendable(&tx, slug, None, now).await?;
                let mut noted = 0;
                for row in rows.into_iter().filter(|row| ids.contains(&row.id)) {
                    note_sent(&tx, actor, row, "hand", now).await?;
                    noted += 1;
                }
                Ok(noted)
            })
            .await
    }

    /// The letters to print: of what has not been sent, or one alone.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for one that is not there or was taken back; as
    /// [`Services::send_invitations`].
    pub async fn invitation_letters(
        &self,
        actor: &Actor,
        slug: &str,
        only: Option<i64>,
    ) -> Result<(WorkshopView, Vec<InvitationLetter>), Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        require_announced(&view)?;
        let mut rows = rows_of(self.db.read(), view.row.id, only).await?;
        rows.retain(|row| may_send(row, only));
        if only.is_some() && rows.is_empty() {
            return Err(Failure::NotFound);
        }
        let ids = rows.iter().map(|row| row.establishment_id);
        let names = names_of(self.db.read(), ids).await?;
        let frame = &self.frame().await?;
        let mut letters = Vec::new();
        for row in &rows {
            let name = names.get(&row.establishment_id).map_or("", String::as_str);
            letters.push(self.invitation_letter(&view, row, name, frame)?);
        }
        letters.sort_by_cached_key(|letter| domain::fold(&letter.establishment));
        Ok((view, letters))
    }
}

/// What can be sent, under the workshop's lock.
async fn sendable(
    tx: &Tx,
    slug: &str,
    only: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(WorkshopView, Vec<invitation::Model>), Failure> {
    let workshop = lock_by_slug(tx, slug).await?;
    let sessions = sessions_of(&**tx, workshop.id).await?;
    let view = WorkshopView::new(workshop, sessions, now);
    require_announced(&view)?;
    let mut rows = rows_of(&**tx, view.row.id, only).await?;
    if only.is_some() && rows.is_empty() {
        return Err(Failure::NotFound);
    }
    rows.retain(|row| may_send(row, only));
    if only.is_some() && rows.is_empty() {
        return Err(Failure::Conflict(Conflict::NotAllowedNow));
    }
    Ok((view, rows))
}

/// All together only what has not left; one alone also again, while it stands.
fn may_send(row: &invitation::Model, only: Option<i64>) -> bool {
    match (state_of(row), only) {
        (InvitationState::Unsent, _) => true,
        (InvitationState::Withdrawn, _) => false,
        (_, only) => only.is_some(),
    }
}

/// The page behind the link is there once the workshop is announced.
fn require_announced(view: &WorkshopView) -> Result<(), Failure> {
    if view.phase == Phase::Upcoming {
        Ok(())
    } else {
        Err(Failure::Conflict(Conflict::NotAllowedNow))
    }
}

async fn rows_of(
    tx: &impl sea_orm::ConnectionTrait,
    workshop_id: i64,
    only: Option<i64>,
) -> Result<Vec<invitation::Model>, Failure> {
    let mut find = invitation::Entity::find()
        .filter(invitation::Column::WorkshopId.eq(workshop_id))
        .order_by_asc(invitation::Column::Id);
    if let Some(id) = only {
        find = find.filter(invitation::Column::Id.eq(id));
    }
    Ok(find.all(tx).await?)
}

/// Keeps the first moment at which it left.
async fn note_sent(
    tx: &Tx,
    actor: &Actor,
    row: invitation::Model,
    way: &str,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    if row.sent_at.is_some() {
        return Ok(());
    }
    let id = row.id;
    let mut row = row.into_active_model();
    row.sent_at = Set(Some(now));
    row.update(&**tx).await?;
    let entry = Entry {
        deed: "send_invitation",
        noun: "invitation",
        id,
        before: None,
        after: Some(json!({ "by": way })),
    };
    record(&**tx, actor, now, entry).await
}
