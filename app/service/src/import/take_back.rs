//! What an import made and filled in, taken back with it as far as nothing else
//! has come to need it.

use super::known::AT_ONCE;
use crate::entity::{
    Code, establishment, import, import_trace, invitation, likeness, person, registration,
};
use crate::likeness::forget_of_withdrawn;
use crate::{Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{ImportTrace, LikenessNoun, LikenessReason, LikenessState, RegistrationState};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{HashMap, HashSet};

/// What was taken back beside the registrations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TakenBack {
    pub(super) persons: u64,
    pub(super) establishments: u64,
}

impl Services {
    /// Hides the persons and establishments that an import made and nothing
    /// but what was just cancelled refers to: the cancelled stays readable.
    /// What was still to be judged of them is forgotten. Phones and tax codes
    /// that were filled in are taken out again, unless they have changed or
    /// somebody whom they belong to was registered since.
    pub(super) async fn take_back(
        &self,
        tx: &Tx,
        import: &import::Model,
        now: DateTime<Utc>,
    ) -> Result<TakenBack, Failure> {
        hold_firms(tx, import.id).await?;
        hold_persons(tx, import.id).await?;
        empty_tax_codes(tx, import, now).await?;
        self.empty_phones(tx, import, now).await?;
        let cancelled = cancelled(import.id, now);
        let hidden = Expr::value(Some(now));
        // Of the person being looked at.
        let registered = Query::select()
            .expr(Expr::value(1))
            .from(registration::Entity)
            .and_where(
                Expr::col((registration::Entity, registration::Column::PersonId))
                    .equals((person::Entity, person::Column::Id)),
            )
            .and_where(registration::Column::Id.not_in_subquery(cancelled.clone()))
            .to_owned();
        let persons = person::Entity::update_many()
            .col_expr(person::Column::WithdrawnAt, hidden.clone())
            .filter(person::Column::Id.in_subquery(traced(import.id, ImportTrace::Person)))
            .filter(person::Column::MergedIntoId.is_null())
            .filter(
                person::Column::Id
                    .not_in_subquery(merged_into(person::Entity, person::Column::MergedIntoId)),
            )
            .filter(Expr::exists(registered).not())
            .exec(&**tx)
            .await?
            .rows_affected;
        let establishments = establishment::Entity::update_many()
            .col_expr(establishment::Column::WithdrawnAt, hidden)
            .filter(
                establishment::Column::Id
                    .in_subquery(traced(import.id, ImportTrace::Establishment)),
            )
            .filter(establishment::Column::MergedIntoId.is_null())
            .filter(establishment::Column::Id.not_in_subquery(merged_into(
                establishment::Entity,
                establishment::Column::MergedIntoId,
            )))
            // Who says what it is knows it.
            .filter(establishment::Column::Kind.is_null())
            .filter(establishment::Column::Sector.is_null())
            .filter(establishment::Column::Site.is_null());
        let establishments = [
            from_here(registration::Entity, registration::Column::EstablishmentId)
                .and_where(registration::Column::Id.not_in_subquery(cancelled))
                .take(),
            from_here(person::Entity, person::Column::EstablishmentId)
                .and_where(person::Column::WithdrawnAt.is_null())
                .take(),
            from_here(invitation::Entity, invitation::Column::EstablishmentId),
        ]
        .into_iter()
        .fold(establishments, |find, needs| {
            find.filter(Expr::exists(needs).not())
        })
        .exec(&**tx)
        .await?
        .rows_affected;
        forget_of_withdrawn(tx).await?;
        Ok(TakenBack {
            persons,
            establishments,
        })
    }

    async fn empty_phones(
        &self,
        tx: &Tx,
        import: &import::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let filled = filled(tx, import.id, ImportTrace::Phone).await?;
        let since = since(tx, import, registration::Column::PersonId, now).await?;
        let mut asked: Vec<i64> = filled.keys().copied().collect();
        asked.retain(|id| !since.contains(id));
        for ids in asked.chunks(AT_ONCE) {
            let known: Vec<(i64, String)> = person::Entity::find()
                .select_only()
                .column(person::Column::Id)
                .column(person::Column::Phone)
                .filter(person::Column::Id.is_in(ids.iter().copied()))
                .filter(person::Column::MergedIntoId.is_null())
                .filter(person::Column::Phone.is_not_null())
                .into_tuple()
                .all(&**tx)
                .await?;
            let unchanged = known.into_iter().filter(|(id, phone)| {
                let filled = filled.get(id);
                filled.is_some_and(|signature| self.traced_phone(phone) == *signature)
            });
            person::Entity::update_many()
                .col_expr(person::Column::Phone, Expr::value(None::<String>))
                .filter(person::Column::Id.is_in(unchanged.map(|(id, _)| id)))
                .exec(&**tx)
                .await?;
        }
        Ok(())
    }
}

