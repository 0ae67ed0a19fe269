//! Who of the door staff and trainers works at a workshop.

use super::find::lock_by_slug;
use crate::audit::{Entry, record};
use crate::entity::{account, assignment};
use crate::{Actor, Failure, Services};
use domain::{Act, Reason};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set,
};
use serde_json::json;

impl Services {
    /// Sets who of the door staff and trainers works at a workshop.
    ///
    /// # Errors
    /// [`Failure::NotFound`], or a problem with the field `accounts`.
    pub async fn assign(&self, actor: &Actor, slug: &str, accounts: &[i64]) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = lock_by_slug(&tx, slug).await?;
                let known = account::Entity::find()
                    .filter(account::Column::Id.is_in(accounts.iter().copied()))
                    .count(&*tx)
                    .await?;
                if known != accounts.len() as u64 {
                    return Err(Failure::problem("accounts", Reason::NotAChoice));
                }
                let before = assigned(&*tx, row.id).await?;
                assignment::Entity::delete_many()
                    .filter(assignment::Column::WorkshopId.eq(row.id))
                    .exec(&*tx)
                    .await?;
                let rows = accounts.iter().map(|account_id| assignment::ActiveModel {
                    account_id: Set(*account_id),
                    workshop_id: Set(row.id),
                    ..Default::default()
                });
                if !accounts.is_empty() {
                    assignment::Entity::insert_many(rows).exec(&*tx).await?;
                }
                let entry = Entry {
                    deed: "assign",
                    noun: "workshop",
                    id: row.id,
                    before: Some(json!({ "accounts": before })),
                    after: Some(json!({ "accounts": accounts })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// The accounts assigned to a workshop.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] unless the actor manages workshops.
    pub async fn assigned_accounts(
        &self,
        actor: &Actor,
        workshop_id: i64,
    ) -> Result<Vec<i64>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        assigned(self.db.read(), workshop_id).await
    }
}

async fn assigned(tx: &impl ConnectionTrait, workshop_id: i64) -> Result<Vec<i64>, Failure> {
    Ok(assignment::Entity::find()
        .select_only()
        .column(assignment::Column::AccountId)
        .filter(assignment::Column::WorkshopId.eq(workshop_id))
        .into_tuple()
        .all(tx)
        .await?)
}
