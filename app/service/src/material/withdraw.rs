//! Taking a material or one of its versions back, and handing it out again.

use super::{OpenShelf, Shelf};
use crate::audit::{Entry, record};
use crate::entity::material_version;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};
use serde_json::json;

impl Services {
    /// Takes a material out of sight, with all its versions; links to it stop
    /// working. The files are kept, so that this can be undone: handed out again
    /// is the newest version that was not withdrawn by itself, else the newest.
    /// What is so already changes nothing.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::open_shelf`].
    pub async fn withdraw_material(
        &self,
        actor: &Actor,
        shelf: Shelf<'_>,
        id: i64,
        withdrawn: bool,
    ) -> Result<(), Failure> {
        let open = &self.open_shelf(actor, shelf).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                open.lock(&tx).await?;
                let found = open.find_to_change(&*tx, id).await?;
                let all = versions(&tx, id).await?;
                let file = all.first().map(|version| version.file_name.clone());
                let stands = all.iter().any(|version| version.withdrawn_at.is_none());
                let is_so = found.withdrawn_at.is_some() == withdrawn;
                if is_so && (withdrawn || stands) {
                    return Ok(());
                }
                if let (false, false, Some(newest)) = (withdrawn, stands, all.into_iter().next()) {
                    let mut newest = newest.into_active_model();
                    newest.withdrawn_at = Set(None);
                    newest.update(&*tx).await?;
                }
                let mut row = found.into_active_model();
                row.withdrawn_at = Set(withdrawn.then_some(now));
                row.update(&*tx).await?;
                let deed = if withdrawn {
                    "withdraw_material"
                } else {
                    "restore_material"
                };
                note(&tx, open, actor, now, (deed, file)).await
            })
            .await
    }

    /// Takes one version back: links lead to the newest of those that stand.
    /// The file is kept, so that this can be undone. What is so already changes
    /// nothing. The last version that stands goes with its material alone.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] for the last that stands;
    /// [`Failure::NotFound`]; as [`Services::open_shelf`].
    pub async fn withdraw_version(
        &self,
        actor: &Actor,
        shelf: Shelf<'_>,
        id: i64,
        number: i64,
        withdrawn: bool,
    ) -> Result<(), Failure> {
        let open = &self.open_shelf(actor, shelf).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                open.lock(&tx).await?;
                open.find_to_change(&*tx, id).await?;
                let found = versions(&tx, id).await?;
                let standing = found.iter().filter(|one| one.withdrawn_at.is_none());
                let is_last = standing.count() == 1;
                let found = found.into_iter().find(|version| version.number == number);
                let found = found.ok_or(Failure::NotFound)?;
                if found.withdrawn_at.is_some() == withdrawn {
                    return Ok(());
                }
                if withdrawn && is_last {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let file = found.file_name.clone();
                let mut row = found.into_active_model();
                row.withdrawn_at = Set(withdrawn.then_some(now));
                row.update(&*tx).await?;
                let deed = if withdrawn {
                    "withdraw_version"
                } else {
                    "restore_version"
                };
                note(&tx, open, actor, now, (deed, Some(file))).await
            })
            .await
    }
}

async fn versions(tx: &Tx, id: i64) -> Result<Vec<material_version::Model>, Failure> {
    Ok(material_version::Entity::find()
        .filter(material_version::Column::MaterialId.eq(id))
        .order_by_desc(material_version::Column::Number)
        .all(&**tx)
        .await?)
}

async fn note(
    tx: &Tx,
    open: &OpenShelf,
    actor: &Actor,
    now: DateTime<Utc>,
    (deed, file): (&'static str, Option<String>),
) -> Result<(), Failure> {
    let (noun, id) = open.noun();
    let entry = Entry {
        deed,
        noun,
        id,
        before: None,
        after: Some(json!({ "file": file })),
    };
    record(&**tx, actor, now, entry).await
}
