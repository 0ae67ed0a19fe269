//! The register of trainers: who teaches, with or without an account.

use crate::entity::{Code, account, trainer};
use crate::register::{Registered, note, retire};
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    AccountRole, Act, Email, NewTrainer, Phone, Problems, Reason, TrainerForm, fold, name_sort_key,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A trainer with the account they sign in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainerRow {
    /// The row.
    pub row: trainer::Model,
    /// The address of the account, if there is one.
    pub account: Option<String>,
}

impl TrainerRow {
    /// Whether they are no longer offered.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        self.row.retired_at.is_some()
    }
}

/// Trainers, as searched for.
#[derive(Clone, Debug)]
pub struct Trainers {
    /// Those known in all, found or not.
    pub all: usize,
    /// Those found, by given name, those in use first.
    pub rows: Vec<TrainerRow>,
}

impl Services {
    /// The register, by an unaccented part of name, affiliation or fields, or
    /// all of it.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn trainers(&self, actor: &Actor, typed: &str) -> Result<Trainers, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let known = trainer::Entity::find().all(self.db.read()).await?;
        let accounts: HashMap<i64, String> = self.trainer_accounts().await?.into_iter().collect();
        let all = known.len();
        let folded = fold(typed);
        let mut rows: Vec<TrainerRow> = known
            .into_iter()
            .filter(|row| {
                row.folded.contains(&folded)
                    || fold(&row.affiliation).contains(&folded)
                    || fold(&row.fields).contains(&folded)
            })
            .map(|row| TrainerRow {
                account: row.account_id.and_then(|id| accounts.get(&id).cloned()),
                row,
            })
            .collect();
        rows.sort_by_cached_key(|one| (one.is_retired(), name_sort_key(&one.row.full_name)));
        Ok(Trainers { all, rows })
    }

    /// One trainer of the register.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::trainers`].
    pub async fn trainer(&self, actor: &Actor, id: i64) -> Result<trainer::Model, Failure> {
        actor.require(Act::ManageWorkshops)?;
        trainer::Entity::find_by_id(id)
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)
    }

    /// The trainers that a session can be given: the key, and the name with
    /// the affiliation. Retired ones are left out.
    ///
    /// # Errors
    /// As [`Services::trainers`].
    pub async fn trainers_to_choose(&self, actor: &Actor) -> Result<Vec<(i64, String)>, Failure> {
        let trainers = self.trainers(actor, "").await?.rows;
        let offered = trainers.into_iter().filter(|one| !one.is_retired());
        Ok(offered
            .map(|TrainerRow { row, .. }| {
                let words = if row.affiliation.is_empty() {
                    row.full_name
                } else {
                    format!("{} ({})", row.full_name, row.affiliation)
                };
                (row.id, words)
            })
            .collect())
    }

    /// The accounts that a trainer can be given: the key, and "Name
    /// (address)". Those of other trainers are left out.
    ///
    /// # Errors
    /// As [`Services::trainers`].
    pub async fn accounts_to_choose(
        &self,
        actor: &Actor,
        trainer_id: Option<i64>,
    ) -> Result<Vec<(i64, String)>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let taken: Vec<i64> = trainer::Entity::find()
            .filter(trainer::Column::AccountId.is_not_null())
            .all(self.db.read())
            .await?
            .into_iter()
            .filter(|row| Some(row.id) != trainer_id)
            .filter_map(|row| row.account_id)
            .collect();
        let mut accounts = self.trainer_accounts().await?;
        accounts.retain(|(id, _)| !taken.contains(id));
        Ok(accounts)
    }

    /// Enters a trainer and returns their key.
    ///
    /// # Errors
    /// [`Failure::Invalid`], also for a person of the same name and
    /// affiliation, for an account that is no trainer's, and for one that
    /// another trainer has; as [`Services::trainers`].
    pub async fn add_trainer(&self, actor: &Actor, form: &TrainerForm) -> Result<i64, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let new = form.check().map_err(Failure::Invalid)?;
        let now = self.clock.now();
        let new = &new;
        self.db
            .write(|tx| async move {
                judge(&tx, new, None).await?;
                let row = trainer::ActiveModel {
                    is_demo: Set(false),
                    created_at: Set(now),
                    retired_at: Set(None),
                    ..written(Default::default(), new)
                };
                let row = row.insert(&*tx).await?;
                note(&tx, actor, now, "add_trainer", None, &row).await?;
                Ok(row.id)
            })
            .await
    }

    /// Changes what is known of a trainer.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::add_trainer`].
    pub async fn revise_trainer(
        &self,
        actor: &Actor,
        id: i64,
        form: &TrainerForm,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let new = form.check().map_err(Failure::Invalid)?;
        let now = self.clock.now();
        let new = &new;
        self.db
            .write(|tx| async move {
                let before = find(&tx, id).await?;
                judge(&tx, new, Some(id)).await?;
                let was = before.values();
                let row = written(before.into_active_model(), new)
                    .update(&*tx)
                    .await?;
                note(&tx, actor, now, "revise_trainer", Some(was), &row).await
            })
            .await
    }

    /// Offers a trainer no longer, or again. What they taught stays theirs.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::trainers`].
    pub async fn retire_trainer(
        &self,
        actor: &Actor,
        id: i64,
        retired: bool,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let before = find(&tx, id).await?;
                retire(&tx, actor, before, retired, now).await
            })
            .await
    }

    /// Accounts of trainers: the key, and "Name (address)", by name.
    async fn trainer_accounts(&self) -> Result<Vec<(i64, String)>, Failure> {
        let mut rows: Vec<(i64, String, String)> = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .column(account::Column::Name)
            .column(account::Column::Email)
            .filter(account::Column::Role.eq(Code(AccountRole::Trainer)))
            .filter(account::Column::DisabledAt.is_null())
            .order_by_asc(account::Column::Id)
            .into_tuple()
            .all(self.db.read())
            .await?;
        rows.sort_by_cached_key(|(_, name, _)| name_sort_key(name));
        let words = |(id, name, email)| (id, format!("{name} ({email})"));
        Ok(rows.into_iter().map(words).collect())
    }
}

