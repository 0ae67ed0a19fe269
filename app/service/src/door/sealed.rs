//! The list of a device, sealed for being kept there.

use super::DoorList;
use crate::checkin::DoorPerson;
use crate::secret::random;
use crate::{Actor, Failure, Services};
use domain::{Came, ListedPerson, SealKey, SealedPerson, TicketCode};
use std::collections::HashMap;
use std::num::NonZero;
use std::sync::Arc;
use std::thread;
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
        let mut came = list.came.clone();
        let sealed = tokio::task::spawn_blocking(move || {
            if keys.len() > MOST_KEYS {
                keys.clear();
            }
            let missing: Vec<&str> = people
                .iter()
                .map(|person| person.code.as_str())
                .filter(|code| !keys.contains_key(&(workshop, (*code).to_owned())))
                .collect();
            let made = make_keys(&missing, &with);
            for (code, key) in missing.iter().zip(made) {
                keys.insert((workshop, (*code).to_owned()), key?);
            }
            people
                .into_iter()
                .map(|person| {
                    let key = keys.get(&(workshop, person.code.clone()))?;
                    let came = came.remove(&person.registration_id).unwrap_or_default();
                    let sealed = key.seal(random(), &listed(person, came))?;
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

/// The keys of codes, made on as many cores as there are.
fn make_keys(codes: &[&str], salt: &str) -> Vec<Option<SealKey>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let each = codes.len().div_ceil(cores).max(1);
    let make = |code: &&str| SealKey::derive(&TicketCode::parse(code)?, salt);
    thread::scope(|scope| {
        let parts = codes.chunks(each);
        let parts: Vec<_> = parts
            .map(|part| scope.spawn(move || part.iter().map(make).collect::<Vec<_>>()))
            .collect();
        let made = parts.into_iter().flat_map(|part| part.join().ok());
        made.flatten().collect()
    })
}

fn listed(person: DoorPerson, came: Vec<Came>) -> ListedPerson {
    ListedPerson {
        full_name: person.full_name,
        establishment: person.establishment,
        role: person.role,
        state: person.state,
        held_until: person.held_until,
        consent_pending: person.consent_pending,
        came,
    }
}
