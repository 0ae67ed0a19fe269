//! Browser sessions, kept in the database; the cookie's token only hashed.

use crate::entity::{sign_in, sign_in_failure};
use crate::secret::hash_token;
use crate::{Failure, Services};
use chrono::{DateTime, Utc};
use domain::SIGN_IN_WINDOW;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

impl Services {
    /// Keeps a browser session under its token.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_sign_in(
        &self,
        token: &str,
        data: &str,
        expires_at: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let hash = &hash_token(token);
        self.db
            .write(|tx| async move {
                let row = sign_in::ActiveModel {
                    token_hash: Set(hash.clone()),
                    data: Set(data.to_owned()),
                    expires_at: Set(expires_at),
                    ..Default::default()
                };
                let again = OnConflict::column(sign_in::Column::TokenHash)
                    .update_columns([sign_in::Column::Data, sign_in::Column::ExpiresAt])
                    .to_owned();
                sign_in::Entity::insert(row)
                    .on_conflict(again)
                    .exec_without_returning(&*tx)
                    .await?;
                Ok(())
            })
            .await
    }

    /// What was kept under a token, unless it has expired.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load_sign_in(&self, token: &str) -> Result<Option<String>, Failure> {
        let row = sign_in::Entity::find()
            .filter(sign_in::Column::TokenHash.eq(hash_token(token)))
            .filter(sign_in::Column::ExpiresAt.gt(self.clock.now()))
            .one(self.db.read())
            .await?;
        Ok(row.map(|row| row.data))
    }

    /// Forgets a browser session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_sign_in(&self, token: &str) -> Result<(), Failure> {
        let hash = &hash_token(token);
        self.db
            .write(|tx| async move {
                sign_in::Entity::delete_many()
                    .filter(sign_in::Column::TokenHash.eq(hash))
                    .exec(&*tx)
                    .await?;
                Ok(())
            })
            .await
    }

    /// Forgets what has expired, wrong passwords too; run now and then by the
    /// worker.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_expired_sign_ins(&self) -> Result<u64, Failure> {
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let gone = sign_in::Entity::delete_many()
                    .filter(sign_in::Column::ExpiresAt.lte(now))
                    .exec(&*tx)
                    .await?;
                sign_in_failure::Entity::delete_many()
                    .filter(sign_in_failure::Column::At.lte(now - SIGN_IN_WINDOW))
                    .exec(&*tx)
                    .await?;
                Ok(gone.rows_affected)
            })
            .await
    }
}
