//! Entering what was handed out, and taking that back.

use crate::audit::{Entry, record};
use crate::entity::{Code, distribution, material};
use crate::likeness::{Roots, hold_establishment};
use crate::secret::{hex, random};
use crate::{Actor, Failure, Services, Tx};
use domain::{Act, Coded, DistributionForm, LikenessNoun, NewDistribution, Reason, to_local};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Set,
};
use serde_json::json;
use std::collections::HashSet;

/// What came of entering what was handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistributionEntered {
    /// A mark by which all that is new can be taken back; none when nothing is.
    pub batch: Option<String>,
    /// How many establishments were entered.
    pub new: usize,
    /// How many stood in the register already, with the same document, way and
    /// day.
    pub stood: usize,
}

impl Services {
    /// Enters that a document reached establishments, several at once. What
    /// stands in the register already is not entered once more. One that was
    /// merged into another is that other.
    ///
    /// # Errors
    /// Problems as in [`DistributionForm::check`], also with what is not
    /// there; [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn enter_distribution(
        &self,
        actor: &Actor,
        form: &DistributionForm,
    ) -> Result<DistributionEntered, Failure> {
        actor.require(Act::SendMaterials)?;
        let now = self.clock.now();
        let new = &form
            .check(to_local(now).date_naive())
            .map_err(Failure::Invalid)?;
        let batch = &hex(&random::<16>());
        self.db
            .write(|tx| async move {
                let wrong = |field| Failure::problem(field, Reason::NotAChoice);
                let document = hold_document(&tx, new.material_id).await?;
                let document = document.ok_or(wrong("material"))?;
                let mut establishments = Vec::new();
                for id in &new.establishments {
                    let held = hold_establishment(&tx, *id).await;
                    let held = held.map_err(|failure| match failure {
                        Failure::NotFound => wrong("establishments"),
                        other => other,
                    })?;
                    establishments.push(held.id);
                }
                establishments.sort_unstable();
                establishments.dedup();
                let asked = establishments.len();
                let standing = standing(&tx, new).await?;
                establishments.retain(|id| !standing.contains(id));
                let entered = DistributionEntered {
                    batch: (!establishments.is_empty()).then(|| batch.clone()),
                    new: establishments.len(),
                    stood: asked - establishments.len(),
                };
                if establishments.is_empty() {
                    return Ok(entered);
                }
                let rows = establishments.iter().map(|id| distribution::ActiveModel {
                    material_id: Set(document.id),
                    establishment_id: Set(*id),
                    channel: Set(Code(new.channel)),
                    day: Set(new.day),
                    note: Set(new.note.clone()),
                    batch: Set(batch.clone()),
                    entered_by: Set(actor.label()),
                    entered_at: Set(now),
                    undone_at: Set(None),
                    undone_by: Set(None),
                    ..Default::default()
                });
                distribution::Entity::insert_many(rows)
                    .exec_without_returning(&*tx)
                    .await?;
                let entry = Entry {
                    deed: "enter_distribution",
                    noun: "programme",
                    id: document.programme_id,
                    before: None,
                    after: Some(json!({
                        "material": document.id,
                        "channel": new.channel.code(),
                        "day": new.day,
                        "establishments": establishments,
                    })),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(entered)
            })
            .await
    }

    /// Takes back all that was entered at once. What was taken back before
    /// stays so.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; [`Failure::SignInNeeded`] or
    /// [`Failure::Forbidden`].
    pub async fn undo_distributions(&self, actor: &Actor, batch: &str) -> Result<(), Failure> {
        self.undo(actor, distribution::Column::Batch.eq(batch))
            .await
    }

    /// Takes back one entry.
    ///
    /// # Errors
    /// As [`Services::undo_distributions`].
    pub async fn undo_distribution(&self, actor: &Actor, id: i64) -> Result<(), Failure> {
        self.undo(actor, distribution::Column::Id.eq(id)).await
    }

    async fn undo(&self, actor: &Actor, which: sea_orm::sea_query::Expr) -> Result<(), Failure> {
        actor.require(Act::SendMaterials)?;
        let (which, now) = (&which, self.clock.now());
        self.db
            .write(|tx| async move {
                let find = distribution::Entity::find().filter(which.clone());
                let found = find.one(&*tx).await?.ok_or(Failure::NotFound)?;
                let undone = distribution::Entity::update_many()
                    .col_expr(distribution::Column::UndoneAt, Expr::value(now))
                    .col_expr(distribution::Column::UndoneBy, Expr::value(actor.label()))
                    .filter(which.clone())
                    .filter(distribution::Column::UndoneAt.is_null())
                    .exec(&*tx)
                    .await?;
                if undone.rows_affected == 0 {
                    return Ok(());
                }
                let programme = self.programme_row(&*tx).await?;
                let entry = Entry {
                    deed: "undo_distribution",
                    noun: "programme",
                    id: programme.id,
                    before: None,
                    after: Some(json!({
                        "material": found.material_id,
                        "entries": undone.rows_affected,
                    })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}

/// The document, held to the end of the transaction: two who enter the same
/// come one after the other. Its key stays, so that mails which are written
/// meanwhile may refer to it.
async fn hold_document(tx: &Tx, id: i64) -> Result<Option<material::Model>, Failure> {
    let mut find = material::Entity::find_by_id(id);
    if tx.get_database_backend() == DbBackend::Postgres {
        find = find.lock(LockType::NoKeyUpdate);
    }
    Ok(find.one(&**tx).await?)
}

/// The establishments that stand in the register already with this document,
/// way and day.
async fn standing(tx: &Tx, new: &NewDistribution) -> Result<HashSet<i64>, Failure> {
    let rows: Vec<i64> = distribution::Entity::find()
        .select_only()
        .column(distribution::Column::EstablishmentId)
        .filter(distribution::Column::MaterialId.eq(new.material_id))
        .filter(distribution::Column::Channel.eq(Code(new.channel)))
        .filter(distribution::Column::Day.eq(new.day))
        .filter(distribution::Column::UndoneAt.is_null())
        .into_tuple()
        .all(&**tx)
        .await?;
    let roots = Roots::load(&**tx, LikenessNoun::Establishment).await?;
    Ok(rows.into_iter().map(|id| roots.of(id)).collect())
}
