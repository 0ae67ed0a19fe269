//! What was signed on paper, entered afterwards: rows of a sheet, and people
//! who wrote themselves into a blank row.

use super::lock::require_open;
use super::sheet::{SheetView, rows_of, signed_for};
use super::undo_entry::{Filled, give_row};
use crate::audit::{Entry, record_all};
use crate::entity::{sheet_entry, sheet_row, signature, workshop};
use crate::registration::load;
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    DOOR_OPENS, Problems, Reason, RegistrationState, WalkInForm, WorkshopState, read_rows,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::json;
use std::collections::BTreeSet;

/// A look at what typed rows come to, before anything is written.
#[derive(Clone, Debug)]
pub struct EntryLook {
    /// The sheet.
    pub sheet: SheetView,
    /// Rows of people who will be signed.
    pub fresh: Vec<u32>,
    /// Rows of people who are signed already: nothing changes.
    pub already: Vec<u32>,
    /// Rows, of those to be signed, of people without a seat any more: who
    /// signed was there, and gets one.
    pub seated: Vec<u32>,
}

/// What entering rows came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The entry, by which it is taken back; none when all had signed before.
    pub entry: Option<i64>,
    /// Newly signed.
    pub signed: usize,
    /// Signed before.
    pub already: usize,
}

/// Somebody who wrote themselves into a blank row.
#[derive(Clone, Debug, Default)]
pub struct SheetGuest {
    /// The row, as typed.
    pub row: String,
    /// Who it is.
    pub person: WalkInForm,
    /// None of those registered, although the name is the same.
    pub another: bool,
}

impl Services {
    /// What typed rows of a sheet come to. Writes nothing.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every mistake in `rows`; as
    /// [`Services::sign_sheet`].
    pub async fn look_at_rows(
        &self,
        actor: &Actor,
        slug: &str,
        number: &str,
        typed: &str,
    ) -> Result<EntryLook, Failure> {
        let sheet = self.sign_sheet(actor, slug, number).await?;
        let rows = read_rows(typed, &sheet.number, &sheet.people()).map_err(in_rows)?;
        let chosen = sheet.rows.iter().filter(|row| rows.contains(&row.position));
        let (already, fresh): (Vec<_>, Vec<_>) = chosen.partition(|row| row.signed);
        let seated = fresh.iter().filter(|row| {
            let person = row.person.as_ref();
            person.is_some_and(|person| person.state != RegistrationState::Booked)
        });
        Ok(EntryLook {
            seated: seated.map(|row| row.position).collect(),
            fresh: fresh.iter().map(|row| row.position).collect(),
            already: already.iter().map(|row| row.position).collect(),
            sheet,
        })
    }

