//! The workshops that were held: who registered, who came, whose mail came back.

use super::super::plan::{Fate, PlannedRegistration};
use super::super::workshops::PlannedWorkshop;
use super::{CHUNK, Fill, Row, account, at};
use crate::attendance::keep_rows;
use crate::entity::{Code, checkin, outbox, registration, session, session_lock, workshop};
use crate::frame::organizer;
use crate::mail::Occasion;
use crate::secret::{hex, random};
use crate::{Failure, Frame, WorkshopView};
use chrono::{DateTime, Duration, Utc};
use domain::{DeliveryState, MailFailure, RegistrationState, WorkshopState};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use std::sync::Arc;

/// The held workshops at which the trainer gave the course.
const TRAINERS_OWN: [usize; 2] = [2, 5];

impl Fill<'_> {
    /// Adds the held workshops with everything about them; returns how many
    /// registrations that is.
    pub(in super::super) async fn held(&self) -> Result<usize, Failure> {
        let mut workshops = Vec::new();
        for (n, planned) in self.plan.workshops.iter().enumerate() {
            let made = self.held_workshop(planned).await?;
            if TRAINERS_OWN.contains(&n) {
                self.assign(self.staff.trainer, made.0.id).await?;
            }
            workshops.push(made);
        }
        let mut rows: Vec<registration::Model> = Vec::new();
        let mut checkins = Vec::new();
        for (n, planned) in self.plan.registrations.iter().enumerate() {
            let (workshop, session) = &workshops[planned.workshop];
            let substitute = match planned.fate {
                Fate::SubstitutedBy(by) => Some(&rows[by]),
                _ => None,
            };
            let row = self.held_row(n, planned, session, substitute)?;
            let row = self.register(workshop.id, &row).await?;
            if let Fate::Attended { minute_of_arrival } = planned.fate {
                checkins.push(self.arrival(session, row.id, minute_of_arrival));
            }
            if planned.mail_bounced {
                self.bounce(workshop, session, &row, planned.person).await?;
            }
            rows.push(row);
        }
        for chunk in checkins.chunks(CHUNK) {
            checkin::Entity::insert_many(chunk.to_vec())
                .exec_without_returning(&**self.tx)
                .await?;
        }
        for (workshop, session) in &workshops {
            self.sign_off(workshop, session).await?;
        }
        Ok(rows.len())
    }

    async fn held_workshop(
        &self,
        planned: &PlannedWorkshop,
    ) -> Result<(workshop::Model, session::Model), Failure> {
        let starts_at = at(planned.date, planned.starts)?;
        let ends_at = at(planned.date, planned.ends)?;
        let opens_at = starts_at - Duration::days(30);
        let row = workshop::ActiveModel {
            programme_id: Set(self.programme_id),
            slug: Set(planned.slug.to_owned()),
            title_vi: Set(planned.title_vi.to_owned()),
            title_en: Set(planned.title_en.to_owned()),
            summary_vi: Set(planned.summary_vi.to_owned()),
            summary_en: Set(planned.summary_en.to_owned()),
            notice_vi: Set(String::new()),
            notice_en: Set(String::new()),
            kind: Set(Code(planned.kind)),
            state: Set(Code(WorkshopState::Published)),
            capacity: Set(i64::from(planned.capacity)),
            opens_at: Set(opens_at),
            closes_at: Set(starts_at),
            created_at: Set(opens_at - Duration::days(7)),
            published_at: Set(Some(opens_at)),
            ..Default::default()
        };
        let place = (planned.venue, planned.address);
        self.insert_workshop(row, place, (starts_at, ends_at)).await
    }

    fn held_row(
        &self,
        n: usize,
        planned: &PlannedRegistration,
        session: &session::Model,
        substitute: Option<&registration::Model>,
    ) -> Result<Row, Failure> {
        let starts_at = session.starts_at;
        // Spread over the office hours of the day it was made.
        let minute = i64::try_from(n * 37 % 480).unwrap_or(0);
        let made = starts_at - Duration::days(planned.booked_days_before.into());
        let made = made + Duration::minutes(30 + minute);
        let (state, created_at, state_at) = match planned.fate {
            Fate::Attended { minute_of_arrival } if !planned.source.is_ahead() => {
                let came = arrived(session, minute_of_arrival);
                (RegistrationState::Booked, came, came)
            }
            Fate::Attended { .. } | Fate::NoShow => (RegistrationState::Booked, made, made),
            Fate::SubstitutedBy(_) => {
                let replaced = substitute.map_or(starts_at, |row| row.created_at);
                (RegistrationState::Substituted, made, replaced)
            }
            Fate::Cancelled { days_before, .. } => {
                let gone = starts_at - Duration::days(days_before.into());
                let gone = gone.max(made + Duration::minutes(20));
                (RegistrationState::Cancelled, made, gone)
            }
        };
        Ok(Row {
            person: planned.person,
            establishment: planned.establishment,
            role: planned.role,
            locality: self.places.of(planned.locality)?.then,
            source: planned.source,
            state,
            substitute_id: substitute.map(|row| row.id),
            materials: planned.consents_materials,
            invitations: planned.consents_invitations,
            created_at,
            state_at,
            offer_until: None,
        })
    }

    /// The figures of what was held long ago are signed off.
    async fn sign_off(
        &self,
        workshop: &workshop::Model,
        session: &session::Model,
    ) -> Result<(), Failure> {
        let proposed_at = session.ends_at + Duration::hours(1);
        let lock = session_lock::ActiveModel {
            session_id: Set(session.id),
            proposed_by: Set(account(self.staff.organizer)),
            proposed_at: Set(proposed_at),
            signed_by: Set(Some(account(self.staff.director))),
            signed_at: Set(Some(proposed_at + Duration::days(1))),
            ..Default::default()
        }
        .insert(&**self.tx)
        .await?;
        keep_rows(self.tx, workshop, session, lock.id, proposed_at).await
    }

    fn arrival(
        &self,
        session: &session::Model,
        registration_id: i64,
        minute: i32,
    ) -> checkin::ActiveModel {
        let at = arrived(session, minute);
        checkin::ActiveModel {
            session_id: Set(session.id),
            registration_id: Set(registration_id),
            nonce: Set(hex(&random::<16>())),
            actor: Set(account(self.staff.door)),
            at: Set(at),
            recorded_at: Set(at),
            undone_at: Set(None),
            offline: Set(false),
            ..Default::default()
        }
    }

    /// The confirmation that came back.
    async fn bounce(
        &self,
        workshop: &workshop::Model,
        session: &session::Model,
        row: &registration::Model,
        person: usize,
    ) -> Result<(), Failure> {
        let person = &self.plan.persons[person];
        let Some(address) = &person.email else {
            return Ok(());
        };
        let services = self.services;
        let view = WorkshopView::new(workshop.clone(), vec![session.clone()], self.now);
        let link = services.link(&format!("/my/{}", services.ticket_token(&row.code)));
        let frame = Frame {
            organizer: organizer(&**self.tx).await?,
            demo: true,
            templates: Arc::default(),
        };
        let mail = services.compose(
            Occasion::Confirmation,
            &view,
            row,
            &person.full_name,
            &link,
            &frame,
        )?;
        let host = services.public_url.host_str().unwrap_or("localhost");
        outbox::ActiveModel {
            purpose: Set(mail.purpose),
            recipient_key: Set(mail.recipient_key),
            workshop_id: Set(mail.workshop_id),
            registration_id: Set(mail.registration_id),
            to_name: Set(mail.to_name),
            to_address: Set(address.clone()),
            subject: Set(mail.subject),
            body_text: Set(mail.body_text),
            body_html: Set(mail.body_html),
            calendar: Set(None),
            message_id: Set(format!("<{}@{host}>", hex(&random::<16>()))),
            state: Set(Code(DeliveryState::Failed)),
            attempts: Set(1),
            created_at: Set(row.created_at),
            next_at: Set(row.created_at),
            taken_at: Set(Some(row.created_at)),
            sent_at: Set(None),
            error: Set(Some(format!(
                "permanent error (550): 5.1.1 <{address}>: Recipient address rejected: User unknown"
            ))),
            failure: Set(Some(Code(MailFailure::Mailbox))),
            ..Default::default()
        }
        .insert(&**self.tx)
        .await?;
        Ok(())
    }
}

fn arrived(session: &session::Model, minute: i32) -> DateTime<Utc> {
    session.starts_at + Duration::minutes(minute.into())
}
