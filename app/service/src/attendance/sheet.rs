//! Sign-in sheets as they were printed.

use super::lock::lock_of;
use crate::audit::{Entry, record};
use crate::entity::{
    Code, establishment, person, registration, session, sheet, sheet_entry, sheet_row, signature,
};
use crate::reachable::phone_of;
use crate::secret::random;
use crate::ticket::qr_svg;
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, BLANK_ROWS, DelegateRole, RegistrationState, SheetNumber, WorkshopState};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Set,
};
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// Somebody in a row of a sheet.
#[derive(Clone, Debug)]
pub struct SheetLine {
    /// The key of the registration.
    pub registration_id: i64,
    /// Name.
    pub full_name: String,
    /// Role.
    pub role: DelegateRole,
    /// Establishment.
    pub establishment: String,
    /// Phone, as stored.
    pub phone: Option<String>,
    /// State of the registration now.
    pub state: RegistrationState,
}

/// A row of a sheet.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// From 1, over all pages.
    pub position: u32,
    /// Who stands in it; nobody in a blank row.
    pub person: Option<SheetLine>,
    /// The person has signed for the session, on this sheet or another.
    pub signed: bool,
}

/// Rows entered at once.
#[derive(Clone, Debug)]
pub struct SheetEntry {
    /// The key.
    pub id: i64,
    /// Who entered them.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// How many signatures of it stand.
    pub signatures: u64,
    /// It was taken back.
    pub undone: bool,
}

/// A sheet with its rows.
#[derive(Clone, Debug)]
pub struct SheetView {
    /// The workshop.
    pub workshop: WorkshopView,
    /// The session.
    pub session: session::Model,
    /// The number.
    pub number: SheetNumber,
    /// When it was made.
    pub printed_at: DateTime<Utc>,
    /// Every row, in order.
    pub rows: Vec<SheetRow>,
    /// What was entered of it, latest first.
    pub entries: Vec<SheetEntry>,
    /// Whether signatures may change: nobody has put the figures forward.
    pub open: bool,
    pub(super) id: i64,
}

impl SheetView {
    /// The code beside a row, as SVG.
    ///
    /// # Errors
    /// When the code cannot be drawn.
    pub fn qr_svg(&self, position: u32) -> Result<String, Failure> {
        qr_svg(&self.number.row_code(position))
    }

    /// Whether somebody stands in each row.
    #[must_use]
    pub fn people(&self) -> Vec<bool> {
        self.rows.iter().map(|row| row.person.is_some()).collect()
    }
}

#[derive(Debug, FromQueryResult)]
struct Flat {
    position: i64,
    registration_id: Option<i64>,
    full_name: Option<String>,
    role: Option<Code<DelegateRole>>,
    establishment: Option<String>,
    phone: Option<String>,
    state: Option<Code<RegistrationState>>,
}

