//! Registering a file: one transaction, in bulk, by a worker.

use super::answers::{answers_by_person, keep};
use super::known::{AT_ONCE, Known, Met};
use super::page::{Fate, fate, people_of};
use super::{Sheet, import_of};
use crate::audit::{Entry, record, record_all};
use crate::db::lock_names;
use crate::entity::{Code, establishment, import, locality, person, registration, workshop};
use crate::likeness::{hold_judgements, note_alike_establishments, note_alike_persons};
use crate::mail::Occasion;
use crate::person::with_name;
use crate::registration::count_seats;
use crate::secret::random;
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    ImportRow, ImportState, Lang, NewRegistration, RegistrationMode, RegistrationSource,
    RegistrationState, TicketCode, WorkshopState, fold, fold_establishment, place_newcomers,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::sync::PoisonError;

impl Services {
    /// Waits until somebody confirmed an import in this process, or for a time.
    pub async fn import_rings(&self, at_most: std::time::Duration) {
        let _ = tokio::time::timeout(at_most, self.import_bell.notified()).await;
    }

    /// How many rows of an import this process has gone through.
    pub(super) fn import_progress(&self, id: i64) -> Option<usize> {
        let progress = self.imports_running.lock();
        let progress = progress.unwrap_or_else(PoisonError::into_inner);
        progress.get(&id).copied()
    }

    fn note_progress(&self, id: i64, rows: Option<usize>) {
        let progress = self.imports_running.lock();
        let mut progress = progress.unwrap_or_else(PoisonError::into_inner);
        match rows {
            Some(rows) => progress.insert(id, rows),
            None => progress.remove(&id),
        };
    }