    /// Enters the rows of a sheet that were signed, all or none. Whoever was
    /// scanned at the door stays so and has signed as well; entering somebody
    /// again changes nothing. Who has no seat any more and signed gets one.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every mistake in `rows`;
    /// [`Conflict::FiguresLocked`]; [`Conflict::NotAllowedNow`] before the
    /// doors open, or unless the workshop is published; as
    /// [`Services::sign_sheet`].
    pub async fn enter_rows(
        &self,
        actor: &Actor,
        slug: &str,
        number: &str,
        typed: &str,
    ) -> Result<Entered, Failure> {
        let sheet = &self.sign_sheet(actor, slug, number).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                open_for_paper(&tx, sheet, now).await?;
                // Blank rows may have been filled since the page was opened.
                let rows = rows_of(&*tx, sheet.id, sheet.session.id).await?;
                let people: Vec<bool> = rows.iter().map(|row| row.person.is_some()).collect();
                let chosen = read_rows(typed, &sheet.number, &people).map_err(in_rows)?;
                let mut who = BTreeSet::new();
                let mut filled = Vec::new();
                let mut already = 0;
                for row in rows.iter().filter(|row| chosen.contains(&row.position)) {
                    let Some(person) = &row.person else { continue };
                    if row.signed {
                        already += 1;
                        continue;
                    }
                    let mut id = person.registration_id;
                    if person.state != RegistrationState::Booked {
                        let done = self
                            .seat_signer(&tx, actor, sheet, row.position, id, now)
                            .await?;
                        id = done.registration;
                        filled.push(done);
                    }
                    who.insert(id);
                }
                let (entry, signed) = sign(&tx, actor, sheet, who, &filled, now).await?;
                Ok(Entered {
                    entry,
                    signed,
                    already,
                })
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// Registers somebody who wrote themselves into a blank row, and signs
    /// them. Somebody who is registered after all is signed as registered, unless
    /// it is said to be another. The room may be full: who signed was in it.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems, `row` among them, and `another`
    /// when who is recognised has signed already: that may be a namesake; as
    /// [`Services::enter_rows`].
    pub async fn add_on_sheet(
        &self,
        actor: &Actor,
        slug: &str,
        number: &str,
        guest: &SheetGuest,
    ) -> Result<Entered, Failure> {
        let sheet = &self.sign_sheet(actor, slug, number).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                open_for_paper(&tx, sheet, now).await?;
                let rows = sheet_row::Entity::find()
                    .filter(sheet_row::Column::SheetId.eq(sheet.id))
                    .all(&*tx)
                    .await?;
                let mut problems = Problems::default();
                let row = problems.take("row", blank_row(&guest.row, rows));
                let new = match guest.person.check() {
                    Ok(new) => Some(new),
                    Err(found) => {
                        problems.0.extend(found.0);
                        None
                    }
                };
                let (Some(row), Some(new)) = (row, new) else {
                    return Err(Failure::Invalid(problems));
                };
                let workshop_id = sheet.workshop.row.id;
                let seated = self
                    .seat_walk_in(&tx, actor, workshop_id, &new, guest.another, now)
                    .await?;
                let filled = [Filled::new(row.position, None, &seated)];
                let seated = seated.row.id;
                let signed = signed_for(&*tx, sheet.session.id).await?;
                if signed.contains(&seated) {
                    return Err(Failure::problem("another", Reason::SignedAlready));
                }
                let mut row = row.into_active_model();
                row.registration_id = Set(Some(seated));
                row.update(&*tx).await?;
                let who = BTreeSet::from([seated]);
                let (entry, signed) = sign(&tx, actor, sheet, who, &filled, now).await?;
                Ok(Entered {
                    entry,
                    signed,
                    already: 0,
                })
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// The seat of somebody who signed without having one any more, and the row
    /// of the sheet that is theirs.
    async fn seat_signer(
        &self,
        tx: &Tx,
        actor: &Actor,
        sheet: &SheetView,
        position: u32,
        registration_id: i64,
        now: DateTime<Utc>,
    ) -> Result<Filled, Failure> {
        let row = load(&**tx, registration_id).await?;
        let workshop_id = sheet.workshop.row.id;
        let seated = self.seat_again(tx, actor, workshop_id, row, now).await?;
        let position = i64::from(position);
        give_row(tx, sheet.id, position, Some(seated.row.id)).await?;
        Ok(Filled::new(position, Some(registration_id), &seated))
    }
}

fn in_rows(reasons: Vec<Reason>) -> Failure {
    let mut problems = Problems::default();
    for reason in reasons {
        problems.add("rows", reason);
    }
    Failure::Invalid(problems)
}

/// Locks the workshop, and demands that signatures of the session may change.
pub(super) async fn open_for_paper(
    tx: &Tx,
    sheet: &SheetView,
    now: DateTime<Utc>,
) -> Result<workshop::Model, Failure> {
    let workshop = lock_by_id(tx, sheet.workshop.row.id).await?;
    let begun = now >= sheet.session.starts_at - DOOR_OPENS;
    if *workshop.state != WorkshopState::Published || !begun {
        return Err(Failure::Conflict(Conflict::NotAllowedNow));
    }
    require_open(&**tx, sheet.session.id).await?;
    Ok(workshop)
}

/// The row of a sheet that somebody is added in.
fn blank_row(typed: &str, rows: Vec<sheet_row::Model>) -> Result<sheet_row::Model, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Required);
    }
    let most = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let position = typed.parse::<i64>().ok();
    let row = rows.into_iter().find(|row| Some(row.position) == position);
    match row {
        None => Err(Reason::NotInRange(1, most)),
        Some(row) if row.registration_id.is_some() => Err(Reason::RowTaken),
        Some(row) => Ok(row),
    }
}

/// Writes signatures down, of those who have not signed yet.
async fn sign(
    tx: &Tx,
    actor: &Actor,
    sheet: &SheetView,
    mut who: BTreeSet<i64>,
    filled: &[Filled],
    now: DateTime<Utc>,
) -> Result<(Option<i64>, usize), Failure> {
    let signed = signed_for(&**tx, sheet.session.id).await?;
    who.retain(|id| !signed.contains(id));
    if who.is_empty() {
        return Ok((None, 0));
    }
    let did = serde_json::to_string(filled).map_err(Failure::internal)?;
    let entry = sheet_entry::ActiveModel {
        sheet_id: Set(sheet.id),
        typed_by: Set(actor.label()),
        typed_at: Set(now),
        undone_at: Set(None),
        undone_by: Set(None),
        did: Set((!filled.is_empty()).then_some(did)),
        ..Default::default()
    }
    .insert(&**tx)
    .await?;
    let rows = who.iter().map(|id| signature::ActiveModel {
        entry_id: Set(entry.id),
        session_id: Set(sheet.session.id),
        registration_id: Set(*id),
        undone_at: Set(None),
        ..Default::default()
    });
    signature::Entity::insert_many(rows)
        .exec_without_returning(&**tx)
        .await?;
    let whole = Entry {
        deed: "enter_sheet",
        noun: "workshop",
        id: sheet.workshop.row.id,
        before: None,
        after: Some(json!({
            "sheet": sheet.number.as_str(), "session": sheet.session.id, "people": who.len(),
        })),
    };
    let each = who.iter().map(|id| Entry {
        deed: "sign_sheet",
        noun: "registration",
        id: *id,
        before: None,
        after: Some(json!({ "session": sheet.session.id, "sheet": sheet.number.as_str() })),
    });
    record_all(
        &**tx,
        actor,
        now,
        std::iter::once(whole).chain(each).collect(),
    )
    .await?;
    Ok((Some(entry.id), who.len()))
}
