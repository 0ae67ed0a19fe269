//! Moving a registration from state to state.

use crate::audit::{Entry, record};
use crate::entity::{Code, registration};
use crate::live::tell_others;
use crate::mail::Occasion;
use crate::outbox::withhold;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{RegistrationMove, advance};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::json;

impl Services {
    /// Takes a legal step, notes it, and withholds mails that are no longer
    /// true.
    pub(crate) async fn change_state(
        &self,
        tx: &Tx,
        actor: &Actor,
        row: registration::Model,
        step: RegistrationMove,
        now: DateTime<Utc>,
    ) -> Result<registration::Model, Failure> {
        self.change_state_until(tx, actor, row, step, None, now)
            .await
    }

    /// As [`Services::change_state`]; an offer says until when it stands.
    pub(crate) async fn change_state_until(
        &self,
        tx: &Tx,
        actor: &Actor,
        row: registration::Model,
        step: RegistrationMove,
        until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<registration::Model, Failure> {
        let before = *row.state;
        let after = advance(before, step).ok_or(Failure::Conflict(Conflict::NotAllowedNow))?;
        let mut row = row.into_active_model();
        row.state = Set(Code(after));
        row.state_at = Set(now);
        if until.is_some() {
            row.offer_until = Set(until);
        }
        let row = row.update(&**tx).await?;
        let mut after = json!({ "state": after });
        if let Some(until) = until {
            after["until"] = json!(until);
        }
        let entry = Entry {
            deed: deed(step),
            noun: "registration",
            id: row.id,
            before: Some(json!({ "state": before })),
            after: Some(after),
        };
        record(&**tx, actor, now, entry).await?;
        withhold(&**tx, row.id, Occasion::outdated_by(step)).await?;
        tell_others(tx).await?;
        Ok(row)
    }
}

fn deed(step: RegistrationMove) -> &'static str {
    match step {
        RegistrationMove::Book => "book",
        RegistrationMove::Queue => "queue",
        RegistrationMove::Offer => "offer",
        RegistrationMove::Lapse => "lapse",
        RegistrationMove::Decline => "decline",
        RegistrationMove::Cancel => "cancel",
        RegistrationMove::Substitute => "substitute",
    }
}
