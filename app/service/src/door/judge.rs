//! What the server makes of each scan of a batch, from what it knows of all of
//! them.

use super::batch::{DoorBatch, OfflineScan, Scanned};
use super::conflict::{NewConflict, Typed, conflicts_by_nonce};
use crate::checkin::{NewCheckin, WhoCame};
use crate::entity::{checkin, registration};
use crate::establishment::name_of;
use crate::{Actor, Failure, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    AccountRole, CheckinOutcome, Coded, Refusal, TicketCode, WalkInForm, by_our_clock,
    decide_checkin, decide_replay, is_door_open, scanned_at,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{HashMap, HashSet};

/// What stays the same for all scans of a batch.
pub(super) struct Around<'a> {
    pub(super) actor: &'a Actor,
    pub(super) view: &'a WorkshopView,
    pub(super) batch: &'a DoorBatch,
    pub(super) device: Option<i64>,
    /// Says why nobody is admitted at all.
    pub(super) closed: Option<Refusal>,
    pub(super) now: DateTime<Utc>,
}

impl Around<'_> {
    /// Why nobody at all is admitted with a scan of this time. A device that
    /// decided alone is held to the hours of the door whoever carries it: its
    /// clock may have been anything.
    pub(super) fn refuses(&self, let_in: bool, scanned: DateTime<Utc>) -> Option<Refusal> {
        let mut sessions = self.view.sessions.iter();
        let session = sessions.find(|session| session.id == self.batch.session);
        let open = session.is_some_and(|session| {
            let held = let_in || self.actor.role() == Some(AccountRole::Door);
            !held || is_door_open((session.starts_at, session.ends_at), scanned)
        });
        self.closed.or((!open).then_some(Refusal::OutsideHours))
    }

    /// When a scan was made.
    pub(super) fn scanned(&self, scan: &OfflineScan) -> DateTime<Utc> {
        let at = by_our_clock(scan.at, self.batch.device_now, self.now);
        let mut sessions = self.view.sessions.iter();
        let session = sessions.find(|session| session.id == self.batch.session);
        session.map_or(self.now, |session| {
            let hours = (session.starts_at, session.ends_at);
            scanned_at(scan.let_in, at, hours, self.now)
        })
    }

    pub(super) fn checkin(
        &self,
        registration_id: i64,
        nonce: &str,
        at: DateTime<Utc>,
        offline: bool,
    ) -> NewCheckin {
        NewCheckin {
            session_id: self.batch.session,
            registration_id,
            nonce: nonce.to_owned(),
            offline,
            device_id: self.device,
            by: None,
            at,
            now: self.now,
        }
    }

    /// A colleague who could not take the seat is noted as who came
    /// unregistered: the holder did not come.
    pub(super) async fn conflict(
        &self,
        tx: &Tx,
        scan: &OfflineScan,
        scanned: DateTime<Utc>,
        outcome: CheckinOutcome,
        row: Option<&registration::Model>,
    ) -> Result<NewConflict, Failure> {
        let came = match &scan.what {
            Scanned::Code(_) | Scanned::Consent { .. } => None,
            Scanned::WalkIn { form, who } => Some(Typed {
                form: form.clone(),
                another: *who == WhoCame::Another,
            }),
            Scanned::Colleague { full_name, .. } => Some(Typed::from(WalkInForm {
                full_name: full_name.clone(),
                establishment: match row {
                    Some(row) => name_of(&**tx, row.establishment_id).await?,
                    None => String::new(),
                },
                role: row.map_or_else(String::new, |row| row.role.code().to_owned()),
                phone: String::new(),
            })),
        };
        let form = came.map(|form| serde_json::to_string(&form)).transpose();
        let form = form.map_err(Failure::internal)?;
        let row = row.filter(|_| !matches!(scan.what, Scanned::Colleague { .. }));
        let kind = match outcome {
            CheckinOutcome::Refused(why) => why.to_string(),
            other => other.code().to_owned(),
        };
        Ok(NewConflict {
            form,
            workshop_id: self.view.row.id,
            session_id: self.batch.session,
            device_id: self.device,
            registration_id: row.map(|row| row.id),
            nonce: scan.nonce.clone(),
            code: scan.what.text(),
            kind,
            at: scanned.min(self.now),
            now: self.now,
        })
    }
}

