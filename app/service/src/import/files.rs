//! How long the files of imports are kept.

use crate::entity::{Code, import};
use crate::{Failure, Services};
use chrono::Duration;
use domain::ImportState;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

/// How long a file is kept after it was registered, when rows of it were left
/// out that are still to be mended; and one that nobody had registered, after
/// it was uploaded. It holds names and contacts: a file that nobody needs any
/// more is removed at once (Law 91/2025/QH15: no longer than its purpose asks).
const KEPT: Duration = Duration::days(30);

impl Services {
    /// Removes the files of imports that nobody needs any more, and forgets
    /// those that were never registered. Found by their state, so that what a
    /// server that died left is done by the next. Returns how many there were.
    ///
    /// # Errors
    /// When the database or the store fails; the others are done the next time.
    pub async fn drop_import_files(&self) -> Result<usize, Failure> {
        let before = self.clock.now() - KEPT;
        let registered = [ImportState::Done, ImportState::Undone].map(Code);
        let waiting = [ImportState::Uploaded, ImportState::Failed].map(Code);
        let of_no_use = import::Column::Rejected
            .eq(0)
            .or(import::Column::FinishedAt.lt(before));
        let done = import::Column::State
            .is_in(registered)
            .and(import::Column::StorageKey.ne(""))
            .and(of_no_use);
        let abandoned = import::Column::State
            .is_in(waiting)
            .and(import::Column::CreatedAt.lt(before));
        let rows = import::Entity::find()
            .filter(Condition::any().add(done).add(abandoned))
            .order_by_asc(import::Column::Id)
            .all(self.db.read())
            .await?;
        for row in &rows {
            // The file first: a row without its file is found again, a file
            // without its row is not. What is confirmed in between fails, with
            // nothing written.
            self.files.delete(&row.storage_key).await?;
            self.db
                .write(|tx| async move {
                    import::Entity::delete_many()
                        .filter(import::Column::Id.eq(row.id))
                        .filter(import::Column::State.is_in(waiting))
                        .exec(&*tx)
                        .await?;
                    import::Entity::update_many()
                        .col_expr(import::Column::StorageKey, Expr::value(""))
                        .filter(import::Column::Id.eq(row.id))
                        .filter(import::Column::State.is_in(registered))
                        .exec(&*tx)
                        .await?;
                    Ok(())
                })
                .await?;
        }
        Ok(rows.len())
    }
}
