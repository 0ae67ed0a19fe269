//! Giving and withdrawing consent, purpose by purpose (Law 91/2025/QH15: as
//! easy to withdraw as to give).

use crate::audit::{Entry, record};
use crate::entity::{Code, consent};
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{CONSENT_TEXT_VERSION, Coded, Consents, Purpose};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::json;

impl Services {
    /// Makes the consents of a registration what its holder ticked. Only what
    /// changes is written: when, by which words, by whom.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address.
    pub async fn set_consents(&self, ticket: &str, wanted: Consents) -> Result<(), Failure> {
        let found = self.registration_by_ticket(ticket).await?;
        let actor = &Actor::Anonymous;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, found.workshop_id).await?;
                write_consents(&tx, actor, found.id, wanted, "web", now).await
            })
            .await
    }
}

/// Makes the consents of a registration what was agreed to, under the
/// workshop's lock. `channel` says where.
pub(crate) async fn write_consents(
    tx: &Tx,
    actor: &Actor,
    registration_id: i64,
    wanted: Consents,
    channel: &str,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let rows = consent::Entity::find()
        .filter(consent::Column::RegistrationId.eq(registration_id))
        .all(&**tx)
        .await?;
    let wanted: Vec<Purpose> = wanted.given().collect();
    for purpose in Purpose::ALL.iter().copied() {
        let known = rows.iter().find(|row| *row.purpose == purpose);
        let given = known.is_some_and(|row| row.withdrawn_at.is_none());
        let wants = wanted.contains(&purpose);
        if given == wants {
            continue;
        }
        let mut row = match known {
            Some(row) => row.clone().into_active_model(),
            None => consent::ActiveModel {
                registration_id: Set(registration_id),
                purpose: Set(Code(purpose)),
                ..Default::default()
            },
        };
        if wants {
            row.text_version = Set(CONSENT_TEXT_VERSION.to_owned());
            row.channel = Set(channel.to_owned());
            row.actor = Set(actor.label());
            row.given_at = Set(now);
        }
        row.withdrawn_at = Set((!wants).then_some(now));
        row.save(&**tx).await?;
        let entry = Entry {
            deed: if wants {
                "give_consent"
            } else {
                "withdraw_consent"
            },
            noun: "registration",
            id: registration_id,
            before: None,
            after: Some(json!({ "purpose": purpose, "text": CONSENT_TEXT_VERSION })),
        };
        record(&**tx, actor, now, entry).await?;
    }
    Ok(())
}
