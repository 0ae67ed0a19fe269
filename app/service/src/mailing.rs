//! Sending materials to those who attended and agreed to get them.

use crate::attendance::came_to_any;
use crate::audit::{Entry, record};
use crate::distribution::note_mails;
use crate::entity::{Code, consent, outbox, person, registration};
use crate::mail::Occasion;
use crate::material::{MaterialView, behind_link, link_withdrawals};
use crate::outbox::NewMail;
use crate::workshop::lock_by_slug;
use crate::{Actor, Conflict, Failure, Frame, Services, WorkshopView};
use domain::{Act, DeliveryState, Purpose, Viewer};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use std::collections::HashSet;

pub(crate) const PURPOSE: &str = "materials";

/// Who would get the materials if they were sent now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailingPlan {
    /// People who attended.
    pub attended: u32,
    /// Of these, agreed to get materials by e-mail.
    pub consented: u32,
    /// Of these, have no address.
    pub without_address: u32,
    /// Of these, have an address and got their mail before.
    pub before: u32,
    /// Will get a mail.
    pub to_send: u32,
}

/// How far a mailing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailingProgress {
    /// Waiting, in hand, or to be tried again.
    pub open: u32,
    /// Taken by the server.
    pub sent: u32,
    /// Failed for good.
    pub failed: u32,
}

struct Recipient {
    row: registration::Model,
    person: person::Model,
    consented: bool,
    got: bool,
}

impl Services {
    /// Counts whom the materials would reach, before anything is sent.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn plan_materials(&self, actor: &Actor, slug: &str) -> Result<MailingPlan, Failure> {
        let view = self.staff_workshop(actor, Act::SendMaterials, slug).await?;
        Ok(plan(&recipients(self.db.read(), view.row.id).await?))
    }

    /// Sends the materials: one mail to each person who attended, agreed and
    /// has an address, with a personal link that expires. Sending again
    /// reaches only those who have not been written to. Returns how many.
    ///
    /// # Errors
    /// [`Conflict::NothingToSend`] without materials or recipients; as
    /// [`Services::staff_workshop`].
    pub async fn send_materials(&self, actor: &Actor, slug: &str) -> Result<u64, Failure> {
        self.staff_workshop(actor, Act::SendMaterials, slug).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = lock_by_slug(&tx, slug).await?;
                let open = behind_link(&*tx, row.id, Viewer::Attended, now).await?;
                let of_workshop = |view: &&MaterialView| view.row.workshop_id.is_some();
                let materials = open.iter().filter(of_workshop).count();
                if materials == 0 {
                    return Err(Failure::Conflict(Conflict::NothingToSend));
                }
                let withdrawn = link_withdrawals(&*tx, row.id).await?;
                let everyone = recipients(&*tx, row.id).await?;
                let sessions = crate::workshop::sessions_of(&*tx, row.id).await?;
                let view = WorkshopView::new(row, sessions, now);
                let frame = self.frame_in(&*tx).await?;
                let (mut mails, mut written_to) = (Vec::new(), HashSet::new());
                for recipient in everyone
                    .iter()
                    .filter(|recipient| recipient.consented && !recipient.got)
                {
                    if let Some(address) = &recipient.row.email {
                        written_to.insert(recipient.row.id);
                        let token = self
                            .material_token(&recipient.row.code, withdrawn.of(recipient.row.id));
                        let link = self.link(&format!("/materials/{token}"));
                        mails.push(self.materials_mail(
                            &view,
                            recipient,
                            (address, &link),
                            &frame,
                        )?);
                    }
                }
                if mails.is_empty() {
                    return Err(Failure::Conflict(Conflict::NothingToSend));
                }
                let pushed = self.push_mail(&*tx, mails, now).await?;
                let open: Vec<i64> = open.iter().map(|view| view.row.id).collect();
                note_mails(&*tx, view.row.id, &written_to, &open).await?;
                let entry = Entry {
                    deed: "send_materials",
                    noun: "workshop",
                    id: view.row.id,
                    before: None,
                    after: Some(json!({ "recipients": pushed, "materials": materials })),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(pushed)
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    fn materials_mail(
        &self,
        view: &WorkshopView,
        recipient: &Recipient,
        (address, link): (&str, &str),
        frame: &Frame,
    ) -> Result<NewMail, Failure> {
        let mut mail = self.compose(
            Occasion::Materials,
            view,
            &recipient.row,
            &recipient.person.full_name,
            link,
            frame,
        )?;
        mail.purpose = PURPOSE.to_owned();
        address.clone_into(&mut mail.to_address);
        Ok(mail)
    }

    /// How far the sending of a workshop's materials is.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn materials_progress(
        &self,
        actor: &Actor,
        slug: &str,
    ) -> Result<MailingProgress, Failure> {
        let view = self.staff_workshop(actor, Act::SendMaterials, slug).await?;
        let counts: Vec<(Code<DeliveryState>, i64)> = outbox::Entity::find()
            .select_only()
            .column(outbox::Column::State)
            .column_as(Expr::col(outbox::Column::Id).count(), "number")
            .filter(outbox::Column::WorkshopId.eq(view.row.id))
            .filter(outbox::Column::Purpose.eq(PURPOSE))
            .group_by(outbox::Column::State)
            .into_tuple()
            .all(self.db.read())
            .await?;
        let mut progress = MailingProgress::default();
        for (state, number) in counts {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            match *state {
                DeliveryState::Queued | DeliveryState::Sending | DeliveryState::Retry => {
                    progress.open += number;
                }
                DeliveryState::Sent => progress.sent += number,
                DeliveryState::Failed | DeliveryState::Withheld => progress.failed += number,
            }
        }
        Ok(progress)
    }

    /// The mails of a workshop's materials, one per recipient, those that need
    /// attention first.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn materials_mails(
        &self,
        actor: &Actor,
        slug: &str,
    ) -> Result<Vec<outbox::Model>, Failure> {
        let view = self.staff_workshop(actor, Act::SendMaterials, slug).await?;
        let mut rows = outbox::Entity::find()
            .filter(outbox::Column::WorkshopId.eq(view.row.id))
            .filter(outbox::Column::Purpose.eq(PURPOSE))
            .order_by_asc(outbox::Column::Id)
            .all(self.db.read())
            .await?;
        rows.sort_by_key(|row| match *row.state {
            DeliveryState::Failed | DeliveryState::Withheld => 0,
            DeliveryState::Retry => 1,
            DeliveryState::Queued | DeliveryState::Sending => 2,
            DeliveryState::Sent => 3,
        });
        Ok(rows)
    }
}

