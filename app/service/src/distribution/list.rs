//! The register as it is read.

use super::document::{DistributionDocument, documents};
use super::sent::sent;
use crate::entity::{distribution, establishment};
use crate::likeness::Roots;
use crate::{Actor, Failure, Services};
use chrono::NaiveDate;
use domain::{Act, Channel, LikenessNoun, Sector, Sought};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// Entries that are listed at once.
const LISTED: usize = 200;

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DistributionFilter {
    /// Of this document.
    pub material: Option<i64>,
    /// In this way.
    pub channel: Option<Channel>,
    /// To establishments with these words in their names.
    pub typed: String,
}

/// How an entry came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DistributedBy {
    /// Entered by somebody, under this key.
    Hand {
        /// The key of the entry.
        id: i64,
        /// Who entered it.
        who: String,
    },
    /// By mails to this many people.
    Mails(u32),
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistributionRow {
    /// The day.
    pub day: NaiveDate,
    /// The document.
    pub document: Arc<DistributionDocument>,
    /// The establishment.
    pub establishment: String,
    /// The way.
    pub channel: Channel,
    /// Anything that was added.
    pub note: String,
    /// How it came about.
    pub by: DistributedBy,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Distributed {
    /// The entries, the latest first; only the first of many.
    pub rows: Vec<DistributionRow>,
    /// How many were found in all.
    pub found: usize,
    /// How many establishments they reached.
    pub establishments: usize,
    /// All documents, the latest first.
    pub documents: Vec<Arc<DistributionDocument>>,
}

/// What can be entered.
#[derive(Clone, Debug)]
pub struct DistributionPage {
    /// The documents, the latest first.
    pub documents: Vec<Arc<DistributionDocument>>,
    /// The establishments of a sector, or all, by name.
    pub establishments: Vec<(i64, String)>,
}

impl Services {
    /// The entries of the register that were not taken back.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn distributions(
        &self,
        actor: &Actor,
        filter: &DistributionFilter,
    ) -> Result<Distributed, Failure> {
        let mut all = self.all_distributions(actor, filter).await?;
        all.rows.truncate(LISTED);
        Ok(all)
    }

    /// As [`Services::distributions`], without an end.
    pub(super) async fn all_distributions(
        &self,
        actor: &Actor,
        filter: &DistributionFilter,
    ) -> Result<Distributed, Failure> {
        actor.require(Act::ReadDistribution)?;
        let db = self.db.read();
        let roots = Roots::load(db, LikenessNoun::Establishment).await?;
        let names: HashMap<i64, String> = establishment::Entity::find()
            .all(db)
            .await?
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect();
        let documents = documents(db).await?;
        let known: HashMap<i64, &Arc<DistributionDocument>> =
            documents.iter().map(|one| (one.id, one)).collect();
        let by_hand = distribution::Entity::find()
            .filter(distribution::Column::UndoneAt.is_null())
            .all(db)
            .await?;
        let who = self
            .names_of(by_hand.iter().map(|row| row.entered_by.as_str()))
            .await?;
        let typed = Sought::new(&filter.typed);
        let row = |(material_id, establishment, day), channel, note, by| {
            let document = known.get(&material_id)?;
            let name = names.get(&roots.of(establishment))?;
            let wanted = filter.material.is_none_or(|id| id == material_id)
                && filter.channel.is_none_or(|wanted| wanted == channel)
                && typed.fit(name).is_some();
            wanted.then(|| {
                let row = DistributionRow {
                    day,
                    document: Arc::clone(document),
                    establishment: name.clone(),
                    channel,
                    note,
                    by,
                };
                (roots.of(establishment), row)
            })
        };
        let entered = by_hand.into_iter().filter_map(|one| {
            let who = who.known(&one.entered_by).unwrap_or_default().to_owned();
            let by = DistributedBy::Hand { id: one.id, who };
            let key = (one.material_id, one.establishment_id, one.day);
            row(key, *one.channel, one.note, by)
        });
        let mailed = sent(db, &roots).await?;
        let mailed = mailed.into_iter().filter_map(|(key, people)| {
            row(
                key,
                Channel::Mail,
                String::new(),
                DistributedBy::Mails(people),
            )
        });
        let mut found: Vec<(i64, DistributionRow)> = entered.chain(mailed).collect();
        found.sort_by(|(_, a), (_, b)| {
            let key = |row: &DistributionRow| (Reverse(row.day), Reverse(row.document.id));
            key(a)
                .cmp(&key(b))
                .then_with(|| a.establishment.cmp(&b.establishment))
        });
        let mut reached: Vec<i64> = found.iter().map(|(id, _)| *id).collect();
        reached.sort_unstable();
        reached.dedup();
        Ok(Distributed {
            found: found.len(),
            establishments: reached.len(),
            rows: found.into_iter().map(|(_, row)| row).collect(),
            documents,
        })
    }

    /// What can be entered: the documents, and the establishments of a sector
    /// or with words in their names.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn distribution_page(
        &self,
        actor: &Actor,
        sector: Option<Sector>,
        typed: &str,
    ) -> Result<DistributionPage, Failure> {
        actor.require(Act::SendMaterials)?;
        let rows = establishment::Entity::find()
            .filter(establishment::Column::MergedIntoId.is_null())
            .order_by_asc(establishment::Column::NameKey)
            .all(self.db.read())
            .await?;
        let typed = Sought::new(typed);
        let wanted = rows.into_iter().filter(|row| {
            let in_sector = sector.is_none_or(|sector| row.sector.is_some_and(|of| *of == sector));
            in_sector && typed.fit(&row.name).is_some()
        });
        Ok(DistributionPage {
            documents: documents(self.db.read()).await?,
            establishments: wanted.map(|row| (row.id, row.name)).collect(),
        })
    }
}
