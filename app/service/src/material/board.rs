//! What staff see of materials: a shelf, and one material of it.

use super::{Brought, Fetched, FetchedBy, MaterialView, OpenShelf, Shelf, find_views, views};
use crate::entity::{material, outbox, session, teaching, trainer};
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{AccountRole, TeachingState, Viewer};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::HashMap;

/// The materials of one shelf.
#[derive(Clone, Debug)]
pub struct MaterialsBoard {
    /// The shelf.
    pub shelf: OpenShelf,
    /// What stands on it that the actor sees, withdrawn materials too, each
    /// with the name of who brought it.
    pub materials: Vec<(MaterialView, String)>,
    /// How often each was fetched by personal links, by its key.
    pub fetched: HashMap<i64, Fetched>,
    /// How many people were written to about them.
    pub mailed: u64,
    /// What a trainer is asked to prepare.
    pub expected: Vec<ExpectedMaterial>,
}

/// What a trainer is asked to prepare for a session.
#[derive(Clone, Debug)]
pub struct ExpectedMaterial {
    /// What it is, in words.
    pub what: String,
    /// By when.
    pub by: Option<DateTime<Utc>>,
    /// How many materials stand for the session.
    pub brought: u32,
}

/// One material.
#[derive(Clone, Debug)]
pub struct MaterialPage {
    /// Its shelf.
    pub shelf: OpenShelf,
    /// The material.
    pub view: MaterialView,
    /// Who brought each version, the newest first.
    pub brought_by: Vec<String>,
    /// How many people were written to about the shelf.
    pub mailed: u64,
    /// Who fetched it by a personal link, for those who may read names.
    pub fetched_by: Vec<FetchedBy>,
    /// How often it was fetched in all.
    pub fetched: Fetched,
}

impl MaterialsBoard {
    /// Whether anything stands on it.
    #[must_use]
    pub fn has_files(&self) -> bool {
        let mut found = self.materials.iter();
        found.any(|(view, _)| view.standing().is_some())
    }

    /// When the first of what stands on it is handed out to those who came, if
    /// that is not now already.
    #[must_use]
    pub fn waits_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut standing = self
            .materials
            .iter()
            .map(|(view, _)| view)
            .filter(|view| view.standing().is_some());
        if standing
            .clone()
            .any(|view| view.seen_by(Viewer::Attended, now).is_some())
        {
            return None;
        }
        standing.by_ref().filter_map(|view| view.ends_at).min()
    }
}

impl Services {
    /// The materials of a shelf, who brought them, and whether people were
    /// written to about them: what they know of is not withdrawn unnoticed.
    ///
    /// # Errors
    /// As [`Services::open_shelf`].
    pub async fn materials_board(
        &self,
        actor: &Actor,
        shelf: Shelf<'_>,
    ) -> Result<MaterialsBoard, Failure> {
        let shelf = self.open_shelf(actor, shelf).await?;
        let find = material::Entity::find().filter(shelf.condition());
        let mut found = find_views(self.db.read(), find).await?;
        found.retain(|view| shelf.sees(view.row.session_id));
        let labels = found.iter().map(|view| view.row.created_by.as_str());
        let names = self.names_of(labels).await?;
        let fetched = self.fetched(&found).await?;
        let materials = found
            .into_iter()
            .map(|view| {
                let who = names.known(&view.row.created_by).unwrap_or_default();
                let who = who.to_owned();
                (view, who)
            })
            .collect();
        Ok(MaterialsBoard {
            mailed: self.mailed(&shelf).await?,
            expected: self.expected(actor, &shelf).await?,
            shelf,
            materials,
            fetched,
        })
    }

    /// One material of a shelf.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::open_shelf`].
    pub async fn material_page(
        &self,
        actor: &Actor,
        shelf: Shelf<'_>,
        id: i64,
    ) -> Result<MaterialPage, Failure> {
        let shelf = self.open_shelf(actor, shelf).await?;
        let row = shelf.find(self.db.read(), id).await?;
        let view = views(self.db.read(), vec![row]).await?;
        let view = view.into_iter().next().ok_or(Failure::NotFound)?;
        let labels = view.versions.iter().map(|one| one.uploaded_by.as_str());
        let names = self.names_of(labels).await?;
        let brought_by = view
            .versions
            .iter()
            .map(|one| names.known(&one.uploaded_by).unwrap_or_default().to_owned())
            .collect();
        let mut fetched = self.fetched(std::slice::from_ref(&view)).await?;
        Ok(MaterialPage {
            mailed: self.mailed(&shelf).await?,
            fetched_by: self.fetched_by(actor, &view).await?,
            fetched: fetched.remove(&id).unwrap_or_default(),
            shelf,
            view,
            brought_by,
        })
    }

    async fn mailed(&self, shelf: &OpenShelf) -> Result<u64, Failure> {
        let Some(view) = &shelf.workshop else {
            return Ok(0);
        };
        Ok(outbox::Entity::find()
            .filter(outbox::Column::WorkshopId.eq(view.row.id))
            .filter(outbox::Column::Purpose.eq(crate::mailing::PURPOSE))
            .count(self.db.read())
            .await?)
    }

    /// What a trainer is asked to prepare for their sessions of a workshop.
    async fn expected(
        &self,
        actor: &Actor,
        shelf: &OpenShelf,
    ) -> Result<Vec<ExpectedMaterial>, Failure> {
        let (
            Actor::Account {
                id,
                role: AccountRole::Trainer,
                ..
            },
            Some(view),
        ) = (actor, &shelf.workshop)
        else {
            return Ok(Vec::new());
        };
        let sessions = view.sessions.iter().map(|session| session.id);
        let rows = teaching::Entity::find()
            .filter(teaching::Column::SessionId.is_in(sessions))
            .find_also_related(trainer::Entity)
            .filter(trainer::Column::AccountId.eq(*id))
            .all(self.db.read())
            .await?;
        let files = Brought::of(self.db.read(), &[view.row.id]).await?;
        let asked = rows.into_iter().map(|(row, _)| row);
        let mut asked: Vec<_> = asked
            .filter(|row| *row.state != TeachingState::Declined && !row.expected.is_empty())
            .filter_map(|row| {
                let of = |session: &&session::Model| session.id == row.session_id;
                let session = view.sessions.iter().find(of)?;
                Some(ExpectedMaterial {
                    what: row.expected,
                    by: row.expected_by,
                    brought: files.to(session, Some(*id)),
                })
            })
            .collect();
        asked.sort_by_key(|one| one.by);
        Ok(asked)
    }
}
