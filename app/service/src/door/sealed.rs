//! The list of a device, sealed for being kept there.

use super::DoorList;
use crate::checkin::DoorPerson;
use crate::secret::random;
use crate::{Actor, Failure, Services};
use domain::{ListedPerson, SealKey, SealedPerson, TicketCode};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What the salts of lists are for.
const PURPOSE: &str = "door-list";

/// The most keys that are kept: some ten large workshops, about 2 MB.
const MOST_KEYS: usize = 10_000;

/// The keys of codes: making one takes milliseconds on purpose, and a device
/// asks for the list every two minutes.
pub(crate) type SealKeys = Arc<Mutex<HashMap<(i64, String), SealKey>>>;

/// The list of a device, and how it is kept there.
#[derive(Clone, Debug)]
pub struct SealedDoorList {
    /// The list itself: for the memory of the open page alone.
    pub list: DoorList,
    /// The salt of the workshop.
    pub salt: String,
    /// The same people, each sealed under the code of the ticket.
    pub sealed: Vec<SealedPerson>,
}

impl Services {
    /// The list that a device takes with it, also sealed for being stored.
    ///
    /// # Errors
    /// As [`Services::door`].
    pub async fn sealed_door_list(
        &self,
        actor: &Actor,
        slug: &str,
    ) -> Result<SealedDoorList, Failure> {
        let list = self.door_list(actor, slug).await?;
        let workshop = list.workshop.row.id;
        let salt = self.secret.sign(PURPOSE, &workshop.to_string());
        // Held while keys are made: fifty devices that begin at once wait for
        // one of them, not for fifty.
        let mut keys = Arc::clone(&self.seal_keys).lock_owned().await;
        let (people, with) = (list.people.clone(), salt.clone());
        let sealed = tokio::task::spawn_blocking(move || {
            if keys.len() > MOST_KEYS {
                keys.clear();
            }
            people
                .into_iter()
                .map(|person| {
                    let code = TicketCode::parse(&person.code)?;
                    let at = (workshop, person.code.clone());
                    let key = match keys.get(&at) {
                        Some(key) => key.clone(),
                        None => SealKey::derive(&code, &with)?,
                    };
                    let sealed = key.seal(random(), &listed(person))?;
                    keys.insert(at, key);
                    Some(sealed)
                })
                .collect::<Option<Vec<_>>>()
        });
        let sealed = sealed.await.map_err(Failure::internal)?;
        Ok(SealedDoorList {
            list,
            salt,
            sealed: sealed.ok_or_else(|| Failure::internal("a list that cannot be sealed"))?,
        })
    }
}

fn listed(person: DoorPerson) -> ListedPerson {
    ListedPerson {
        full_name: person.full_name,
        establishment: person.establishment,
        role: person.role,
        state: person.state,
        since: person.since,
    }
}
