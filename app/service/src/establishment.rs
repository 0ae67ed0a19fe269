//! Establishments: found however they are spelled, made when new.

use crate::db::lock_key;
use crate::entity::{establishment, locality};
use crate::{Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{fold, fold_establishment};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

impl Services {
    /// Names of known establishments, to suggest while typing or in a list.
    /// Public: names of firms are no personal data; households, whose names
    /// are persons' names, are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn suggest_establishments(&self) -> Result<Vec<String>, Failure> {
        use domain::{Coded, EstablishmentKind};
        let suggested = [
            EstablishmentKind::Enterprise,
            EstablishmentKind::Cooperative,
            EstablishmentKind::PublicBody,
        ];
        Ok(establishment::Entity::find()
            .select_only()
            .column(establishment::Column::Name)
            .filter(Expr::col(establishment::Column::Kind).is_in(suggested.map(Coded::code)))
            .order_by_asc(establishment::Column::NameKey)
            .limit(200)
            .into_tuple()
            .all(self.db.read())
            .await?)
    }

    /// Names of known localities, current and former, to suggest.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn suggest_localities(&self) -> Result<Vec<String>, Failure> {
        Ok(locality::Entity::find()
            .select_only()
            .column(locality::Column::Name)
            .order_by_asc(locality::Column::Folded)
            .limit(300)
            .into_tuple()
            .all(self.db.read())
            .await?)
    }
}

/// The establishment of this name, made when nobody of it is known. Two
/// spellings that differ in legal form, case or diacritics are one.
pub(crate) async fn find_or_make(
    tx: &Tx,
    name: &str,
    locality_id: Option<i64>,
    at: DateTime<Utc>,
) -> Result<i64, Failure> {
    let key = fold_establishment(name);
    if let Some(known) = find(tx, &key).await? {
        return Ok(known);
    }
    lock_key(tx, &format!("establishment:{key}")).await?;
    if let Some(known) = find(tx, &key).await? {
        return Ok(known);
    }
    let made = establishment::ActiveModel {
        name: Set(name.to_owned()),
        folded: Set(fold(name)),
        name_key: Set(key),
        kind: Set(None),
        sector: Set(None),
        site: Set(None),
        locality_id: Set(locality_id),
        tax_code: Set(None),
        is_demo: Set(false),
        created_at: Set(at),
        ..Default::default()
    }
    .insert(&**tx)
    .await?;
    Ok(made.id)
}

async fn find(tx: &Tx, key: &str) -> Result<Option<i64>, Failure> {
    Ok(establishment::Entity::find()
        .select_only()
        .column(establishment::Column::Id)
        .filter(establishment::Column::NameKey.eq(key))
        .order_by_asc(establishment::Column::Id)
        .into_tuple()
        .one(&**tx)
        .await?)
}

/// The locality that a typed name means, if one is known.
pub(crate) async fn find_locality(
    tx: &impl ConnectionTrait,
    typed: &str,
) -> Result<Option<locality::Model>, Failure> {
    Ok(locality::Entity::find()
        .filter(locality::Column::Folded.eq(fold(typed)))
        .order_by_desc(locality::Column::ValidFrom)
        .one(tx)
        .await?)
}