/// What the database knows of a batch, read at once.
pub(super) struct Known {
    pub(super) rows: HashMap<String, registration::Model>,
    /// Earlier check-ins with a nonce of the batch.
    pub(super) nonces: HashMap<String, Vec<checkin::Model>>,
    /// Since when a registration is in, by its key.
    pub(super) standing: HashMap<i64, DateTime<Utc>>,
    /// Nonces that were conflicts before, with what was scanned.
    pub(super) conflicts: HashSet<(String, String)>,
}

impl Known {
    pub(super) async fn load(tx: &Tx, batch: &DoorBatch) -> Result<Self, Failure> {
        let codes = batch.scans.iter().filter_map(|scan| match &scan.what {
            Scanned::Code(code)
            | Scanned::Colleague { code, .. }
            | Scanned::Consent { code, .. } => TicketCode::parse(code),
            Scanned::WalkIn { .. } => None,
        });
        let codes: HashSet<String> = codes.map(|code| code.as_str().to_owned()).collect();
        let rows: HashMap<String, registration::Model> = registration::Entity::find()
            .filter(registration::Column::Code.is_in(codes))
            .all(&**tx)
            .await?
            .into_iter()
            .map(|row| (row.code.clone(), row))
            .collect();
        let nonces: Vec<&str> = batch.scans.iter().map(|scan| scan.nonce.as_str()).collect();
        let before = checkin::Entity::find()
            .filter(checkin::Column::SessionId.eq(batch.session))
            .filter(checkin::Column::Nonce.is_in(nonces.clone()))
            .all(&**tx)
            .await?;
        let mut ids: HashSet<i64> = rows.values().map(|row| row.id).collect();
        ids.extend(before.iter().map(|found| found.registration_id));
        let standing = checkin::Entity::find()
            .filter(checkin::Column::SessionId.eq(batch.session))
            .filter(checkin::Column::RegistrationId.is_in(ids))
            .filter(checkin::Column::UndoneAt.is_null())
            .all(&**tx)
            .await?;
        let mut by_nonce: HashMap<String, Vec<checkin::Model>> = HashMap::new();
        for found in before {
            let same = by_nonce.entry(found.nonce.clone()).or_default();
            same.push(found);
        }
        Ok(Self {
            rows,
            nonces: by_nonce,
            standing: standing
                .into_iter()
                .map(|found| (found.registration_id, found.at))
                .collect(),
            conflicts: conflicts_by_nonce(tx, batch.session, nonces).await?,
        })
    }

    pub(super) fn row(&self, code: &str) -> Option<&registration::Model> {
        self.rows.get(TicketCode::parse(code)?.as_str())
    }

    /// The check-in that this very scan made before.
    pub(super) fn before(&self, scan: &OfflineScan, registration: i64) -> Option<&checkin::Model> {
        let mut same = self.nonces.get(&scan.nonce)?.iter();
        same.find(|found| found.registration_id == registration)
    }

    pub(super) fn is_replay(&self, scan: &OfflineScan, registration: i64) -> bool {
        self.before(scan, registration).is_some()
    }

    /// Whether it was kept as a conflict before.
    pub(super) fn is_noted(&self, scan: &OfflineScan) -> bool {
        let key = (scan.nonce.clone(), scan.what.text());
        self.conflicts.contains(&key)
    }

    pub(super) fn decide(
        &self,
        around: &Around<'_>,
        scan: &OfflineScan,
        scanned: DateTime<Utc>,
        row: Option<&registration::Model>,
    ) -> CheckinOutcome {
        // Not even whether there is such a code.
        if around.closed == Some(Refusal::Revoked) {
            return CheckinOutcome::Refused(Refusal::Revoked);
        }
        let Some(row) = row else {
            return CheckinOutcome::Refused(Refusal::Unknown);
        };
        let since = self.standing.get(&row.id).copied();
        if let Some(before) = self.before(scan, row.id) {
            return decide_replay(before.undone_at.is_none(), since);
        }
        let here = row.workshop_id == around.view.row.id;
        match (here, around.refuses(scan.let_in, scanned)) {
            (true, Some(why)) => CheckinOutcome::Refused(why),
            _ => decide_checkin(*row.state, here, since),
        }
    }
}
