//! Recipients made up for a look at a mail, and for a trial: no words, codes or
//! links of a delegate leave the house by a trial.

use crate::change::{Changed, SessionSnapshot};
use crate::entity::{Code, invitation, registration};
use crate::{Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{ChangeKind, DelegateRole, Lang, RegistrationSource, RegistrationState, offer_until};
use text::Words;

/// A code that opens no door: codes are drawn at random.
pub(crate) const CODE: &str = "22223333";

/// Somebody who registered for a workshop, without having done so.
pub(super) fn registrant(
    view: &WorkshopView,
    lang: Lang,
    now: DateTime<Utc>,
) -> registration::Model {
    registration::Model {
        id: 0,
        workshop_id: view.row.id,
        person_id: 0,
        establishment_id: 0,
        locality_id: None,
        locality_name: String::new(),
        email: None,
        phone: None,
        role: Code(DelegateRole::Other),
        state: Code(RegistrationState::Booked),
        source: Code(RegistrationSource::Online),
        code: CODE.to_owned(),
        lang: Code(lang),
        substitute_id: None,
        created_at: now,
        state_at: now,
        party_id: None,
        invitation_id: None,
        import_id: None,
        offer_until: None,
        passed_on_at: None,
        told_at: None,
    }
}

/// An invitation to a workshop that nobody sent.
pub(super) fn invitation(
    view: &WorkshopView,
    name: &str,
    lang: Lang,
    now: DateTime<Utc>,
) -> invitation::Model {
    invitation::Model {
        id: 0,
        workshop_id: view.row.id,
        establishment_id: 0,
        quota: 2,
        code: String::new(),
        lang: Code(lang),
        contact_name: name.to_owned(),
        contact_phone: None,
        contact_email: None,
        answer_by: view.row.closes_at,
        created_by: String::new(),
        created_at: now,
        sent_at: None,
        answered_at: None,
        declined_at: None,
        decline_reason: String::new(),
        withdrawn_at: None,
    }
}

/// Until when a seat would be held that is offered now.
pub(super) fn held_until(view: &WorkshopView, now: DateTime<Utc>) -> DateTime<Utc> {
    let hours = u32::try_from(view.row.offer_hours).unwrap_or_default();
    offer_until(hours, view.starts_at(), now).unwrap_or(now)
}

impl Services {
    /// The last change of this kind that people were told of, or one made up of
    /// the sessions as they are, with an example of a reason.
    pub(super) async fn change_to_show(
        &self,
        view: &WorkshopView,
        kind: ChangeKind,
    ) -> Result<Changed, Failure> {
        let mut changes = self.all_changes(view.row.id).await?.into_iter();
        if let Some(last) = changes.find(|change| change.kind == kind) {
            return Ok(last);
        }
        let [note_vi, note_en] =
            [Lang::Vi, Lang::En].map(|lang| Words(lang).say("templates-example-reason"));
        let moved = kind == ChangeKind::Moved;
        let as_they_are = view.sessions.iter().filter(|_| moved).map(|session| {
            let is = SessionSnapshot::of(session, *view.row.format);
            (is.clone(), is)
        });
        Ok(Changed {
            id: 0,
            kind,
            at: self.clock.now(),
            note_vi,
            note_en,
            sessions: as_they_are.collect(),
        })
    }
}
