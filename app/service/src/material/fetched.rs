//! Files on their way out, and how often each person fetched them by their own
//! link. Nothing else is kept of who fetches what.

use super::{MaterialLink, MaterialView, Shelf};
use crate::entity::{material_download, material_version, person, registration};
use crate::{Actor, Failure, Services};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::Act;
use futures::stream::BoxStream;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// How often a material was fetched by personal links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// By how many people.
    pub people: i64,
    /// How many times in all.
    pub times: i64,
}

/// What one person fetched of one version.
#[derive(Clone, Debug)]
pub struct FetchedBy {
    /// Who.
    pub full_name: String,
    /// The number of the version.
    pub version: i64,
    /// How many times.
    pub times: i64,
    /// The last time.
    pub last_at: DateTime<Utc>,
}

impl Services {
    /// The content of a version, or these bytes of it. The caller found the
    /// version by a deed that says who may see it.
    ///
    /// # Errors
    /// What the store says.
    pub async fn material_content(
        &self,
        version: &material_version::Model,
        range: Option<Range<u64>>,
    ) -> Result<BoxStream<'static, std::io::Result<Bytes>>, Failure> {
        self.files.read(&version.storage_key, range).await
    }

    /// A version of a material for staff: by its number, or the one that links
    /// lead to; when all were withdrawn, the newest.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::open_shelf`].
    pub async fn staff_material(
        &self,
        actor: &Actor,
        shelf: Shelf<'_>,
        id: i64,
        number: Option<i64>,
    ) -> Result<material_version::Model, Failure> {
        let view = self.material_page(actor, shelf, id).await?.view;
        let version = match number {
            Some(number) => view.versions.iter().find(|one| one.number == number),
            None => view.standing().or(view.versions.first()),
        };
        version.cloned().ok_or(Failure::NotFound)
    }

    /// Counts that the holder of a personal link fetched a version.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_fetch(&self, link: &MaterialLink, version_id: i64) -> Result<(), Failure> {
        let (registration_id, now) = (link.row.id, self.clock.now());
        self.db
            .write(|tx| async move {
                let row = material_download::ActiveModel {
                    version_id: Set(version_id),
                    registration_id: Set(registration_id),
                    count: Set(1),
                    last_at: Set(now),
                    ..Default::default()
                };
                let known = [
                    material_download::Column::VersionId,
                    material_download::Column::RegistrationId,
                ];
                let count =
                    Expr::col((material_download::Entity, material_download::Column::Count));
                let again = OnConflict::columns(known)
                    .update_column(material_download::Column::LastAt)
                    .value(material_download::Column::Count, count.add(1))
                    .to_owned();
                material_download::Entity::insert(row)
                    .on_conflict(again)
                    .exec_without_returning(&*tx)
                    .await?;
                Ok(())
            })
            .await
    }

    /// How often each of these materials was fetched, by its key.
    pub(super) async fn fetched(
        &self,
        views: &[MaterialView],
    ) -> Result<HashMap<i64, Fetched>, Failure> {
        let versions = views.iter().flat_map(|view| &view.versions);
        let of: HashMap<i64, i64> = versions.map(|one| (one.id, one.material_id)).collect();
        let rows = material_download::Entity::find()
            .filter(material_download::Column::VersionId.is_in(of.keys().copied()))
            .all(self.db.read())
            .await?;
        let mut people: HashMap<i64, HashSet<i64>> = HashMap::new();
        let mut found: HashMap<i64, Fetched> = HashMap::new();
        for row in rows {
            let Some(material) = of.get(&row.version_id) else {
                continue;
            };
            found.entry(*material).or_default().times += row.count;
            people
                .entry(*material)
                .or_default()
                .insert(row.registration_id);
        }
        for (material, people) in people {
            found.entry(material).or_default().people =
                i64::try_from(people.len()).unwrap_or(i64::MAX);
        }
        Ok(found)
    }

    /// Who fetched a material, the latest first. Names are for those who may
    /// read them; anybody else gets none.
    pub(super) async fn fetched_by(
        &self,
        actor: &Actor,
        view: &MaterialView,
    ) -> Result<Vec<FetchedBy>, Failure> {
        if !actor.may(Act::ReadPeople) {
            return Ok(Vec::new());
        }
        let numbers: HashMap<i64, i64> = view
            .versions
            .iter()
            .map(|version| (version.id, version.number))
            .collect();
        let rows = material_download::Entity::find()
            .filter(material_download::Column::VersionId.is_in(numbers.keys().copied()))
            .all(self.db.read())
            .await?;
        let who = rows.iter().map(|row| row.registration_id);
        let names: HashMap<i64, String> = registration::Entity::find()
            .filter(registration::Column::Id.is_in(who))
            .find_also_related(person::Entity)
            .all(self.db.read())
            .await?
            .into_iter()
            .filter_map(|(row, person)| Some((row.id, person?.full_name)))
            .collect();
        let mut found: Vec<FetchedBy> = rows
            .into_iter()
            .map(|row| FetchedBy {
                full_name: names.get(&row.registration_id).cloned().unwrap_or_default(),
                version: numbers.get(&row.version_id).copied().unwrap_or(0),
                times: row.count,
                last_at: row.last_at,
            })
            .collect();
        found.sort_by_key(|one| std::cmp::Reverse(one.last_at));
        Ok(found)
    }
}
