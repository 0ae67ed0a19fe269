//! Writing invitations.

use crate::audit::{Entry, record};
use crate::entity::{Code, invitation};
use crate::likeness::hold_establishment;
use crate::secret::random;
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, InviteForm, NewInvitation, NewInvitations, Phase, TicketCode};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::{Value, json};

/// What inviting came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Invited {
    /// How many invitations were written.
    pub made: u32,
    /// How many establishments were invited already.
    pub known: u32,
    /// To how many of those a contact was added, where they had none.
    pub contacts: u32,
    /// How many of those keep another contact than the one typed.
    pub kept: u32,
}

impl Services {
    /// Writes an invitation for each establishment that has none; nothing is
    /// sent yet. One that was taken back is made anew under its old address.
    /// One that stands stays as it is, but for a contact where it has none:
    /// twice is harmless.
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
    ) -> Result<Invited, Failure> {
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
                // Held one after the other, in the order in which a merge holds two.
                let mut rows: Vec<&NewInvitation> = new.rows.iter().collect();
                rows.sort_by_key(|row| row.establishment);
                let mut invited = Invited::default();
                for row in rows {
                    write(&tx, actor, view.row.id, &new, row, now, &mut invited).await?;
                }
                Ok(invited)
            })
            .await
    }
}

/// Writes one invitation, unless there is one, and counts what that came to.
async fn write(
    tx: &Tx,
    actor: &Actor,
    workshop_id: i64,
    new: &NewInvitations,
    row: &NewInvitation,
    now: DateTime<Utc>,
    invited: &mut Invited,
) -> Result<(), Failure> {
    let place = hold_establishment(tx, row.establishment).await?;
    if place.id != row.establishment {
        return Err(Failure::NotFound);
    }
    let known = invitation::Entity::find()
        .filter(invitation::Column::WorkshopId.eq(workshop_id))
        .filter(invitation::Column::EstablishmentId.eq(row.establishment))
        .one(&**tx)
        .await?;
    let blank = match known {
        Some(known) if known.withdrawn_at.is_none() => {
            invited.known += 1;
            return keep_contact(tx, actor, known, row, now, invited).await;
        }
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
    invited.made += 1;
    record(&**tx, actor, now, entry).await
}

/// Keeps the contact typed for an invitation that stands and has none.
async fn keep_contact(
    tx: &Tx,
    actor: &Actor,
    known: invitation::Model,
    row: &NewInvitation,
    now: DateTime<Utc>,
    invited: &mut Invited,
) -> Result<(), Failure> {
    let [phone, email] = stored_contact(row);
    let typed = (&row.contact_name, &phone, &email);
    let kept = (
        &known.contact_name,
        &known.contact_phone,
        &known.contact_email,
    );
    let none = (&String::new(), &None, &None);
    if typed == none || typed == kept {
        return Ok(());
    }
    if kept != none {
        invited.kept += 1;
        return Ok(());
    }
    invited.contacts += 1;
    let id = known.id;
    let mut changed = known.into_active_model();
    changed.contact_name = Set(row.contact_name.clone());
    changed.contact_phone = Set(phone);
    changed.contact_email = Set(email);
    changed.update(&**tx).await?;
    let entry = Entry {
        deed: "revise_invitation",
        noun: "invitation",
        id,
        before: None,
        // That it was added, not whom it names.
        after: Some(json!({ "contact": true })),
    };
    record(&**tx, actor, now, entry).await
}

/// Phone and address of a contact, as stored.
fn stored_contact(row: &NewInvitation) -> [Option<String>; 2] {
    let phone = row.contact_phone.as_ref();
    let email = row.contact_email.as_ref();
    [
        phone.map(|phone| phone.as_str().to_owned()),
        email.map(|email| email.as_str().to_owned()),
    ]
}

/// Puts what was typed into a row, new or old.
pub(super) fn apply(
    into: invitation::ActiveModel,
    new: &NewInvitations,
    row: &NewInvitation,
) -> invitation::ActiveModel {
    let [contact_phone, contact_email] = stored_contact(row);
    invitation::ActiveModel {
        quota: Set(row.quota.into()),
        lang: Set(Code(new.lang)),
        answer_by: Set(new.answer_by),
        contact_name: Set(row.contact_name.clone()),
        contact_phone: Set(contact_phone),
        contact_email: Set(contact_email),
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
