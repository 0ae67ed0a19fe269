//! Inviting establishments with a quota of delegates, and what they answer.

mod answer;
mod change;
mod letter;
mod list;
mod make;
mod page;
mod pick;
mod revise;
mod send;

pub use letter::InvitationLetter;
pub(crate) use letter::{LetterWords, mail_key};
pub use list::{InvitationCount, InvitationPage, InvitationRow, Invitations};
pub use make::Invited;
pub use page::{NominationPage, Nominee};
pub use pick::{Invitable, InvitableRow, InviteFilter};

use crate::entity::{Code, establishment, invitation, locality, person, registration};
use crate::letter::Greeting;
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{InvitationMoments, InvitationState, RegistrationState, invitation_state};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

const PURPOSE: &str = "invitation";

impl Services {
    /// The last part of the address of an invited establishment's page: the
    /// code and a signature.
    pub(crate) fn invitation_token(&self, code: &str) -> String {
        self.secret.token(PURPOSE, code)
    }

    async fn invitation_by_token(&self, token: &str) -> Result<invitation::Model, Failure> {
        let code = self.secret.code_of(PURPOSE, token);
        invitation::Entity::find()
            .filter(invitation::Column::Code.eq(code.ok_or(Failure::NotFound)?))
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)
    }
}

/// Locks the workshop of an invitation and reads both anew: answers and
/// decisions about one workshop are serialised.
async fn lock_invitation(
    tx: &Tx,
    found: &invitation::Model,
    now: DateTime<Utc>,
) -> Result<(WorkshopView, invitation::Model), Failure> {
    let workshop = lock_by_id(tx, found.workshop_id).await?;
    let sessions = sessions_of(&**tx, workshop.id).await?;
    let row = invitation::Entity::find_by_id(found.id).one(&**tx).await?;
    let view = WorkshopView::new(workshop, sessions, now);
    Ok((view, row.ok_or(Failure::NotFound)?))
}

fn state_of(row: &invitation::Model) -> InvitationState {
    invitation_state(InvitationMoments {
        sent: row.sent_at,
        answered: row.answered_at,
        declined: row.declined_at,
        withdrawn: row.withdrawn_at,
    })
}

/// Whom a letter about an invitation greets.
pub(crate) fn addressee<'a>(row: &'a invitation::Model, establishment: &'a str) -> &'a str {
    match row.contact_name.as_str() {
        "" => establishment,
        name => name,
    }
}

/// As what it greets them: see [`addressee`].
pub(crate) fn greeting(row: &invitation::Model) -> Greeting {
    if row.contact_name.is_empty() {
        Greeting::House
    } else {
        Greeting::Person
    }
}

/// The delegates named in answer to an invitation who still stand.
async fn standing(
    tx: &impl ConnectionTrait,
    invitation_id: i64,
) -> Result<Vec<registration::Model>, Failure> {
    Ok(registration::Entity::find()
        .filter(registration::Column::InvitationId.eq(invitation_id))
        .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
        .order_by_asc(registration::Column::Id)
        .all(tx)
        .await?)
}

/// The names of those who stand.
async fn names_standing(tx: &Tx, invitation_id: i64) -> Result<Vec<String>, Failure> {
    let rows = standing(&**tx, invitation_id).await?;
    Ok(person::Entity::find()
        .select_only()
        .column(person::Column::FullName)
        .filter(person::Column::Id.is_in(rows.iter().map(|row| row.person_id)))
        .into_tuple()
        .all(&**tx)
        .await?)
}

/// The name of an establishment, and of its locality where that is known.
async fn place_of(
    tx: &impl ConnectionTrait,
    establishment_id: i64,
) -> Result<(String, String), Failure> {
    let row = establishment::Entity::find_by_id(establishment_id);
    let row = row.one(tx).await?.ok_or(Failure::NotFound)?;
    let place = match row.locality_id {
        Some(id) => locality::Entity::find_by_id(id).one(tx).await?,
        None => None,
    };
    Ok((row.name, place.map(|place| place.name).unwrap_or_default()))
}

/// The names of establishments by their keys.
async fn names_of(
    tx: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, String>, Failure> {
    let rows = establishment::Entity::find()
        .filter(establishment::Column::Id.is_in(ids))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
