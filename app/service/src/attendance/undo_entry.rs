//! An entry of a sheet taken back whole, from what it noted of itself.

use super::entry::open_for_paper;
use crate::audit::{Entry, record};
use crate::checkin::Seated;
use crate::entity::{Code, registration, sheet_entry, sheet_row, signature, workshop};
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{RegistrationSource, RegistrationState};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A row of a sheet that entering it made somebody's, who holds a seat since.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Filled {
    position: i64,
    /// Whose it was; nobody's when it was blank.
    was: Option<i64>,
    /// The registration that was signed.
    pub(super) registration: i64,
    /// That was made for it.
    made: bool,
    /// Where it stood before it got a seat; none when it had one.
    stood: Option<RegistrationState>,
}

impl Filled {
    pub(super) fn new(position: i64, was: Option<i64>, seated: &Seated) -> Self {
        Self {
            position,
            was,
            registration: seated.row.id,
            made: seated.stood.is_none(),
            stood: seated
                .stood
                .filter(|state| *state != RegistrationState::Booked),
        }
    }
}

impl Services {
    /// Takes a whole entry back; one that was taken back stays so. Walk-ins
    /// who are known from it alone are not registered any more; who got a seat
    /// by it stands where they stood, and rows are whose they were.
    ///
    /// # Errors
    /// [`Conflict::FiguresLocked`]; [`Conflict::NotAllowedNow`] unless the
    /// workshop is published; [`Failure::NotFound`]; as [`Services::sign_sheet`].
    pub async fn undo_entry(
        &self,
        actor: &Actor,
        slug: &str,
        number: &str,
        entry_id: i64,
    ) -> Result<(), Failure> {
        let sheet = &self.sign_sheet(actor, slug, number).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = open_for_paper(&tx, sheet, now).await?;
                let found = sheet_entry::Entity::find_by_id(entry_id)
                    .filter(sheet_entry::Column::SheetId.eq(sheet.id))
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                if found.undone_at.is_some() {
                    return Ok(());
                }
                let signatures = signature::Entity::find()
                    .filter(signature::Column::EntryId.eq(entry_id))
                    .filter(signature::Column::UndoneAt.is_null())
                    .all(&*tx)
                    .await?;
                signature::Entity::update_many()
                    .col_expr(signature::Column::UndoneAt, Expr::value(now))
                    .filter(signature::Column::EntryId.eq(entry_id))
                    .filter(signature::Column::UndoneAt.is_null())
                    .exec(&*tx)
                    .await?;
                let filled = filled_by(&found)?;
                let mut row = found.into_active_model();
                row.undone_at = Set(Some(now));
                row.undone_by = Set(Some(actor.label()));
                row.update(&*tx).await?;
                let ids: Vec<i64> = signatures.iter().map(|row| row.registration_id).collect();
                let entry = Entry {
                    deed: "undo_sheet",
                    noun: "workshop",
                    id: workshop.id,
                    before: Some(json!({
                        "sheet": sheet.number.as_str(), "session": sheet.session.id,
                        "people": ids.len(),
                    })),
                    after: None,
                };
                record(&*tx, actor, now, entry).await?;
                for row in &filled {
                    give_row(&tx, sheet.id, row.position, row.was).await?;
                    let (id, stood) = (row.registration, (row.made, row.stood));
                    self.leave_seat(&tx, actor, &workshop, id, stood, now)
                        .await?;
                }
                self.forget_walk_ins(&tx, actor, &workshop, ids, now).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    async fn forget_walk_ins(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        ids: Vec<i64>,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let walk_ins = registration::Entity::find()
            .filter(registration::Column::Id.is_in(ids))
            .filter(registration::Column::Source.eq(Code(RegistrationSource::WalkIn)))
            .all(&**tx)
            .await?;
        for row in walk_ins {
            self.leave_seat(tx, actor, workshop, row.id, (true, None), now)
                .await?;
        }
        Ok(())
    }
}

/// What an entry did besides signatures.
fn filled_by(entry: &sheet_entry::Model) -> Result<Vec<Filled>, Failure> {
    match &entry.did {
        Some(did) => serde_json::from_str(did).map_err(Failure::internal),
        None => Ok(Vec::new()),
    }
}

/// Says whose a row of a sheet is.
pub(super) async fn give_row(
    tx: &Tx,
    sheet_id: i64,
    position: i64,
    whose: Option<i64>,
) -> Result<(), Failure> {
    sheet_row::Entity::update_many()
        .col_expr(sheet_row::Column::RegistrationId, Expr::value(whose))
        .filter(sheet_row::Column::SheetId.eq(sheet_id))
        .filter(sheet_row::Column::Position.eq(position))
        .exec(&**tx)
        .await?;
    Ok(())
}