/// Holds the establishments of an import before any person is touched, in the
/// order in which everybody takes them. On SQLite the writer's own lock does.
async fn hold_firms(tx: &Tx, import_id: i64) -> Result<(), Failure> {
    if tx.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let made = traced(import_id, ImportTrace::Establishment);
    let filled = traced(import_id, ImportTrace::TaxCode);
    establishment::Entity::find()
        .select_only()
        .column(establishment::Column::Id)
        .filter(
            establishment::Column::Id
                .in_subquery(made)
                .or(establishment::Column::Id.in_subquery(filled)),
        )
        .order_by_asc(establishment::Column::Id)
        .lock_exclusive()
        .into_tuple::<i64>()
        .all(&**tx)
        .await?;
    Ok(())
}

/// Holds the persons of an import, after its establishments: nobody registers
/// one of them between the look at who is needed and the hiding.
async fn hold_persons(tx: &Tx, import_id: i64) -> Result<(), Failure> {
    if tx.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let made = traced(import_id, ImportTrace::Person);
    let filled = traced(import_id, ImportTrace::Phone);
    person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(
            person::Column::Id
                .in_subquery(made)
                .or(person::Column::Id.in_subquery(filled)),
        )
        .order_by_asc(person::Column::Id)
        .lock_exclusive()
        .into_tuple::<i64>()
        .all(&**tx)
        .await?;
    Ok(())
}

async fn empty_tax_codes(
    tx: &Tx,
    import: &import::Model,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let filled = filled(tx, import.id, ImportTrace::TaxCode).await?;
    let since = since(tx, import, registration::Column::EstablishmentId, now).await?;
    let mut emptied = Vec::new();
    for (id, code) in filled.into_iter().filter(|(id, _)| !since.contains(id)) {
        let done = establishment::Entity::update_many()
            .col_expr(establishment::Column::TaxCode, Expr::value(None::<String>))
            .filter(establishment::Column::Id.eq(id))
            .filter(establishment::Column::MergedIntoId.is_null())
            .filter(establishment::Column::TaxCode.eq(code))
            .exec(&**tx)
            .await?;
        emptied.extend((done.rows_affected > 0).then_some(id));
    }
    for ids in emptied.chunks(AT_ONCE) {
        let ids = || ids.iter().copied();
        let either = likeness::Column::FirstId
            .is_in(ids())
            .or(likeness::Column::SecondId.is_in(ids()));
        likeness::Entity::delete_many()
            .filter(likeness::Column::Noun.eq(Code(LikenessNoun::Establishment)))
            .filter(likeness::Column::State.eq(Code(LikenessState::Open)))
            .filter(likeness::Column::Reason.eq(Code(LikenessReason::TaxCode)))
            .filter(either)
            .exec(&**tx)
            .await?;
    }
    Ok(())
}

/// The rows of a kind that an import left.
fn traced(import_id: i64, kind: ImportTrace) -> SelectStatement {
    Query::select()
        .column(import_trace::Column::RowId)
        .from(import_trace::Entity)
        .and_where(import_trace::Column::ImportId.eq(import_id))
        .and_where(import_trace::Column::Kind.eq(Code(kind)))
        .to_owned()
}

async fn filled(
    tx: &Tx,
    import_id: i64,
    kind: ImportTrace,
) -> Result<HashMap<i64, String>, Failure> {
    let rows = import_trace::Entity::find()
        .filter(import_trace::Column::ImportId.eq(import_id))
        .filter(import_trace::Column::Kind.eq(Code(kind)))
        .all(&**tx)
        .await?;
    let filled = rows
        .into_iter()
        .map(|row| (row.row_id, row.filled.unwrap_or_default()));
    Ok(filled.collect())
}

/// The registrations of an import that were cancelled just now.
fn cancelled(import_id: i64, now: DateTime<Utc>) -> SelectStatement {
    Query::select()
        .column(registration::Column::Id)
        .from(registration::Entity)
        .and_where(registration::Column::ImportId.eq(import_id))
        .and_where(registration::Column::State.eq(Code(RegistrationState::Cancelled)))
        .and_where(registration::Column::StateAt.eq(now))
        .to_owned()
}

/// Whose registrations, by a column, were made with the import or since and
/// were not cancelled just now.
async fn since(
    tx: &Tx,
    import: &import::Model,
    of: registration::Column,
    now: DateTime<Utc>,
) -> Result<HashSet<i64>, Failure> {
    let Some(finished_at) = import.finished_at else {
        return Ok(HashSet::new());
    };
    let rows: Vec<i64> = registration::Entity::find()
        .select_only()
        .column(of)
        .filter(registration::Column::CreatedAt.gte(finished_at))
        .filter(registration::Column::Id.not_in_subquery(cancelled(import.id, now)))
        .into_tuple()
        .all(&**tx)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The keys of rows that stand for others.
fn merged_into<E: EntityTrait>(table: E, column: E::Column) -> SelectStatement {
    Query::select()
        .column(column)
        .from(table)
        .and_where(Expr::col(column).is_not_null())
        .to_owned()
}

/// Rows that refer to the establishment being looked at.
fn from_here<E: EntityTrait>(table: E, column: E::Column) -> SelectStatement {
    let id = (establishment::Entity, establishment::Column::Id);
    Query::select()
        .expr(Expr::value(1))
        .from(table)
        .and_where(Expr::col((table, column)).equals(id))
        .to_owned()
}
