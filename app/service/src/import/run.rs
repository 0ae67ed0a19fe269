//! Registering a file: one transaction, in bulk, by a worker.

use super::answers::{answers_by_person, keep};
use super::known::{AT_ONCE, Known, Meant, Met};
use super::make::{establishments, localities};
use super::page::{Fate, fate, people_of};
use super::trace::Traces;
use super::{Sheet, import_of};
use crate::audit::{Entry, record, record_all};
use crate::db::lock_names;
use crate::entity::{Code, import, person, registration, workshop};
use crate::likeness::hold_judgements;
use crate::mail::Occasion;
use crate::registration::count_seats;
use crate::secret::random;
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    ImportRow, ImportState, ImportedPerson, Lang, RegistrationMode, RegistrationSource,
    RegistrationState, TicketCode, WorkshopState, fold, place_newcomers,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};
use serde_json::json;
use std::collections::HashMap;
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
        let people: Vec<&ImportedPerson> = people_of(read).collect();
        let mut known = Known::of(&**tx, workshop.id, &people).await?;
        if lock_names(tx, &known.new_places(), &known.new_names()).await? {
            // Somebody may have made them meanwhile.
            known = Known::of(&**tx, workshop.id, &people).await?;
        }
        let mut met = Met::default();
        let mut new: Vec<Meant<'_>> = Vec::new();
        for (row, one) in known.meant.iter().copied().enumerate() {
            if fate(&known, &mut met, one, row) == Fate::New {
                new.push(one);
            }
        }
        let localities = localities(tx).await?;
        let mut traces = Traces::of(import.id);
        let places = establishments(tx, &known, &new, &localities, &mut traces, now).await?;
        let persons = self
            .imported_persons(tx, &known, &new, &places, &mut traces, now)
            .await?;
        traces.keep(tx).await?;
        let mut seats = count_seats(&**tx, workshop).await?;
        let mut rows = Vec::new();
        for (one, person) in new.iter().zip(&persons) {
            let new = &one.row.new;
            let state = place_newcomers(RegistrationMode::Open, seats, 1);
            seats.add(state, 1);
            let locality = localities.get(&fold(&new.locality));
            rows.push(registration::ActiveModel {
                workshop_id: Set(workshop.id),
                person_id: Set(person.id),
                establishment_id: Set(places[&one.place]),
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
        let view = if sheet.reading.mails {
            let sessions = sessions_of(&**tx, workshop.id).await?;
            Some(WorkshopView::new(workshop.clone(), sessions, now))
        } else {
            None
        };
        let mut done = 0;
        let answers = answers_by_person(&new, &persons);
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
            if let Some(view) = &view {
                let told = made.iter().filter_map(|row| {
                    let occasion = match *row.state {
                        RegistrationState::Booked => Occasion::of_seat(row),
                        _ => Occasion::Waitlisted,
                    };
                    Some((occasion, row, *persons.get(&row.person_id)?))
                });
                self.mail_to_persons(tx, view, told, now).await?;
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
