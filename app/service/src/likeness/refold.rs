//! Establishments that were written down when fewer legal forms were known.

use super::{hold_judgements, note_alike_establishments};
use crate::entity::establishment;
use crate::{Failure, Services};
use domain::refold_establishment;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;

impl Services {
    /// Brings the keys of establishments to the rule of today. Those that are
    /// alike by it stay rows of their own, and are noted for an organiser.
    pub(crate) async fn refold_establishments(&self) -> Result<(), Failure> {
        if outdated(self.db.read()).await?.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                hold_judgements(&tx).await?;
                let outdated = outdated(&*tx).await?;
                let mended: HashSet<i64> = outdated.iter().map(|(id, _)| *id).collect();
                for (id, key) in outdated {
                    establishment::Entity::update_many()
                        .col_expr(establishment::Column::NameKey, Expr::value(key))
                        .filter(establishment::Column::Id.eq(id))
                        .exec(&*tx)
                        .await?;
                }
                note_alike_establishments(&tx, &mended, now).await
            })
            .await
    }
}

/// Those whose key is of an older rule, with the key of today.
async fn outdated(tx: &impl ConnectionTrait) -> Result<Vec<(i64, String)>, Failure> {
    let rows: Vec<(i64, String, String)> = establishment::Entity::find()
        .select_only()
        .columns([
            establishment::Column::Id,
            establishment::Column::Name,
            establishment::Column::NameKey,
        ])
        .order_by_asc(establishment::Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    let outdated = rows
        .into_iter()
        .filter_map(|(id, name, stored)| Some((id, refold_establishment(&name, &stored)?)));
    Ok(outdated.collect())
}
