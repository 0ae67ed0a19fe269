//! What a scan of a batch is about beside a code: somebody unregistered, a
//! colleague, and what somebody agreed to.

use super::batch::OfflineScan;
use super::judge::{Around, Known};
use crate::checkin::{Seated, WhoCame, agree, insert_checkins};
use crate::entity::registration;
use crate::{Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    CheckinOutcome, Consents, DelegateRow, Refusal, WalkInForm, decide_checkin, decide_replay,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

impl Services {
    /// Somebody unregistered. One who cannot be taken is a conflict with what
    /// was typed.
    pub(super) async fn take_walk_in(
        &self,
        tx: &Tx,
        around: &Around<'_>,
        known: &mut Known,
        scan: &OfflineScan,
        scanned: DateTime<Utc>,
        (form, who): (&WalkInForm, WhoCame),
    ) -> Result<(CheckinOutcome, Option<registration::Model>), Failure> {
        if let Some(again) = self.walked_in_before(tx, known, scan).await? {
            return Ok(again);
        }
        let workshop = around.view.row.id;
        let registered = match who {
            WhoCame::Registered(id) => {
                registration::Entity::find_by_id(id)
                    .filter(registration::Column::WorkshopId.eq(workshop))
                    .one(&**tx)
                    .await?
            }
            _ => None,
        };
        if let Some(why) = around.refuses(scan.let_in, scanned) {
            return Ok((CheckinOutcome::Refused(why), registered));
        }
        let Ok(new) = form.check() else {
            return Ok((CheckinOutcome::Refused(Refusal::Unknown), registered));
        };
        let (actor, now) = (around.actor, around.now);
        let Seated { row, .. } = match registered {
            Some(row) => self.seat_again(tx, actor, workshop, row, now).await?,
            None => {
                let another = who == WhoCame::Another;
                self.seat_walk_in(tx, actor, workshop, &new, another, now)
                    .await?
            }
        };
        let since = crate::checkin::standing(&**tx, around.batch.session, row.id).await?;
        let since = since.map(|found| found.at);
        let outcome = decide_checkin(*row.state, true, since);
        if outcome == CheckinOutcome::Admitted {
            let at = scanned.min(around.now);
            let checkin = around.checkin(row.id, &scan.nonce, at, scan.let_in);
            insert_checkins(tx, around.actor, vec![checkin]).await?;
            known.standing.insert(row.id, at);
        }
        known.rows.insert(row.code.clone(), row.clone());
        Ok((outcome, Some(row)))
    }

    /// A colleague who came instead of the holder of a code. One who cannot
    /// take the seat is a conflict of the colleague's own, never of the holder.
    pub(super) async fn take_colleague(
        &self,
        tx: &Tx,
        around: &Around<'_>,
        known: &mut Known,
        scan: &OfflineScan,
        scanned: DateTime<Utc>,
        (code, full_name): (&str, &str),
    ) -> Result<(CheckinOutcome, Option<registration::Model>), Failure> {
        if let Some(again) = self.walked_in_before(tx, known, scan).await? {
            return Ok(again);
        }
        if let Some(why) = around.refuses(scan.let_in, scanned) {
            return Ok((CheckinOutcome::Refused(why), None));
        }
        let row = known.row(code).cloned();
        let Some(row) = row.filter(|row| row.workshop_id == around.view.row.id) else {
            return Ok((CheckinOutcome::Refused(Refusal::Unknown), None));
        };
        let form = DelegateRow {
            full_name: full_name.to_owned(),
            ..DelegateRow::default()
        };
        let (holder, at) = (row.clone(), scanned.min(around.now));
        let session = around.batch.session;
        let made = match self
            .seat_colleague(tx, around.actor, session, row, &form, (at, around.now))
            .await
        {
            Ok(made) => made,
            Err(Failure::Invalid(_) | Failure::Conflict(_)) => {
                let refused = CheckinOutcome::Refused(Refusal::NotReplaced);
                return Ok((refused, Some(holder)));
            }
            Err(failure) => return Err(failure),
        };
        let checkin = around.checkin(made.id, &scan.nonce, at, scan.let_in);
        insert_checkins(tx, around.actor, vec![checkin]).await?;
        let passed = crate::registration::load(&**tx, holder.id).await?;
        known.rows.insert(passed.code.clone(), passed);
        known.rows.insert(made.code.clone(), made.clone());
        known.standing.remove(&holder.id);
        known.standing.insert(made.id, at);
        Ok((CheckinOutcome::Admitted, Some(made)))
    }

    /// The answer to somebody registered by this very scan before.
    async fn walked_in_before(
        &self,
        tx: &Tx,
        known: &Known,
        scan: &OfflineScan,
    ) -> Result<Option<(CheckinOutcome, Option<registration::Model>)>, Failure> {
        let before = known.nonces.get(&scan.nonce).and_then(|rows| rows.first());
        let Some(before) = before else {
            return Ok(None);
        };
        let since = known.standing.get(&before.registration_id).copied();
        let outcome = decide_replay(before.undone_at.is_none(), since);
        let row = crate::registration::load(&**tx, before.registration_id).await?;
        Ok(Some((outcome, Some(row))))
    }
}

/// What somebody agreed to who was asked at the door. It stands apart from
/// figures and hours.
pub(super) async fn take_consent(
    tx: &Tx,
    around: &Around<'_>,
    row: Option<&registration::Model>,
    wanted: Consents,
) -> Result<CheckinOutcome, Failure> {
    let here = row.filter(|row| row.workshop_id == around.view.row.id);
    match (here, around.closed) {
        (_, Some(Refusal::Revoked)) => Ok(CheckinOutcome::Refused(Refusal::Revoked)),
        (None, _) => Ok(CheckinOutcome::Refused(Refusal::Unknown)),
        (Some(row), _) => {
            agree(tx, around.actor, row.id, wanted, around.now).await?;
            Ok(CheckinOutcome::Admitted)
        }
    }
}
