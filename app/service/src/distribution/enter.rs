//! Entering what was handed out, and taking that back.

use crate::audit::{Entry, record};
use crate::entity::{Code, distribution, material};
use crate::likeness::hold_establishment;
use crate::secret::{hex, random};
use crate::{Actor, Conflict, Failure, Services};
use domain::{Act, Coded, DistributionForm, Reason, to_local};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

impl Services {
    /// Enters that a document reached establishments, several at once. Returns
    /// a mark by which all of it can be taken back. One that was merged into
    /// another is that other.
    ///
    /// # Errors
    /// Problems as in [`DistributionForm::check`], also with what is not
    /// there; [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn enter_distribution(
        &self,
        actor: &Actor,
        form: &DistributionForm,
    ) -> Result<String, Failure> {
        actor.require(Act::SendMaterials)?;
        let now = self.clock.now();
        let new = &form
            .check(to_local(now).date_naive())
            .map_err(Failure::Invalid)?;
        let batch = &hex(&random::<16>());
        self.db
            .write(|tx| async move {
                let found = material::Entity::find_by_id(new.material_id);
                let found = found.one(&*tx).await?;
                let wrong = |field| Failure::problem(field, Reason::NotAChoice);
                let document = found.ok_or(wrong("material"))?;
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
                record(&*tx, actor, now, entry).await
            })
            .await?;
        Ok(batch.clone())
    }

    /// Takes back all that was entered at once.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; [`Conflict::NothingChanged`] when it was taken
    /// back before; [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
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
                    return Err(Failure::Conflict(Conflict::NothingChanged));
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
