//! Accounts: who signs in, and with which role.

use crate::audit::{Entry, record};
use crate::db::lock_key;
use crate::entity::{Code, account, sign_in_failure};
use crate::secret::hash_token;
use crate::{Actor, Conflict, Failure, Services};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use chrono::{DateTime, Utc};
use domain::{
    AccountRole, Act, Email, Problems, Reason, SIGN_IN_WINDOW, clean_line, normalise, throttled_for,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;

/// An account, without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its key.
    pub id: i64,
    /// The address it signs in with.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: AccountRole,
}

/// The fewest characters of a password (NIST SP 800-63B asks for eight; this
/// guards personal data with a password alone).
const MIN_PASSWORD: i64 = 10;

impl Services {
    /// Adds an account, by the operator.
    ///
    /// # Errors
    /// [`Failure::Invalid`], or [`Conflict::AccountExists`].
    pub async fn add_account(
        &self,
        role: AccountRole,
        email: &str,
        name: &str,
        password: &str,
    ) -> Result<Account, Failure> {
        let mut problems = Problems::default();
        let email = problems.take("email", Email::parse(email));
        let name = problems.take("name", clean_line(name, 100));
        if password.chars().count() < MIN_PASSWORD as usize {
            problems.add("password", Reason::NotInRange(MIN_PASSWORD, 1000));
        }
        let (Some(email), Some(name), true) = (email, name, problems.is_empty()) else {
            return Err(Failure::Invalid(problems));
        };
        let hash = self.hash_password(password).await?;
        self.insert_account(role, email.as_str(), &name, &hash, false)
            .await
    }

    pub(crate) async fn insert_account(
        &self,
        role: AccountRole,
        email: &str,
        name: &str,
        hash: &str,
        is_demo: bool,
    ) -> Result<Account, Failure> {
        let now = self.clock.now();
        let email = &email.to_lowercase();
        let made = self
            .db
            .write(|tx| async move {
                let row = account::ActiveModel {
                    email: Set(email.clone()),
                    name: Set(name.to_owned()),
                    role: Set(Code(role)),
                    password_hash: Set(hash.to_owned()),
                    is_demo: Set(is_demo),
                    created_at: Set(now),
                    disabled_at: Set(None),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                let entry = Entry {
                    deed: "add_account",
                    noun: "account",
                    id: row.id,
                    before: None,
                    after: Some(json!({ "role": role })),
                };
                record(&*tx, &Actor::System, now, entry).await?;
                Ok(Account::from(row))
            })
            .await;
        match made {
            Err(failure) if failure.is_unique_violation() => {
                Err(Failure::Conflict(Conflict::AccountExists))
            }
            made => made,
        }
    }

    /// Signs in. Five wrong tries within a quarter of an hour make the account
    /// wait, whoever tries; an address that is not known costs the same time.
    ///
    /// # Errors
    /// [`Failure::WrongPassword`], [`Failure::Throttled`], or
    /// [`Conflict::DemoNotHere`] for a demo account on a public server.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<Account, Failure> {
        let email = normalise(email).to_lowercase();
        let key = &hash_token(&email);
        let now = self.clock.now();
        self.take_a_try(key, now).await?;
        let found = account::Entity::find()
            .filter(account::Column::Email.eq(&email))
            .filter(account::Column::DisabledAt.is_null())
            .one(self.db.read())
            .await?;
        let right = self
            .verify_password(
                password,
                found.as_ref().map(|row| row.password_hash.clone()),
            )
            .await?;
        match found {
            Some(row) if right => {
                if row.is_demo && !self.is_loopback() {
                    return Err(Failure::Conflict(Conflict::DemoNotHere));
                }
                self.note_sign_in(key, &row, now).await?;
                Ok(Account::from(row))
            }
            _ => Err(Failure::WrongPassword),
        }
    }

