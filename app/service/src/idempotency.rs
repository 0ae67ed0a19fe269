//! A request that may be repeated gets the answer it once got.

use crate::entity::idempotency_key;
use crate::secret::hash_token;
use crate::{Conflict, Failure, Tx};
use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::{Serialize, de::DeserializeOwned};

/// How long an answer is kept.
const KEPT: Duration = Duration::hours(24);

/// Names a request that may be repeated: a header of the JSON door, or the
/// hidden field of a form.
#[derive(Clone, Debug)]
pub struct RequestKey {
    /// Whose key it is; the same key of another owner is another key.
    owner: String,
    key: String,
    fingerprint: String,
}

impl RequestKey {
    /// A key with the request it stands for. Only hashes are kept.
    #[must_use]
    pub fn new(owner: &str, key: &str, request: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            key: hash_token(key),
            fingerprint: hash_token(request),
        }
    }

    /// The answer given before, if any. Of two deeds at once with the same key
    /// the later cannot keep its answer, is tried again, and finds this one.
    ///
    /// # Errors
    /// [`Conflict::KeyReused`] when the key stood for another request.
    pub(crate) async fn answered<T: DeserializeOwned>(
        &self,
        tx: &Tx,
    ) -> Result<Option<T>, Failure> {
        let found = idempotency_key::Entity::find()
            .filter(idempotency_key::Column::Owner.eq(&self.owner))
            .filter(idempotency_key::Column::Key.eq(&self.key))
            .one(&**tx)
            .await?;
        match found {
            None => Ok(None),
            Some(row) if row.fingerprint == self.fingerprint => serde_json::from_str(&row.answer)
                .map(Some)
                .map_err(Failure::internal),
            Some(_) => Err(Failure::Conflict(Conflict::KeyReused)),
        }
    }

    /// Keeps the answer, in the transaction of the deed.
    pub(crate) async fn keep<T: Serialize>(
        &self,
        tx: &impl ConnectionTrait,
        answer: &T,
        at: DateTime<Utc>,
    ) -> Result<(), Failure> {
        idempotency_key::ActiveModel {
            owner: Set(self.owner.clone()),
            key: Set(self.key.clone()),
            fingerprint: Set(self.fingerprint.clone()),
            answer: Set(serde_json::to_string(answer).map_err(Failure::internal)?),
            at: Set(at),
            ..Default::default()
        }
        .insert(tx)
        .await?;
        Ok(())
    }
}

impl crate::Services {
    /// Forgets answers older than a day; run now and then by the worker.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_old_answers(&self) -> Result<u64, Failure> {
        let before = self.clock.now() - KEPT;
        self.db
            .write(|tx| async move {
                let gone = idempotency_key::Entity::delete_many()
                    .filter(idempotency_key::Column::At.lt(before))
                    .exec(&*tx)
                    .await?;
                Ok(gone.rows_affected)
            })
            .await
    }
}
