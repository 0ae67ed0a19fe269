//! Browser sessions, kept in the database; the cookie's token only hashed.

use crate::entity::{sign_in, sign_in_failure};
use crate::secret::hash_token;
use crate::{Failure, Services};
use chrono::{DateTime, Utc};
use domain::SIGN_IN_WINDOW;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

impl Services {
    /// Keeps a new browser session under its token.
    ///
    /// # Errors
    /// When the database fails, or the token is kept already.
    pub async fn keep_sign_in(
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
                sign_in::Entity::insert(row)
                    .exec_without_returning(&*tx)
                    .await?;
                Ok(())
            })
            .await
    }

    /// Changes what is kept under a token. What was forgotten meanwhile, by a
    /// sign-out or because it expired, stays forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_sign_in(
        &self,
        token: &str,
        data: &str,
        expires_at: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let hash = &hash_token(token);
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                sign_in::Entity::update_many()
                    .col_expr(sign_in::Column::Data, Expr::value(data.to_owned()))
                    .col_expr(sign_in::Column::ExpiresAt, Expr::value(expires_at))
                    .filter(sign_in::Column::TokenHash.eq(hash))
                    .filter(sign_in::Column::ExpiresAt.gt(now))
                    .exec(&*tx)
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
