//! Invitations to a workshop to come: answered with names, sent and open, sent
//! on paper, declined.

use super::Fill;
use super::answers::{CONTACT_PHONE, colleagues};
use crate::Failure;
use crate::entity::{Code, call, invitation, registration, workshop, workshop_change};
use crate::secret::random;
use chrono::Duration;
use domain::{Lang, RegistrationSource, TicketCode};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use std::collections::BTreeSet;

impl Fill<'_> {
    /// Adds them. Those named are registrations that are there already, so that
    /// nobody is counted twice.
    pub(super) async fn invitations(
        &self,
        workshop: &workshop::Model,
        rows: &[registration::Model],
    ) -> Result<(), Failure> {
        let Some(named) = colleagues(rows) else {
            return Ok(());
        };
        let registered: BTreeSet<i64> = rows.iter().map(|row| row.establishment_id).collect();
        let mut others = self.establishments.iter().copied();
        let mut others = others.by_ref().filter(|id| !registered.contains(id));
        let mut next = || others.next().ok_or(Failure::NotFound);

        let quota = i64::try_from(named.len()).unwrap_or(1) + 1;
        let mut answered = self.letter(workshop, named[0].establishment_id, quota);
        answered.contact_name = Set("Nguyễn Thị Hạnh".to_owned());
        answered.contact_email = Set(Some("van.phong@example.com".to_owned()));
        answered.answered_at = Set(Some(named[0].created_at));
        let answered = answered.insert(&**self.tx).await?;
        for row in named {
            let mut row = row.into_active_model();
            row.source = Set(Code(RegistrationSource::Nomination));
            row.invitation_id = Set(Some(answered.id));
            row.update(&**self.tx).await?;
        }

        let mut open = self.letter(workshop, next()?, 2);
        open.contact_name = Set("Lê Hoàng Phúc".to_owned());
        open.contact_email = Set(Some("hoang.phuc@example.com".to_owned()));
        open.insert(&**self.tx).await?;
        // Printed and brought: nobody knows an address.
        let mut paper = self.letter(workshop, next()?, 1);
        paper.contact_phone = Set(Some(CONTACT_PHONE.to_owned()));
        paper.insert(&**self.tx).await?;
        let mut declined = self.letter(workshop, next()?, 2);
        declined.answered_at = Set(Some(self.now - Duration::days(2)));
        declined.declined_at = Set(Some(self.now - Duration::days(2)));
        declined.decline_reason = Set("Cơ sở vào mùa vụ, không cử người được.".to_owned());
        declined.insert(&**self.tx).await?;
        Ok(())
    }

    /// Puts the contacts whom no mail reaches on the list of what was changed.
    pub(super) async fn to_call(&self, change: &workshop_change::Model) -> Result<(), Failure> {
        let silent = invitation::Entity::find()
            .filter(invitation::Column::WorkshopId.eq(change.workshop_id))
            .filter(invitation::Column::ContactEmail.is_null())
            .filter(invitation::Column::DeclinedAt.is_null())
            .all(&**self.tx)
            .await?;
        for letter in silent {
            let row = call::ActiveModel {
                change_id: Set(Some(change.id)),
                invitation_id: Set(Some(letter.id)),
                ..Default::default()
            };
            row.insert(&**self.tx).await?;
        }
        Ok(())
    }

    /// A letter that has left.
    fn letter(
        &self,
        workshop: &workshop::Model,
        establishment_id: i64,
        quota: i64,
    ) -> invitation::ActiveModel {
        let sent = workshop.opens_at + Duration::hours(1);
        invitation::ActiveModel {
            workshop_id: Set(workshop.id),
            establishment_id: Set(establishment_id),
            quota: Set(quota),
            code: Set(TicketCode::from_random(random()).as_str().to_owned()),
            lang: Set(Code(Lang::Vi)),
            contact_name: Set(String::new()),
            contact_phone: Set(None),
            contact_email: Set(None),
            answer_by: Set(workshop.closes_at),
            created_by: Set(super::account(self.staff.organizer)),
            created_at: Set(workshop.opens_at),
            sent_at: Set(Some(sent)),
            answered_at: Set(None),
            declined_at: Set(None),
            decline_reason: Set(String::new()),
            withdrawn_at: Set(None),
            ..Default::default()
        }
    }
}
