//! The page of an invited establishment, behind an address that nobody can
//! guess.

use super::pick::national;
use super::{place_of, state_of};
use crate::entity::{invitation, person, registration};
use crate::registration::{known_elsewhere, positions, who_came};
use crate::{Changed, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    DelegateRole, DelegateRow, InvitationState, Naming, Phase, RegistrationState,
    may_change_nominee, may_give_up, naming, naming_by_form, sharing_phone,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// A delegate whom an establishment has named.
#[derive(Clone, Debug)]
pub struct Nominee {
    /// The registration.
    pub id: i64,
    /// The name.
    pub full_name: String,
    /// What the delegate does.
    pub role: DelegateRole,
    /// Where the registration stands.
    pub state: RegistrationState,
    /// The place on the waiting list, from 1.
    pub position: Option<u64>,
    /// Until when an offered seat is held.
    pub offer_until: Option<DateTime<Utc>>,
    /// The code for the door.
    pub code: String,
    /// The last part of the address of the delegate's own page.
    pub ticket: String,
    /// Whether the establishment can name somebody else instead.
    pub can_change: bool,
    /// Whether the establishment can remove the delegate.
    pub can_remove: bool,
    /// The delegate as the form would send it.
    pub form: DelegateRow,
}

/// What an invited establishment sees.
#[derive(Clone, Debug)]
pub struct NominationPage {
    /// The last part of the page's address.
    pub token: String,
    /// The establishment.
    pub establishment: String,
    /// The workshop.
    pub workshop: WorkshopView,
    /// How many delegates it may name.
    pub quota: u32,
    /// How many of them it has not named.
    pub left: u32,
    /// Until when to answer.
    pub answer_by: DateTime<Utc>,
    /// What it may do now.
    pub naming: Naming,
    /// Where the invitation stands.
    pub state: InvitationState,
    /// Why nobody comes, if it said so.
    pub decline_reason: String,
    /// Who answers, as far as that is known.
    pub contact_name: String,
    /// Where to call the contact.
    pub contact_phone: String,
    /// Where to write to the contact.
    pub contact_email: String,
    /// How many of those who stand have the phone of another of them, or that of
    /// the contact.
    pub sharing_phone: u32,
    /// The delegates, as they were named: those who stand first.
    pub nominees: Vec<Nominee>,
    /// What has changed since the letter was written, newest first: it may have
    /// been printed.
    pub changes: Vec<Changed>,
}

impl NominationPage {
    /// The names of those who stand.
    #[must_use]
    pub fn named(&self) -> Vec<String> {
        let standing = self.nominees.iter().filter(|one| one.state.is_active());
        standing.map(|one| one.full_name.clone()).collect()
    }
}

impl Services {
    /// What stands on the page of an invited establishment.
    ///
    /// # Errors
    /// As [`Services::nomination_by_form`].
    pub async fn nomination(&self, token: &str) -> Result<NominationPage, Failure> {
        self.nomination_by_form(token, None).await
    }

    /// The same as it is for a form that was opened at a moment: one that is in
    /// time can still be sent ([`domain::naming_by_form`]).
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address, and before the workshop is
    /// announced.
    pub async fn nomination_by_form(
        &self,
        token: &str,
        opened_at: Option<DateTime<Utc>>,
    ) -> Result<NominationPage, Failure> {
        let row = self.invitation_by_token(token).await?;
        let workshop = self.workshop_by_id(row.workshop_id).await?;
        if !workshop.is_public() {
            return Err(Failure::NotFound);
        }
        let (establishment, _) = place_of(self.db.read(), row.establishment_id).await?;
        let nominees = self.nominees(&workshop, &row).await?;
        let standing = || nominees.iter().filter(|one| one.state.is_active());
        let named = standing().count();
        let contact_phone = national(row.contact_phone.as_deref());
        let phones = standing().map(|one| {
            let phone = one.form.phone.as_str();
            let phone = (!phone.is_empty()).then_some(phone);
            (one.full_name.as_str(), phone)
        });
        let contact = (row.contact_name.as_str(), contact_phone.as_str());
        let sharing_phone = sharing_phone(phones, contact);
        let quota = u32::try_from(row.quota).unwrap_or(0);
        let now = self.clock.now();
        let mut changes = self.changes(row.workshop_id).await?;
        changes.retain(|change| change.at >= row.created_at);
        Ok(NominationPage {
            changes,
            token: self.invitation_token(&row.code),
            establishment,
            sharing_phone,
            quota,
            left: quota.saturating_sub(u32::try_from(named).unwrap_or(u32::MAX)),
            answer_by: row.answer_by,
            naming: naming_by_form(
                row.withdrawn_at.is_some(),
                row.answer_by,
                workshop.phase,
                opened_at,
                now,
            ),
            state: state_of(&row),
            contact_phone,
            decline_reason: row.decline_reason,
            contact_name: row.contact_name,
            contact_email: row.contact_email.unwrap_or_default(),
            workshop,
            nominees,
        })
    }

    /// Those named in answer to an invitation, those who stand first.
    pub(super) async fn nominees(
        &self,
        view: &WorkshopView,
        row: &invitation::Model,
    ) -> Result<Vec<Nominee>, Failure> {
        let now = self.clock.now();
        let naming = naming(row.withdrawn_at.is_some(), row.answer_by, view.phase, now);
        let begun = view.phase != Phase::Upcoming;
        let allowed = view.row.cancel_rule.allows(view.row.cancel_until, now);
        let rows = registration::Entity::find()
            .filter(registration::Column::InvitationId.eq(row.id))
            .order_by_asc(registration::Column::Id)
            .find_also_related(person::Entity)
            .all(self.db.read())
            .await?;
        let came = who_came(self.db.read(), rows.iter().map(|(row, _)| row.id)).await?;
        let registrations: Vec<_> = rows.iter().map(|(row, _)| row).collect();
        let elsewhere = known_elsewhere(self.db.read(), &registrations).await?;
        let positions = positions(self.db.read(), view.row.id, &registrations).await?;
        let mut nominees = Vec::new();
        for (row, person) in rows {
            let person = person.ok_or(Failure::NotFound)?;
            let (state, came) = (*row.state, came.contains(&row.id));
            let stands = state == RegistrationState::Offered && !begun;
            // What the establishment gave, not what others did.
            let elsewhere = elsewhere.contains(&row.person_id);
            let phone = if elsewhere { &row.phone } else { &person.phone };
            nominees.push(Nominee {
                id: row.id,
                role: *row.role,
                state,
                position: positions.get(&row.id).copied(),
                offer_until: row.offer_until.filter(|until| stands && now < *until),
                ticket: self.ticket_token(&row.code),
                can_change: may_change_nominee(naming, state, view.phase, came),
                can_remove: naming != Naming::Over && may_give_up(state, allowed, begun, came),
                form: DelegateRow {
                    full_name: person.full_name.clone(),
                    role: row.role.to_string(),
                    phone: national(phone.as_deref()),
                    email: row.email.unwrap_or_default(),
                },
                full_name: person.full_name,
                code: row.code,
            });
        }
        nominees.sort_by_key(|one| !one.state.is_active());
        Ok(nominees)
    }
}
