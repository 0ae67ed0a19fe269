//! Bearer tokens of the JSON doors.

use crate::audit::{Entry, record};
use crate::entity::{Code, api_token};
use crate::secret::{hash_token, random_token};
use crate::{Actor, Failure, Services};
use domain::{AccountRole, clean_line};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

/// Tokens begin with this, so that they are recognised where they leak.
const PREFIX: &str = "taphuan_";

impl Services {
    /// Adds a token, by the operator, and returns it: it is stored hashed and
    /// cannot be shown again.
    ///
    /// # Errors
    /// A problem with the field `name`.
    pub async fn add_token(&self, role: AccountRole, name: &str) -> Result<String, Failure> {
        let name = &clean_line(name, 100).map_err(|reason| Failure::problem("name", reason))?;
        let token = format!("{PREFIX}{}", random_token());
        let hash = &hash_token(&token);
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = api_token::ActiveModel {
                    name: Set(name.clone()),
                    role: Set(Code(role)),
                    token_hash: Set(hash.clone()),
                    created_at: Set(now),
                    revoked_at: Set(None),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                let entry = Entry {
                    deed: "add_token",
                    noun: "api_token",
                    id: row.id,
                    before: None,
                    after: Some(json!({ "role": role })),
                };
                record(&*tx, &Actor::System, now, entry).await
            })
            .await?;
        Ok(token)
    }

    /// Who stands behind a bearer token.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] when it is unknown or revoked.
    pub async fn actor_by_token(&self, token: &str) -> Result<Actor, Failure> {
        let row = api_token::Entity::find()
            .filter(api_token::Column::TokenHash.eq(hash_token(token)))
            .filter(api_token::Column::RevokedAt.is_null())
            .one(self.db.read())
            .await?
            .ok_or(Failure::SignInNeeded)?;
        Ok(Actor::Token {
            id: row.id,
            role: *row.role,
        })
    }
}