/// Everybody who attended, with whether they agreed and were written to.
async fn recipients(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<Vec<Recipient>, Failure> {
    let attended = Query::select()
        .column(registration::Column::Id)
        .from(registration::Entity)
        .and_where(registration::Column::WorkshopId.eq(workshop_id))
        .and_where(came_to_any((
            registration::Entity,
            registration::Column::Id,
        )))
        .to_owned();
    let rows = registration::Entity::find()
        .find_also_related(person::Entity)
        .filter(registration::Column::Id.in_subquery(attended.clone()))
        .order_by_asc(registration::Column::Id)
        .all(tx)
        .await?;
    let consented: HashSet<i64> = consent::Entity::find()
        .select_only()
        .column(consent::Column::RegistrationId)
        .filter(consent::Column::Purpose.eq(Code(Purpose::Materials)))
        .filter(consent::Column::WithdrawnAt.is_null())
        .filter(consent::Column::RegistrationId.in_subquery(attended))
        .into_tuple::<i64>()
        .all(tx)
        .await?
        .into_iter()
        .collect();
    let got: HashSet<i64> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::RegistrationId)
        .filter(outbox::Column::WorkshopId.eq(workshop_id))
        .filter(outbox::Column::Purpose.eq(PURPOSE))
        .into_tuple::<Option<i64>>()
        .all(tx)
        .await?
        .into_iter()
        .flatten()
        .collect();
    Ok(rows
        .into_iter()
        .filter_map(|(row, person)| {
            Some(Recipient {
                person: person?,
                consented: consented.contains(&row.id),
                got: got.contains(&row.id),
                row,
            })
        })
        .collect())
}

fn plan(everyone: &[Recipient]) -> MailingPlan {
    let mut plan = MailingPlan::default();
    for recipient in everyone {
        plan.attended += 1;
        if !recipient.consented {
            continue;
        }
        plan.consented += 1;
        if recipient.row.email.is_none() {
            plan.without_address += 1;
        } else if recipient.got {
            plan.before += 1;
        } else {
            plan.to_send += 1;
        }
    }
    plan
}
