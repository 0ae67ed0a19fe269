//! Counting whom a device let in alone: the check-in or the earlier time, and
//! the seat; and taking all of that back.

use super::conflict::typed;
use crate::audit::{Entry, record};
use crate::checkin::{NewCheckin, Seated, insert_checkins, standing, take_back};
use crate::entity::{Code, checkin, door_conflict, registration, workshop};
use crate::live::tell_others;
use crate::registration::{has_come, load};
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{RegistrationMove, RegistrationState, Settlement, undo_cancels};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What counting a conflict changed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Did {
    /// The registration that was counted.
    registration: i64,
    /// Where that stood before it got a seat; none when it had one.
    stood: Option<RegistrationState>,
    /// It was made.
    made: bool,
    /// When the person had come, where that was later.
    came: Option<DateTime<Utc>>,
    /// Who had let the person in then.
    #[serde(default)]
    came_by: Option<By>,
}

/// Who let somebody in: the device, where there was one, and the label of who
/// acted.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct By {
    device: Option<i64>,
    actor: String,
}

impl Services {
    /// Checks in whom a conflict is about, with a seat, and tells what changed.
    pub(super) async fn count_in(
        &self,
        tx: &Tx,
        actor: &Actor,
        found: &door_conflict::Model,
        now: DateTime<Utc>,
    ) -> Result<Did, Failure> {
        let Seated { row, stood, .. } = match (found.registration_id, typed(found)) {
            (Some(id), _) => {
                let row = load(&**tx, id).await?;
                self.seat_again(tx, actor, found.workshop_id, row, now)
                    .await?
            }
            (None, Some((new, another))) => {
                self.seat_walk_in(tx, actor, found.workshop_id, &new, another, now)
                    .await?
            }
            (None, None) => return Err(Failure::Conflict(Conflict::NotAllowedNow)),
        };
        let mut did = Did {
            registration: row.id,
            made: stood.is_none(),
            stood: stood.filter(|state| *state != RegistrationState::Booked),
            came: None,
            came_by: None,
        };
        if let Some(stands) = standing(&**tx, found.session_id, row.id).await? {
            if found.at < stands.at {
                did.came = Some(stands.at);
                did.came_by = Some(By {
                    device: stands.device_id,
                    actor: stands.actor.clone(),
                });
                let by = By {
                    device: found.device_id,
                    actor: found.actor.clone(),
                };
                come_at(tx, actor, stands, (found.at, Some(by)), now).await?;
            }
            return Ok(did);
        }
        let id = row.id;
        count_once(tx, actor, found, id, now).await?;
        Ok(did)
    }

    /// Takes back what counting did: the check-in or the earlier time, and the
    /// seat of somebody who came to nothing else.
    pub(super) async fn count_out(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        found: &door_conflict::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let did: Did = match &found.did {
            Some(did) => serde_json::from_str(did).map_err(Failure::internal)?,
            None => Did::default(),
        };
        if let Some(came) = did.came {
            let stands = standing(&**tx, found.session_id, did.registration).await?;
            match stands.filter(|stands| stands.at == found.at) {
                Some(stands) => come_at(tx, actor, stands, (came, did.came_by), now).await?,
                // Set right once more since: that stays, and goes back to what
                // was before this one.
                None => hand_back(tx, found, did.registration, (came, did.came_by)).await?,
            }
        } else if let Some(made) = made_by(tx, found, did.registration).await? {
            let who = made.registration_id;
            take_back(tx, actor, made, now).await?;
            let others = counted_besides(tx, found, who).await?;
            if let Some((other, _)) = others.into_iter().next() {
                // That one answers for the seat from now on.
                did_so(tx, &other, &did).await?;
                return count_once(tx, actor, &other, who, now).await;
            }
        }
        if did.registration == 0 {
            return Ok(());
        }
        let stood = (did.made, did.stood);
        self.leave_seat(tx, actor, workshop, did.registration, stood, now)
            .await
    }

    /// Takes the seat back that somebody got who is said not to have come after
    /// all, unless anything else says so: a registration that was made for it is
    /// cancelled, another stands where it `stood`.
    pub(crate) async fn leave_seat(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        registration_id: i64,
        (made, stood): (bool, Option<RegistrationState>),
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let row = load(&**tx, registration_id).await?;
        if *row.state != RegistrationState::Booked || has_come(&**tx, row.id).await? {
            return Ok(());
        }
        if made && undo_cancels(*row.source, *row.state, false) {
            self.change_state(tx, actor, row, RegistrationMove::Cancel, now)
                .await?;
        } else if let Some(stood) = stood {
            unseat(tx, actor, row, stood, now).await?;
        } else {
            return Ok(());
        }
        self.offer_seats(tx, &Actor::System, workshop, now).await
    }
}

/// Checks somebody in as a conflict says; what was taken back before stands
/// again, as one check-in.
async fn count_once(
    tx: &Tx,
    actor: &Actor,
    found: &door_conflict::Model,
    registration_id: i64,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let Some(before) = counted_as(tx, found, registration_id).await? else {
        let checkin = checkin_of(found, registration_id, now);
        return insert_checkins(tx, actor, vec![checkin]).await;
    };
    let entry = Entry {
        deed: "check_in",
        noun: "registration",
        id: registration_id,
        before: None,
        after: Some(json!({ "session": found.session_id, "at": found.at })),
    };
    let mut before = before.into_active_model();
    before.undone_at = Set(None);
    before.at = Set(found.at);
    before.update(&**tx).await?;
    record(&**tx, actor, now, entry).await?;
    tell_others(tx).await
}