impl Services {
    /// Makes a sheet for a session: everybody with a seat as it is now, in the
    /// Vietnamese order of names, and [`BLANK_ROWS`] blank rows. Returns its
    /// number.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] for a draft or a workshop that was called
    /// off; [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn print_sheet(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
    ) -> Result<SheetNumber, Failure> {
        let at = &self
            .session_at(actor, Act::ManageWorkshops, slug, session_id)
            .await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, at.workshop_id).await?;
                let held = [WorkshopState::Published, WorkshopState::Closed];
                if !held.contains(&workshop.state) {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let number = free_number(&tx).await?;
                let row = sheet::ActiveModel {
                    session_id: Set(at.id),
                    number: Set(number.as_str().to_owned()),
                    printed_by: Set(actor.label()),
                    printed_at: Set(now),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                let people: Vec<i64> = registration::Entity::find()
                    .select_only()
                    .column(registration::Column::Id)
                    .join(JoinType::InnerJoin, registration::Relation::Person.def())
                    .filter(registration::Column::WorkshopId.eq(at.workshop_id))
                    .filter(registration::Column::State.eq(Code(RegistrationState::Booked)))
                    .order_by_asc(person::Column::SortKey)
                    .order_by_asc(registration::Column::Id)
                    .into_tuple()
                    .all(&*tx)
                    .await?;
                let count = people.len();
                let blank = std::iter::repeat_n(None, BLANK_ROWS as usize);
                let rows = people.into_iter().map(Some).chain(blank);
                let rows =
                    rows.zip(1..)
                        .map(|(registration_id, position)| sheet_row::ActiveModel {
                            sheet_id: Set(row.id),
                            position: Set(position),
                            registration_id: Set(registration_id),
                            ..Default::default()
                        });
                sheet_row::Entity::insert_many(rows)
                    .exec_without_returning(&*tx)
                    .await?;
                let entry = Entry {
                    deed: "print_sheet",
                    noun: "workshop",
                    id: at.workshop_id,
                    before: None,
                    after: Some(json!({
                        "sheet": row.number, "session": at.id, "people": count,
                    })),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(number)
            })
            .await
    }

    /// A sheet by its number, with who has signed since.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a number that is none of this workshop; as
    /// [`Services::staff_workshop`].
    pub async fn sign_sheet(
        &self,
        actor: &Actor,
        slug: &str,
        number: &str,
    ) -> Result<SheetView, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let number = SheetNumber::parse(number).ok_or(Failure::NotFound)?;
        let row = sheet::Entity::find()
            .filter(sheet::Column::Number.eq(number.as_str()))
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)?;
        let session = view.sessions.iter().find(|at| at.id == row.session_id);
        let session = session.ok_or(Failure::NotFound)?.clone();
        Ok(SheetView {
            rows: rows_of(self.db.read(), row.id, session.id).await?,
            entries: self.entries_of(row.id).await?,
            open: lock_of(self.db.read(), session.id).await?.is_none(),
            printed_at: row.printed_at,
            id: row.id,
            workshop: view,
            session,
            number,
        })
    }

    /// The sheets of a session, latest first, each with how many signatures of
    /// it stand.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn session_sheets(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
    ) -> Result<Vec<(sheet::Model, u64)>, Failure> {
        let at = self
            .session_at(actor, Act::ManageWorkshops, slug, session_id)
            .await?;
        let sheets = sheet::Entity::find()
            .filter(sheet::Column::SessionId.eq(at.id))
            .order_by_desc(sheet::Column::Id)
            .all(self.db.read())
            .await?;
        let signed: Vec<(i64, i64)> = signature::Entity::find()
            .select_only()
            .column(sheet_entry::Column::SheetId)
            .column_as(
                Expr::col((signature::Entity, signature::Column::Id)).count(),
                "number",
            )
            .join(JoinType::InnerJoin, signature::Relation::SheetEntry.def())
            .filter(signature::Column::SessionId.eq(at.id))
            .filter(signature::Column::UndoneAt.is_null())
            .group_by(sheet_entry::Column::SheetId)
            .into_tuple()
            .all(self.db.read())
            .await?;
        let signed: HashMap<i64, i64> = signed.into_iter().collect();
        Ok(sheets
            .into_iter()
            .map(|sheet| {
                let number = signed.get(&sheet.id).copied().unwrap_or(0);
                (sheet, u64::try_from(number).unwrap_or(0))
            })
            .collect())
    }

    async fn entries_of(&self, sheet_id: i64) -> Result<Vec<SheetEntry>, Failure> {
        let rows = sheet_entry::Entity::find()
            .filter(sheet_entry::Column::SheetId.eq(sheet_id))
            .order_by_desc(sheet_entry::Column::Id)
            .all(self.db.read())
            .await?;
        let counted: Vec<(i64, i64)> = signature::Entity::find()
            .select_only()
            .column(signature::Column::EntryId)
            .column_as(Expr::col(signature::Column::Id).count(), "number")
            .filter(signature::Column::EntryId.is_in(rows.iter().map(|row| row.id)))
            .filter(signature::Column::UndoneAt.is_null())
            .group_by(signature::Column::EntryId)
            .into_tuple()
            .all(self.db.read())
            .await?;
        let counted: HashMap<i64, i64> = counted.into_iter().collect();
        let labels = rows.iter().map(|row| row.typed_by.as_str());
        let names = self.names_of(labels).await?;
        Ok(rows
            .into_iter()
            .map(|row| SheetEntry {
                signatures: counted
                    .get(&row.id)
                    .and_then(|number| u64::try_from(*number).ok())
                    .unwrap_or(0),
                by: names.of(&row.typed_by),
                at: row.typed_at,
                undone: row.undone_at.is_some(),
                id: row.id,
            })
            .collect())
    }
}

/// A number that no sheet has.
async fn free_number(tx: &Tx) -> Result<SheetNumber, Failure> {
    for _ in 0..5 {
        let number = SheetNumber::from_random(random());
        let taken = sheet::Entity::find()
            .filter(sheet::Column::Number.eq(number.as_str()))
            .count(&**tx)
            .await?;
        if taken == 0 {
            return Ok(number);
        }
    }
    Err(Failure::internal("no number of a sheet is free"))
}

/// The rows of a sheet, with who stands in them and has signed.
pub(super) async fn rows_of(
    tx: &impl ConnectionTrait,
    sheet_id: i64,
    session_id: i64,
) -> Result<Vec<SheetRow>, Failure> {
    let rows = sheet_row::Entity::find()
        .select_only()
        .columns([
            sheet_row::Column::Position,
            sheet_row::Column::RegistrationId,
        ])
        .column(person::Column::FullName)
        .column(registration::Column::Role)
        .column_as(establishment::Column::Name, "establishment")
        .expr_as(phone_of(), "phone")
        .column(registration::Column::State)
        .join(JoinType::LeftJoin, sheet_row::Relation::Registration.def())
        .join(JoinType::LeftJoin, registration::Relation::Person.def())
        .join(
            JoinType::LeftJoin,
            registration::Relation::Establishment.def(),
        )
        .filter(sheet_row::Column::SheetId.eq(sheet_id))
        .order_by_asc(sheet_row::Column::Position)
        .into_model::<Flat>()
        .all(tx)
        .await?;
    let signed = signed_for(tx, session_id).await?;
    Ok(rows
        .into_iter()
        .map(|row| SheetRow {
            signed: row.registration_id.is_some_and(|id| signed.contains(&id)),
            position: u32::try_from(row.position).unwrap_or(0),
            person: line(row),
        })
        .collect())
}

fn line(row: Flat) -> Option<SheetLine> {
    Some(SheetLine {
        registration_id: row.registration_id?,
        full_name: row.full_name?,
        role: *row.role?,
        establishment: row.establishment?,
        phone: row.phone,
        state: *row.state?,
    })
}

/// Who has signed for a session.
pub(super) async fn signed_for(
    tx: &impl ConnectionTrait,
    session_id: i64,
) -> Result<HashSet<i64>, Failure> {
    let signed: Vec<i64> = signature::Entity::find()
        .select_only()
        .column(signature::Column::RegistrationId)
        .filter(signature::Column::SessionId.eq(session_id))
        .filter(signature::Column::UndoneAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    Ok(signed.into_iter().collect())
}