    /// Registers the files that were confirmed, each in one transaction: all of
    /// its rows or none. What a server that died left behind is begun again.
    /// One that cannot be registered is marked as failed, with nothing written.
    /// Returns how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_imports(&self) -> Result<usize, Failure> {
        let waiting = import::Entity::find()
            .filter(import::Column::State.eq(Code(ImportState::Running)))
            .order_by_asc(import::Column::Id)
            .all(self.db.read())
            .await?;
        let number = waiting.len();
        for row in waiting {
            let id = row.id;
            self.note_progress(id, Some(0));
            let done = self.run_import(&row).await;
            self.note_progress(id, None);
            if let Err(failure) = done {
                tracing::error!(%failure, import = id, "nothing was imported");
                self.fail_import(id).await?;
            }
        }
        if number > 0 {
            self.ring_outbox();
        }
        Ok(number)
    }

    async fn fail_import(&self, id: i64) -> Result<(), Failure> {
        self.db
            .write(|tx| async move {
                // Only while it runs: another server may have done it meanwhile.
                import::Entity::update_many()
                    .col_expr(
                        import::Column::State,
                        Expr::value(Code(ImportState::Failed)),
                    )
                    .filter(import::Column::Id.eq(id))
                    .filter(import::Column::State.eq(Code(ImportState::Running)))
                    .exec(&*tx)
                    .await?;
                Ok(())
            })
            .await
    }

    async fn run_import(&self, row: &import::Model) -> Result<(), Failure> {
        let sheet = &self.sheet(row).await?;
        let read = &sheet.people();
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                // Whom the file means is not merged meanwhile: that is cheaper
                // than to hold thousands of rows.
                hold_judgements(&tx).await?;
                let workshop = lock_by_id(&tx, row.workshop_id).await?;
                let row = import_of(&*tx, row.workshop_id, row.id).await?;
                if *row.state != ImportState::Running {
                    // Another server did it meanwhile.
                    return Ok(());
                }
                require_open(&tx, &workshop, now).await?;
                self.register_rows(&tx, &workshop, row, sheet, read, now)
                    .await
            })
            .await
    }

    async fn register_rows(
        &self,
        tx: &Tx,
        workshop: &workshop::Model,
        import: import::Model,
        sheet: &Sheet,
        read: &[(usize, ImportRow)],
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let people: Vec<&NewRegistration> = people_of(read).collect();
        let mut known = Known::of(&**tx, workshop.id, &people).await?;
        if lock_names(tx, &known.new_places(&people), &known.new_names(&people)).await? {
            // Somebody may have made them meanwhile.
            known = Known::of(&**tx, workshop.id, &people).await?;
        }
        let mut met = Met::default();
        let mut new: Vec<&NewRegistration> = Vec::new();
        for one in people.iter().copied() {
            if fate(&known, &mut met, one) == Fate::New {
                new.push(one);
            }
        }
        let localities = localities(tx).await?;
        let establishments = establishments(tx, &known, &new, &localities, now).await?;
        let persons = persons(tx, &known, &new, &establishments, now).await?;
        let mut seats = count_seats(&**tx, workshop).await?;
        let mut rows = Vec::new();
        for (new, person) in new.iter().zip(&persons) {
            let state = place_newcomers(RegistrationMode::Open, seats, 1);
            seats.add(state, 1);
            let locality = localities.get(&fold(&new.locality));
            rows.push(registration::ActiveModel {
                workshop_id: Set(workshop.id),
                person_id: Set(person.id),
                establishment_id: Set(establishments[&fold_establishment(&new.establishment)]),
                locality_id: Set(locality.map(|place| place.id)),
                locality_name: Set(locality.map_or(&new.locality, |place| &place.name).clone()),
                email: Set(new.email.as_ref().map(|email| email.as_str().to_owned())),
                phone: Set(new.phone.as_ref().map(|phone| phone.as_str().to_owned())),
                role: Set(Code(new.role)),
                state: Set(Code(state)),
                source: Set(Code(RegistrationSource::Import)),
                code: Set(TicketCode::from_random(random()).as_str().to_owned()),
                lang: Set(Code(Lang::Vi)),
                substitute_id: Set(None),
                created_at: Set(now),
                state_at: Set(now),
                party_id: Set(None),
                invitation_id: Set(None),
                import_id: Set(Some(import.id)),
                offer_until: Set(None),
                ..Default::default()
            });
        }
        let actor = &Actor::System;
        let mut done = 0;
        let answers = answers_by_person(read, &new, &persons);
        let persons: HashMap<i64, &person::Model> =
            persons.iter().map(|person| (person.id, person)).collect();
        for chunk in rows.chunks(AT_ONCE) {
            let made = registration::Entity::insert_many(chunk.to_vec())
                .exec_with_returning(&**tx)
                .await?;
            keep(tx, &made, &answers).await?;
            let lines = made.iter().map(|row| Entry {
                deed: "register",
                noun: "registration",
                id: row.id,
                before: None,
                after: Some(json!({
                    "workshop": workshop.id, "state": *row.state, "source": *row.source,
                    "role": *row.role, "import": import.id,
                })),
            });
            record_all(&**tx, actor, now, lines.collect()).await?;
            if sheet.reading.mails {
                for row in &made {
                    let occasion = match *row.state {
                        RegistrationState::Booked => Occasion::of_seat(row),
                        _ => Occasion::Waitlisted,
                    };
                    if let Some(person) = persons.get(&row.person_id) {
                        self.mail_to_person(tx, occasion, workshop, row, person, now)
                            .await?;
                    }
                }
            }
            done += chunk.len();
            self.note_progress(import.id, Some(done));
        }
        let wrong = read.len() - people.len();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let after = json!({ "import": import.id, "people": new.len(), "rejected": wrong });
        let (id, total) = (workshop.id, read.len());
        let mut import = import.into_active_model();
        import.state = Set(Code(ImportState::Done));
        import.total = Set(number(total));
        import.done = Set(number(total));
        import.made = Set(number(new.len()));
        import.same = Set(number(people.len() - new.len()));
        import.rejected = Set(number(wrong));
        import.finished_at = Set(Some(now));
        import.update(&**tx).await?;
        let entry = Entry {
            deed: "import_people",
            noun: "workshop",
            id,
            before: None,
            after: Some(after),
        };
        record(&**tx, actor, now, entry).await
    }
}

/// Demands a published workshop that is not over.
pub(super) async fn require_open(
    tx: &Tx,
    workshop: &workshop::Model,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let sessions = sessions_of(&**tx, workshop.id).await?;
    let over = sessions.iter().all(|session| session.ends_at <= now);
    if *workshop.state != WorkshopState::Published || over {
        return Err(Failure::Conflict(Conflict::NotAllowedNow));
    }
    Ok(())
}

