//! Materials with their versions and the end of what they belong to.

use crate::Failure;
use crate::entity::{material, material_version, session};
use chrono::{DateTime, Utc};
use domain::{Lang, MaterialVersion, Viewer, sees, standing};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, LoaderTrait, QueryFilter, QueryOrder, Select,
};
use std::collections::HashMap;

/// A material with its versions.
#[derive(Clone, Debug)]
pub struct MaterialView {
    /// The material.
    pub row: material::Model,
    /// Its versions, the newest first.
    pub versions: Vec<material_version::Model>,
    /// The end of its session; for a workshop, of the last one.
    pub ends_at: Option<DateTime<Utc>>,
    /// How many sessions its workshop has.
    pub sessions: usize,
}

impl MaterialView {
    /// Its title in a language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        lang.choose(&self.row.title_vi, &self.row.title_en)
    }

    /// The version that every link to it leads to; none when it was withdrawn.
    #[must_use]
    pub fn standing(&self) -> Option<&material_version::Model> {
        if self.row.withdrawn_at.is_some() {
            return None;
        }
        let marks = self.versions.iter().map(|version| MaterialVersion {
            number: version.number,
            withdrawn: version.withdrawn_at.is_some(),
        });
        let number = standing(marks)?;
        self.versions
            .iter()
            .find(|version| version.number == number)
    }

    /// What somebody gets of it now; none when it is not for them, not yet, or
    /// not any more.
    #[must_use]
    pub fn seen_by(&self, viewer: Viewer, now: DateTime<Utc>) -> Option<&material_version::Model> {
        let row = &self.row;
        let seen = sees(viewer, *row.visibility, *row.timing, self.ends_at, now);
        self.standing().filter(|_| seen)
    }
}

/// Materials with what belongs to them, in the order in which they came.
pub(crate) async fn find_views(
    db: &impl ConnectionTrait,
    find: Select<material::Entity>,
) -> Result<Vec<MaterialView>, Failure> {
    let rows = find.order_by_asc(material::Column::Id).all(db).await?;
    views(db, rows).await
}

/// As [`find_views`], for rows at hand.
pub(crate) async fn views(
    db: &impl ConnectionTrait,
    rows: Vec<material::Model>,
) -> Result<Vec<MaterialView>, Failure> {
    let versions = rows.load_many(material_version::Entity, db).await?;
    let mut workshops: Vec<i64> = rows.iter().filter_map(|row| row.workshop_id).collect();
    workshops.sort_unstable();
    workshops.dedup();
    let mut sessions: HashMap<i64, Vec<session::Model>> = HashMap::new();
    if !workshops.is_empty() {
        let found = session::Entity::find().filter(session::Column::WorkshopId.is_in(workshops));
        for session in found.all(db).await? {
            sessions
                .entry(session.workshop_id)
                .or_default()
                .push(session);
        }
    }
    let pairs = rows.into_iter().zip(versions);
    Ok(pairs
        .map(|(row, mut versions)| {
            versions.sort_by_key(|version| std::cmp::Reverse(version.number));
            let of = row.workshop_id.and_then(|id| sessions.get(&id));
            let own = of.into_iter().flatten();
            let number = of.map_or(0, Vec::len);
            let own = own.filter(|session| row.session_id.is_none_or(|id| id == session.id));
            MaterialView {
                ends_at: own.map(|session| session.ends_at).max(),
                sessions: number,
                versions,
                row,
            }
        })
        .collect())
}