async fn find(tx: &Tx, id: i64) -> Result<trainer::Model, Failure> {
    trainer::Entity::find_by_id(id)
        .one(&**tx)
        .await?
        .ok_or(Failure::NotFound)
}

/// What only the register can know: whether the person is in it already, and
/// whether the account is a trainer's and free.
async fn judge(tx: &Tx, new: &NewTrainer, but: Option<i64>) -> Result<(), Failure> {
    let mut problems = Problems::default();
    let namesakes = trainer::Entity::find()
        .filter(trainer::Column::Folded.eq(fold(&new.full_name)))
        .all(&**tx)
        .await?;
    let affiliation = fold(&new.affiliation);
    if namesakes
        .iter()
        .any(|row| Some(row.id) != but && fold(&row.affiliation) == affiliation)
    {
        problems.add("full_name", Reason::NameTaken);
    }
    if let Some(id) = new.account {
        let found = account::Entity::find_by_id(id)
            .filter(account::Column::Role.eq(Code(AccountRole::Trainer)))
            .one(&**tx)
            .await?;
        let owner = trainer::Entity::find()
            .filter(trainer::Column::AccountId.eq(id))
            .one(&**tx)
            .await?;
        if found.is_none() {
            problems.add("account", Reason::NotAChoice);
        } else if owner.is_some_and(|row| Some(row.id) != but) {
            problems.add("account", Reason::AccountTaken);
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::Invalid(problems))
    }
}

fn written(row: trainer::ActiveModel, new: &NewTrainer) -> trainer::ActiveModel {
    trainer::ActiveModel {
        full_name: Set(new.full_name.clone()),
        folded: Set(fold(&new.full_name)),
        affiliation: Set(new.affiliation.clone()),
        fields: Set(new.fields.clone()),
        phone: Set(new.phone.as_ref().map(Phone::as_str).map(str::to_owned)),
        email: Set(new.email.as_ref().map(Email::as_str).map(str::to_owned)),
        account_id: Set(new.account),
        ..row
    }
}

impl Registered for trainer::Model {
    type Row = trainer::ActiveModel;
    const NOUN: &'static str = "trainer";
    const DEEDS: [&'static str; 2] = ["retire_trainer", "restore_trainer"];

    fn key(&self) -> i64 {
        self.id
    }

    fn retired_at(&self) -> Option<DateTime<Utc>> {
        self.retired_at
    }

    fn retired(self, at: Option<DateTime<Utc>>) -> trainer::ActiveModel {
        trainer::ActiveModel {
            retired_at: Set(at),
            ..self.into_active_model()
        }
    }

    /// What the log keeps: no name and no contact.
    fn values(&self) -> Value {
        json!({
            "account_id": self.account_id,
            "fields": self.fields,
            "has_phone": self.phone.is_some(),
            "has_email": self.email.is_some(),
            "retired_at": self.retired_at,
        })
    }
}