    async fn note_sign_in(
        &self,
        key: &str,
        row: &account::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let actor = &Actor::Account {
            id: row.id,
            role: *row.role,
            name: String::new(),
        };
        self.db
            .write(|tx| async move {
                sign_in_failure::Entity::delete_many()
                    .filter(sign_in_failure::Column::AccountKey.eq(key))
                    .exec(&*tx)
                    .await?;
                let entry = Entry {
                    deed: "sign_in",
                    noun: "account",
                    id: row.id,
                    before: None,
                    after: None,
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// Counts a try as wrong before it is judged, one at a time: many at once
    /// would else all find that none was wrong yet.
    async fn take_a_try(&self, key: &str, now: DateTime<Utc>) -> Result<(), Failure> {
        self.db
            .write(|tx| async move {
                lock_key(&tx, &format!("sign-in:{key}")).await?;
                let failures: Vec<DateTime<Utc>> = sign_in_failure::Entity::find()
                    .select_only()
                    .column(sign_in_failure::Column::At)
                    .filter(sign_in_failure::Column::AccountKey.eq(key))
                    .filter(sign_in_failure::Column::At.gt(now - SIGN_IN_WINDOW))
                    .into_tuple()
                    .all(&*tx)
                    .await?;
                if let Some(wait) = throttled_for(&failures, now) {
                    return Err(Failure::Throttled(wait.num_seconds().max(1)));
                }
                sign_in_failure::ActiveModel {
                    account_key: Set(key.to_owned()),
                    at: Set(now),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                Ok(())
            })
            .await
    }

    /// The actor behind a signed-in account; anonymous when it is gone or
    /// disabled, or of the demo and this a public server.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn actor_by_account(&self, id: i64) -> Result<Actor, Failure> {
        let row = account::Entity::find_by_id(id)
            .filter(account::Column::DisabledAt.is_null())
            .one(self.db.read())
            .await?
            .filter(|row| !row.is_demo || self.is_loopback());
        Ok(row.map_or(Actor::Anonymous, |row| Actor::Account {
            id: row.id,
            role: *row.role,
            name: row.name,
        }))
    }

    /// Accounts that can be assigned to workshops: trainers and door staff.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] unless the actor manages workshops.
    pub async fn assignable_accounts(&self, actor: &Actor) -> Result<Vec<Account>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let rows = account::Entity::find()
            .filter(
                account::Column::Role.is_in([Code(AccountRole::Trainer), Code(AccountRole::Door)]),
            )
            .filter(account::Column::DisabledAt.is_null())
            .order_by_asc(account::Column::Name)
            .all(self.db.read())
            .await?;
        Ok(rows.into_iter().map(Account::from).collect())
    }

    pub(crate) async fn hash_password(&self, password: &str) -> Result<String, Failure> {
        let password = password.to_owned();
        self.hashing(move || {
            let hash: PasswordHash = Argon2::default()
                .hash_password(password.as_bytes())
                .map_err(Failure::internal)?;
            Ok(hash.to_string())
        })
        .await
    }

    async fn verify_password(&self, password: &str, hash: Option<String>) -> Result<bool, Failure> {
        let password = password.to_owned();
        self.hashing(move || match hash {
            Some(hash) => {
                let hash = PasswordHash::new(&hash).map_err(Failure::internal)?;
                Ok(Argon2::default()
                    .verify_password(password.as_bytes(), &hash)
                    .is_ok())
            }
            None => {
                // As slow as a real check, so that time tells nothing.
                let _: Result<PasswordHash, _> =
                    Argon2::default().hash_password(password.as_bytes());
                Ok(false)
            }
        })
        .await
    }

    async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let _turn = self.hashing.acquire().await.map_err(Failure::internal)?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(Failure::internal)?
    }

    pub(crate) fn is_loopback(&self) -> bool {
        match self.public_url.host() {
            Some(url::Host::Domain(name)) => name == "localhost",
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self {
            id: row.id,
            email: row.email,
            name: row.name,
            role: *row.role,
        }
    }
}
