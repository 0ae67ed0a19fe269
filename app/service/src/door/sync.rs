//! The batch that a device hands in. It is one transaction and can be sent again:
//! a nonce is one scan for ever.

use super::batch::{DoorBatch, Scanned, Synced};
use super::conflict::add_conflicts;
use super::judge::{Around, Known};
use super::scan::take_consent;
use crate::checkin::{DoorPerson, insert_checkins};
use crate::db::lock_names;
use crate::entity::{door_device, person, registration, workshop};
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, Tx, WorkshopView};
use domain::{
    Act, CheckinOutcome, MOST_SCANS, Reason, Refusal, SYNC_GRACE, WorkshopState, arrival,
    clean_line, fold, fold_establishment, is_conflict,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{HashMap, HashSet};

impl Services {
    /// Takes the scans of a device, in one transaction; sending them again is
    /// harmless. `device` is the token of the device, if it has one. Nothing is dropped: who was let in wrongly is kept as a conflict. Times
    /// of a device whose clock is wrong are set right. Answers come in the
    /// order of the scans.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when the session is none of the workshop or there
    /// are more than [`MOST_SCANS`]; [`Failure::Forbidden`]
    /// [`SYNC_GRACE`] after the workshop; as
    /// [`Services::staff_workshop`].
    pub async fn sync_door(
        &self,
        actor: &Actor,
        slug: &str,
        device: Option<&str>,
        batch: &DoorBatch,
    ) -> Result<Vec<Synced>, Failure> {
        let view = &self.find_workshop(slug).await?;
        let (actor, device, revoked) = self.may_sync(actor, view, device).await?;
        let actor = &actor;
        let mut sessions = view.sessions.iter();
        if !sessions.any(|session| session.id == batch.session) {
            return Err(Failure::problem("session", Reason::UnknownSession));
        }
        if batch.scans.len() > MOST_SCANS {
            let most = i64::try_from(MOST_SCANS).unwrap_or(i64::MAX);
            return Err(Failure::problem("scans", Reason::NotInRange(0, most)));
        }
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, view.row.id).await?;
                let closed = if revoked {
                    Some(Refusal::Revoked)
                } else if *workshop.state != WorkshopState::Published {
                    Some(Refusal::NotRunning)
                } else if crate::attendance::lock_of(&*tx, batch.session)
                    .await?
                    .is_some()
                {
                    Some(Refusal::Locked)
                } else {
                    None
                };
                let around = Around {
                    actor,
                    view,
                    batch,
                    device,
                    closed,
                    now,
                };
                let answers = self.take_scans(&tx, &around).await?;
                if let Some(id) = device {
                    door_device::Entity::update_many()
                        .col_expr(door_device::Column::SeenAt, Expr::value(now))
                        .col_expr(
                            door_device::Column::Waiting,
                            Expr::value(i64::from(batch.waiting)),
                        )
                        .filter(door_device::Column::Id.eq(id))
                        .exec(&*tx)
                        .await?;
                }
                Ok(answers)
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// Whether nothing is taken any more of what devices met at a workshop.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn is_sync_over(&self, slug: &str) -> Result<bool, Failure> {
        let view = self.find_workshop(slug).await?;
        Ok(self.clock.now() > view.ends_at() + SYNC_GRACE)
    }

    /// Who hands something in, with which device, and whether that may check
    /// people in no more: what a revoked device met is heard all the same, and
    /// is a conflict whatever it is.
    async fn may_sync(
        &self,
        actor: &Actor,
        view: &WorkshopView,
        token: Option<&str>,
    ) -> Result<(Actor, Option<i64>, bool), Failure> {
        let known = match token {
            Some(token) => self.any_device(token).await?,
            None => None,
        };
        let known = known.filter(|row| row.workshop_id == view.row.id);
        if let Some(row) = known {
            if self.clock.now() > view.ends_at() + SYNC_GRACE {
                return Err(Failure::Forbidden);
            }
            let own = match actor {
                Actor::Account { .. } | Actor::Token { .. } => {
                    self.require_at(actor, Act::CheckIn, view.row.id).await
                }
                _ => Err(Failure::SignInNeeded),
            };
            // Whoever is signed in on it by now: the device met what it met.
            let (actor, stands) = match own {
                Ok(()) => (actor.clone(), true),
                Err(Failure::Forbidden | Failure::SignInNeeded) => {
                    let door = Actor::Door {
                        device: row.id,
                        workshop: view.row.id,
                    };
                    (door, self.account_stands(&row).await?)
                }
                Err(failure) => return Err(failure),
            };
            let revoked = row.revoked_at.is_some() || !stands;
            return Ok((actor, Some(row.id), revoked));
        }
        if let Actor::Door { device, workshop } = actor {
            if *workshop != view.row.id {
                return Err(Failure::Forbidden);
            }
            self.require_device(*device, view.row.id, SYNC_GRACE)
                .await?;
            return Ok((actor.clone(), Some(*device), false));
        }
        self.require_at(actor, Act::CheckIn, view.row.id).await?;
        Ok((actor.clone(), None, false))
    }

    async fn take_scans(&self, tx: &Tx, around: &Around<'_>) -> Result<Vec<Synced>, Failure> {
        let batch = around.batch;
        let mut known = Known::load(tx, batch).await?;
        hold_names(tx, batch).await?;
        let (mut new, mut conflicts) = (Vec::new(), Vec::new());
        let mut answers = Vec::new();
        let mut taken = HashSet::new();
        for scan in &batch.scans {
            if clean_line(&scan.nonce, 100).is_err() || scan.nonce.contains('\0') {
                return Err(Failure::problem("nonce", Reason::Required));
            }
            if !taken.insert((&scan.nonce, scan.what.text())) {
                continue;
            }
            let noted = known.is_noted(scan);
            let scanned = around.scanned(scan);
            let (outcome, row) = match &scan.what {
                Scanned::Code(code) => {
                    let row = known.row(code);
                    (known.decide(around, scan, scanned, row), row.cloned())
                }
                Scanned::WalkIn { .. } if noted => {
                    (CheckinOutcome::Refused(Refusal::Unknown), None)
                }
                Scanned::Colleague { code, .. } | Scanned::Consent { code, .. } if noted => {
                    let row = known.row(code).cloned();
                    (CheckinOutcome::Refused(Refusal::NotReplaced), row)
                }
                Scanned::Colleague { code, full_name } => {
                    // The check-in of the holder may be among those before.
                    insert_checkins(tx, around.actor, std::mem::take(&mut new)).await?;
                    self.take_colleague(tx, around, &mut known, scan, scanned, (code, full_name))
                        .await?
                }
                Scanned::Consent { code, wanted } => {
                    let row = known.row(code).cloned();
                    (take_consent(tx, around, row.as_ref(), *wanted).await?, row)
                }
                Scanned::WalkIn { form, who } => {
                    // Who is recognised may be among those scanned before.
                    insert_checkins(tx, around.actor, std::mem::take(&mut new)).await?;
                    self.take_walk_in(tx, around, &mut known, scan, scanned, (form, *who))
                        .await?
                }
            };
            let is_code = matches!(scan.what, Scanned::Code(_));
            let replayed = row
                .as_ref()
                .is_some_and(|row| known.is_replay(scan, row.id));
            if let (CheckinOutcome::Admitted, Some(row), true) = (outcome, &row, is_code) {
                // What was noted as a conflict waits for an organiser.
                if !replayed && !noted {
                    let at = arrival(Some(scanned), row.created_at, around.now);
                    known.standing.insert(row.id, at);
                    new.push(around.checkin(row.id, &scan.nonce, at, scan.let_in));
                }
            }
            let wrong = is_conflict(scan.let_in, outcome) && !replayed && !noted;
            if wrong {
                conflicts.push(
                    around
                        .conflict(tx, scan, scanned, outcome, row.as_ref())
                        .await?,
                );
            }
            answers.push((scan.nonce.clone(), outcome, row, noted || wrong));
        }
        insert_checkins(tx, around.actor, new).await?;
        add_conflicts(tx, around.actor, conflicts).await?;
        self.shown(tx, around, answers).await
    }

    async fn shown(
        &self,
        tx: &Tx,
        around: &Around<'_>,
        answers: Vec<(String, CheckinOutcome, Option<registration::Model>, bool)>,
    ) -> Result<Vec<Synced>, Failure> {
        // Who may not stand there learns nobody's name by trying codes.
        let answers: Vec<_> = answers
            .into_iter()
            .map(|(nonce, outcome, row, conflict)| {
                let row = row.filter(|_| around.closed != Some(Refusal::Revoked));
                (nonce, outcome, row, conflict)
            })
            .collect();
        let here = |row: &&registration::Model| row.workshop_id == around.view.row.id;
        let rows: HashMap<i64, registration::Model> = answers
            .iter()
            .filter_map(|(_, _, row, _)| row.as_ref().filter(here))
            .map(|row| (row.id, row.clone()))
            .collect();
        let persons: HashMap<i64, person::Model> = person::Entity::find()
            .filter(person::Column::Id.is_in(rows.values().map(|row| row.person_id)))
            .all(&**tx)
            .await?
            .into_iter()
            .map(|person| (person.id, person))
            .collect();
        let rows = rows
            .into_values()
            .map(|row| {
                let person = persons.get(&row.person_id).cloned();
                (row, person)
            })
            .collect();
        let people: HashMap<i64, DoorPerson> = self
            .door_people_in(&**tx, rows, around.batch.session)
            .await?
            .into_iter()
            .map(|person| (person.registration_id, person))
            .collect();
        let elsewhere = answers.iter().filter_map(|(_, _, row, _)| row.as_ref());
        let elsewhere = elsewhere
            .filter(|row| !here(row))
            .map(|row| row.workshop_id);
        let elsewhere: HashMap<i64, workshop::Model> = workshop::Entity::find()
            .filter(workshop::Column::Id.is_in(elsewhere))
            .all(&**tx)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        Ok(answers
            .into_iter()
            .map(|(nonce, outcome, row, conflict)| Synced {
                nonce,
                outcome,
                elsewhere: row
                    .as_ref()
                    .and_then(|row| elsewhere.get(&row.workshop_id).cloned()),
                person: row.and_then(|row| people.get(&row.id).cloned()),
                conflict,
            })
            .collect())
    }
}

/// Takes the names of all walk-ins and colleagues at once, in the order in
/// which everybody takes them.
async fn hold_names(tx: &Tx, batch: &DoorBatch) -> Result<(), Failure> {
    let (mut establishments, mut persons) = (Vec::new(), Vec::new());
    for scan in &batch.scans {
        match &scan.what {
            Scanned::WalkIn { form, .. } => {
                establishments.push(fold_establishment(&form.establishment));
                persons.push(fold(&form.full_name));
            }
            Scanned::Colleague { full_name, .. } => persons.push(fold(full_name)),
            Scanned::Code(_) | Scanned::Consent { .. } => {}
        }
    }
    lock_names(tx, &establishments, &persons).await?;
    Ok(())
}
