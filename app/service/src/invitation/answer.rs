//! What an invited establishment answers: who comes, or that nobody does.

use super::{lock_invitation, names_standing, place_of, standing};
use crate::audit::{Entry, record};
use crate::delegate::recognise;
use crate::entity::invitation;
use crate::registration::{Newcomer, Origin, active};
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    ContactBy, Lang, Naming, NewNomination, NewRegistration, NominationForm, Problems, Reason,
    RegistrationMode, RegistrationSource, decline_reason, naming_by_form,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::json;

impl Services {
    /// Registers the delegates whom an invited establishment names, each for
    /// itself: a seat, or the end of the waiting list, whoever may register
    /// otherwise. The delegates are asked for consent in person. Whom the
    /// establishment has named before is left as is, so that sending twice
    /// registers once. That somebody comes takes back that nobody does. A form
    /// opened before the deadline is taken for a minute after it.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems: also of rows beyond the quota,
    /// and of people who are registered already; then nobody is registered.
    /// [`Conflict::NominationOver`] after the deadline;
    /// [`Conflict::NotAllowedNow`] when the invitation was taken back or the
    /// workshop is over; [`Failure::NotFound`] for a wrong address.
    pub async fn nominate(
        &self,
        token: &str,
        form: &NominationForm,
        lang: Lang,
    ) -> Result<(), Failure> {
        let found = &self.invitation_by_token(token).await?;
        let (place, locality) = &place_of(self.db.read(), found.establishment_id).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let (view, row) = lock_invitation(&tx, found, now).await?;
                require_open(&row, view.phase, form.opened_at, now)?;
                let named = names_standing(&tx, row.id).await?;
                let number = u32::try_from(named.len()).unwrap_or(u32::MAX);
                let quota = u32::try_from(row.quota).unwrap_or(0);
                let left = quota.saturating_sub(number);
                let new = form.check(place, locality, left, &named);
                let new = &new.map_err(Failure::Invalid)?;
                let newcomers = newcomers(&tx, &row, new, left, now).await?;
                let mut made = Vec::new();
                for new in newcomers {
                    let newcomer = nominee(new, lang, row.id);
                    let one = std::slice::from_ref(&newcomer);
                    let mode = RegistrationMode::Open;
                    let rows = self
                        .enrol(&tx, &Actor::Anonymous, &view.row, mode, one, now)
                        .await?;
                    made.extend(rows.into_iter().flatten().map(|row| row.id));
                }
                keep_answer(&tx, row, new, &made, now).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Says that nobody comes, and why, by the invited establishment. Somebody
    /// can still be named until the deadline. Twice is harmless.
    ///
    /// # Errors
    /// A problem with `decline_reason`; [`Conflict::NotAllowedNow`] while
    /// delegates are named; as [`Services::nominate`].
    pub async fn decline_invitation(&self, token: &str, reason: &str) -> Result<(), Failure> {
        let found = &self.invitation_by_token(token).await?;
        let reason = &decline_reason(reason).map_err(Failure::Invalid)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let (view, row) = lock_invitation(&tx, found, now).await?;
                require_open(&row, view.phase, None, now)?;
                if !standing(&*tx, row.id).await?.is_empty() {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let id = row.id;
                let mut row = row.into_active_model();
                row.declined_at = Set(Some(now));
                row.decline_reason = Set(reason.clone());
                row.update(&*tx).await?;
                let entry = Entry {
                    deed: "decline_invitation",
                    noun: "invitation",
                    id,
                    before: None,
                    after: None,
                };
                record(&*tx, &Actor::Anonymous, now, entry).await
            })
            .await
    }
}

/// Somebody named by an invited establishment, who needs nobody's decision.
pub(super) fn nominee(new: &NewRegistration, lang: Lang, invitation_id: i64) -> Newcomer<'_> {
    Newcomer {
        new,
        lang,
        source: RegistrationSource::Nomination,
        channel: "web",
        origin: Origin {
            invitation_id: Some(invitation_id),
            ..Origin::default()
        },
    }
}

fn require_open(
    row: &invitation::Model,
    phase: domain::Phase,
    opened: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let withdrawn = row.withdrawn_at.is_some();
    match naming_by_form(withdrawn, row.answer_by, phase, opened, now) {
        Naming::Open => Ok(()),
        Naming::Substitutes => Err(Failure::Conflict(Conflict::NominationOver)),
        Naming::Over => Err(Failure::Conflict(Conflict::NotAllowedNow)),
    }
}

/// Those among the named who are new; every row that cannot be taken has its
/// problem.
async fn newcomers<'a>(
    tx: &Tx,
    row: &invitation::Model,
    new: &'a NewNomination,
    left: u32,
    now: DateTime<Utc>,
) -> Result<Vec<&'a NewRegistration>, Failure> {
    let mut problems = Problems::default();
    let (mut newcomers, mut seen) = (Vec::new(), Vec::new());
    for (number, new) in &new.delegates {
        let field = format!("delegates.{number}.full_name");
        let delegate = recognise(tx, new, ContactBy::Establishment, now).await?;
        let person = delegate.person.id;
        match active(&**tx, row.workshop_id, person).await? {
            Some(standing) if standing.invitation_id == Some(row.id) => {}
            None if !seen.contains(&person) => {
                if newcomers.len() >= left as usize {
                    problems.add(field, Reason::MoreThanQuota(left));
                }
                seen.push(person);
                newcomers.push(new);
            }
            _ => problems.add(field, Reason::RegisteredAlready),
        }
    }
    if problems.is_empty() {
        Ok(newcomers)
    } else {
        Err(Failure::Invalid(problems))
    }
}

/// Keeps who answered and when.
async fn keep_answer(
    tx: &Tx,
    row: invitation::Model,
    new: &NewNomination,
    made: &[i64],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let (id, answered) = (row.id, row.answered_at);
    let email = new.contact_email.as_ref();
    let mut row = row.into_active_model();
    row.contact_name = Set(new.contact_name.clone());
    row.contact_phone = Set(Some(new.contact_phone.as_str().to_owned()));
    row.contact_email = Set(email.map(|email| email.as_str().to_owned()));
    row.answered_at = Set(answered.or(Some(now)));
    row.declined_at = Set(None);
    row.decline_reason = Set(String::new());
    row.update(&**tx).await?;
    if made.is_empty() {
        return Ok(());
    }
    let entry = Entry {
        deed: "nominate",
        noun: "invitation",
        id,
        before: None,
        after: Some(json!({ "registrations": made })),
    };
    record(&**tx, &Actor::Anonymous, now, entry).await
}