async fn did_so(tx: &Tx, found: &door_conflict::Model, did: &Did) -> Result<(), Failure> {
    let did = serde_json::to_string(did).map_err(Failure::internal)?;
    let mut found = found.clone().into_active_model();
    found.did = Set(Some(did));
    found.update(&**tx).await?;
    Ok(())
}

/// The conflict that set this one's time right once more goes back to the time
/// before both.
async fn hand_back(
    tx: &Tx,
    found: &door_conflict::Model,
    registration_id: i64,
    (came, by): (DateTime<Utc>, Option<By>),
) -> Result<(), Failure> {
    for (other, mut did) in counted_besides(tx, found, registration_id).await? {
        if did.came == Some(found.at) {
            did.came = Some(came);
            did.came_by.clone_from(&by);
            did_so(tx, &other, &did).await?;
        }
    }
    Ok(())
}

fn checkin_of(
    found: &door_conflict::Model,
    registration_id: i64,
    now: DateTime<Utc>,
) -> NewCheckin {
    NewCheckin {
        session_id: found.session_id,
        registration_id,
        nonce: found.nonce.clone(),
        offline: true,
        device_id: found.device_id,
        by: Some(found.actor.clone()),
        at: found.at,
        now,
    }
}

/// The other conflicts that were counted for the same person, oldest first:
/// with those the person came all the same.
async fn counted_besides(
    tx: &Tx,
    found: &door_conflict::Model,
    registration_id: i64,
) -> Result<Vec<(door_conflict::Model, Did)>, Failure> {
    let others = door_conflict::Entity::find()
        .filter(door_conflict::Column::SessionId.eq(found.session_id))
        .filter(door_conflict::Column::Settlement.eq(Code(Settlement::Counted)))
        .filter(door_conflict::Column::Id.ne(found.id))
        .order_by_asc(door_conflict::Column::At)
        .all(&**tx)
        .await?;
    let others = others.into_iter().filter_map(|row| {
        let did: Did = serde_json::from_str(row.did.as_deref()?).ok()?;
        Some((row, did))
    });
    Ok(others
        .filter(|(_, did)| did.registration == registration_id)
        .collect())
}

/// Puts somebody who got a seat by being counted back where they stood.
async fn unseat(
    tx: &Tx,
    actor: &Actor,
    row: registration::Model,
    stood: RegistrationState,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let entry = Entry {
        deed: "unseat",
        noun: "registration",
        id: row.id,
        before: Some(json!({ "state": *row.state })),
        after: Some(json!({ "state": stood })),
    };
    let mut row = row.into_active_model();
    row.state = Set(Code(stood));
    row.state_at = Set(now);
    row.update(&**tx).await?;
    record(&**tx, actor, now, entry).await
}

/// Somebody who is in came at another time, by another's scan where that is
/// known.
async fn come_at(
    tx: &Tx,
    actor: &Actor,
    stands: checkin::Model,
    (at, by): (DateTime<Utc>, Option<By>),
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let entry = Entry {
        deed: "move_check_in",
        noun: "registration",
        id: stands.registration_id,
        before: Some(json!({ "session": stands.session_id, "at": stands.at })),
        after: Some(json!({ "session": stands.session_id, "at": at })),
    };
    let mut stands = stands.into_active_model();
    stands.at = Set(at);
    if let Some(by) = by {
        stands.device_id = Set(by.device);
        stands.actor = Set(by.actor);
    }
    stands.update(&**tx).await?;
    record(&**tx, actor, now, entry).await
}

/// The check-in that counting a conflict made, if it stands: its time may have
/// been set right since. Where nobody noted for whom, the time tells.
async fn made_by(
    tx: &Tx,
    found: &door_conflict::Model,
    registration_id: i64,
) -> Result<Option<checkin::Model>, Failure> {
    let whose = match registration_id {
        0 => checkin::Column::At.eq(found.at),
        id => checkin::Column::RegistrationId.eq(id),
    };
    Ok(checkin::Entity::find()
        .filter(checkin::Column::SessionId.eq(found.session_id))
        .filter(checkin::Column::Nonce.eq(&found.nonce))
        .filter(whose)
        .filter(checkin::Column::UndoneAt.is_null())
        .one(&**tx)
        .await?)
}

/// The check-in of somebody that counting a conflict made once, standing or not.
async fn counted_as(
    tx: &Tx,
    found: &door_conflict::Model,
    registration_id: i64,
) -> Result<Option<checkin::Model>, Failure> {
    Ok(checkin::Entity::find()
        .filter(checkin::Column::SessionId.eq(found.session_id))
        .filter(checkin::Column::RegistrationId.eq(registration_id))
        .filter(checkin::Column::Nonce.eq(&found.nonce))
        .one(&**tx)
        .await?)
}
