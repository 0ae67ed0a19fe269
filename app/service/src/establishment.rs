//! Establishments: found however they are spelled, made when new.

use crate::audit::{Entry, record};
use crate::db::lock_names;
use crate::entity::{Code, establishment, locality, registration};
use crate::likeness::{
    hold_establishment, kept_establishment, note_alike_establishment, show_again,
};
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    Act, Coded, EstablishmentKind, LikenessNoun, Problems, Reason, Sector, SiteType, TaxCode, fold,
    fold_establishment,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// How many establishments are listed at once.
const LISTED: usize = 100;

/// An establishment with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EstablishmentRow {
    /// Its key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Registrations of its people, for whichever workshop.
    pub registrations: i64,
    /// Its legal kind, if known.
    pub kind: Option<EstablishmentKind>,
    /// Its sector, if known.
    pub sector: Option<Sector>,
    /// Its site type, if known.
    pub site: Option<SiteType>,
    /// Its tax code, if known.
    pub tax_code: Option<String>,
}

impl EstablishmentRow {
    fn is_classified(&self) -> bool {
        self.kind.is_some() && self.sector.is_some() && self.site.is_some()
    }
}

/// Establishments, as searched for.
#[derive(Clone, Debug)]
pub struct Establishments {
    /// Those known in all, found or not.
    pub all: usize,
    /// Of these, how many lack a kind, a sector or a site type.
    pub unclassified: usize,
    /// How many were found.
    pub found: usize,
    /// The first of those found: unclassified before classified, then those
    /// with the most registrations.
    pub rows: Vec<EstablishmentRow>,
}

