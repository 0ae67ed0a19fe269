//! Two establishments become one with their whole history, and two again.

use super::MergeChoice;
use super::moved::{MovedEstablishment, SaidOfEstablishment, back};
use super::note::{AT_ONCE, note_all_alike};
use super::persons::two;
use super::unlike::forget_unlike;
use crate::entity::{Code, establishment, invitation, person, registration};
use crate::{Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::fold;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use std::collections::HashSet;

impl Services {
    /// Makes `gone` one with `kept`: registrations, persons, and the
    /// invitations to workshops to which the kept one is not invited. The
    /// spelling of `gone` stays known and leads to the kept one. Persons who are
    /// or may be one, now that their establishment is, are noted.
    pub(super) async fn merge_establishments(
        &self,
        tx: &Tx,
        kept: establishment::Model,
        gone: establishment::Model,
        choice: MergeChoice,
        now: DateTime<Utc>,
    ) -> Result<String, Failure> {
        let registrations: Vec<i64> = registration::Entity::find()
            .select_only()
            .column(registration::Column::Id)
            .filter(registration::Column::EstablishmentId.eq(gone.id))
            .into_tuple()
            .all(&**tx)
            .await?;
        let persons: Vec<i64> = person::Entity::find()
            .select_only()
            .column(person::Column::Id)
            .filter(person::Column::EstablishmentId.eq(gone.id))
            .into_tuple()
            .all(&**tx)
            .await?;
        let was = SaidOfEstablishment::of(&kept);
        let invitations = free_invitations(tx, kept.id, gone.id).await?;
        let mut row = kept.clone().into_active_model();
        if choice.name {
            row.name = Set(gone.name.clone());
            row.folded = Set(fold(&gone.name));
        }
        row.kind = Set(kept.kind.or(gone.kind));
        row.sector = Set(kept.sector.or(gone.sector));
        row.site = Set(kept.site.or(gone.site));
        row.locality_id = Set(kept.locality_id.or(gone.locality_id));
        row.tax_code = Set(kept.tax_code.or(gone.tax_code.clone()));
        let row = row.update(&**tx).await?;
        let moved = MovedEstablishment {
            kept: row.id,
            gone: gone.id,
            registrations,
            persons,
            invitations,
            made: SaidOfEstablishment::of(&row),
            was,
        };
        pass_on(tx, &moved, moved.gone, moved.kept).await?;
        // Their place is another now: whoever of the kept one has such a name
        // may be the same.
        for ids in moved.persons.chunks(AT_ONCE) {
            let rows = person::Entity::find()
                .filter(person::Column::Id.is_in(ids.iter().copied()))
                .filter(person::Column::MergedIntoId.is_null())
                .all(&**tx)
                .await?;
            let rows: Vec<&person::Model> = rows.iter().collect();
            note_all_alike(tx, &rows, now).await?;
        }
        let mut gone = gone.into_active_model();
        gone.merged_into_id = Set(Some(moved.kept));
        gone.update(&**tx).await?;
        serde_json::to_string(&moved).map_err(Failure::internal)
    }

    /// Makes two of what was one. Pairs of persons that were noted since they
    /// are at one establishment are judged again.
    pub(super) async fn part_establishments(
        &self,
        tx: &Tx,
        moved: MovedEstablishment,
    ) -> Result<(), Failure> {
        // The older one was kept.
        let (kept, gone) = hold_two_firms(tx, moved.kept, moved.gone).await?;
        if kept.merged_into_id.is_some() || gone.merged_into_id != Some(kept.id) {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        let mut gone = gone.into_active_model();
        gone.merged_into_id = Set(None);
        gone.update(&**tx).await?;
        pass_on(tx, &moved, moved.kept, moved.gone).await?;
        let (said, made, was) = (SaidOfEstablishment::of(&kept), moved.made, moved.was);
        let name = back(said.name, &made.name, was.name);
        let mut row = kept.into_active_model();
        row.folded = Set(fold(&name));
        row.name = Set(name);
        row.kind = Set(back(said.kind, &made.kind, was.kind).map(Code));
        row.sector = Set(back(said.sector, &made.sector, was.sector).map(Code));
        row.site = Set(back(said.site, &made.site, was.site).map(Code));
        row.locality_id = Set(back(said.locality, &made.locality, was.locality));
        row.tax_code = Set(back(said.tax_code, &made.tax_code, was.tax_code));
        row.update(&**tx).await?;
        forget_unlike(tx, &moved.persons).await
    }
}

/// Two establishments, the older first, held in this order to the end of the
/// transaction, so that whoever registers from one of them meanwhile waits, and
/// finds the kept one.
pub(super) async fn hold_two_firms(
    tx: &Tx,
    older: i64,
    newer: i64,
) -> Result<(establishment::Model, establishment::Model), Failure> {
    let mut find = establishment::Entity::find()
        .filter(establishment::Column::Id.is_in([older, newer]))
        .order_by_asc(establishment::Column::Id);
    if tx.get_database_backend() == DbBackend::Postgres {
        find = find.lock_exclusive();
    }
    two(find.all(&**tx).await?)
}

/// The invitations of `gone` to workshops to which `kept` is not invited.
async fn free_invitations(tx: &Tx, kept: i64, gone: i64) -> Result<Vec<i64>, Failure> {
    let rows = invitation::Entity::find()
        .filter(invitation::Column::EstablishmentId.is_in([kept, gone]))
        .all(&**tx)
        .await?;
    let taken: HashSet<i64> = rows
        .iter()
        .filter(|row| row.establishment_id == kept)
        .map(|row| row.workshop_id)
        .collect();
    Ok(rows
        .iter()
        .filter(|row| row.establishment_id == gone && !taken.contains(&row.workshop_id))
        .map(|row| row.id)
        .collect())
}

async fn pass_on(tx: &Tx, moved: &MovedEstablishment, from: i64, to: i64) -> Result<(), Failure> {
    registration::Entity::update_many()
        .col_expr(registration::Column::EstablishmentId, Expr::value(to))
        .filter(registration::Column::Id.is_in(moved.registrations.iter().copied()))
        .filter(registration::Column::EstablishmentId.eq(from))
        .exec(&**tx)
        .await?;
    person::Entity::update_many()
        .col_expr(person::Column::EstablishmentId, Expr::value(to))
        .filter(person::Column::Id.is_in(moved.persons.iter().copied()))
        .filter(person::Column::EstablishmentId.eq(from))
        .exec(&**tx)
        .await?;
    invitation::Entity::update_many()
        .col_expr(invitation::Column::EstablishmentId, Expr::value(to))
        .filter(invitation::Column::Id.is_in(moved.invitations.iter().copied()))
        .filter(invitation::Column::EstablishmentId.eq(from))
        .exec(&**tx)
        .await?;
    Ok(())
}