/// Every locality by its folded name, the newest of each.
async fn localities(tx: &Tx) -> Result<HashMap<String, locality::Model>, Failure> {
    let rows = locality::Entity::find()
        .order_by_asc(locality::Column::ValidFrom)
        .all(&**tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.folded.clone(), row))
        .collect())
}

/// The establishments of all those, made where none is known.
async fn establishments(
    tx: &Tx,
    known: &Known,
    new: &[&NewRegistration],
    localities: &HashMap<String, locality::Model>,
    now: DateTime<Utc>,
) -> Result<HashMap<String, i64>, Failure> {
    let mut found = known.establishments.clone();
    let mut missing: HashMap<String, &NewRegistration> = HashMap::new();
    let mut order = Vec::new();
    for new in new {
        let key = fold_establishment(&new.establishment);
        if !found.contains_key(&key) && missing.insert(key.clone(), new).is_none() {
            order.push(key);
        }
    }
    let rows: Vec<_> = order
        .iter()
        .map(|key| {
            let new = missing[key];
            let locality = localities.get(&fold(&new.locality));
            establishment::ActiveModel {
                name: Set(new.establishment.clone()),
                folded: Set(fold(&new.establishment)),
                name_key: Set(key.clone()),
                kind: Set(None),
                sector: Set(None),
                site: Set(None),
                locality_id: Set(locality.map(|place| place.id)),
                tax_code: Set(None),
                is_demo: Set(false),
                created_at: Set(now),
                ..Default::default()
            }
        })
        .collect();
    let mut new = HashSet::new();
    for chunk in rows.chunks(AT_ONCE) {
        let made = establishment::Entity::insert_many(chunk.to_vec())
            .exec_with_returning(&**tx)
            .await?;
        new.extend(made.iter().map(|row| row.id));
        found.extend(made.into_iter().map(|row| (row.name_key, row.id)));
    }
    note_alike_establishments(tx, &new, now).await?;
    Ok(found)
}

/// The persons of all those, in their order, made where nobody is known.
async fn persons(
    tx: &Tx,
    known: &Known,
    new: &[&NewRegistration],
    establishments: &HashMap<String, i64>,
    now: DateTime<Utc>,
) -> Result<Vec<person::Model>, Failure> {
    let place = |new: &NewRegistration| establishments[&fold_establishment(&new.establishment)];
    let phone = |new: &NewRegistration| new.phone.as_ref().map(|phone| phone.as_str().to_owned());
    let rows: Vec<_> = new
        .iter()
        .filter(|new| known.person(new).is_none())
        .map(|new| {
            let made = person::ActiveModel {
                phone: Set(phone(new)),
                email: Set(new.email.as_ref().map(|email| email.as_str().to_owned())),
                establishment_id: Set(place(new)),
                is_demo: Set(false),
                created_at: Set(now),
                ..Default::default()
            };
            with_name(made, &new.full_name)
        })
        .collect();
    // A file has each of them once, so this names one.
    let key = |row: &person::Model| {
        (
            row.full_name.clone(),
            row.phone.clone(),
            row.establishment_id,
        )
    };
    let mut made = HashMap::new();
    for chunk in rows.chunks(AT_ONCE) {
        let rows = person::Entity::insert_many(chunk.to_vec())
            .exec_with_returning(&**tx)
            .await?;
        made.extend(rows.into_iter().map(|row| (key(&row), row)));
    }
    note_alike_persons(tx, &made.values().collect::<Vec<_>>(), now).await?;
    let mut persons = Vec::new();
    for new in new {
        let person = match known.person(new) {
            None => made
                .get(&(new.full_name.clone(), phone(new), place(new)))
                .cloned()
                .ok_or_else(|| Failure::internal("a person that was made is missing"))?,
            // Keeps the phone of somebody who gave none before.
            Some(person) if person.phone.is_none() && new.phone.is_some() => {
                let mut person = person.clone().into_active_model();
                person.phone = Set(phone(new));
                person.update(&**tx).await?
            }
            Some(person) => person.clone(),
        };
        persons.push(person);
    }
    Ok(persons)
}
