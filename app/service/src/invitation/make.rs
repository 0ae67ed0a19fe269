//! Writing invitations.

use crate::audit::{Entry, record};
use crate::entity::{Code, establishment, invitation};
use crate::secret::random;
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, InviteForm, NewInvitation, NewInvitations, Phase, TicketCode};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::{Value, json};

impl Services {
    /// Writes an invitation for each establishment that has none; nothing is
    /// sent yet. One that was taken back is made anew under its old address.
    /// Returns how many were written: twice is harmless.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; [`Conflict::NotAllowedNow`] once
    /// the workshop has begun; [`Failure::NotFound`], also for an establishment
    /// that was merged into another; [`Failure::SignInNeeded`] or
    /// [`Failure::Forbidden`].
    pub async fn invite(
        &self,
        actor: &Actor,
        slug: &str,
        form: &InviteForm,
    ) -> Result<u64, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let sessions = sessions_of(&*tx, workshop.id).await?;
                let view = WorkshopView::new(workshop, sessions, now);
                if !matches!(view.phase, Phase::Draft | Phase::Upcoming) {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let new = form.check(0, view.starts_at(), now);
                let new = new.map_err(Failure::Invalid)?;
                let mut made = 0;
                for row in &new.rows {
                    if write(&tx, actor, view.row.id, &new, row, now).await? {
                        made += 1;
                    }
                }
                Ok(made)
            })
            .await
    }
}

/// Writes one invitation, unless there is one; whether it is new.
async fn write(
    tx: &Tx,
    actor: &Actor,
    workshop_id: i64,
    new: &NewInvitations,
    row: &NewInvitation,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    establishment::Entity::find_by_id(row.establishment)
        .filter(establishment::Column::MergedIntoId.is_null())
        .one(&**tx)
        .await?
        .ok_or(Failure::NotFound)?;
    let known = invitation::Entity::find()
        .filter(invitation::Column::WorkshopId.eq(workshop_id))
        .filter(invitation::Column::EstablishmentId.eq(row.establishment))
        .one(&**tx)
        .await?;
    let blank = match known {
        Some(known) if known.withdrawn_at.is_none() => return Ok(false),
        Some(known) => known.into_active_model(),
        None => invitation::ActiveModel {
            workshop_id: Set(workshop_id),
            establishment_id: Set(row.establishment),
            code: Set(TicketCode::from_random(random()).as_str().to_owned()),
            ..Default::default()
        },
    };
    let made = invitation::ActiveModel {
        created_by: Set(actor.label()),
        created_at: Set(now),
        sent_at: Set(None),
        answered_at: Set(None),
        declined_at: Set(None),
        decline_reason: Set(String::new()),
        withdrawn_at: Set(None),
        ..apply(blank, new, row)
    };
    let made = made.save(&**tx).await?;
    let id = made.id.unwrap();
    let entry = Entry {
        deed: "invite",
        noun: "invitation",
        id,
        before: None,
        after: Some(values(workshop_id, new, row)),
    };
    record(&**tx, actor, now, entry).await?;
    Ok(true)
}

/// Puts what was typed into a row, new or old.
pub(super) fn apply(
    into: invitation::ActiveModel,
    new: &NewInvitations,
    row: &NewInvitation,
) -> invitation::ActiveModel {
    let phone = row.contact_phone.as_ref();
    let email = row.contact_email.as_ref();
    invitation::ActiveModel {
        quota: Set(row.quota.into()),
        lang: Set(Code(new.lang)),
        answer_by: Set(new.answer_by),
        contact_name: Set(row.contact_name.clone()),
        contact_phone: Set(phone.map(|phone| phone.as_str().to_owned())),
        contact_email: Set(email.map(|email| email.as_str().to_owned())),
        ..into
    }
}

/// What the log keeps: no names and no contacts.
pub(super) fn values(workshop_id: i64, new: &NewInvitations, row: &NewInvitation) -> Value {
    json!({
        "workshop": workshop_id, "establishment": row.establishment, "quota": row.quota,
        "answer_by": new.answer_by, "lang": new.lang,
    })
}