impl Services {
    /// Names of known establishments, to suggest while typing or in a list.
    /// Public: names of firms are no personal data; households, whose names
    /// are persons' names, are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn suggest_establishments(&self) -> Result<Vec<String>, Failure> {
        let suggested = [
            EstablishmentKind::Enterprise,
            EstablishmentKind::Cooperative,
            EstablishmentKind::PublicBody,
        ];
        Ok(establishment::Entity::find()
            .select_only()
            .column(establishment::Column::Name)
            .filter(establishment::Column::MergedIntoId.is_null())
            .filter(establishment::Column::WithdrawnAt.is_null())
            .filter(Expr::col(establishment::Column::Kind).is_in(suggested.map(Coded::code)))
            .order_by_asc(establishment::Column::NameKey)
            .limit(200)
            .into_tuple()
            .all(self.db.read())
            .await?)
    }

    /// The establishments, by an unaccented part of a name, or all: what is to
    /// be classified first.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn establishments(
        &self,
        actor: &Actor,
        typed: &str,
    ) -> Result<Establishments, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let mut registrations: HashMap<i64, i64> = registration::Entity::find()
            .select_only()
            .column(registration::Column::EstablishmentId)
            .column_as(Expr::col(registration::Column::Id).count(), "number")
            .group_by(registration::Column::EstablishmentId)
            .into_tuple::<(i64, i64)>()
            .all(self.db.read())
            .await?
            .into_iter()
            .collect();
        let known = establishment::Entity::find()
            .filter(establishment::Column::MergedIntoId.is_null())
            .filter(establishment::Column::WithdrawnAt.is_null())
            .order_by_asc(establishment::Column::NameKey)
            .order_by_asc(establishment::Column::Id)
            .all(self.db.read())
            .await?;
        let all = known.len();
        let folded = fold(typed);
        let (mut unclassified, mut rows) = (0, Vec::new());
        for model in known {
            let is_found = model.folded.contains(&folded);
            let row = EstablishmentRow {
                registrations: registrations.remove(&model.id).unwrap_or(0),
                ..EstablishmentRow::from(model)
            };
            unclassified += usize::from(!row.is_classified());
            if is_found {
                rows.push(row);
            }
        }
        let found = rows.len();
        rows.sort_by_key(|row| (row.is_classified(), -row.registrations));
        rows.truncate(LISTED);
        Ok(Establishments {
            all,
            unclassified,
            found,
            rows,
        })
    }

    /// Says what an establishment is, for the breakdowns; what is left empty is
    /// not known.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what is in no list, [`Failure::NotFound`];
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn classify_establishment(
        &self,
        actor: &Actor,
        id: i64,
        kind: &str,
        sector: &str,
        site: &str,
    ) -> Result<EstablishmentRow, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let mut problems = Problems::default();
        let kind = problems.take("establishment_kind", chosen::<EstablishmentKind>(kind));
        let sector = problems.take("sector", chosen::<Sector>(sector));
        let site = problems.take("site", chosen::<SiteType>(site));
        let (Some(kind), Some(sector), Some(site)) = (kind, sector, site) else {
            return Err(Failure::Invalid(problems));
        };
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let before = establishment::Entity::find_by_id(id)
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                let was = terms(&before);
                let mut row = before.into_active_model();
                row.kind = Set(kind.map(Code));
                row.sector = Set(sector.map(Code));
                row.site = Set(site.map(Code));
                let row = row.update(&*tx).await?;
                let entry = Entry {
                    deed: "classify",
                    noun: "establishment",
                    id,
                    before: Some(was),
                    after: Some(terms(&row)),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(EstablishmentRow::from(row))
            })
            .await
    }

    /// Enters the tax code of an establishment, or that none is known. Another
    /// with the same is noted, to be judged by an organiser. Returns whether
    /// the check digit is right, or there is nothing to check.
    ///
    /// # Errors
    /// [`Failure::Invalid`]; as [`Services::classify_establishment`].
    pub async fn enter_tax_code(
        &self,
        actor: &Actor,
        id: i64,
        typed: &str,
    ) -> Result<bool, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let code = TaxCode::parse_optional(typed)
            .map_err(|reason| Failure::problem("tax_code", reason))?;
        let stored = &code.as_ref().map(|code| code.as_str().to_owned());
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let before = establishment::Entity::find_by_id(id)
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                if before.tax_code == *stored {
                    return Ok(());
                }
                let mut row = before.into_active_model();
                row.tax_code = Set(stored.clone());
                let row = row.update(&*tx).await?;
                note_alike_establishment(&tx, &row, now).await?;
                let entry = Entry {
                    deed: "enter_tax_code",
                    noun: "establishment",
                    id,
                    before: None,
                    after: Some(json!({ "tax_code": row.tax_code.is_some() })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await?;
        Ok(code.is_none_or(|code| code.has_check_digit()))
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

impl From<establishment::Model> for EstablishmentRow {
    /// Without its registrations, which are counted apart.
    fn from(row: establishment::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            registrations: 0,
            kind: row.kind.map(|code| *code),
            sector: row.sector.map(|code| *code),
            site: row.site.map(|code| *code),
            tax_code: row.tax_code,
        }
    }
}

/// A term by its code, or none when nothing was chosen.
fn chosen<T: Coded>(code: &str) -> Result<Option<T>, Reason> {
    match code.trim() {
        "" => Ok(None),
        code => T::from_code(code).map(Some).ok_or(Reason::NotAChoice),
    }
}

/// What the log keeps of a classification.
fn terms(row: &establishment::Model) -> Value {
    json!({
        "kind": row.kind.map(|code| code.code()),
        "sector": row.sector.map(|code| code.code()),
        "site": row.site.map(|code| code.code()),
    })
}

/// The name of an establishment.
pub(crate) async fn name_of(tx: &impl ConnectionTrait, id: i64) -> Result<String, Failure> {
    let row = establishment::Entity::find_by_id(id).one(tx).await?;
    Ok(row.ok_or(Failure::NotFound)?.name)
}

/// The establishment of this name, made when nobody of it is known. Two
/// spellings that differ in legal form, case or diacritics are one; a name
/// nearly that of another is noted to be judged by an organiser. One merged
/// into another is that other.
pub(crate) async fn find_or_make(
    tx: &Tx,
    name: &str,
    locality_id: Option<i64>,
    at: DateTime<Utc>,
) -> Result<i64, Failure> {
    let key = fold_establishment(name);
    if let Some(known) = find(tx, &key, at).await? {
        return Ok(known);
    }
    if lock_names(tx, std::slice::from_ref(&key), &[]).await?
        && let Some(known) = find(tx, &key, at).await?
    {
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
    note_alike_establishment(tx, &made, at).await?;
    Ok(made.id)
}

/// The establishment that stands for this name, held to the end of the
/// transaction. One that was taken back with an import is shown again.
async fn find(tx: &Tx, key: &str, at: DateTime<Utc>) -> Result<Option<i64>, Failure> {
    let found: Option<(i64, Option<DateTime<Utc>>)> = establishment::Entity::find()
        .select_only()
        .columns([
            establishment::Column::Id,
            establishment::Column::WithdrawnAt,
        ])
        .filter(establishment::Column::NameKey.eq(key))
        .order_by_asc(establishment::Column::Id)
        .into_tuple()
        .one(&**tx)
        .await?;
    let Some((id, withdrawn_at)) = found else {
        return Ok(None);
    };
    if withdrawn_at.is_some() {
        // Before it is held together with others, who would not let it change.
        show_again(tx, LikenessNoun::Establishment, &[id]).await?;
    }
    let row = hold_establishment(tx, id).await?;
    if withdrawn_at.is_some() {
        note_alike_establishment(tx, &row, at).await?;
    }
    Ok(Some(row.id))
}

/// As it stands for a typed name; nobody is held and nothing made.
pub(crate) async fn known_by_name(
    tx: &impl ConnectionTrait,
    name: &str,
) -> Result<Option<i64>, Failure> {
    let found = establishment::Entity::find()
        .filter(establishment::Column::NameKey.eq(fold_establishment(name)))
        .order_by_asc(establishment::Column::Id)
        .one(tx)
        .await?;
    match found {
        Some(found) => Ok(Some(kept_establishment(tx, found.id).await?.id)),
        None => Ok(None),
    }
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
